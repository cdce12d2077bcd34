//! An example in both spellings: it is written inline, and its text is made of that and must mean the same.

use webtask_grammar::ast::Task;
use webtask_grammar::{Problems, Source, format, parse, parse_text, resolve};

/// Tasks in the inline spelling, a statement a line.
pub(super) struct Example {
    pub(super) inline: String,
    /// Whether there is Rust in it, which the other spelling does not have.
    pub(super) rust: bool,
}

impl Example {
    /// As it stands in a Rust source.
    pub(super) fn rust_source(&self) -> String {
        let mut out = "use webtask::webtask;\n\nwebtask! {\n".to_owned();
        for line in self.inline.lines() {
            match line {
                "" => out.push('\n'),
                line if line.starts_with("task ") => out.push_str(&format!("    pub {line}\n")),
                line => out.push_str(&format!("    {line}\n")),
            }
        }
        out + "}\n# fn main() {}"
    }

    /// As it stands in a file of its own; none when there is Rust in it.
    pub(super) fn text(&self) -> Option<String> {
        if self.rust {
            return None;
        }
        let lines = self.inline.lines().map(|line| {
            // Some blocks are known by their indentation: it stays.
            let (indent, line) = line.split_at(line.len() - line.trim_start().len());
            let text = if let Some(comment) = line.strip_prefix("//") {
                format!("#{comment}")
            } else if line == "}" {
                "end".to_owned()
            } else if let Some(branch) = line.strip_prefix("} else") {
                format!("else{}", branch.trim_end_matches('{').trim_end())
            } else if let Some(block) = line.strip_suffix(" {") {
                block.to_owned()
            } else {
                line.strip_suffix(';').unwrap_or(line).to_owned()
            };
            format!("{indent}{text}\n")
        });
        let text: String = lines.collect();
        let source = Source::new("example.webtask", &text);
        Some(format(&source).unwrap_or_else(|problems| {
            let told: Vec<_> = problems.iter().map(|problem| source.report(problem)).collect();
            panic!("{}\n{text}", told.join("\n"))
        }))
    }

    /// That it has no problem, and says the same in both spellings.
    pub(super) fn check(&self, file: &str) {
        let mut problems = Problems::new();
        let tokens = self.inline.parse().unwrap_or_else(|error| panic!("`{file}`: {error}"));
        let inline = parse(tokens, &mut problems);
        resolve(&inline, &mut problems);
        none(problems, file);
        if let Some(text) = self.text() {
            let mut problems = Problems::new();
            let tasks: Vec<Task> = parse_text(&Source::new("example.webtask", &text), &mut problems);
            none(problems, file);
            assert!(tasks == inline, "the two spellings of `{file}` differ:\n{text}");
        }
    }
}

fn none(mut problems: Problems, file: &str) {
    let told: Vec<_> = problems.take().into_iter().map(|problem| problem.message).collect();
    assert!(told.is_empty(), "`{file}`: {told:?}");
}
