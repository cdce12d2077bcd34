//! rustc's messages, the same on every machine and after every change of a file that is not the case's own.
//!
//! Only the case's own lines keep their numbers. Of other files, the folder is named by what it is: `$DIR` is this package,
//! `$WORKSPACE` what is around it, `$CARGO` what it depends on, `$RUST` the standard library.

use std::path::Path;
use std::process::Output;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::rustc::{PACKAGE, workspace};

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a good pattern")
}

/// What rustc said of a case: each message as it shows them, a line between.
pub(crate) fn shown(compiled: &Output, case: &Path) -> String {
    let case = case.strip_prefix(PACKAGE).unwrap_or(case).display().to_string();
    let stderr = String::from_utf8_lossy(&compiled.stderr);
    let mut messages = Vec::new();
    for line in stderr.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            // Not a message, but said all the same.
            messages.push(format!("{line}\n"));
            continue;
        };
        // How many there were, and where to read of them.
        let counted = message["message"].as_str().is_some_and(|text| text.starts_with("aborting due to "));
        if !counted && message["level"] != "failure-note" {
            messages.push(one(message["rendered"].as_str().unwrap_or(line), &case));
        }
    }
    messages.join("\n")
}

/// One message.
fn one(rendered: &str, case: &str) -> String {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| regex(r"^( *(?:-->|:::) )(.*?)((?::\d+)*)$"));
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| regex(r"^( +and )\d+( others)$"));
    // Where the whole of a long type is to be found.
    static LONG: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"^[ =]*(?:note: )?(?:the full (?:type name|name for the type) has been |consider using `--verbose`)",
        )
    });
    let mut lines = Vec::new();
    let mut elsewhere = false;
    for line in rendered.trim_end().lines().filter(|line| !LONG.is_match(line)) {
        if let Some(place) = PLACE.captures(line) {
            let file = portable(&place[2]);
            elsewhere = file != case;
            lines.push(format!("{}{file}{}", &place[1], if elsewhere { "" } else { &place[3] }));
            continue;
        }
        elsewhere = elsewhere
            && line.trim_start().starts_with(|is: char| is.is_ascii_digit() || is == '|' || is == '.');
        let mut line = OTHERS.replace(line, "${1}$$N$2").replace(&format!("{PACKAGE}/"), "$DIR/");
        if elsewhere {
            let number = line.bytes().take_while(|byte| *byte == b' ' || byte.is_ascii_digit()).count();
            line.replace_range(..number, &" ".repeat(number));
        }
        lines.push(line.trim_end().to_owned());
    }
    narrow(&mut lines);
    lines.join("\n") + "\n"
}

/// A file's path without what differs between machines.
fn portable(file: &str) -> String {
    static RUST: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^.*?/(?:rustlib/src/rust|rustc/[0-9a-f]{40})/library/"));
    static CARGO: LazyLock<Regex> = LazyLock::new(|| regex(r"^.*/registry/src/[^/]+/(.+?)-\d+\.[^/]*/"));
    let path = workspace().join(file);
    if let Ok(inside) = path.strip_prefix(PACKAGE) {
        inside.display().to_string()
    } else if let Ok(inside) = path.strip_prefix(workspace()) {
        format!("$WORKSPACE/{}", inside.display())
    } else {
        let file = RUST.replace(file, "$$RUST/");
        CARGO.replace(&file, "$$CARGO/$1-$$VERSION/").into_owned()
    }
}

/// Makes the column of the numbers as wide as the numbers that are left.
fn narrow(lines: &mut [String]) {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"^ *(\d+) [|+~-]"));
    static BESIDE: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?: *\d+|\.\.\.)? *(?:-->|:::|[|=+~-])"));
    let places = lines.iter().filter(|line| line.trim_start().starts_with("--> "));
    let Some(wide) = places.map(|line| line.len() - line.trim_start().len()).next() else {
        return;
    };
    let numbers = lines.iter().filter_map(|line| NUMBER.captures(line).map(|number| number[1].len()));
    let surplus = wide.saturating_sub(numbers.max().unwrap_or(1));
    // A heading may have several lines, which are not beside the column.
    let mut heading = true;
    for line in lines {
        let first = if line.starts_with("...") { 3 } else { 0 };
        heading =
            !BESIDE.is_match(line) && (heading || line.starts_with(|is: char| is.is_ascii_alphabetic()));
        let spaces = line[first..].bytes().take_while(|byte| *byte == b' ').count();
        if !heading {
            line.replace_range(first..first + surplus.min(spaces), "");
        }
    }
}
