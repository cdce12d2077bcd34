//! Reads the steps that work on data and files.

use super::super::reader::{Parsed, Reader, Told};
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
    let (mut selector, mut seen) = (None, Vec::new());
    let mut option = |reader: &mut Reader<'_>, _| {
        selector = Some(reader.text("\"SEL\"")?);
        Ok(())
    };
    reader.more_options(&mut seen, &mut option);
    if reader.failed {
        return Err(Told);
    }
    reader.expect_words("path")?;
    let path = reader.text("\"…\"")?;
    reader.more_options(&mut seen, option);
    Ok(Action::SaveHtml(SaveHtml { path, selector }))
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
    let (mut columns, mut path, mut seen) = (None, None, Vec::new());
    let mut option = |reader: &mut Reader<'_>, option| {
        match option {
            "columns" => columns = Some(reader.list("[…]")?),
            _ => path = Some(reader.text("\"…\"")?),
        }
        Ok(())
    };
    reader.more_options(&mut seen, &mut option);
    if reader.failed {
        return Err(Told);
    }
    reader.expect_words("data")?;
    let data = reader.value("VALUE")?;
    reader.more_options(&mut seen, option);
    Ok(Action::Export(Export { format, name, data, columns, path }))
}
