//! Finds the tokens of a text; it knows nothing of lines that go on, nor of blocks.
//!
//! What Rust's lexers would take, or only the laxer of them, and a recipe does not, is refused here.

use super::Source;
use super::dedent::{blank, dedent};
use super::fault::Faults;
use super::number;
use super::string::opening;

/// A token and its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Its first character.
    pub(crate) start: usize,
    /// The character after it.
    pub(crate) end: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A word or a name, as it is written.
    Word(String),
    /// A number or a string in one of Rust's forms, as it is written.
    Literal(String),
    /// A string whose value is known: between `"""`, or repaired.
    Text(String),
    /// Any other character with a meaning.
    Punct(char),
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// `# …`, to the line's end.
    Comment,
    /// The end of a line.
    Break,
}

impl Token {
    /// Whether it is that word.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(text) if text == word)
    }

    /// Whether it says nothing: a comment or the end of a line.
    pub(crate) fn is_space(&self) -> bool {
        matches!(self.kind, Kind::Comment | Kind::Break)
    }
}

/// The tokens of a text.
pub(super) fn tokens(source: &Source, faults: &mut Faults<'_>) -> Vec<Token> {
    let mut scan = Scan {
        source,
        text: &source.text,
        at: 0,
        tokens: Vec::new(),
        faults,
        chain: None,
        blocks: Vec::new(),
    };
    while scan.at < scan.text.len() {
        scan.token();
    }
    scan.tokens
}

/// A way through a text.
struct Scan<'s, 'f, 'p> {
    source: &'s Source,
    text: &'s [char],
    at: usize,
    tokens: Vec<Token>,
    faults: &'f mut Faults<'p>,
    /// The first of the strings over several lines of which each ends on the line where the next one begins, and this
    /// line is the last's.
    chain: Option<Mark>,
    /// The `"""` strings that seem to end too late.
    blocks: Vec<Mark>,
}

/// A point to which the scan can go back.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    tokens: usize,
    faults: usize,
}

