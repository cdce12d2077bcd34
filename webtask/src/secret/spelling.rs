//! The ways in which a value may come back, but for escapes: those are undone where it is looked for.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::decode::decode;
use crate::files::one_name;

/// A text that stands for a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spelling {
    pub(super) text: Vec<u8>,
    /// Whether the characters of base64 before and after it hold a few bits more of the value.
    pub(super) spills: (bool, bool),
}

/// How short what is left of a value may be, with its escapes undone or its odd characters left out, to stand for it.
const SHORTEST: usize = 4;

/// From which length on a value is looked for in base64 of something longer, and in small letters.
const LONG: (usize, usize) = (5, 8);

/// Every spelling of a value.
pub(super) fn spellings(value: &str) -> Vec<Spelling> {
    let mut plain = vec![value.as_bytes().to_vec()];
    let mut add = |text: &str| plain.push(text.as_bytes().to_vec());
    // What forms and pages make of the ends of lines, and of what stands around.
    add(&value.replace("\r\n", "\n"));
    add(&value.replace("\r\n", "\n").replace('\n', "\r\n"));
    add(value.trim());
    // As the path of a URL, as its host, and as the name of a file.
    add(&value.replace('\\', "/"));
    if value.len() >= LONG.1 {
        add(&value.to_ascii_lowercase());
    }
    let name = one_name(value);
    if name.chars().filter(|c| *c != '_').count() >= SHORTEST {
        add(&name);
    }
    let latin = latin(value);
    plain.extend(latin.clone());
    let shortest = value.len().clamp(1, SHORTEST);
    plain.retain(|text| text.len() >= shortest);
    // What begins an escape at the end of a value may be undone together with what stands behind it.
    for index in 0..plain.len() {
        let text = &plain[index];
        let kept = text.iter().rposition(|byte| !b"\\%&".contains(byte)).map_or(0, |last| last + 1);
        if kept >= SHORTEST && kept < text.len() {
            plain.push(text[..kept].to_vec());
        }
    }
    // Where a value looks like an escape, it is undone in the text too.
    for index in 0..plain.len() {
        let mut text = plain[index].clone();
        while let Some(decoded) = decode(&text).filter(|decoded| decoded.text.len() >= shortest) {
            plain.push(decoded.text.clone());
            text = decoded.text;
        }
    }
    let plain = plain.into_iter().map(|text| Spelling { text, spills: (false, false) });
    let bytes = [Some(value.as_bytes().to_vec()), latin];
    let packed = bytes.iter().flatten().flat_map(|bytes| base64(bytes));
    let mut all: Vec<_> = plain.chain(packed).filter(|spelling| !spelling.text.is_empty()).collect();
    all.sort();
    all.dedup();
    all
}

/// The value in the character set in which old forms are sent, and in which `btoa` reads it.
fn latin(value: &str) -> Option<Vec<u8>> {
    let bytes: Option<Vec<u8>> = value.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.filter(|_| !value.is_ascii())
}

/// As base64 alone, and within that of something longer: there a value may begin at any of three bits of a character.
fn base64(bytes: &[u8]) -> Vec<Spelling> {
    let mut all = Vec::new();
    for engine in [STANDARD, URL_SAFE] {
        let alone = engine.encode(bytes);
        all.push((alone.trim_end_matches('=').to_owned(), (false, false)));
        all.push((alone, (false, false)));
        if bytes.len() < LONG.0 {
            continue;
        }
        for before in 0..3 {
            let text = engine.encode([vec![0; before], bytes.to_vec()].concat());
            // The characters that nothing else has a part in.
            let (begin, end) = (before * 8, (before + bytes.len()) * 8);
            all.push((text[begin.div_ceil(6)..end / 6].to_owned(), (begin % 6 != 0, end % 6 != 0)));
        }
    }
    let all = all.into_iter().flat_map(|(text, spills)| {
        // Where a `+` is undone as a form's space is.
        let undone = text.replace('+', " ");
        [text, undone].map(|text| Spelling { text: text.into_bytes(), spills })
    });
    all.collect()
}
