//! Reads what an `if` or a `loop` asks: placeholders, comparisons, scripts, and the words between them.

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

use super::reader::{Parsed, Reader, Spelling, Told};
use super::step::script;
use super::token::{flat, ident_text, shown};
use crate::ast::{Comparator, Comparison, Condition, Matches, Spanned, Value};
use crate::template;

/// What a condition may be, as messages say it.
const FORMS: &str = "\"{{name}}\"|js \"…\"|(expr)";

/// What helps when a comparison is compared.
const AGAIN: &str = "write two comparisons, with `and` between them";

/// Words of other languages, and what to write.
const FOREIGN: &[(&str, &str)] = &[
    ("is", "write `==`"),
    ("equals", "write `==`"),
    ("equal", "write `==`"),
    ("eq", "write `==`"),
    ("isnt", "write `!=`"),
    ("ne", "write `!=`"),
    ("lt", "write `<`"),
    ("le", "write `<=`"),
    ("lte", "write `<=`"),
    ("gt", "write `>`"),
    ("ge", "write `>=`"),
    ("gte", "write `>=`"),
    ("contain", "write `contains`"),
    ("includes", "write `contains`"),
    ("include", "write `contains`"),
    ("has", "write `contains`"),
    ("match", "write `matches r\"…\"`"),
    ("like", "write `matches r\"…\"`"),
    ("regex", "write `matches r\"…\"`"),
    ("startswith", "write `matches r\"^…\"`"),
    ("starts", "write `matches r\"^…\"`"),
    ("endswith", "write `matches r\"…$\"`"),
    ("ends", "write `matches r\"…$\"`"),
    ("in", "write the list first: `[…] contains \"{{name}}\"`"),
];

