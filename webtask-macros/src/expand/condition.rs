//! What an `if` or a `loop` asks, as a Rust expression of type `bool`, which may use `?` and `.await`.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_program::{Condition, Operand};

use super::{One, script, variant};

impl One<'_> {
    /// A condition; `cx` notes the step that asks it.
    pub(super) fn condition(&self, cx: &TokenStream, condition: &Condition) -> TokenStream {
        let asked = self.asked(cx, condition);
        match condition {
            Condition::Js(_) => asked,
            _ => quote! { { #cx; #asked } },
        }
    }

    fn asked(&self, cx: &TokenStream, condition: &Condition) -> TokenStream {
        let rt = self.rt();
        match condition {
            Condition::Js(asked) => {
                let source = script::source(asked);
                quote! { #rt::js_test(#cx, #source).await? }
            }
            Condition::Rust(id) => self.rust(*id).tokens.clone(),
            Condition::Holds { name, value } => {
                let value = self.operand(value);
                quote! { #rt::holds(#name, #value)? }
            }
            Condition::Compare { left_name, left, comparator, right_name, right } => {
                let comparator = variant(comparator);
                let (left, right) = (self.operand(left), self.operand(right));
                quote! { #rt::compare(#left_name, #left, #rt::Comparator::#comparator, #right_name, #right)? }
            }
            Condition::Matches { name, text, regex } => {
                let text = self.operand(text);
                quote! { #rt::matches(#name, #text, #regex)? }
            }
            Condition::Not(inner) => {
                let inner = self.asked(cx, inner);
                quote! { !(#inner) }
            }
            Condition::And(parts) => {
                let parts = parts.iter().map(|part| self.asked(cx, part));
                quote! { #((#parts))&&* }
            }
            Condition::Or(parts) => {
                let parts = parts.iter().map(|part| self.asked(cx, part));
                quote! { #((#parts))||* }
            }
        }
    }

    /// A value that is asked or compared, as `Option<Value>`.
    fn operand(&self, operand: &Operand) -> TokenStream {
        let rt = self.rt();
        match operand {
            Operand::Found(found) => self.found(found),
            Operand::Or { found, fallback } => {
                let (found, fallback) = (self.found(found), self.expr(fallback));
                quote! { #rt::or_value(#found, #fallback) }
            }
            Operand::Value(value) => {
                let value = self.expr(value);
                quote! { #rt::std::option::Option::Some(#value) }
            }
        }
    }
}
