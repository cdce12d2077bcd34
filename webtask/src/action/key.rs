//! Keys as a page sees them: their names, codes and numbers on a keyboard of the US. It knows no step.

use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, InsertTextParams,
};
use futures::future::BoxFuture;

use crate::Error;
use crate::browser::Session;

/// What is sent already; it gives the browser's reply.
pub(super) type Sent = BoxFuture<'static, Result<(), Error>>;

/// A key that has a name: that name, its code, its number, the text that it types, and where on the keyboard it is.
type Named = (&'static str, &'static str, i64, Option<&'static str>, i64);

/// Where a key is that a keyboard has twice, or that is on its pad of numbers.
const LEFT: i64 = 1;
const RIGHT: i64 = 2;
const PAD: i64 = 3;

/// The keys that have a name.
const NAMED: &[Named] = &[
    ("Enter", "Enter", 13, Some("\r"), 0),
    ("Tab", "Tab", 9, None, 0),
    ("Space", "Space", 32, Some(" "), 0),
    ("Escape", "Escape", 27, None, 0),
    ("Backspace", "Backspace", 8, None, 0),
    ("Delete", "Delete", 46, None, 0),
    ("Insert", "Insert", 45, None, 0),
    ("ArrowUp", "ArrowUp", 38, None, 0),
    ("ArrowDown", "ArrowDown", 40, None, 0),
    ("ArrowLeft", "ArrowLeft", 37, None, 0),
    ("ArrowRight", "ArrowRight", 39, None, 0),
    ("Home", "Home", 36, None, 0),
    ("End", "End", 35, None, 0),
    ("PageUp", "PageUp", 33, None, 0),
    ("PageDown", "PageDown", 34, None, 0),
    ("Alt", "AltLeft", 18, None, LEFT),
    ("AltGraph", "AltRight", 18, None, RIGHT),
    ("Control", "ControlLeft", 17, None, LEFT),
    ("Meta", "MetaLeft", 91, None, LEFT),
    ("Shift", "ShiftLeft", 16, None, LEFT),
    ("CapsLock", "CapsLock", 20, None, 0),
    ("NumLock", "NumLock", 144, None, 0),
    ("ScrollLock", "ScrollLock", 145, None, 0),
    ("ContextMenu", "ContextMenu", 93, None, 0),
    ("Pause", "Pause", 19, None, 0),
    ("PrintScreen", "PrintScreen", 44, None, 0),
    ("Help", "Help", 47, None, 0),
    ("AudioVolumeMute", "AudioVolumeMute", 173, None, 0),
    ("AudioVolumeDown", "AudioVolumeDown", 174, None, 0),
    ("AudioVolumeUp", "AudioVolumeUp", 175, None, 0),
    ("MediaTrackNext", "MediaTrackNext", 176, None, 0),
    ("MediaTrackPrevious", "MediaTrackPrevious", 177, None, 0),
    ("MediaStop", "MediaStop", 178, None, 0),
    ("MediaPlayPause", "MediaPlayPause", 179, None, 0),
    ("F1", "F1", 112, None, 0),
    ("F2", "F2", 113, None, 0),
    ("F3", "F3", 114, None, 0),
    ("F4", "F4", 115, None, 0),
    ("F5", "F5", 116, None, 0),
    ("F6", "F6", 117, None, 0),
    ("F7", "F7", 118, None, 0),
    ("F8", "F8", 119, None, 0),
    ("F9", "F9", 120, None, 0),
    ("F10", "F10", 121, None, 0),
    ("F11", "F11", 122, None, 0),
    ("F12", "F12", 123, None, 0),
    ("F13", "F13", 124, None, 0),
    ("F14", "F14", 125, None, 0),
    ("F15", "F15", 126, None, 0),
    ("F16", "F16", 127, None, 0),
    ("F17", "F17", 128, None, 0),
    ("F18", "F18", 129, None, 0),
    ("F19", "F19", 130, None, 0),
    ("F20", "F20", 131, None, 0),
    ("F21", "F21", 132, None, 0),
    ("F22", "F22", 133, None, 0),
    ("F23", "F23", 134, None, 0),
    ("F24", "F24", 135, None, 0),
    ("NumpadEnter", "NumpadEnter", 13, Some("\r"), PAD),
    ("NumpadMultiply", "NumpadMultiply", 106, Some("*"), PAD),
    ("NumpadAdd", "NumpadAdd", 107, Some("+"), PAD),
    ("NumpadSubtract", "NumpadSubtract", 109, Some("-"), PAD),
    ("NumpadDecimal", "NumpadDecimal", 110, Some("."), PAD),
    ("NumpadDivide", "NumpadDivide", 111, Some("/"), PAD),
    ("Numpad0", "Numpad0", 96, Some("0"), PAD),
    ("Numpad1", "Numpad1", 97, Some("1"), PAD),
    ("Numpad2", "Numpad2", 98, Some("2"), PAD),
    ("Numpad3", "Numpad3", 99, Some("3"), PAD),
    ("Numpad4", "Numpad4", 100, Some("4"), PAD),
    ("Numpad5", "Numpad5", 101, Some("5"), PAD),
    ("Numpad6", "Numpad6", 102, Some("6"), PAD),
    ("Numpad7", "Numpad7", 103, Some("7"), PAD),
    ("Numpad8", "Numpad8", 104, Some("8"), PAD),
    ("Numpad9", "Numpad9", 105, Some("9"), PAD),
];

/// Other names of keys.
const ALIASES: &[(&str, &str)] = &[("Ctrl", "Control"), ("Cmd", "Meta"), ("ControlOrMeta", COMMAND)];

/// The key that is held for commands, such as copying, on this system.
const COMMAND: &str = if cfg!(target_os = "macos") { "Meta" } else { "Control" };

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
    location: i64,
    /// The text that the key types by itself.
    text: Option<String>,
    /// Whether Shift makes that text of the key.
    is_shifted: bool,
    /// Whether its text is inserted beside the key's events, because no key of the keyboard types it.
    is_inserted: bool,
}

