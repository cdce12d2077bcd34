//! A value inside a file's path.

use webtask_words::way_down;

/// A value within one name of a path.
pub(super) fn component(value: &str) -> Result<(), String> {
    match value.find(['/', '\\', '\0']) {
        Some(_) => Err(format!("is `{}`, which leads out of one name of a path", value.escape_default())),
        None => Ok(()),
    }
}

/// A value of several names, one below the other.
pub(super) fn below(value: &str) -> Result<(), String> {
    way_down(value).map_err(|why| {
        format!("is `{}`, which is not a path below the folder of files: {why}", value.escape_default())
    })
}

/// Checks the name in the path that has the position `at`.
pub(super) fn check_name(path: &str, at: usize) -> Result<(), String> {
    let start = path[..at].rfind('/').map_or(0, |slash| slash + 1);
    let end = path[at..].find('/').map_or(path.len(), |end| at + end);
    match &path[start..end] {
        "" => Err("makes a name in a path empty".to_owned()),
        name @ ("." | "..") => {
            Err(format!("makes the name `{name}` in a path, which leads out of its place"))
        }
        _ => Ok(()),
    }
}
