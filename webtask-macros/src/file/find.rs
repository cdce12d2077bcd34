//! Finds and reads recipe files: below the folder of the crate's `Cargo.toml`, from which paths are written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How deep folders may be nested, so that a link to an outer one has an end.
const DEPTH: usize = 16;

/// A file and what was read from it.
pub(super) struct Found {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its path as rustc shows one.
    pub(super) shown: String,
    /// The names of the folders between the one given and the file.
    pub(super) folder: Vec<String>,
    pub(super) text: String,
}

/// The file of that path.
pub(super) fn file(given: &str) -> Result<Vec<Found>, String> {
    let path = root().join(given);
    if path.is_dir() {
        return Err(format!("`{given}` is a folder\nhelp: write `webtask_dir!(\"{given}\")`"));
    }
    read(&path, Vec::new()).map(|found| vec![found])
}

/// Every `.webtask` file below the folder of that path, in the order of their paths.
pub(super) fn folder(given: &str) -> Result<Vec<Found>, String> {
    let path = root().join(given);
    if path.is_file() {
        return Err(format!("`{given}` is a file\nhelp: write `webtask_file!(\"{given}\")`"));
    }
    let mut found = Vec::new();
    collect(&path, &mut Vec::new(), &mut found)?;
    if found.is_empty() {
        return Err(format!("no recipe in `{given}`\nhelp: a recipe's file is called `NAME.webtask`"));
    }
    Ok(found)
}

fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default()
}

fn collect(path: &Path, folder: &mut Vec<String>, found: &mut Vec<Found>) -> Result<(), String> {
    let unreadable = |error: std::io::Error| {
        format!(
            "cannot read the folder `{}`: {error}\nhelp: a path begins at the folder of `Cargo.toml`",
            shown(path)
        )
    };
    if folder.len() > DEPTH {
        return Err(format!("folders nested deeper than {DEPTH} in `{}`", shown(path)));
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    // Without the ending, so that `a.webtask` stands before what is in `a/`.
    entries.sort_by_key(|path| (path.with_extension(""), path.is_dir()));
    for entry in entries {
        let Some(name) = entry.file_name().and_then(|name| name.to_str()) else { continue };
        if name.starts_with('.') {
            continue;
        }
        if entry.is_dir() {
            folder.push(name.to_owned());
            collect(&entry, folder, found)?;
            folder.pop();
        } else if name.ends_with(".webtask") {
            found.push(read(&entry, folder.clone())?);
        }
    }
    Ok(())
}

fn read(path: &Path, folder: Vec<String>) -> Result<Found, String> {
    let shown = shown(path);
    // A pipe would be waited for without end.
    let text = match fs::metadata(path) {
        Ok(about) if !about.is_file() => Err(io::Error::other("it is not a regular file")),
        Ok(_) => fs::read_to_string(path),
        Err(error) => Err(error),
    };
    let text = text.map_err(|error| {
        format!("cannot read `{shown}`: {error}\nhelp: a path begins at the folder of `Cargo.toml`")
    })?;
    Ok(Found { path: path.to_owned(), shown, folder, text })
}

/// The path as rustc shows its own: from the folder that it was started in.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}
