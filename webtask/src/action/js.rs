//! `js`: runs a script of the recipe in the page's own world.
//!
//! One expression is its own value. Anything else is the body of a function, whose value is what it returns, and which must
//! return something where a value is wanted. What a script is tells [`webtask_script`]; where the browser's parser takes it
//! for the other, the browser is right.
//!
//! Its value comes back as JSON, after rules of ours: `undefined` is null (and no field of an object), a `Date` its ISO
//! text, half a surrogate pair U+FFFD, a `toJSON` of an object that is neither plain nor a list is called. What has no
//! place in JSON is an error that says what to return instead: a function, a symbol, a `BigInt`, `NaN`, an infinity, a
//! DOM node, a promise that is not awaited, a `Map`, and what contains itself or is nested deeper than 100.

mod held;
mod unit;

use std::fmt::Write as _;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webtask_script::{Script, Shape};

use crate::browser::is_stale;
use crate::large::{apart, too_large};
use crate::secret::Redactor;
use crate::{Cx, Error, ErrorKind};

pub use self::held::wait_until_js;

/// What runs the function and writes its value.
const RUN: &str = include_str!("js/page.js");

/// No limit: the run's own budget ends a script, and the window of one that never ends is given up.
const UNLIMITED: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The name of the source in the page, from which an error's line is read.
const SOURCE: &str = "\n//# sourceURL=webtask-js";

/// Runs a script; `arguments` holds the arguments. A value of `()` is dropped in the page, whatever it is.
///
/// # Errors
///
/// [`StepFailed`](ErrorKind::StepFailed): what the script throws, with its line; a value that is not JSON, or does not
/// fit the type; statements that give none.
pub async fn js<T: DeserializeOwned + Send + 'static>(
    cx: &Cx,
    name: &str,
    source: &str,
    args: &[Value],
    awaits: bool,
) -> Result<T, Error> {
    js_as(cx, name, source, args, awaits, as_type()).await
}

/// How a script's value becomes one of a type.
#[derive(Debug)]
pub struct AsType<T> {
    is_unit: bool,
    decode: fn(&str, Value) -> Result<T, Error>,
}

/// How a script's value becomes one of that type.
#[must_use]
pub fn as_type<T: DeserializeOwned>() -> AsType<T> {
    AsType { is_unit: unit::is_unit::<T>(), decode: crate::value::decode }
}

/// The same as [`js`]. A recipe names its own type for [`as_type`] alone, so that rustc says once, and there, what that lacks.
///
/// # Errors
///
/// Those of [`js`].
pub async fn js_as<T: Send + 'static>(
    cx: &Cx,
    name: &str,
    source: &str,
    args: &[Value],
    awaits: bool,
    ty: AsType<T>,
) -> Result<T, Error> {
    let caused = cx.window()?.caused().leaving_busy();
    let AsType { is_unit, decode } = ty;
    let wants = if is_unit { Wants::Nothing } else { Wants::Value };
    let text = written(cx, name, source, args, awaits, wants).await?;
    let (size, name, limit) = (text.len(), name.to_owned(), cx.results());
    let redactor = cx.redactor().clone();
    let value =
        apart(size, move || read(&name, &text, limit, &redactor).map(|value| decode(&name, value))).await?;
    caused.settle(None).await?;
    value
}

/// Runs a script and says whether its value is truthy.
///
/// # Errors
///
/// [`StepFailed`](ErrorKind::StepFailed): what the script throws, with its line; statements that give no value.
pub async fn js_test(cx: &Cx, source: &str) -> Result<bool, Error> {
    let text = written(cx, "if js", source, &[], false, Wants::Truth).await?;
    Ok(read("if js", &text, cx.results(), cx.redactor())? == Value::Bool(true))
}

/// What is made of a script's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wants {
    Value,
    Truth,
    /// That it is truthy, be it later.
    Held(Duration),
    Nothing,
}

