//! Which recipes a command means: files, folders, and tasks of either.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use webtask::{Mistakes, Recipes, Task};
use webtask_grammar::{Problems, Source, parse_text};
use webtask_words::nearest;

use crate::{Outcome, out, style};

/// The folder of recipes when none is named: `recipes`, or else this folder.
pub(crate) fn folder() -> PathBuf {
    let recipes = Path::new("recipes");
    if recipes.is_dir() { recipes.to_owned() } else { PathBuf::from(".") }
}

/// The files and folders that are named, or else the [`folder`].
pub(crate) fn paths(named: &[PathBuf]) -> Vec<PathBuf> {
    if named.is_empty() { vec![folder()] } else { named.to_vec() }
}

/// The recipe files in a folder, and the folders in it that may have more, in the order of their names.
pub(crate) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        entries.push(entry?.path());
    }
    let may_have_more = |path: &Path| !path.is_symlink() && !is_hidden(path);
    let is_recipe = |path: &Path| path.extension().is_some_and(|extension| extension == "webtask");
    entries.retain(|path| if path.is_dir() { may_have_more(path) } else { is_recipe(path) });
    entries.sort();
    Ok(entries)
}

/// Whether its name begins with a dot.
pub(crate) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// The recipes of a file or a folder.
///
/// A file's tasks may call those of other files of the [`folder`] that it is in.
pub(crate) fn load(path: &Path) -> Result<Recipes, Mistakes> {
    let alone = Recipes::load(path);
    let around = folder();
    let is_inside = || {
        let (inner, outer) = (fs::canonicalize(path), fs::canonicalize(&around));
        path.is_file() && matches!((inner, outer), (Ok(inner), Ok(outer)) if inner.starts_with(&outer))
    };
    match alone {
        Err(mistakes) if is_inside() => Recipes::load(&around).map_err(|_| mistakes),
        alone => alone,
    }
}

/// The same; every mistake is printed.
pub(crate) fn load_or_report(path: &Path) -> Result<Recipes, Outcome> {
    load(path).map_err(|mistakes| {
        report(&mistakes);
        Outcome::Broken
    })
}

/// Prints every mistake.
pub(crate) fn report(mistakes: &Mistakes) {
    let on = style::on_stderr();
    let reports: Vec<_> = mistakes.iter().map(|mistake| style::report(&mistake.to_string(), on)).collect();
    out::error(&reports.join("\n\n"));
}

/// A task that somebody named.
pub(crate) struct Found {
    pub(crate) task: Task,
    /// The file or the folder that it is in.
    pub(crate) path: PathBuf,
}

/// The task that `FILE`, `FILE#SLUG` or `SLUG` names. A file's only task needs no slug.
pub(crate) fn find(name: &str) -> Result<Found, Outcome> {
    let (path, slug) = split(name);
    let path = path.unwrap_or_else(folder);
    let recipes = load_or_report(&path)?;
    let own = own(&path, &recipes);
    let slugs = || own.iter().map(Task::slug);
    let wrong = |message: String| Err(out::wrong(&message, Outcome::Broken));
    let Some(slug) = slug else {
        return match own.as_slice() {
            [task] => Ok(Found { task: task.clone(), path }),
            _ => {
                let choices: Vec<_> = slugs().map(|slug| format!("`{}#{slug}`", path.display())).collect();
                wrong(format!(
                    "`{}` has {} tasks; choose one: {}",
                    path.display(),
                    choices.len(),
                    choices.join(", ")
                ))
            }
        };
    };
    match own.iter().find(|task| task.slug() == slug) {
        Some(task) => Ok(Found { task: task.clone(), path }),
        None => wrong(match nearest(slug, slugs()) {
            Some(near) => format!("no task `{slug}` in `{}`; did you mean `{near}`?", path.display()),
            None => format!("no task `{slug}` in `{}`; `webtask list` lists the tasks", path.display()),
        }),
    }
}

/// A file or a folder, and a slug. A name that is neither a file's nor has one before a `#` is a slug.
fn split(name: &str) -> (Option<PathBuf>, Option<&str>) {
    let is_path = |text: &str| text.ends_with(".webtask") || Path::new(text).exists();
    if Path::new(name).is_file() || name.ends_with(".webtask") {
        return (Some(name.into()), None);
    }
    match name.rsplit_once('#') {
        Some((path, slug)) if is_path(path) => (Some(path.into()), Some(slug)),
        _ => (None, Some(name)),
    }
}

/// The tasks that stand in that file; all of a folder's.
pub(crate) fn own(path: &Path, recipes: &Recipes) -> Vec<Task> {
    let text = if path.is_file() { fs::read_to_string(path).ok() } else { None };
    let Some(text) = text else { return recipes.tasks().to_vec() };
    let tasks = parse_text(&Source::new("", &text), &mut Problems::new());
    let slugs: HashSet<_> = tasks.into_iter().map(|task| task.slug.value).collect();
    recipes.tasks().iter().filter(|task| slugs.contains(task.slug())).cloned().collect()
}
