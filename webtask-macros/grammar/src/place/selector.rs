//! Places the placeholders of a selector, going through it once, character by character: here of CSS, and in [`locator`]
//! of what has other ways to mean an element.

mod fault;
mod grammar;
mod locator;
mod piece;

use self::fault::Fault;
use super::{Placed, Refused, filled, holes, written};
use crate::ast::{Part, Place, Template};

/// What is wrong with a selector.
pub(crate) enum SelectorProblem {
    /// A placeholder stands where none may.
    Refused(Refused),
    /// It cannot be read from that character on, for that reason; help, where there is some.
    Bad(usize, String, Option<String>),
    /// There is nothing in it.
    Empty,
}

/// Places the placeholders of a selector, and says what is wrong with it.
pub(crate) fn place_selector(template: &mut Template) -> Vec<SelectorProblem> {
    if template.literal().is_some_and(|text| text.trim().is_empty()) {
        return vec![SelectorProblem::Empty];
    }
    if let Some(problems) = locator::place(template) {
        return problems;
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
    let filled = fill(template);
    // What is open at the end hides all else.
    let unclosed = scanner.unclosed(filled.len());
    if let Some(Fault { at, why, help }) = unclosed.or_else(|| fault::find(&filled)) {
        problems.push(SelectorProblem::Bad(column(template, at), why, help));
    }
    problems
}

/// The selector with something harmless for each placeholder: one character.
fn fill(template: &Template) -> String {
    let places: Vec<_> = template.holes().map(|hole| hole.place).collect();
    filled(template, |index| if places[index] == Place::CssNumber { "1" } else { "x" }.to_owned())
}

/// The character of the string that stands at this byte of the filled selector, from 1 on.
fn column(template: &Template, at: usize) -> usize {
    let (mut byte, mut column) = (0, 1);
    for part in &template.parts {
        let (length, shown) = match part {
            Part::Text(text) if byte + text.len() > at => {
                let before = text.get(..at - byte).unwrap_or(text);
                return column + width(before);
            }
            Part::Text(text) => (text.len(), width(text)),
            Part::Hole(_) if byte >= at => break,
            Part::Hole(hole) => (1, written(hole).chars().count()),
        };
        byte += length;
        column += shown;
    }
    column
}

/// How many characters a text has in a string, where `{{` is written twice.
fn width(text: &str) -> usize {
    text.chars().count() + 2 * text.matches("{{").count()
}

/// Where the scanner is within the selector.
#[derive(Default)]
struct Scanner {
    /// The byte where it is, each placeholder being one.
    at: usize,
    /// The quote of the string that is open.
    quote: Option<char>,
    /// The brackets that are open, and where.
    open: Vec<(Open, usize)>,
    /// Where the string or the comment began.
    opened: usize,
    /// After a backslash.
    escaped: bool,
    /// In a comment.
    comment: bool,
    /// The name at whose end the scanner is, in lower case.
    name: String,
    /// What stands before that name.
    before: char,
    /// The last character, and the last that is not a space.
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
        self.see(c);
        self.at += c.len_utf8();
    }

    fn see(&mut self, c: char) {
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
            if self.name == "of"
                && self.before == ' '
                && let Some((open @ Open::Number, _)) = self.open.last_mut()
            {
                *open = Open::Selector;
            }
            return;
        }
        match c {
            '"' | '\'' => (self.quote, self.opened) = (Some(c), self.at),
            '*' if self.last == '/' => (self.comment, self.opened) = (true, self.at - 1),
            '[' => self.open.push((Open::Attribute, self.at)),
            '(' => {
                let open = match self.name.as_str() {
                    name if self.before == ':' && name.starts_with("nth-") => Open::Number,
                    "lang" | "dir" | "state" if self.before == ':' => Open::Name,
                    _ => Open::Selector,
                };
                self.open.push((open, self.at));
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
            self.at += 1;
            return Ok(Place::CssString);
        }
        let named = !self.name.is_empty();
        let sign = if named { self.before } else { self.last };
        let place = match self.open.last().map(|(open, _)| open) {
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
        self.at += 1;
        place
    }

    /// Whether it is in no string, bracket or comment.
    fn is_outside(&self) -> bool {
        self.quote.is_none() && self.open.is_empty() && !self.comment && !self.escaped
    }

    /// What is still open at the end.
    fn unclosed(&self, end: usize) -> Option<Fault> {
        let (at, why) = if self.comment {
            (self.opened, "unclosed `/*`".to_owned())
        } else if let Some(quote) = self.quote {
            (self.opened, format!("unclosed `{quote}`"))
        } else if let Some((open, at)) = self.open.last() {
            (*at, if *open == Open::Attribute { "unclosed `[`" } else { "unclosed `(`" }.to_owned())
        } else if self.escaped {
            (end.saturating_sub(1), "nothing after `\\`".to_owned())
        } else {
            return None;
        };
        Some(Fault { at, why, help: None })
    }
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
                SelectorProblem::Bad(at, why, _) => format!("{at}: {why}"),
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
            ("div > a.b#c[href^='x'] + d:not(.e)", ""),
            (".", ""),
            ("iframe#a >> .b", ""),
            ("a, b ~ c > d *|e", ""),
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
    fn places_of_a_locator() {
        let cases = [
            ("role=button", ""),
            ("role=button[name=\"Send\"][disabled=false]", ""),
            ("role=heading[level=2][name=/^a[b/]c/iu]", ""),
            ("role=checkbox[checked=mixed][include-hidden]", ""),
            ("role=tab[name='{{a}}'][selected]", "CssString"),
            ("role=tab[name=a {{a}}] >> text={{b}}", "CssIdent, LocatorText"),
            ("text=It's {{a}} > b, or not", "LocatorText"),
            ("text=\"{{a}} >> b\" >> .{{c}}", "CssString, CssIdent"),
            ("text=/a \\/ [/>>] b/i >> label='x' i", ""),
            ("label={{a}}", "LocatorText"),
            ("placeholder=Search…", ""),
            ("alt='a'", ""),
            ("title=a\\>\\> b", ""),
            ("testid={{id}}-x", "LocatorText"),
            ("iframe#a >> x-card >> role=button", ""),
            (". >> role=link", ""),
            ("css=.{{a}} >> [title=\"text=b\"]", "CssIdent"),
            (
                "xpath=//li[{{n}}]/a[.='{{a}}' and contains(@b, \"{{c}}\")]",
                "CssNumber, XPathString, XPathString",
            ),
            ("xpath=(//a)[last()] >> text=b", ""),
            ("xpath=..", ""),
            ("xpath=/", ""),
            ("xpath=//a[@href]/ancestor::li", ""),
            ("xpath=id('a')/b | //c", ""),
            // What merely looks like a locator.
            ("[role=button]", ""),
            ("a[title=\"role=x\"]", ""),
            ("text, label, [alt='text=a']", ""),
            ("title", ""),
        ];
        for (selector, expected) in cases {
            assert_eq!(places(selector), expected, "{selector}");
        }
    }

    #[test]
    fn what_is_no_locator() {
        let cases = [
            ("rol=button", "1: unknown locator `rol=`"),
            ("a >> id=b", "6: unknown locator `id=`"),
            ("Role=button", "1: `Role=` is not a locator"),
            ("text = a", "1: `text =` is not a locator"),
            ("text=", "5: empty text after `text=`"),
            ("text= >> a", "5: empty text after `text=`"),
            ("text=\"\"", "6: empty text"),
            ("text='a", "6: unclosed `'`"),
            ("text='a' b", "10: unexpected `b`"),
            ("text=/a", "6: unclosed `/`"),
            ("text=//", "6: empty regex"),
            ("text=/(a/", "7: unclosed group"),
            ("text=/a/gi", "9: bad flags `gi`"),
            ("text=/{{a}}/", "{{a}} in a regex"),
            ("text=C:\\dir", "8: `\\d` is not an escape"),
            ("text=a >> ", "8: nothing after `>>`"),
            (">> text=a", "1: nothing before `>>`"),
            ("text=a >> >> b", "11: nothing before `>>`"),
            ("text=a >> .", "11: `.` after `>>`"),
            ("text=a >> b:hoverr", "12: unknown pseudo-class `:hoverr`"),
            ("a[b >> text=a", "2: unclosed `[`"),
            ("role=", "5: no role after `role=`"),
            ("role=buton", "6: unknown role `buton`"),
            ("role=select", "6: unknown role `select`"),
            ("role={{a}}", "{{a}} in a role"),
            ("role=button[nam=a]", "13: unknown attribute `nam` of a role"),
            ("role=link[checked]", "11: the role `link` has no `checked`"),
            ("role=paragraph[name=a]", "16: the role `paragraph` has no `name`"),
            ("role=button[name]", "13: no text after `name`"),
            ("role=button[name=]", "18: empty text"),
            ("role=button[name*=a]", "17: unexpected `*=`"),
            ("role=button[name=a", "12: unclosed `[`"),
            ("role=button[name=a][name=b]", "21: duplicate `name`"),
            ("role=checkbox[checked=yes]", "23: bad value `yes` of `checked`"),
            ("role=heading[level]", "14: no number after `level`"),
            ("role=heading[level=0]", "20: bad value `0` of `level`"),
            ("role=button.a", "6: unknown role `button.a`"),
            ("xpath=", "6: nothing after `xpath=`"),
            ("xpath=//a[", "10: unclosed `[`"),
            ("xpath=//a[.='b]", "13: unclosed `'`"),
            ("xpath=//a]", "10: unexpected `]`"),
            ("xpath=//a[]", "11: nothing in `[]`"),
            ("xpath=//", "8: nothing after `/`"),
            ("xpath=///a", "9: unexpected `/`"),
            ("xpath=count(//a)", "7: `count()` does not select an element"),
            ("xpath=//a/@href", "11: `@href` is not an element"),
            ("xpath=//a[matches(., 'b')]", "11: unknown function `matches()`"),
            ("xpath=//{{a}}", "{{a}} in the steps of an XPath"),
            ("css=", "1: nothing after `css=`"),
            ("css=a[b", "6: unclosed `[`"),
            ("text={{a}} >> a:x", "16: unknown pseudo-class `:x`"),
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
            ("a[b", "2: unclosed `[`"),
            ("a:not(.b", "6: unclosed `(`"),
            ("a[b='c]", "5: unclosed `'`"),
            ("a[b=\"{{c}}]", "5: unclosed `\"`"),
            ("a /* b", "3: unclosed `/*`"),
            ("a\\", "2: nothing after `\\`"),
            ("a[b='c\nd']", "5: unexpected line end in a string"),
            (">> b", "1: nothing before `>>`"),
            ("a >> >> b", "6: nothing before `>>`"),
            ("a >> ", "3: nothing after `>>`"),
            ("a >> .", "6: `.` after `>>`"),
            ("a >> b:hoverr", "7: unknown pseudo-class `:hoverr`"),
        ];
        for (selector, expected) in cases {
            assert_eq!(places(selector), expected, "{selector}");
        }
    }

    #[test]
    fn a_column_counts_what_is_written() {
        let cases = [
            ("é b)", "4: unexpected `)`"),
            (".{{a}} b)", "9: unexpected `)`"),
            (".{{a.b|or:c d}}:x", "16: unknown pseudo-class `:x`"),
            ("[a='{{{{'] b)", "13: unexpected `)`"),
            ("li:nth-child({{n}} of :x)", "23: unknown pseudo-class `:x`"),
            ("[a='{{b}}' {{c}}]", "{{c}} in a selector's brackets"),
            (".{{a}}[b=1]", "10: the value `1` needs quotes"),
        ];
        for (selector, expected) in cases {
            assert_eq!(places(selector), expected, "{selector}");
        }
    }
}
