//! Lines of headers as RFC 9110 reads them: lists, and what may stand there once. It knows no header by name.

#[cfg(feature = "server")]
use http::header::{AsHeaderName, HeaderMap, HeaderValue};

/// The only line of a header, if it is there; its first line as the error, when there are several.
#[cfg(feature = "server")]
pub(crate) fn only(
    headers: &HeaderMap,
    name: impl AsHeaderName,
) -> Result<Option<&HeaderValue>, &HeaderValue> {
    let mut lines = headers.get_all(name).iter();
    match (lines.next(), lines.next()) {
        (Some(first), Some(_)) => Err(first),
        (first, _) => Ok(first),
    }
}

/// The elements of a list, at the commas that stand in no quotes.
pub(crate) fn split(line: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    let at_comma = move |c: char| {
        let plain = !std::mem::take(&mut escaped);
        match c {
            '"' if plain => quoted = !quoted,
            '\\' if plain && quoted => escaped = true,
            _ => {}
        }
        c == ',' && !quoted
    };
    line.split(at_comma).map(str::trim).filter(|element| !element.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_elements_between_the_commas() {
        for (line, expected) in [
            ("", &[][..]),
            (" , ,", &[]),
            ("a", &["a"]),
            (" a ,b;c=d,, e ", &["a", "b;c=d", "e"]),
            ("a=\"b,c\", d", &["a=\"b,c\"", "d"]),
            (r#"a="b\",c", d"#, &[r#"a="b\",c""#, "d"]),
            ("a=\"b, c", &["a=\"b, c"]),
        ] {
            assert_eq!(split(line).collect::<Vec<_>>(), expected, "{line}");
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn a_header_stands_there_once_or_not_at_all() {
        let value = |text| HeaderValue::from_static(text);
        let mut headers = HeaderMap::new();
        assert_eq!(only(&headers, "x"), Ok(None));
        headers.append("x", value("first"));
        assert_eq!(only(&headers, "x"), Ok(Some(&value("first"))));
        headers.append("x", value("first"));
        assert_eq!(only(&headers, "x"), Err(&value("first")));
    }
}
