//! Tasks of programs, as others use them.

use std::any::Any;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::shape::default;
use super::{Programs, input};
use crate::run::{redacted, run_steps};
use crate::schema::{describe, schema};
use crate::task::{Shared, SharedSetup};
use crate::{Cx, Error, ErrorKind, Json, Run, Task, Webtask};

/// Every task of these programs.
pub(super) fn all(programs: &Arc<Programs>) -> Vec<Task> {
    let version = version(programs);
    (0..programs.tasks().len()).map(|index| task(programs, index, version)).collect()
}

/// A task as others use it.
fn task(programs: &Arc<Programs>, index: usize, version: u64) -> Task {
    let task = &programs.tasks()[index].task;
    let described: Vec<_> = task
        .inputs
        .iter()
        .map(|input| {
            let default = default(input).unwrap_or_default();
            (input.name.as_str(), input.type_name.as_str(), input.required, default, input.doc.as_str())
        })
        .collect();
    let run = programs.clone();
    Task::shared(Shared {
        slug: task.slug.clone(),
        doc: task.doc.clone(),
        pool: task.pool.clone(),
        timeout: task.timeout,
        transports: task.transports.clone(),
        dialogs: task.dialogs,
        browser: task.browser,
        untrusted: task.untrusted,
        urls: task.urls.clone(),
        secrets: task.secrets.clone(),
        settings: task.wanted.clone(),
        setup: setup(programs, index, version),
        input: describe(&described),
        accepts: schema(&task.accepts().text, &[]),
        output: schema(&task.gives().text, &[]),
        start: Box::new(move |webtask, task, given| start(&run, index, webtask, task, given)),
    })
}

/// The setup of a task, when it has one.
fn setup(programs: &Arc<Programs>, index: usize, version: u64) -> Option<SharedSetup> {
    let setup = programs.tasks()[index].task.setup.as_ref()?;
    let callee = &programs.get(&setup.slug)?.task;
    let (made, run) = (programs.clone(), programs.clone());
    let slug = setup.slug.clone();
    let input = setup.inputs.is_some().then(|| -> Box<_> {
        Box::new(move |cx: &Cx, given: &dyn Any| {
            let inputs = given.downcast_ref::<Vec<Option<Value>>>().ok_or_else(mixed)?;
            made.setup_input(&made.tasks()[index], cx, inputs)
        }) as _
    });
    Some(SharedSetup {
        key: format!("{slug}#{version:x}"),
        secrets: callee.secrets.clone(),
        settings: callee.wanted.clone(),
        input,
        body: Box::new(move |cx: &Cx, input: Value| {
            let (run, slug) = (run.clone(), slug.clone());
            Box::pin(async move {
                match run.get(&slug) {
                    Some(recipe) => run.prepare(recipe, cx, input).await,
                    None => Err(mixed().into()),
                }
            })
        }),
    })
}

/// What tells these programs from others: a window that a setup of other ones prepared is not prepared for these.
fn version(programs: &Programs) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    if programs.tasks().iter().any(|recipe| recipe.task.setup.is_some()) {
        for recipe in programs.tasks() {
            hasher.write(format!("{:?}", recipe.task).as_bytes());
        }
        for (path, source) in programs.scripts() {
            (path, source).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// Reads the inputs, every fault at once, and starts a run.
fn start(
    programs: &Arc<Programs>,
    index: usize,
    webtask: &Webtask,
    task: &Task,
    given: Map<String, Value>,
) -> Result<Run<Json>, Error> {
    let input = input::read(&programs.tasks()[index].task.inputs, given)?;
    let programs = programs.clone();
    let run = run_steps(webtask, task, input, move |cx, input| {
        Box::pin(async move {
            let recipe = &programs.tasks()[index];
            let result = programs.run(recipe, cx, input).await?;
            // Secrets may have come back from a page, so they are taken out of the result too.
            if recipe.task.secrets.is_empty() { Ok(result) } else { Ok(redacted(cx, result).await?) }
        })
    });
    Ok(run.into_json())
}

fn mixed() -> Error {
    Error::new(ErrorKind::Internal, "a setup and its task are not of the same recipes")
}
