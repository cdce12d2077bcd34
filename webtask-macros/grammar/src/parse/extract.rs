//! Reads `extract` and its fields.

use proc_macro2::Delimiter;

use super::reader::{Parsed, Reader, Spelling, Told};
use crate::ast::{Action, Case, Cast, Extract, Field, Source, Str, Text};
use crate::foreign::At;
use crate::keyword::{self, Room, Word};

/// Reads what follows `extract`.
pub(super) fn extract(reader: &mut Reader<'_>) -> Parsed<Action> {
    let head = head(reader);
    let mut repeat = false;
    let mut limit = None;
    if head.is_err() {
        reader.skip();
    } else {
        reader.options(|reader, option| {
            match option {
                "repeat" => repeat = true,
                _ => limit = Some(reader.count("N")?),
            }
            Ok(())
        });
    }
    let fields = block(reader);
    let (name, from) = head?;
    Ok(Action::Extract(Extract { name, from, repeat, limit, fields }))
}

fn head(reader: &mut Reader<'_>) -> Parsed<(crate::ast::Name, Text)> {
    if reader.peek_words("from") > 0 && reader.string_follows() {
        return Err(reader.expected("NAME"));
    }
    let name = reader.free_name("NAME")?;
    reader.expect_words("from")?;
    Ok((name, reader.text("\"SEL\"")?))
}

/// Reads the block with the fields.
fn block(reader: &mut Reader<'_>) -> Vec<Field> {
    // A file's lines without an `end` are told as that already.
    let unended = reader.spelling == Spelling::Text
        && reader.peek_group(Delimiter::Brace).is_some_and(|group| {
            group.stream().is_empty() && group.span_close().start() == group.span_open().start()
        });
    if unended {
        reader.block(Room::Field, |_| Vec::new()).unwrap_or_default()
    } else {
        reader.block(Room::Field, fields).unwrap_or_default()
    }
}

/// Reads the fields in a block.
fn fields(reader: &mut Reader<'_>) -> Vec<Field> {
    let mut fields = Vec::new();
    if reader.done() {
        let message = format!("no fields in `{}`", reader.word.name);
        let help = "write at least one, like `name text \"SEL\"`";
        reader.problems.help(reader.here(), message, help);
    }
    while !reader.done() {
        fields.extend(reader.statement(field));
    }
    fields
}

/// Reads one field.
fn field(reader: &mut Reader<'_>) -> Parsed<Field> {
    let outer = reader.word;
    reader.word = Word::find(Room::Step, "extract").expect("it is in the table");
    if reader.peek_ident().is_none() {
        let help = "a field begins with its name, like `title text \"h1\"`";
        return Err(reader.expected_or("NAME", help));
    }
    let name = reader.name("NAME")?;
    reader.word = outer;
    let span = reader.here();
    let found = reader.peek_ident();
    let Some(word) = found.as_deref().and_then(|found| Word::find(Room::Field, found)) else {
        let words = || Word::of(Room::Field).map(|word| word.name);
        let near = found.as_deref().and_then(|found| keyword::nearest(found, words()));
        let help = match (reader.foreign_help(At::Field), near) {
            (Some(help), _) => help,
            _ if reader.is_string() => {
                format!("write `{} text {}`", name.text, super::token::shown(reader.peek()))
            }
            _ if reader.peek_punct(':') || reader.peek_punct('=') => match reader.string_follows() {
                true => format!("write `{} text {}`", name.text, super::token::shown(reader.peek_at(1))),
                false => format!("remove the `{}`", super::token::shown(reader.peek())),
            },
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("write {} after the name", keyword::one_of(words())),
        };
        let message = match found {
            Some(found) => format!("unknown field keyword `{found}`"),
            None if reader.at_end() => format!("missing keyword after the field name `{}`", name.text),
            None => format!("expected a keyword, found `{}`", super::token::shown(reader.peek())),
        };
        reader.problems.help(span, message, help);
        return Err(Told);
    };
    reader.next();
    reader.word = word;
    reader.word_span = span;
    let nested = word.name == "from";
    let source = source(reader);
    if source.is_err() {
        reader.skip();
    }
    let mut field = Field {
        name,
        source: Source::Const(crate::ast::Value::Null(crate::ast::Spanned { value: (), span })),
        matches: None,
        trim: false,
        case: None,
        url: false,
        cast: None,
        all: false,
        optional: false,
        required: false,
    };
    let mut repeat = false;
    reader.options(|reader, option| {
        match option {
            "match" => field.matches = Some(reader.str("r\"regex\"")?),
            "trim" => field.trim = true,
            "lower" => field.case = Some(Case::Lower),
            "upper" => field.case = Some(Case::Upper),
            "url" => field.url = true,
            "int" => field.cast = Some(Cast::Int),
            "float" => field.cast = Some(Cast::Float),
            "bool" => field.cast = Some(Cast::Bool),
            "all" => field.all = true,
            "optional" => field.optional = true,
            "required" => field.required = true,
            _ => repeat = true,
        }
        Ok(())
    });
    let inner = if nested { block(reader) } else { Vec::new() };
    field.source = match source? {
        Source::Nested { from, .. } => Source::Nested { from, repeat, fields: inner },
        source => source,
    };
    Ok(field)
}

/// Reads what follows the field's word.
fn source(reader: &mut Reader<'_>) -> Parsed<Source> {
    Ok(match reader.word.name {
        "text" => Source::Text(reader.text("\"SEL\"")?),
        "attr" => {
            let attribute = attribute(reader)?;
            reader.expect_words("on")?;
            Source::Attr(attribute, reader.text("\"SEL\"")?)
        }
        "html" => Source::Html(reader.text("\"SEL\"")?),
        "const" => Source::Const(reader.value("VALUE")?),
        "count" => Source::Count(reader.text("\"SEL\"")?),
        _ => Source::Nested { from: reader.text("\"SEL\"")?, repeat: false, fields: Vec::new() },
    })
}

/// Reads an attribute's name: a string, or what stands before `on`, as `data-id`.
fn attribute(reader: &mut Reader<'_>) -> Parsed<Str> {
    if reader.is_string() {
        return reader.str("ATTR");
    }
    let span = reader.here();
    let nameless = reader.peek_words("on") > 0 && reader.string_follows();
    if nameless || reader.peek_ident().is_none() {
        return Err(reader.expected("ATTR"));
    }
    let mut value = reader.peek_ident().unwrap_or_default();
    reader.next();
    while reader.peek_punct('-') || reader.peek_punct(':') {
        value.extend(reader.next().map(|token| token.to_string()));
        if matches!(reader.peek(), Some(proc_macro2::TokenTree::Literal(_))) && !reader.is_string()
            || reader.peek_ident().is_some_and(|word| word != "on" || !reader.string_follows())
        {
            value.extend(reader.peek_ident().or_else(|| reader.peek().map(ToString::to_string)));
            reader.next();
        }
    }
    Ok(Str { value, span })
}
