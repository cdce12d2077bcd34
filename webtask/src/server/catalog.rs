//! The tasks that are served: found by slug, and described. It knows no request.

use std::collections::HashMap;

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
    entries: HashMap<&'static str, Entry>,
    /// The slugs, in the order of their letters.
    slugs: Vec<&'static str>,
    list: Bytes,
}

/// One task.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) task: &'static Task,
    pub(super) description: Bytes,
}

/// A task as `GET /tasks` shows it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    name: &'static str,
    pool_tag: &'static str,
    transports: Vec<&'static str>,
    timeout_ms: u64,
    doc: &'static str,
    input: Value,
    output: Value,
}

impl Catalog {
    pub(super) fn new(tasks: &[&'static Task]) -> Result<Self, Error> {
        let mut entries = HashMap::new();
        let mut descriptions = Vec::new();
        for task in tasks.iter().copied() {
            let description = Description::of(task);
            let entry = Entry { task, description: json(&description)? };
            if entries.insert(task.slug(), entry).is_some() {
                return Err(Error::new(
                    ErrorKind::Config,
                    format!("two tasks have the slug `{}`; give one of them another", task.slug()),
                ));
            }
            descriptions.push(description);
        }
        let mut slugs: Vec<_> = entries.keys().copied().collect();
        slugs.sort_unstable();
        Ok(Self { entries, slugs, list: json(&descriptions)? })
    }

    /// The task of that slug.
    pub(super) fn find(&self, slug: &str) -> Result<&Entry, Error> {
        self.entries.get(slug).ok_or_else(|| {
            let shown: String = slug.chars().take(SHOWN).collect();
            let message = match nearest(slug, self.slugs.iter().copied()) {
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

    pub(super) fn tasks(&self) -> impl Iterator<Item = &'static Task> {
        self.slugs.iter().map(|slug| self.entries[slug].task)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether any task needs a window of a browser.
    pub(super) fn needs_browser(&self) -> bool {
        self.entries.values().any(|entry| entry.task.needs_browser())
    }
}

impl Description {
    fn of(task: &'static Task) -> Self {
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

fn json(value: &impl Serialize) -> Result<Bytes, Error> {
    serde_json::to_vec(value).map(Bytes::from).map_err(|error| {
        Error::new(ErrorKind::Internal, "a task's description is no JSON").with_source(error)
    })
}
