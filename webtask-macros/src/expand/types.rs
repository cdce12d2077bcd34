//! The Rust types of a task: `Input`, `Output`, and a struct for each `extract`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use webtask_grammar::ast::{Input, Name};
use webtask_grammar::resolve::Record;
use webtask_program::{Expr, Given, Output, Shape, Slot};

use super::{One, default_of, mangled};

impl One<'_> {
    /// A shape's type in Rust.
    pub(super) fn shape(&self, shape: &Shape) -> TokenStream {
        let rt = self.rt();
        match shape {
            Shape::String => quote! { #rt::std::string::String },
            Shape::Int => quote! { i64 },
            Shape::Float => quote! { f64 },
            Shape::Bool => quote! { bool },
            Shape::Json => quote! { #rt::serde_json::Value },
            Shape::Map => quote! { #rt::serde_json::Map<#rt::std::string::String, #rt::serde_json::Value> },
            Shape::List(item) => {
                let item = self.shape(item);
                quote! { #rt::std::vec::Vec<#item> }
            }
            Shape::Option(item) => {
                let item = self.shape(item);
                quote! { #rt::std::option::Option<#item> }
            }
            Shape::Record(record) => mangled(&record.task, &record.name).into_token_stream(),
            Shape::Given(given) => self.given(*given),
            Shape::Rust(id) => self.rust(*id).tokens.clone(),
            Shape::Opaque => quote! { _ },
        }
    }

    fn given(&self, given: Given) -> TokenStream {
        let (rt, name) = (self.rt(), Ident::new(given.name(), Span::call_site()));
        quote! { #rt::results::#name }
    }

    /// `Input` with its defaults, beside the macro call.
    pub(super) fn input(&self) -> TokenStream {
        let rt = self.rt();
        let name = self.item("Input");
        let vis = &self.task.vis;
        let serde = self.serde();
        let mut fields = TokenStream::new();
        let mut defaults = TokenStream::new();
        for (input, known) in self.task.header.inputs.iter().zip(&self.lowered.task.inputs) {
            let (field, ty) = (input.name.ident(), self.shape(&known.shape));
            let doc = input
                .doc
                .as_ref()
                .map_or_else(|| format!("Input `{}`.", input.name.text), |doc| doc.value.clone());
            let rename = rename(&input.name);
            let default = input.default.as_ref().map(|_| {
                let function = default_of(&self.task.name.text, &input.name);
                let value = match &known.default {
                    Some(value) => self.default_value(value, &ty),
                    // It may be of another type.
                    None => quote! { #rt::std::unreachable!() },
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

    fn default_value(&self, value: &Expr, ty: &TokenStream) -> TokenStream {
        let rt = self.rt();
        match value {
            Expr::Rust(id) => self.rust(*id).tokens.clone(),
            Expr::String(text) => quote! { #rt::std::convert::From::from(#text) },
            Expr::Int(number) => {
                let number = proc_macro2::Literal::i64_unsuffixed(*number);
                quote! { (#number) as #ty }
            }
            Expr::Float(number) => quote! { #number as #ty },
            Expr::Null => quote! { #rt::std::default::Default::default() },
            other => self.expr(other),
        }
    }

    /// The structs of the task's `extract`s, beside the macro call.
    pub(super) fn records(&self) -> TokenStream {
        let records = self.plan.records.iter().zip(&self.lowered.task.records);
        records.map(|(record, shape)| self.record(record, &shape.fields)).collect()
    }

    /// `Output`, beside the macro call.
    pub(super) fn output(&self) -> TokenStream {
        let vis = &self.task.vis;
        let name = self.item("Output");
        let doc = format!("What `{}` gives.", self.task.slug.value);
        let fields = match &self.lowered.task.output {
            Output::Fields(fields) => fields,
            Output::Value { shape, .. } => {
                let ty = self.shape(shape);
                return quote! {
                    #[doc(hidden)]
                    #[doc = #doc]
                    #[allow(non_camel_case_types)]
                    #vis type #name = #ty;
                };
            }
        };
        let shape = |slot: &Slot| self.lowered.task.locals[*slot].shape.clone();
        let shapes: Vec<_> = fields.iter().map(|(name, slot)| (name.clone(), shape(slot))).collect();
        let names = self.plan.results.iter().map(|bound| (bound.name.clone(), bound.ty.clone())).collect();
        let task = self.task.name.text.clone();
        self.record(&Record { task, name: "Output".into(), fields: names, doc }, &shapes)
    }

    /// A struct; `shapes` are those of its fields.
    fn record(&self, record: &Record, shapes: &[(String, Shape)]) -> TokenStream {
        let rt = self.rt();
        let vis = &self.task.vis;
        let (name, serde, doc) = (self.item(&record.name), self.serde(), &record.doc);
        let fields = self.record_fields(record, shapes);
        let names: Vec<_> = record.fields.iter().map(|(name, _)| name.clone()).collect();
        let debug = self.debug(&name, &record.name, &names);
        let equal = shapes.iter().all(|(_, shape)| is_ours(shape)).then(|| quote! { PartialEq, });
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
    pub(super) fn record_fields(&self, record: &Record, shapes: &[(String, Shape)]) -> TokenStream {
        let fields = record.fields.iter().zip(shapes).map(|((name, _), (_, shape))| {
            let (field, rename, ty) = (name.ident(), rename(name), self.shape(shape));
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
fn is_ours(shape: &Shape) -> bool {
    match shape {
        Shape::Rust(_) | Shape::Opaque => false,
        Shape::List(item) | Shape::Option(item) => is_ours(item),
        Shape::Record(record) => record.fields.iter().all(|(_, shape)| is_ours(shape)),
        Shape::String
        | Shape::Int
        | Shape::Float
        | Shape::Bool
        | Shape::Json
        | Shape::Map
        | Shape::Given(_) => true,
    }
}
