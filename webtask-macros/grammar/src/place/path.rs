//! Places the placeholders of a file's path: each stays within one name.

use super::{filled, holes};
use crate::ast::{Place, Template};

/// Places the placeholders of a path, and says what is wrong with it.
pub(crate) fn place_path(template: &mut Template) -> Result<(), &'static str> {
    holes(template).for_each(|hole| hole.place = Place::Path);
    check(&filled(template, |_| "x".to_owned()))
}

/// Whether a path is a way down, by names alone.
fn check(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("it is empty");
    }
    if path.contains(['\\', '\0']) {
        return Err("it has a `\\` or a NUL in it");
    }
    if path.starts_with('/') {
        return Err("it is absolute");
    }
    for name in path.split('/') {
        match name {
            "" => return Err("a name in it is empty"),
            "." | ".." => return Err("`.` and `..` are no names"),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_down() {
        for path in ["a", "a/b.c", "...", "..a/b..", " ", "é/😀", "a:b"] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        for (path, why) in [
            ("", "it is empty"),
            ("/", "it is absolute"),
            ("/a", "it is absolute"),
            ("a/", "a name in it is empty"),
            ("a//b", "a name in it is empty"),
            (".", "`.` and `..` are no names"),
            ("a/..", "`.` and `..` are no names"),
            ("../a", "`.` and `..` are no names"),
            ("a\\b", "it has a `\\` or a NUL in it"),
            ("a\0", "it has a `\\` or a NUL in it"),
        ] {
            assert_eq!(check(path), Err(why), "{path}");
        }
    }
}
