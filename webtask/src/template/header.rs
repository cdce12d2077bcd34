//! A value inside an HTTP header.

/// A value that does not end its line.
pub(super) fn line(value: &str) -> Result<(), String> {
    match value.find(['\r', '\n', '\0']) {
        Some(_) => Err(format!("is `{}`, which leads out of one line of a header", value.escape_default())),
        None => Ok(()),
    }
}
