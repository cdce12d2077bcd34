//! Notices that recipe files were saved. It serves nothing.

mod seen;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout};

use self::seen::{Identity, Seen};
use super::{Mistakes, Recipes};

/// For how long nothing must be written before the files are read.
const QUIET: Duration = Duration::from_millis(20);

/// After how long they are read all the same; also how long a file that is empty or gone may take to come back.
const LATEST: Duration = Duration::from_millis(120);

/// How often the files are looked at in any case: a folder that vanished, or that the system does not watch, tells nothing.
const LOOK: Duration = Duration::from_secs(1);

/// Watches the files of [`Recipes`]: [`Recipes::watch`] returns it.
pub struct Watch {
    path: PathBuf,
    told: Arc<Notify>,
    /// None where the system watches nothing.
    watcher: Option<RecommendedWatcher>,
    /// The folders that are watched, as they were then.
    watched: Vec<(Folder, Option<Identity>)>,
    seen: Seen,
    /// The files that have become empty and were not written since.
    emptied: BTreeSet<String>,
}

type Folder = (PathBuf, RecursiveMode);

impl Recipes {
    /// [Loads](Self::load) recipes, and watches their files from then on.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// use webtask::{Recipes, Webtask, server::Server};
    ///
    /// let (recipes, mut watch) = Recipes::watch("recipes")?;
    /// let webtask = Webtask::builder().build()?;
    /// let server = Server::new(&webtask, recipes.tasks().to_vec());
    /// let tasks = server.tasks();
    /// tokio::spawn(async move {
    ///     loop {
    ///         // Until its files are right again, the server keeps its last tasks.
    ///         match watch.changed().await {
    ///             Ok(recipes) => match tasks.replace(recipes.tasks().to_vec()) {
    ///                 Ok(()) => println!("{} tasks", recipes.tasks().len()),
    ///                 Err(error) => eprintln!("{error}"),
    ///             },
    ///             Err(mistakes) => eprintln!("{mistakes}"),
    ///         }
    ///     }
    /// });
    /// server.serve().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load).
    pub fn watch(path: impl Into<PathBuf>) -> Result<(Self, Watch), Mistakes> {
        let path = path.into();
        let told = Arc::new(Notify::new());
        let mut watch = Watch {
            watcher: watcher(&told),
            told,
            watched: Vec::new(),
            seen: Seen::of(&path),
            emptied: BTreeSet::new(),
            path,
        };
        watch.follow();
        // What is saved from here on is noticed.
        watch.seen = Seen::of(&watch.path);
        Ok((watch.seen.load()?, watch))
    }
}

impl Watch {
    /// Waits until a recipe or a script has other content, and loads the recipes again.
    ///
    /// A change is noticed within a few hundredths of a second, or within a second where the system does not tell. Writes that
    /// follow each other closely are one change. If the future is dropped, the next one notices what this one would have.
    ///
    /// # Errors
    ///
    /// As [`Recipes::load`], also if the folder is gone; and a file that has become empty, for most are written soon after. All
    /// are watched all the same, and the next change is loaded.
    pub async fn changed(&mut self) -> Result<Recipes, Mistakes> {
        loop {
            self.wait().await;
            self.follow();
            let Some(mut seen) = self.look().await else { continue };
            // Some editors empty a file, or move it away, before they write it.
            let latest = Instant::now() + LATEST;
            while seen.lacks(&self.seen) && Instant::now() < latest {
                let _ = timeout(QUIET, self.told.notified()).await;
                seen = self.look().await.unwrap_or(seen);
            }
            if seen.is_like(&self.seen) {
                self.seen = seen;
                continue;
            }
            let emptied: BTreeSet<_> = seen.emptied(&self.seen, &self.emptied).collect();
            let Ok((loaded, seen)) = spawn_blocking(move || (seen.load(), seen)).await else {
                continue;
            };
            let loaded = match emptied.first() {
                Some(name) => Err(Mistakes::plain(format!(
                    "`{name}` is empty\nhelp: remove the file to remove its tasks"
                ))),
                None => loaded,
            };
            (self.seen, self.emptied) = (seen, emptied);
            return loaded;
        }
    }

    /// Waits until something was written, and a little longer.
    async fn wait(&self) {
        while timeout(LOOK, self.told.notified()).await.is_err() {
            let path = self.path.clone();
            let times = spawn_blocking(move || Seen::times_of(&path)).await;
            if times.is_ok_and(|times| times != *self.seen.times()) {
                return;
            }
        }
        let latest = Instant::now() + LATEST;
        while Instant::now() < latest && timeout(QUIET, self.told.notified()).await.is_ok() {}
    }

    async fn look(&self) -> Option<Seen> {
        let path = self.path.clone();
        spawn_blocking(move || Seen::of(&path)).await.ok()
    }

    /// Watches each folder that is there and was not, or is another one than it was.
    fn follow(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        for folder in folders(&self.path) {
            let now = Identity::of(&folder.0);
            let place = self.watched.iter().position(|(known, _)| *known == folder);
            if place.is_some_and(|place| self.watched[place].1 == now) {
                continue;
            }
            if let Some(place) = place {
                let _ = watcher.unwatch(&folder.0);
                self.watched.swap_remove(place);
            }
            if now.is_none() {
                continue;
            }
            match watcher.watch(&folder.0, folder.1) {
                Ok(()) => self.watched.push((folder, now)),
                Err(error) => {
                    tracing::warn!(folder = %folder.0.display(), %error, "not watched; changes take a second");
                }
            }
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Tells of each write.
fn watcher(told: &Arc<Notify>) -> Option<RecommendedWatcher> {
    let told = told.clone();
    let tell = move |event: notify::Result<notify::Event>| {
        // That a file was read, by us too, changes nothing.
        let is_reading = |kind: EventKind| matches!(kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        if event.is_ok_and(|event| !is_reading(event.kind)) {
            told.notify_one();
        }
    };
    match notify::recommended_watcher(tell) {
        Ok(watcher) => Some(watcher),
        Err(error) => {
            tracing::warn!(%error, "files are not watched; changes take a second");
            None
        }
    }
}

/// What is to be watched for the recipes there: a file's folder too, for an editor may put another file in its place.
fn folders(path: &Path) -> Vec<Folder> {
    let is_folder = path.is_dir();
    let folder = if is_folder { path } else { parent(path) };
    let depth = if is_folder { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
    let scripts =
        super::recipes::scripts(path).into_iter().map(|scripts| (scripts, RecursiveMode::Recursive));
    let mut folders = vec![(folder.to_owned(), depth)];
    folders
        .extend(scripts.filter(|(scripts, _)| !is_folder || !scripts.starts_with(folder) || has_up(scripts)));
    folders
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn has_up(path: &Path) -> bool {
    path.components().any(|part| part == std::path::Component::ParentDir)
}
