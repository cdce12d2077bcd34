//! Makes the addresses of a page absolute, as the page itself does: by its base, and with its character set in queries.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use serde::{Deserialize, Serialize};
use url::Url;

/// What a document says of its addresses.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Base {
    /// What they are relative to.
    pub(super) url: String,
    /// The document's character set, by one of its names.
    #[serde(default)]
    pub(super) charset: String,
}

/// The same, read once for all addresses.
pub(super) struct Resolver {
    base: Option<Url>,
    encoding: &'static Encoding,
}

impl Resolver {
    pub(super) fn new(base: &Base) -> Self {
        let encoding = Encoding::for_label(base.charset.as_bytes()).unwrap_or(UTF_8).output_encoding();
        Self { base: Url::parse(&base.url).ok(), encoding }
    }

    /// Where the page goes for it. What is not an address stays what it is, as a browser has it.
    pub(super) fn absolute(&self, text: &str) -> String {
        let encode: &dyn Fn(&str) -> Cow<'_, [u8]> = &|query| encoded(self.encoding, query);
        let encode = (self.encoding != UTF_8).then_some(encode);
        let parsed = Url::options().base_url(self.base.as_ref()).encoding_override(encode).parse(text);
        parsed.map_or_else(|_| text.to_owned(), String::from)
    }

    /// The addresses of a `srcset`, each absolute and with what is said of it.
    pub(super) fn absolute_each(&self, srcset: &str) -> String {
        let each = candidates(srcset).map(|(url, rest)| match rest {
            "" => self.absolute(url),
            rest => format!("{} {rest}", self.absolute(url)),
        });
        each.collect::<Vec<_>>().join(", ")
    }
}

/// A query in a character set. What that does not have stands as a character reference, percent-encoded.
fn encoded<'a>(encoding: &'static Encoding, query: &'a str) -> Cow<'a, [u8]> {
    if query.is_ascii() && encoding.is_ascii_compatible() {
        return query.as_bytes().into();
    }
    let (mut encoder, mut bytes, mut rest) = (encoding.new_encoder(), Vec::new(), query);
    loop {
        bytes.reserve(rest.len() * 2 + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        rest = &rest[read..];
        match result {
            encoding_rs::EncoderResult::InputEmpty => return bytes.into(),
            encoding_rs::EncoderResult::OutputFull => {}
            encoding_rs::EncoderResult::Unmappable(c) => {
                bytes.extend_from_slice(format!("%26%23{}%3B", u32::from(c)).as_bytes());
            }
        }
    }
}

/// The addresses of a `srcset` with their descriptors, as HTML splits them.
fn candidates(srcset: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = srcset;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        let bare = url.trim_end_matches(',');
        if bare.len() < url.len() {
            rest = after;
            return Some((bare, ""));
        }
        let mut depth = 0_u32;
        let end = after.find(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0
        });
        let (descriptors, after) = after.split_at(end.unwrap_or(after.len()));
        rest = after;
        Some((url, descriptors.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolver(charset: &str) -> Resolver {
        Resolver::new(&Base { url: "https://a.test/b/c?d".into(), charset: charset.into() })
    }

    #[test]
    fn a_query_is_in_the_character_set_of_the_document() {
        for (charset, expected) in [
            ("UTF-8", "?q=K%C3%B6ln%20%E2%82%AC%E6%9D%B1"),
            ("UTF-16LE", "?q=K%C3%B6ln%20%E2%82%AC%E6%9D%B1"),
            ("", "?q=K%C3%B6ln%20%E2%82%AC%E6%9D%B1"),
            ("windows-1252", "?q=K%F6ln%20%80%26%2326481%3B"),
            ("ISO-8859-2", "?q=K%F6ln%20%26%238364%3B%26%2326481%3B"),
            ("Shift_JIS", "?q=K%26%23246%3Bln%20%26%238364%3B%93%8C"),
            ("GBK", "?q=K%26%23246%3Bln%20%80%96|"),
            ("EUC-JP", "?q=K%26%23246%3Bln%20%26%238364%3B%C5%EC"),
        ] {
            let found = resolver(charset).absolute("/ö?q=Köln €東#ö");
            assert_eq!(found, format!("https://a.test/%C3%B6{expected}#%C3%B6"), "{charset}");
        }
    }

    #[test]
    fn only_queries_of_the_web_are_encoded_so() {
        let latin = resolver("windows-1252");
        assert_eq!(latin.absolute("?ö"), "https://a.test/b/c?%F6");
        assert_eq!(latin.absolute("ws://a.test/?ö"), "ws://a.test/?%C3%B6");
        assert_eq!(latin.absolute("mailto:a@b?subject=ö"), "mailto:a@b?subject=%C3%B6");
        assert_eq!(latin.absolute("data:,ö"), "data:,%C3%B6");
        assert_eq!(latin.absolute("blob:https://a.test/1-2"), "blob:https://a.test/1-2");
        assert_eq!(latin.absolute("http://["), "http://[");
    }

    #[test]
    fn a_srcset_is_absolute_address_by_address() {
        for (srcset, expected) in [
            ("x.png", "https://a.test/b/x.png"),
            ("x.png 1x, /y.png 2x", "https://a.test/b/x.png 1x, https://a.test/y.png 2x"),
            (" x.png,\n y,z.png  100w 5h ,", "https://a.test/b/x.png, https://a.test/b/y,z.png 100w 5h"),
            ("x f(1,2) 1x,y", "https://a.test/b/x f(1,2) 1x, https://a.test/b/y"),
            ("data:image/gif;base64,AA== 1x, y 2x", "data:image/gif;base64,AA== 1x, https://a.test/b/y 2x"),
            (" , ", ""),
        ] {
            assert_eq!(resolver("UTF-8").absolute_each(srcset), expected, "{srcset}");
        }
    }
}
