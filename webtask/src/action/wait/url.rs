//! `wait until url`: addresses by what they look like.

use std::fmt;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use regex::Regex;

use crate::{Cx, Error};

/// How long it waits that does not say: as long as `goto` does.
const LIMIT: Duration = Duration::from_secs(30);

/// The address that a page is to come to.
#[derive(Clone, Copy, Debug)]
pub enum AwaitedUrl<'a> {
    /// What the whole address looks like, or what follows its origin when that begins with `/`.
    Glob(&'a [UrlPart<'a>]),
    /// A regular expression that matches somewhere in the address.
    Matches(&'a str),
}

/// A part of what an address looks like.
#[derive(Clone, Copy, Debug)]
pub enum UrlPart<'a> {
    /// `*` stands for anything without a `/`, `**` for anything, `{a,b}` for one of these.
    Pattern(&'a str),
    /// It stands for itself.
    Letters(&'a str),
}

impl fmt::Display for AwaitedUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glob(parts) => parts.iter().try_for_each(|part| match part {
                UrlPart::Pattern(text) | UrlPart::Letters(text) => f.write_str(text),
            }),
            Self::Matches(regex) => write!(f, "r\"{regex}\""),
        }
    }
}

/// An address that is looked for.
struct Wanted {
    regex: Regex,
    /// Whether only what follows the origin counts.
    is_path: bool,
    /// Whether it is compared as a reader sees it, without percent signs.
    is_plain: bool,
}

impl Wanted {
    fn of(address: &AwaitedUrl<'_>) -> Result<Self, Error> {
        let (pattern, is_path, is_plain) = match address {
            AwaitedUrl::Matches(regex) => ((*regex).to_owned(), false, false),
            AwaitedUrl::Glob(parts) => {
                let written = address.to_string();
                (pattern(parts, &written), written.starts_with('/') && !written.starts_with("//"), true)
            }
        };
        let regex = Regex::new(&pattern).map_err(|error| {
            Error::step_failed(format!("`{address}` is not an address to wait for")).with_source(error)
        })?;
        Ok(Self { regex, is_path, is_plain })
    }

    fn is(&self, url: &str) -> bool {
        let part = if self.is_path { after_origin(url) } else { url };
        if self.is_plain { self.regex.is_match(&plain(part)) } else { self.regex.is_match(part) }
    }
}

/// What a glob is as a regular expression.
fn pattern(parts: &[UrlPart<'_>], written: &str) -> String {
    let mut out = "(?s)^".to_owned();
    let mut depth = 0_usize;
    for part in parts {
        let text = match part {
            UrlPart::Letters(text) => {
                out.push_str(&regex::escape(&plain(text)));
                continue;
            }
            UrlPart::Pattern(text) => plain(text),
        };
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let (length, meant) = match first {
                '*' if rest.starts_with("**") => (2, ".*".to_owned()),
                '*' => (1, "[^/]*".to_owned()),
                '{' => {
                    depth += 1;
                    (1, "(?:".to_owned())
                }
                '}' if depth > 0 => {
                    depth -= 1;
                    (1, ")".to_owned())
                }
                ',' if depth > 0 => (1, "|".to_owned()),
                other => (other.len_utf8(), regex::escape(&rest[..other.len_utf8()])),
            };
            out.push_str(&meant);
            rest = &rest[length..];
        }
    }
    // A bare origin has a path of its own in every address.
    let is_origin = written.split_once("://").is_some_and(|(_, rest)| !rest.contains(['/', '?', '#', '*']));
    out.push_str(if is_origin { "/?$" } else { "$" });
    out
}

/// An address without percent signs, as far as it is a text without them.
fn plain(url: &str) -> String {
    percent_decode_str(url).decode_utf8_lossy().into_owned()
}

/// The path of an address with what follows it.
fn after_origin(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return url };
    rest.find(['/', '?', '#']).map_or("", |at| &rest[at..])
}

/// Waits until the page is at that address, or has been meanwhile, and its document is parsed.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (30 s) is over, with where the page was instead.
pub async fn wait_until_url(
    cx: &Cx,
    address: AwaitedUrl<'_>,
    timeout: Option<Duration>,
) -> Result<(), Error> {
    cx.pace().await;
    let wanted = Wanted::of(&address)?;
    let limit = timeout.unwrap_or(LIMIT);
    let (mut last, mut came) = (None::<String>, false);
    let coming = cx.window()?.come_to(|url| {
        came = wanted.is(url);
        last = Some(url.to_owned());
        came
    });
    if let Ok(result) = tokio::time::timeout(limit, coming).await {
        return result;
    }
    Err(Error::step_failed(match last {
        Some(url) if came => format!("the document of `{url}` was not parsed within {limit:?}"),
        Some(url) => format!("the page was not at `{address}` within {limit:?}: it is at `{url}`"),
        None => format!("the page did not answer while `{address}` was waited for {limit:?}"),
    }))
}

#[cfg(test)]
mod tests {
    use super::{AwaitedUrl, UrlPart, Wanted};

    #[test]
    fn an_address_looks_like_its_glob() {
        use UrlPart::{Letters, Pattern};
        let cases: &[(&[UrlPart<'_>], &str, bool)] = &[
            (&[Pattern("https://a.example/b")], "https://a.example/b", true),
            (&[Pattern("https://a.example/b")], "https://a.example/b?c", false),
            (&[Pattern("https://a.example")], "https://a.example/", true),
            (&[Pattern("https://a.example/*")], "https://a.example/b", true),
            (&[Pattern("https://a.example/*")], "https://a.example/b/c", false),
            (&[Pattern("https://a.example/**")], "https://a.example/b/c?d#e", true),
            (&[Pattern("https://*.example/b?c=1")], "https://a.example/b?c=1", true),
            (&[Pattern("https://a.example/b?c=1")], "https://a.example/bxc=1", false),
            (&[Pattern("**/done")], "https://a.example/x/done", true),
            (&[Pattern("**/done")], "https://a.example/done/x", false),
            (&[Pattern("/orders/*")], "https://a.example:81/orders/7", true),
            (&[Pattern("/orders/*")], "https://a.example/my/orders/7", false),
            (&[Pattern("/{a,b}/c")], "https://a.example/b/c", true),
            (&[Pattern("/{a,b}/c")], "https://a.example/{a,b}/c", false),
            (&[Pattern("/**#top")], "https://a.example/b#top", true),
            (&[Pattern("/a b/ü")], "https://a.example/a%20b/%C3%BC", true),
            (&[Pattern("about:blank")], "about:blank", true),
            // What a caller gives stands for itself.
            (&[Pattern("/q/"), Letters("*"), Pattern("/x")], "https://a.example/q/b/x", false),
            (&[Pattern("/q/"), Letters("{a,b}.*"), Pattern("/x")], "https://a.example/q/{a,b}.*/x", true),
            (&[Pattern("/q/"), Letters("a b"), Pattern("/*")], "https://a.example/q/a%20b/y", true),
            (&[Letters("https://a.example/b"), Pattern("/c")], "https://a.example/b/c", true),
        ];
        for (parts, url, expected) in cases {
            let wanted = Wanted::of(&AwaitedUrl::Glob(parts)).expect("it is one");
            assert_eq!(wanted.is(url), *expected, "{parts:?} {url}");
        }
        let wanted = Wanted::of(&AwaitedUrl::Matches(r"/orders/\d+")).expect("it is one");
        assert!(wanted.is("https://a.example/my/orders/12?x") && !wanted.is("https://a.example/orders/x"));
        assert!(Wanted::of(&AwaitedUrl::Glob(&[UrlPart::Pattern("/{a")])).is_err());
    }
}
