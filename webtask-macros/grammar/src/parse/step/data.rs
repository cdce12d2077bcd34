//! Reads the steps that work on data and files.

use super::super::reader::{Parsed, Reader};
use crate::ast::{Action, Export, Format, ReadFile, SaveHtml, WriteFiles};

pub(super) fn read_file(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = reader.free_name("NAME")?;
    reader.expect_words("path")?;
    let mut read = ReadFile { name, path: reader.text("\"…\"")?, optional: false };
    reader.options(|_, _| {
        read.optional = true;
        Ok(())
    });
    Ok(Action::ReadFile(read))
}

pub(super) fn write_files(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = reader.free_name("NAME")?;
    reader.expect_words("root")?;
    let root = reader.text("\"…\"")?;
    reader.expect_words("files")?;
    Ok(Action::WriteFiles(WriteFiles { name, root, files: reader.value("VALUE")? }))
}

pub(super) fn save_html(reader: &mut Reader<'_>) -> Parsed<Action> {
    // What must be there may as well come last.
    let before = match reader.eat_words("selector") {
        true => Some(reader.text("\"SEL\"")?),
        false => None,
    };
    reader.expect_words("path")?;
    let mut save = SaveHtml { path: reader.text("\"…\"")?, selector: before };
    let here = reader.here();
    reader.options(|reader, _| {
        let selector = reader.text("\"SEL\"")?;
        if save.selector.is_some() {
            reader.problems.help(here, "duplicate `selector`", "remove it");
        }
        save.selector = Some(selector);
        Ok(())
    });
    Ok(Action::SaveHtml(save))
}

pub(super) fn export(reader: &mut Reader<'_>) -> Parsed<Action> {
    let format = match reader.choice("format", "csv|ndjson|json|md")? {
        "csv" => Format::Csv,
        "ndjson" => Format::Ndjson,
        "json" => Format::Json,
        _ => Format::Md,
    };
    let name = match reader.peek_words("data") {
        0 => Some(reader.free_name("data")?),
        _ => None,
    };
    reader.expect_words("data")?;
    let mut export = Export { format, name, data: reader.value("VALUE")?, columns: None, path: None };
    reader.options(|reader, option| {
        match option {
            "columns" => export.columns = Some(reader.list("[…]")?),
            _ => export.path = Some(reader.text("\"…\"")?),
        }
        Ok(())
    });
    Ok(Action::Export(export))
}
