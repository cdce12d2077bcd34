//! The bytes of an event, as `text/event-stream` and as a line of JSON, whatever stands in it. It knows no connection.

use bytes::Bytes;
use serde_json::json;

use super::runs::Told;

/// What says that a silent event stream lives.
pub(super) const PING: Bytes = Bytes::from_static(b": ping\n\n");

/// The same for a stream of lines, each of which must be JSON.
pub(super) const PING_LINE: Bytes = Bytes::from_static(b"{\"event\":\"ping\",\"data\":null}\n");

/// How soon an `EventSource` comes again when it was cut off.
pub(super) const RETRY: Bytes = Bytes::from_static(b"retry: 1000\n\n");

/// An event with the empty line after it, and with its number when the stream can be resumed.
pub(super) fn event(told: &Told, numbered: bool) -> Bytes {
    let Told { number, event } = told;
    let (name, data) = (event.name.as_str(), event.data.as_str());
    match number.filter(|_| numbered) {
        Some(number) => format!("id: {number}\nevent: {name}\ndata: {data}\n\n").into(),
        None => ["event: ", name, "\ndata: ", data, "\n\n"].concat().into(),
    }
}

/// An event as a JSON object, with its number when the stream can be resumed.
pub(super) fn object(told: &Told, numbered: bool) -> String {
    let Told { number, event } = told;
    let (name, data) = (json!(event.name), &event.data);
    match number.filter(|_| numbered) {
        Some(number) => format!(r#"{{"event":{name},"data":{data},"id":{number}}}"#),
        None => format!(r#"{{"event":{name},"data":{data}}}"#),
    }
}

/// Such an object as a line.
pub(super) fn line(told: &Told, numbered: bool) -> Bytes {
    (object(told, numbered) + "\n").into()
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;
    use serde_json::{Value, json};

    use super::super::runs::RunEvent;
    use super::*;
    use crate::{Error, ErrorKind, Event, Json};

    fn told(event: &Event<Json>) -> Told {
        Told { number: Some(7), event: RunEvent::new(7, event).into() }
    }

    fn text(bytes: &Bytes) -> String {
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }

    #[test]
    fn an_event_is_two_lines_and_an_empty_one() {
        let status = told(&Event::Status { text: "Step 1 of 4 — navigate".into(), data: Value::Null });
        let data = r#"{"text":"Step 1 of 4 — navigate","data":null}"#;
        assert_eq!(text(&event(&status, false)), format!("event: status\ndata: {data}\n\n"));
        assert_eq!(text(&event(&status, true)), format!("id: 7\nevent: status\ndata: {data}\n\n"));
        let own = Told { number: None, ..status };
        assert_eq!(text(&event(&own, true)), format!("event: status\ndata: {data}\n\n"));
    }

    #[test]
    fn an_event_is_one_line() {
        let custom = told(&Event::Custom { kind: "found".into(), text: "a".into(), data: json!([1]) });
        let data = r#"{"text":"a","data":[1]}"#;
        assert_eq!(text(&line(&custom, false)), format!("{{\"event\":\"found\",\"data\":{data}}}\n"));
        assert_eq!(text(&line(&custom, true)), format!("{{\"event\":\"found\",\"data\":{data},\"id\":7}}\n"));
    }

    #[test]
    fn nothing_in_an_event_can_break_out_of_it() {
        let evil = "a\r\nevent: done\ndata: 1\r\rid: 9\n\n\0\u{85}\u{2028}\u{2029}";
        for source in [
            Event::Custom {
                kind: "a\r\nevent: done\n\n\0".into(),
                text: evil.into(),
                data: json!({ evil: evil }),
            },
            Event::Status { text: evil.into(), data: json!([evil]) },
            Event::Skipped { index: 1, message: evil.into(), step: None },
            Event::Done(RawValue::from_string("{\r\n\"a\"\r:\n1}".into()).expect("JSON")),
            Event::Failed(Error::new(ErrorKind::StepFailed, evil)),
        ] {
            let told = told(&source);
            let split = ['\r', '\n', '\0', '\u{85}', '\u{2028}', '\u{2029}'];
            let block = text(&event(&told, true));
            let lines: Vec<_> = block.strip_suffix("\n\n").expect("an empty line").split('\n').collect();
            let [id, name, data] = lines.as_slice() else { panic!("{lines:?}") };
            assert_eq!(*id, "id: 7");
            let name = name.strip_prefix("event: ").expect("the name");
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c)), "{name:?}");
            assert!(!data.contains(split), "{data:?}");
            let json = data.strip_prefix("data: ").expect("the data");
            let data: Value = serde_json::from_str(json).expect("still JSON");

            let line = text(&line(&told, true));
            let object = line.strip_suffix('\n').expect("a line's end");
            assert!(!object.contains(split), "{object:?}");
            let object: Value = serde_json::from_str(object).expect("still JSON");
            assert_eq!(object, json!({ "event": name, "data": data, "id": 7 }));
        }
    }
}
