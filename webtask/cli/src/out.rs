//! Standard output and standard error, to a reader that may leave before the end.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

static QUIET: AtomicBool = AtomicBool::new(false);

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
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes a line that `--quiet` leaves out to standard error.
pub(crate) fn note(line: &str) {
    if !is_quiet() {
        error(line);
    }
}

/// Writes the last of a command to standard output.
pub(crate) fn finish(text: &str) -> crate::Outcome {
    match print(text) {
        Ok(()) => crate::Outcome::Done,
        Err(why) => {
            error(&format!("cannot write to standard output: {why}"));
            crate::Outcome::Failed
        }
    }
}
