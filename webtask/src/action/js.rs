//! `js`: runs a function of the recipe in the page's own world.
//!
//! Its value comes back as JSON, after rules of ours: `undefined` is null (and no field of an object), a `Date` its ISO
//! text, half a surrogate pair U+FFFD, a `toJSON` of an object that is neither plain nor a list is called. What has no
//! place in JSON is an error that says what to return instead: a function, a symbol, a `BigInt`, `NaN`, an infinity, a
//! DOM node, a promise that is not awaited, a `Map`, and what contains itself or is nested deeper than 100.

use std::fmt::Write as _;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::browser::is_stale;
use crate::large::{apart, too_large};
use crate::secret::Redactor;
use crate::{Cx, Error, ErrorKind};

/// What runs the function and writes its value.
const RUN: &str = include_str!("js/page.js");

/// No limit: the run's own budget ends a script, and the window of one that never ends is given up.
const UNLIMITED: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The name of the source in the page, from which an error's line is read.
const SOURCE: &str = "\n//# sourceURL=webtask-js";

/// Runs a function's body; `arguments` holds the arguments, and its value is what it returns.
///
/// # Errors
///
/// [`StepFailed`](ErrorKind::StepFailed): what the script throws, with its line; a value that is no JSON, or does not
/// fit the type.
pub async fn js<T: DeserializeOwned + Send + 'static>(
    cx: &Cx,
    name: &str,
    source: &str,
    args: &[Value],
    awaits: bool,
) -> Result<T, Error> {
    let caused = cx.window()?.caused().leaving_busy();
    let text = written(cx, name, &expression(source, args, awaits, false, cx.results())).await?;
    let (size, name, limit) = (text.len(), name.to_owned(), cx.results());
    let redactor = cx.redactor().clone();
    let value = apart(size, move || {
        read(&name, &text, limit, &redactor).map(|value| crate::value::decode(&name, value))
    })
    .await?;
    caused.settle(None).await?;
    value
}

/// Runs a function's body and says whether its value is truthy.
///
/// # Errors
///
/// [`StepFailed`](ErrorKind::StepFailed): what the script throws, with its line.
pub async fn js_test(cx: &Cx, source: &'static str) -> Result<bool, Error> {
    let text = written(cx, "if js", &expression(source, &[], false, true, cx.results())).await?;
    Ok(read("if js", &text, cx.results(), cx.redactor())? == Value::Bool(true))
}

/// What the page writes when it has run the function.
async fn written(cx: &Cx, name: &str, expression: &str) -> Result<String, Error> {
    cx.pace().await;
    let text = cx.window()?.script(expression, UNLIMITED).await.map_err(|error| match error.kind() {
        // Chromium says it in another way when the next document is of another site.
        ErrorKind::StepFailed if is_stale(&error) => {
            Error::step_failed(format!("`{name}` failed: the page navigated before it ended"))
                .with_source(error)
        }
        // It could not be read, or its page went away.
        ErrorKind::StepFailed => Error::step_failed(format!("`{name}` failed: {error}")).with_source(error),
        _ => error,
    })?;
    cx.bounded(&format!("what `{name}` returned"), text.len())?;
    Ok(text)
}

/// What came of it.
fn read(name: &str, text: &str, limit: u64, redactor: &Redactor) -> Result<Value, Error> {
    let reply = serde_json::from_str(text).map_err(|error| {
        Error::step_failed(format!("`{name}` gave no JSON: the page has changed what writes it ({error})"))
            .with_source(error)
    })?;
    match reply {
        Reply::Value(value) => Ok(value),
        Reply::Refused(refused) if refused.kind == "large" => {
            Err(too_large(&format!("what `{name}` returned"), limit))
        }
        Reply::Refused(refused) => Err(Error::step_failed(format!("`{name}` returned {}", refused.words()))),
        Reply::Thrown { message, line } => {
            let line = line.and_then(|line| line.checked_sub(offset())).filter(|line| *line > 0);
            let place = line.map(|line| format!(" at line {line}")).unwrap_or_default();
            // A page can put anything into it, as much as it likes.
            let message: String = redactor.clean(&message).chars().take(500).collect();
            Err(Error::step_failed(format!("`{name}` threw{place}: {message}")))
        }
    }
}

