//! Findings as programs read them.

use serde_json::{Value, json};

use webtask::Location;

use super::Finding;

/// A list of findings.
pub(super) fn json(findings: &[Finding]) -> String {
    let findings = findings.iter().map(|finding| {
        let at = |part: fn(&Location) -> Value| finding.location.as_ref().map_or(Value::Null, part);
        json!({
            "severity": level(finding),
            "file": at(|location| location.file.clone().into()),
            "line": at(|location| location.line.into()),
            "column": at(|location| location.column.into()),
            "endLine": at(|location| location.end_line.into()),
            "endColumn": at(|location| location.end_column.into()),
            "message": finding.message,
            "help": finding.help,
        })
    });
    format!("{:#}\n", Value::Array(findings.collect()))
}

/// SARIF 2.1.0, as code scanning reads it.
pub(super) fn sarif(findings: &[Finding]) -> String {
    let results = findings.iter().map(|finding| {
        let mut result = json!({
            "ruleId": rule(finding),
            "level": level(finding),
            "message": { "text": message(finding) },
        });
        if let Some(location) = &finding.location {
            result["locations"] = json!([{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(&location.file) },
                    "region": {
                        "startLine": location.line,
                        "startColumn": location.column,
                        "endLine": location.end_line,
                        "endColumn": location.end_column,
                    },
                },
            }]);
        }
        result
    });
    let rules = [("recipe", "A recipe is wrong"), ("unused", "Something is never used")];
    let rules = rules.map(|(id, text)| json!({ "id": id, "shortDescription": { "text": text } }));
    let driver = json!({
        "name": "webtask",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

/// Commands of a GitHub workflow, which become annotations.
pub(super) fn github(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let place = finding.location.as_ref().map(|location| {
            let end = if location.end_line == location.line { location.end_column } else { 0 };
            let columns = match end {
                0 => String::new(),
                // The last column is one of the mistake's.
                end => format!(",col={},endColumn={}", location.column, (end - 1).max(location.column)),
            };
            let file = property(&location.file);
            format!(" file={file},line={},endLine={}{columns}", location.line, location.end_line)
        });
        format!("::{}{}::{}\n", level(finding), place.unwrap_or_default(), data(&message(finding)))
    };
    findings.iter().map(line).collect()
}

fn level(finding: &Finding) -> &'static str {
    if finding.is_error { "error" } else { "warning" }
}

fn rule(finding: &Finding) -> &'static str {
    if finding.is_error { "recipe" } else { "unused" }
}

fn message(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}; {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// A path as a relative reference of a URI.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
