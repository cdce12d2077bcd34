//! Finds recipe files and reads them.

use std::fs;
use std::io;
use std::path::Path;

/// How deep folders may be nested, so that a link to an outer one has an end.
const DEPTH: usize = 16;

/// A recipe file: what mistakes call it, and its text.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) text: String,
}

/// That file, or every `.webtask` file below that folder, in the order of their paths.
pub(super) fn find(path: &Path) -> Result<Vec<File>, String> {
    if !path.is_dir() {
        return Ok(vec![read(path)?]);
    }
    let mut found = Vec::new();
    collect(path, 0, &mut found)?;
    if found.is_empty() {
        let folder = path.display();
        return Err(format!("no recipe in `{folder}`\nhelp: name a recipe's file `NAME.webtask`"));
    }
    Ok(found)
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<File>) -> Result<(), String> {
    if depth > DEPTH {
        return Err(format!("folders are nested deeper than {DEPTH} in `{}`", folder.display()));
    }
    let unreadable = |error: io::Error| format!("cannot read the folder `{}`: {error}", folder.display());
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    // Without the ending, so that `a.webtask` stands before what is in `a/`.
    entries.sort_by_key(|path| (path.with_extension(""), path.is_dir()));
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if entry.is_dir() {
            collect(&entry, depth + 1, found)?;
        } else if name.ends_with(".webtask") {
            found.push(read(&entry)?);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<File, String> {
    // Opening a pipe would wait without end.
    let text = match fs::metadata(path) {
        Ok(about) if !about.is_file() => Err(io::Error::other("it is not a regular file")),
        Ok(_) => fs::read_to_string(path),
        Err(error) => Err(error),
    };
    let name = path.display().to_string();
    match text {
        Ok(text) => Ok(File { name, text }),
        Err(error) => Err(format!("cannot read `{name}`: {error}")),
    }
}
