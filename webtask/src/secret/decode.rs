//! Text as its readers read it: the escapes of JSON, JavaScript, HTML and URLs undone, with what stood where.
//!
//! Which of them a text is written in nobody says, and a text can be in several at once. So all are undone together, and
//! again in what comes of that. Whoever looks for a value undoes them in the value too. Where a value itself looks like
//! several kinds of escapes, their order decides: [`Kinds::each`] gives those to undo alone.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A text with its escapes undone.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub(super) text: Vec<u8>,
    /// Where the text is another than it was.
    edits: Vec<Edit>,
    /// The kinds of escapes that were undone.
    pub(super) kinds: Kinds,
}

/// Kinds of escapes, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const ALL: Self = Self(0b1111);
    const BACKSLASH: Self = Self(0b0001);
    const PERCENT: Self = Self(0b0010);
    const ENTITY: Self = Self(0b0100);
    const PLUS: Self = Self(0b1000);
    /// Percent signs, and `+` for a space.
    const FORM: Self = Self(0b1010);

    fn has(self, kinds: Self) -> bool {
        self.0 & kinds.0 == kinds.0
    }

    /// Whether it is one kind alone.
    pub(super) fn is_one(self) -> bool {
        self.0.count_ones() == 1
    }

    /// Those in it, to undo one at a time.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        let each = [Self::BACKSLASH, Self::PERCENT, Self::ENTITY, Self::PLUS, Self::FORM];
        each.into_iter().filter(move |kinds| self.has(*kinds))
    }
}

/// An escape: its place and length in what came of it, and in what it stood in.
#[derive(Clone, Copy, Debug)]
struct Edit {
    at: usize,
    length: usize,
    from: usize,
    taken: usize,
}

/// The names of U+00A0 to U+00FF in HTML.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
    micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
    Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute \
    Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute \
    icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Those of the characters that are not letters, digits or `-`.
const NAMED: [(&str, char); 41] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("LT", '<'),
    ("gt", '>'),
    ("GT", '>'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("apos", '\''),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
];

/// How long the name of a character may be.
const NAME: usize = 8;

/// Undoes every escape once; none when there is none.
pub(super) fn decode(text: &[u8]) -> Option<Decoded> {
    decode_only(text, Kinds::ALL)
}

