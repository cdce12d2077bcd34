//! What conditions compare: the kinds of values, as far as the recipe tells them.

use crate::ast::{Hole, Rust, Spanned, Template, Value};

use super::scope::Scope;
use super::ty::Ty;

/// A kind of values. Two of different kinds are never equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`
    Bool,
    /// A whole number or any other
    Number,
    /// A text
    Text,
    /// A list
    List,
    /// A map, or a struct
    Map,
    /// `null`
    Null,
    /// Only the run tells.
    Any,
}

impl Kind {
    /// The kind in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Bool => "a bool",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Null => "`null`",
            Self::Any => "any value",
        }
    }

    /// The kind of a type's values, and whether there may be none.
    #[must_use]
    pub fn of(ty: &Ty) -> (Self, bool) {
        match ty {
            Ty::String => (Self::Text, false),
            Ty::Int | Ty::Float => (Self::Number, false),
            Ty::Bool => (Self::Bool, false),
            Ty::List(_) => (Self::List, false),
            Ty::Map | Ty::Record(_) | Ty::Given(_) => (Self::Map, false),
            Ty::Option(inner) => (Self::of(inner).0, true),
            Ty::Rust(rust) => of_rust(rust),
            Ty::Json | Ty::Opaque => (Self::Any, true),
        }
    }

    /// Whether values of both kinds may be equal.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self == other || [self, other].iter().any(|kind| matches!(kind, Self::Any | Self::Null))
    }
}

/// The kind of a Rust type, by its spelling.
fn of_rust(rust: &Rust) -> (Kind, bool) {
    match syn::parse2::<syn::Type>(rust.tokens.clone()) {
        Ok(ty) => of_syn(&ty),
        Err(_) => (Kind::Any, true),
    }
}

fn of_syn(ty: &syn::Type) -> (Kind, bool) {
    match ty {
        syn::Type::Reference(reference) => of_syn(&reference.elem),
        syn::Type::Paren(inner) => of_syn(&inner.elem),
        syn::Type::Group(inner) => of_syn(&inner.elem),
        syn::Type::Slice(_) | syn::Type::Array(_) => (Kind::List, false),
        syn::Type::Tuple(tuple) if !tuple.elems.is_empty() => (Kind::List, false),
        syn::Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return (Kind::Any, true) };
            match last.ident.to_string().as_str() {
                "bool" => (Kind::Bool, false),
                "String" | "str" | "char" => (Kind::Text, false),
                "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128"
                | "isize" | "f32" | "f64" => (Kind::Number, false),
                "Vec" | "VecDeque" | "HashSet" | "BTreeSet" => (Kind::List, false),
                "HashMap" | "BTreeMap" => (Kind::Map, false),
                "Box" | "Arc" | "Rc" => inner(last).map_or((Kind::Any, true), of_syn),
                "Option" => (inner(last).map_or(Kind::Any, |inner| of_syn(inner).0), true),
                _ => (Kind::Any, true),
            }
        }
        _ => (Kind::Any, true),
    }
}

/// The one type between a type's angle brackets.
fn inner(segment: &syn::PathSegment) -> Option<&syn::Type> {
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

impl Scope {
    /// The kind of a value that a condition compares, and whether there may be none.
    #[must_use]
    pub fn kind(&self, value: &Value) -> (Kind, bool) {
        match value {
            Value::Text(template) => match template.single() {
                Some(hole) => {
                    let (kind, missing) = self.hole_kind(hole);
                    (kind, missing && hole.fallback.is_none())
                }
                None => (Kind::Text, false),
            },
            Value::Int(_) | Value::Float(_) => (Kind::Number, false),
            Value::Bool(_) => (Kind::Bool, false),
            Value::Null(_) => (Kind::Null, true),
            Value::List(_) => (Kind::List, false),
            Value::Map(_) => (Kind::Map, false),
            Value::Rust(_) => (Kind::Any, true),
        }
    }

    fn hole_kind(&self, hole: &Hole) -> (Kind, bool) {
        self.find(hole).map_or((Kind::Any, true), |access| {
            let (kind, missing) = Kind::of(&access.ty);
            (kind, missing || access.may_miss())
        })
    }

    /// What stands in for a placeholder's value in a condition: its fallback, read as a value of the placeholder's kind, else
    /// of the kind that it is compared with, else as it would be written there.
    ///
    /// # Errors
    ///
    /// The kind that it is not a value of.
    pub fn stand_in(&self, template: &Template, other: Option<&Value>) -> Option<Result<Value, Kind>> {
        let hole = template.single()?;
        let text = hole.fallback.as_ref()?;
        let kind = match self.hole_kind(hole).0 {
            Kind::Any => other.map_or(Kind::Any, |other| self.kind(other).0),
            kind => kind,
        };
        let span = template.span;
        let number = || {
            let int = text.parse().ok().map(|value| Value::Int(Spanned { value, span }));
            let float = || text.parse().ok().filter(|value: &f64| value.is_finite());
            int.or_else(|| float().map(|value| Value::Float(Spanned { value, span })))
        };
        let bool = || text.parse().ok().map(|value| Value::Bool(Spanned { value, span }));
        let plain =
            Value::Text(Template { parts: vec![crate::ast::Part::Text(text.clone())], span, escaped: false });
        Some(match kind {
            Kind::Number => number().ok_or(kind),
            Kind::Bool => bool().ok_or(kind),
            Kind::Text => Ok(plain),
            Kind::List | Kind::Map => Err(kind),
            Kind::Any | Kind::Null => Ok(bool().or_else(number).unwrap_or(plain)),
        })
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;

    #[test]
    fn a_rust_type_s_kind_is_in_its_spelling() {
        let cases = [
            ("bool", Kind::Bool, false),
            ("Option<u8>", Kind::Number, true),
            ("std::vec::Vec<String>", Kind::List, false),
            ("&'static str", Kind::Text, false),
            ("(u8, u8)", Kind::List, false),
            ("Option<Vec<u8>>", Kind::List, true),
            ("std::collections::BTreeMap<String, u8>", Kind::Map, false),
            ("my::Own", Kind::Any, true),
            ("Option<Own>", Kind::Any, true),
        ];
        for (text, kind, missing) in cases {
            let rust = Rust { tokens: text.parse().expect("tokens"), span: Span::call_site() };
            assert_eq!(Kind::of(&Ty::Rust(rust)), (kind, missing), "{text}");
        }
    }
}
