//! The structs that an `extract` gives rise to.

use std::rc::Rc;

use proc_macro2::Span;

use crate::ast::{Cast, Extract, Field, Name, Source};

use super::Walk;
use crate::resolve::scope::By;
use crate::resolve::ty::{Record, Ty, camel};

impl<'t> Walk<'_, 't> {
    pub(super) fn extract(&mut self, index: usize, extract: &'t Extract) {
        self.browser();
        self.text(&extract.from);
        self.count(extract.limit.as_ref());
        // What is dropped needs no types.
        let kept = (extract.name.text == "_").then(|| std::mem::take(&mut self.plan.records));
        let record = self.record(&camel(&extract.name.text), &extract.fields, &extract.name);
        if let Some(kept) = kept {
            self.plan.records = kept;
            return;
        }
        let ty = Ty::Record(record);
        let ty = if extract.repeat { Ty::List(Box::new(ty)) } else { ty };
        self.bind(index, &extract.name, ty, By::Step);
    }

    /// The struct of an `extract`'s fields, and those within it.
    pub(super) fn record(&mut self, name: &str, fields: &'t [Field], at: &Name) -> Rc<Record> {
        let fields = fields.iter().map(|field| (field.name.clone(), self.field(name, field))).collect();
        let doc = format!("What `extract {}` reads.", at.text);
        self.add_record(Record { task: self.task.name.text.clone(), name: name.into(), fields, doc }, at.span)
    }

    pub(super) fn add_record(&mut self, mut record: Record, span: Span) -> Rc<Record> {
        if let Some(same) = self.plan.records.iter().find(|other| ***other == record) {
            return same.clone();
        }
        if self.is_taken(&record.name) {
            let message = format!("duplicate type `{}` in this task", record.name);
            self.calls.problems.help(
                span,
                message,
                "types are named after results: give this one another name",
            );
            // The rest of the crate is to compile as if it had one.
            while self.is_taken(&record.name) {
                record.name.push('_');
            }
        }
        let record = Rc::new(record);
        self.plan.records.push(record.clone());
        record
    }

    fn is_taken(&self, name: &str) -> bool {
        matches!(name, "Input" | "Output" | "TASK")
            || self.plan.records.iter().any(|other| other.name == name)
    }

    pub(super) fn field(&mut self, row: &str, field: &'t Field) -> Ty {
        let cast = match field.cast {
            None => Ty::String,
            Some(Cast::Int) => Ty::Int,
            Some(Cast::Float) => Ty::Float,
            Some(Cast::Bool) => Ty::Bool,
        };
        let ty = match &field.source {
            Source::Text(selector) | Source::Attr(_, selector) | Source::Html(selector) => {
                self.text(selector);
                cast
            }
            Source::Count(selector) => {
                self.text(selector);
                Ty::Int
            }
            Source::Const(value) => self.value(value).or_json(),
            Source::Nested { from, repeat, fields } => {
                self.text(from);
                let name = format!("{row}{}", camel(&field.name.text));
                let record = Ty::Record(self.record(&name, fields, &field.name));
                if *repeat { Ty::List(Box::new(record)) } else { record }
            }
        };
        let ty = if field.all { Ty::List(Box::new(ty)) } else { ty };
        if field.optional { ty.optional() } else { ty }
    }
}