impl Scan<'_, '_, '_> {
    fn token(&mut self) {
        let rest = &self.text[self.at..];
        match rest[0] {
            '\n' => {
                self.chain = None;
                self.push(Kind::Break, 1);
            }
            '#' => self.push(Kind::Comment, line(rest)),
            '"' if rest.starts_with(&['"'; 3]) => self.block(),
            '/' if matches!(rest.get(1), Some('/' | '*')) => self.slashes(),
            '\'' | '‘' | '’' | '“' | '”' | '„' => self.quote(),
            c @ ('(' | '[' | '{') => self.push(Kind::Open(c), 1),
            c @ (')' | ']' | '}') => self.push(Kind::Close(c), 1),
            c if c.is_whitespace() || c == '\u{feff}' => self.at += 1,
            c if c.is_ascii_digit() => self.number(),
            _ if opening(rest).is_some() && !self.touches() => self.string(),
            c if c == '_' || c.is_alphanumeric() => self.word(),
            '"' => self.string(),
            c if ";,:.-+*=<>/!?&|%^~@$".contains(c) => self.push(Kind::Punct(c), 1),
            c => {
                let message = format!("unexpected `{}`", visible(c));
                self.faults.breaks((self.at, self.at + 1), message, "put text in quotes, like `\"…\"`");
                self.at += 1;
            }
        }
    }

    /// Whether a word ends right here.
    fn touches(&self) -> bool {
        matches!(self.tokens.last(), Some(Token { kind: Kind::Word(_) | Kind::Literal(_), end, .. }) if *end == self.at)
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.tokens.push(Token { kind, start: self.at, end: self.at + length });
        self.at += length;
    }

    fn slice(&self, length: usize) -> String {
        self.source.slice(self.at, self.at + length)
    }

    fn word(&mut self) {
        let rest = &self.text[self.at..];
        let length = rest.iter().take_while(|c| **c == '_' || c.is_alphanumeric()).count();
        if rest.starts_with(&['r', '#']) && rest.get(2).is_some_and(|c| *c == '_' || c.is_alphabetic()) {
            let name: String = rest[2..].iter().take_while(|c| **c == '_' || c.is_alphanumeric()).collect();
            let length = 2 + name.chars().count();
            let help = format!("write `{name}`: every word can be a name here");
            self.faults.add((self.at, self.at + length), format!("unexpected `r#` before `{name}`"), help);
            self.push(Kind::Word(name), length);
            return;
        }
        let text = self.slice(length);
        if !text.is_ascii() && !is_word(&text) {
            let message = format!("unexpected `{}`", text.chars().map(visible).collect::<String>());
            self.faults.breaks((self.at, self.at + length), message, "put text in quotes, like `\"…\"`");
            self.at += length;
            return;
        }
        self.push(Kind::Word(text), length);
    }

    fn number(&mut self) {
        let length = number::length(&self.text[self.at..]);
        let text = self.slice(length);
        if text.parse::<proc_macro2::Literal>().is_ok() {
            self.push(Kind::Literal(text), length);
        } else {
            let help = "a number is written as `10` or `0.5`, a duration as `800ms`, `30s` or `1.5s`";
            self.faults.breaks((self.at, self.at + length), format!("bad number `{text}`"), help);
            self.at += length;
        }
    }

    /// A string in one of Rust's forms.
    fn string(&mut self) {
        let rest = &self.text[self.at..];
        let opening = opening(rest).expect("a string was seen here");
        let mark = Mark { at: self.at, tokens: self.tokens.len(), faults: self.faults.len() };
        let end = opening.end(rest);
        let several = end.is_none_or(|end| rest[..end].contains(&'\n'));
        // What follows a string at once belongs to no other token: its quote may have opened another one.
        let glued = end
            .is_some_and(|end| rest.get(end).is_some_and(|c| c.is_alphanumeric() || "\"'._/".contains(*c)));
        let Some(end) = end.filter(|_| !several || !glued) else {
            let first = if opening.hashes > 0 { mark } else { self.chain.unwrap_or(mark) };
            self.unclosed(first);
            return;
        };
        if several {
            self.chain.get_or_insert(mark);
        }
        let text = self.slice(end);
        if let Some(Token { kind: Kind::Word(word), .. }) = self.tokens.last().filter(|_| self.touches()) {
            let message = format!("missing space after `{word}`");
            self.faults.add((self.at, self.at + 1), message, format!("write `{word} \"…\"`"));
        }
        if glued {
            let help = "put a space after the string's `\"`";
            self.faults.breaks((self.at + end, self.at + end + 1), "missing space after a string", help);
        }
        match text.parse::<proc_macro2::Literal>() {
            Ok(_) => self.push(Kind::Literal(text), end),
            Err(_) => self.bad(&text, end),
        }
    }

    /// A string with an escape that Rust has not.
    fn bad(&mut self, text: &str, length: usize) {
        let escape = escape(text);
        let (place, message) = match &escape {
            Some((at, escape)) => ((self.at + at, self.at + at + 2), format!("unknown escape `{escape}`")),
            None => ((self.at, self.at + length), "bad string".to_owned()),
        };
        let help = "write `\\\\` for a backslash, or a raw string, like `r\"\\d\"`";
        self.faults.add(place, message, help);
        self.push(Kind::Text(text.trim_matches('"').to_owned()), length);
    }

    /// Goes back to a string that is not closed, and takes it to its line's end.
    fn unclosed(&mut self, mark: Mark) {
        self.back(mark);
        let rest = &self.text[self.at..];
        let opening = opening(rest).expect("a string was seen here");
        let length = line(rest);
        let closing = opening.closing();
        let help = format!(
            "close it with `{closing}`, or write a text of several lines between `\"\"\"` and `\"\"\"`"
        );
        let quote = self.slice(opening.length);
        self.faults.breaks((self.at, self.at + opening.length), format!("unclosed `{quote}`"), help);
        let value = self.source.slice(self.at + opening.length, self.at + length);
        self.push(Kind::Text(value), length);
    }

    fn back(&mut self, mark: Mark) {
        self.at = mark.at;
        self.tokens.truncate(mark.tokens);
        self.faults.truncate(mark.faults);
        self.chain = None;
    }

    /// A string between `"""` and `"""`.
    fn block(&mut self) {
        let rest = &self.text[self.at..];
        let end = rest[3..].windows(3).position(|three| three == ['"'; 3]).map(|at| at + 6);
        let mark = Mark { at: self.at, tokens: self.tokens.len(), faults: self.faults.len() };
        let Some(end) = end else {
            let first = self.blocks.first().copied().unwrap_or(mark);
            self.blocks.clear();
            self.back(first);
            let length = self.indented();
            let help = "close it with `\"\"\"`";
            self.faults.breaks((self.at, self.at + 3), "unclosed `\"\"\"`", help);
            let value = dedent(&self.source.slice(self.at + 3, self.at + length));
            self.push(Kind::Text(value), length);
            return;
        };
        if self.indented() < end - 3 {
            self.blocks.push(mark);
        }
        if self.touches() {
            self.faults.add((self.at, self.at + 3), "missing space before `\"\"\"`", "put a space before it");
        }
        let value = dedent(&self.source.slice(self.at + 3, self.at + end - 3));
        self.push(Kind::Text(value), end);
    }

    /// How many characters there are from here to the first line that is indented no more than this one, or to the
    /// last quotes before it.
    fn indented(&self) -> usize {
        let begin = self.text[..self.at].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        let indent = |text: &[char]| text.iter().take_while(|c| c.is_whitespace() && **c != '\n').count();
        let own = indent(&self.text[begin..]);
        let mut at = line(&self.text[self.at..]);
        while self.at + at < self.text.len() {
            let next = &self.text[self.at + at + 1..];
            let length = line(next);
            let text: String = next[..length].iter().collect();
            if !blank(&text) && !text.trim_start().starts_with("\"\"\"") && indent(next) <= own {
                return at;
            }
            at += 1 + length;
        }
        at
    }

    /// `//`, `/*`: a comment of another language, or a URL without quotes.
    fn slashes(&mut self) {
        let rest = &self.text[self.at..];
        if let [
            ..,
            Token { kind: Kind::Word(_), start, end: colon },
            Token { kind: Kind::Punct(':'), end, .. },
        ] = self.tokens.as_slice()
            && *end == self.at
            && *colon + 1 == *end
        {
            let start = *start;
            let length = rest.iter().take_while(|c| !c.is_whitespace()).count();
            let url = self.source.slice(start, self.at + length);
            let help = format!("write `\"{url}\"`");
            self.faults.breaks((start, self.at + length), "URL without quotes", help);
            self.tokens.truncate(self.tokens.len() - 2);
            self.tokens.push(Token { kind: Kind::Text(url), start, end: self.at + length });
            self.at += length;
            return;
        }
        let help = "write a comment as `# …`, to the line's end";
        let two = self.slice(2);
        self.faults.add((self.at, self.at + 2), format!("unexpected `{two}`"), help);
        let closed = rest.windows(2).position(|two| two == ['*', '/']).map(|at| at + 2);
        self.at += if two == "/*" { closed.unwrap_or_else(|| line(rest)) } else { line(rest) };
    }

    /// A quote that is none of a recipe's.
    fn quote(&mut self) {
        let rest = &self.text[self.at..];
        let closing: &[char] = match rest[0] {
            '\'' | '‘' | '’' => &['\'', '’'],
            _ => &['”', '“', '"'],
        };
        let within = rest[..line(rest)].iter().skip(1).position(|c| closing.contains(c)).map(|at| at + 2);
        match within.filter(|_| !self.touches()) {
            Some(length) => {
                let value = self.source.slice(self.at + 1, self.at + length - 1);
                let help = format!("write `\"{value}\"`");
                let kind = if rest[0] == '\'' { "single" } else { "typographic" };
                let message = format!("string in {kind} quotes");
                self.faults.add((self.at, self.at + length), message, help);
                self.push(Kind::Text(value), length);
            }
            None => {
                let message = format!("unexpected `{}`", rest[0]);
                self.faults.breaks((self.at, self.at + 1), message, "put text in quotes, like `\"…\"`");
                self.at += 1;
            }
        }
    }
}

/// A character so that it can be seen.
fn visible(c: char) -> String {
    if c.is_control() || c.is_whitespace() { c.escape_unicode().to_string() } else { c.to_string() }
}

/// How many characters there are to the line's end.
fn line(text: &[char]) -> usize {
    text.iter().position(|c| *c == '\n').unwrap_or(text.len())
}

/// Whether Rust takes a word with letters outside ASCII.
fn is_word(text: &str) -> bool {
    let stream = text.parse::<proc_macro2::TokenStream>();
    let mut tokens = stream.into_iter().flatten();
    matches!((tokens.next(), tokens.next()), (Some(proc_macro2::TokenTree::Ident(_)), None))
}

/// The first escape in a string that Rust has not, and its place.
fn escape(text: &str) -> Option<(usize, String)> {
    let text: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at + 1 < text.len() {
        if text[at] != '\\' {
            at += 1;
        } else if "nrt0\\'\"xu\n".contains(text[at + 1]) {
            at += 2;
        } else {
            return Some((at, text[at..at + 2].iter().collect()));
        }
    }
    None
}
