//! `export`: rows as CSV, JSON lines, JSON, or a table in Markdown.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::large::{LARGE, apart, is_large};
use crate::value::kind;
use crate::{Cx, Error};

pub use webtask_program::Format;

/// The name of the only column of rows that are not maps.
const ONLY: &str = "value";

/// Writes rows in a format, to a file too when there is one.
///
/// A list has a row for each element; any other value is one row. The columns are the given ones, or all keys in the
/// order in which they first occur. In a table null is empty, and a list or a map is JSON.
///
/// # Errors
///
/// When a column's name is not text, or the file cannot be written.
pub async fn export(
    cx: &Cx,
    format: Format,
    data: Value,
    columns: Option<&[Value]>,
    path: Option<&str>,
) -> Result<String, Error> {
    if let Some(path) = path {
        cx.files().check(path)?;
    }
    let columns = columns.map(names).transpose()?;
    let size = if is_large(&data) { LARGE } else { 0 };
    let text = apart(size, move || written(format, data, columns)).await?;
    if let Some(path) = path {
        cx.write(path, text.as_str()).await?;
    }
    Ok(text)
}

fn names(columns: &[Value]) -> Result<Vec<String>, Error> {
    let name = |column: &Value| match column {
        Value::String(name) => Ok(name.clone()),
        other => Err(Error::step_failed(format!("a column's name must be a string, not {}", kind(other)))),
    };
    columns.iter().map(name).collect()
}

fn written(format: Format, data: Value, columns: Option<Vec<String>>) -> Result<String, Error> {
    let rows = match data {
        Value::Array(rows) => rows,
        other => vec![other],
    };
    match format {
        Format::Json => Ok(format!("{:#}\n", Value::Array(picked(rows, columns.as_deref())))),
        Format::Ndjson => {
            let mut text = String::new();
            for row in picked(rows, columns.as_deref()) {
                writeln!(text, "{row}").expect("a string takes everything");
            }
            Ok(text)
        }
        Format::Csv => {
            let columns = columns.unwrap_or_else(|| keys(&rows));
            csv(&columns, &rows).map_err(|error| {
                Error::step_failed(format!("the rows cannot be written: {error}")).with_source(error)
            })
        }
        Format::Md => {
            let columns = columns.unwrap_or_else(|| keys(&rows));
            Ok(md(&columns, &rows))
        }
    }
}

/// The rows with these columns alone, null where there is none.
fn picked(rows: Vec<Value>, columns: Option<&[String]>) -> Vec<Value> {
    let Some(columns) = columns else { return rows };
    let pick = |row: Value| -> Value {
        let fields =
            columns.iter().map(|name| (name.clone(), field(&row, name).cloned().unwrap_or_default()));
        Value::Object(fields.collect::<Map<_, _>>())
    };
    rows.into_iter().map(pick).collect()
}

/// All keys, in the order in which they first occur.
fn keys(rows: &[Value]) -> Vec<String> {
    let mut keys: Map<String, Value> = Map::new();
    for row in rows {
        match row {
            Value::Object(row) => row.keys().for_each(|key| {
                keys.entry(key.as_str()).or_insert(Value::Null);
            }),
            _ => {
                keys.entry(ONLY).or_insert(Value::Null);
            }
        }
    }
    keys.into_iter().map(|(key, _)| key).collect()
}

fn field<'r>(row: &'r Value, name: &str) -> Option<&'r Value> {
    match row {
        Value::Object(row) => row.get(name),
        other => (name == ONLY).then_some(other),
    }
}

fn cell(row: &Value, name: &str) -> String {
    match field(row, name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn csv(columns: &[String], rows: &[Value]) -> Result<String, csv::Error> {
    if columns.is_empty() {
        return Ok(String::new());
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(columns.iter().map(|name| cell(row, name)))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8(bytes).expect("it was made of texts"))
}

fn md(columns: &[String], rows: &[Value]) -> String {
    if columns.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        for cell in cells {
            write!(text, "| {cell} ").expect("a string takes everything");
        }
        text.push_str("|\n");
    };
    line(&mut columns.iter().map(|name| escaped(name)));
    line(&mut columns.iter().map(|_| "---".to_owned()));
    for row in rows {
        line(&mut columns.iter().map(|name| escaped(&cell(row, name))));
    }
    text
}

/// A text within a cell: nothing that could end it, and nothing that Markdown or HTML reads.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => out.push_str("<br>"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rows() -> Value {
        json!([
            { "name": "a, \"b\"", "price": 1.5, "tags": ["x", "y"] },
            { "price": null, "name": "two\nlines | _é_ 😀", "more": true },
            7,
        ])
    }

    fn text(format: Format, data: Value, columns: Option<&[&str]>) -> String {
        let columns = columns.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        written(format, data, columns).expect("it can be written")
    }

    #[test]
    fn csv_has_all_keys_in_their_order() {
        let expected = "name,price,tags,more,value\n\
            \"a, \"\"b\"\"\",1.5,\"[\"\"x\"\",\"\"y\"\"]\",,\n\
            \"two\nlines | _é_ 😀\",,,true,\n\
            ,,,,7\n";
        assert_eq!(text(Format::Csv, rows(), None), expected);
        assert_eq!(text(Format::Csv, rows(), Some(&["price", "none"])), "price,none\n1.5,\n,\n,\n");
        assert_eq!(text(Format::Csv, json!([]), None), "");
        assert_eq!(text(Format::Csv, json!([]), Some(&["a"])), "a\n");
        assert_eq!(text(Format::Csv, json!({ "a": 1 }), None), "a\n1\n");
        assert_eq!(text(Format::Csv, json!([{ "a": "" }]), None), "a\n\"\"\n");
    }

    #[test]
    fn json_keeps_its_types() {
        assert_eq!(
            text(Format::Ndjson, rows(), Some(&["price", "value"])),
            "{\"price\":1.5,\"value\":null}\n{\"price\":null,\"value\":null}\n{\"price\":null,\"value\":7}\n"
        );
        let json = text(Format::Json, rows(), None);
        assert_eq!(serde_json::from_str::<Value>(&json).expect("JSON"), rows());
        assert_eq!(text(Format::Ndjson, json!(["a\n\u{2028}"]), None), "\"a\\n\u{2028}\"\n");
    }

    #[test]
    fn a_cell_of_markdown_stays_one() {
        let expected = "| name | price |\n| --- | --- |\n\
            | a, \"b\" | 1.5 |\n\
            | two<br>lines \\| \\_é\\_ 😀 |  |\n\
            |  |  |\n";
        assert_eq!(text(Format::Md, rows(), Some(&["name", "price"])), expected);
        assert_eq!(escaped("a\r\nb\\|<b>&"), "a<br>b\\\\\\|&lt;b&gt;&amp;");
        assert_eq!(text(Format::Md, json!([]), None), "");
    }
}
