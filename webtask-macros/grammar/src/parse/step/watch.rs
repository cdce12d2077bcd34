//! Reads the steps that watch a page while others run.

use proc_macro2::Delimiter;

use super::super::reader::{Parsed, Reader, Spelling};
use super::capture::{kept, path};
use super::{block, statement};
use crate::ast::{Action, Block, Console, Download, Film, Kept, Network, Record};

pub(super) fn console(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = reader.free_name("NAME");
    if name.is_err() {
        reader.skip();
    }
    let body = block(reader).unwrap_or_default();
    Ok(Action::Console(Console { name: name?, body }))
}

pub(super) fn network(reader: &mut Reader<'_>) -> Parsed<Action> {
    let place = kept(reader);
    let mut network = Network {
        kept: Kept::default(),
        bodies: false,
        max: None,
        url: None,
        list: false,
        body: Block::default(),
    };
    match place {
        Err(_) => reader.skip(),
        Ok(kept) => {
            network.kept = kept;
            reader.options(|reader, option| {
                match option {
                    "bodies" => network.bodies = true,
                    "max bytes" => network.max = Some(reader.count("N")?),
                    "url" => network.url = Some(reader.text("\"…\"")?),
                    "as list" => network.list = true,
                    _ => return path(reader, &mut network.kept),
                }
                Ok(())
            });
        }
    }
    network.body = block(reader).unwrap_or_default();
    Ok(Action::Network(network))
}

pub(super) fn download(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = reader.free_name("NAME");
    let (mut path, mut timeout) = (None, None);
    if name.is_err() {
        reader.skip();
    } else {
        reader.options(|reader, option| {
            match option {
                "path" => path = Some(reader.text("\"…\"")?),
                _ => timeout = Some(reader.duration("D")?),
            }
            Ok(())
        });
    }
    let body = block(reader).unwrap_or_default();
    Ok(Action::Download(Download { name: name?, path, timeout, body }))
}

pub(super) fn record(reader: &mut Reader<'_>) -> Parsed<Action> {
    let place = kept(reader);
    let mut record = Record::default();
    match place {
        Err(_) => reader.skip(),
        Ok(kept) => {
            record.kept = kept;
            reader.options(|reader, option| {
                match option {
                    "format" => {
                        record.format = match reader.choice("format", "gif|mp4|webm")? {
                            "mp4" => Film::Mp4,
                            "webm" => Film::Webm,
                            _ => Film::Gif,
                        }
                    }
                    "fps" => record.fps = Some(reader.count("N")?),
                    "frames" => record.frames = Some(reader.count("N")?),
                    "quality" => record.quality = Some(reader.count("N")?),
                    "for" => record.time = Some(reader.duration("D")?),
                    _ => return path(reader, &mut record.kept),
                }
                Ok(())
            });
        }
    }
    let ends = reader.peek_punct(';');
    record.body = if ends || reader.peek_group(Delimiter::Brace).is_none() && reader.known() {
        next(reader, ends)
    } else {
        block(reader).unwrap_or_default()
    };
    Ok(Action::Record(Box::new(record)))
}

/// Reads the step after a `record` without a block: the only one that it films.
fn next(reader: &mut Reader<'_>, ends: bool) -> Block {
    let text = reader.spelling == Spelling::Text;
    if !ends && !reader.failed {
        let help = match text {
            true => "write the step that it films on the next line, or its steps on lines with an `end`",
            false => "end it with `;` to film the next step alone, or write its steps in `{ … }`",
        };
        reader.problems.help(reader.behind(), "missing end of `record`", help);
    }
    reader.eat_punct(';');
    reader.closed = true;
    let odd = ["record", "let"].into_iter().find(|word| reader.peek_words(word) > 0);
    if let Some(word) = odd {
        let message = format!("`{word}` right after a `record` without a block");
        let help = match text {
            true => "such a `record` films the next step alone: write lines and an `end` after it",
            false => "such a `record` films the next step alone: write its steps in `{ … }`",
        };
        reader.problems.help(reader.here(), message, help);
        return Block::default();
    }
    if reader.done() {
        let help = match text {
            true => "write the step that it films on the next line, or its steps on lines with an `end`",
            false => "write the step that it films after it, or its steps in `{ … }`",
        };
        reader.problems.help(reader.word_span, "no step follows this `record`", help);
        return Block::default();
    }
    let steps = statement(reader).into_iter().collect();
    reader.failed = false;
    reader.closed = true;
    Block { steps }
}
