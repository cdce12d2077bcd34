//! The file's name in a `Content-Disposition`, read as Chromium reads it: what is wrong in it, many servers write.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::Encoding;
use percent_encoding::percent_decode;

use super::text;

/// The name that the header says: by `filename*` or, where that is none, by `filename`.
pub(super) fn filename(header: &[u8], charset: Option<&'static Encoding>) -> Option<String> {
    let (mut plain, mut extended) = (None, None);
    for (number, part) in parts(header).enumerate() {
        let Some(equals) = part.iter().position(|byte| *byte == b'=') else {
            // The first is the type. What follows any other is not to be understood.
            if number == 0 { continue } else { break }
        };
        let (name, value) = (part[..equals].trim_ascii(), part[equals + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"filename") && plain.is_none() {
            plain = Some(words(&unquoted(value), charset)).filter(|name| !name.is_empty());
        } else if name.eq_ignore_ascii_case(b"filename*") && extended.is_none() {
            extended = extended_value(value);
        } else if name.is_empty() {
            break;
        }
    }
    extended.or(plain)
}

/// What stands between `;` outside of quotes.
fn parts(header: &[u8]) -> impl Iterator<Item = &[u8]> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    header.split(move |byte| {
        let ends = *byte == b';' && !is_quoted;
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            _ => {}
        }
        ends
    })
}

/// A value without its quotes. The last one may be missing.
fn unquoted(value: &[u8]) -> Vec<u8> {
    let Some(rest) = value.strip_prefix(b"\"") else { return value.to_vec() };
    let (mut out, mut bytes) = (Vec::with_capacity(rest.len()), rest.iter());
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => out.extend(bytes.next()),
            byte => out.push(*byte),
        }
    }
    out
}

/// A value of RFC 8187: `CHARSET'LANGUAGE'PERCENT-ENCODED`.
fn extended_value(value: &[u8]) -> Option<String> {
    if value.contains(&b'"') || !value.is_ascii() {
        return None;
    }
    let mut parts = value.splitn(3, |byte| *byte == b'\'');
    let (charset, _language, text) = (parts.next()?, parts.next()?, parts.next()?);
    let charset = Encoding::for_label(charset)?;
    let bytes: Vec<u8> = percent_decode(text).collect();
    let text = charset.decode_without_bom_handling_and_without_replacement(&bytes)?;
    Some(text.into_owned()).filter(|text| !text.is_empty())
}

/// The words of a `filename`, each decoded by itself; between two encoded ones there is no space.
fn words(value: &[u8], charset: Option<&'static Encoding>) -> String {
    let mut out = String::new();
    let mut after_encoded = true;
    let mut rest = value;
    while let Some(first) = rest.first() {
        let is_space = |byte: &u8| b" \t\r\n".contains(byte);
        let space = is_space(first);
        let end = match space {
            true => 1,
            false => rest.iter().position(is_space).unwrap_or(rest.len()),
        };
        let (word, behind) = rest.split_at(end);
        rest = behind;
        if space {
            out.push_str(if after_encoded { "" } else { " " });
        } else if let Some(text) = encoded_word(word) {
            after_encoded = true;
            out.push_str(&text);
        } else {
            after_encoded = false;
            out.push_str(&plain_word(word, charset));
        }
    }
    out
}

/// A word that is not encoded by RFC 2047: percent-encoded, when it is ASCII.
fn plain_word(word: &[u8], charset: Option<&'static Encoding>) -> String {
    match word.is_ascii() {
        true => text(&percent_decode(word).collect::<Vec<u8>>(), charset),
        false => text(word, charset),
    }
}

/// Words of RFC 2047, one right after the other: `=?CHARSET?B?BASE64?=` or `=?CHARSET?Q?QUOTED?=`.
fn encoded_word(word: &[u8]) -> Option<String> {
    let word = std::str::from_utf8(word).ok()?;
    let (charset, rest) = word.strip_prefix("=?")?.split_once('?')?;
    let (form, rest) = rest.split_once('?')?;
    let (data, rest) = rest.split_once("?=")?;
    let bytes = match form {
        "B" | "b" => STANDARD.decode(data).ok()?,
        "Q" | "q" => quoted(data)?,
        _ => return None,
    };
    // A language may stand behind the character set.
    let charset = Encoding::for_label(charset.split('*').next()?.as_bytes())?;
    let text = charset.decode_without_bom_handling_and_without_replacement(&bytes)?.into_owned();
    match rest {
        "" => Some(text),
        rest => Some(text + &encoded_word(rest.as_bytes())?),
    }
}

/// The bytes of the form `Q`.
fn quoted(data: &str) -> Option<Vec<u8>> {
    let (mut out, mut bytes) = (Vec::with_capacity(data.len()), data.bytes());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'_' => b' ',
            b'=' => {
                let digit =
                    |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                digit(bytes.next()?)? << 4 | digit(bytes.next()?)?
            }
            byte => byte,
        });
    }
    Some(out)
}
