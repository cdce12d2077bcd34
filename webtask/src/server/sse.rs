//! The bytes of `text/event-stream`: what an event looks like, whatever stands in it. It knows no connection.

use bytes::Bytes;

use crate::{Event, Json};

/// What says that a silent stream lives.
pub(super) const PING: Bytes = Bytes::from_static(b": ping\n\n");

/// An event, with the empty line after it.
pub(super) fn frame(event: &Event<Json>) -> Bytes {
    let mut text = format!("event: {}\ndata: ", name(event));
    // JSON holds line ends only between its tokens, where a space is as good.
    text.extend(event.data().chars().map(|c| if matches!(c, '\r' | '\n') { ' ' } else { c }));
    text.push_str("\n\n");
    text.into()
}

/// The event's name, in letters that cannot end a line; one that Rust code chose is none of ours.
fn name(event: &Event<Json>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-') { c } else { '_' };
    let name: String = event.name().chars().map(plain).collect();
    let taken = matches!(event, Event::Custom { .. })
        && matches!(name.as_str(), "" | "done" | "error" | "recording" | "skipped" | "gap" | "message");
    if taken { format!("_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;
    use serde_json::{Value, json};

    use super::*;
    use crate::{Error, ErrorKind};

    fn text(event: &Event<Json>) -> String {
        String::from_utf8(frame(event).to_vec()).expect("UTF-8")
    }

    fn custom(kind: &'static str, text: &str, data: Value) -> Event<Json> {
        Event::Custom { kind: kind.into(), text: text.into(), data }
    }

    #[test]
    fn an_event_is_two_lines_and_an_empty_one() {
        let status = Event::Status { text: "Step 1 of 4 — navigate".into(), data: Value::Null };
        assert_eq!(
            text(&status),
            "event: status\ndata: {\"text\":\"Step 1 of 4 — navigate\",\"data\":null}\n\n"
        );
        assert_eq!(
            text(&custom("progress", "navigation complete", json!({ "fraction": 0.25 }))),
            "event: progress\ndata: {\"text\":\"navigation complete\",\"data\":{\"fraction\":0.25}}\n\n"
        );
        let done = Event::Done(RawValue::from_string("{\"a\":1}".into()).expect("JSON"));
        assert_eq!(text(&done), "event: done\ndata: {\"ok\":true,\"data\":{\"a\":1}}\n\n");
        let failed = Event::Failed(Error::new(ErrorKind::Timeout, "too long"));
        assert_eq!(
            text(&failed),
            "event: error\ndata: {\"message\":\"too long\",\"code\":\"TIMEOUT\",\"step\":null,\"retryable\":true}\n\n"
        );
    }

    #[test]
    fn nothing_in_an_event_can_break_out_of_it() {
        let evil = "a\r\nevent: done\ndata: 1\r\rid: 9\n\n\0\u{85}\u{2028}\u{2029}";
        for event in [
            custom("a\r\nevent: done\n\n\0", evil, json!({ evil: evil })),
            Event::Status { text: evil.into(), data: json!([evil]) },
            Event::Skipped { index: 1, message: evil.into(), step: None },
            Event::Done(RawValue::from_string("{\r\n\"a\"\r:\n1}".into()).expect("JSON")),
            Event::Failed(Error::new(ErrorKind::StepFailed, evil)),
        ] {
            let text = text(&event);
            let rest = text.strip_suffix("\n\n").expect("ends with an empty line");
            let (name, data) = rest.split_once('\n').expect("two lines");
            let name = name.strip_prefix("event: ").expect("the name");
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c)), "{name:?}");
            assert!(!data.contains(['\r', '\n', '\0', '\u{85}', '\u{2028}', '\u{2029}']), "{data:?}");
            let json = data.strip_prefix("data: ").expect("the data");
            serde_json::from_str::<Value>(json).expect("still JSON");
        }
    }

    #[test]
    fn a_kind_of_ones_own_is_never_taken_for_ours() {
        for (kind, name) in [
            ("done", "_done"),
            ("error", "_error"),
            ("", "_"),
            ("naïve kind", "na_ve_kind"),
            ("a.b-c_1", "a.b-c_1"),
        ] {
            assert!(text(&custom(kind, "", Value::Null)).starts_with(&format!("event: {name}\n")), "{kind}");
        }
    }
}
