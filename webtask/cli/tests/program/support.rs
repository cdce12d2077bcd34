//! The program in a folder of its own.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};

use rustix::process::{Pid, Signal, geteuid, kill_process};

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// A file or a folder of the catalogue.
pub(crate) fn catalogue(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../recipes-ported").join(path)
}

/// The program in that folder, without what the environment of the tests says.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webtask"));
    command.args(arguments).current_dir(folder);
    command.env("COLUMNS", "100").env("TERM", "xterm").env_remove("NO_COLOR");
    for name in ["SETTINGS", "REPLAY", "FILES", "SERVER_ADDRESS", "FAILURES"] {
        command.env_remove(format!("WEBTASK_{name}"));
    }
    if geteuid().is_root() {
        command.env("WEBTASK_NO_SANDBOX", "1");
    }
    command
}

/// The program's end in that folder.
pub(crate) fn webtask(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

/// Exit code, standard output and standard error.
pub(crate) fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// The same of the program with these arguments in that folder.
pub(crate) fn call(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    told(&webtask(folder, arguments))
}

/// What a program writes, read as it comes.
pub(crate) struct Lines<R> {
    reader: BufReader<R>,
    seen: String,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader: BufReader::new(reader), seen: String::new() }
    }

    /// Reads on until there is a line that holds this; the line.
    pub(crate) fn until(&mut self, wanted: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.reader.read_line(&mut line).unwrap();
            assert!(read > 0, "no `{wanted}` in:\n{}", self.seen);
            self.seen.push_str(&line);
            if line.contains(wanted) {
                return line.trim_end().to_owned();
            }
        }
    }
}

/// Sends a signal to a program.
pub(crate) fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}
