//! Values in Rust: literals, placeholders with their way to what they mean, and the user's own expressions.
//!
//! What is written here may use `?`, so it stands only in statements of a task's body, never inside a closure.

use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use webtask_grammar::ast::{Arg, Entry, Hole, Part, Place, Rust, Template, Text, Value};
use webtask_grammar::resolve::{Access, By, Info, Take, Ty, is_supplied};

use super::{One, local};

impl One<'_> {
    /// A text argument, as `&str`.
    pub(super) fn text(&self, info: &Info, text: &Text) -> TokenStream {
        let rt = self.rt();
        match text {
            Text::Template(template) => match template.literal() {
                Some(text) => quote! { #text },
                None => {
                    let text = self.template(info, template);
                    quote! { &#text }
                }
            },
            Text::Rust(rust) => {
                let text = borrowed(rust);
                quote! { #rt::str(#text) }
            }
        }
    }

    /// The address of a page or a server, as `&str`, marked when the recipe does not write it.
    pub(super) fn url(&self, info: &Info, url: &Text) -> TokenStream {
        let (rt, text) = (self.rt(), self.text(info, url));
        match is_supplied(url, &info.scope) {
            true => quote! { #rt::supplied(#text) },
            false => text,
        }
    }

    /// A text argument that may be left out.
    pub(super) fn optional_text(&self, info: &Info, text: Option<&Text>) -> TokenStream {
        let rt = self.rt();
        match text {
            Some(text) => {
                let text = self.text(info, text);
                quote! { #rt::std::option::Option::Some(#text) }
            }
            None => quote! { #rt::std::option::Option::None },
        }
    }

    pub(super) fn time(&self, info: &Info, time: &Arg<Duration>) -> TokenStream {
        match time {
            Arg::Literal(time) => self.duration(time.value),
            Arg::Hole(held) => {
                let fallback = held.fallback.map(|time| self.duration(time));
                self.held(info, "held_time", &held.hole, fallback)
            }
            Arg::Rust(rust) => {
                let tokens = &rust.tokens;
                quote! { (#tokens) }
            }
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

    pub(super) fn optional_time(&self, info: &Info, time: Option<&Arg<Duration>>) -> TokenStream {
        let rt = self.rt();
        match time {
            Some(time) => {
                let time = self.time(info, time);
                quote! { #rt::std::option::Option::Some(#time) }
            }
            None => quote! { #rt::std::option::Option::None },
        }
    }

    /// A number of things.
    pub(super) fn count(&self, info: &Info, count: &Arg<u64>) -> TokenStream {
        match count {
            Arg::Hole(held) => {
                let fallback = held.fallback.map(|count| quote! { #count });
                self.held(info, "held_count", &held.hole, fallback)
            }
            Arg::Literal(count) => {
                let count = count.value;
                quote! { #count }
            }
            Arg::Rust(rust) => {
                let (rt, tokens) = (self.rt(), &rust.tokens);
                quote! { #rt::count(#tokens)? }
            }
        }
    }

    /// A number of things that may be left out.
    pub(super) fn optional_count(&self, info: &Info, count: Option<&Arg<u64>>) -> TokenStream {
        let rt = self.rt();
        match count {
            Some(count) => {
                let count = self.count(info, count);
                quote! { #rt::std::option::Option::Some(#count) }
            }
            None => quote! { #rt::std::option::Option::None },
        }
    }

    /// A number that need not be whole.
    pub(super) fn decimal(&self, info: &Info, number: &Arg<f64>) -> TokenStream {
        match number {
            Arg::Literal(number) => {
                let number = number.value;
                quote! { #number }
            }
            Arg::Hole(held) => {
                let fallback = held.fallback.map(|number| quote! { #number });
                self.held(info, "held_number", &held.hole, fallback)
            }
            Arg::Rust(rust) => {
                let tokens = &rust.tokens;
                quote! { (#tokens) }
            }
        }
    }

    /// What a placeholder finds, as the number or the duration that `function` makes of it.
    fn held(&self, info: &Info, function: &str, hole: &Hole, fallback: Option<TokenStream>) -> TokenStream {
        let rt = self.rt();
        let function = Ident::new(function, Span::mixed_site());
        let (name, found) = (hole.lookup(), self.found(info, hole));
        let fallback = match fallback {
            Some(value) => quote! { #rt::std::option::Option::Some(#value) },
            None => quote! { #rt::std::option::Option::None },
        };
        quote! { #rt::#function(#name, #found, #fallback)? }
    }

    /// A string with placeholders, as `String`.
    pub(super) fn template(&self, info: &Info, template: &Template) -> TokenStream {
        let rt = self.rt();
        let pieces = template.parts.iter().map(|part| match part {
            Part::Text(text) => quote! { #rt::Piece::Text(#text) },
            Part::Hole(hole) => {
                // What a caller names by an input of type `path` may be several names.
                let place = match hole.place {
                    Place::Path if info.scope.get(&hole.name).is_some_and(|bound| bound.by == By::Path) => Place::Below,
                    place => place,
                };
                let (name, place) = (hole.lookup(), self.place(place));
                let value = self.found(info, hole);
                let fallback = match &hole.fallback {
                    Some(text) => quote! { #rt::std::option::Option::Some(#text) },
                    None => quote! { #rt::std::option::Option::None },
                };
                quote! { #rt::Piece::Hole(#rt::Hole { name: #name, value: #value, fallback: #fallback, place: #place }) }
            }
        });
        quote! { #rt::text(&[#(#pieces),*])? }
    }

    fn place(&self, place: Place) -> TokenStream {
        let rt = self.rt();
        let name = match place {
            Place::Text => quote! { Text },
            Place::UrlWhole => quote! { UrlWhole },
            Place::UrlBase => quote! { UrlBase },
            Place::UrlHost => quote! { UrlHost },
            Place::UrlPath => quote! { UrlPath },
            Place::UrlQuery => quote! { UrlQuery },
            Place::UrlFragment => quote! { UrlFragment },
            Place::CssString => quote! { CssString },
            Place::CssIdent => quote! { CssIdent },
            Place::CssNumber => quote! { CssNumber },
            Place::LocatorText => quote! { LocatorText },
            Place::XPathString => quote! { XPathString },
            Place::Path => quote! { Path },
            Place::Below => quote! { Below },
            Place::Header => quote! { Header },
            Place::Html => quote! { Html },
        };
        quote! { #rt::Place::#name }
    }

    /// A value with the type that [`Scope::type_of`](webtask_grammar::resolve::Scope::type_of) gives it.
    pub(super) fn typed(&self, info: &Info, value: &Value) -> TokenStream {
        let rt = self.rt();
        match value {
            Value::Text(template) => match (template.literal(), template.single()) {
                (Some(text), _) => quote! { #rt::std::string::String::from(#text) },
                (None, Some(hole)) => self.single(info, hole),
                (None, None) => self.template(info, template),
            },
            Value::Int(number) => {
                let number = number.value;
                quote! { #number }
            }
            Value::Float(number) => {
                let number = number.value;
                quote! { #number }
            }
            Value::Bool(value) => {
                let value = value.value;
                quote! { #value }
            }
            Value::Null(_) => quote! { #rt::serde_json::Value::Null },
            Value::List(items) => {
                let items = items.value.iter().map(|item| self.json(info, item));
                quote! { #rt::std::vec![#(#items),*] }
            }
            Value::Map(entries) => self.map(info, &entries.value),
            Value::Rust(rust) => {
                let tokens = &rust.tokens;
                quote! { (#tokens) }
            }
        }
    }

    /// A value as JSON.
    pub(super) fn json(&self, info: &Info, value: &Value) -> TokenStream {
        let rt = self.rt();
        match value {
            Value::Text(template) => match (template.literal(), template.single()) {
                (Some(text), _) => quote! { #rt::serde_json::Value::from(#text) },
                (None, Some(hole)) => {
                    let (found, name) = (self.found(info, hole), hole.lookup());
                    match &hole.fallback {
                        Some(text) => quote! { #rt::or_json(#found, #text) },
                        None => quote! { #rt::given(#name, #found)? },
                    }
                }
                (None, None) => {
                    let text = self.template(info, template);
                    quote! { #rt::serde_json::Value::from(#text) }
                }
            },
            Value::Map(_) => {
                let map = self.typed(info, value);
                quote! { #rt::serde_json::Value::Object(#map) }
            }
            // An empty one has no element whose type tells what it is.
            Value::List(_) => {
                let list = self.typed(info, value);
                quote! { #rt::serde_json::Value::Array(#list) }
            }
            Value::Rust(rust) => {
                let value = borrowed(rust);
                quote! { #rt::value(#value)? }
            }
            plain => {
                let plain = self.typed(info, plain);
                quote! { #rt::serde_json::Value::from(#plain) }
            }
        }
    }

    /// A value without placeholders or Rust, as JSON.
    pub(super) fn literal(&self, value: &Value) -> TokenStream {
        self.json(&Info::default(), value)
    }

    /// The entries as a map.
    pub(super) fn map(&self, info: &Info, entries: &[Entry]) -> TokenStream {
        let rt = self.rt();
        let entries = entries.iter().map(|entry| {
            let (key, value) = (&entry.key.value, self.json(info, &entry.value));
            quote! { (#key, #value) }
        });
        quote! { #rt::map([#(#entries),*]) }
    }

    /// A value as that type; at run time an error that names `label` when it does not fit.
    pub(super) fn convert(&self, info: &Info, value: &Value, to: &Ty, label: &str) -> TokenStream {
        let rt = self.rt();
        let from = info.scope.type_of(value);
        match (value, &from, to) {
            (_, from, to) if from == to => self.typed(info, value),
            (Value::Null(_), _, Ty::Option(_)) => quote! { #rt::std::option::Option::None },
            (_, _, Ty::Option(inner)) => {
                let value = self.convert(info, value, inner, label);
                quote! { #rt::std::option::Option::Some(#value) }
            }
            (_, _, Ty::Json) => self.json(info, value),
            (Value::Rust(_), _, _) | (_, _, Ty::Opaque) => self.typed(info, value),
            (_, Ty::Int, Ty::Float) => {
                let value = self.typed(info, value);
                quote! { (#value) as f64 }
            }
            _ => {
                let (value, ty) = (self.json(info, value), self.ty(to));
                quote! { #rt::decode::<#ty>(#label, #value)? }
            }
        }
    }

    /// What a placeholder finds, as `Option<Value>`.
    pub(super) fn found(&self, info: &Info, hole: &Hole) -> TokenStream {
        let rt = self.rt();
        let Ok(access) = info.scope.find(hole) else { return quote! { #rt::std::option::Option::None } };
        let found = self.reach(&access);
        match access.takes.last() {
            _ if access.root.by == By::Secret => found,
            Some(Take::Json(_) | Take::Rust(_)) => found,
            Some(Take::Length) => quote! { #found.map(#rt::serde_json::Value::from) },
            _ => quote! { #rt::shown(#found)? },
        }
    }

    /// A string that is exactly one placeholder: the value with its own type.
    fn single(&self, info: &Info, hole: &Hole) -> TokenStream {
        let rt = self.rt();
        let name = hole.lookup();
        let Ok(access) = info.scope.find(hole) else { return quote! { #rt::std::unreachable!() } };
        match (&hole.fallback, &access.ty) {
            (Some(text), Ty::String) if access.root.by != By::Secret => {
                let found = self.reach(&access);
                quote! { #rt::or(#found, #text) }
            }
            (Some(text), _) => {
                let found = self.found(info, hole);
                quote! { #rt::or_json(#found, #text) }
            }
            (None, Ty::Json) => {
                let found = self.found(info, hole);
                quote! { #rt::given(#name, #found)? }
            }
            (None, _) if access.root.by == By::Secret => {
                let text = &access.root.name.text;
                let cx = self.cx();
                quote! { #rt::secret(#cx, #text)? }
            }
            (None, _) => {
                let found = self.reach(&access);
                match access.takes.last() {
                    Some(Take::Length) => quote! { #rt::there(#name, #found)? },
                    _ => quote! { #rt::there(#name, #found.cloned())? },
                }
            }
        }
    }

    /// The way to a value: an option of a reference, or of what the last piece computes.
    fn reach(&self, access: &Access) -> TokenStream {
        let rt = self.rt();
        if access.root.by == By::Secret {
            let (cx, name) = (self.cx(), &access.root.name.text);
            return quote! { #rt::std::option::Option::Some(#rt::serde_json::Value::from(#rt::secret(#cx, #name)?)) };
        }
        let root = access.root.name.ident();
        let v = local("v");
        let mut way = quote! { #rt::std::option::Option::Some(&#root) };
        for take in &access.takes {
            way = match take {
                Take::Some => quote! { #way.and_then(#rt::std::option::Option::as_ref) },
                Take::Field(name) => {
                    let field = name.ident();
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
}

/// A reference to what an expression gives. rustc points at the expression when its type is wrong, not at the whole
/// macro call.
fn borrowed(rust: &Rust) -> TokenStream {
    let tokens = &rust.tokens;
    quote_spanned! { rust.span => &(#tokens) }
}
