//! What an `if` or a `loop` asks, as a Rust expression of type `bool`, which may use `?` and `.await`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use webtask_grammar::ast::{Comparator, Comparison, Condition, Matches, Value};
use webtask_grammar::resolve::Info;

use super::{One, script};

impl One<'_> {
    /// A condition; `cx` notes the step that asks it.
    pub(super) fn condition(&self, info: &Info, cx: &TokenStream, condition: &Condition) -> TokenStream {
        let asked = self.asked(info, cx, condition);
        match condition {
            Condition::Js(_) => asked,
            _ => quote! { { #cx; #asked } },
        }
    }

    fn asked(&self, info: &Info, cx: &TokenStream, condition: &Condition) -> TokenStream {
        let rt = self.rt();
        match condition {
            Condition::Js(asked) => {
                let source = script::source(asked);
                quote! { #rt::js_test(#cx, #source).await? }
            }
            Condition::Value(Value::Rust(rust)) => {
                let tokens = &rust.tokens;
                quote! { #tokens }
            }
            Condition::Value(value) => {
                let (name, value) = (value.shown(), self.operand(info, value, None));
                quote! { #rt::holds(#name, #value)? }
            }
            Condition::Compare(compared) => self.comparison(info, compared),
            Condition::Matches(Matches { text, regex }) => {
                let (name, regex) = (text.shown(), &regex.value);
                let text = self.operand(info, text, None);
                quote! { #rt::matches(#name, #text, #regex)? }
            }
            Condition::Not(inner) => {
                let inner = self.asked(info, cx, inner);
                quote! { !(#inner) }
            }
            Condition::And(parts) => {
                let parts = parts.iter().map(|part| self.asked(info, cx, part));
                quote! { #((#parts))&&* }
            }
            Condition::Or(parts) => {
                let parts = parts.iter().map(|part| self.asked(info, cx, part));
                quote! { #((#parts))||* }
            }
        }
    }

    fn comparison(&self, info: &Info, compared: &Comparison) -> TokenStream {
        let rt = self.rt();
        let Comparison { left, comparator, right } = compared;
        let variant = match comparator.value {
            Comparator::Equal => "Equal",
            Comparator::Unequal => "Unequal",
            Comparator::Less => "Less",
            Comparator::LessOrEqual => "LessOrEqual",
            Comparator::Greater => "Greater",
            Comparator::GreaterOrEqual => "GreaterOrEqual",
            Comparator::Contains => "Contains",
        };
        let variant = Ident::new(variant, Span::call_site());
        let (one, two) = (left.shown(), right.shown());
        let (left, right) = (self.operand(info, left, Some(right)), self.operand(info, right, Some(left)));
        quote! { #rt::compare(#one, #left, #rt::Comparator::#variant, #two, #right)? }
    }

    /// A value that is asked, or compared with another, as `Option<Value>`: none when there is none.
    fn operand(&self, info: &Info, value: &Value, other: Option<&Value>) -> TokenStream {
        let rt = self.rt();
        match value {
            Value::Text(template) if template.single().is_some() => {
                let hole = template.single().expect("it was one just now");
                let found = self.found(info, hole);
                match info.scope.stand_in(template, other) {
                    Some(Ok(fallback)) => {
                        let fallback = self.literal(&fallback);
                        quote! { #rt::or_value(#found, #fallback) }
                    }
                    _ => found,
                }
            }
            plain => {
                let plain = self.json(info, plain);
                quote! { #rt::std::option::Option::Some(#plain) }
            }
        }
    }
}
