//! `capture network`: what a page asks for while steps run, with the answers, as HAR.

use std::future::Future;

use super::capture::{self, Captured};
use crate::browser::{Seen, beside};
use crate::cx::Thrown;
use crate::{Cx, Error};

/// How large a body may be that is kept, when the recipe does not say.
const BYTES: u64 = 10_000_000;

/// What is kept of a page's requests.
#[derive(Clone, Copy, Debug)]
pub struct Network<'a> {
    /// Whether the bodies of answers are.
    pub bodies: bool,
    /// How large a body may be that is; else 10 MB.
    pub max: Option<u64>,
    /// What the URL of a request must contain.
    pub url: Option<&'a str>,
}

/// Runs steps, and gives a HAR 1.2 file of the requests that have begun and were answered meanwhile, without secrets. It is
/// written when there is a path and the steps have not failed.
///
/// # Errors
///
/// [`BrowserLost`](crate::ErrorKind::BrowserLost) when the page is gone before the steps begin, and
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the file cannot be written.
pub async fn capture_network<R>(
    cx: &Cx,
    path: Option<&str>,
    network: &Network<'_>,
    steps: impl Future<Output = Result<R, Thrown>>,
) -> Result<(Result<R, Thrown>, Captured), Error> {
    capture::check(cx, path)?;
    let max = network.bodies.then(|| network.max.unwrap_or(BYTES));
    let mut seen = Seen::start(cx.window()?, cx.redactor().clone(), max, network.url, cx.results()).await?;
    let ended = beside(steps, seen.run()).await;
    let path = path.filter(|_| ended.is_ok());
    let har = if ended.is_ok() { seen.finish().await? } else { Vec::new() };
    Ok((ended, Captured::keep(cx, path, har).await?))
}
