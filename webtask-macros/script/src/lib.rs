//! What a piece of JavaScript is, as a recipe's `js` takes it: one expression, which is its own value, or the body of a
//! function, which has `return`.
//!
//! It is not a parser: it finds strings, templates, comments, patterns and brackets, and from them where functions, statements and
//! operands begin and end. What it cannot make sense of it takes for an expression, and the browser's own parser has the last
//! word.
//!
//! ```
//! use webtask_script::{Script, Shape};
//!
//! assert_eq!(Script::of("document.title; // now").shape, Shape::Expression);
//! assert_eq!(Script::of("const n = f(); return n > 3").shape, Shape::Body);
//! assert_eq!(Script::of("() => document.title").shape, Shape::Function);
//! assert_eq!(Script::of("f(); g()").shape, Shape::Statements);
//! ```

mod token;

use token::{Bracket, Kind, PREFIXES, Token};

/// A script that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script<'s> {
    /// What it is.
    pub shape: Shape,
    /// The whole source.
    pub source: &'s str,
    /// The source up to the end of what it says, without the `;` and the comments behind that.
    pub code: &'s str,
    /// Whether an `await` stands outside of the functions in it.
    pub awaits: bool,
}

/// What a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing but spaces and comments.
    Empty,
    /// One expression.
    Expression,
    /// A function or a class, which nobody calls.
    Function,
    /// Statements with a `return` outside of the functions in them.
    Body,
    /// Statements without one.
    Statements,
}

impl<'s> Script<'s> {
    /// Looks at a script.
    #[must_use]
    pub fn of(source: &'s str) -> Self {
        let Some(tokens) = token::tokens(source) else {
            return Self { shape: Shape::Expression, source, code: source, awaits: false };
        };
        let awaits = tokens
            .iter()
            .enumerate()
            .any(|(at, token)| token.text == "await" && is_keyword(&tokens, at) && !token.nested);
        let returns = tokens.iter().enumerate().any(|(at, token)| {
            token.text == "return" && is_keyword(&tokens, at) && !token.nested && token.kind == Kind::Word
        });
        let said =
            tokens.iter().rposition(|token| !token.is(";")).map_or(&tokens[..0], |last| &tokens[..=last]);
        let code = said.last().map_or("", |last| &source[..last.end()]);
        let shape = match said {
            _ if returns => Shape::Body,
            [] if tokens.is_empty() => Shape::Empty,
            [] => Shape::Statements,
            said => shape(said),
        };
        let code = if shape == Shape::Expression || shape == Shape::Function { code } else { source };
        Self { shape, source, code, awaits }
    }
}

/// Whether a word is a keyword there, and no name of a property.
fn is_keyword(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens[before]);
    let property = before.is_some_and(|before| before.is(".") || before.is("?."));
    let key = tokens.get(at + 1).is_some_and(|next| next.is(":"));
    !property && !key && tokens[at].kind == Kind::Word
}

/// Words that a statement begins with.
const STATEMENTS: &[&str] = &[
    "var", "const", "if", "for", "while", "do", "switch", "throw", "try", "with", "debugger", "break",
    "continue", "export",
];

/// A piece of a source outside of all brackets: a token, or what is between two brackets.
#[derive(Clone, Copy, Debug)]
struct Item<'t, 's> {
    token: &'t Token<'s>,
    bracket: Option<Bracket>,
    /// The tokens between the brackets.
    inside: &'t [Token<'s>],
}

impl Item<'_, '_> {
    fn is(&self, text: &str) -> bool {
        self.bracket.is_none() && self.token.is(text)
    }

    fn is_word(&self) -> bool {
        self.token.kind == Kind::Word
    }

    /// Whether an operand ends with it.
    fn ends(&self) -> bool {
        match self.token.kind {
            Kind::Word => {
                !PREFIXES.contains(&self.token.text)
                    && !["function", "class", "async"].contains(&self.token.text)
            }
            Kind::Sign => false,
            Kind::Literal | Kind::Open(_) | Kind::Close(_) => true,
        }
    }

