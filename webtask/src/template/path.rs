//! A value inside a file's path.

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
        format!("is `{}`, which is no path below the folder of files: {why}", value.escape_default())
    })
}

/// Whether a path is a way down, by names alone.
pub(crate) fn way_down(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("it is empty");
    }
    if path.contains(['\\', '\0']) {
        return Err("it has a `\\` or a NUL in it");
    }
    if path.starts_with('/') {
        return Err("it is absolute");
    }
    match path.split('/').find(|name| matches!(*name, "" | "." | "..")) {
        Some("") => Err("a name in it is empty"),
        Some(_) => Err("`.` and `..` are no names"),
        None => Ok(()),
    }
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
