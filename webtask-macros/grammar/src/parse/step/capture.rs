//! Reads the steps that capture what a page shows.

use super::super::reader::{Parsed, Reader};
use crate::ast::{Action, Image, Kept, Name, Screenshot};

/// Reads the name of a capture, which may be left out: an option of the step is none.
pub(super) fn kept(reader: &mut Reader<'_>) -> Parsed<Kept> {
    let option = reader.word.option_words().any(|word| reader.peek_words(word) > 0);
    let name = match reader.peek_ident() {
        Some(_) if !option && !reader.new_statement() => Some(reader.name("NAME")?),
        _ => None,
    };
    Ok(Kept { name, path: None })
}

/// Reads the path of a capture. One that could not be read is a way to go all the same.
pub(super) fn path(reader: &mut Reader<'_>, kept: &mut Kept) -> Parsed<()> {
    let span = reader.here();
    match reader.text("\"…\"") {
        Ok(path) => kept.path = Some(path),
        Err(told) => {
            kept.name.get_or_insert(Name { text: "_".into(), span });
            return Err(told);
        }
    }
    Ok(())
}

pub(super) fn snapshot(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut kept = kept(reader)?;
    reader.options(|reader, _| path(reader, &mut kept));
    Ok(Action::Snapshot(kept))
}

pub(super) fn screenshot(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut shot = Screenshot { kept: kept(reader)?, ..Screenshot::default() };
    reader.options(|reader, option| {
        match option {
            "selector" => shot.selector = Some(reader.text("\"SEL\"")?),
            "full page" => shot.full = true,
            "format" => {
                shot.format = match reader.choice("format", "png|jpeg|webp")? {
                    "jpeg" => Image::Jpeg,
                    "webp" => Image::Webp,
                    _ => Image::Png,
                }
            }
            "quality" => shot.quality = Some(reader.count("N")?),
            _ => return path(reader, &mut shot.kept),
        }
        Ok(())
    });
    Ok(Action::Screenshot(shot))
}
