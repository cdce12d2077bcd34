//! Keys as a page sees them: their names, codes and numbers on a keyboard of the US. It knows no step.

use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, InsertTextParams,
};
use futures::future::BoxFuture;

use crate::Error;
use crate::browser::Session;

/// What is sent already; it gives the browser's reply.
pub(super) type Sent = BoxFuture<'static, Result<(), Error>>;

/// The keys that have a name, with their code, number, and the text that they type.
const NAMED: &[(&str, &str, i64, Option<&str>)] = &[
    ("Enter", "Enter", 13, Some("\r")),
    ("Tab", "Tab", 9, None),
    ("Space", "Space", 32, Some(" ")),
    ("Escape", "Escape", 27, None),
    ("Backspace", "Backspace", 8, None),
    ("Delete", "Delete", 46, None),
    ("Insert", "Insert", 45, None),
    ("ArrowUp", "ArrowUp", 38, None),
    ("ArrowDown", "ArrowDown", 40, None),
    ("ArrowLeft", "ArrowLeft", 37, None),
    ("ArrowRight", "ArrowRight", 39, None),
    ("Home", "Home", 36, None),
    ("End", "End", 35, None),
    ("PageUp", "PageUp", 33, None),
    ("PageDown", "PageDown", 34, None),
    ("Alt", "AltLeft", 18, None),
    ("Control", "ControlLeft", 17, None),
    ("Meta", "MetaLeft", 91, None),
    ("Shift", "ShiftLeft", 16, None),
    ("CapsLock", "CapsLock", 20, None),
    ("NumLock", "NumLock", 144, None),
    ("ScrollLock", "ScrollLock", 145, None),
    ("ContextMenu", "ContextMenu", 93, None),
    ("Pause", "Pause", 19, None),
    ("PrintScreen", "PrintScreen", 44, None),
    ("F1", "F1", 112, None),
    ("F2", "F2", 113, None),
    ("F3", "F3", 114, None),
    ("F4", "F4", 115, None),
    ("F5", "F5", 116, None),
    ("F6", "F6", 117, None),
    ("F7", "F7", 118, None),
    ("F8", "F8", 119, None),
    ("F9", "F9", 120, None),
    ("F10", "F10", 121, None),
    ("F11", "F11", 122, None),
    ("F12", "F12", 123, None),
];

/// The keys of punctuation, without and with Shift.
const SIGNS: &[(char, char, &str, i64)] = &[
    (';', ':', "Semicolon", 186),
    ('=', '+', "Equal", 187),
    (',', '<', "Comma", 188),
    ('-', '_', "Minus", 189),
    ('.', '>', "Period", 190),
    ('/', '?', "Slash", 191),
    ('`', '~', "Backquote", 192),
    ('[', '{', "BracketLeft", 219),
    ('\\', '|', "Backslash", 220),
    (']', '}', "BracketRight", 221),
    ('\'', '"', "Quote", 222),
];

/// What Shift makes of the digits, from 0 on.
const SHIFTED: &str = ")!@#$%^&*(";

/// The key that is Shift, as a modifier.
pub(super) const SHIFT: i64 = 8;

/// A key as pages see it.
#[derive(Debug, PartialEq)]
pub(super) struct Key {
    name: String,
    code: String,
    number: i64,
    /// The text that the key types by itself.
    text: Option<String>,
    /// Whether its text is put in apart, since no key event can carry it.
    inserted: bool,
}

impl Key {
    /// The key that types a character.
    pub(super) fn of(c: char) -> Self {
        let upper = i64::from(u32::from(c.to_ascii_uppercase()));
        let sign = SIGNS.iter().find(|(plain, shifted, ..)| c == *plain || c == *shifted);
        let (code, number) = match c {
            '\n' | '\r' => return Self::named("Enter").expect("it is in the table"),
            '\t' => return Self::named("Tab").expect("it is in the table"),
            'a'..='z' | 'A'..='Z' => (format!("Key{}", c.to_ascii_uppercase()), upper),
            '0'..='9' => (format!("Digit{c}"), upper),
            ' ' => ("Space".to_owned(), 32),
            _ => match (sign, SHIFTED.chars().zip(0_u8..).find(|(shifted, _)| *shifted == c)) {
                (Some((_, _, code, number)), _) => ((*code).to_owned(), *number),
                (None, Some((_, digit))) => (format!("Digit{digit}"), i64::from(b'0' + digit)),
                (None, None) => (String::new(), 0),
            },
        };
        let plain = c.len_utf16() == 1;
        Self { name: c.into(), code, number, text: plain.then(|| c.into()), inserted: !plain }
    }

    /// The key with that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (name, code, number, text) = NAMED.iter().find(|(known, ..)| *known == name)?;
        // What a page sees of this one is what it types.
        let name = if *name == "Space" { " " } else { name };
        let (name, code, text) = (name.to_owned(), (*code).to_owned(), text.map(ToOwned::to_owned));
        Some(Self { name, code, number: *number, text, inserted: false })
    }

    /// The names of the keys that have one.
    #[cfg(test)]
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, ..)| *name)
    }

    /// Sends that it goes down and up, with those modifiers held.
    pub(super) fn press(&self, session: &Session, modifiers: i64) -> Vec<Sent> {
        let mut sent = vec![self.down(session, modifiers)];
        if self.inserted && modifiers & !SHIFT == 0 {
            sent.push(insert(session, self.name.clone()));
        }
        sent.push(self.up(session, modifiers));
        sent
    }

    pub(super) fn down(&self, session: &Session, modifiers: i64) -> Sent {
        // With any other modifier a key is a command and types nothing.
        let text = self.text.clone().filter(|_| modifiers & !SHIFT == 0);
        let kind = match text {
            Some(_) => DispatchKeyEventType::KeyDown,
            None => DispatchKeyEventType::RawKeyDown,
        };
        self.dispatch(session, kind, modifiers, text)
    }

    pub(super) fn up(&self, session: &Session, modifiers: i64) -> Sent {
        self.dispatch(session, DispatchKeyEventType::KeyUp, modifiers, None)
    }

    fn dispatch(
        &self,
        session: &Session,
        kind: DispatchKeyEventType,
        modifiers: i64,
        text: Option<String>,
    ) -> Sent {
        let mut event = DispatchKeyEventParams::new(kind);
        event.key = Some(self.name.clone());
        event.code = Some(self.code.clone());
        event.windows_virtual_key_code = Some(self.number);
        event.modifiers = Some(modifiers).filter(|held| *held != 0);
        // The left ones of those that are there twice.
        event.location = ["Alt", "Control", "Meta", "Shift"].contains(&self.name.as_str()).then_some(1);
        event.unmodified_text.clone_from(&text);
        event.text = text;
        done(session.send(event))
    }
}

/// Sends a text as it is, without keys.
pub(super) fn insert(session: &Session, text: String) -> Sent {
    done(session.send(InsertTextParams::new(text)))
}

fn done<T: Send>(sent: impl Future<Output = Result<T, Error>> + Send + 'static) -> Sent {
    Box::pin(async move { sent.await.map(drop) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_s_key_is_the_one_of_a_keyboard() {
        for (c, code, number) in [
            ('a', "KeyA", 65),
            ('Z', "KeyZ", 90),
            ('7', "Digit7", 55),
            ('&', "Digit7", 55),
            ('+', "Equal", 187),
            ('é', "", 0),
        ] {
            let key = Key::of(c);
            assert_eq!(
                (key.name.as_str(), key.code.as_str(), key.number),
                (c.to_string().as_str(), code, number)
            );
        }
    }
}
