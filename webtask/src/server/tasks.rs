//! The tasks that a server has now, exchanged as a whole while it runs. It knows no request.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;

use super::catalog::{Catalog, Entry};
use crate::{Error, Task, Webtask};

/// The tasks of a running server: [`Server::tasks`](super::Server::tasks) returns this handle. A clone is another handle of
/// the same list.
///
/// ```
/// use webtask::{Webtask, server::Server, tasks, webtask};
///
/// webtask! {
///     pub task "ping" { status "pong"; }
///     pub task "hello" { status "hello"; }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), webtask::Error> {
/// let webtask = Webtask::builder().build()?;
/// let server = Server::new(&webtask, tasks![ping]).address(([127, 0, 0, 1], 0).into());
/// let tasks = server.tasks();
/// let listening = server.bind().await?;
/// let stop = listening.stop();
/// let serving = tokio::spawn(listening.run());
///
/// // While it serves: from now on there is `hello`, and no `ping`.
/// tasks.replace(tasks![hello])?;
/// assert_eq!(tasks.list()[0].slug(), "hello");
///
/// // A list that cannot be served changes nothing.
/// assert!(tasks.replace(tasks![ping, ping]).is_err());
/// assert_eq!(tasks.list()[0].slug(), "hello");
///
/// stop.drain();
/// serving.await.expect("does not panic")
/// # }
/// ```
#[derive(Clone)]
pub struct Tasks {
    inner: Arc<Inner>,
}

struct Inner {
    webtask: Webtask,
    catalog: ArcSwap<Catalog>,
}

impl Tasks {
    /// Of tasks that are checked when they are served.
    pub(super) fn new(webtask: &Webtask, tasks: impl IntoIterator<Item = Task>) -> Self {
        let catalog = ArcSwap::from_pointee(Catalog::new(tasks.into_iter().collect()));
        Self { inner: Arc::new(Inner { webtask: webtask.clone(), catalog }) }
    }

    /// The tasks, in the order in which they were given.
    #[must_use]
    pub fn list(&self) -> Vec<Task> {
        self.inner.catalog.load().tasks().to_vec()
    }

    /// Exchanges the whole list at once.
    ///
    /// Each request is answered by the old list or by the new one, never by parts of both, and none waits or fails because
    /// of the exchange. Runs that have begun finish with the task that they began with, and can be followed to their end.
    /// `/tasks`, `/openapi.json`, `/health` and the answers to unknown tasks follow the new list. A call that repeats an
    /// `Idempotency-Key` gets the first call's result, even if its task was exchanged since; if the slug is gone, it gets
    /// 404. A browser that only the new tasks need starts with the first of their runs.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if two tasks have the same slug, or a secret or a pool that one of them needs
    /// is not set. The old list stays.
    pub fn replace(&self, tasks: impl IntoIterator<Item = Task>) -> Result<(), Error> {
        let catalog = Catalog::new(tasks.into_iter().collect());
        self.check_list(&catalog)?;
        self.inner.catalog.store(Arc::new(catalog));
        Ok(())
    }

    /// Whether the list can be served.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.check_list(&self.inner.catalog.load())
    }

    fn check_list(&self, catalog: &Catalog) -> Result<(), Error> {
        catalog.check()?;
        self.inner.webtask.need(catalog.tasks())
    }

    /// The task of that slug, now.
    pub(super) fn find(&self, slug: &str) -> Result<Arc<Entry>, Error> {
        self.inner.catalog.load().find(slug)
    }

    /// All of them, now.
    pub(super) fn catalog(&self) -> Arc<Catalog> {
        self.inner.catalog.load_full()
    }
}

impl fmt::Debug for Tasks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.inner.catalog.load().tasks().iter().map(Task::slug)).finish()
    }
}
