//! Recipes that are read while the program runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{self, File};
use super::mistake::{Mistake, Mistakes};
use super::{read, task};
use crate::Task;

/// Recipes that are read while the program runs: no compiler is needed, and a changed file needs no rebuild.
///
/// [`tasks`](Self::tasks) are used like compiled ones: [`Task::start`] runs one, and a server mounts them. They take the
/// same inputs, send the same events and give the same results and errors. What a compiled recipe has and a file cannot
/// is Rust code.
///
/// ```
/// use webtask::{Recipes, Webtask};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// std::fs::write(folder.join("greet.webtask"), "\
/// task \"greet\"
///     input name string required
///     return \"Hello, {{name}}!\"
/// end
/// ")?;
///
/// let recipes = Recipes::load(folder)?;
/// let greet = recipes.get("greet").expect("there is such a task");
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let webtask = Webtask::builder().build()?;
/// let input = serde_json::json!({ "name": "Ada" });
/// let result = greet.start(&webtask, input.as_object().expect("an object").clone())?.await?;
/// assert_eq!(result.to_string(), r#""Hello, Ada!""#);
/// # Ok::<(), webtask::Error>(()) })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A server takes new tasks while it runs: see [`Tasks::replace`](crate::server::Tasks::replace). With the feature `watch`,
/// `Recipes::watch` notices new versions of the files.
#[derive(Clone, Debug)]
pub struct Recipes {
    tasks: Vec<Task>,
    warnings: Vec<Mistake>,
}

impl Recipes {
    /// Reads a `.webtask` file, or every one below a folder. Its tasks may `call` each other.
    ///
    /// The scripts that they name are below `scripts`, in the folder or beside it. Files and folders whose names begin
    /// with a dot are left out.
    ///
    /// # Errors
    ///
    /// Every mistake of every file, files that cannot be read, and a folder without a recipe.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Mistakes> {
        let path = path.as_ref();
        let files = files::find(path).map_err(Mistakes::plain)?;
        Self::read(files, scripts(path).into())
    }

    /// Reads the text of one file. `name` is what mistakes call it. It has no scripts in files.
    ///
    /// # Errors
    ///
    /// Every mistake in it.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Result<Self, Mistakes> {
        Self::read(vec![File { name: name.into(), text: text.into() }], Vec::new())
    }

    /// The tasks, in the order of their files, and within a file in that of the text.
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// The task of that slug.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.slug() == slug)
    }

    /// What may be a mistake: inputs and secrets that no step uses, each with its place.
    #[must_use]
    pub fn warnings(&self) -> &[Mistake] {
        &self.warnings
    }

    /// Reads files; their scripts are below one of these folders.
    pub(super) fn read(files: Vec<File>, scripts: Vec<PathBuf>) -> Result<Self, Mistakes> {
        // The tokens of what is read stay in the memory of the thread that reads it, so that thread ends.
        let reader = std::thread::Builder::new().name("webtask-recipes".into());
        let reader = reader.spawn(move || read::programs(&files, &scripts));
        let read = reader.map_err(|error| Mistakes::plain(format!("cannot start a thread: {error}")))?.join();
        let read =
            read.map_err(|_| Mistakes::plain("reading the recipes panicked; please report this"))??;
        let programs = Arc::new(read.programs);
        Ok(Self { tasks: task::all(&programs), warnings: read.warnings })
    }
}

/// The folders of the scripts of a file's or a folder's recipes.
pub(super) fn scripts(path: &Path) -> [PathBuf; 2] {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    [folder.join("scripts"), folder.join("../scripts")]
}
