//! What an `if` or a `loop` asks: whether each value has a truth, and whether two can be compared.

use proc_macro2::Span;

use super::Walk;
use super::values::span;
use crate::ast::{Comparator, Comparison, Condition, Template, Value};
use crate::resolve::kind::Kind;
use crate::resolve::scope::By;
use crate::resolve::ty::Ty;

impl<'t> Walk<'_, 't> {
    /// Checks a condition; `word` asks it.
    pub(super) fn condition(&mut self, condition: &Condition, word: &str) {
        match condition {
            Condition::Js(_) => self.browser(),
            Condition::Value(asked) => {
                self.value(asked);
                if let Value::Text(template) = asked {
                    self.truth(template, word);
                }
            }
            Condition::Compare(compared) => {
                self.value(&compared.left);
                self.value(&compared.right);
                self.comparison(compared);
            }
            Condition::Matches(matches) => {
                self.value(&matches.text);
                self.stand_in(&matches.text, None);
                let (kind, _) = self.scope.kind(&matches.text);
                if !matches!(kind, Kind::Text | Kind::Any) {
                    let message = format!("`matches` reads a string, and this is {}", kind.words());
                    self.wrong(span(&matches.text), message, "compare it with `==`, `<` or `>`");
                }
            }
            Condition::Not(inner) => self.condition(inner, word),
            Condition::And(parts) | Condition::Or(parts) => {
                parts.iter().for_each(|part| self.condition(part, word));
            }
        }
    }

    /// A placeholder that is asked by itself can hold and can fail.
    fn truth(&mut self, template: &Template, word: &str) {
        let Some(hole) = template.single() else { return };
        let Ok(access) = self.scope.find(hole) else { return };
        let name = hole.lookup();
        let (kind, missing) = self.scope.kind(&Value::Text(template.clone()));
        let missing = missing || hole.fallback.is_some();
        let is_there = format!("whether it is there: `{word} \"{{{{{name}}}}}\" != null`");
        let (message, help) = match kind {
            Kind::List => {
                let mut help = format!("write `{word} \"{{{{{name}.length}}}}\"`");
                if missing {
                    help = format!("{help}, or ask {is_there}");
                }
                if matches!(access.ty, Ty::Rust(_)) {
                    help = format!("write `{word} ({name}.len() > 0)`");
                }
                (format!("`{{{{{name}}}}}` is a list, which is neither true nor false"), help)
            }
            Kind::Map if matches!(access.ty, Ty::Record(_) | Ty::Given(_)) => {
                if missing {
                    return;
                }
                let field = match &access.ty {
                    Ty::Record(record) => record.fields.first().map(|(name, _)| name.text.clone()),
                    Ty::Given(given) => given.fields().first().map(|field| field.json.to_owned()),
                    _ => None,
                };
                let field = field.unwrap_or_else(|| "field".to_owned());
                let help = format!("ask one of its fields: `{word} \"{{{{{name}.{field}}}}}\"`");
                (format!("`{{{{{name}}}}}` is an object, which is always there"), help)
            }
            Kind::Map => {
                let mut help = format!("ask a value in it: `{word} \"{{{{{name}.key}}}}\"`");
                if missing {
                    help = format!("{help}, or {is_there}");
                }
                (format!("`{{{{{name}}}}}` is a map, which is neither true nor false"), help)
            }
            Kind::Text if hole.fallback.as_ref().is_some_and(|text| !text.is_empty()) => {
                let help =
                    format!("a missing or empty value does not hold: write `{word} \"{{{{{name}}}}}\"`");
                (format!("`{{{{{name}|or:…}}}}` always holds"), help)
            }
            _ => {
                self.stand_in(&Value::Text(template.clone()), None);
                return;
            }
        };
        self.wrong(template.span, message, &help);
    }

    /// Both sides are of kinds that the operator compares.
    fn comparison(&mut self, compared: &Comparison) {
        let Comparison { left, comparator, right } = compared;
        let told = self.calls.problems.len();
        self.stand_in(left, Some(right));
        self.stand_in(right, Some(left));
        if self.calls.problems.len() > told {
            return;
        }
        let ((one, one_missing), (two, two_missing)) = (self.scope.kind(left), self.scope.kind(right));
        match comparator.value {
            Comparator::Equal | Comparator::Unequal => {
                for (value, kind, missing, other) in
                    [(left, one, one_missing, two), (right, two, two_missing, one)]
                {
                    if other == Kind::Null && !missing {
                        let help = match kind {
                            Kind::Text => "what is not there is an empty text here: compare it with `\"\"`",
                            _ => "compare it with another value",
                        };
                        self.wrong(span(value), format!("{} is never `null`", value.shown()), help);
                        return;
                    }
                }
                if !one.meets(two) {
                    let message = format!(
                        "{} is {} and {} is {}: they are never equal",
                        left.shown(),
                        one.words(),
                        right.shown(),
                        two.words()
                    );
                    let help = unlike((left, one), (right, two));
                    self.wrong(comparator.span, message, &help);
                }
            }
            Comparator::Contains => {
                let message = match (one, two) {
                    (Kind::List | Kind::Any, _) => return,
                    (Kind::Text, Kind::Text | Kind::Any) => return,
                    (Kind::Text, _) => {
                        format!("a string contains strings, and {} is {}", right.shown(), two.words())
                    }
                    _ => {
                        format!("`contains` asks a string or a list, and {} is {}", left.shown(), one.words())
                    }
                };
                let help = "write `TEXT contains TEXT` or `LIST contains VALUE`";
                self.wrong(comparator.span, message, help);
            }
            order => {
                for (value, kind) in [(left, one), (right, two)] {
                    if !matches!(kind, Kind::Number | Kind::Any) {
                        let message = format!(
                            "`{}` compares numbers, and {} is {}",
                            order.text(),
                            value.shown(),
                            kind.words()
                        );
                        let help = match (kind, number(value)) {
                            (_, Some(number)) => format!("write `{number}`"),
                            (Kind::Text, None) => self.numeric(value),
                            (Kind::List, None) if value.shown().starts_with("`{{") => {
                                let name = value.shown();
                                format!(
                                    "write `\"{}.length}}}}\"`",
                                    name.trim_matches('`').trim_end_matches('}')
                                )
                            }
                            _ => "write a number, or a placeholder that is one".to_owned(),
                        };
                        self.wrong(comparator.span, message, &help);
                        return;
                    }
                }
            }
        }
    }

    /// How a text becomes a number, by where it comes from.
    fn numeric(&self, value: &Value) -> String {
        let hole = match value {
            Value::Text(template) => template.single(),
            _ => None,
        };
        let by = hole.filter(|hole| hole.path.is_empty()).and_then(|hole| self.scope.get(&hole.name));
        match by.map(|bound| (bound.by, &bound.name.text)) {
            Some((By::Input, name)) => format!("declare it as a number: `input {name} int`"),
            Some((By::Setting, _)) => "a setting is a text: compare it with `==`".to_owned(),
            _ => "read it as a number where it comes from, by `int` or `float`".to_owned(),
        }
    }

    /// A fallback is a value of the kind that is asked for.
    fn stand_in(&mut self, value: &Value, other: Option<&Value>) {
        let Value::Text(template) = value else { return };
        let Some(Err(kind)) = self.scope.stand_in(template, other) else { return };
        let fallback = template.single().and_then(|hole| hole.fallback.clone()).unwrap_or_default();
        let help = match kind {
            Kind::Number => "write a number, like `{{name|or:0}}`",
            Kind::Bool => "write `true` or `false`, like `{{name|or:false}}`",
            _ => "remove the fallback: a missing value is not an element and has no key",
        };
        let message = format!("bad fallback `{fallback}`: the value is {}", kind.words());
        self.wrong(template.span, message, help);
    }

    fn wrong(&mut self, at: Span, message: impl Into<String>, help: &str) {
        self.calls.problems.help(at, message, help);
    }
}

