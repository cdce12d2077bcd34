//! What the capturing steps give: bytes, and the file that they went into. It knows no page.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::{Cx, Error, ErrorKind};

/// What a capturing step gives that has a name and a `path`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Capture {
    /// The file, as the recipe names it: below the [folder of files](crate::Builder::files).
    pub path: String,
    /// How many bytes it has.
    pub size: i64,
    /// The bytes, as base64.
    #[serde(rename = "bytesB64")]
    pub bytes_b64: String,
}

impl Capture {
    /// The bytes.
    ///
    /// # Errors
    ///
    /// [`Internal`](crate::ErrorKind::Internal) if `bytes_b64` is not base64.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        given(&self.bytes_b64)
    }
}

/// What a capturing step of Rust code gives: bytes, and the file that they went into.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Captured {
    path: Option<String>,
    bytes: Vec<u8>,
}

impl Captured {
    /// Writes what was captured, when it has a path.
    pub(super) async fn keep(cx: &Cx, path: Option<&str>, bytes: Vec<u8>) -> Result<Self, Error> {
        if let Some(path) = path {
            cx.write(path, bytes.clone()).await?;
        }
        Ok(Self { path: path.map(str::to_owned), bytes })
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes, given away.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The bytes, as base64.
    #[must_use]
    pub fn base64(self) -> String {
        STANDARD.encode(self.bytes)
    }

    /// The file with its bytes.
    #[must_use]
    pub fn capture(self) -> Capture {
        let size = i64::try_from(self.bytes.len()).unwrap_or(i64::MAX);
        Capture { path: self.path.unwrap_or_default(), size, bytes_b64: STANDARD.encode(self.bytes) }
    }
}

impl fmt::Debug for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Captured");
        out.field("path", &self.path).field("size", &self.bytes.len()).finish()
    }
}

/// Whether a file could be written there: asked before there is much work.
pub(super) fn check(cx: &Cx, path: Option<&str>) -> Result<(), Error> {
    path.map_or(Ok(()), |path| cx.files().check(path))
}

/// What was captured, which is never nothing.
pub(super) fn some(what: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    match bytes.is_empty() {
        true => Err(Error::step_failed(format!("the {what} came out empty"))),
        false => Ok(bytes),
    }
}

/// What the browser gives as base64.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, Error> {
    bytes(text, "what the browser captured is not base64")
}

/// What a result has as base64.
pub(super) fn given(text: &str) -> Result<Vec<u8>, Error> {
    bytes(text, "the bytes are not base64")
}

fn bytes(base64: &str, wrong: &'static str) -> Result<Vec<u8>, Error> {
    STANDARD.decode(base64).map_err(|error| Error::new(ErrorKind::Internal, wrong).with_source(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_from_base64_or_refused() {
        let capture = |text: &str| Capture { path: "a".into(), size: 3, bytes_b64: text.into() };
        assert_eq!(capture("AP9B").bytes().expect("base64"), [0, 255, 65]);
        let error = capture("AP9").bytes().expect_err("is cut off");
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert_eq!(error.message(), "the bytes are not base64");
    }
}
