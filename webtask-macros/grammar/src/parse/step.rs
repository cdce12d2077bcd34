//! Reads steps: finds the word, reads its parts.

mod capture;
mod data;
mod flow;
mod page;
mod print;
mod watch;
mod web;

use proc_macro2::{Ident, Punct, Spacing, Span, TokenTree};

use super::extract::extract;
use super::foreign::Meant;
use super::reader::{Parsed, Reader, Spelling, Told};
use super::task::{attributes, misplaced};
use super::token::{ident_text, is_punct, shown};
use crate::ast::{Action, Block, Call, Emit, Js, Name, Script, Set, Step, Str, Target, WaitJs};
use crate::keyword::{self, Room, Word};

/// Reads one step.
pub(super) fn statement(reader: &mut Reader<'_>) -> Option<Step> {
    reader.statement(step)
}

/// Reads the steps of a block.
fn block(reader: &mut Reader<'_>) -> Option<Block> {
    reader.block(Room::Step, |reader| {
        let mut steps = Vec::new();
        while !reader.done() {
            let attributes = attributes(reader);
            misplaced(reader, &attributes, false);
            if !reader.done() {
                steps.extend(statement(reader));
            }
        }
        Block { steps }
    })
}

fn step(reader: &mut Reader<'_>) -> Parsed<Step> {
    let span = reader.here();
    let word = word(reader)?;
    reader.word = word;
    reader.word_span = span;
    if word.rust {
        let what = format!("`{}`", word.name);
        reader.no_rust(&what, "use `set` or `js`: Rust stands only in recipes in Rust source")?;
    }
    reader.eat_words(word.name);
    let action = match word.name {
        "loop" => flow::turns(reader)?,
        "for each" => flow::for_each(reader)?,
        "if" => flow::branches(reader)?,
        "retry" => flow::retry(reader)?,
        "try" => flow::attempt(reader)?,
        "console" => watch::console(reader)?,
        "capture network" => watch::network(reader)?,
        "record" => watch::record(reader)?,
        _ => leaf(reader, word, span)?,
    };
    Ok(Step { action, word: word.name, span })
}

/// Reads a step that holds no others. Apart from those that do, so that their nesting costs no more stack than it must.
#[inline(never)]
fn leaf(reader: &mut Reader<'_>, word: &Word, span: Span) -> Parsed<Action> {
    Ok(match word.name {
        "status" => Action::Status(reader.text("\"…\"")?),
        "emit" => emit(reader)?,
        "goto" => page::goto(reader)?,
        "wait" => Action::Wait(reader.duration("D")?),
        "wait until" => page::wait_until(reader)?,
        "wait until url" => page::wait_url(reader)?,
        "wait until js" => {
            let script = script(reader)?;
            Action::WaitJs(WaitJs { script, timeout: page::timeout(reader) })
        }
        "click" => page::click(reader)?,
        "sendkeys" => page::sendkeys(reader)?,
        "fill" => page::fill(reader)?,
        "upload" => page::upload(reader)?,
        "wait network idle" => page::wait_idle(reader)?,
        "scroll until stable" => page::scroll(reader)?,
        "back" => Action::Back,
        "forward" => Action::Forward,
        "reload" => Action::Reload,
        "press" => Action::Press(reader.text("\"KEY\"")?),
        "select" => page::select(reader)?,
        "check" => Action::Check(page::reach(reader)?),
        "uncheck" => Action::Uncheck(page::reach(reader)?),
        "hover" => Action::Hover(page::reach(reader)?),
        "extract" => extract(reader)?,
        "js" => js(reader)?,
        "screenshot" => capture::screenshot(reader)?,
        "read file" => data::read_file(reader)?,
        "write files" => data::write_files(reader)?,
        "save html" => data::save_html(reader)?,
        "export" => data::export(reader)?,
        "pdf" => print::pdf(reader)?,
        "html to pdf" => print::html_to_pdf(reader)?,
        "snapshot" => capture::snapshot(reader)?,
        "emulate" => print::emulate(reader)?,
        "get cookies" => web::get_cookies(reader)?,
        "set cookies" => web::set_cookies(reader)?,
        "clear cookies" => Action::ClearCookies,
        "http" => web::http(reader)?,
        "download" => watch::download(reader)?,
        "download each" => web::download_each(reader)?,
        "save captures" => web::save_captures(reader)?,
        "set" => {
            let name = reader.free_name("NAME")?;
            let ty = reader.annotation()?;
            Action::Set(Set { name, ty, value: reader.value("VALUE")? })
        }
        "call" => call(reader)?,
        "break" => Action::Break,
        "continue" => flow::goes_on(reader)?,
        "yield" => flow::yields(reader, false)?,
        "yield each" => flow::yields(reader, true)?,
        "return" => Action::Return(reader.value("VALUE")?),
        "fail" => flow::fail(reader)?,
        "let" => {
            let rust = reader.rest();
            if rust.tokens.is_empty() {
                return Err(reader.expected("PATTERN = EXPR"));
            }
            let word = TokenTree::from(Ident::new("let", span));
            let mut end = TokenTree::from(Punct::new(';', Spacing::Alone));
            end.set_span(reader.last);
            let statement = [word].into_iter().chain(rust.tokens.clone()).chain([end]).collect();
            reader.syntax(&statement, syn::Block::parse_within);
            Action::Let(rust)
        }
        _ => flow::rust(reader)?,
    })
}

