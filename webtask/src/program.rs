//! Programs by their names, as a shell finds them. It starts none.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The program that a name means: one in those folders, as `PATH` has them, unless the name says its own.
pub(crate) fn find(program: &Path, folders: Option<&OsStr>) -> Option<PathBuf> {
    which::which_in_global(program, folders).ok()?.next()
}

/// Whether the file can be started by this user.
pub(crate) fn is_program(file: &Path) -> bool {
    std::path::absolute(file).is_ok_and(|file| find(&file, None).is_some())
}
