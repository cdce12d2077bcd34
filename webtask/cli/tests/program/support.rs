//! The program in a folder of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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

/// The program in that folder, without what the environment of the tests says.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webtask"));
    command.args(arguments).current_dir(folder);
    command.env("COLUMNS", "100").env_remove("NO_COLOR").env_remove("WEBTASK_SETTINGS");
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
