//! The tasks that are served: found by slug, and described. It knows no request.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use webtask_words::nearest;

use crate::{Error, ErrorKind, Task, Transport};

/// How many letters of an unknown slug an error shows.
const SHOWN: usize = 100;

/// All tasks, with their descriptions as they go out.
#[derive(Debug)]
pub(super) struct Catalog {
    /// In the order in which they were given.
    tasks: Vec<Task>,
    entries: HashMap<String, Arc<Entry>>,
    /// A slug that two tasks have.
    twice: Option<String>,
    list: Bytes,
}

/// One task.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) task: Task,
    pub(super) description: Bytes,
}

/// A task as `GET /tasks` shows it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Description<'t> {
    name: &'t str,
    pool_tag: &'t str,
    transports: Vec<&'static str>,
    timeout_ms: u64,
    doc: &'t str,
    input: Value,
    output: Value,
}

impl Catalog {
    pub(super) fn new(tasks: Vec<Task>) -> Self {
        let (mut entries, mut twice) = (HashMap::new(), None);
        let descriptions: Vec<_> = tasks.iter().map(Description::of).collect();
        for (task, description) in tasks.iter().zip(&descriptions) {
            let entry = Entry { task: task.clone(), description: json(description) };
            if entries.insert(task.slug().to_owned(), Arc::new(entry)).is_some() {
                twice.get_or_insert_with(|| task.slug().to_owned());
            }
        }
        let list = json(&descriptions);
        Self { tasks, entries, twice, list }
    }

    /// Whether each task has a slug of its own.
    pub(super) fn check(&self) -> Result<(), Error> {
        let Some(slug) = &self.twice else { return Ok(()) };
        let message = format!("two tasks have the slug `{slug}`; give one of them another");
        Err(Error::new(ErrorKind::Config, message))
    }

    /// The task of that slug.
    pub(super) fn find(&self, slug: &str) -> Result<Arc<Entry>, Error> {
        self.entries.get(slug).cloned().ok_or_else(|| {
            let shown: String = slug.chars().take(SHOWN).collect();
            let message = match nearest(slug, self.slugs()) {
                Some(known) => format!("no task `{shown}`; did you mean `{known}`?"),
                None => format!("no task `{shown}`; `GET /tasks` lists all"),
            };
            Error::new(ErrorKind::UnknownTask, message)
        })
    }

    /// Every description, in the order in which the tasks were given.
    pub(super) fn list(&self) -> Bytes {
        self.list.clone()
    }

    /// In the order in which they were given.
    pub(super) fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// In the order of their slugs' letters.
    pub(super) fn sorted(&self) -> Vec<&Task> {
        let mut tasks: Vec<_> = self.tasks.iter().collect();
        tasks.sort_unstable_by(|a, b| a.slug().cmp(b.slug()));
        tasks
    }

    fn slugs(&self) -> impl Iterator<Item = &str> {
        self.sorted().into_iter().map(Task::slug)
    }

    /// Whether any task needs a window of a browser.
    pub(super) fn needs_browser(&self) -> bool {
        self.tasks.iter().any(Task::needs_browser)
    }
}

impl<'t> Description<'t> {
    fn of(task: &'t Task) -> Self {
        Self {
            name: task.slug(),
            pool_tag: task.pool(),
            transports: task.transports().iter().copied().map(Transport::name).collect(),
            timeout_ms: u64::try_from(task.timeout().as_millis()).unwrap_or(u64::MAX),
            doc: task.doc(),
            input: task.input(),
            output: task.output(),
        }
    }
}

/// As bytes; every part of a description is one of JSON's own.
fn json(value: &impl Serialize) -> Bytes {
    serde_json::to_vec(value).unwrap_or_default().into()
}
