//! What is wrong with a recipe's JavaScript, as far as its text alone tells.

use webtask_script::{Script, Shape};

/// What a place asks of its script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whether its value is used.
    pub value: bool,
    /// Whether it may `await`; none where nothing could say so.
    pub awaits: Option<bool>,
}

impl Wanted {
    /// What a condition asks of it.
    pub const CONDITION: Self = Self { value: true, awaits: None };
}

/// Whether that is the path of a file below the folder of scripts.
#[must_use]
pub fn is_path(path: &str) -> bool {
    let inside = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(inside) && !path.contains(['\\', ':', '\0'])
}

/// What is wrong with a script, and what to write instead.
#[must_use]
pub fn fault(source: &str, wanted: Wanted) -> Option<(String, String)> {
    let script = Script::of(source);
    let told = |message: &str, help: String| Some((message.to_owned(), help));
    match script.shape {
        Shape::Empty => told(
            "empty script",
            "write an expression, like `\"document.title\"`, or a body with `return`".into(),
        ),
        Shape::Function => {
            let code = script.code.trim();
            let short = code.chars().count() <= 60
                && !code.contains(['\n', '`', '"', '\\'])
                && !code.starts_with('/');
            let help = match short && !code.starts_with("class") {
                true => format!("call it, like `({code})()`, or write what it does alone"),
                false => "call it, like `(() => …)()`, or write what it does alone".to_owned(),
            };
            told("a function that nobody calls", help)
        }
        _ if script.awaits && wanted.awaits != Some(true) => {
            let help = match wanted.awaits {
                Some(_) => "write `await` behind the source too: `js NAME \"…\" await`",
                None => {
                    "write a step before it that waits, `js NAME \"…\" await`; a condition asks `\"{{NAME}}\"`"
                }
            };
            told("`await` in a script that does not wait", help.to_owned())
        }
        Shape::Statements if wanted.value => {
            let help = match wanted.awaits {
                Some(_) => "write `return` before what it gives, or `js _ …` when that is nothing",
                None => "write one expression, or `return` before what it gives",
            };
            told("statements without a value", help.to_owned())
        }
        Shape::Expression | Shape::Body | Shape::Statements => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_help() {
        let value = Wanted { value: true, awaits: Some(false) };
        let nothing = Wanted { value: false, awaits: Some(false) };
        let waits = Wanted { value: true, awaits: Some(true) };
        for (source, wanted) in [
            ("document.title", value),
            ("return 1", value),
            ("f(); g()", nothing),
            ("await f()", waits),
            ("n >= 3", Wanted::CONDITION),
            ("[1].map(x => { return x })", value),
        ] {
            assert_eq!(fault(source, wanted), None, "{source}");
        }
        let cases = [
            (
                "() => document.title",
                value,
                "call it, like `(() => document.title)()`, or write what it does alone",
            ),
            ("() => \"a\"", nothing, "call it, like `(() => …)()`, or write what it does alone"),
            ("f(); g()", value, "write `return` before what it gives, or `js _ …` when that is nothing"),
            ("const a = 1", Wanted::CONDITION, "write one expression, or `return` before what it gives"),
            ("await f()", nothing, "write `await` behind the source too: `js NAME \"…\" await`"),
            ("// a", nothing, "write an expression, like `\"document.title\"`, or a body with `return`"),
        ];
        for (source, wanted, help) in cases {
            assert_eq!(fault(source, wanted).map(|(_, help)| help).as_deref(), Some(help), "{source}");
        }
    }
}
