//! The Rust types of a task: `Input`, `Output`, and a struct for each `extract`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use webtask_grammar::ast::{Input, Name, Value};
use webtask_grammar::resolve::{Record, Ty};

use super::{One, default_of, mangled};

impl One<'_> {
    /// The type in Rust.
    pub(super) fn ty(&self, ty: &Ty) -> TokenStream {
        let rt = self.rt();
        match ty {
            Ty::String => quote! { #rt::std::string::String },
            Ty::Int => quote! { i64 },
            Ty::Float => quote! { f64 },
            Ty::Bool => quote! { bool },
            Ty::Json => quote! { #rt::serde_json::Value },
            Ty::Map => quote! { #rt::serde_json::Map<#rt::std::string::String, #rt::serde_json::Value> },
            Ty::List(item) => {
                let item = self.ty(item);
                quote! { #rt::std::vec::Vec<#item> }
            }
            Ty::Option(item) => {
                let item = self.ty(item);
                quote! { #rt::std::option::Option<#item> }
            }
            Ty::Record(record) => {
                let name = mangled(&record.task, &record.name);
                quote! { #name }
            }
            Ty::Given(given) => {
                let name = Ident::new(given.name(), Span::call_site());
                quote! { #rt::results::#name }
            }
            Ty::Rust(rust) => rust.tokens.clone(),
            Ty::Opaque => quote! { _ },
        }
    }

    /// The type of an input's field.
    pub(super) fn input_ty(&self, input: &Input) -> TokenStream {
        self.ty(&Ty::within_steps(input))
    }

    /// `Input` with its defaults, beside the macro call.
    pub(super) fn input(&self) -> TokenStream {
        let rt = self.rt();
        let name = self.item("Input");
        let vis = &self.task.vis;
        let serde = self.serde();
        let mut fields = TokenStream::new();
        let mut defaults = TokenStream::new();
        for input in &self.task.header.inputs {
            let (field, ty) = (input.name.ident(), self.input_ty(input));
            let doc = input
                .doc
                .as_ref()
                .map_or_else(|| format!("Input `{}`.", input.name.text), |doc| doc.value.clone());
            let rename = rename(&input.name);
            let default = input.default.as_ref().map(|value| {
                let function = default_of(&self.task.name.text, &input.name);
                let value = match value {
                    Value::Rust(_) => self.default_value(value, &ty),
                    // It may be of another type.
                    _ if self.all.broken => quote! { #rt::std::unreachable!() },
                    _ => self.default_value(value, &ty),
                };
                defaults.extend(quote! {
                    #[allow(non_snake_case)]
                    fn #function() -> #ty { #value }
                });
                let path = function.to_string();
                quote! { #[serde(default = #path)] }
            });
            fields.extend(quote! { #[doc = #doc] #rename #default pub #field: #ty, });
        }
        let names: Vec<_> = self.task.header.inputs.iter().map(|input| input.name.clone()).collect();
        let debug = self.debug(&name, "Input", &names);
        let default = self.task.header.inputs.iter().all(|input| !input.is_required()).then(|| {
            let values = self.task.header.inputs.iter().map(|input| {
                let (field, value) = (input.name.ident(), self.left_out(input));
                quote! { #field: #value }
            });
            quote! {
                impl #rt::std::default::Default for #name {
                    fn default() -> Self { Self { #(#values),* } }
                }
            }
        });
        let doc = format!("The inputs of `{}`.", self.task.slug.value);
        quote! {
            #defaults
            #[doc(hidden)]
            #[doc = #doc]
            #[allow(non_camel_case_types, non_snake_case)]
            #[derive(Clone, #rt::serde::Serialize, #rt::serde::Deserialize)]
            #[serde(crate = #serde, deny_unknown_fields)]
            #vis struct #name { #fields }
            #debug
            #default
        }
    }

    /// What an input is that a caller leaves out.
    pub(super) fn left_out(&self, input: &Input) -> TokenStream {
        let rt = self.rt();
        if input.default.is_some() {
            let function = default_of(&self.task.name.text, &input.name);
            quote! { #function() }
        } else {
            quote! { #rt::std::option::Option::None }
        }
    }

    fn default_value(&self, value: &Value, ty: &TokenStream) -> TokenStream {
        let rt = self.rt();
        match value {
            Value::Rust(rust) => {
                let tokens = &rust.tokens;
                quote! { #tokens }
            }
            Value::Text(template) => {
                let text = template.literal().unwrap_or_default();
                quote! { #rt::std::convert::From::from(#text) }
            }
            Value::Int(number) => {
                let number = proc_macro2::Literal::i64_unsuffixed(number.value);
                quote! { (#number) as #ty }
            }
            Value::Float(number) => {
                let number = number.value;
                quote! { #number as #ty }
            }
            Value::Bool(value) => {
                let value = value.value;
                quote! { #value }
            }
            Value::Null(_) => quote! { #rt::std::default::Default::default() },
            Value::List(items) => {
                let items = items.value.iter().map(|item| self.literal(item));
                quote! { #rt::std::vec![#(#items),*] }
            }
            Value::Map(entries) => {
                let entries = entries.value.iter().map(|entry| {
                    let (key, value) = (&entry.key.value, self.literal(&entry.value));
                    quote! { (#key, #value) }
                });
                quote! { #rt::map([#(#entries),*]) }
            }
        }
    }

    /// The structs of the task's `extract`s, beside the macro call.
    pub(super) fn records(&self) -> TokenStream {
        self.plan.records.iter().map(|record| self.record(record)).collect()
    }

    /// `Output`, beside the macro call.
    pub(super) fn output(&self) -> TokenStream {
        let vis = &self.task.vis;
        let name = self.item("Output");
        let doc = format!("What `{}` gives.", self.task.slug.value);
        if let Some(ty) = &self.plan.returns {
            let ty = self.ty(ty);
            return quote! {
                #[doc(hidden)]
                #[doc = #doc]
                #[allow(non_camel_case_types)]
                #vis type #name = #ty;
            };
        }
        let fields = self.plan.results.iter().map(|bound| (bound.name.clone(), bound.ty.clone())).collect();
        self.record(&Record { task: self.task.name.text.clone(), name: "Output".into(), fields, doc })
    }

    fn record(&self, record: &Record) -> TokenStream {
        let rt = self.rt();
        let vis = &self.task.vis;
        let (name, serde, doc) = (self.item(&record.name), self.serde(), &record.doc);
        let fields = self.record_fields(record);
        let names: Vec<_> = record.fields.iter().map(|(name, _)| name.clone()).collect();
        let debug = self.debug(&name, &record.name, &names);
        let equal = record.fields.iter().all(|(_, ty)| is_ours(ty)).then(|| quote! { PartialEq, });
        quote! {
            #[doc(hidden)]
            #[doc = #doc]
            #[allow(non_camel_case_types, non_snake_case)]
            #[derive(Clone, #equal #rt::serde::Serialize, #rt::serde::Deserialize)]
            #[serde(crate = #serde)]
            #vis struct #name { #fields }
            #debug
        }
    }

    /// The fields of a struct, each with its type.
    pub(super) fn record_fields(&self, record: &Record) -> TokenStream {
        let fields = record.fields.iter().map(|(name, ty)| {
            let (field, rename, ty) = (name.ident(), rename(name), self.ty(ty));
            let doc = format!("`{}`", name.text);
            quote! { #[doc = #doc] #rename pub #field: #ty }
        });
        quote! { #(#fields),* }
    }

    /// `Debug` with the name that the module gives the type.
    fn debug(&self, item: &Ident, name: &str, fields: &[Name]) -> TokenStream {
        let rt = self.rt();
        let fields = fields.iter().map(|field| {
            let (ident, text) = (field.ident(), &field.text);
            quote! { .field(#text, &self.#ident) }
        });
        quote! {
            impl #rt::std::fmt::Debug for #item {
                fn fmt(&self, f: &mut #rt::std::fmt::Formatter<'_>) -> #rt::std::fmt::Result {
                    f.debug_struct(#name) #(#fields)* .finish()
                }
            }
        }
    }

    /// The path to serde that its derives want as a string, which cannot say `$crate`.
    fn serde(&self) -> String {
        format!("self::{}::__serde", self.task.name.ident())
    }
}

/// The JSON name where the Rust one had to differ.
fn rename(name: &Name) -> Option<TokenStream> {
    let text = &name.text;
    matches!(text.as_str(), "self" | "super" | "crate" | "Self").then(|| quote! { #[serde(rename = #text)] })
}

/// Whether nothing of the user's own is in the type.
fn is_ours(ty: &Ty) -> bool {
    match ty {
        Ty::Rust(_) | Ty::Opaque => false,
        Ty::List(item) | Ty::Option(item) => is_ours(item),
        Ty::Record(record) => record.fields.iter().all(|(_, ty)| is_ours(ty)),
        _ => true,
    }
}
