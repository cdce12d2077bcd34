//! What an `if` or a loop asks.

use webtask_program::{Condition, Operand};

use crate::ast::{self, Comparison, Matches, Value};
use crate::resolve::Info;

use super::{Lower, step};

impl Lower<'_> {
    pub(super) fn condition(&mut self, info: &Info, condition: &ast::Condition) -> Condition {
        let mut all =
            |parts: &[ast::Condition]| parts.iter().map(|part| self.condition(info, part)).collect();
        match condition {
            ast::Condition::Js(script) => Condition::Js(step::script(script)),
            ast::Condition::Value(Value::Rust(rust)) => Condition::Rust(self.rust(rust)),
            ast::Condition::Value(value) => {
                Condition::Holds { name: value.shown(), value: self.operand(info, value, None) }
            }
            ast::Condition::Compare(compared) => {
                let Comparison { left, comparator, right } = &**compared;
                Condition::Compare {
                    left_name: left.shown(),
                    left: self.operand(info, left, Some(right)),
                    comparator: comparator.value,
                    right_name: right.shown(),
                    right: self.operand(info, right, Some(left)),
                }
            }
            ast::Condition::Matches(Matches { text, regex }) => Condition::Matches {
                name: text.shown(),
                text: self.operand(info, text, None),
                regex: regex.value.clone(),
            },
            ast::Condition::Not(inner) => Condition::Not(Box::new(self.condition(info, inner))),
            ast::Condition::And(parts) => Condition::And(all(parts)),
            ast::Condition::Or(parts) => Condition::Or(all(parts)),
        }
    }

    /// A value that is asked, or compared with another.
    fn operand(&mut self, info: &Info, value: &Value, other: Option<&Value>) -> Operand {
        let Value::Text(template) = value else { return Operand::Value(self.json(info, value)) };
        let Some(hole) = template.single() else { return Operand::Value(self.json(info, value)) };
        let found = self.found(info, hole);
        match info.scope.stand_in(template, other) {
            Some(Ok(fallback)) => Operand::Or { found, fallback: self.json(&Info::default(), &fallback) },
            Some(Err(_)) | None => Operand::Found(found),
        }
    }
}
