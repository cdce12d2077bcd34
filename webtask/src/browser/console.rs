//! What a page says on its console, with the errors that nobody caught: asked for, and as messages. It knows no step.

use std::borrow::Cow;
use std::fmt::Write as _;

use chromiumoxide::cdp::js_protocol::runtime::{DiscardConsoleEntriesParams, EnableParams};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::connection::RawEvent;
use super::session::Session;
use super::watch::Begun;
use crate::secret::Redactor;

/// How long a message may be: a page may say without end.
const LENGTH: usize = 100_000;

/// A message of a page's console, or an error that nobody caught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleMessage {
    /// How it was said: `log`, `debug`, `info`, `warning`, `error`, another of the console's functions, or `exception` for
    /// an error that nobody caught.
    pub level: String,
    /// What it says.
    pub text: String,
    /// The URL of the script that said it.
    pub url: Option<String>,
    /// The line in it, from 1.
    pub line: Option<i64>,
    /// The column in it, from 1.
    pub column: Option<i64>,
}

/// Begins to listen to a page.
pub(crate) fn listen(page: &Session, is_first: bool) -> Begun {
    // What was said before would be told again. Of a tab that a step opens all is told.
    let discarded = is_first.then(|| page.send(DiscardConsoleEntriesParams::default()));
    let enabled = page.send(EnableParams::default());
    Box::pin(async move {
        if let Some(discarded) = discarded {
            discarded.await?;
        }
        enabled.await.map(drop)
    })
}

/// What such an event says, without secrets.
pub(crate) fn heard(event: &RawEvent, redactor: &Redactor) -> Option<ConsoleMessage> {
    let said = serde_json::from_str::<Said>(&well_formed(event.params.get())).ok()?;
    Some(said.message(redactor))
}

/// Either event.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    #[serde(rename = "type", default)]
    level: String,
    #[serde(default)]
    args: Vec<Value>,
    #[serde(default)]
    stack_trace: Option<Stack>,
    #[serde(default)]
    exception_details: Option<Exception>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exception {
    text: String,
    #[serde(default)]
    exception: Value,
    #[serde(default)]
    url: String,
    line_number: i64,
    column_number: i64,
    #[serde(default)]
    stack_trace: Option<Stack>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stack {
    call_frames: Vec<Frame>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame {
    url: String,
    line_number: i64,
    column_number: i64,
}

impl Said {
    fn message(self, redactor: &Redactor) -> ConsoleMessage {
        let first = |stack: Option<Stack>| stack.and_then(|stack| stack.call_frames.into_iter().next());
        let (level, text, place) = match self.exception_details {
            Some(exception) => {
                let what = shown(&exception.exception, true);
                let text = match what.is_empty() || exception.exception.is_null() {
                    true => exception.text,
                    false => format!("{}: {what}", exception.text),
                };
                let here = Frame {
                    url: exception.url,
                    line_number: exception.line_number,
                    column_number: exception.column_number,
                };
                let place = first(exception.stack_trace).unwrap_or(here);
                ("exception".to_owned(), text, Some(place))
            }
            None => (self.level, said(&self.args), first(self.stack_trace)),
        };
        // Before it is cut: a part of a secret would not be found later.
        let text = redactor.clean(&text).into_owned();
        let text = match text.char_indices().nth(LENGTH) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        };
        ConsoleMessage {
            level,
            text,
            url: place.as_ref().map(|place| place.url.clone()).filter(|url| !url.is_empty()),
            line: place.as_ref().map(|place| place.line_number.saturating_add(1)),
            column: place.as_ref().map(|place| place.column_number.saturating_add(1)),
        }
    }
}

/// What a call of the console says: its arguments with a space between, after those that the first one has places for.
fn said(args: &[Value]) -> String {
    let mut rest = args.iter();
    let mut out = String::new();
    if let [first, _, ..] = args
        && let Some(format) = first["value"].as_str()
    {
        rest.next();
        let mut chars = format.chars().peekable();
        while let Some(c) = chars.next() {
            match (c, chars.peek()) {
                ('%', Some('%')) => {
                    chars.next();
                    out.push('%');
                }
                ('%', Some(kind @ ('s' | 'd' | 'i' | 'f' | 'o' | 'O' | 'c'))) => {
                    let style = *kind == 'c';
                    match rest.next() {
                        Some(_) if style => {}
                        Some(arg) => out.push_str(&shown(arg, true)),
                        None => {
                            let _ = write!(out, "%{kind}");
                        }
                    }
                    chars.next();
                }
                (c, _) => out.push(c),
            }
        }
    }
    for arg in rest {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&shown(arg, true));
    }
    out
}

