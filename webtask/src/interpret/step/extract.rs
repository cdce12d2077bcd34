//! What an `extract` reads.

use serde_json::Value;
use typed_arena::Arena;
use webtask_program::{Case, Field, Slot, Source, Spec};

use super::{Frame, shape};
use crate::action;
use crate::{Cx, Error, ErrorKind};

impl Frame<'_> {
    /// Says at a `goto` what the step after it extracts.
    pub(super) fn ahead(&self, spec: &Spec) -> Result<(), Error> {
        let (texts, fields) = (Arena::new(), Arena::new());
        let from = self.text(&spec.from)?;
        action::ahead(self.cx, &self.spec(spec, &from, &texts, &fields)?);
        Ok(())
    }

    pub(super) async fn extract(
        &mut self,
        cx: &Cx,
        spec: Option<&Spec>,
        into: Option<Slot>,
    ) -> Result<(), Error> {
        let Some(spec) = spec else {
            return Err(Error::new(
                ErrorKind::Internal,
                "an `extract` whose `goto` does not say what it reads",
            ));
        };
        let (texts, fields) = (Arena::new(), Arena::new());
        let from = self.text(&spec.from)?;
        let wanted = self.spec(spec, &from, &texts, &fields)?;
        let value: Value = action::extract(cx, &wanted).await?;
        if let Some(slot) = into {
            let value = shape::decode(&spec.name, self.shape(slot), value)?;
            self.bind(slot, value);
        }
        Ok(())
    }

    fn spec<'a>(
        &self,
        spec: &'a Spec,
        from: &'a str,
        texts: &'a Arena<String>,
        fields: &'a Arena<action::Field<'a>>,
    ) -> Result<action::Spec<'a>, Error> {
        Ok(action::Spec {
            name: &spec.name,
            from,
            repeat: spec.repeat,
            limit: self.counts(spec.limit.as_ref())?,
            fields: self.fields(&spec.fields, texts, fields)?,
        })
    }

    fn fields<'a>(
        &self,
        wanted: &'a [Field],
        texts: &'a Arena<String>,
        fields: &'a Arena<action::Field<'a>>,
    ) -> Result<&'a [action::Field<'a>], Error> {
        let all = wanted.iter().map(|field| self.field(field, texts, fields));
        let all = all.collect::<Result<Vec<_>, _>>()?;
        Ok(fields.alloc_extend(all))
    }

    fn field<'a>(
        &self,
        field: &'a Field,
        texts: &'a Arena<String>,
        fields: &'a Arena<action::Field<'a>>,
    ) -> Result<action::Field<'a>, Error> {
        let text = |text: &'a webtask_program::Text| -> Result<&'a str, Error> {
            Ok(match self.text(text)? {
                std::borrow::Cow::Borrowed(text) => text,
                std::borrow::Cow::Owned(text) => texts.alloc(text),
            })
        };
        let source = match &field.source {
            Source::Text(selector) => action::Source::Text(text(selector)?),
            Source::Attr(attr, selector) => action::Source::Attr(attr, text(selector)?),
            Source::Html(selector) => action::Source::Html(text(selector)?),
            Source::Const(value) => action::Source::Const(self.json(value)?),
            Source::Count(selector) => action::Source::Count(text(selector)?),
            Source::Nested { from, repeat, fields: inner } => action::Source::Nested {
                from: text(from)?,
                repeat: *repeat,
                fields: self.fields(inner, texts, fields)?,
            },
        };
        Ok(action::Field {
            name: &field.name,
            source,
            matches: field.matches.as_deref(),
            trim: field.trim,
            lower: field.case == Some(Case::Lower),
            upper: field.case == Some(Case::Upper),
            url: field.url,
            cast: field.cast,
            all: field.all,
            optional: field.optional,
            required: field.required,
        })
    }
}
