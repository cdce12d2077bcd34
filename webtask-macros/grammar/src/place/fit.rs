//! Whether a value that is written in a recipe can stand at the place of a placeholder at all.

use url::{Host, Url};

use crate::ast::Place;

/// Why a value is refused at its place whenever it comes there, and what to write.
#[derive(Debug, PartialEq)]
pub(crate) struct Unfit {
    /// What it is not, as `is not a URL`.
    pub(crate) why: &'static str,
    /// What to write.
    pub(crate) help: String,
}

/// Holds a value against its place, by the rules of the run.
pub(crate) fn fit(place: Place, value: &str) -> Result<(), Unfit> {
    let unfit = |why, help: &str| Err(Unfit { why, help: help.to_owned() });
    match place {
        Place::UrlWhole => match Url::parse(value) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(()),
            Ok(_) => unfit("is not an `http` or `https` URL", &address(value)),
            Err(_) => unfit("is not a URL", &address(value)),
        },
        Place::UrlHost if Host::parse(without_port(value)).is_err() => {
            unfit("is not the host of a URL", "write the host alone, like `example.com`")
        }
        Place::Path if value.contains(['/', '\\', '\0']) => {
            let help =
                "a placeholder is one name of a path: write the folders around it, like `\"shots/{{name}}\"`";
            unfit("is more than one name of a path", help)
        }
        Place::CssNumber if value.parse::<i64>().is_err() => {
            unfit("is not a whole number", "write a whole number, like `1`")
        }
        Place::Header if value.contains(['\r', '\n', '\0']) => {
            unfit("is more than one line", "a header's value is one line")
        }
        _ => Ok(()),
    }
}

/// A host without the port that it may carry.
fn without_port(value: &str) -> &str {
    match value.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => host,
        _ => value,
    }
}

/// What to write for an address that has lost a part.
pub(crate) fn address(written: &str) -> String {
    // `http//host`, `https:/host`
    let said = ["https", "http"].into_iter().find_map(|scheme| {
        let (head, rest) = written.trim().split_at_checked(scheme.len())?;
        (head.eq_ignore_ascii_case(scheme) && rest.starts_with([':', '/'])).then_some((scheme, rest))
    });
    let written = said.map_or(written.trim(), |(_, rest)| rest.trim_start_matches([':', '/']));
    let rest = written.trim_start_matches('/');
    let end = rest.find(['/', ':', '?', '#']).unwrap_or(rest.len());
    let host = &rest[..end];
    let absolute = !written.starts_with('/') || written.starts_with("//");
    let known = host == "localhost" || host.parse::<std::net::Ipv4Addr>().is_ok();
    let named = host.contains('.') && !host.starts_with('.') && !host.contains([' ', '{', '"', '`']);
    let guessed = if known { "http" } else { "https" };
    let scheme = said.map_or(guessed, |(scheme, _)| scheme);
    let whole = format!("{scheme}://{rest}");
    if absolute && (known || named) && Url::parse(&whole).is_ok() {
        return format!("write the whole address, like `\"{whole}\"`");
    }
    "write the whole address, like `\"https://example.com/path\"`".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_always_fits_and_what_never_does() {
        let good = [
            (Place::UrlWhole, "https://a.example/b"),
            (Place::UrlHost, "a.example"),
            (Place::UrlHost, "127.0.0.1"),
            (Place::Path, "home.png"),
            (Place::CssNumber, "-3"),
            (Place::Header, "a"),
            (Place::Text, "/a\n"),
            (Place::UrlPath, "a/b"),
            (Place::CssIdent, "a b"),
        ];
        for (place, value) in good {
            assert_eq!(fit(place, value), Ok(()), "{value}");
        }
        let bad = [
            (Place::UrlWhole, "a.example/b", "is not a URL"),
            (Place::UrlWhole, "ftp://a", "is not an `http` or `https` URL"),
            (Place::UrlWhole, "localhost:8080", "is not an `http` or `https` URL"),
            (Place::UrlHost, "https://a.example", "is not the host of a URL"),
            (Place::UrlHost, "a.example/b", "is not the host of a URL"),
            (Place::Path, "/tmp/a.png", "is more than one name of a path"),
            (Place::CssNumber, "first", "is not a whole number"),
            (Place::Header, "a\nb", "is more than one line"),
        ];
        for (place, value, why) in bad {
            assert_eq!(fit(place, value).expect_err(value).why, why, "{value}");
        }
    }

    #[test]
    fn an_address_is_completed() {
        for (written, whole) in [
            ("a.example", "https://a.example"),
            ("www.a.example/b?c#d", "https://www.a.example/b?c#d"),
            ("//a.example/b", "https://a.example/b"),
            ("localhost:3000/x", "http://localhost:3000/x"),
            ("127.0.0.1:80", "http://127.0.0.1:80"),
            ("http//a.example/b", "http://a.example/b"),
            ("HTTPS:/a.example", "https://a.example"),
            ("/path", "https://example.com/path"),
            ("page", "https://example.com/path"),
            ("./a.html", "https://example.com/path"),
        ] {
            assert_eq!(address(written), format!("write the whole address, like `\"{whole}\"`"), "{written}");
        }
    }
}
