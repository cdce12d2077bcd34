//! A result as text.

use clap::ValueEnum;
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr as _;

use crate::out;

/// How wide a cell of a table may be.
const WIDEST: usize = 60;

/// The form of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    Json,
    Ndjson,
    Csv,
    Table,
}

impl Form {
    pub(super) fn text(self, result: &Value) -> String {
        match self {
            Self::Json => harmless(&format!("{result:#}\n")),
            Self::Ndjson => rows(result).iter().map(|row| harmless(&format!("{row}\n"))).collect(),
            Self::Csv => csv(result),
            Self::Table => table(result),
        }
    }
}

/// JSON without the control characters that it may hold as they are.
fn harmless(json: &str) -> String {
    let escaped = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}');
    if !json.contains(escaped) {
        return json.to_owned();
    }
    let one = |c: char| if escaped(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    json.chars().map(one).collect()
}

/// The rows of a result: the items of a list, of the only list in an object, or else the result itself.
fn rows(result: &Value) -> Vec<Value> {
    let list = match result {
        Value::Array(items) => Some(items),
        Value::Object(fields) => {
            let mut lists = fields.values().filter_map(Value::as_array);
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    };
    list.cloned().unwrap_or_else(|| vec![result.clone()])
}

/// The columns, in the order in which they first stand, and each row's cells.
fn cells(result: &Value) -> (Vec<String>, Vec<Vec<String>>) {
    let rows = rows(result).into_iter().map(|row| match row {
        Value::Object(fields) => fields,
        value => Map::from_iter([("value".to_owned(), value)]),
    });
    let rows: Vec<_> = rows.collect();
    let mut columns = Map::new();
    for name in rows.iter().flat_map(Map::keys) {
        columns.insert(name.clone(), Value::Null);
    }
    let columns: Vec<_> = columns.into_iter().map(|(name, _)| name).collect();
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    let line = |row: &Map<String, Value>| columns.iter().map(|name| cell(row.get(name))).collect();
    let lines = rows.iter().map(line).collect();
    (columns, lines)
}

fn csv(result: &Value) -> String {
    let (columns, rows) = cells(result);
    if columns.is_empty() {
        return String::new();
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    // A list in memory takes everything.
    let written = std::iter::once(&columns).chain(&rows).try_for_each(|row| writer.write_record(row));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn table(result: &Value) -> String {
    let (columns, rows) = cells(result);
    let rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(|cell| short(cell)).collect()).collect();
    let columns: Vec<_> = columns.iter().map(|name| short(name)).collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].width());
        cells.chain([columns[column].width()]).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let pad = width.saturating_sub(cell.width());
            format!("{cell}{}", " ".repeat(pad))
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let rule = widths.iter().map(|width| "─".repeat(*width)).collect();
    [&columns, &rule].into_iter().chain(&rows).map(line).collect()
}

/// A cell's text in one line that is not too wide.
fn short(text: &str) -> String {
    let text = out::plain(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.width() <= WIDEST {
        return text;
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() >= WIDEST - 2 {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_are_the_only_list() {
        let result = json!({ "total": 2, "items": [{ "a": 1, "b": "x,\"y\"" }, { "a": null, "c": [1] }] });
        assert_eq!(Form::Csv.text(&result), "a,b,c\n1,\"x,\"\"y\"\"\",\n,,[1]\n");
        assert_eq!(Form::Ndjson.text(&result), "{\"a\":1,\"b\":\"x,\\\"y\\\"\"}\n{\"a\":null,\"c\":[1]}\n");
        assert_eq!(Form::Csv.text(&json!({ "title": "Ä", "n": 1 })), "title,n\nÄ,1\n");
        assert_eq!(Form::Csv.text(&json!(["a", "b"])), "value\na\nb\n");
        assert_eq!(Form::Csv.text(&json!({ "a": [], "b": [] })), "a,b\n[],[]\n");
        assert_eq!(Form::Csv.text(&json!([])), "");
        assert_eq!(Form::Ndjson.text(&json!("x")), "\"x\"\n");
    }

    #[test]
    fn a_table_is_aligned_and_harmless() {
        let rows =
            json!([{ "name": "größe", "n": 1 }, { "name": "日本", "n": 22 }, { "name": "\u{1b}[2Ja\nb" }]);
        assert_eq!(Form::Table.text(&rows), "name    n\n──────  ──\ngröße   1\n日本    22\n[2Ja b\n");
        assert_eq!(Form::Json.text(&json!("\u{9b}2J")), "\"\\u009b2J\"\n");
    }
}
