//! Renders a recipe's strings: each placeholder's value, encoded for the place where it stands.
//!
//! It knows nothing of recipes or pages. What a value may do at its place is decided here and nowhere else: it is
//! always one value of that place, and never more of the URL or of the selector around it.

mod css;
mod header;
mod html;
mod locator;
mod path;
mod url;

pub(crate) use self::url::host_of;

use std::borrow::Cow;

use serde_json::Value;

use crate::value::{kind, missing};
use crate::{Error, ErrorKind};

pub use webtask_program::Place;

/// How much room a value is given before it is known how long it is.
const HOLE: usize = 16;

/// A part of a string.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// A placeholder.
    Hole(Hole<'a>),
}

/// A placeholder with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Hole<'a> {
    /// What it looks up, as written: `page.title`.
    pub name: &'a str,
    /// What it found.
    pub value: Option<Value>,
    /// What stands in for a missing, null or empty value.
    pub fallback: Option<&'a str>,
    /// Where it stands.
    pub place: Place,
}

/// The string that the pieces make.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed), naming the placeholder that has no value, or one that may not stand
/// at its place.
pub fn text(pieces: &[Piece<'_>]) -> Result<String, Error> {
    let room = |piece: &Piece<'_>| if let Piece::Text(text) = piece { text.len() } else { HOLE };
    let mut out = String::with_capacity(pieces.iter().map(room).sum());
    let mut segments = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Hole(hole) => {
                if matches!(hole.place, Place::UrlPath | Place::Path | Place::Below) {
                    segments.push((out.len(), hole));
                }
                let next = match pieces.get(index + 1) {
                    Some(Piece::Text(text)) => *text,
                    _ => "",
                };
                hole.render(&mut out, next)?;
                if hole.place == Place::Below {
                    segments.push((out.len(), hole));
                }
            }
        }
    }
    for (at, hole) in segments {
        let checked = match hole.place {
            Place::Path | Place::Below => path::check_name(&out, at),
            _ => url::check_segment(&out, at),
        };
        checked.map_err(|why| hole.error(why))?;
    }
    Ok(out)
}