/// The lines before the recipe's source.
fn offset() -> usize {
    RUN.trim_end_matches('\n').matches('\n').count() + 1
}

fn expression(source: &str, args: &[Value], awaits: bool, tests: bool, most: u64) -> String {
    let function = if awaits { "async function" } else { "function" };
    let mut out = format!("({})(() => ({function} () {{\n{source}\n}})(", RUN.trim_end_matches('\n'));
    out.push('\n');
    for arg in args {
        literal(arg, &mut out);
        out.push(',');
    }
    write!(out, "), {awaits}, {tests}, {most}){SOURCE}").expect("a string takes everything");
    out
}

/// A value as JavaScript: JSON, but for the one key that would mean something else.
fn literal(value: &Value, out: &mut String) {
    match value {
        Value::Array(list) => {
            out.push('[');
            for item in list {
                literal(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            for (key, item) in map {
                match key.as_str() {
                    "__proto__" => out.push_str("[\"__proto__\"]"),
                    key => out.push_str(&Value::from(key).to_string()),
                }
                out.push(':');
                literal(item, out);
                out.push(',');
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

/// What came of a run.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Reply {
    Value(Value),
    Refused(Refused),
    Thrown { message: String, line: Option<usize> },
}

/// A value that is no JSON.
#[derive(Debug, Deserialize)]
struct Refused {
    kind: String,
    path: String,
}

impl Refused {
    /// What it is, where, and what to return instead.
    fn words(&self) -> String {
        let (what, help) = match self.kind.as_str() {
            "function" => ("a function".into(), "return what it gives"),
            "symbol" => ("a symbol".into(), "return its `description`"),
            "bigint" => ("a `BigInt`".into(), "return `String(value)`"),
            "NaN" | "Infinity" => (format!("`{}`", self.kind), "return null or a string instead"),
            "deep" => ("a value nested deeper than 100".into(), "return only the parts that you need"),
            "cyclic" => ("a value that contains itself".into(), "return only the parts that you need"),
            "date" => ("an invalid `Date`".into(), "return null instead"),
            "[object Promise]" => {
                ("a promise".into(), "write `await` after the step's source, or return what it gives")
            }
            "[object Map]" => ("a `Map`".into(), "return `Object.fromEntries(map)`"),
            "[object Set]" => ("a `Set`".into(), "return `[...set]`"),
            tag => match tag.strip_prefix("node ") {
                Some(tag) => (format!("a DOM node (`{}`)", class(tag)), "return its text or an attribute"),
                None => (format!("a `{}`", class(tag)), "return its parts as a plain object"),
            },
        };
        match self.path.as_str() {
            "" => format!("{what}; {help}"),
            path => format!("{what} at `{path}`; {help}"),
        }
    }
}

/// The name in `[object NAME]`.
fn class(tag: &str) -> &str {
    tag.strip_prefix("[object ").and_then(|tag| tag.strip_suffix(']')).unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_argument_is_a_literal_of_its_value() {
        let mut out = String::new();
        literal(&json!([{ "__proto__": 1, "a\"b": null }, "</script>\u{2028}\n", 1.5, true]), &mut out);
        assert_eq!(out, "[{[\"__proto__\"]:1,\"a\\\"b\":null,},\"</script>\u{2028}\\n\",1.5,true,]");
    }

    #[test]
    fn the_source_begins_after_the_offset() {
        let expression = expression("throw 1", &[], false, false, 100);
        assert_eq!(expression.lines().nth(offset()), Some("throw 1"));
    }
}