    /// Whether an operand begins with it that goes on nothing before it.
    fn begins(&self) -> bool {
        match self.token.kind {
            Kind::Word => !["in", "instanceof", "extends"].contains(&self.token.text),
            Kind::Literal => true,
            Kind::Sign => {
                ["!", "~"].contains(&self.token.text)
                    || self.token.breaks && ["++", "--"].contains(&self.token.text)
            }
            Kind::Open(bracket) => matches!(bracket, Bracket::Object | Bracket::Block),
            Kind::Close(_) => false,
        }
    }
}

fn items<'t, 's>(tokens: &'t [Token<'s>]) -> Vec<Item<'t, 's>> {
    let mut items = Vec::new();
    let Some(depth) = tokens.first().map(|token| token.depth) else { return items };
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let Kind::Open(bracket) = token.kind else {
            items.push(Item { token, bracket: None, inside: &[] });
            at += 1;
            continue;
        };
        let length =
            tokens[at + 1..].iter().position(|token| token.depth == depth).unwrap_or(tokens.len() - at - 1);
        let inside = &tokens[at + 1..at + 1 + length];
        items.push(Item { token, bracket: Some(bracket), inside });
        at += length + 2;
    }
    items
}

/// What tokens without a `return` are.
fn shape(tokens: &[Token<'_>]) -> Shape {
    let items = items(tokens);
    let Some(first) = items.first() else { return Shape::Empty };
    let second = items.get(1);
    let declares = first.is("let") && second.is_some_and(|next| next.is_word() || next.bracket.is_some())
        || first.is("import")
            && !second.is_some_and(|next| next.is(".") || next.bracket == Some(Bracket::Round));
    let statement =
        first.bracket == Some(Bracket::Block) || first.is_word() && STATEMENTS.contains(&first.token.text);
    if declares || statement || items.iter().any(|item| item.is(";")) {
        return Shape::Statements;
    }
    let mut ternaries = 0;
    for item in &items {
        if item.is("?") {
            ternaries += 1;
        } else if item.is(":") {
            if ternaries == 0 {
                return Shape::Statements;
            }
            ternaries -= 1;
        }
    }
    // Whether an operand has just ended, after which none can begin.
    let mut ended = false;
    // The name of a function or a class, and what that extends, stand beside each other.
    let mut named = false;
    for (at, item) in items.iter().enumerate() {
        let head = named && (item.is("extends") || item.bracket == Some(Bracket::Class));
        if ended && item.begins() && !head {
            return Shape::Statements;
        }
        // What counts up or down stands before its operand or behind it.
        let counts = item.is("++") || item.is("--");
        ended = if counts { ended && !item.token.breaks } else { item.ends() };
        let name = item.is("class") || item.is("function") || item.is("async");
        let goes_on = named && (item.is_word() || item.is("*") || item.is(".") || item.is("extends"));
        named = name || goes_on && at + 1 < items.len();
    }
    if is_function(&items) { Shape::Function } else { Shape::Expression }
}

/// Whether the items are one function or one class, in parentheses or not.
fn is_function(items: &[Item<'_, '_>]) -> bool {
    let mut inside;
    let mut items = items;
    while let [only] = items
        && only.bracket == Some(Bracket::Round)
    {
        inside = self::items(only.inside);
        items = &inside;
    }
    let items = match items {
        [first, rest @ ..] if first.is("async") && !rest.first().is_none_or(|next| next.is("=>")) => rest,
        items => items,
    };
    match items {
        [first, .., last] if first.is("function") => {
            last.bracket == Some(Bracket::Function)
                && items.iter().filter(|item| item.bracket.is_some()).count() == 2
        }
        [first, .., last] if first.is("class") => {
            last.bracket == Some(Bracket::Class)
                && items.iter().filter(|item| item.bracket == Some(Bracket::Class)).count() == 1
        }
        [parameters, arrow, body @ ..] if arrow.is("=>") => {
            (parameters.is_word() || parameters.bracket == Some(Bracket::Round))
                && !body.iter().any(|item| item.is(","))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
