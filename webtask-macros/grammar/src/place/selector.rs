//! Places the placeholders of a CSS selector, going through it once, character by character.

use cssparser::{ParseError, Parser, Token};

use super::{Placed, Refused, filled, holes, written};
use crate::ast::{Part, Place, Template};

/// What is wrong with a selector.
pub(crate) enum SelectorProblem {
    /// A placeholder stands where none may.
    Refused(Refused),
    /// It cannot be read, for that reason.
    Bad(String),
    /// There is nothing in it.
    Empty,
}

/// Places the placeholders of a selector, and says what is wrong with it.
pub(crate) fn place_selector(template: &mut Template) -> Vec<SelectorProblem> {
    if template.literal().is_some_and(|text| text.trim().is_empty()) {
        return vec![SelectorProblem::Empty];
    }
    let mut scanner = Scanner::default();
    let mut placed = Vec::new();
    for part in &template.parts {
        match part {
            Part::Text(text) => text.chars().for_each(|c| scanner.char(c)),
            Part::Hole(_) => placed.push(scanner.hole()),
        }
    }
    let mut problems = Vec::new();
    for (hole, place) in holes(template).zip(placed) {
        match place {
            Ok(place) => hole.place = place,
            Err(place) => problems.push(SelectorProblem::Refused(Refused { hole: written(hole), place })),
        }
    }
    if !problems.is_empty() {
        return problems;
    }
    if let Some(why) =
        scanner.unclosed().or_else(|| broken(&fill(template))).or_else(|| entered(&fill(template)))
    {
        problems.push(SelectorProblem::Bad(why));
    }
    problems
}

/// The selector with something harmless for each placeholder.
fn fill(template: &Template) -> String {
    let places: Vec<_> = template.holes().map(|hole| hole.place).collect();
    filled(template, |index| if places[index] == Place::CssNumber { "1" } else { "x" }.to_owned())
}

/// Where the scanner is within the selector.
#[derive(Default)]
struct Scanner {
    /// The quote of the string that is open.
    quote: Option<char>,
    /// The brackets that are open.
    open: Vec<Open>,
    /// After a backslash.
    escaped: bool,
    /// In a comment.
    comment: bool,
    /// The name at whose end the scanner is, in lower case.
    name: String,
    /// What stands before that name.
    before: char,
    /// The last character, and the last that is no space.
    last: char,
    solid: char,
}

/// A bracket that is open.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    /// `[`
    Attribute,
    /// The `(` of `:nth-child` and its like, before any `of`.
    Number,
    /// The `(` of `:lang` and its like, whose argument is a name.
    Name,
    /// Any other `(`.
    Selector,
}

impl Scanner {
    fn char(&mut self, c: char) {
        if self.comment {
            self.comment = !(self.last == '*' && c == '/');
            self.last = if self.comment { c } else { ' ' };
            return;
        }
        if self.escaped {
            self.escaped = false;
            self.grow('x');
            return;
        }
        if c == '\\' {
            self.escaped = true;
            return;
        }
        if let Some(quote) = self.quote {
            if c == quote {
                self.quote = None;
                self.end(c);
            }
            return;
        }
        if c.is_alphanumeric() || c == '_' || c == '-' || !c.is_ascii() {
            self.grow(c.to_ascii_lowercase());
            if self.name == "of" && self.before == ' ' && self.open.last() == Some(&Open::Number) {
                self.open.pop();
                self.open.push(Open::Selector);
            }
            return;
        }
        match c {
            '"' | '\'' => self.quote = Some(c),
            '*' if self.last == '/' => self.comment = true,
            '[' => self.open.push(Open::Attribute),
            '(' => {
                let open = match self.name.as_str() {
                    name if self.before == ':' && name.starts_with("nth-") => Open::Number,
                    "lang" | "dir" | "state" if self.before == ':' => Open::Name,
                    _ => Open::Selector,
                };
                self.open.push(open);
            }
            ')' | ']' => {
                self.open.pop();
            }
            _ => {}
        }
        self.end(c);
    }

    /// Goes on with a name.
    fn grow(&mut self, c: char) {
        if self.name.is_empty() {
            self.before = self.last;
        }
        self.name.push(c);
        self.last = c;
        self.solid = c;
    }

