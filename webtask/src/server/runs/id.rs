//! The name of a run: 128 random bits, so that nobody guesses another's. It knows no run.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, ErrorKind};

/// How many bytes an id has.
const SIZE: usize = 16;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// For how many ids the system is asked at once: to ask takes longer than all else that an id needs.
const STOCK_SIZE: usize = 64;

thread_local! {
    /// The ids that this thread has asked for and not used.
    static STOCK: RefCell<Vec<[u8; SIZE]>> = const { RefCell::new(Vec::new()) };
}

/// The name of a run, as `GET /runs/ID` has it: 32 hexadecimal digits, which nobody can guess.
///
/// ```
/// use webtask::server::RunId;
///
/// let id: RunId = "00112233445566778899aabbccddeeff".parse()?;
/// assert_eq!(id.to_string(), "00112233445566778899aabbccddeeff");
/// # Ok::<(), webtask::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(u128);

impl RunId {
    /// A new one, from the system's source of randomness.
    pub(crate) fn random() -> Result<Self, Error> {
        STOCK.with_borrow_mut(|stock| {
            if let Some(bytes) = stock.pop() {
                return Ok(Self(u128::from_ne_bytes(bytes)));
            }
            let mut bytes = [0; SIZE * STOCK_SIZE];
            getrandom::fill(&mut bytes).map_err(|error| {
                Error::new(ErrorKind::Internal, "the system has no random bytes").with_source(error)
            })?;
            let (ids, _) = bytes.as_chunks();
            stock.extend(&ids[1..]);
            Ok(Self(u128::from_ne_bytes(ids[0])))
        })
    }

    /// How many digits it is written with.
    pub(crate) const LENGTH: usize = 2 * SIZE;

    /// Its digits, each a letter of ASCII.
    pub(crate) fn digits(self) -> [u8; Self::LENGTH] {
        let mut digits = [0; Self::LENGTH];
        let (pairs, _) = digits.as_chunks_mut();
        for ([high, low], byte) in pairs.iter_mut().zip(self.0.to_be_bytes()) {
            *high = DIGITS[usize::from(byte >> 4)];
            *low = DIGITS[usize::from(byte & 15)];
        }
        digits
    }

    /// The bits as a number.
    pub(crate) fn bits(self) -> u128 {
        self.0
    }
}

/// What is found by a run's id, for ids that were made here.
pub(crate) type ById<T> = HashMap<RunId, T, BuildHasherDefault<Itself>>;

/// An id is random already: nobody who might want to chooses what is hashed.
#[derive(Default)]
pub(crate) struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, id: u128) {
        self.0 = id as u64;
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(str::from_utf8(&self.digits()).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RunId({self})")
    }
}

impl FromStr for RunId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        digits.then(|| u128::from_str_radix(text, 16).ok()).flatten().map(Self).ok_or_else(|| {
            Error::new(ErrorKind::UnknownRun, "a run's id has 32 lower-case hexadecimal digits")
        })
    }
}

impl Serialize for RunId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RunId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_it_is_read() {
        let id = RunId::random().expect("randomness");
        assert_eq!(id.to_string().parse::<RunId>().expect("an id"), id);
        assert_ne!(id, RunId::random().expect("randomness"));
        let json = serde_json::to_string(&RunId(7)).expect("JSON");
        assert_eq!(json, "\"00000000000000000000000000000007\"");
        assert_eq!(serde_json::from_str::<RunId>(&json).expect("an id"), RunId(7));
    }

    #[test]
    fn has_one_spelling() {
        for text in ["", "7", "0000000000000000000000000000000F", "+0000000000000000000000000000007", "0x"] {
            assert!(text.parse::<RunId>().is_err(), "{text}");
        }
        assert!("é".repeat(16).parse::<RunId>().is_err());
    }
}
