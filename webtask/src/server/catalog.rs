//! The tasks that are served: found by slug, and described. It knows no request.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::value::to_raw_value;
use webtask_words::nearest;

use crate::{Error, ErrorKind, Task};

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

impl Catalog {
    pub(super) fn new(tasks: Vec<Task>) -> Self {
        let (mut entries, mut twice) = (HashMap::new(), None);
        // Every part of a description is one of JSON's own.
        let descriptions: Vec<_> = tasks.iter().map(|task| to_raw_value(task).unwrap_or_default()).collect();
        for (task, description) in tasks.iter().zip(&descriptions) {
            let description = Bytes::copy_from_slice(description.get().as_bytes());
            let entry = Entry { task: task.clone(), description };
            if entries.insert(task.slug().to_owned(), Arc::new(entry)).is_some() {
                twice.get_or_insert_with(|| task.slug().to_owned());
            }
        }
        let list = serde_json::to_vec(&descriptions).unwrap_or_default().into();
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
