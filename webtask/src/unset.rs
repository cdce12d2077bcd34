//! What a recipe declares and the operator has not set.

use crate::{Error, ErrorKind};

/// That these secrets or settings are not set, each with the task that wants it, and how to give the first.
pub(crate) fn unset(kind: &str, names: &[(&str, Option<&str>)], give: impl FnOnce(&str) -> String) -> Error {
    let told: Vec<_> = names
        .iter()
        .map(|(name, task)| match task {
            Some(task) => format!("`{name}` of task `{task}`"),
            None => format!("`{name}`"),
        })
        .collect();
    let (name, _) = names[0];
    let give = give(name);
    let message = match told.as_slice() {
        [one] => format!("{kind} {one} is not set; give it {give}"),
        many => format!("{kind}s are not set: {}; give each as `{name}`: {give}", many.join(", ")),
    };
    Error::new(ErrorKind::Config, message)
}
