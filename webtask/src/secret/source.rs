//! Where the values of secrets come from besides code: a file, a folder, the environment, a terminal.

use std::fs;
use std::io::IsTerminal;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::{Error, ErrorKind, regular};

/// How large a secret in a file of its own may be.
const SIZE: u64 = 64 << 10;

/// The secrets of a file with a `NAME=value` a line, or of a folder with a file for each.
pub(super) fn read(path: &Path) -> Result<Vec<(String, String)>, Error> {
    let wrong = |why: String| {
        Error::new(ErrorKind::Config, format!("the secrets `{}` cannot be read: {why}", path.display()))
    };
    let about = fs::metadata(path).map_err(|error| wrong(error.to_string()))?;
    if about.is_dir() {
        return folder(path).map_err(wrong);
    }
    if about.permissions().mode() & 0o004 != 0 {
        return Err(wrong("everybody may read them; `chmod o-r` the file".into()));
    }
    let text = regular::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    lines(text.strip_prefix('\u{feff}').unwrap_or(&text))
        .map_err(|(line, why)| wrong(format!("line {line} {why}")))
}

/// A `NAME=value` a line, up to its end; `#` begins a line that says nothing.
fn lines(text: &str) -> Result<Vec<(String, String)>, (usize, &'static str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        // The line is not shown: it may be a value.
        let (name, value) = line.split_once('=').ok_or((index + 1, "has no `=`; write `NAME=value`"))?;
        let name = name.trim();
        if !is_name(name) {
            return Err((index + 1, "does not begin with the name of a secret; write `NAME=value`"));
        }
        found.push((name.to_owned(), value.to_owned()));
    }
    Ok(found)
}

/// A file for each, as containers mount them: its name is the secret's, and all that it holds, but for one line's end, is
/// the value.
fn folder(path: &Path) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| error.to_string())? {
        let entry = entry.map_err(|error| error.to_string())?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        // Through links: what is mounted is often one.
        let Ok(about) = fs::metadata(entry.path()) else { continue };
        if !is_name(&name) || !about.is_file() {
            continue;
        }
        if about.len() > SIZE {
            return Err(format!("`{name}` has more than {} kB", SIZE >> 10));
        }
        let mut value =
            regular::read_to_string(&entry.path()).map_err(|error| format!("`{name}`: {error}"))?;
        if value.ends_with('\n') {
            value.pop();
            if value.ends_with('\r') {
                value.pop();
            }
        }
        found.push((name, value));
    }
    Ok(found)
}

/// Whether a recipe could declare it.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Asks at the terminal, without showing what is typed; none when nobody is there.
pub(super) fn ask(name: &str) -> Result<Option<String>, Error> {
    if !std::io::stdin().is_terminal() {
        return Ok(None);
    }
    rpassword::prompt_password(format!("secret `{name}`: ")).map(Some).map_err(|error| {
        let message = format!("secret `{name}` cannot be asked for: {error}");
        Error::new(ErrorKind::Config, message).with_source(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_secret() {
        let text = "# all of them\n\ntoken = a=b # c \nPASS_1=\"x\"\r\nempty=\n";
        let found = lines(text).expect("it is well-formed");
        let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, [("token", " a=b # c "), ("PASS_1", "\"x\""), ("empty", "")]);
        assert_eq!(lines("a=b\nhunter2"), Err((2, "has no `=`; write `NAME=value`")));
        assert_eq!(lines("a b=c"), Err((1, "does not begin with the name of a secret; write `NAME=value`")));
    }
}