    /// Goes on with what ends a name.
    fn end(&mut self, c: char) {
        self.name.clear();
        self.last = if c.is_whitespace() { ' ' } else { c };
        if !c.is_whitespace() {
            self.solid = c;
        }
    }

    /// Places a placeholder that stands here.
    fn hole(&mut self) -> Placed {
        if self.comment {
            return Err("a comment of a selector");
        }
        if self.escaped {
            self.escaped = false;
            return Err("an escape of a selector");
        }
        if self.quote.is_some() {
            return Ok(Place::CssString);
        }
        let named = !self.name.is_empty();
        let sign = if named { self.before } else { self.last };
        let place = match self.open.last() {
            Some(Open::Number) => Ok(Place::CssNumber),
            Some(Open::Attribute) => match self.solid {
                '[' | '=' => Ok(Place::CssIdent),
                _ if named => Ok(Place::CssIdent),
                _ => Err("a selector's brackets"),
            },
            _ if sign == ':' => Err("the name of a pseudo-class"),
            Some(Open::Name) => Ok(Place::CssIdent),
            _ if named || sign == '.' || sign == '#' => Ok(Place::CssIdent),
            _ => Err("the place of a selector"),
        };
        self.grow('x');
        place
    }

    /// What is still open at the end.
    fn unclosed(&self) -> Option<String> {
        if let Some(quote) = self.quote {
            return Some(format!("unclosed `{quote}`"));
        }
        if self.comment {
            return Some("unclosed `/*`".to_owned());
        }
        match self.open.last()? {
            Open::Attribute => Some("unclosed `[`".to_owned()),
            _ => Some("unclosed `(`".to_owned()),
        }
    }
}

/// What CSS itself cannot read, or what no selector contains.
fn broken(selector: &str) -> Option<String> {
    tokens(&mut Parser::new(selector))
}

/// What is missing beside a `>>`, which enters a frame or a shadow root.
fn entered(selector: &str) -> Option<String> {
    let mut parser = Parser::new(selector);
    let (mut angle, mut solid, mut enters) = (false, false, false);
    while let Ok(token) = parser.next_including_whitespace() {
        match token {
            Token::Delim('>') if angle && !solid => return Some("nothing before `>>`".to_owned()),
            Token::Delim('>') if angle => (angle, solid, enters) = (false, false, true),
            Token::Delim('>') => angle = true,
            Token::WhiteSpace(_) => angle = false,
            _ => (angle, solid) = (false, true),
        }
    }
    (enters && !solid).then(|| "nothing after `>>`".to_owned())
}