impl Reader<'_> {
    /// Reads a condition: `or` between parts with `and` between parts with `not` before them.
    pub(super) fn condition(&mut self) -> Parsed<Condition> {
        let mut any = vec![self.all()?];
        while self.joins("or") {
            any.push(self.all()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Condition::Or(any) })
    }

    fn all(&mut self) -> Parsed<Condition> {
        let mut all = vec![self.negated()?];
        while self.joins("and") {
            all.push(self.negated()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Condition::And(all) })
    }

    fn joins(&mut self, word: &str) -> bool {
        !self.new_statement() && self.eat_words(word)
    }

    fn negated(&mut self) -> Parsed<Condition> {
        // A chain of them is no reason to go deeper.
        let mut negated = false;
        while self.eat_words("not") {
            negated = !negated;
        }
        let condition = self.asked()?;
        Ok(if negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    /// Reads one thing that is asked.
    fn asked(&mut self) -> Parsed<Condition> {
        if self.peek_punct('!') {
            return Err(self.no_operator("!", "write `not`"));
        }
        if let Some(operator) = self.compares() {
            let help = format!("write the value again, like `\"{{{{name}}}}\" {operator} …`");
            self.problems.help(self.here(), format!("missing value before `{operator}`"), help);
            return Err(Told);
        }
        if self.peek_words("js") > 0 {
            self.eat_words("js");
            let asked = script(self)?;
            self.ends("a script", "compare in the script, like `js \"items.length >= 3\"`")?;
            return Ok(Condition::Js(asked));
        }
        if let Some(group) = self.parenthesised() {
            self.next();
            return self.grouped(&group);
        }
        let left = self.compared(FORMS)?;
        let span = self.here();
        match self.operator()? {
            None => Ok(Condition::Value(left)),
            Some(None) => {
                let regex = self.str("r\"regex\"")?;
                self.ends("a comparison", AGAIN)?;
                Ok(Condition::Matches(Matches { text: left, regex }))
            }
            Some(Some(value)) => {
                let comparator = Spanned { value, span };
                let right = self.compared("VALUE")?;
                self.ends("a comparison", AGAIN)?;
                Ok(Condition::Compare(Box::new(Comparison { left, comparator, right })))
            }
        }
    }

    /// Reads a value that is compared, or asked by itself.
    fn compared(&mut self, part: &str) -> Parsed<Value> {
        if let Some(written) = self.bare_placeholder() {
            let span = self.here();
            let _: Told = self.expected_or(part, format!("put it in quotes: `\"{written}\"`"));
            self.next();
            // What follows is read as if the quotes were there.
            let template = template::parse(&written, &format!("{written:?}"), span, self.problems);
            return Ok(Value::Text(template));
        }
        let option = self.word.option_words().any(|word| self.peek_words(word) > 0);
        let missing =
            self.at_end() || self.new_statement() || self.peek_group(Delimiter::Brace).is_some() || option;
        if missing && part == FORMS {
            let help = self.usage();
            self.problems.help(self.here(), "missing condition", help);
            return Err(Told);
        }
        if missing {
            let map = self.peek_group(Delimiter::Brace).is_some_and(is_map);
            let help = match map {
                true => "bind the map before, by `set NAME { … }`, and compare with `\"{{NAME}}\"`",
                false => "write a value: a text, a number, `true`, `false`, `null`, `\"{{name}}\"`",
            };
            self.problems.help(self.behind(), format!("missing `{part}`"), help);
            if map {
                self.next();
            }
            return Err(Told);
        }
        self.value(part)
    }

    /// The group that comes next, if it holds a condition. In Rust source it may also hold an expression, which knows no
    /// placeholder and none of the words.
    fn parenthesised(&self) -> Option<Group> {
        let group = self.peek_group(Delimiter::Parenthesis)?;
        let empty = group.stream().is_empty();
        let ours = match self.spelling {
            Spelling::Text => !empty,
            Spelling::Inline => is_condition(group),
        };
        ours.then(|| group.clone())
    }

    fn grouped(&mut self, group: &Group) -> Parsed<Condition> {
        let room = self.word.room;
        let mut inner = self.inside(group, room);
        inner.values = true;
        let condition = inner.condition()?;
        if !inner.done() {
            let (span, token) = (inner.here(), shown(inner.peek()));
            let help = "a condition is `\"{{name}}\"`, a comparison or a script, with `and`, `or` between";
            inner.problems.help(span, format!("unexpected `{token}` in a condition"), help);
            return Err(Told);
        }
        self.ends("a condition", "a condition is not a value: compare what is in it")?;
        Ok(condition)
    }

    /// Says that what has been read is not compared, and not compared again.
    fn ends(&mut self, what: &str, help: &str) -> Parsed<()> {
        let Some(op) = self.compares() else { return self.operator().map(drop) };
        self.problems.help(self.here(), format!("`{op}` after {what}"), help);
        Err(Told)
    }

    /// The operator that comes next, as it is written.
    fn compares(&self) -> Option<String> {
        if self.new_statement() {
            return None;
        }
        let word = self.peek_ident().filter(|word| ["contains", "matches"].contains(&word.as_str()));
        let known = |run: &String| Comparator::ALL.iter().any(|each| each.text() == *run);
        word.or_else(|| Some(self.run()).filter(known))
    }

    /// Reads an operator, if one comes next. `matches` is not one of the comparators.
    fn operator(&mut self) -> Parsed<Option<Option<Comparator>>> {
        if self.at_end() || self.new_statement() {
            return Ok(None);
        }
        if let Some(word) = self.peek_ident() {
            let next = ident_text(self.peek_at(1)).unwrap_or_default();
            return match word.as_str() {
                "is" if next == "not" => Err(self.no_operator("is not", "write `!=`")),
                "not" if ["contains", "matches", "in"].contains(&next.as_str()) => {
                    let help = format!("write `not` before the value: `not \"{{{{name}}}}\" {next} …`");
                    Err(self.no_operator(&format!("not {next}"), &help))
                }
                "matches" => {
                    self.next();
                    Ok(Some(None))
                }
                "contains" => {
                    self.next();
                    Ok(Some(Some(Comparator::Contains)))
                }
                // An option of the word is one also where other languages have an operator.
                word if self.word.option_words().any(|option| option.split(' ').next() == Some(word)) => {
                    Ok(None)
                }
                word => match FOREIGN.iter().find(|(foreign, _)| *foreign == word.to_ascii_lowercase()) {
                    Some((_, help)) => Err(self.no_operator(word, help)),
                    None => Ok(None),
                },
            };
        }
        let run = self.run();
        if run.is_empty() {
            return Ok(None);
        }
        if let Some(comparator) = Comparator::ALL.into_iter().find(|each| each.text() == run) {
            run.chars().for_each(|_| drop(self.next()));
            return Ok(Some(Some(comparator)));
        }
        let help = match run.as_str() {
            "=" | "===" | ":=" => "write `==`",
            "!==" | "<>" | "/=" | "~=" => "write `!=`",
            "=>" => "write `>=`",
            "=<" => "write `<=`",
            "=~" | "~" => "write `matches r\"…\"`",
            "&&" | "&" => "write `and`",
            "||" | "|" => "write `or`",
            ":" => "leave it out",
            _ => "the operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `contains` and `matches`",
        };
        Err(self.no_operator(&run, help))
    }

    fn no_operator(&mut self, written: &str, help: &str) -> Told {
        self.problems.help(self.here(), format!("unknown operator `{written}`"), help);
        Told
    }

    /// The signs that follow each other without a space.
    fn run(&self) -> String {
        let mut run = String::new();
        let mut ahead = 0;
        while let Some(TokenTree::Punct(punct)) = self.peek_at(ahead) {
            // The sign in front of a number is not an operator of its own.
            if punct.as_char() == '-' && !run.is_empty() {
                break;
            }
            if !"=!<>&|~:+-*/%^".contains(punct.as_char()) {
                break;
            }
            run.push(punct.as_char());
            if punct.spacing() == Spacing::Alone {
                break;
            }
            ahead += 1;
        }
        run
    }
}

/// Whether braces hold a map, and not steps.
fn is_map(group: &Group) -> bool {
    let mut tokens = group.stream().into_iter();
    let key = tokens.next();
    matches!(key, Some(TokenTree::Ident(_) | TokenTree::Literal(_)))
        && matches!(tokens.next(), Some(TokenTree::Punct(colon)) if colon.as_char() == ':')
}

/// Whether what is in parentheses is a condition of the language, and not Rust.
fn is_condition(group: &Group) -> bool {
    let tokens = flat(group.stream());
    let at = |index: usize| tokens.get(index);
    (0..tokens.len()).any(|index| {
        let before = index.checked_sub(1).and_then(at);
        // An operand begins here.
        let begins = match before {
            None => true,
            Some(TokenTree::Punct(punct)) => "=<>!".contains(punct.as_char()),
            Some(token) => {
                ident_text(Some(token)).is_some_and(|word| ["and", "or", "not"].contains(&word.as_str()))
            }
        };
        match &tokens[index] {
            TokenTree::Literal(literal) => {
                let next = at(index + 1);
                let ends = match next {
                    None => true,
                    Some(TokenTree::Punct(punct)) => "=<>!".contains(punct.as_char()),
                    Some(token) => ident_text(Some(token)).is_some(),
                };
                let text = literal.to_string();
                begins && ends && text.ends_with(['"', '#']) && template::find(&text).is_some()
            }
            TokenTree::Group(inner) if inner.delimiter() == Delimiter::Parenthesis => {
                begins && is_condition(inner)
            }
            TokenTree::Ident(ident) => match ident.to_string().as_str() {
                "not" | "js" => {
                    begins && matches!(at(index + 1), Some(TokenTree::Literal(_) | TokenTree::Ident(_)))
                }
                "and" | "or" | "contains" | "matches" => {
                    matches!(before, Some(TokenTree::Literal(_) | TokenTree::Group(_)))
                }
                _ => false,
            },
            TokenTree::Group(_) | TokenTree::Punct(_) => false,
        }
    })
}