/// A value as a console shows it. Text inside another value is in quotes.
fn shown(object: &Value, outer: bool) -> String {
    let text = |key: &str| object[key].as_str();
    match (text("type").unwrap_or_default(), text("subtype")) {
        ("string", _) if outer => text("value").unwrap_or_default().to_owned(),
        ("string", _) => object["value"].to_string(),
        ("undefined", _) => "undefined".to_owned(),
        (_, Some("null")) => "null".to_owned(),
        ("object", None | Some("array")) if object["preview"].is_object() || !outer => {
            preview(if outer { &object["preview"] } else { object })
        }
        _ => match (text("unserializableValue"), text("description"), &object["value"]) {
            (Some(text), _, _) | (None, Some(text), _) => text.to_owned(),
            (None, None, Value::String(text)) => text.clone(),
            (None, None, value) => value.to_string(),
        },
    }
}

/// What is known of an object: its first fields.
fn preview(preview: &Value) -> String {
    let Some(properties) = preview["properties"].as_array() else {
        return preview["value"].as_str().or(preview["description"].as_str()).unwrap_or("{…}").to_owned();
    };
    let is_list = preview["subtype"] == "array";
    let mut fields: Vec<String> = properties
        .iter()
        .map(|property| {
            let value = match &property["valuePreview"] {
                Value::Null => shown(property, false),
                nested => self::preview(nested),
            };
            match is_list {
                true => value,
                false => format!("{}: {value}", property["name"].as_str().unwrap_or_default()),
            }
        })
        .collect();
    if preview["overflow"] == true {
        fields.push("…".to_owned());
    }
    let fields = fields.join(", ");
    if is_list { format!("[{fields}]") } else { format!("{{{fields}}}") }
}

/// JSON text in which half a surrogate pair is U+FFFD: a page may say such a thing, and no reader of JSON takes it.
fn well_formed(json: &str) -> Cow<'_, str> {
    if !json.contains("\\ud") && !json.contains("\\uD") {
        return Cow::Borrowed(json);
    }
    let half = |at: &str| {
        let code = at.strip_prefix("\\u").and_then(|rest| rest.get(..4))?;
        u16::from_str_radix(code, 16).ok().filter(|code| (0xd800..0xe000).contains(code))
    };
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match (half(rest), rest.get(6..).and_then(half)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => {
                out.push_str(&rest[..12]);
                12
            }
            (Some(_), _) => {
                out.push_str("\\ufffd");
                6
            }
            // The backslash and what it escapes, which may be another one.
            (None, _) => {
                let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..length]);
                length
            }
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shows_values_as_a_console_does() {
        let text = |text: &str| json!({ "type": "string", "value": text });
        let number = json!({ "type": "number", "value": 3, "description": "3" });
        assert_eq!(
            said(&[text("%s has %d%% %c!"), text("a"), number.clone(), text("color: red")]),
            "a has 3% !"
        );
        assert_eq!(said(&[text("%s"), text("%s")]), "%s");
        assert_eq!(said(&[text("100%")]), "100%");
        assert_eq!(said(&[text("a %s %s"), text("b")]), "a b %s");
        assert_eq!(said(&[text("a"), number, json!({ "type": "undefined" })]), "a 3 undefined");
        assert_eq!(said(&[json!({ "type": "bigint", "unserializableValue": "5n" })]), "5n");
        let object = json!({ "type": "object", "description": "Object", "preview": { "overflow": true, "properties": [
            { "name": "a", "type": "object", "subtype": "array", "value": "Array(2)" },
            { "name": "b", "type": "string", "value": "x\"y" },
        ] } });
        assert_eq!(said(&[object]), "{a: Array(2), b: \"x\\\"y\", …}");
        assert_eq!(said(&[json!(null), json!([1]), json!({ "type": 5 })]), "null null null");
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced() {
        for (json, expected) in [
            (r#""a""#, r#""a""#),
            (r#""\ud83e\udd80""#, r#""\ud83e\udd80""#),
            (r#""\ud83e""#, r#""\ufffd""#),
            (r#""\ud83e\ud83e\udd80x""#, r#""\ufffd\ud83e\udd80x""#),
            (r#""\uDD80\n""#, r#""\ufffd\n""#),
            (r#""\\ud83e""#, r#""\\ud83e""#),
        ] {
            assert_eq!(well_formed(json), expected);
            assert!(serde_json::from_str::<String>(&well_formed(json)).is_ok(), "{json}");
        }
    }
}
