//! The rules for the steps that work on data and files.

use proc_macro2::Span;

use super::literal::{check_columns, check_folder};
use super::name::check_name;
use super::{path, selector, value};
use crate::ast::{Export, ReadFile, SaveHtml, Text, WriteFiles};
use crate::problem::Problems;

pub(super) fn read_file(read: &mut ReadFile, problems: &mut Problems) {
    check_name(&read.name, "a result", true, problems);
    path(&mut read.path, problems);
}

pub(super) fn write_files(write: &mut WriteFiles, problems: &mut Problems) {
    check_name(&write.name, "a result", true, problems);
    folder(&mut write.root, problems);
    value(&write.files, problems);
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
    if export.name.is_none() && export.path.is_none() {
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
