//! The page that a step failed on, in the words that may leave a run.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// How long each part may be. A page chooses both.
const LONGEST: usize = 500;

/// The page that a run was on when a step failed: [`Error::page`](crate::Error::page).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PageInfo {
    /// Its URL without what may be somebody's secret: no user info, no values in the query, and of the fragment only a
    /// path, as in `#/cart`. `https://ann:pw@shop.example/find?q=a&page=2#top` becomes `https://shop.example/find?q&page`.
    pub url: String,
    /// Its title. Empty when it has none, or the page does not answer.
    pub title: String,
    /// The HTTP status of its document, when it came by HTTP and the page answers.
    pub status: Option<u16>,
}

impl PageInfo {
    /// What may be told of a page; none while there is none, as in a new window.
    pub(crate) fn new(
        url: &str,
        title: &str,
        status: Option<u16>,
        clean: impl Fn(&str) -> String,
    ) -> Option<Self> {
        // Before they are cut: a part of a secret would not be found later.
        Some(Self { url: cut(clean(&shown(url)?)), title: cut(clean(title.trim())), status })
    }

    /// Rewrites what the page chose, as redaction does.
    pub(super) fn rewrite(&mut self, rewrite: impl Fn(&str) -> Option<String>) {
        for text in [&mut self.url, &mut self.title] {
            if let Some(clean) = rewrite(text) {
                *text = clean;
            }
        }
    }
}

/// ``page `URL` "TITLE" with status 404``. What the page chose cannot break the line.
impl fmt::Display for PageInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page `{}`", self.url.escape_debug())?;
        if !self.title.is_empty() {
            write!(f, " {:?}", self.title)?;
        }
        match self.status {
            Some(status) => write!(f, " with status {status}"),
            None => Ok(()),
        }
    }
}

/// A URL without what may be somebody's secret; none of an empty document.
pub(crate) fn shown(text: &str) -> Option<String> {
    let mut url = Url::parse(text).ok()?;
    if url.scheme() == "about" {
        return None;
    }
    if url.cannot_be_a_base() {
        // What follows is a document in `data:`, a program in `javascript:`.
        return Some(format!("{}:", url.scheme()));
    }
    let names: Vec<_> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter_map(|pair| Some(pair.split_once('=')?.0.to_owned()))
        .filter(|name| !name.is_empty())
        .collect();
    url.set_query((!names.is_empty()).then(|| names.join("&")).as_deref());
    let route = url.fragment().filter(|fragment| fragment.starts_with('/') || fragment.starts_with("!/"));
    let route = route.and_then(|route| route.split(['?', '&', '=']).next()).map(str::to_owned);
    url.set_fragment(route.as_deref());
    // Only a URL without a host refuses this, and it has no user info.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    Some(url.into())
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_tells_no_secret_of_anybody() {
        for (url, expected) in [
            ("https://shop.example/", "https://shop.example/"),
            ("https://ann:pw@shop.example/a/b?q=x&page=2#top", "https://shop.example/a/b?q&page"),
            ("https://shop.example/?eyJhbGciOiJIUzI1NiJ9", "https://shop.example/"),
            ("https://shop.example/?a=1&&=2&b", "https://shop.example/?a"),
            ("https://shop.example/#access_token=abc", "https://shop.example/"),
            ("https://shop.example/#/cart/7?token=abc", "https://shop.example/#/cart/7"),
            ("https://shop.example/#!/cart", "https://shop.example/#!/cart"),
            ("data:text/html,<p>hunter2", "data:"),
            ("blob:https://shop.example/1f8b", "blob:"),
            ("file:///tmp/a.html", "file:///tmp/a.html"),
        ] {
            let page = PageInfo::new(url, "", None, str::to_owned).expect("a page");
            assert_eq!(page.url, expected, "{url}");
        }
        for none in ["about:blank", "about:srcdoc", "", "no url"] {
            assert_eq!(PageInfo::new(none, "a", None, str::to_owned), None, "{none}");
        }
    }

    #[test]
    fn a_page_cannot_break_a_line_of_the_log() {
        let page = PageInfo::new("https://shop.example/", " a\"\n\u{1b}[31m ", Some(404), str::to_owned)
            .expect("a page");
        assert_eq!(page.to_string(), r#"page `https://shop.example/` "a\"\n\u{1b}[31m" with status 404"#);
        let long =
            PageInfo::new("https://shop.example/", &"a".repeat(9000), None, str::to_owned).expect("a page");
        assert_eq!(long.title.chars().count(), LONGEST + 1);
    }
}
