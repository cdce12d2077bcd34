//! The rule for the keys of a `press`: names as in the `key` values of W3C UI Events, modifiers before, `+` between.

use crate::ast::Text;
use crate::keyword::{self, nearest};
use crate::problem::Problems;

/// The keys that are held down while another is pressed.
const MODIFIERS: &[&str] = &["Alt", "Control", "Meta", "Shift", "ControlOrMeta", "Ctrl", "Cmd"];

/// The keys that have a name. Each of them is one of `webtask::__rt`'s too.
const NAMED: &[&str] = &[
    "Alt",
    "AltGraph",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "AudioVolumeDown",
    "AudioVolumeMute",
    "AudioVolumeUp",
    "Backspace",
    "CapsLock",
    "Cmd",
    "ContextMenu",
    "Control",
    "ControlOrMeta",
    "Ctrl",
    "Delete",
    "End",
    "Enter",
    "Escape",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F10",
    "F11",
    "F12",
    "F13",
    "F14",
    "F15",
    "F16",
    "F17",
    "F18",
    "F19",
    "F20",
    "F21",
    "F22",
    "F23",
    "F24",
    "Help",
    "Home",
    "Insert",
    "MediaPlayPause",
    "MediaStop",
    "MediaTrackNext",
    "MediaTrackPrevious",
    "Meta",
    "NumLock",
    "Numpad0",
    "Numpad1",
    "Numpad2",
    "Numpad3",
    "Numpad4",
    "Numpad5",
    "Numpad6",
    "Numpad7",
    "Numpad8",
    "Numpad9",
    "NumpadAdd",
    "NumpadDecimal",
    "NumpadDivide",
    "NumpadEnter",
    "NumpadMultiply",
    "NumpadSubtract",
    "PageDown",
    "PageUp",
    "Pause",
    "PrintScreen",
    "ScrollLock",
    "Shift",
    "Space",
    "Tab",
];

/// Every key of a `press` is known. One with placeholders is looked at when it runs.
pub(super) fn check_keystroke(keys: &Text, problems: &mut Problems) {
    let Text::Template(template) = keys else { return };
    let Some(written) = template.literal() else { return };
    if written.is_empty() {
        problems.help(template.span, "empty key", "write a key, like `\"Enter\"` or `\"Control+a\"`");
        return;
    }
    // `+` is a key too: alone, or after another `+`.
    let (held, key) = match written.strip_suffix('+') {
        Some("") => ("", "+"),
        Some(rest) if rest.ends_with('+') => (&rest[..rest.len() - 1], "+"),
        _ => written.rsplit_once('+').unwrap_or(("", written)),
    };
    for modifier in held.split('+').filter(|_| key.len() < written.len()) {
        if !MODIFIERS.contains(&modifier) {
            let message = match modifier {
                "" => format!("bad keys `{written}`"),
                modifier => format!("`{modifier}` is not a modifier"),
            };
            let help = match near(modifier, MODIFIERS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("before `+` stands {}", keyword::one_of(MODIFIERS.iter().copied())),
            };
            problems.help(template.span, message, help);
            return;
        }
    }
    let mut chars = key.chars();
    let single = matches!((chars.next(), chars.next()), (Some(c), None) if !c.is_control());
    if !single && !NAMED.contains(&key) {
        let help = match near(key, NAMED) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a key is one character, or a name such as `Enter`, `Tab`, `Escape`, `ArrowDown`, `F5`"
                .to_owned(),
        };
        problems.help(template.span, format!("unknown key `{key}`"), help);
    }
}

/// The name that was meant, whatever its capitals; some have other names elsewhere.
fn near(written: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let elsewhere = [
        ("command", "Meta"),
        ("super", "Meta"),
        ("win", "Meta"),
        ("option", "Alt"),
        ("altgr", "AltGraph"),
        ("return", "Enter"),
        ("esc", "Escape"),
        ("del", "Delete"),
        ("up", "ArrowUp"),
        ("down", "ArrowDown"),
        ("left", "ArrowLeft"),
        ("right", "ArrowRight"),
        ("spacebar", "Space"),
        ("pgup", "PageUp"),
        ("pgdn", "PageDown"),
    ];
    let lower = written.to_ascii_lowercase();
    let alias = elsewhere.into_iter().find(|(alias, _)| *alias == lower).map(|(_, name)| name);
    alias
        .filter(|name| known.contains(name))
        .or_else(|| known.iter().copied().find(|name| name.eq_ignore_ascii_case(written)))
        // Two short names are often alike and mean nothing alike.
        .or_else(|| nearest(written, known.iter().copied().filter(|name| name.len() > 3)))
}
