//! Places the placeholders of a file's path: each stays within one name.

use webtask_words::way_down;

use super::{filled, holes};
use crate::ast::{Place, Template};

/// Places the placeholders of a path, and says what is wrong with it.
pub(crate) fn place_path(template: &mut Template) -> Result<(), &'static str> {
    holes(template).for_each(|hole| hole.place = Place::Path);
    way_down(&filled(template, |_| "x".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_down() {
        for path in ["a", "a/b.c", "...", "..a/b..", " ", "é/😀", "a:b"] {
            assert_eq!(way_down(path), Ok(()), "{path}");
        }
        for (path, why) in [
            ("", "it is empty"),
            ("/", "it is absolute"),
            ("/a", "it is absolute"),
            ("a/", "a name in it is empty"),
            ("a//b", "a name in it is empty"),
            (".", "`.` and `..` are not names"),
            ("a/..", "`.` and `..` are not names"),
            ("../a", "`.` and `..` are not names"),
            ("a\\b", "it has a `\\` or a NUL in it"),
            ("a\0", "it has a `\\` or a NUL in it"),
        ] {
            assert_eq!(way_down(path), Err(why), "{path}");
        }
    }
}
