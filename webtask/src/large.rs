//! What is large: worked on in a thread of its own, so that no other run and no connection waits for it; and bounded by
//! the setting `results`. It knows no page and no server.

use std::future::pending;
use std::io::{self, Write};
use std::panic::resume_unwind;

use serde::Serialize;
use serde_json::Value;

use crate::Error;

/// From how many bytes on the work is done apart. Less takes about as long as to hand it over and back is worth.
pub(crate) const LARGE: usize = 256 * 1024;

/// How many bytes a result may have, unless the settings say another number.
pub(crate) const RESULTS: u64 = 64 << 20;

/// Does work of that size: at once when it is small, else in a thread where it may take its time. Whoever stops waiting
/// leaves it to its end, which a bound of its size makes a near one.
pub(crate) async fn apart<T: Send + 'static>(size: usize, work: impl FnOnce() -> T + Send + 'static) -> T {
    if size < LARGE {
        return work();
    }
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime ends, and this with it.
            Err(_) => pending().await,
        },
    }
}

/// Says that something a page gave, or a result, has more bytes than it may.
pub(crate) fn too_large(what: &str, limit: u64) -> Error {
    Error::step_failed(format!(
        "{what} has more than the {} that the setting `results` allows; read only the parts that you need, or raise it",
        shown(limit)
    ))
}

/// A number of bytes, as settings are written.
pub(crate) fn shown(bytes: u64) -> String {
    match bytes {
        0 => "0 bytes".to_owned(),
        bytes if bytes % (1 << 20) == 0 => format!("{} MiB", bytes >> 20),
        bytes if bytes % (1 << 10) == 0 => format!("{} KiB", bytes >> 10),
        bytes => format!("{bytes} bytes"),
    }
}

/// Whether a value is large, as JSON; it is not looked at for longer than that takes to see.
pub(crate) fn is_large(value: &Value) -> bool {
    fn rest(value: &Value, left: usize) -> Option<usize> {
        match value {
            Value::String(text) => left.checked_sub(text.len() + 2),
            Value::Array(items) => items.iter().try_fold(left.checked_sub(2)?, |left, item| rest(item, left)),
            Value::Object(map) => map.iter().try_fold(left.checked_sub(2)?, |left, (key, item)| {
                rest(item, left.checked_sub(key.len() + 4)?)
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) => left.checked_sub(4),
        }
    }
    rest(value, LARGE).is_none()
}

/// How many bytes a value has as JSON, of a large one only that it is large.
pub(crate) fn size<T: Serialize>(value: &T) -> usize {
    let mut room = Room::new(LARGE);
    // What has no JSON says so where it is read.
    let _ = serde_json::to_writer(&mut room, value);
    if room.is_full() { LARGE } else { room.bytes.len() }
}

/// Room for so many bytes; what does not fit is an error.
pub(crate) struct Room {
    bytes: Vec<u8>,
    limit: usize,
    is_full: bool,
}

impl Room {
    pub(crate) fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit, is_full: false }
    }

    /// Whether something did not fit.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }

    /// What is in it.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Write for Room {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.limit - self.bytes.len() {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn small_work_stays_and_large_work_goes_elsewhere() {
        let here = thread::current().id();
        assert_eq!(apart(LARGE - 1, || thread::current().id()).await, here);
        assert_ne!(apart(LARGE, || thread::current().id()).await, here);
    }

    #[tokio::test]
    async fn work_that_panics_is_no_silence() {
        let work = tokio::spawn(apart(LARGE, || panic!("as it must")));
        assert!(work.await.expect_err("a panic").is_panic());
    }

    #[test]
    fn a_value_is_large_by_all_that_is_in_it() {
        let text = "x".repeat(LARGE / 2);
        for (value, expected) in [
            (json!(null), false),
            (json!(text), false),
            (json!([text]), false),
            (json!([text, text]), true),
            (json!({ "a": { "b": [text, text] } }), true),
            (json!(vec![0; LARGE / 5]), false),
            (json!(vec![0; LARGE / 3]), true),
        ] {
            assert_eq!(is_large(&value), expected);
        }
    }

    #[test]
    fn a_size_is_counted_until_it_is_large() {
        assert_eq!(size(&json!({ "a": [1, null] })), 14);
        assert_eq!(size(&"x".repeat(LARGE - 2)), LARGE);
        assert_eq!(size(&vec![0; LARGE]), LARGE);
    }

    #[test]
    fn a_size_is_shown_as_it_is_set() {
        for (bytes, text) in [(0, "0 bytes"), (1000, "1000 bytes"), (2048, "2 KiB"), (64 << 20, "64 MiB")] {
            assert_eq!(shown(bytes), text);
        }
    }
}
