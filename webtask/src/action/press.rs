//! `press`: a key, or several at once, where the focus is.

use futures::future::try_join_all;

use super::key::{Key, SHIFT, Sent};
use crate::{Cx, Error};

/// What may be held while another key is pressed.
const MODIFIERS: &[(&str, i64)] = &[
    ("Alt", 1),
    ("Control", CONTROL),
    ("Ctrl", CONTROL),
    ("Meta", META),
    ("Cmd", META),
    ("ControlOrMeta", if cfg!(target_os = "macos") { META } else { CONTROL }),
    ("Shift", SHIFT),
];

const CONTROL: i64 = 2;
const META: i64 = 4;

/// Presses a key and lets it go: `Enter`, `a`, `Control+a`, `Control+Shift+ArrowLeft`.
///
/// Names are the `key` values of W3C UI Events, and the `code` values of the number pad (`Numpad5`, `NumpadEnter`).
/// `Ctrl`, `Cmd` and `ControlOrMeta` are other names of modifiers. What has the focus gets the key; without any the
/// page does.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) for a key that is not known.
pub async fn press(cx: &Cx, keys: &str) -> Result<(), Error> {
    cx.pace().await;
    let Chord { held, key } = Chord::of(keys)?;
    let window = cx.window()?;
    let (session, caused) = (window.session(), window.caused());
    let mut sent: Vec<Sent> = Vec::new();
    let mut modifiers = 0;
    // All of it is written now: no key stays down, whatever becomes of this future.
    for (key, bit) in &held {
        modifiers |= bit;
        sent.push(key.down(session, modifiers));
    }
    sent.extend(key.press(session, modifiers));
    for (key, bit) in held.iter().rev() {
        modifiers &= !bit;
        sent.push(key.up(session, modifiers));
    }
    caused.settle_after(try_join_all(sent).await.map(drop), None).await
}

/// Keys that are pressed at once.
#[derive(Debug)]
struct Chord {
    held: Vec<(Key, i64)>,
    key: Key,
}

impl Chord {
    fn of(written: &str) -> Result<Self, Error> {
        // `+` is a key too: alone, or after another `+`.
        let (held, key) = match written.strip_suffix('+') {
            Some("") => ("", "+"),
            Some(rest) if rest.ends_with('+') => (&rest[..rest.len() - 1], "+"),
            _ => written.rsplit_once('+').unwrap_or(("", written)),
        };
        let mut modifiers = Vec::new();
        for name in held.split('+').filter(|_| key.len() < written.len()) {
            let (_, bit) = MODIFIERS.iter().find(|(known, _)| *known == name).ok_or_else(|| {
                Error::step_failed(format!(
                    "`{name}` in `{written}` is not a modifier; those are `Alt`, `Control`, `Meta`, `Shift` and `ControlOrMeta`"
                ))
            })?;
            modifiers.extend(Key::named(name).map(|key| (key, *bit)));
        }
        let mut chars = key.chars();
        let single = match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() => Some(c),
            _ => None,
        };
        let shifted = modifiers.iter().any(|(_, bit)| *bit == SHIFT);
        let key = match single {
            Some(c) if shifted => Some(Key::of(c.to_ascii_uppercase())),
            Some(c) => Some(Key::of(c)),
            None => Key::named(key),
        };
        let key = key.ok_or_else(|| {
            Error::step_failed(format!(
                "`{written}` is not a key; write one character, or a name such as `Enter` or `ArrowDown`"
            ))
        })?;
        Ok(Self { held: modifiers, key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read() {
        for (written, held, key) in [
            ("Enter", 0, Key::named("Enter")),
            ("a", 0, Some(Key::of('a'))),
            ("+", 0, Some(Key::of('+'))),
            ("Control++", 1, Some(Key::of('+'))),
            ("Control+Shift+a", 2, Some(Key::of('A'))),
            (" ", 0, Some(Key::of(' '))),
            ("F13", 0, Key::named("F13")),
            ("Ctrl+a", 1, Some(Key::of('a'))),
            ("Cmd+Shift+NumpadAdd", 2, Key::named("NumpadAdd")),
            ("ControlOrMeta+c", 1, Some(Key::of('c'))),
        ] {
            let chord = Chord::of(written).expect(written);
            assert_eq!((chord.held.len(), Some(chord.key)), (held, key), "{written}");
        }
        for written in ["", "++", "+a", "enter", "ab", "ctrl+a", "F25", "Numpad", "Control+", "a+b", "\n"] {
            assert!(Chord::of(written).is_err(), "{written}");
        }
    }

    #[test]
    fn every_name_that_is_accepted_in_a_recipe_is_known() {
        // The recipes' side is a table in another crate, which this one does not name.
        let table = include_str!("../../../webtask-macros/grammar/src/check/keystroke.rs");
        let named =
            table.split("const NAMED").nth(1).and_then(|rest| rest.split("];").next()).expect("a table");
        let written: Vec<_> = named.split('"').skip(1).step_by(2).collect();
        for name in &written {
            assert!(Key::named(name).is_some(), "{name}");
        }
        assert_eq!(written.len(), Key::names().count());
    }
}
