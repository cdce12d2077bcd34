//! The Rust types of a task: `Input`, `Output`, and a struct for each `extract`.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;
use webtask_grammar::ast::{Input, Name};
use webtask_grammar::resolve::Record;
use webtask_program::{Expr, Given, Output, RustId, Shape, Slot};

use super::One;
use super::site::located;

impl One<'_> {
    /// A shape's type in Rust, where the steps stand.
    pub(super) fn shape(&self, shape: &Shape) -> TokenStream {
        self.shape_at(shape, false)
    }

    /// A shape's type in Rust, in the task's module if it is `within`.
    fn shape_at(&self, shape: &Shape, within: bool) -> TokenStream {
        let rt = self.rt();
        match shape {
            Shape::String => quote! { #rt::std::string::String },
            Shape::Int => quote! { i64 },
            Shape::Float => quote! { f64 },
            Shape::Bool => quote! { bool },
            Shape::Json => quote! { #rt::serde_json::Value },
            Shape::Map => quote! { #rt::serde_json::Map<#rt::std::string::String, #rt::serde_json::Value> },
            Shape::List(item) => {
                let item = self.shape_at(item, within);
                quote! { #rt::std::vec::Vec<#item> }
            }
            Shape::Option(item) => {
                let item = self.shape_at(item, within);
                quote! { #rt::std::option::Option<#item> }
            }
            Shape::Record(record) => self.record_path(&record.task, &record.name, within),
            Shape::Given(given) => self.given(*given),
            Shape::Rust(id) if within => located(self.helper(&self.alias(*id)), self.rust(*id).span),
            Shape::Rust(id) => self.rust(*id).tokens.clone(),
            Shape::Opaque => quote! { _ },
        }
    }

    fn given(&self, given: Given) -> TokenStream {
        let (rt, name) = (self.rt(), Ident::new(given.name(), Span::call_site()));
        quote! { #rt::results::#name }
    }

    /// The name of a type of the recipe's own, which means something where the recipe stands and not in the module. A
    /// message about it points at the type.
    fn alias(&self, id: RustId) -> Ident {
        let mut name = self.item(&format!("type{id}"));
        name.set_span(Span::call_site().located_at(self.rust(id).span));
        name
    }

    /// What serde derives. rustc points there for a field's type that is none of serde's: at the type if it is the only one of
    /// the recipe's own, else where the recipe names the task.
    fn derived<'s>(&self, shapes: impl Iterator<Item = &'s Shape>) -> TokenStream {
        let rt = self.rt();
        let mut ids = Vec::new();
        shapes.for_each(|shape| own_types(shape, &mut ids));
        let derived = quote! { #rt::serde::Serialize, #rt::serde::Deserialize };
        match ids[..] {
            [] => derived,
            [id] => located(derived, self.rust(id).span),
            _ => located(derived, self.task.name.span),
        }
    }

    /// How serde reads and writes a field with a type of the recipe's own: by functions that stand where that type does,
    /// so that rustc points there when it is none of serde's.
    fn through(&self, shape: &Shape, has_default: bool) -> Option<TokenStream> {
        let mut ids = Vec::new();
        own_types(shape, &mut ids);
        let rust = self.rust(*ids.first()?);
        let path = |function: &str| {
            let mut path = Literal::string(&format!("self::__own::{function}"));
            path.set_span(Span::call_site().located_at(rust.span));
            path
        };
        let (write, read) = (path("serialize"), path("deserialize"));
        let default = (!has_default && (matches!(shape, Shape::Option(_)) || is_option(&rust.tokens)))
            .then(|| quote! { #[serde(default)] });
        Some(quote! { #default #[serde(serialize_with = #write, deserialize_with = #read)] })
    }

    /// The aliases of all types of the recipe's own that the module names.
    pub(super) fn aliases(&self) -> TokenStream {
        let (ids, cfg) = (self.own_types(), self.cfg());
        let aliases = ids.iter().map(|id| {
            let (name, ty) = (self.alias(*id), &self.rust(*id).tokens);
            quote! { #cfg #[allow(non_camel_case_types)] type #name = #ty; }
        });
        aliases.collect()
    }

    /// The types of the recipe's own that the module names.
    pub(super) fn own_types(&self) -> Vec<RustId> {
        let task = &self.lowered.task;
        let mut ids = Vec::new();
        task.inputs.iter().for_each(|input| own_types(&input.shape, &mut ids));
        let fields = task.records.iter().flat_map(|record| &record.fields);
        fields.for_each(|(_, shape)| own_types(shape, &mut ids));
        match &task.output {
            Output::Value { shape, .. } => own_types(shape, &mut ids),
            Output::Fields(fields) => {
                fields.iter().for_each(|(_, slot)| own_types(&task.locals[*slot].shape, &mut ids));
            }
        }
        ids
    }

    /// The functions of the inputs' defaults.
    pub(super) fn defaults(&self) -> TokenStream {
        let (rt, cfg) = (self.rt(), self.cfg());
        let inputs = self.task.header.inputs.iter().zip(&self.lowered.task.inputs);
        let defaults = inputs.filter(|(input, _)| input.default.is_some()).map(|(input, known)| {
            let (function, ty) = (self.default_of(input), self.shape(&known.shape));
            let value = match &known.default {
                Some(value) => self.default_value(value, &ty),
                // It may be of another type.
                None => quote! { #rt::std::unreachable!() },
            };
            let vis = self.helper_vis();
            quote! {
                #cfg
                #[allow(non_snake_case)]
                #vis fn #function() -> #ty { #value }
            }
        });
        defaults.collect()
    }

    /// `Input` with its defaults.
    pub(super) fn input(&self) -> TokenStream {
        let rt = self.rt();
        let name = self.type_name("Input");
        let head = self.defined(&quote! { struct }, "Input");
        let inputs = self.task.header.inputs.iter().zip(&self.lowered.task.inputs);
        let fields = inputs.map(|(input, known)| {
            let ty = self.shape_at(&known.shape, true);
            let doc = input
                .doc
                .as_ref()
                .map_or_else(|| format!("Input `{}`.", input.name.text), |doc| doc.value.clone());
            let rename = rename(&input.name);
            let default = input.default.as_ref().map(|_| {
                let path = self.helper(&self.default_of(input)).to_string().replace(' ', "");
                quote! { #[serde(default = #path)] }
            });
            let through = self.through(&known.shape, input.default.is_some());
            let field = field_of(&input.name, through.is_some());
            quote! { #[doc = #doc] #rename #default #through #field: #ty, }
        });
        let fields: TokenStream = fields.collect();
        let default = self.task.header.inputs.iter().all(|input| !input.is_required()).then(|| {
            let values = self.task.header.inputs.iter().map(|input| {
                let (field, value) = (input.name.ident(), self.left_out_within(input));
                quote! { #field: #value }
            });
            quote! {
                impl #rt::std::default::Default for #name {
                    fn default() -> Self { Self { #(#values),* } }
                }
            }
        });
        let new = self.new_input();
        let doc = format!("The inputs of `{}`.", self.task.slug.value);
        let names: Vec<_> = self.task.header.inputs.iter().map(|input| &input.name).collect();
        let (debug, shown) = self.debug("Input", &names);
        let derived = self.derived(self.lowered.task.inputs.iter().map(|input| &input.shape));
        quote! {
            #[doc = #doc]
            #[allow(non_snake_case)]
            #[derive(Clone, #debug #derived)]
            #[serde(crate = "self::__serde", deny_unknown_fields)]
            #head { #fields }
            #shown
            #default
            #new
        }
    }

    /// `Input::new`, if there is a required input: it takes those, in their order.
    fn new_input(&self) -> Option<TokenStream> {
        let rt = self.rt();
        let name = self.type_name("Input");
        let inputs = || self.task.header.inputs.iter().zip(&self.lowered.task.inputs);
        let required = inputs().filter(|(input, _)| input.is_required()).map(|(input, known)| {
            let (field, ty) = (input.name.ident(), self.shape_at(&known.shape, true));
            match self.is_text(&known.shape) {
                true => quote! { #field: impl #rt::std::convert::Into<#ty> },
                false => quote! { #field: #ty },
            }
        });
        let required: Vec<_> = required.collect();
        if required.is_empty() {
            return None;
        }
        let values = inputs().map(|(input, known)| {
            let field = input.name.ident();
            match input.is_required() {
                false => {
                    let value = self.left_out_within(input);
                    quote! { #field: #value }
                }
                true if self.is_text(&known.shape) => {
                    quote! { #field: #rt::std::convert::Into::into(#field) }
                }
                true => quote! { #field },
            }
        });
        // rustc suggests it, and points there.
        let head = located(quote! { pub fn new(#(#required),*) -> Self }, self.task.name.span);
        Some(quote! {
            impl #name {
                /// The required inputs, with every other input left out.
                #[allow(dead_code, non_snake_case, clippy::too_many_arguments)]
                #head { Self { #(#values),* } }
            }
        })
    }

    /// Whether it is a text, which callers may give as a `&str`.
    fn is_text(&self, shape: &Shape) -> bool {
        match shape {
            Shape::String => true,
            Shape::Rust(id) => self.rust(*id).tokens.to_string() == "String",
            _ => false,
        }
    }

    /// What an input is that a caller leaves out.
    pub(super) fn left_out(&self, input: &Input) -> TokenStream {
        let function = self.default_of(input);
        self.left_out_by(input, &quote! { #function })
    }

    /// The same, as the task's module writes it.
    fn left_out_within(&self, input: &Input) -> TokenStream {
        self.left_out_by(input, &self.helper(&self.default_of(input)))
    }

    /// By the path of the function that gives its default.
    fn left_out_by(&self, input: &Input, function: &TokenStream) -> TokenStream {
        let rt = self.rt();
        match input.default {
            Some(_) => quote! { #function() },
            None => quote! { #rt::std::option::Option::None },
        }
    }

    fn default_value(&self, value: &Expr, ty: &TokenStream) -> TokenStream {
        let rt = self.rt();
        match value {
            Expr::Rust(id) => self.rust(*id).tokens.clone(),
            Expr::String(text) => quote! { #rt::std::convert::From::from(#text) },
            Expr::Int(number) => {
                let number = Literal::i64_unsuffixed(*number);
                quote! { (#number) as #ty }
            }
            Expr::Float(number) => quote! { #number as #ty },
            Expr::Null => quote! { #rt::std::default::Default::default() },
            other => self.expr(other),
        }
    }

    /// The structs of the task's `extract`s.
    pub(super) fn records(&self) -> TokenStream {
        let records = self.plan.records.iter().zip(&self.lowered.task.records);
        records.map(|(record, shape)| self.record(record, &shape.fields)).collect()
    }

    /// `Output`.
    pub(super) fn output(&self) -> TokenStream {
        let doc = format!("What `{}` gives.", self.task.slug.value);
        let fields = match &self.lowered.task.output {
            Output::Fields(fields) => fields,
            Output::Value { shape, .. } => {
                let head = self.defined(&quote! { type }, "Output");
                let ty = self.shape_at(shape, true);
                return quote! {
                    #[doc = #doc]
                    #head = #ty;
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
        let (head, doc) = (self.defined(&quote! { struct }, &record.name), &record.doc);
        let fields = self.record_fields(record, shapes);
        let names: Vec<_> = record.fields.iter().map(|(name, _)| name).collect();
        let (debug, shown) = self.debug(&record.name, &names);
        let derived = self.derived(shapes.iter().map(|(_, shape)| shape));
        let equal = shapes.iter().all(|(_, shape)| is_ours(shape)).then(|| quote! { PartialEq, });
        quote! {
            #[doc = #doc]
            #[allow(non_snake_case)]
            #[derive(Clone, #debug #equal #derived)]
            #[serde(crate = "self::__serde")]
            #head { #fields }
            #shown
        }
    }

    /// `Debug`, derived; or written, where the name of a field had to differ in Rust.
    fn debug(&self, item: &str, fields: &[&Name]) -> (Option<TokenStream>, Option<TokenStream>) {
        if fields.iter().all(|field| rename(field).is_none()) {
            return (Some(quote! { Debug, }), None);
        }
        let (rt, name) = (self.rt(), self.type_name(item));
        let fields = fields.iter().map(|field| {
            let (ident, text) = (field.ident(), &field.text);
            quote! { .field(#text, &self.#ident) }
        });
        let shown = quote! {
            impl #rt::std::fmt::Debug for #name {
                fn fmt(&self, f: &mut #rt::std::fmt::Formatter<'_>) -> #rt::std::fmt::Result {
                    f.debug_struct(#item) #(#fields)* .finish()
                }
            }
        };
        (None, Some(shown))
    }

    /// The fields of a struct, each with its type.
    pub(super) fn record_fields(&self, record: &Record, shapes: &[(String, Shape)]) -> TokenStream {
        let fields = record.fields.iter().zip(shapes).map(|((name, _), (_, shape))| {
            let (rename, ty) = (rename(name), self.shape_at(shape, true));
            let (doc, through) = (format!("`{}`", name.text), self.through(shape, false));
            let field = field_of(name, through.is_some());
            quote! { #[doc = #doc] #rename #through #field: #ty }
        });
        quote! { #(#fields),* }
    }
}

/// `pub NAME`. Of a field with a type of the recipe's own, all of it is ours but its place: rustc shows places together
/// only where they come from one macro.
fn field_of(name: &Name, own: bool) -> TokenStream {
    let mut field = name.ident();
    if !own {
        return quote! { pub #field };
    }
    field.set_span(Span::call_site().located_at(name.span));
    let public = located(quote! { pub }, name.span);
    quote! { #public #field }
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

/// The types of the recipe's own in a shape, each once.
fn own_types(shape: &Shape, ids: &mut Vec<RustId>) {
    match shape {
        Shape::Rust(id) if !ids.contains(id) => ids.push(*id),
        Shape::List(item) | Shape::Option(item) => own_types(item, ids),
        // Its fields are those of another struct.
        Shape::Record(_) | Shape::Rust(_) | Shape::Opaque => {}
        Shape::String
        | Shape::Int
        | Shape::Float
        | Shape::Bool
        | Shape::Json
        | Shape::Map
        | Shape::Given(_) => {}
    }
}

/// Whether a type is written as an `Option`, with whatever path.
fn is_option(ty: &TokenStream) -> bool {
    let head = |token: &TokenTree| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == '<');
    let last = ty.clone().into_iter().take_while(head).last();
    matches!(last, Some(TokenTree::Ident(name)) if name == "Option")
}