/// Finds the step's word in the table.
fn word(reader: &mut Reader<'_>) -> Parsed<&'static Word> {
    let known = Word::of(Room::Step)
        .filter(|word| reader.peek_words(word.name) > 0)
        .max_by_key(|word| word.name.len());
    let taken = known.map_or(0, |word| reader.peek_words(word.name));
    if let Some(Meant { written, tokens, help }) = foreign(reader, taken) {
        reader.problems.help(reader.here(), format!("unknown step `{written}`"), help);
        reader.pass(tokens);
        return Err(Told);
    }
    if let Some(word) = known {
        return Ok(word);
    }
    if let Some(word) = called(reader) {
        let tokens = reader.objects() + 1;
        let written = reader.written(tokens);
        let alone = word.syntax().split(" [").next().unwrap_or_default().to_owned();
        let help = format!("write the step alone, like `{alone}`");
        reader.problems.help(reader.here(), format!("unknown step `{written}`"), help);
        reader.pass(tokens);
        return Err(Told);
    }
    let span = reader.here();
    let Some(found) = reader.peek_ident() else {
        let (message, help) = if reader.peek_punct(';') {
            ("unexpected `;`".to_owned(), "remove it".to_owned())
        } else {
            (
                format!("expected a step, found `{}`", shown(reader.peek())),
                "a step begins with its keyword, like `goto \"URL\"`".to_owned(),
            )
        };
        let span = reader.peek().map_or(span, proc_macro2::TokenTree::span);
        reader.problems.help(span, message, help);
        return Err(Told);
    };
    if let Some(group) = Word::of(Room::Step).find(|word| word.name.split(' ').next() == Some(&found)) {
        reader.word = group;
        reader.word_span = span;
        reader.next();
        let rests = Word::of(Room::Step).filter_map(|word| word.name.split_once(' '));
        let rests: Vec<_> = rests.filter(|(first, _)| *first == found).map(|(_, rest)| rest).collect();
        let help = reader.usage();
        return Err(reader.expected_or(&rests.join("|"), help));
    }
    if Word::find(Room::Header, &found).is_some() {
        let message = format!("`{found}` inside a block");
        reader.problems.help(span, message, "move it before the first step");
        return Err(Told);
    }
    let names = words(reader.spelling).chain(Word::of(Room::Header)).map(|word| word.name);
    let help = match (found.as_str(), keyword::nearest(&found, names.chain(["else"]))) {
        ("else", _) if reader.spelling == Spelling::Text => {
            "`else` stands on a line of its own, between an `if` or a `try` and its `end`".to_owned()
        }
        ("else", _) => "`else` follows the `}` of an `if` or a `try`".to_owned(),
        (_, Some(near)) => format!("did you mean `{near}`?"),
        (found, None) if reader.spelling == Spelling::Text && of_option(found).is_some() => {
            let step = of_option(found).unwrap_or_default();
            format!("write it on the line of its `{step}`: a line goes on only inside brackets")
        }
        (name, None) if is_punct(reader.peek_at(1), '=') => format!("write `set {name} VALUE`"),
        (_, None) => "the steps are listed in `webtask::guide::language`".to_owned(),
    };
    reader.problems.help(span, format!("unknown step `{found}`"), help);
    Err(Told)
}

/// The word of another tool that comes next, unless a longer one of ours does, or was meant.
fn foreign(reader: &Reader<'_>, taken: usize) -> Option<Meant> {
    // `save it`: the first word of a group of ours, whose second is missing.
    let first = reader.peek_ident()?;
    let rests = || Word::of(Room::Step).filter_map(|word| word.name.split_once(' '));
    let rests: Vec<_> = rests().filter(|(known, _)| *known == first).map(|(_, rest)| rest).collect();
    let second = ident_text(reader.peek_at(1));
    let grouped = second.is_some() && !rests.is_empty() && first != "for";
    reader.foreign_step(taken).filter(|meant| !grouped || meant.tokens > 1)
}

/// The step of ours that is called on something: `page.click`.
fn called(reader: &Reader<'_>) -> Option<&'static Word> {
    let objects = reader.objects();
    let name = ident_text(reader.peek_at(objects)).filter(|_| objects > 0)?;
    Word::find(Room::Step, &name)
}

/// The step of which an option begins with that word.
fn of_option(word: &str) -> Option<&'static str> {
    let begins = |option: &str| option.split(' ').next() == Some(word);
    Word::of(Room::Step).find(|step| step.option_words().any(begins)).map(|step| step.name)
}

/// The words of steps that can be written in that spelling.
fn words(spelling: Spelling) -> impl Iterator<Item = &'static Word> {
    Word::of(Room::Step).filter(move |word| !(word.rust && spelling == Spelling::Text))
}

