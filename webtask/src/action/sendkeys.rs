//! `sendkeys`: types into an element, as a user does.
//!
//! Each character is a key that goes down and up. What a US keyboard does not have comes as from an input method. Keys
//! are sent ahead, without waiting for each. A page that moves the focus or changes the field's text may do so in a
//! timer, which runs only when no keys wait. So the first key of a field goes alone, and the others follow at once when
//! it did no more than type.

use std::time::Duration;

use futures::future::try_join_all;
use serde::Deserialize;
use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use super::element::{self, Found, How, Need, Want};
use super::key::{Key, Sent, insert};
use crate::browser::{Session, Window, is_stale};
use crate::{Cx, Error, ErrorKind};

/// What gives the page its turn between keys.
const TURN: &str = concat!(
    "(want) => { const typing = ",
    include_str!("element/typing.js"),
    "; return (",
    include_str!("sendkeys/turn.js"),
    ")(want); }"
);

/// How long the page may take for that.
const LIMIT: Duration = Duration::from_secs(30);

/// How many characters of a text are keys. What is beyond comes as from an input method, in pieces: a page lays out
/// all of a text after each key.
const KEYS: usize = 2_000;

/// How many characters such a piece has at most.
const PIECE: usize = 1_000;

/// How many events are under way at most.
const WINDOW: usize = 400;

/// Waits until the element can be typed into, gives it the focus and types after what is there already.
///
/// It can when it is in the page, visible, enabled, not read-only and takes the focus. Inputs without text of their
/// own (a date, a colour, a range) get the value as a whole.
///
/// Each character gives the page `keydown`, `keypress`, `beforeinput`, `input` and `keyup`, with `key`, `code` and
/// modifiers of a US keyboard. Where that has no such character, and for what is beyond 2000 characters, there is no
/// `keypress`, and the `keydown` is one of an input method (`Process`, 229). `\n` is the Enter key and `\t` the Tab
/// key. When the page moves the focus, the keys follow it.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (10 s) is over, with what was missing, and at once for an element
/// that takes no text.
pub async fn sendkeys(cx: &Cx, selector: &str, keys: &str, timeout: Option<Duration>) -> Result<(), Error> {
    cx.pace().await;
    let window = cx.window()?;
    let want = Want { value: Some(keys), strict: cx.is_strict(), ..Want::new(selector, Need::Type) };
    // Awaited before anything is typed: a focus and a key that are under way together may arrive in either order.
    let mut caused = window.caused().ignoring_added();
    let found = element::wait(window, &want, timeout).await?;
    let mut sent = Ok(());
    if found.how != How::Value {
        caused = window.caused();
        sent = Typist { window, found: &found, sent: Vec::new() }.send(&strokes(keys, found.how)).await;
    }
    caused.settle_after(sent, timeout).await
}

/// Sends keys as far ahead as the page allows.
struct Typist<'a> {
    window: &'a Window,
    found: &'a Found,
    /// What is under way.
    sent: Vec<Sent>,
}

/// What the next keys meet.
#[derive(Debug, Deserialize)]
struct Turn {
    /// Whether they may be sent ahead.
    ahead: bool,
    /// After how many characters the field is full.
    room: Option<usize>,
}

impl Typist<'_> {
    async fn send(mut self, strokes: &[Stroke<'_>]) -> Result<(), Error> {
        // Nothing leaves what has several lines at its first key.
        let has_lines = matches!(self.found.how, How::Lines | How::Rich);
        let mut turn = Turn { ahead: has_lines, room: self.found.room };
        let mut text = String::new();
        for (i, stroke) in strokes.iter().enumerate() {
            // The page's own session: its keys go where the focus is, be that in a frame of another process.
            self.sent.extend(stroke.send(self.window.session()));
            text.push_str(stroke.text());
            let is_full = turn.room.is_some_and(|room| text.encode_utf16().count() >= room);
            if i + 1 == strokes.len() || turn.ahead && !is_full && !stroke.leaves(has_lines) {
                if self.sent.len() >= WINDOW || stroke.text().len() >= PIECE {
                    self.arrive().await?;
                }
                continue;
            }
            self.arrive().await?;
            turn = Turn::take(self.window, self.found, &text, is_full).await?;
            text.clear();
        }
        self.arrive().await
    }

    /// Waits until all that is under way has come to the page.
    async fn arrive(&mut self) -> Result<(), Error> {
        try_join_all(self.sent.drain(..)).await.map(drop)
    }
}

