//! What an `extract` reads.

use webtask_program::{Field, Source, Spec};

use crate::ast::{self, Action, Arg, Extract, Text};
use crate::resolve::Info;

use super::Lower;

impl Lower<'_> {
    pub(super) fn spec(&mut self, info: &Info, extract: &Extract) -> Spec {
        Spec {
            name: extract.name.text.clone(),
            from: self.text(info, &extract.from),
            repeat: extract.repeat,
            limit: self.counts(info, extract.limit.as_ref()),
            fields: self.fields(info, &extract.fields),
        }
    }

    fn fields(&mut self, info: &Info, fields: &[ast::Field]) -> Vec<Field> {
        fields.iter().map(|field| self.field(info, field)).collect()
    }

    fn field(&mut self, info: &Info, field: &ast::Field) -> Field {
        let source = match &field.source {
            ast::Source::Text(selector) => Source::Text(self.text(info, selector)),
            ast::Source::Attr(attr, selector) => Source::Attr(attr.value.clone(), self.text(info, selector)),
            ast::Source::Html(selector) => Source::Html(self.text(info, selector)),
            ast::Source::Const(value) => Source::Const(self.json(info, value)),
            ast::Source::Count(selector) => Source::Count(self.text(info, selector)),
            ast::Source::Nested { from, repeat, fields } => Source::Nested {
                from: self.text(info, from),
                repeat: *repeat,
                fields: self.fields(info, fields),
            },
        };
        Field {
            name: field.name.text.clone(),
            source,
            matches: field.matches.as_ref().map(|regex| regex.value.clone()),
            trim: field.trim,
            case: field.case,
            url: field.url,
            cast: field.cast,
            all: field.all,
            optional: field.optional,
            required: field.required,
        }
    }
}

/// The step's `extract`, when it says the same whenever it is asked. Rows within rows hold what lives no longer than
/// one statement.
pub(super) fn fixed(step: &ast::Step) -> Option<&Extract> {
    let Action::Extract(extract) = &step.action else { return None };
    let is_fixed = !matches!(extract.limit, Some(Arg::Rust(_)))
        && is_literal(&extract.from)
        && extract.fields.iter().all(|field| match &field.source {
            ast::Source::Text(text)
            | ast::Source::Attr(_, text)
            | ast::Source::Html(text)
            | ast::Source::Count(text) => is_literal(text),
            ast::Source::Const(_) | ast::Source::Nested { .. } => false,
        });
    is_fixed.then_some(extract)
}

fn is_literal(text: &Text) -> bool {
    matches!(text, Text::Template(template) if template.literal().is_some())
}
