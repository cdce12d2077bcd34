//! Writes what stands in a statement besides words: names, strings, numbers, lists and maps.

use std::time::Duration;

use super::Page;
use crate::ast::{Arg, Collect, Entry, Hole, Part, Rust, Script, Template, Text, Value};
use crate::template::is_name;
use crate::text::dedent::dedent;

impl Page {
    pub(super) fn text(&mut self, text: &Text) -> String {
        match text {
            Text::Template(template) => self.template(template),
            Text::Rust(rust) => format!("({})", self.rust(rust)),
        }
    }

    pub(super) fn texts(&mut self, texts: &[Text]) -> String {
        let texts: Vec<_> = texts.iter().map(|text| self.text(text)).collect();
        format!("[{}]", texts.join(", "))
    }

    pub(super) fn value(&mut self, value: &Value) -> String {
        match value {
            Value::Text(template) => self.template(template),
            Value::Int(number) => number.value.to_string(),
            Value::Float(number) => format!("{:?}", number.value),
            Value::Bool(value) => value.value.to_string(),
            Value::Null(_) => "null".to_owned(),
            Value::List(items) => self.list(&items.value),
            Value::Map(entries) => self.map(&entries.value),
            Value::Rust(rust) => format!("({})", self.rust(rust)),
        }
    }

    pub(super) fn list(&mut self, items: &[Value]) -> String {
        let items: Vec<_> = items.iter().map(|item| self.value(item)).collect();
        format!("[{}]", items.join(", "))
    }

    pub(super) fn map(&mut self, entries: &[Entry]) -> String {
        if entries.is_empty() {
            return "{}".to_owned();
        }
        let entry = |entry: &Entry| {
            let key = self.word(&entry.key.value, &[]);
            format!("{key}: {}", self.value(&entry.value))
        };
        let entries: Vec<_> = entries.iter().map(entry).collect();
        format!("{{ {} }}", entries.join(", "))
    }

    pub(super) fn time(&mut self, time: &Arg<Duration>) -> String {
        self.arg(time, |time| duration(*time))
    }

    pub(super) fn count(&mut self, count: &Arg<u64>) -> String {
        self.arg(count, u64::to_string)
    }

    pub(super) fn number(&mut self, number: &Arg<f64>) -> String {
        self.arg(number, f64::to_string)
    }

    fn arg<T>(&mut self, arg: &Arg<T>, write: impl Fn(&T) -> String) -> String {
        match arg {
            Arg::Literal(literal) => write(&literal.value),
            Arg::Hole(held) => self.quoted(&hole(&held.hole)),
            Arg::Rust(rust) => format!("({})", self.rust(rust)),
        }
    }

    pub(super) fn script(&mut self, script: &Script) -> String {
        match script {
            Script::Inline(source) => self.quoted(&source.value),
            Script::File(path) => format!("fn {}", self.quoted(&path.value)),
        }
    }

    pub(super) fn typed(&mut self, ty: Option<&Rust>) -> String {
        ty.map_or(String::new(), |ty| format!(": {}", self.rust(ty)))
    }

    pub(super) fn collect(&mut self, collect: Option<&Collect>) -> String {
        match collect {
            Some(collect) => format!(" collect {}{}", collect.name.text, self.typed(collect.ty.as_ref())),
            None => String::new(),
        }
    }

    /// A word, in quotes where it is none, or is one of those that mean something else there.
    pub(super) fn word(&self, text: &str, others: &[&str]) -> String {
        match is_name(text) && text != "_" && !others.contains(&text) {
            true => text.to_owned(),
            false => self.quoted(text),
        }
    }

    fn template(&self, template: &Template) -> String {
        if template.escaped {
            return beyond_doubt(template);
        }
        let parts = template.parts.iter().map(|part| match part {
            Part::Text(text) => text.replace("{{", "{{{{"),
            Part::Hole(placeholder) => hole(placeholder),
        });
        self.quoted(&parts.collect::<String>())
    }

    /// A string of that text, with the placeholders in it, in the form that is read most easily.
    pub(super) fn quoted(&self, text: &str) -> String {
        let plain = |c: char| c == '\n' || !c.is_control();
        if !text.chars().all(plain) {
            return escaped(text);
        }
        if text.contains('\n') {
            return if self.is_inline() {
                raw(text)
            } else {
                self.long(text).unwrap_or_else(|| escaped(text))
            };
        }
        if text.contains(['"', '\\']) { raw(text) } else { format!("\"{text}\"") }
    }

    /// A text of several lines in a file of its own, each line below the statement; none where that would change it.
    fn long(&self, text: &str) -> Option<String> {
        let pad = "    ".repeat(self.depth + 1);
        let lines = text.split('\n').map(|line| match line.trim().is_empty() {
            true => "\n".to_owned(),
            false => format!("\n{pad}{line}"),
        });
        let inside = format!("{}\n{}", lines.collect::<String>(), "    ".repeat(self.depth));
        let good = !text.contains("\"\"\"") && !text.ends_with('"') && dedent(&inside) == text;
        good.then(|| format!("\"\"\"{inside}\"\"\""))
    }
}

/// A duration in the largest unit of which it has a whole number.
pub(super) fn duration(time: Duration) -> String {
    let nanos = time.as_nanos();
    let units = [("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000)];
    match units.iter().find(|(_, unit)| nanos > 0 && nanos.is_multiple_of(*unit)) {
        Some((name, unit)) => format!("{}{name}", nanos / unit),
        None if nanos == 0 => "0".to_owned(),
        None => {
            let fraction = format!("{:06}", nanos % 1_000_000);
            format!("{}.{}ms", nanos / 1_000_000, fraction.trim_end_matches('0'))
        }
    }
}

fn hole(hole: &Hole) -> String {
    let fallback = hole.fallback.as_ref().map_or(String::new(), |text| format!("|or:{text}"));
    format!("{{{{{}{fallback}}}}}", hole.lookup())
}

fn raw(text: &str) -> String {
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

fn escaped(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A string whose `{`, `$` and `%` are escapes, so that nothing in it is taken for another language's placeholder.
fn beyond_doubt(template: &Template) -> String {
    let mut out = "\"".to_owned();
    for part in &template.parts {
        match part {
            Part::Text(text) => text.replace("{{", "{{{{").chars().for_each(|c| match c {
                '{' | '$' | '%' => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
                c => out.extend(c.escape_debug()),
            }),
            Part::Hole(placeholder) => out.extend(hole(placeholder).escape_debug()),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_keeps_its_length() {
        for (millis, expected) in
            [(0, "0"), (1, "1ms"), (1500, "1500ms"), (90_000, "90s"), (120_000, "2m"), (7_200_000, "2h")]
        {
            assert_eq!(duration(Duration::from_millis(millis)), expected);
        }
        assert_eq!(duration(Duration::from_nanos(250_000)), "0.25ms");
        assert_eq!(duration(Duration::from_nanos(1_000_001)), "1.000001ms");
    }
}
