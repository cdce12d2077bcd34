//! Reads the steps that work on data and files.

use super::super::reader::{Parsed, Reader, Told};
use crate::ast::{Action, Export, Format, ReadFile, SaveHtml, Text, Value, WriteFiles};

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
    let option = reader.word.option_words().any(|word| reader.peek_words(word) > 0);
    let name = match reader.peek_words("data") {
        0 if !option => Some(reader.free_name("data")?),
        _ => None,
    };
    // What must be there may as well come last.
    let (mut columns, mut path) = (None, None);
    export_options(reader, &mut columns, &mut path);
    if reader.failed {
        return Err(Told);
    }
    reader.expect_words("data")?;
    let data = reader.value("VALUE")?;
    export_options(reader, &mut columns, &mut path);
    Ok(Action::Export(Export { format, name, data, columns, path }))
}

/// Reads options of `export`, of which there may be some already.
fn export_options(reader: &mut Reader<'_>, columns: &mut Option<Vec<Value>>, path: &mut Option<Text>) {
    let before = (columns.is_some(), path.is_some());
    reader.options(|reader, option| {
        let span = reader.behind();
        let twice = match option {
            "columns" => {
                *columns = Some(reader.list("[…]")?);
                before.0
            }
            _ => {
                *path = Some(reader.text("\"…\"")?);
                before.1
            }
        };
        if twice {
            reader.problems.help(span, format!("duplicate `{option}`"), "remove it");
        }
        Ok(())
    });
}
