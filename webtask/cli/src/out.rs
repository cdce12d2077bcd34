//! Standard output and standard error, to a reader that may leave before the end.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use indicatif::ProgressBar;

use crate::{Outcome, style};

static QUIET: AtomicBool = AtomicBool::new(false);

/// The line that lives at the end of standard error.
static LINE: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Says that there is such a line, or none any more.
pub(crate) fn set_line(line: Option<ProgressBar>) {
    *LINE.lock().unwrap_or_else(PoisonError::into_inner) = line;
}

/// Leaves out notes from now on.
pub(crate) fn set_quiet(quiet: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
}

/// Whether notes are left out.
pub(crate) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Writes to standard output. A reader that has left is no error; any other failure is.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes a line of an error or a warning to standard error, if anybody still reads that.
pub(crate) fn error(line: &str) {
    let write = || {
        let _ = writeln!(io::stderr().lock(), "{line}");
    };
    match &*LINE.lock().unwrap_or_else(PoisonError::into_inner) {
        Some(live) => live.suspend(write),
        None => write(),
    }
}

/// Says what is wrong; the outcome is handed through.
pub(crate) fn wrong(message: &str, outcome: Outcome) -> Outcome {
    error(&format!("{} {message}", style::paint("error:", style::WRONG, style::on_stderr())));
    outcome
}

/// Writes a line that `--quiet` leaves out to standard error.
pub(crate) fn note(line: &str) {
    if !is_quiet() {
        error(line);
    }
}

/// Writes the last of a command to standard output.
pub(crate) fn finish(text: &str) -> Outcome {
    match print(text) {
        Ok(()) => Outcome::Done,
        Err(why) => wrong(&format!("cannot write to standard output: {why}"), Outcome::Failed),
    }
}

/// Text of a page or a caller, without characters that a terminal would obey.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The same, which may have several lines.
pub(crate) fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}
