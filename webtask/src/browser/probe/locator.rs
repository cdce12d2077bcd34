//! Whether something that is said to a page has a locator in it. What one means, the page knows.

use serde_json::Value;

/// Whether a text in it begins as a locator does, or a part of it after `>>`.
pub(super) fn is_in(argument: &Value) -> bool {
    match argument {
        Value::String(text) => text.split(">>").any(begins),
        Value::Array(list) => list.iter().any(is_in),
        Value::Object(map) => map.values().any(is_in),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether it begins with a name and `=`, as no CSS does.
fn begins(part: &str) -> bool {
    let part = part.trim_start();
    let name = part.bytes().take_while(u8::is_ascii_lowercase).count();
    name > 0 && part.as_bytes().get(name) == Some(&b'=')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_locator_is_found_wherever_it_is() {
        for argument in [
            json!("role=button"),
            json!(" text=a"),
            json!({ "selector": "iframe >> label=x", "text": null }),
            json!({ "from": ".a", "fields": [{ "from": ".b" }, { "from": ". >> alt=x" }] }),
        ] {
            assert!(is_in(&argument), "{argument}");
        }
    }

    #[test]
    fn plain_css_has_none() {
        for argument in [
            json!("[role=button]"),
            json!("a[title=\"x\"] >> .b"),
            json!({ "selector": "#a", "until": 1.5, "exact": false }),
            json!({ "from": "li", "fields": [{ "from": ".b:not([c='d=e'])" }] }),
        ] {
            assert!(!is_in(&argument), "{argument}");
        }
    }
}
