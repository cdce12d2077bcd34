//! `sendkeys`: types into an element, as a user does.
//!
//! Text goes in by insertion, which takes any character and costs the same however long it is. The last character is
//! a key of its own, so that pages which listen for keys see one when all the text is there. `\n` is the Enter key and
//! `\t` the Tab key.

use std::time::Duration;

use futures::future::try_join_all;

use super::element::{self, How, Need, Want};
use super::key::{Key, Sent, insert};
use crate::browser::Session;
use crate::{Cx, Error};

/// Waits until the element can be typed into, gives it the focus and types after what is there already.
///
/// It can when it is in the page, visible, enabled, not read-only and takes the focus. Inputs without text of their
/// own (a date, a colour, a range) get the value as a whole.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the time (10 s) is over, with what was missing, and at once for an element
/// that takes no text.
pub async fn sendkeys(cx: &Cx, selector: &str, keys: &str, timeout: Option<Duration>) -> Result<(), Error> {
    cx.pace().await;
    let window = cx.window()?;
    let want = Want { value: Some(keys), ..Want::new(selector, Need::Type) };
    // Awaited before anything is typed: a focus and a key that are under way together may arrive in either order.
    let mut caused = window.caused().ignoring_added();
    let found = element::wait(window, &want, timeout).await?;
    let strokes = match found.how {
        How::Value => return caused.settle(timeout).await,
        How::Text => strokes(keys),
        How::Keys => keys.chars().map(Stroke::of).collect(),
    };
    let session = found.session(window);
    caused = window.caused();
    try_join_all(strokes.into_iter().flat_map(|stroke| stroke.send(session))).await?;
    caused.settle(timeout).await
}

/// What is sent at once.
#[derive(Debug, PartialEq)]
enum Stroke<'a> {
    Text(&'a str),
    Key(char),
}

/// The fewest strokes that type a text.
fn strokes(keys: &str) -> Vec<Stroke<'_>> {
    let mut strokes = Vec::new();
    for line in keys.split_inclusive(['\n', '\t', '\r']) {
        let (text, end) = match line.strip_suffix(['\n', '\t', '\r']) {
            Some(text) => (text, line.chars().next_back()),
            None => (line, None),
        };
        if let Some((at, last)) = text.char_indices().next_back() {
            if at > 0 {
                strokes.push(Stroke::Text(&text[..at]));
            }
            strokes.push(Stroke::Key(last));
        }
        strokes.extend(end.map(Stroke::of));
    }
    // A line's end of two characters is one key.
    strokes.dedup_by(|next, before| *next == Stroke::Key('\n') && *before == Stroke::Key('\r'));
    strokes
}

impl Stroke<'_> {
    fn of(key: char) -> Self {
        Self::Key(key)
    }

    /// Sends it now; the replies come in their own time.
    fn send(&self, session: &Session) -> Vec<Sent> {
        match self {
            Self::Text(text) => vec![insert(session, (*text).to_owned())],
            Self::Key(key) => Key::of(*key).press(session, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_character_of_a_line_is_a_key() {
        use Stroke::{Key, Text};
        for (keys, expected) in [
            ("", vec![]),
            ("a", vec![Key('a')]),
            ("hello", vec![Text("hell"), Key('o')]),
            ("é\u{1f600}", vec![Text("é"), Key('\u{1f600}')]),
            ("ab\n", vec![Text("a"), Key('b'), Key('\n')]),
            ("\n\n", vec![Key('\n'), Key('\n')]),
            ("ab\tc", vec![Text("a"), Key('b'), Key('\t'), Key('c')]),
            ("a\r\nb", vec![Key('a'), Key('\r'), Key('b')]),
        ] {
            assert_eq!(strokes(keys), expected, "{keys:?}");
        }
    }
}