/// What the page writes when it has run the script.
async fn written(
    cx: &Cx,
    name: &str,
    source: &str,
    args: &[Value],
    awaits: bool,
    wants: Wants,
) -> Result<String, Error> {
    cx.pace().await;
    called(name, source)?;
    let text = evaluate(cx, source, args, awaits, wants).await.map_err(|error| match error.kind() {
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

/// A function that nobody calls does nothing.
fn called(name: &str, source: &str) -> Result<(), Error> {
    if Script::of(source).shape != Shape::Function {
        return Ok(());
    }
    let message = format!("`{name}` is a function that nobody calls; call it, like `(() => …)()`");
    Err(Error::step_failed(message))
}

/// What the page says of the script.
async fn evaluate(
    cx: &Cx,
    source: &str,
    args: &[Value],
    awaits: bool,
    wants: Wants,
) -> Result<String, Error> {
    let script = Script::of(source);
    let one = script.shape == Shape::Expression;
    let expression = |one: bool| {
        // What says its value itself may say that there is none.
        let must = !one && !matches!(script.shape, Shape::Body | Shape::Empty);
        expression(&script, one, must, args, awaits, wants, cx.results())
    };
    let text = cx.window()?.script(&expression(one), UNLIMITED).await;
    if matches!(script.shape, Shape::Body | Shape::Empty) || !text.as_ref().is_err_and(is_unreadable) {
        return text;
    }
    // It has not run: the browser reads it in another way than we do.
    let other = cx.window()?.script(&expression(!one), UNLIMITED).await;
    if one || other.is_ok() { other } else { text }
}

/// Whether the browser could not read the script. What that throws itself comes as a value.
fn is_unreadable(error: &Error) -> bool {
    error.kind() == ErrorKind::StepFailed && error.message().starts_with("SyntaxError")
}

/// What came of it.
fn read(name: &str, text: &str, limit: u64, redactor: &Redactor) -> Result<Value, Error> {
    let reply = serde_json::from_str(text).map_err(|error| {
        Error::step_failed(format!("`{name}` did not return JSON: the page has changed `JSON.stringify`"))
            .with_source(error)
    })?;
    match reply {
        Reply::Value(value) => Ok(value),
        Reply::Refused(refused) if refused.kind == "large" => {
            Err(too_large(&format!("what `{name}` returned"), limit))
        }
        Reply::Refused(refused) => {
            Err(Error::step_failed(format!("`{name}` returned {}", refused.words(name))))
        }
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

fn expression(
    script: &Script<'_>,
    one: bool,
    must: bool,
    args: &[Value],
    awaits: bool,
    wants: Wants,
    most: u64,
) -> String {
    let function = if awaits { "async function" } else { "function" };
    let limit = match wants {
        Wants::Held(limit) => limit.as_millis(),
        _ => 0,
    };
    let wants = match (wants, must) {
        (Wants::Nothing, _) => "nothing",
        (Wants::Value, false) => "value",
        (Wants::Value, true) => "!value",
        (Wants::Truth, false) => "truth",
        (Wants::Truth, true) => "!truth",
        (Wants::Held(_), false) => "held",
        (Wants::Held(_), true) => "!held",
    };
    let run = RUN.trim_end_matches('\n');
    // Both begin the source on a line of its own, so that its lines are counted alike.
    let mut out = match one {
        true => format!("({run})(() => ({function} () {{ return (\n{}\n)}})(\n", script.code),
        false => format!("({run})(() => ({function} () {{\n{}\n}})(\n", script.source),
    };
    for arg in args {
        literal(arg, &mut out);
        out.push(',');
    }
    write!(out, "), {awaits}, '{wants}', {most}, {limit}){SOURCE}").expect("a string takes everything");
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

/// A value that is not JSON.
#[derive(Debug, Deserialize)]
struct Refused {
    kind: String,
    path: String,
}

impl Refused {
    /// What it is, where, and what to return instead.
    fn words(&self, name: &str) -> String {
        let (what, help) = match self.kind.as_str() {
            "function" => ("a function".into(), "return what it gives"),
            "symbol" => ("a symbol".into(), "return its `description`"),
            "bigint" => ("a `BigInt`".into(), "return `String(value)`"),
            "NaN" | "Infinity" => (format!("`{}`", self.kind), "return null or a string instead"),
            "deep" => ("a value nested deeper than 100".into(), "return only the parts that you need"),
            "nothing" => ("nothing".into(), "write `return` before what it gives"),
            "cyclic" => ("a value that contains itself".into(), "return only the parts that you need"),
            "date" => ("an invalid `Date`".into(), "return null instead"),
            "[object Promise]" => (
                "a promise".into(),
                match name {
                    "if js" => "bind what it gives before, by `js NAME \"…\" await`, and ask `\"{{NAME}}\"`",
                    "wait until js" => "write `js _ \"…\" await`, which waits for it",
                    _ => "write `await` after the step's source, or return what it gives",
                },
            ),
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
        for (source, one) in [("throw 1", false), ("a.b", true)] {
            let expression = expression(&Script::of(source), one, false, &[], false, Wants::Value, 100);
            assert_eq!(expression.lines().nth(offset()), Some(source));
        }
    }
}