fn emit(reader: &mut Reader<'_>) -> Parsed<Action> {
    let kind = if reader.is_string() {
        reader.str("KIND")?
    } else {
        let name = reader.free_name("KIND")?;
        Str { value: name.text, span: name.span }
    };
    let text = reader.text("\"…\"")?;
    let mut data = None;
    reader.options(|reader, _| {
        data = Some(reader.value("{…}")?);
        Ok(())
    });
    Ok(Action::Emit(Emit { kind, text, data }))
}

fn js(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = reader.free_name("NAME")?;
    let ty = reader.annotation()?;
    // What must be there may as well come last.
    let (mut args, mut awaits, mut seen) = (None, false, Vec::new());
    let mut option = |reader: &mut Reader<'_>, option| {
        match option {
            "args" => args = Some(reader.list("[…]")?),
            _ => awaits = true,
        }
        Ok(())
    };
    reader.more_options(&mut seen, &mut option);
    if reader.failed {
        return Err(Told);
    }
    let script = script(reader)?;
    reader.more_options(&mut seen, option);
    Ok(Action::Js(Js { name, ty, script, args: args.unwrap_or_default(), awaits }))
}

/// Reads `"source"` or `fn "path"`.
pub(super) fn script(reader: &mut Reader<'_>) -> Parsed<Script> {
    if reader.eat_words("fn") {
        return Ok(Script::File(reader.str("\"path\"")?));
    }
    Ok(Script::Inline(reader.str("\"source\"")?))
}

fn call(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = match reader.peek_ident() {
        Some(_) => Some(reader.free_name("NAME")?),
        None => None,
    };
    let target = target(reader, name.as_ref())?;
    let mut with = Vec::new();
    reader.options(|reader, _| {
        with = reader.map("{…}")?.value;
        Ok(())
    });
    Ok(Action::Call(Call { name, target, with }))
}

fn target(reader: &mut Reader<'_>, name: Option<&Name>) -> Parsed<Target> {
    if reader.is_string() {
        return Ok(Target::Slug(reader.str("\"SLUG\"")?));
    }
    let path =
        name.is_some() && reader.peek_words("with") == 0 && reader.path_begins() && !reader.new_statement();
    if !path {
        if let Some(name) =
            name.filter(|_| reader.at_end() || reader.new_statement() || reader.peek_punct(':'))
        {
            let help = match reader.spelling {
                Spelling::Inline => {
                    format!("write `call \"SLUG\"`, or a name before the path: `call NAME {}`", name.text)
                }
                Spelling::Text => format!("write `call \"SLUG\"`, or `call {} \"SLUG\"`", name.text),
            };
            return Err(reader.expected_or("\"SLUG\"", help));
        }
        return Err(reader.expected("\"SLUG\""));
    }
    reader.no_rust("a Rust path", "write the other task's slug, like `call NAME \"SLUG\"`")?;
    let span = reader.here();
    let path = reader.path();
    if syn::parse2::<syn::Path>(path.tokens.clone()).is_err() {
        reader.problems.help(span, format!("bad path `{}`", path.tokens), reader.usage());
        return Err(Told);
    }
    Ok(Target::Path(path))
}
