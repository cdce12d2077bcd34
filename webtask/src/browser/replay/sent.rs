//! Whether what a request sends is what a recorded one sent. It knows no URL.

use std::collections::HashMap;

use serde_json::Value;

use super::super::har;

/// What a request sends.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    pub(super) mime_type: String,
    pub(super) body: Vec<u8>,
    /// The fields of a recorded form with parts, where nothing else of it was kept.
    kept: Vec<har::Pair>,
}

impl Sent {
    pub(super) fn new(mime_type: String, body: Vec<u8>) -> Self {
        Self { mime_type, body, kept: Vec::new() }
    }

    /// What a recorded request sent; none when that was not kept, or it was nothing.
    pub(super) fn of(post: &har::PostData) -> Option<Self> {
        let body = post.body();
        let kept = match body.is_empty() && har::is_multipart(&post.mime_type) {
            true => post.params.clone(),
            false => Vec::new(),
        };
        (!body.is_empty() || !kept.is_empty()).then(|| Self { mime_type: post.mime_type.clone(), body, kept })
    }

    /// Whether both say the same: byte for byte; as JSON, whatever the order of names and the white space; as a form,
    /// whatever the order of its fields; as parts, whatever the boundary between them. Of a form with parts that was kept
    /// by its fields alone, files may be what they want.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        if !self.kept.is_empty() {
            return other.has(&self.kept);
        }
        self.body == other.body
            || self.json().is_some_and(|json| other.json() == Some(json))
            || self.fields().is_some_and(|fields| other.fields() == Some(fields))
            || self.parts().is_some_and(|parts| other.parts() == Some(parts))
    }

    fn json(&self) -> Option<Value> {
        let is_list_or_map = self.body.trim_ascii_start().first().is_some_and(|byte| b"[{".contains(byte));
        is_list_or_map.then(|| serde_json::from_slice(&self.body).ok()).flatten()
    }

    /// The values of each field, in order.
    fn fields(&self) -> Option<HashMap<String, Vec<String>>> {
        let mime_type = self.mime_type.split(';').next().unwrap_or_default().trim();
        if !mime_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return None;
        }
        let mut fields: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(&self.body) {
            fields.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        Some(fields)
    }

    /// The parts, without what stands before the first and after the last.
    fn parts(&self) -> Option<Vec<&[u8]>> {
        if !har::is_multipart(&self.mime_type) && !self.body.starts_with(b"--") {
            return None;
        }
        // A browser begins with it; the media type is not in every recording.
        let line = self.body.split(|byte| *byte == b'\n').next()?.trim_ascii_end();
        let boundary = line.strip_prefix(b"--").filter(|boundary| !boundary.is_empty())?;
        let boundary = [b"--", boundary].concat();
        let (mut parts, mut rest) = (Vec::new(), self.body.as_slice());
        while let Some(at) = find(rest, &boundary) {
            parts.push(&rest[..at]);
            rest = &rest[at + boundary.len()..];
        }
        Some(parts)
    }

    /// Whether its parts are those fields.
    fn has(&self, fields: &[har::Pair]) -> bool {
        let Some(parts) = self.parts() else { return false };
        // Before the first boundary, and after the last, there is none.
        let parts: Vec<_> = parts.iter().filter_map(|part| Part::read(part)).collect();
        parts.len() == fields.len()
            && parts.iter().zip(fields).all(|(part, field)| {
                part.name == field.name && (part.is_file || part.value == field.value.as_bytes())
            })
    }

    /// What it sends, for a message.
    pub(super) fn shown(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(200) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }
}

/// A part of a form.
struct Part<'a> {
    name: String,
    is_file: bool,
    value: &'a [u8],
}

impl<'a> Part<'a> {
    fn read(part: &'a [u8]) -> Option<Self> {
        let at = find(part, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&part[..at]);
        let line = head.lines().find(|line| {
            line.split_once(':')
                .is_some_and(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))
        })?;
        let parameter = |name: &str| {
            let (_, value) = line.split_once(&format!("; {name}=\""))?;
            Some(value.split('"').next().unwrap_or_default())
        };
        let plain = |text: &str| text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
        let value = &part[at + 4..];
        Some(Self {
            name: plain(parameter("name")?),
            is_file: parameter("filename").is_some(),
            value: value.strip_suffix(b"\r\n").unwrap_or(value),
        })
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(mime_type: &str, body: &str) -> Sent {
        Sent::new(mime_type.into(), body.into())
    }

    #[test]
    fn bodies_that_say_the_same_are_alike() {
        const FORM: &str = "application/x-www-form-urlencoded";
        for (a, b, alike) in [
            (sent("", "a"), sent("text/plain", "a"), true),
            (sent("", "a"), sent("", "b"), false),
            (sent("", r#"{"a":1,"b":[1,2]}"#), sent("", "{ \"b\": [1, 2],\n\"a\": 1 }"), true),
            (sent("", r#"{"a":[1,2]}"#), sent("", r#"{"a":[2,1]}"#), false),
            (sent("", "1"), sent("", "1 "), false),
            (sent(FORM, "a=1&b=2&a=3"), sent(&format!("{FORM}; charset=UTF-8"), "b=2&a=1&a=3"), true),
            (sent(FORM, "a=1&a=3"), sent(FORM, "a=3&a=1"), false),
            (sent(FORM, "a=x+y"), sent(FORM, "a=x%20y"), true),
            (sent("text/plain", "a=1&b=2"), sent("text/plain", "b=2&a=1"), false),
            (
                sent("multipart/form-data; boundary=X1", "--X1\r\nname=a\r\n\r\n1\r\n--X1--\r\n"),
                sent("", "--Y22\r\nname=a\r\n\r\n1\r\n--Y22--\r\n"),
                true,
            ),
            (
                sent("multipart/form-data; boundary=X1", "--X1\r\nname=a\r\n\r\n1\r\n--X1--\r\n"),
                sent("multipart/form-data; boundary=X1", "--X1\r\nname=a\r\n\r\n2\r\n--X1--\r\n"),
                false,
            ),
        ] {
            assert_eq!((a.is_like(&b), b.is_like(&a)), (alike, alike), "{a:?} {b:?}");
        }
    }
}
