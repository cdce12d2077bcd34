//! Writes the fields of an `extract`.

use super::Page;
use crate::ast::{Case, Cast, Field, Source};

impl Page {
    pub(super) fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.field(field);
        }
    }

    fn field(&mut self, field: &Field) {
        let source = match &field.source {
            Source::Text(from) => format!("text {}", self.text(from)),
            Source::Attr(attribute, from) => {
                format!("attr {} on {}", self.attribute(&attribute.value), self.text(from))
            }
            Source::Html(from) => format!("html {}", self.text(from)),
            Source::Const(value) => format!("const {}", self.value(value)),
            Source::Count(from) => format!("count {}", self.text(from)),
            Source::Nested { from, repeat, .. } => {
                format!("from {}{}", self.text(from), if *repeat { " repeat" } else { "" })
            }
        };
        let mut line = format!("{} {source}", field.name.text);
        if let Some(regex) = &field.matches {
            line += &format!(" match {}", self.quoted(&regex.value));
        }
        let case = field.case.map(|case| match case {
            Case::Lower => "lower",
            Case::Upper => "upper",
        });
        let cast = field.cast.map(|cast| match cast {
            Cast::Int => "int",
            Cast::Float => "float",
            Cast::Bool => "bool",
        });
        let flag = |set: bool, word| set.then_some(word);
        let words = [
            flag(field.trim, "trim"),
            case,
            flag(field.url, "url"),
            cast,
            flag(field.all, "all"),
            flag(field.optional, "optional"),
            flag(field.required, "required"),
        ];
        for word in words.into_iter().flatten() {
            line += &format!(" {word}");
        }
        match &field.source {
            Source::Nested { fields, .. } => {
                self.open(&line);
                self.fields(fields);
                self.close();
            }
            _ => self.line(&line),
        }
    }

    /// An attribute's name: words with hyphens between need no quotes.
    fn attribute(&self, name: &str) -> String {
        match name != "on" && name.split('-').all(crate::template::is_name) {
            true => name.to_owned(),
            false => self.quoted(name),
        }
    }
}
