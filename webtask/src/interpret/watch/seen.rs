//! What recipe files and scripts were like when they were last looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::super::files::{self, File};
use super::super::{Mistakes, Recipes, recipes};

/// How deep folders may be nested.
const DEPTH: usize = 16;

/// Each file's size and time.
pub(super) type Times = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

pub(super) struct Seen {
    path: PathBuf,
    times: Times,
    files: Result<Vec<File>, String>,
    /// What is in the scripts.
    scripts: u64,
}

/// Which folder it is that has a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    pub(super) fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|about| Self(about.dev(), about.ino()))
    }
}

impl Seen {
    /// The files of the recipes there, with all that is in them.
    pub(super) fn of(path: &Path) -> Self {
        let times = Self::times_of(path);
        let mut hasher = DefaultHasher::new();
        for file in times.keys().filter(|file| file.extension().is_some_and(|ending| ending == "js")) {
            (file, fs::read(file).ok()).hash(&mut hasher);
        }
        Self { path: path.to_owned(), times, files: files::find(path), scripts: hasher.finish() }
    }

    /// The recipes in what was seen, whatever the files are now.
    pub(super) fn load(&self) -> Result<Recipes, Mistakes> {
        let files = self.files.clone().map_err(Mistakes::plain)?;
        Recipes::read(files, recipes::scripts(&self.path).into())
    }

    /// The same without what is in them.
    pub(super) fn times_of(path: &Path) -> Times {
        let mut times = Times::new();
        if path.is_dir() {
            collect(path, 0, &mut times);
        } else if let Ok(about) = fs::metadata(path) {
            add(path, &about, &mut times);
        }
        for scripts in recipes::scripts(path) {
            collect(&scripts, 0, &mut times);
        }
        times
    }

    pub(super) fn times(&self) -> &Times {
        &self.times
    }

    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.files == other.files && self.scripts == other.scripts
    }

    /// Whether a file that had something in it has nothing now, or is gone.
    pub(super) fn lacks(&self, before: &Self) -> bool {
        let is_there = |file: &PathBuf| self.times.get(file).is_some_and(|(size, _)| *size > 0);
        before.times.iter().any(|(file, (size, _))| *size > 0 && !is_there(file))
            || self.emptied(before, &BTreeSet::new()).next().is_some()
    }

    /// The files that have become empty, now or before.
    pub(super) fn emptied(&self, before: &Self, already: &BTreeSet<String>) -> impl Iterator<Item = String> {
        let is_blank = |file: &File| file.text.trim().is_empty();
        let had = before.files.iter().flatten().filter(|file| !is_blank(file)).map(|file| file.name.as_str());
        let had: BTreeSet<_> = had.chain(already.iter().map(String::as_str)).collect();
        let blank = self.files.iter().flatten().filter(|file| is_blank(file));
        let names: Vec<_> =
            blank.map(|file| file.name.clone()).filter(|name| had.contains(name.as_str())).collect();
        names.into_iter()
    }
}

fn collect(folder: &Path, depth: usize, times: &mut Times) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = entry.path();
        if name.starts_with('.') {
            continue;
        }
        match fs::metadata(&path) {
            Ok(about) if about.is_dir() && depth < DEPTH => collect(&path, depth + 1, times),
            Ok(about) if about.is_file() && (name.ends_with(".webtask") || name.ends_with(".js")) => {
                add(&path, &about, times);
            }
            _ => {}
        }
    }
}

fn add(path: &Path, about: &Metadata, times: &mut Times) {
    times.insert(path.to_owned(), (about.len(), about.modified().ok()));
}
