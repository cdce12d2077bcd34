//! The name of a run: a random UUID without its hyphens, so that nobody guesses another's. It knows no run.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;
use uuid::fmt::Simple;

use crate::{Error, ErrorKind};

/// The name of a run, as `GET /runs/ID` has it: a random UUID as 32 hexadecimal digits, which nobody can guess.
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
    /// A new one.
    pub(crate) fn random() -> Self {
        Self(Uuid::new_v4().as_u128())
    }

    /// How many digits it is written with.
    pub(crate) const LENGTH: usize = Simple::LENGTH;

    /// Its digits, each a letter of ASCII.
    pub(crate) fn digits(self) -> [u8; Self::LENGTH] {
        let mut digits = [0; Self::LENGTH];
        Uuid::from_u128(self.0).simple().encode_lower(&mut digits);
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
        // Some bits say what kind of UUID it is, and are the same in all.
        self.0 = id as u64 ^ (id >> 64) as u64;
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
        let has_one_spelling =
            text.len() == Self::LENGTH && !text.bytes().any(|byte| byte.is_ascii_uppercase());
        let id = has_one_spelling.then(|| Uuid::try_parse(text).ok()).flatten();
        id.map(|id| Self(id.as_u128())).ok_or_else(|| {
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
        let id = RunId::random();
        assert_eq!(id.to_string().parse::<RunId>().expect("an id"), id);
        assert_ne!(id, RunId::random());
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
