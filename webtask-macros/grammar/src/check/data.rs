//! The rules for the steps that work on data and files.

use proc_macro2::Span;

use super::literal::{check_columns, check_folder, check_path, found, span};
use super::name::check_name;
use super::{path, selector, value};
use crate::ast::{Export, Part, ReadFile, SaveHtml, Template, Text, Value, WriteFiles};
use crate::problem::Problems;

pub(super) fn read_file(read: &mut ReadFile, problems: &mut Problems) {
    check_name(&read.name, "a result", true, problems);
    path(&mut read.path, problems);
}

pub(super) fn write_files(write: &mut WriteFiles, problems: &mut Problems) {
    check_name(&write.name, "a result", true, problems);
    folder(&mut write.root, problems);
    check_files(&write.files, problems);
    value(&write.files, problems);
}

/// What is written are paths with their contents, below the folder.
fn check_files(files: &Value, problems: &mut Problems) {
    let paths: Vec<_> = match files {
        Value::Map(map) => map.value.iter().map(|entry| (entry.key.value.clone(), entry.key.span)).collect(),
        Value::List(list) => {
            let maps = list
                .value
                .iter()
                .filter_map(|file| if let Value::Map(map) = file { Some(map) } else { None });
            let texts = maps.flat_map(|map| &map.value).filter(|entry| entry.key.value == "path");
            let literal = |value: &Value| match value {
                Value::Text(text) => text.literal().map(|path| (path.to_owned(), text.span)),
                _ => None,
            };
            texts.filter_map(|entry| literal(&entry.value)).collect()
        }
        Value::Text(text) if text.single().is_some() => return,
        Value::Rust(_) => return,
        other => {
            let help = "write `[{ path: \"a.txt\", content: \"…\" }]`, or `\"{{name}}\"` for such a list";
            let message = format!("expected a list of files, found {}", found(other));
            problems.help(span(other), message, help);
            return;
        }
    };
    for (path, span) in paths {
        check_path(&mut Template { parts: vec![Part::Text(path)], span, escaped: false }, problems);
    }
}

pub(super) fn save_html(save: &mut SaveHtml, problems: &mut Problems) {
    path(&mut save.path, problems);
    if let Some(element) = &mut save.selector {
        selector(element, false, problems);
    }
}

pub(super) fn export(export: &mut Export, span: Span, problems: &mut Problems) {
    if let Some(name) = &export.name {
        check_name(name, "a result", true, problems);
    }
    if export.name.is_none() && export.path.is_none() && !problems.told_on_line_of(span) {
        let help = "give it a name before `data`, or write `path \"…\"`";
        problems.help(span, "this `export` goes nowhere", help);
    }
    value(&export.data, problems);
    if let Some(columns) = &export.columns {
        check_columns(columns, problems);
    }
    if let Some(file) = &mut export.path {
        path(file, problems);
    }
}

/// A folder below the folder of files, or `.`: that folder itself.
pub(super) fn folder(text: &mut Text, problems: &mut Problems) {
    if let Text::Template(template) = text {
        check_folder(template, problems);
    }
}