/// The number that is written as a text.
fn number(value: &Value) -> Option<&str> {
    let Value::Text(template) = value else { return None };
    template
        .literal()
        .filter(|text| text.parse::<i64>().is_ok() || text.parse::<f64>().is_ok_and(f64::is_finite))
}

/// What to write instead of a comparison of two kinds.
fn unlike(left: (&Value, Kind), right: (&Value, Kind)) -> String {
    for ((value, kind), (_, other)) in [(right, left), (left, right)] {
        match (kind, other) {
            (Kind::Text, Kind::Number) if number(value).is_some() => {
                return format!("write `{}`", number(value).unwrap_or_default());
            }
            (Kind::Text, Kind::Bool) => {
                if let Value::Text(template) = value
                    && let Some(text @ ("true" | "false")) = template.literal()
                {
                    return format!("write `{text}`");
                }
            }
            (Kind::Number | Kind::Bool, Kind::Text)
                if matches!(value, Value::Int(_) | Value::Float(_) | Value::Bool(_)) =>
            {
                let written = value.shown();
                let cast = if kind == Kind::Bool { "`bool`" } else { "`int` or `float`" };
                return format!(
                    "write `\"{}\"` for the text, or read the other side by {cast} where it comes from",
                    written.trim_matches('`')
                );
            }
            _ => {}
        }
    }
    "compare values of one kind".to_owned()
}
