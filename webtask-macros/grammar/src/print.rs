//! Writes a tree as a recipe, in either spelling: what [`format`](crate::format()) does for a file that is there, this does
//! for one that is made. Comments and the author's own line breaks are not in a tree.
//!
//! Read again, what was written is the same tree.

mod field;
mod step;
mod value;

use crate::ast::{Block, Header, Input, InputType, Rust, Task};
use crate::parse::{Spelling, function_name};
use crate::problem::{Problem, Problems};

/// The tasks as a recipe file.
///
/// # Errors
///
/// The Rust in them, which only the inline spelling has.
///
/// ```
/// use webtask_grammar::{Problems, parse, print};
///
/// let mut problems = Problems::new();
/// let tokens = r#"task "a" { retry 3 { wait 1500; } }"#.parse().unwrap();
/// let tasks = parse(tokens, &mut problems);
/// assert_eq!(print(&tasks).unwrap(), r#"task "a"
///     retry 3
///         wait 1500ms
///     end
/// end
/// "#);
/// ```
pub fn print(tasks: &[Task]) -> Result<String, Vec<Problem>> {
    let mut page = Page::new(Spelling::Text);
    page.tasks(tasks);
    if page.problems.is_empty() { Ok(page.out) } else { Err(page.problems.take()) }
}

/// The tasks as they stand in `webtask!`.
///
/// ```
/// use webtask_grammar::{Problems, Source, parse_text, print_inline};
///
/// let source = Source::new("a.webtask", "task \"a\"\n  retry 3\n wait 1s\n end\nend");
/// let tasks = parse_text(&source, &mut Problems::new());
/// assert_eq!(print_inline(&tasks), r#"task "a" {
///     retry 3 {
///         wait 1s;
///     }
/// }
/// "#);
/// ```
#[must_use]
pub fn print_inline(tasks: &[Task]) -> String {
    let mut page = Page::new(Spelling::Inline);
    page.tasks(tasks);
    page.out
}

/// A recipe on its way onto paper.
struct Page {
    spelling: Spelling,
    out: String,
    depth: usize,
    problems: Problems,
}

impl Page {
    fn new(spelling: Spelling) -> Self {
        Self { spelling, out: String::new(), depth: 0, problems: Problems::new() }
    }

    fn is_inline(&self) -> bool {
        self.spelling == Spelling::Inline
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("    ", self.depth));
    }

    /// Writes a statement without a block.
    fn line(&mut self, text: &str) {
        self.indent();
        self.out.push_str(text);
        self.out.push_str(if self.is_inline() { ";\n" } else { "\n" });
    }

    /// Begins a statement's block.
    fn open(&mut self, head: &str) {
        self.indent();
        self.out.push_str(head);
        self.out.push_str(if self.is_inline() { " {\n" } else { "\n" });
        self.depth += 1;
    }

    /// Goes on with another block of the same statement.
    fn reopen(&mut self, head: &str) {
        self.depth -= 1;
        self.indent();
        if self.is_inline() {
            self.out.push_str("} ");
        }
        self.out.push_str(head);
        self.out.push_str(if self.is_inline() { " {\n" } else { "\n" });
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.indent();
        self.out.push_str(if self.is_inline() { "}\n" } else { "end\n" });
    }

    /// Rust as it is; in a file of its own there is none.
    fn rust(&mut self, rust: &Rust) -> String {
        if !self.is_inline() {
            let help = "write the value itself, or keep the task in Rust source";
            self.problems.help(rust.span, "Rust has no spelling in a recipe file", help);
        }
        rust.tokens.to_string()
    }

    fn tasks(&mut self, tasks: &[Task]) {
        for (index, task) in tasks.iter().enumerate() {
            if index > 0 {
                self.out.push('\n');
            }
            self.task(task);
        }
    }

    fn task(&mut self, task: &Task) {
        let mut head = String::new();
        if self.is_inline() {
            if !task.attrs.is_empty() {
                head = format!("{}\n", task.attrs);
            }
            if !task.vis.is_empty() {
                head += &format!("{} ", task.vis);
            }
        }
        head += &format!("task {}", self.quoted(&task.slug.value));
        if task.name.text != function_name(&task.slug.value) {
            head += &format!(" as {}", task.name.text);
        }
        if let Some(ty) = &task.returns {
            head += &format!(" -> {}", self.rust(ty));
        }
        self.open(&head);
        let before = self.out.len();
        self.header(&task.header);
        if self.out.len() > before && !task.body.steps.is_empty() {
            self.out.push('\n');
        }
        self.block(&task.body);
        self.close();
    }

    fn block(&mut self, block: &Block) {
        for step in &block.steps {
            self.step(&step.action);
        }
    }

    fn header(&mut self, header: &Header) {
        if let Some(doc) = &header.doc {
            let line = format!("doc {}", self.quoted(&doc.value));
            self.line(&line);
        }
        if let Some(pool) = &header.pool {
            let line = format!("pool {}", self.word(&pool.value, &[]));
            self.line(&line);
        }
        if let Some(timeout) = &header.timeout {
            self.line(&format!("timeout {}", value::duration(timeout.value)));
        }
        if !header.transports.is_empty() {
            let words = header.transports.iter().map(|transport| transport.value.name());
            self.line(&format!("transport {}", words.collect::<Vec<_>>().join(", ")));
        }
        if let Some(setup) = &header.setup {
            let mut line = format!("setup {}", self.quoted(&setup.slug.value));
            if !setup.with.is_empty() {
                line += &format!(" with {}", self.map(&setup.with));
            }
            self.line(&line);
        }
        if header.strict.is_some() {
            self.line("strict");
        }
        if let Some(dialogs) = &header.dialogs {
            self.line(&format!("dialogs {}", dialogs.value.name()));
        }
        for input in &header.inputs {
            self.input(input);
        }
        for secret in &header.secrets {
            self.line(&format!("secret {}", secret.text));
        }
        for setting in &header.settings {
            let mut line = format!("setting {}", setting.name.text);
            if let Some(default) = &setting.default {
                line += &format!(" default {}", self.quoted(&default.value));
            }
            self.line(&line);
        }
    }

    fn input(&mut self, input: &Input) {
        let mut line = format!("input {}", input.name.text);
        let word = match &input.ty {
            InputType::String => " string",
            InputType::Int => " int",
            InputType::Float => " float",
            InputType::Bool => " bool",
            InputType::List => " list",
            InputType::Map => " map",
            InputType::Path => " path",
            InputType::Rust(ty) => {
                for doc in input.doc.iter().flat_map(|doc| doc.value.split('\n')) {
                    self.indent();
                    self.out.push_str(if doc.is_empty() { "///" } else { "/// " });
                    self.out.push_str(doc);
                    self.out.push('\n');
                }
                line += &format!(": {}", self.rust(ty));
                if let Some(default) = &input.default {
                    let default = match default {
                        crate::ast::Value::Rust(rust) => self.rust(rust),
                        other => self.value(other),
                    };
                    line += &format!(" = {default}");
                }
                return self.line(&line);
            }
        };
        line += word;
        if input.required {
            line += " required";
        }
        if let Some(default) = &input.default {
            line += &format!(" default {}", self.value(default));
        }
        if let Some(doc) = &input.doc {
            line += &format!(" doc {}", self.quoted(&doc.value));
        }
        self.line(&line);
    }
}
