//! Reads tasks: what stands before `task`, the word with its parts, and the body.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use syn::parse::Parse;

use super::header;
use super::reader::{Parsed, Reader, Spelling, Told};
use super::step;
use super::token::{flat, is_punct, shown};
use crate::ast::{Block, Header, Name, Rust, Str, Task};
use crate::keyword::{self, Room, Word};
use crate::problem::Problems;

/// Reads every task.
pub(super) fn tasks(tokens: TokenStream, spelling: Spelling, problems: &mut Problems) -> Vec<Task> {
    let mut lost = Vec::new();
    let mut reader = Reader::new(tokens, spelling, problems, &mut lost);
    let mut tasks = Vec::new();
    while !reader.done() {
        if let Some(task) = task(&mut reader) {
            tasks.push(task);
        }
    }
    tasks
}

/// Attributes before a task or a header line.
#[derive(Default)]
pub(super) struct Attributes {
    /// The doc comments, a line each.
    pub(super) doc: Option<Str>,
    /// The other attributes.
    pub(super) others: TokenStream,
    /// Where the first of the other attributes begins.
    pub(super) span: Option<Span>,
}

/// Reads attributes.
pub(super) fn attributes(reader: &mut Reader<'_>) -> Attributes {
    let mut found = Attributes::default();
    while reader.peek_punct('#') {
        let start = reader.position();
        let span = reader.here();
        reader.next();
        let inner = reader.eat_punct('!');
        let Some(group) = reader.eat_group(Delimiter::Bracket) else {
            reader.problems.help(
                span,
                "unexpected `#`",
                "write a comment as `// …`; an attribute is written `#[…]`",
            );
            // What stands behind it was a comment's text.
            while reader.peek().is_some_and(|token| token.span().start().line == span.start().line) {
                reader.next();
            }
            continue;
        };
        match doc_line(group.stream()).filter(|_| !inner) {
            Some(line) => match &mut found.doc {
                Some(doc) => {
                    doc.value.push('\n');
                    doc.value.push_str(&line);
                }
                None => found.doc = Some(Str { value: line, span }),
            },
            None => {
                let tokens = reader.rust_since(start).tokens;
                if reader.syntax(&tokens, syn::Attribute::parse_outer) {
                    found.others.extend(tokens);
                    found.span.get_or_insert(span);
                }
            }
        }
    }
    found
}

/// Says that attributes stand where they mean nothing; `input` has its doc comments.
pub(super) fn misplaced(reader: &mut Reader<'_>, found: &Attributes, input: bool) {
    if let Some(span) = found.span {
        reader.problems.help(span, "unexpected attribute", "attributes stand before `task`");
    }
    // Before an unknown word, that may have been meant for `input`, there is one problem already.
    if let Some(doc) = found.doc.as_ref().filter(|_| !input && (reader.done() || reader.known())) {
        let help = "doc comments stand before `task` and `input`; elsewhere write `//`";
        reader.problems.help(doc.span, "unexpected doc comment", help);
    }
}

/// The text of `doc = "…"`.
fn doc_line(tokens: TokenStream) -> Option<String> {
    let tokens = flat(tokens);
    let [TokenTree::Ident(doc), equals, text] = tokens.as_slice() else {
        return None;
    };
    if doc != "doc" || !is_punct(Some(equals), '=') {
        return None;
    }
    let line = syn::parse2::<syn::LitStr>(text.clone().into()).ok()?.value();
    Some(line.strip_prefix(' ').map_or(line.clone(), ToOwned::to_owned))
}

/// Reads one task, or passes over what is none.
fn task(reader: &mut Reader<'_>) -> Option<Task> {
    let attributes = attributes(reader);
    let vis = visibility(reader);
    let keyword = reader.here();
    if !word(reader) {
        return None;
    }
    reader.word_span = keyword;
    let slug = slug(reader);
    let mut named = None;
    let mut returns = None;
    let failed = options(reader, &mut named, &mut returns, slug.is_err()).is_err();
    if failed {
        to_body(reader);
    }
    let slug = slug.unwrap_or_else(|Told| Str { value: String::new(), span: keyword });
    let name = named.unwrap_or_else(|| Name { text: function_name(&slug.value), span: slug.span });
    let mut task = Task {
        attrs: attributes.others,
        vis,
        keyword,
        slug,
        name,
        returns,
        header: Header { doc: attributes.doc, ..Header::default() },
        body: Block::default(),
        lost: Vec::new(),
        in_file: reader.spelling == Spelling::Text,
    };
    let Some(group) = reader.eat_group(Delimiter::Brace) else {
        if !failed {
            reader.expected("{ … }");
            to_body(reader);
            reader.eat_group(Delimiter::Brace);
        }
        return Some(task);
    };
    let mut body = reader.inside(&group, Room::Step);
    let mut lost = Vec::new();
    body.lost = &mut lost;
    while !body.done() {
        if !header::line(&mut body, &mut task.header, task.body.steps.is_empty()) {
            task.body.steps.extend(step::statement(&mut body));
        }
    }
    task.lost = lost;
    Some(task)
}