impl Turn {
    /// Gives the page its turn.
    async fn take(window: &Window, found: &Found, text: &str, is_full: bool) -> Result<Self, Error> {
        let argument = json!({ "text": text, "full": is_full });
        let told = match found.frame() {
            Some(frame) => match frame.probe(TURN, &argument, LIMIT).await {
                // The keys follow the focus to what is around the frame.
                Err(error) if frame.is_gone(&error) => return Ok(Self { ahead: false, room: None }),
                told => told,
            },
            None => window.probe(TURN, &argument, LIMIT).await,
        };
        match told {
            Ok(told) => serde_json::from_str(&told).map_err(|error| {
                Error::new(ErrorKind::Internal, "the page's answer cannot be read").with_source(error)
            }),
            Err(error) if is_stale(&error) => Ok(Self { ahead: false, room: None }),
            Err(error) => Err(error),
        }
    }
}

/// What is sent at once.
#[derive(Debug, PartialEq)]
enum Stroke<'a> {
    /// A key of the keyboard, by what it types.
    Key(&'a str, char),
    /// What an input method gives.
    Text(&'a str),
}

/// The strokes that type a text.
fn strokes(keys: &str, how: How) -> Vec<Stroke<'_>> {
    // Keys for all that a user sees as one character: a letter with its accents, a family of emojis, a line's end.
    let end = keys.grapheme_indices(true).nth(KEYS).map_or(keys.len(), |(at, _)| at);
    let (keys, beyond) = keys.split_at(end);
    let mut strokes: Vec<_> = keys.graphemes(true).map(Stroke::of).collect();
    let mut rest = beyond;
    while let Some(first) = rest.graphemes(true).next() {
        let piece: usize =
            rest.graphemes(true).take(PIECE).take_while(|one| !is_apart(one, how)).map(str::len).sum();
        let stroke = if piece == 0 { Stroke::of(first) } else { Stroke::Text(&rest[..piece]) };
        rest = &rest[if piece == 0 { first.len() } else { piece }..];
        strokes.push(stroke);
    }
    strokes
}

/// Whether it is a key also beyond the first characters.
fn is_apart(grapheme: &str, how: How) -> bool {
    matches!(grapheme, "\t") || how != How::Lines && matches!(grapheme, "\n" | "\r\n" | "\r")
}

impl<'a> Stroke<'a> {
    fn of(grapheme: &'a str) -> Self {
        let mut chars = grapheme.chars();
        match (chars.next(), chars.next()) {
            (Some('\r'), _) => Self::Key(grapheme, '\n'),
            (Some(c), None) if Key::typing(c).is_some() => Self::Key(grapheme, c),
            _ => Self::Text(grapheme),
        }
    }

    /// The text that it types.
    fn text(&self) -> &str {
        match self {
            Self::Key(text, _) | Self::Text(text) => text,
        }
    }

    /// Whether the focus may be elsewhere after it.
    fn leaves(&self, has_lines: bool) -> bool {
        matches!(self, Self::Key(_, '\t')) || !has_lines && matches!(self, Self::Key(_, '\n'))
    }

    /// Sends it now; the replies come in their own time.
    fn send(&self, session: &Session) -> Vec<Sent> {
        match self {
            Self::Key(_, c) => {
                let key = Key::of(*c);
                key.press(session, key.shift())
            }
            Self::Text(text) => {
                let key = Key::method();
                vec![key.down(session, 0), insert(session, (*text).to_owned()), key.up(session, 0)]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_keyboard_has_are_keys_and_the_rest_is_of_an_input_method() {
        use Stroke::{Key, Text};
        for (keys, expected) in [
            ("", vec![]),
            ("aB", vec![Key("a", 'a'), Key("B", 'B')]),
            ("é\u{1f600}", vec![Text("é"), Text("\u{1f600}")]),
            ("e\u{301}x", vec![Text("e\u{301}"), Key("x", 'x')]),
            ("\u{1f468}\u{200d}\u{1f469}", vec![Text("\u{1f468}\u{200d}\u{1f469}")]),
            ("a\t\n", vec![Key("a", 'a'), Key("\t", '\t'), Key("\n", '\n')]),
            ("a\r\nb\r", vec![Key("a", 'a'), Key("\r\n", '\n'), Key("b", 'b'), Key("\r", '\n')]),
        ] {
            assert_eq!(strokes(keys, How::Text), expected, "{keys:?}");
        }
    }

    #[test]
    fn a_long_text_ends_in_pieces() {
        let (keys, line) = ("k".repeat(KEYS), "é".repeat(PIECE + 1));
        let text = format!("{keys}{line}\n{line}\tend");
        let beyond = |how| strokes(&text, how).split_off(KEYS);
        let piece = "é".repeat(PIECE);
        let (enter, tab) = (Stroke::Key("\n", '\n'), Stroke::Key("\t", '\t'));
        let text = Stroke::Text;
        let expected = [text(&piece), text("é"), enter, text(&piece), text("é"), tab, text("end")];
        assert_eq!(beyond(How::Text), expected);
        let rest = format!("é\n{}", "é".repeat(PIECE - 2));
        let expected = [text(&piece), text(&rest), text("ééé"), Stroke::Key("\t", '\t'), text("end")];
        assert_eq!(beyond(How::Lines), expected);
    }
}
