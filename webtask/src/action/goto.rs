//! `goto`: opens a URL in the run's window.

use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::expect::{Expected, judge};
use super::given::Navigation;
use crate::browser::{Ahead, DocumentResponse, Documents, Outcome, Question, Until, Window};
use crate::collect::COLLECT;
use crate::policy::{Address, Gate};
use crate::{Cx, Error, ErrorKind};

/// How long it may take when the recipe does not say.
const LIMIT: Duration = Duration::from_secs(30);

/// The page's address, and the status that its document came with; 0 when none did.
const HERE: &str =
    "() => [location.href, performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0]";

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
    goto_expecting(cx, url, until, timeout, &[])
}

/// The same, and fails when the answer's status is none of those.
///
/// # Errors
///
/// As [`goto`], and [`NavigationFailed`](ErrorKind::NavigationFailed) for another status.
pub fn goto_expecting<'a>(
    cx: &'a Cx,
    url: impl Into<Address<'a>>,
    until: Until,
    timeout: Option<Duration>,
    expect: &'a [Expected],
) -> impl Future<Output = Result<(), Error>> + Send + 'a {
    let navigation = open(cx, url.into(), until, timeout, (expect, false));
    async move { navigation.await.map(drop) }
}

/// The same, and gives where it arrived and what the server answered.
///
/// # Errors
///
/// As [`goto_expecting`].
pub fn goto_named<'a>(
    cx: &'a Cx,
    url: impl Into<Address<'a>>,
    until: Until,
    timeout: Option<Duration>,
    expect: &'a [Expected],
) -> impl Future<Output = Result<Navigation, Error>> + Send + 'a {
    open(cx, url.into(), until, timeout, (expect, true))
}

/// What it gives is empty when it is neither named nor judged: nothing is asked for it then.
async fn open(
    cx: &Cx,
    address: Address<'_>,
    until: Until,
    timeout: Option<Duration>,
    (expect, is_named): (&[Expected], bool),
) -> Result<Navigation, Error> {
    cx.pace().await;
    let wanted = cx.take_wanted();
    let (window, url) = (cx.window()?, address.url);
    let parsed = check(url)?;
    cx.admit(&parsed, address.untrusted)?;
    let since = window.gate().map(Gate::mark);
    let ahead = match &wanted {
        Some(argument) => Ahead::Question(Question { function: COLLECT, argument }),
        None => Ahead::Helper(super::element::WAIT),
    };
    // The page itself tells its status, but an answer without a document has no page.
    let is_heard = is_named || expect.iter().any(|status| matches!(status, Expected::Code(204 | 205)));
    let mut heard = match is_heard {
        true => Some(window.hear_documents().await?),
        false => None,
    };
    let came = window.navigate(url, until, timeout.unwrap_or(LIMIT), ahead).await.map_err(|error| {
        let why = window.gate().zip(since).and_then(|(gate, since)| gate.why(since, &parsed));
        match (error.kind(), why) {
            (ErrorKind::NavigationFailed, Some(why)) => why,
            _ => error,
        }
    });
    let (outcome, answer) = came?;
    let heard = heard.as_mut().and_then(Documents::newest);
    let navigation = match outcome {
        Outcome::Loaded | Outcome::SameDocument if is_named || !expect.is_empty() => {
            arrived(window, url, heard).await?
        }
        Outcome::Loaded | Outcome::SameDocument => Navigation::default(),
        // The page stays what it was, and the block gives the file.
        Outcome::Download if window.is_downloading() => match heard {
            Some(heard) => Navigation { url: heard.url, status: heard.status.into(), headers: heard.headers },
            None => Navigation { url: url.to_owned(), status: 200, headers: Default::default() },
        },
        Outcome::Download => {
            return Err(failed(format!(
                "`{url}` is a download and no page; write it in a `download NAME` block to get the file"
            )));
        }
        Outcome::NoContent => {
            // Later steps work on the page before, so `ok` alone does not take it.
            let status = heard.as_ref().map_or(204, |heard| heard.status);
            let is_taken = expect.iter().any(|each| *each != Expected::Ok && each.takes(status));
            if !is_taken || (is_heard && heard.is_none()) {
                return Err(failed(format!("`{url}` has no content: the page stays what it was")));
            }
            let (url, headers) = heard.map(|heard| (heard.url, heard.headers)).unwrap_or_default();
            Navigation { url, status: status.into(), headers }
        }
    };
    judge(expect, url, u16::try_from(navigation.status).unwrap_or_default())?;
    if let (Some(wanted), Some(answer)) = (wanted, answer) {
        cx.set_answer(wanted, answer);
    }
    Ok(navigation)
}

/// Where the window is, and what was answered there.
async fn arrived(window: &Window, url: &str, heard: Option<DocumentResponse>) -> Result<Navigation, Error> {
    let told = window.probe(HERE, &Value::Null, super::ANSWER).await?;
    let (here, told): (String, u16) = serde_json::from_str(&told).map_err(|error| {
        Error::new(ErrorKind::Internal, "the page's address cannot be read").with_source(error)
    })?;
    let here = match (here.starts_with("chrome-error:"), &heard) {
        (false, _) => here,
        // An error without a body, for which a browser has a page of its own.
        (true, Some(heard)) => heard.url.clone(),
        (true, None) => url.to_owned(),
    };
    let status = match (told, &heard) {
        (0, Some(heard)) => heard.status,
        // Nobody was asked for these.
        (0, None) if !here.starts_with("http") => 200,
        (told, _) => told,
    };
    Ok(Navigation {
        url: here,
        status: status.into(),
        headers: heard.map(|heard| heard.headers).unwrap_or_default(),
    })
}

/// Refuses what may come from outside and reaches more than the web: files, scripts, the browser's own pages.
fn check(url: &str) -> Result<Url, Error> {
    let parsed = Url::parse(url).map_err(|error| failed(format!("`{url}` is not a URL: {error}")))?;
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

/// A failure that the same URL has again.
fn failed(message: String) -> Error {
    Error::new(ErrorKind::NavigationFailed, message).with_retryable(false)
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
        assert_eq!(error.to_string(), "`/a` is not a URL: relative URL without a base");
        assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    }
}
