//! The characters of the locale that the browser runs in.

/// The variable that has to be set for a locale whose characters are UTF-8; none where they are already.
pub(super) fn to_set(variable: impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let all = set("LC_ALL");
    let in_force = all.clone().or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
    let characters = in_force.to_ascii_lowercase().replace('-', "");
    match all {
        _ if characters.contains("utf8") => None,
        Some(_) => Some("LC_ALL"),
        None => Some("LC_CTYPE"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_characters_are_replaced() {
        for (all, characters, language, expected) in [
            ("", "", "", Some("LC_CTYPE")),
            ("", "", "C", Some("LC_CTYPE")),
            ("", "", "de_DE.UTF-8", None),
            ("", "C", "de_DE.UTF-8", Some("LC_CTYPE")),
            ("", "C.utf8", "C", None),
            ("C", "de_DE.UTF-8", "de_DE.UTF-8", Some("LC_ALL")),
            ("POSIX", "", "", Some("LC_ALL")),
            ("en_US.UTF-8", "C", "C", None),
        ] {
            let variable = |name: &str| {
                let value = match name {
                    "LC_ALL" => all,
                    "LC_CTYPE" => characters,
                    _ => language,
                };
                Some(value.to_owned())
            };
            assert_eq!(to_set(variable), expected, "{all:?} {characters:?} {language:?}");
        }
    }
}
