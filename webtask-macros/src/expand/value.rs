//! Texts, numbers and values in Rust.
//!
//! What is written here may use `?`, so it stands only in statements of a task's body, never inside a closure.

use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use webtask_grammar::ast::{Name, Rust};
use webtask_program::{Arg, Expr, Found, Gives, Hole, Part, Read, RustId, Slot, Take, Template, Text, Url};

use super::{One, local, variant};

impl One<'_> {
    /// A piece of the recipe's Rust code.
    pub(super) fn rust(&self, id: RustId) -> &Rust {
        &self.lowered.side.rust[id]
    }

    /// The name of a local.
    pub(super) fn slot(&self, slot: Slot) -> Ident {
        self.lowered.side.names[slot].ident()
    }

    /// A text argument, as `&str`.
    pub(super) fn text(&self, text: &Text) -> TokenStream {
        let rt = self.rt();
        match text {
            Text::Literal(text) => quote! { #text },
            Text::Template(template) => {
                let text = self.template(template);
                quote! { &#text }
            }
            Text::Rust(id) => {
                let text = borrowed(self.rust(*id));
                quote! { #rt::str(#text) }
            }
        }
    }

    /// The address of a page or a server, as `&str`, marked when the recipe does not write it.
    pub(super) fn url(&self, url: &Url) -> TokenStream {
        let (rt, text) = (self.rt(), self.text(&url.text));
        match url.untrusted {
            true => quote! { #rt::untrusted(#text) },
            false => text,
        }
    }

    /// What may be left out, as an `Option`.
    pub(super) fn optional<T>(
        &self,
        value: Option<&T>,
        print: impl FnOnce(&T) -> TokenStream,
    ) -> TokenStream {
        let rt = self.rt();
        match value {
            Some(value) => {
                let value = print(value);
                quote! { #rt::std::option::Option::Some(#value) }
            }
            None => quote! { #rt::std::option::Option::None },
        }
    }

    pub(super) fn optional_text(&self, text: Option<&Text>) -> TokenStream {
        self.optional(text, |text| self.text(text))
    }

    pub(super) fn optional_time(&self, time: Option<&Arg<Duration>>) -> TokenStream {
        self.optional(time, |time| self.time(time))
    }

    pub(super) fn optional_count(&self, count: Option<&Arg<u64>>) -> TokenStream {
        self.optional(count, |count| self.count(count))
    }

    pub(super) fn time(&self, time: &Arg<Duration>) -> TokenStream {
        match time {
            Arg::Literal(time) => self.duration(*time),
            Arg::Hole { name, found, fallback } => {
                self.held("held_time", name, found, fallback.map(|time| self.duration(time)).as_ref())
            }
            Arg::Rust(id) => self.bracketed(*id),
        }
    }

    pub(super) fn duration(&self, time: Duration) -> TokenStream {
        let rt = self.rt();
        match u64::try_from(time.as_millis()) {
            Ok(millis) if Duration::from_millis(millis) == time => {
                quote! { #rt::std::time::Duration::from_millis(#millis) }
            }
            _ => {
                let (seconds, nanos) = (time.as_secs(), time.subsec_nanos());
                quote! { #rt::std::time::Duration::new(#seconds, #nanos) }
            }
        }
    }

    /// A number of things.
    pub(super) fn count(&self, count: &Arg<u64>) -> TokenStream {
        match count {
            Arg::Literal(count) => quote! { #count },
            Arg::Hole { name, found, fallback } => {
                self.held("held_count", name, found, fallback.map(ToTokens::into_token_stream).as_ref())
            }
            Arg::Rust(id) => {
                let (rt, tokens) = (self.rt(), &self.rust(*id).tokens);
                quote! { #rt::count(#tokens)? }
            }
        }
    }

    /// A number that need not be whole.
    pub(super) fn decimal(&self, number: &Arg<f64>) -> TokenStream {
        match number {
            Arg::Literal(number) => quote! { #number },
            Arg::Hole { name, found, fallback } => {
                self.held("held_number", name, found, fallback.map(ToTokens::into_token_stream).as_ref())
            }
            Arg::Rust(id) => self.bracketed(*id),
        }
    }

    /// What a placeholder finds, as the number or the duration that `function` makes of it.
    fn held(&self, function: &str, name: &str, found: &Found, fallback: Option<&TokenStream>) -> TokenStream {
        let (rt, found) = (self.rt(), self.found(found));
        let function = Ident::new(function, Span::mixed_site());
        let fallback = self.optional(fallback, Clone::clone);
        quote! { #rt::#function(#name, #found, #fallback)? }
    }

    /// A string with placeholders, as `String`.
    pub(super) fn template(&self, template: &Template) -> TokenStream {
        let rt = self.rt();
        let pieces = template.parts.iter().map(|part| match part {
            Part::Text(text) => quote! { #rt::Piece::Text(#text) },
            Part::Hole(Hole { name, found, fallback, place }) => {
                let (value, place) = (self.found(found), variant(place));
                let fallback = self.optional(fallback.as_ref(), ToTokens::to_token_stream);
                quote! { #rt::Piece::Hole(#rt::Hole { name: #name, value: #value, fallback: #fallback, place: #rt::Place::#place }) }
            }
        });
        quote! { #rt::text(&[#(#pieces),*])? }
    }

    /// A value.
    pub(super) fn expr(&self, expr: &Expr) -> TokenStream {
        let rt = self.rt();
        match expr {
            Expr::String(text) => quote! { #rt::std::string::String::from(#text) },
            Expr::Template(template) => self.template(template),
            Expr::Int(number) => quote! { #number },
            Expr::Float(number) => quote! { #number },
            Expr::Bool(value) => quote! { #value },
            Expr::Null => quote! { #rt::serde_json::Value::Null },
            Expr::List(items) => {
                let items = items.iter().map(|item| self.expr(item));
                quote! { #rt::std::vec![#(#items),*] }
            }
            Expr::Map(entries) => self.map(entries),
            Expr::Rust(id) => self.bracketed(*id),
            Expr::Secret(name) => {
                let cx = self.cx();
                quote! { #rt::secret(#cx, #name)? }
            }
            Expr::There { name, read } => {
                let found = self.read(read);
                match read.gives() {
                    Gives::Length => quote! { #rt::there(#name, #found)? },
                    Gives::Json | Gives::Shaped => quote! { #rt::there(#name, #found.cloned())? },
                }
            }
            Expr::Or { read, fallback } => {
                let found = self.read(read);
                quote! { #rt::or(#found, #fallback) }
            }
            Expr::Given { name, found } => {
                let found = self.found(found);
                quote! { #rt::given(#name, #found)? }
            }
            Expr::OrJson { found, fallback } => {
                let found = self.found(found);
                quote! { #rt::or_json(#found, #fallback) }
            }
            Expr::JsonText(text) => quote! { #rt::serde_json::Value::from(#text) },
            Expr::Json(plain) => {
                let plain = self.expr(plain);
                quote! { #rt::serde_json::Value::from(#plain) }
            }
            Expr::Object(map) => {
                let map = self.expr(map);
                quote! { #rt::serde_json::Value::Object(#map) }
            }
            // An empty one has no element whose type tells what it is.
            Expr::Array(list) => {
                let list = self.expr(list);
                quote! { #rt::serde_json::Value::Array(#list) }
            }
            Expr::RustJson(id) => {
                let value = borrowed(self.rust(*id));
                quote! { #rt::value(#value)? }
            }
            Expr::Missing => quote! { #rt::std::option::Option::None },
            Expr::Present(value) => {
                let value = self.expr(value);
                quote! { #rt::std::option::Option::Some(#value) }
            }
            Expr::AsFloat(value) => {
                let value = self.expr(value);
                quote! { (#value) as f64 }
            }
            Expr::Decode { label, value, shape } => {
                let (value, ty) = (self.expr(value), self.shape(shape));
                quote! { #rt::decode::<#ty>(#label, #value)? }
            }
        }
    }

    /// The entries as a map.
    pub(super) fn map(&self, entries: &[(String, Expr)]) -> TokenStream {
        let rt = self.rt();
        let entries = entries.iter().map(|(key, value)| {
            let value = self.expr(value);
            quote! { (#key, #value) }
        });
        quote! { #rt::map([#(#entries),*]) }
    }

    /// What a placeholder finds, as `Option<Value>`.
    pub(super) fn found(&self, found: &Found) -> TokenStream {
        let rt = self.rt();
        match found {
            Found::Secret(name) => {
                let cx = self.cx();
                quote! { #rt::std::option::Option::Some(#rt::serde_json::Value::from(#rt::secret(#cx, #name)?)) }
            }
            Found::Local(read) => {
                let found = self.read(read);
                match read.gives() {
                    Gives::Json => found,
                    Gives::Length => quote! { #found.map(#rt::serde_json::Value::from) },
                    Gives::Shaped => quote! { #rt::shown(#found)? },
                }
            }
        }
    }

    /// The way to a value: an option of a reference, or of what the last piece computes.
    fn read(&self, read: &Read) -> TokenStream {
        let rt = self.rt();
        let (root, v) = (self.slot(read.slot), local("v"));
        let mut way = quote! { #rt::std::option::Option::Some(&#root) };
        for take in &read.takes {
            way = match take {
                Take::Some => quote! { #way.and_then(#rt::std::option::Option::as_ref) },
                Take::Field { rust, .. } => {
                    let field = Name { text: rust.clone(), span: Span::call_site() }.ident();
                    quote! { #way.map(|#v| &#v.#field) }
                }
                Take::Index(index) => quote! { #way.and_then(|#v| #v.get(#index)) },
                Take::Length => quote! { #way.map(|#v| #rt::length(#v)) },
                Take::Json(path) => quote! { #way.and_then(|#v| #rt::Dig::dig(#v, &[#(#path),*])) },
                Take::Rust(path) => quote! { #rt::dig_rust(#way, &[#(#path),*])? },
            };
        }
        way
    }

    /// A Rust expression in parentheses.
    pub(super) fn bracketed(&self, id: RustId) -> TokenStream {
        let tokens = &self.rust(id).tokens;
        quote! { (#tokens) }
    }
}

/// A reference to what an expression gives. rustc points at the expression when its type is wrong, not at the whole
/// macro call.
fn borrowed(rust: &Rust) -> TokenStream {
    let tokens = &rust.tokens;
    quote_spanned! { rust.span => &(#tokens) }
}