/// Reads `pub`, `pub(…)`.
fn visibility(reader: &mut Reader<'_>) -> TokenStream {
    let start = reader.position();
    if reader.peek_words("pub") > 0 && reader.spelling == Spelling::Text {
        reader.problems.help(reader.here(), "unexpected `pub`", "remove it: every task of a file is public");
        reader.next();
        reader.eat_group(Delimiter::Parenthesis);
        return TokenStream::new();
    }
    if reader.eat_words("pub") {
        reader.eat_group(Delimiter::Parenthesis);
    }
    let tokens = reader.rust_since(start).tokens;
    match reader.syntax(&tokens, syn::Visibility::parse) {
        true => tokens,
        false => tokens.into_iter().take(1).collect(),
    }
}

/// Reads the word `task`; without it, passes over everything up to the next one.
fn word(reader: &mut Reader<'_>) -> bool {
    if reader.eat_words("task") {
        return true;
    }
    let span = reader.here();
    let help = reader.usage();
    let found = shown(reader.peek());
    if reader.done() {
        reader.problems.help(span, "missing `task`", help);
        return false;
    }
    // Before a slug and a body it can only be the word itself, misspelt or forgotten.
    let near = reader.peek_ident().and_then(|word| keyword::nearest(&word, ["task"]));
    let body = matches!(reader.peek_at(2), Some(TokenTree::Group(_)));
    let help = near.map_or(help, |near| format!("did you mean `{near}`?"));
    reader.problems.help(span, format!("expected `task`, found `{found}`"), help);
    if reader.is_string() {
        return true;
    }
    if reader.peek_ident().is_some() && reader.string_follows() && (near.is_some() || body) {
        reader.next();
        return true;
    }
    while !reader.done() && reader.peek_words("task") == 0 && !reader.peek_punct('#') {
        if reader.peek_words("pub") > 0 {
            break;
        }
        reader.next();
    }
    false
}

/// Reads the slug.
fn slug(reader: &mut Reader<'_>) -> Parsed<Str> {
    let bare = reader.peek_ident().filter(|word| word != "as");
    if let Some(name) = bare {
        let span = reader.here();
        let help = format!("write `task \"{name}\"`");
        let told = if reader.string_follows() {
            reader.expected("\"SLUG\"")
        } else {
            reader.expected_or("\"SLUG\"", help)
        };
        reader.next();
        return match told {
            Told if reader.is_string() => reader.str("\"SLUG\""),
            Told => Ok(Str { value: name.to_lowercase(), span }),
        };
    }
    let slug = reader.str("\"SLUG\"")?;
    if slug.value.is_empty() {
        reader.problems.help(slug.span, "empty slug", "write what the task is called by");
    }
    Ok(slug)
}

/// Reads `as NAME` and `-> TYPE`; after a problem, what comes instead of them is no second one.
fn options(
    reader: &mut Reader<'_>,
    named: &mut Option<Name>,
    returns: &mut Option<Rust>,
    failed: bool,
) -> Parsed<()> {
    loop {
        let span = reader.here();
        let duplicate = if reader.eat_words("as") {
            named.replace(reader.name("NAME")?).map(|_| "as")
        } else if reader.peek_punct('-') && is_punct(reader.peek_at(1), '>') {
            reader.no_rust("`-> TYPE`", "remove it: `return` gives its value as JSON")?;
            reader.next();
            reader.next();
            returns.replace(reader.rust_type()?).map(|_| "->")
        } else {
            break;
        };
        if let Some(word) = duplicate {
            reader.problems.help(span, format!("duplicate `{word}`"), "remove it");
        }
    }
    if reader.peek_group(Delimiter::Brace).is_some() || reader.done() {
        return Ok(());
    }
    if failed {
        return Err(Told);
    }
    if let Some(found) = reader.peek_ident().filter(|word| Word::find(Room::Recipe, word).is_none()) {
        let help = match keyword::nearest(&found, ["as"]) {
            Some(near) => format!("did you mean `{near}`?"),
            None => reader.usage(),
        };
        reader.problems.help(reader.here(), format!("unknown option `{found}` of `task`"), help);
        return Err(Told);
    }
    Err(reader.expected("{ … }"))
}

/// Passes over what is wrong before a task's body.
fn to_body(reader: &mut Reader<'_>) {
    while !reader.done() && reader.peek_group(Delimiter::Brace).is_none() && reader.peek_words("task") == 0 {
        reader.next();
    }
}

/// The name of the function that a slug gives: `/` and `-` as `_`, `_` before a leading digit.
#[must_use]
pub fn function_name(slug: &str) -> String {
    let mut name: String =
        slug.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if name.is_empty() {
        return "unnamed".to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    name
}
