//! `fail`: the recipe's own failure.

use std::borrow::Cow;

use crate::Error;
use crate::cx::{Cx, Thrown};

/// The failure of that code and HTTP status, at the step that goes on.
pub fn fail(cx: &Cx, message: &str, code: impl Into<Cow<'static, str>>, status: u64) -> Thrown {
    let status = u16::try_from(status).unwrap_or_default();
    Error::fail(code, message.to_owned()).with_status(status).at_step(cx.step()).into()
}
