//! The steps that work on data and files.

use crate::ast::{Export, ReadFile, WriteFiles};

use super::Walk;
use crate::resolve::scope::By;
use crate::resolve::ty::{Given, Ty};

impl<'t> Walk<'_, 't> {
    pub(super) fn read_file(&mut self, index: usize, read: &'t ReadFile) {
        self.text(&read.path);
        let ty = if read.optional { Ty::String.optional() } else { Ty::String };
        self.bind(index, &read.name, ty, By::Step);
    }

    pub(super) fn write_files(&mut self, index: usize, write: &'t WriteFiles) {
        self.text(&write.root);
        self.value(&write.files);
        self.bind(index, &write.name, Ty::List(Box::new(Ty::Given(Given::File))), By::Step);
    }

    pub(super) fn export(&mut self, index: usize, export: &'t Export) {
        self.value(&export.data);
        for column in export.columns.iter().flatten() {
            self.value(column);
        }
        self.texts(export.path.as_ref());
        if let Some(name) = &export.name {
            self.bind(index, name, Ty::String, By::Step);
        }
    }
}
