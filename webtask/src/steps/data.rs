//! Steps on files and data: all paths are below the [folder of files](crate::Builder::files).

use serde::Serialize;
use serde_json::Value;

use super::{Act, Call, awaits};
use crate::action;
use crate::results::File;
use crate::{Cx, Error};

pub use crate::action::Format;

impl Cx {
    /// Reads a text file.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if it does not exist, or is neither UTF-8 nor UTF-16 with a byte order mark.
    #[track_caller]
    pub fn read_file<'a>(&'a self, path: &'a str) -> ReadFile<'a> {
        ReadFile { call: Call::new(self, "read file"), path }
    }

    /// Writes files into a folder, which may be `.`: a map from paths to contents, or a list of `{ path, content }` or
    /// `{ path, bytesB64 }`.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed), when a file has no good path or content, or cannot be written: then
    /// none of them is.
    #[track_caller]
    pub fn write_files<'a>(&'a self, root: &'a str, files: impl Serialize) -> Act<'a, Vec<File>> {
        let files = crate::value::value(&files);
        Call::new(self, "write files").act(async move { action::write_files(self, root, files?).await })
    }

    /// Writes the page's HTML to a file.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) when nothing matches, or the file cannot be written.
    #[track_caller]
    pub fn save_html<'a>(&'a self, path: &'a str) -> SaveHtml<'a> {
        SaveHtml { call: Call::new(self, "save html"), path, selector: None }
    }

    /// Writes rows in a format: a list has a row for each element, any other value is one row.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error, steps::Format};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let rows = [("a", 1), ("b", 2)];
    /// let text = cx.export(Format::Csv, rows).path("rows.csv").await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) when the rows are no JSON, or the file cannot be written.
    #[track_caller]
    pub fn export(&self, format: Format, data: impl Serialize) -> Export<'_> {
        let call = Call::new(self, "export");
        Export { call, format, data: crate::value::value(&data), columns: None, path: None }
    }
}

/// [`Cx::read_file`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct ReadFile<'a> {
    call: Call<'a>,
    path: &'a str,
}

impl<'a> ReadFile<'a> {
    /// Nothing when there is no such file, instead of an error.
    pub fn optional(self) -> Act<'a, Option<String>> {
        self.call.act(action::read_file_optional(self.call.cx, self.path))
    }
}

awaits!(ReadFile, String, |step| action::read_file(step.call.cx, step.path).await);

/// [`Cx::save_html`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct SaveHtml<'a> {
    call: Call<'a>,
    path: &'a str,
    selector: Option<&'a str>,
}

impl<'a> SaveHtml<'a> {
    /// The first element that matches, instead of the whole page.
    pub fn selector(mut self, selector: &'a str) -> Self {
        self.selector = Some(selector);
        self
    }
}

awaits!(SaveHtml, (), |step| action::save_html(step.call.cx, step.selector, step.path).await);

/// [`Cx::export`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Export<'a> {
    call: Call<'a>,
    format: Format,
    data: Result<Value, Error>,
    columns: Option<Vec<Value>>,
    path: Option<&'a str>,
}

impl<'a> Export<'a> {
    /// The columns in their order, instead of all keys in the order in which they first occur.
    pub fn columns<S: AsRef<str>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        self.columns = Some(columns.into_iter().map(|column| column.as_ref().into()).collect());
        self
    }

    /// Writes it to a file too.
    pub fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }
}

awaits!(Export, String, |step| {
    action::export(step.call.cx, step.format, step.data?, step.columns.as_deref(), step.path).await
});