fn tokens(parser: &mut Parser<'_>) -> Option<String> {
    while let Ok(token) = parser.next() {
        let text = match token {
            Token::BadString(_) => "line end in a string".to_owned(),
            Token::BadUrl(_) | Token::UnquotedUrl(_) => "`url(`".to_owned(),
            Token::CloseParenthesis => "`)`".to_owned(),
            Token::CloseSquareBracket => "`]`".to_owned(),
            Token::CloseCurlyBracket => "`}`".to_owned(),
            Token::CurlyBracketBlock => "`{`".to_owned(),
            Token::Semicolon => "`;`".to_owned(),
            Token::AtKeyword(name) => format!("`@{name}`"),
            Token::CDO => "`<!--`".to_owned(),
            Token::CDC => "`-->`".to_owned(),
            Token::Delim(c @ ('!' | '/' | '\\' | '%' | '<' | '?' | '@' | '{' | '}' | '`')) => {
                format!("`{c}`")
            }
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock => {
                let mut found = None;
                let read = parser.parse_nested_block(|inner| {
                    found = tokens(inner);
                    Ok::<_, ParseError<()>>(())
                });
                match (found, read) {
                    (Some(why), _) => return Some(why),
                    (None, Ok(())) => continue,
                    (None, Err(_)) => return Some("nested too deep".to_owned()),
                }
            }
            _ => continue,
        };
        return Some(format!("unexpected {text}"));
    }
    None
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;
    use crate::problem::Problems;
    use crate::template;

    fn places(selector: &str) -> String {
        let mut problems = Problems::new();
        let repr = format!("{selector:?}");
        let mut template = template::parse(selector, &repr, Span::call_site(), &mut problems);
        assert!(problems.take().is_empty(), "{selector}");
        let mut out: Vec<_> = place_selector(&mut template)
            .into_iter()
            .map(|problem| match problem {
                SelectorProblem::Refused(refused) => format!("{} in {}", refused.hole, refused.place),
                SelectorProblem::Bad(why) => why,
                SelectorProblem::Empty => "empty".to_owned(),
            })
            .collect();
        if out.is_empty() {
            out = template.holes().map(|hole| format!("{:?}", hole.place)).collect();
        }
        out.join(", ")
    }

    #[test]
    fn places_of_a_selector() {
        let cases = [
            ("div > a.b#c[href^='x'] + d:not(.e)::before", ""),
            (".", ""),
            ("iframe#a >> .b", ""),
            ("a, b ~ c || d *|e", ""),
            (".a\\:b\\{", ""),
            (".{{a}}", "CssIdent"),
            ("#{{a}} .item-{{b}}-x{{c}}", "CssIdent, CssIdent, CssIdent"),
            (".{{a}}{{b}}", "CssIdent, CssIdent"),
            ("[data-id={{a}}]", "CssIdent"),
            ("[data-id = {{a}}]", "CssIdent"),
            ("[{{a}}]", "CssIdent"),
            ("[data-{{a}}='{{b}}']", "CssIdent, CssString"),
            ("[a=\"x{{a}}y\"] .{{b}}", "CssString, CssIdent"),
            ("[a='\\'{{a}}']", "CssString"),
            ("li:nth-child({{n}})", "CssNumber"),
            ("li:nth-child({{a}}n + {{b}})", "CssNumber, CssNumber"),
            ("li:nth-last-of-type(2n+{{b}}) .{{c}}", "CssNumber, CssIdent"),
            ("li:nth-child({{n}} of .{{c}})", "CssNumber, CssIdent"),
            (":not(.{{a}}):is(#{{b}})", "CssIdent, CssIdent"),
            (":lang({{a}})", "CssIdent"),
            ("li{{a}}", "CssIdent"),
            ("/* x */ .{{a}}", "CssIdent"),
        ];
        for (selector, expected) in cases {
            assert_eq!(places(selector), expected, "{selector}");
        }
    }

    #[test]
    fn refused_places_of_a_selector() {
        let cases = [
            ("{{a}}", "{{a}} in the place of a selector"),
            ("div {{a}}", "{{a}} in the place of a selector"),
            ("div > {{a}}.x", "{{a}} in the place of a selector"),
            ("a,{{a}}", "{{a}} in the place of a selector"),
            (":not({{a}})", "{{a}} in the place of a selector"),
            ("li:nth-child(1 of {{a}})", "{{a}} in the place of a selector"),
            ("a:{{a}}", "{{a}} in the name of a pseudo-class"),
            ("a::be{{a}}", "{{a}} in the name of a pseudo-class"),
            ("[a='b' {{a}}]", "{{a}} in a selector's brackets"),
            ("/* {{a}} */ b", "{{a}} in a comment of a selector"),
            (".a\\{{a}}", "{{a}} in an escape of a selector"),
        ];
        for (selector, expected) in cases {
            assert_eq!(places(selector), expected, "{selector}");
        }
    }

    #[test]
    fn what_css_cannot_read() {
        let cases = [
            ("", "empty"),
            ("  ", "empty"),
            ("a[b", "unclosed `[`"),
            ("a:not(.b", "unclosed `(`"),
            ("a[b='c]", "unclosed `'`"),
            ("a[b=\"{{c}}]", "unclosed `\"`"),
            ("a)", "unexpected `)`"),
            ("a]", "unexpected `]`"),
            ("a { b }", "unexpected `{`"),
            ("a; b", "unexpected `;`"),
            ("@media", "unexpected `@media`"),
            ("a[b='c\nd']", "unexpected line end in a string"),
            ("a /* b", "unclosed `/*`"),
            ("a:not(b])", "unexpected `]`"),
            (">> b", "nothing before `>>`"),
            ("a >> >> b", "nothing before `>>`"),
            ("a >> ", "nothing after `>>`"),
        ];
        for (selector, expected) in cases {
            assert_eq!(places(selector), expected, "{selector}");
        }
    }
}