impl Hole<'_> {
    /// Writes the value, before that text.
    fn render(&self, out: &mut String, next: &str) -> Result<(), Error> {
        let value = self.text()?;
        match self.place {
            Place::Text => out.push_str(&value),
            Place::UrlWhole => {
                out.push_str(&url::whole(&value).map_err(|(kind, why)| self.error_of(kind, why))?);
            }
            Place::UrlBase => {
                let base = url::base(&value).map_err(|(kind, why)| self.error_of(kind, why))?;
                // Whoever writes a base writes it with a slash at its end, or without.
                let base = if next.starts_with('/') { base.trim_end_matches('/') } else { &base };
                out.push_str(base);
            }
            Place::UrlHost => {
                let port = !next.starts_with(':');
                out.push_str(&url::host(&value, port).map_err(|why| self.error(why))?);
            }
            Place::UrlPath | Place::UrlQuery | Place::UrlFragment => url::component(&value, out),
            Place::Path => {
                path::component(&value).map_err(|why| self.error(why))?;
                out.push_str(&value);
            }
            Place::Below => {
                path::below(&value).map_err(|why| self.error(why))?;
                out.push_str(&value);
            }
            Place::Header => {
                header::line(&value).map_err(|why| self.error(why))?;
                out.push_str(&value);
            }
            Place::Html => html::text(&value, out),
            Place::CssString => css::string(&value, out),
            Place::CssIdent => css::ident(&value, out),
            Place::LocatorText => locator::text(&value, out),
            Place::XPathString => locator::xpath(&value, out),
            Place::CssNumber => match value.parse::<i64>() {
                Ok(number) => out.push_str(&number.to_string()),
                Err(_) => {
                    return Err(self.error(format!("is {}, where only an int may stand", self.shown(&value))));
                }
            },
        }
        Ok(())
    }

    /// The value as text, or what stands in for it.
    fn text(&self) -> Result<Cow<'_, str>, Error> {
        let value = match &self.value {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.is_empty() && self.fallback.is_some() => None,
            Some(Value::String(text)) => Some(Cow::Borrowed(text.as_str())),
            Some(other) => Some(Cow::Owned(other.to_string())),
        };
        value.or_else(|| self.fallback.map(Cow::Borrowed)).ok_or_else(|| missing(self.name))
    }

    /// A value that may not stand here, in words.
    fn shown(&self, text: &str) -> String {
        match &self.value {
            Some(value @ (Value::Array(_) | Value::Object(_))) => kind(value).to_owned(),
            _ => format!("`{text}`"),
        }
    }

    fn error(&self, why: impl AsRef<str>) -> Error {
        self.error_of(ErrorKind::StepFailed, why)
    }

    fn error_of(&self, kind: ErrorKind, why: impl AsRef<str>) -> Error {
        Error::new(kind, format!("placeholder `{{{{{}}}}}` {}", self.name, why.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hole(place: Place, value: Value) -> Hole<'static> {
        Hole { name: "a.b", value: Some(value), fallback: None, place }
    }

    fn render(place: Place, value: Value) -> Result<String, String> {
        text(&[Piece::Hole(hole(place, value))]).map_err(|error| error.to_string())
    }

    fn path(before: &'static str, value: &str, after: &'static str) -> Result<String, String> {
        let pieces =
            [Piece::Text(before), Piece::Hole(hole(Place::UrlPath, json!(value))), Piece::Text(after)];
        text(&pieces).map_err(|error| error.to_string())
    }

    const HOSTILE: &str = "a\"'\\\n\r\t{{x}} \u{1f600}\u{2028}\0../?#%&=+[]()é";

    #[test]
    fn text_is_as_it_is() {
        for (value, expected) in [
            (json!("plain {{x}} \" \\"), "plain {{x}} \" \\"),
            (json!(12), "12"),
            (json!(1.5), "1.5"),
            (json!(false), "false"),
            (json!([1, "a"]), r#"[1,"a"]"#),
            (json!({ "k": null }), r#"{"k":null}"#),
            (json!(""), ""),
        ] {
            assert_eq!(render(Place::Text, value), Ok(expected.to_owned()));
        }
    }

    #[test]
    fn a_fallback_stands_in_for_what_is_missing_null_or_empty() {
        for value in [None, Some(Value::Null), Some(json!(""))] {
            let hole = Hole { name: "a", value, fallback: Some("b c"), place: Place::UrlQuery };
            assert_eq!(text(&[Piece::Text("?q="), Piece::Hole(hole)]).expect("has a fallback"), "?q=b%20c");
        }
        for value in [json!(0), json!(false), json!([])] {
            let hole =
                Hole { name: "a", value: Some(value.clone()), fallback: Some("b"), place: Place::Text };
            assert_eq!(text(&[Piece::Hole(hole)]).expect("has a value"), value.to_string());
        }
    }

    #[test]
    fn a_value_that_is_missing_is_named() {
        for value in [None, Some(Value::Null)] {
            let hole = Hole { name: "page.title", value, fallback: None, place: Place::Text };
            let error = text(&[Piece::Hole(hole)]).expect_err("has no value");
            assert_eq!(error.to_string(), missing("page.title").to_string());
            assert_eq!(error.kind(), crate::ErrorKind::StepFailed);
        }
    }

    #[test]
    fn a_component_of_a_url_stays_one() {
        let expected = "a%22%27%5C%0A%0D%09%7B%7Bx%7D%7D%20%F0%9F%98%80%E2%80%A8%00..%2F%3F%23%25%26%3D%2B%5B%5D%28%29%C3%A9";
        for place in [Place::UrlPath, Place::UrlQuery, Place::UrlFragment] {
            assert_eq!(render(place, json!(HOSTILE)).as_deref(), Ok(expected));
            assert_eq!(render(place, json!("Aa0-._~")).as_deref(), Ok("Aa0-._~"));
        }
    }

    #[test]
    fn a_path_cannot_be_climbed() {
        for (before, value, after) in [
            ("https://a/", ".", ""),
            ("https://a/", "..", "/x"),
            ("https://a/x/.", ".", "?q=1"),
            ("https://a/x/%2e", ".", "#f"),
            ("https://a/x/", ".", "%2E/y"),
            ("https://a/x\\", "..", "\\y"),
            ("https://a/x/", ".", "\t.\n"),
        ] {
            let error = path(before, value, after).expect_err(before);
            assert!(error.starts_with("placeholder `{{a.b}}` makes the path's segment `"), "{error}");
            assert!(error.ends_with("`, which leads out of its place"), "{error}");
        }
        assert_eq!(path("https://a/", "...", "").as_deref(), Ok("https://a/..."));
        assert_eq!(path("https://a/x", "..", "").as_deref(), Ok("https://a/x.."));
        assert_eq!(path("https://a/", "%2e%2e", "").as_deref(), Ok("https://a/%252e%252e"));
        assert_eq!(path("https://a/", "", "/").as_deref(), Ok("https://a//"));
    }

    #[test]
    fn a_host_is_one_host() {
        for (value, expected) in [
            ("example.com", "example.com"),
            ("ÉXAMPLE.com", "xn--xample-9ua.com"),
            ("127.0.0.1", "127.0.0.1"),
            ("[::1]", "[::1]"),
            ("localhost:8080", "localhost:8080"),
            ("Example.com:443", "example.com:443"),
            ("[::1]:80", "[::1]:80"),
        ] {
            assert_eq!(render(Place::UrlHost, json!(value)).as_deref(), Ok(expected));
        }
        for value in [
            "",
            "a b",
            "a/b",
            "a:",
            ":80",
            "a:b",
            "a:+80",
            "a:80:80",
            "a:65536",
            "a:80/x",
            "a:80@b",
            "u@a",
            "a?b",
            "a#b",
            "a\\b",
            "a%2Fb",
            "1.2.3.256",
            "::1",
        ] {
            let error = render(Place::UrlHost, json!(value)).expect_err(value);
            assert!(
                error.starts_with(&format!("placeholder `{{{{a.b}}}}` is `{value}`, which is not a host: ")),
                "{error}"
            );
        }
        let error = render(Place::UrlHost, json!("a.example:99999")).expect_err("no port");
        assert!(error.ends_with("which is not a host: its port is not a number from 0 to 65535"), "{error}");
    }

    #[test]
    fn a_port_is_said_once() {
        let pieces = [
            Piece::Text("http://"),
            Piece::Hole(hole(Place::UrlHost, json!("a:80"))),
            Piece::Text(":8080/x"),
        ];
        assert_eq!(
            text(&pieces).expect_err("it has two ports").message(),
            "placeholder `{{a.b}}` is `a:80`, whose port the recipe says already"
        );
    }

    #[test]
    fn a_base_begins_a_url() {
        let base = |value: &str, next: &'static str| {
            let pieces = [Piece::Hole(hole(Place::UrlBase, json!(value))), Piece::Text(next)];
            text(&pieces).map_err(|error| error.to_string())
        };
        for (value, next, expected) in [
            ("https://a", "/x", "https://a/x"),
            ("HTTPS://A/", "/x", "https://a/x"),
            ("http://localhost:8080/app/", "/x", "http://localhost:8080/app/x"),
            ("https://a/app", "/x", "https://a/app/x"),
            ("https://a", "?q=1", "https://a/?q=1"),
            ("https://a/x", "#f", "https://a/x#f"),
        ] {
            assert_eq!(base(value, next).as_deref(), Ok(expected), "{value}");
        }
        for (value, why) in [
            ("a.example", "is `a.example`, which is not a URL: relative URL without a base"),
            ("ftp://a", "is `ftp://a`, which is not an http or https URL"),
            ("https://a?x", "is `https://a?x`, which ends in a query, where more of a URL comes"),
            ("https://a/#x", "is `https://a/#x`, which ends in a fragment, where more of a URL comes"),
        ] {
            assert_eq!(base(value, "/x"), Err(format!("placeholder `{{{{a.b}}}}` {why}")));
        }
    }

    #[test]
    fn a_whole_url_is_http() {
        assert_eq!(
            render(Place::UrlWhole, json!("HTTPS://a/b c?d=\"#e")).as_deref(),
            Ok("https://a/b%20c?d=%22#e")
        );
        for (value, why) in [
            ("javascript:alert(1)", "is `javascript:alert(1)`, which is not an http or https URL"),
            ("file:///etc/passwd", "is `file:///etc/passwd`, which is not an http or https URL"),
            ("/a", "is `/a`, which is not a URL: relative URL without a base"),
            ("https://", "is `https://`, which is not a URL: empty host"),
        ] {
            assert_eq!(
                render(Place::UrlWhole, json!(value)),
                Err(format!("placeholder `{{{{a.b}}}}` {why}"))
            );
        }
    }

    #[test]
    fn a_name_of_a_path_stays_one() {
        let path = |before, value: &str, after| {
            let pieces =
                [Piece::Text(before), Piece::Hole(hole(Place::Path, json!(value))), Piece::Text(after)];
            text(&pieces).map_err(|error| error.to_string())
        };
        assert_eq!(path("a/", "x y\"😀\n..", ".png").as_deref(), Ok("a/x y\"😀\n...png"));
        assert_eq!(path("a/", "", ".png").as_deref(), Ok("a/.png"));
        for (before, value, after, why) in [
            ("a/", "x/y", "", "is `x/y`, which leads out of one name of a path"),
            ("a/", "..\\x", "", "is `..\\\\x`, which leads out of one name of a path"),
            ("a/", "x\0", ".png", "is `x\\u{0}`, which leads out of one name of a path"),
            ("", "..", "", "makes the name `..` in a path, which leads out of its place"),
            ("a/", "..", "/b", "makes the name `..` in a path, which leads out of its place"),
            ("a/.", ".", "", "makes the name `..` in a path, which leads out of its place"),
            ("a/", ".", "", "makes the name `.` in a path, which leads out of its place"),
            ("a/", "", "/b", "makes a name in a path empty"),
        ] {
            assert_eq!(path(before, value, after), Err(format!("placeholder `{{{{a.b}}}}` {why}")));
        }
    }

    #[test]
    fn a_path_of_several_names_stays_below_its_folder() {
        let path = |before, value: &str, after| {
            let pieces =
                [Piece::Text(before), Piece::Hole(hole(Place::Below, json!(value))), Piece::Text(after)];
            text(&pieces).map_err(|error| error.to_string())
        };
        assert_eq!(path("", "a/b.png", "").as_deref(), Ok("a/b.png"));
        assert_eq!(path("out/", "a/b", "/c.png").as_deref(), Ok("out/a/b/c.png"));
        assert_eq!(path("out/x-", "a/b", "-y").as_deref(), Ok("out/x-a/b-y"));
        for (before, value, after, why) in [
            ("", "/a", "", "is `/a`, which is not a path below the folder of files: it is absolute"),
            (
                "",
                "../a",
                "",
                "is `../a`, which is not a path below the folder of files: `.` and `..` are not names",
            ),
            (
                "",
                "a/../../b",
                "",
                "is `a/../../b`, which is not a path below the folder of files: `.` and `..` are not names",
            ),
            (
                "",
                "a//b",
                "",
                "is `a//b`, which is not a path below the folder of files: a name in it is empty",
            ),
            (
                "",
                "a\\b",
                "",
                "is `a\\\\b`, which is not a path below the folder of files: it has a `\\` or a NUL in it",
            ),
            ("", "", "", "is ``, which is not a path below the folder of files: it is empty"),
            (
                ".",
                "./a",
                "",
                "is `./a`, which is not a path below the folder of files: `.` and `..` are not names",
            ),
        ] {
            assert_eq!(path(before, value, after), Err(format!("placeholder `{{{{a.b}}}}` {why}")));
        }
    }

    #[test]
    fn a_header_stays_one_line() {
        assert_eq!(render(Place::Header, json!("Bearer a b")).as_deref(), Ok("Bearer a b"));
        for value in ["a\r\nX: y", "a\n", "\r", "\0"] {
            let error = render(Place::Header, json!(value)).expect_err(value);
            assert!(error.ends_with("`, which leads out of one line of a header"), "{error}");
        }
    }

    #[test]
    fn a_css_string_cannot_be_left() {
        assert_eq!(
            render(Place::CssString, json!(HOSTILE)).as_deref(),
            Ok("a\\\"\\'\\\\\\a \\d \\9 {{x}} \u{1f600}\\2028 \u{fffd}../?#%&=+[]()é")
        );
    }

    #[test]
    fn a_css_identifier_stays_one() {
        for (value, expected) in [
            ("plain-_9", "plain-_9"),
            ("9a", "\\39 a"),
            ("-9", "-\\39 "),
            ("-", "\\-"),
            ("--", "--"),
            ("a b.c#d>e", "a\\ b\\.c\\#d\\>e"),
            ("a\n\0é\u{1f600}\u{7f}", "a\\a \u{fffd}é\u{1f600}\\7f "),
            ("\"'\\", "\\\"\\'\\\\"),
            ("", ""),
        ] {
            assert_eq!(render(Place::CssIdent, json!(value)).as_deref(), Ok(expected), "{value:?}");
        }
    }

    #[test]
    fn a_text_of_a_locator_cannot_be_left() {
        for (value, expected) in [
            ("plain é 9", "plain é 9"),
            ("a >> .b", "a \\>\\> .b"),
            ("\"a\"", "\\\"a\\\""),
            ("/a/i", "\\/a\\/i"),
            ("'\\", "\\'\\\\"),
        ] {
            assert_eq!(render(Place::LocatorText, json!(value)).as_deref(), Ok(expected), "{value:?}");
        }
    }

    #[test]
    fn a_string_of_an_xpath_cannot_be_left() {
        for (value, expected) in [
            ("a >> b\\", "a >> b\\"),
            ("O'Brien", "O\u{fdd0}Brien"),
            ("\"] | //*", "\u{fdd1}] | //*"),
            ("\u{fdd0}", "\u{fffd}"),
        ] {
            assert_eq!(render(Place::XPathString, json!(value)).as_deref(), Ok(expected), "{value:?}");
        }
    }

    #[test]
    fn a_css_number_is_an_int() {
        assert_eq!(render(Place::CssNumber, json!(3)).as_deref(), Ok("3"));
        assert_eq!(render(Place::CssNumber, json!("-12")).as_deref(), Ok("-12"));
        assert_eq!(
            render(Place::CssNumber, json!("1) , body :is(a")),
            Err("placeholder `{{a.b}}` is `1) , body :is(a`, where only an int may stand".into())
        );
        assert_eq!(
            render(Place::CssNumber, json!([1])),
            Err("placeholder `{{a.b}}` is a list, where only an int may stand".into())
        );
        assert_eq!(
            render(Place::CssNumber, json!(1.0)),
            Err("placeholder `{{a.b}}` is `1.0`, where only an int may stand".into())
        );
    }
}
