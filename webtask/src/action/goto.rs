//! `goto`: opens a URL in the run's window.

use std::time::Duration;

use url::Url;

use crate::browser::{Ahead, Outcome, Question, Until};
use crate::policy::{Address, Gate};
use crate::{Cx, Error, ErrorKind};

/// How long it may take when the recipe does not say.
const LIMIT: Duration = Duration::from_secs(30);

/// Navigates and waits until the page is as far as `until` says.
///
/// # Errors
///
/// [`NavigationFailed`](ErrorKind::NavigationFailed) when no page comes, be it in time or at all, and
/// [`UrlNotAllowed`](ErrorKind::UrlNotAllowed) for a URL that is none of the web's, and for a caller's that leads where none
/// may.
pub fn goto<'a>(
    cx: &'a Cx,
    url: impl Into<Address<'a>>,
    until: Until,
    timeout: Option<Duration>,
) -> impl Future<Output = Result<(), Error>> + Send + 'a {
    open(cx, url.into(), until, timeout)
}

async fn open(cx: &Cx, address: Address<'_>, until: Until, timeout: Option<Duration>) -> Result<(), Error> {
    let wanted = cx.take_wanted();
    let (window, url) = (cx.window()?, address.url);
    let parsed = check(url)?;
    cx.admit(&parsed, address.supplied)?;
    let since = window.gate().map(Gate::mark);
    let ahead = match &wanted {
        Some(argument) => Ahead::Question(Question { function: super::extract::COLLECT, argument }),
        None => Ahead::World,
    };
    let came = window.navigate(url, until, timeout.unwrap_or(LIMIT), ahead).await.map_err(|error| {
        let why = window.gate().zip(since).and_then(|(gate, since)| gate.why(since, &parsed));
        match (error.kind(), why) {
            (ErrorKind::NavigationFailed, Some(why)) => why,
            _ => error,
        }
    });
    let (outcome, answer) = came?;
    if let (Some(wanted), Some(answer)) = (wanted, answer) {
        cx.set_answer(wanted, answer);
    }
    match outcome {
        Outcome::Loaded | Outcome::SameDocument => Ok(()),
        Outcome::Download => Err(failed(format!("`{url}` is a download and no page"))),
        Outcome::NoContent => Err(failed(format!("`{url}` has no content: the page stays what it was"))),
    }
}

/// Refuses what may come from outside and reaches more than the web: files, scripts, the browser's own pages.
fn check(url: &str) -> Result<Url, Error> {
    let parsed = Url::parse(url).map_err(|error| failed(format!("`{url}` is no URL: {error}")))?;
    match parsed.scheme() {
        "http" | "https" | "data" => Ok(parsed),
        "about" if parsed.path() == "blank" => Ok(parsed),
        _ => Err(Error::new(
            ErrorKind::UrlNotAllowed,
            format!(
                "`{url}` is not allowed; `goto` opens `http`, `https` and `data` URLs, and `about:blank`"
            ),
        )),
    }
}

fn failed(message: String) -> Error {
    Error::new(ErrorKind::NavigationFailed, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_opened() {
        for url in ["http://a", "https://a/b?c#d", "about:blank", "about:blank#a", "data:text/html,a"] {
            assert!(check(url).is_ok(), "{url}");
        }
        for url in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "chrome://version",
            "view-source:http://a",
            "about:version",
        ] {
            assert_eq!(check(url).expect_err(url).kind(), ErrorKind::UrlNotAllowed, "{url}");
        }
        let error = check("/a").expect_err("has no host");
        assert_eq!(error.to_string(), "`/a` is no URL: relative URL without a base");
        assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    }
}
