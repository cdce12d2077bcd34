//! The rules for `fail`: a code that is the recipe's own, and a status that a failure can have.

use crate::ast::{Arg, Fail};
use crate::keyword::one_of;
use crate::problem::Problems;

/// The longest code.
const LONGEST: usize = 64;

pub(super) fn check_fail(fail: &Fail, problems: &mut Problems) {
    if let Some(code) = &fail.code {
        let text = code.text.as_str();
        if Fail::CODES.contains(&text) {
            let help = "choose another: this one is told of failures that are not the recipe's";
            problems.help(code.span, format!("the code `{text}` is reserved"), help);
        } else if !is_code(text) {
            let help = "a code has letters `A-Z`, digits and `_`, like `SOLD_OUT`";
            problems.help(code.span, format!("bad code `{text}`"), help);
        }
    }
    match &fail.status {
        Some(Arg::Literal(status)) if !is_status(status.value) => {
            let known: Vec<_> = Fail::STATUSES.iter().map(u16::to_string).collect();
            let help = format!("write {}", one_of(known.iter().map(String::as_str)));
            problems.help(status.span, format!("bad status `{}` of a failure", status.value), help);
        }
        _ => {}
    }
}

fn is_code(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_status(status: u64) -> bool {
    Fail::STATUSES.iter().any(|known| u64::from(*known) == status)
}
