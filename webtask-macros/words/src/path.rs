//! Paths below a folder.

/// Whether a path leads down from a folder, by names alone.
///
/// # Errors
///
/// Why it does not.
///
/// ```
/// assert_eq!(webtask_words::way_down("shots/home.png"), Ok(()));
/// assert_eq!(webtask_words::way_down("/etc/passwd"), Err("it is absolute"));
/// assert!(webtask_words::way_down("a/../../b").is_err());
/// ```
pub fn way_down(path: &str) -> Result<(), &'static str> {
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
        Some(_) => Err("`.` and `..` are not names"),
        None => Ok(()),
    }
}