impl Key {
    /// The key that types a character; none when the keyboard has no such key.
    pub(super) fn typing(c: char) -> Option<Self> {
        let upper = i64::from(u32::from(c.to_ascii_uppercase()));
        let (code, number, is_shifted) = match c {
            '\n' | '\r' => return Self::named("Enter"),
            '\t' => return Self::named("Tab"),
            'a'..='z' | 'A'..='Z' => {
                (format!("Key{}", c.to_ascii_uppercase()), upper, c.is_ascii_uppercase())
            }
            '0'..='9' => (format!("Digit{c}"), upper, false),
            ' ' => ("Space".to_owned(), 32, false),
            _ => match SHIFTED.chars().zip(0_u8..).find(|(shifted, _)| *shifted == c) {
                Some((_, digit)) => (format!("Digit{digit}"), i64::from(b'0' + digit), true),
                None => {
                    let sign = SIGNS.iter().find(|(plain, shifted, ..)| c == *plain || c == *shifted)?;
                    (sign.2.to_owned(), sign.3, c == sign.1)
                }
            },
        };
        Some(Self { code, number, is_shifted, text: Some(c.into()), ..Self::without_code(c) })
    }

    /// The key of a character, on a keyboard that has it.
    pub(super) fn of(c: char) -> Self {
        Self::typing(c).unwrap_or_else(|| {
            let plain = c.len_utf16() == 1;
            Self { text: plain.then(|| c.into()), is_inserted: !plain, ..Self::without_code(c) }
        })
    }

    /// What pages see of a key whose text an input method gives.
    pub(super) fn method() -> Self {
        Self { name: "Process".to_owned(), number: 229, ..Self::without_code(' ') }
    }

    fn without_code(c: char) -> Self {
        let (code, location) = (String::new(), 0);
        Self { name: c.into(), code, number: 0, location, text: None, is_shifted: false, is_inserted: false }
    }

    /// The key with that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name);
        let (name, code, number, text, location) = NAMED.iter().find(|(known, ..)| *known == name)?;
        // What a page sees of these is what they type.
        let name = match *text {
            Some("\r") => "Enter",
            Some(text) => text,
            None => name,
        };
        let (name, code, text) = (name.to_owned(), (*code).to_owned(), text.map(ToOwned::to_owned));
        let (number, location) = (*number, *location);
        Some(Self { name, code, number, location, text, is_shifted: false, is_inserted: false })
    }

    /// The names of the keys that have one.
    #[cfg(test)]
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, ..)| *name).chain(ALIASES.iter().map(|(alias, _)| *alias))
    }

    /// The modifiers with which the keyboard types its text.
    pub(super) fn shift(&self) -> i64 {
        if self.is_shifted { SHIFT } else { 0 }
    }

    /// Sends that it goes down and up, with those modifiers held.
    pub(super) fn press(&self, session: &Session, modifiers: i64) -> Vec<Sent> {
        let mut sent = vec![self.down(session, modifiers)];
        if self.is_inserted && modifiers & !SHIFT == 0 {
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
        event.location = Some(self.location).filter(|place| [LEFT, RIGHT].contains(place));
        event.is_keypad = (self.location == PAD).then_some(true);
        event.unmodified_text.clone_from(&text);
        event.text = text;
        done(session.send(event))
    }
}

/// Sends a text as an input method gives it.
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
        for (c, code, number, shift) in [
            ('a', "KeyA", 65, 0),
            ('Z', "KeyZ", 90, SHIFT),
            ('7', "Digit7", 55, 0),
            ('&', "Digit7", 55, SHIFT),
            ('-', "Minus", 189, 0),
            ('+', "Equal", 187, SHIFT),
            ('é', "", 0, 0),
        ] {
            let key = Key::of(c);
            assert_eq!(
                (key.name.as_str(), key.code.as_str(), key.number, key.shift()),
                (c.to_string().as_str(), code, number, shift)
            );
        }
        assert!((' '..='~').chain(['\n', '\t']).all(|c| Key::typing(c).is_some()));
        assert!(['é', '東', '\u{301}', '\u{7f}'].into_iter().all(|c| Key::typing(c).is_none()));
    }
}
