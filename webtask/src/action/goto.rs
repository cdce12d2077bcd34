//! `goto`: opens a URL in the run's window.

use std::time::Duration;

use url::Url;

use crate::browser::{Outcome, Question, Until};
use crate::{Cx, Error, ErrorKind};

/// How long it may take when the recipe does not say.
const LIMIT: Duration = Duration::from_secs(30);

/// Navigates and waits until the page is as far as `until` says.
///
/// # Errors
///
/// [`NavigationFailed`](ErrorKind::NavigationFailed) when no page comes, be it in time or at all, and
/// [`UrlNotAllowed`](ErrorKind::UrlNotAllowed) for a URL that is none of the web's.
pub async fn goto(cx: &Cx, url: &str, until: Until, timeout: Option<Duration>) -> Result<(), Error> {
    let wanted = cx.take_wanted();
    let window = cx.window()?;
    check(url)?;
    let question = wanted.as_ref().map(|argument| Question { function: super::extract::COLLECT, argument });
    let (outcome, answer) = window.navigate(url, until, timeout.unwrap_or(LIMIT), question).await?;
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
fn check(url: &str) -> Result<(), Error> {
    let parsed = Url::parse(url).map_err(|error| failed(format!("`{url}` is no URL: {error}")))?;
    match parsed.scheme() {
        "http" | "https" | "data" => Ok(()),
        "about" if parsed.path() == "blank" => Ok(()),
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
