//! What an `extract` reads, in Rust.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use webtask_program::{Case, Field, Slot, Source, Spec, Step};

use super::{One, local, variant};

impl One<'_> {
    pub(super) fn extract(
        &self,
        step: &Step,
        cx: &TokenStream,
        spec: Option<&Spec>,
        into: Option<Slot>,
    ) -> TokenStream {
        let rt = self.rt();
        let spec = match spec {
            Some(spec) => self.spec(spec),
            // Said already at the `goto` before.
            None => local("ahead").into_token_stream(),
        };
        // Without a name to bind it to, nothing else gives the type.
        let call = self.call_of(step, "extract", &quote! { #cx, #spec });
        match into {
            Some(slot) => self.bind(slot, &call),
            None => quote! { let _: #rt::serde_json::Value = #call; },
        }
    }

    pub(super) fn spec(&self, spec: &Spec) -> TokenStream {
        let rt = self.rt();
        let (name, from, repeat) = (&spec.name, self.text(&spec.from), spec.repeat);
        let limit = self.optional_count(spec.limit.as_ref());
        let fields = self.fields(&spec.fields);
        quote! { &#rt::Spec { name: #name, from: #from, repeat: #repeat, limit: #limit, fields: #fields } }
    }

    pub(in crate::expand) fn fields(&self, fields: &[Field]) -> TokenStream {
        let fields = fields.iter().map(|field| self.field(field));
        quote! { &[#(#fields),*] }
    }

    fn field(&self, field: &Field) -> TokenStream {
        let rt = self.rt();
        let name = &field.name;
        let source = match &field.source {
            Source::Text(selector) => {
                let selector = self.text(selector);
                quote! { Text(#selector) }
            }
            Source::Attr(attr, selector) => {
                let selector = self.text(selector);
                quote! { Attr(#attr, #selector) }
            }
            Source::Html(selector) => {
                let selector = self.text(selector);
                quote! { Html(#selector) }
            }
            Source::Const(value) => {
                let value = self.expr(value);
                quote! { Const(#value) }
            }
            Source::Count(selector) => {
                let selector = self.text(selector);
                quote! { Count(#selector) }
            }
            Source::Nested { from, repeat, fields } => {
                let (from, fields) = (self.text(from), self.fields(fields));
                quote! { Nested { from: #from, repeat: #repeat, fields: #fields } }
            }
        };
        let some = quote! { #rt::std::option::Option::Some };
        let mut says = Vec::new();
        if let Some(regex) = &field.matches {
            says.push(quote! { matches: #some(#regex) });
        }
        for (flag, said) in [
            ("trim", field.trim),
            ("lower", field.case == Some(Case::Lower)),
            ("upper", field.case == Some(Case::Upper)),
            ("url", field.url),
            ("all", field.all),
            ("optional", field.optional),
            ("required", field.required),
        ] {
            if said {
                let flag = Ident::new(flag, Span::call_site());
                says.push(quote! { #flag: true });
            }
        }
        if let Some(cast) = field.cast {
            let cast = variant(cast);
            says.push(quote! { cast: #some(#rt::Cast::#cast) });
        }
        let new = quote! { #rt::Field::new(#name, #rt::Source::#source) };
        if says.is_empty() {
            new
        } else {
            quote! { #rt::Field { #(#says,)* ..#new } }
        }
    }
}