/// Undoes every escape of these kinds once; none when there is none.
pub(super) fn decode_only(text: &[u8], kinds: Kinds) -> Option<Decoded> {
    let kind_of = |byte| kind(byte).filter(|kind| kinds.has(*kind));
    let first = text.iter().position(|byte| kind_of(*byte).is_some())?;
    let mut decoded = Decoded::default();
    let (mut at, mut copied) = (first, 0);
    while at < text.len() {
        let Some((kind, (meant, taken))) = kind_of(text[at]).zip(escape(&text[at..])) else {
            at += 1;
            continue;
        };
        decoded.kinds.0 |= kind.0;
        decoded.text.extend_from_slice(&text[copied..at]);
        let begin = decoded.text.len();
        match meant {
            Meant::Byte(byte) => decoded.text.push(byte),
            Meant::Char(char) => {
                decoded.text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        let length = decoded.text.len() - begin;
        decoded.edits.push(Edit { at: begin, length, from: at, taken });
        at += taken;
        copied = at;
    }
    if decoded.edits.is_empty() {
        return None;
    }
    decoded.text.extend_from_slice(&text[copied..]);
    Some(decoded)
}

impl Decoded {
    /// Where a part of the text stood.
    pub(super) fn origin(&self, (start, end): (usize, usize)) -> (usize, usize) {
        let begin = match self.edit_before(start) {
            None => start,
            Some(edit) if start < edit.at + edit.length => edit.from,
            Some(edit) => edit.from + edit.taken + (start - edit.at - edit.length),
        };
        // Its last byte.
        let last = end - 1;
        let end = match self.edit_before(last) {
            None => end,
            Some(edit) if last < edit.at + edit.length => edit.from + edit.taken,
            Some(edit) => edit.from + edit.taken + (end - edit.at - edit.length),
        };
        (begin, end)
    }

    /// The last escape that begins there or before.
    fn edit_before(&self, at: usize) -> Option<&Edit> {
        let after = self.edits.partition_point(|edit| edit.at <= at);
        after.checked_sub(1).map(|index| &self.edits[index])
    }
}

/// What an escape means: a character, or a byte of one.
enum Meant {
    Byte(u8),
    Char(char),
}

/// The kind of escape that begins with it.
fn kind(byte: u8) -> Option<Kinds> {
    match byte {
        b'\\' => Some(Kinds::BACKSLASH),
        b'%' => Some(Kinds::PERCENT),
        b'&' => Some(Kinds::ENTITY),
        b'+' => Some(Kinds::PLUS),
        _ => None,
    }
}

/// What the escape means that begins here, and how long it is.
fn escape(text: &[u8]) -> Option<(Meant, usize)> {
    match text[0] {
        b'\\' => backslash(text),
        b'%' => percent(text),
        b'&' => entity(text),
        // A form's space.
        _ => Some((Meant::Byte(b' '), 1)),
    }
}

fn backslash(text: &[u8]) -> Option<(Meant, usize)> {
    let simple = |char| Some((Meant::Char(char), 2));
    match text.get(1)? {
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'x' => Some((Meant::Char(char::from_u32(hex(text.get(2..4)?)?)?), 4)),
        b'u' if text.get(2) == Some(&b'{') => {
            let end = text.iter().take(11).position(|byte| *byte == b'}')?;
            Some((Meant::Char(char::from_u32(hex(text.get(3..end)?)?)?), end + 1))
        }
        b'u' => match hex(text.get(2..6)?)? {
            high @ 0xd800..0xdc00 => {
                let low = text.get(6..12).filter(|low| low.starts_with(b"\\u"))?;
                let low @ 0xdc00..0xe000 = hex(&low[2..])? else { return None };
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                Some((Meant::Char(char::from_u32(code)?), 12))
            }
            code => Some((Meant::Char(char::from_u32(code)?), 6)),
        },
        // As JavaScript reads it. Of `\&ouml;` the first reading leaves `&ouml;`, of `\+` a space: `\ö` and `\ ` must come to the same.
        byte if !byte.is_ascii_alphanumeric() => Some((Meant::Byte(*byte), 2)),
        _ => None,
    }
}

fn percent(text: &[u8]) -> Option<(Meant, usize)> {
    if matches!(text.get(1), Some(b'u' | b'U')) {
        return Some((Meant::Char(char::from_u32(hex(text.get(2..6)?)?)?), 6));
    }
    let byte = u8::try_from(hex(text.get(1..3)?)?).ok()?;
    Some((Meant::Byte(byte), 3))
}

fn entity(text: &[u8]) -> Option<(Meant, usize)> {
    if text.get(1) == Some(&b'#') {
        let is_hex = matches!(text.get(2), Some(b'x' | b'X'));
        let begin = if is_hex { 3 } else { 2 };
        let is_digit = |byte: &u8| if is_hex { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() };
        let digits = text[begin..].iter().take(NAME + 2).take_while(|byte| is_digit(byte)).count();
        let number = std::str::from_utf8(text.get(begin..begin + digits)?).ok()?;
        let code = u32::from_str_radix(number, if is_hex { 16 } else { 10 }).ok()?;
        let end = begin + digits;
        let closes = usize::from(text.get(end) == Some(&b';'));
        return Some((Meant::Char(char::from_u32(code)?), end + closes));
    }
    let end = text.iter().take(NAME + 2).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&text[1..end]).ok()?;
    static NAMES: OnceLock<HashMap<&str, char>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let latin = LATIN.split_ascii_whitespace().zip('\u{a0}'..='\u{ff}');
        NAMED.into_iter().chain(latin).collect()
    });
    Some((Meant::Char(*names.get(name)?), end + 1))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.is_empty())?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_every_kind_are_undone() {
        for (text, meant) in [
            (r#"a\/b\"c\\d\n"#, "a/b\"c\\d\n"),
            (r"\u0026\u00f6\u00F6\ud83d\ude00\u{1f600}\x26", "&öö😀😀&"),
            ("%26%c3%B6+%u00f6", "&ö ö"),
            (r"a\öb\€c", "aöb€c"),
            ("&amp;&#38;&#x26;&#0038;&#X26 &lt;&quot;&apos;&sol;&ouml;&yuml;&nbsp;", "&&&&& <\"'/öÿ\u{a0}"),
        ] {
            assert_eq!(String::from_utf8(decode(text.as_bytes()).unwrap().text).unwrap(), meant, "{text}");
        }
        assert_eq!(decode(b"%F6").unwrap().text, b"\xf6");
        for text in
            ["plain", "\\", "\\u12", "\\ud83d", "%4", "100% &c; &nosuch;", "&#;", "\\u{}", "&#99999999999;"]
        {
            let decoded = decode(text.as_bytes());
            assert!(decoded.is_none(), "{text}: {decoded:?}");
        }
    }

    #[test]
    fn what_is_found_stood_where_it_stood() {
        let text = b"a%26b&amp;c+d\\u00f6e";
        let decoded = decode(text).unwrap();
        assert_eq!(decoded.text, "a&b&c d\u{f6}e".as_bytes());
        for (found, stood) in [
            ((0, 1), "a"),
            ((1, 2), "%26"),
            ((0, 3), "a%26b"),
            ((3, 6), "&amp;c+"),
            ((7, 9), "\\u00f6"),
            ((9, 10), "e"),
        ] {
            let (start, end) = decoded.origin(found);
            assert_eq!(&text[start..end], stood.as_bytes());
        }
    }
}
