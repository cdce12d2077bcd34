//! The structs of `extract!`: as a recipe's, but with names of their own, and what reads them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use webtask_grammar::resolve::{Record, camel};
use webtask_program::{Op, Shape};

use super::One;
use crate::extract::Struct;

impl One<'_> {
    pub(super) fn extracted(&self, one: &Struct) -> TokenStream {
        let (rt, name) = (self.rt(), &one.name);
        let records = self.plan.records.iter().zip(&self.lowered.task.records);
        let records: TokenStream =
            records.map(|(record, shape)| self.plain_record(record, &shape.fields, one)).collect();
        if self.task.body.steps.is_empty() {
            return records;
        }
        let fields = match self.lowered.task.body.steps.first().map(|step| &step.op) {
            Some(Op::Extract { spec: Some(spec), .. }) => self.fields(&spec.fields),
            _ => quote! { &[] },
        };
        let (text, support) = (name.to_string(), self.support(one));
        let serde = quote! { #rt::serde::de::DeserializeOwned };
        quote! {
            #records

            #[doc(hidden)]
            #[allow(non_snake_case)]
            mod #support {
                pub(super) use #rt::schemars;
                pub(super) use #rt::serde;
            }

            impl #rt::Fields for #name {
                fn extract<'a, R>(
                    cx: &'a #rt::Cx,
                    from: &'a #rt::std::primitive::str,
                    repeat: #rt::std::primitive::bool,
                    limit: #rt::std::option::Option<#rt::std::primitive::u64>,
                ) -> #rt::Extracted<'a, R>
                where
                    R: #serde + #rt::std::marker::Send + 'static,
                {
                    #rt::std::boxed::Box::pin(async move {
                        #rt::extract(cx, &#rt::Spec { name: #text, from, repeat, limit, fields: #fields }).await
                    })
                }
            }
        }
    }

    /// A struct with its name as it is.
    fn plain_record(&self, record: &Record, shapes: &[(String, Shape)], one: &Struct) -> TokenStream {
        let rt = self.rt();
        let (vis, fields, support) = (&one.vis, self.record_fields(record, shapes), self.support(one));
        let top = record.name == camel(&one.name.to_string());
        let name = if top { one.name.clone() } else { self.type_name(&record.name) };
        let attributes = if top { one.attributes.as_slice() } else { &[] };
        let doc = format!("What is read into [`{}`].", one.name);
        let doc = attributes
            .iter()
            .all(|attribute| !attribute.path().is_ident("doc"))
            .then(|| quote! { #[doc = #doc] });
        let (serde, schemars) = (format!("self::{support}::serde"), format!("self::{support}::schemars"));
        quote! {
            #doc
            #(#attributes)*
            #[derive(Clone, Debug, PartialEq, #rt::serde::Serialize, #rt::serde::Deserialize, #rt::schemars::JsonSchema)]
            #[serde(crate = #serde)]
            #[schemars(crate = #schemars)]
            #vis struct #name { #fields }
        }
    }

    /// The module that has what derives name by a string.
    pub(super) fn support(&self, one: &Struct) -> proc_macro2::Ident {
        format_ident!("__{}_support", one.name)
    }
}
