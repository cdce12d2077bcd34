//! `try`: an error that a recipe goes on after.

use super::given::{FailedStep, Failure};
use crate::Error;
use crate::cx::{Cx, Thrown, ends_run};

/// What a `try` caught, for its `else`. Secrets are taken out of it.
///
/// # Errors
///
/// The same error, when it is one that no step may swallow.
pub fn caught(cx: &Cx, error: Thrown) -> Result<Failure, Thrown> {
    if ends_run(&error) {
        return Err(error);
    }
    let error = cx.known(Error::from_any(error));
    let step = error.step().map(|step| FailedStep {
        index: i64::try_from(step.index).unwrap_or(i64::MAX),
        name: step.name.to_owned(),
        at: step.at.to_string(),
    });
    Ok(Failure {
        code: error.code().to_owned(),
        message: error.message().to_owned(),
        step,
        retryable: error.retryable(),
    })
}
