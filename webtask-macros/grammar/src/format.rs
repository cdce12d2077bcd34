//! Writes a recipe file in its one layout: it changes spaces and line breaks, and nothing that is said.
//!
//! Blocks are indented by four spaces, brackets over several lines likewise. Comments stay, and so do blank lines, one
//! at a time. Where a line is broken inside brackets, and in which order options come, is the author's.

mod line;

use crate::problem::{Problem, Problems};
use crate::text::fault::Faults;
use crate::text::layout::{Role, Row};
use crate::text::scan::{Kind, Token};
use crate::text::{Parts, Source, parse_text, take_apart};

/// The file in its one layout.
///
/// # Errors
///
/// What is wrong with a recipe that cannot be read.
///
/// ```
/// use webtask_grammar::{Source, format};
///
/// let source = Source::new("a.webtask", "task \"a\"\n  retry 3 # often\nwait   1s\nend\nend");
/// assert_eq!(format(&source).unwrap(), r#"task "a"
///     retry 3  # often
///         wait 1s
///     end
/// end
/// "#);
/// ```
pub fn format(source: &Source) -> Result<String, Vec<Problem>> {
    let mut problems = Problems::new();
    parse_text(source, &mut problems);
    if !problems.is_empty() {
        return Err(problems.take());
    }
    let parts = take_apart(source, &mut Faults::new(source));
    let mut page = Page { source, parts: &parts, out: String::new(), breaks: 0, fresh: true };
    page.write();
    Ok(page.out)
}

/// A file on its way onto paper.
struct Page<'s> {
    source: &'s Source,
    parts: &'s Parts,
    out: String,
    /// How many line breaks there were since something was written.
    breaks: usize,
    /// Whether a block, or the file, has just begun.
    fresh: bool,
}

impl Page<'_> {
    fn write(&mut self) {
        let parts = self.parts;
        let mut at = 0;
        let mut above: Option<&Row> = None;
        for row in &parts.rows {
            let ends = matches!(row.role, Role::Close | Role::Else);
            let inside = row.depth + usize::from(ends);
            self.between(at..row.tokens.start, inside);
            let apart = above.is_some_and(|above| above.role == Role::Close && above.depth == 0);
            if ends {
                self.fresh = true;
            }
            self.start(row.depth, apart && !self.out.ends_with("\n\n") && !self.commented());
            let text = line::line(self.source, &parts.tokens[row.tokens.clone()], row.depth);
            self.out.push_str(&text);
            at = row.tokens.end;
            self.fresh = matches!(row.role, Role::Open | Role::Else);
            above = Some(row);
        }
        self.between(at..parts.tokens.len(), 0);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Whether the last line is a comment of its own, which belongs to what follows.
    fn commented(&self) -> bool {
        self.out.lines().last().is_some_and(|line| line.starts_with('#')) && self.breaks < 2
    }

    /// Begins a line; `apart` sets it off by a blank one.
    fn start(&mut self, depth: usize, apart: bool) {
        if !self.out.is_empty() {
            self.out.push('\n');
            if !self.fresh && (apart || self.breaks > 1) {
                self.out.push('\n');
            }
        }
        self.breaks = 0;
        self.fresh = false;
        self.out.push_str(&line::indent(depth));
    }

    /// Writes the comments between two rows.
    fn between(&mut self, range: std::ops::Range<usize>, depth: usize) {
        for token in &self.parts.tokens[range] {
            match token.kind {
                Kind::Break => self.breaks += 1,
                Kind::Comment => {
                    if self.breaks == 0 && !self.out.is_empty() {
                        self.out.push_str("  ");
                    } else {
                        self.start(depth, false);
                    }
                    self.out.push_str(comment(self.source, token).trim_end());
                }
                _ => {}
            }
        }
    }
}

fn comment(source: &Source, token: &Token) -> String {
    source.slice(token.start, token.end)
}
