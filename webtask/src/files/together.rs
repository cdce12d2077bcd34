//! Several files at once: all of them are written, or none is. It knows nothing of steps.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Weak;
use std::sync::atomic::{AtomicU64, Ordering};

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use cap_tempfile::TempFile;

use super::Place;
use crate::Error;

/// Writes the files, each beside its place first. Only when all are there do they take their places, and when one cannot,
/// those before it give theirs back.
pub(super) fn write(alive: &Weak<()>, files: &[(Place, Vec<u8>)]) -> Result<(), Error> {
    let Some((first, _)) = files.first() else { return Ok(()) };
    let root = std::fs::create_dir_all(&first.root)
        .and_then(|()| Dir::open_ambient_dir(&first.root, ambient_authority()));
    let root = root.map_err(|error| first.error("written", error))?;
    let mut made = Made { root: &root, folders: Vec::new(), stays: false };
    let mut folders = Vec::with_capacity(files.len());
    for (place, _) in files {
        folders.push(made.folder(place).map_err(|error| place.error("written", error))?);
    }
    let mut staged = Vec::with_capacity(files.len());
    for ((place, bytes), folder) in files.iter().zip(&folders) {
        staged.push(stage(folder, place.name(), bytes).map_err(|error| place.error("written", error))?);
    }
    if alive.strong_count() == 0 {
        return Ok(());
    }
    let mut taken = Vec::with_capacity(files.len());
    for (((place, _), folder), file) in files.iter().zip(&folders).zip(staged) {
        match take(folder, place.name(), file) {
            Ok(one) => taken.push(one),
            Err(error) => {
                taken.into_iter().rev().for_each(Taken::give_back);
                return Err(place.error("written", error));
            }
        }
    }
    made.stays = true;
    taken.into_iter().for_each(Taken::keep);
    Ok(())
}

/// A file beside its place, which no folder may have.
fn stage<'f>(folder: &'f Dir, name: &OsStr, bytes: &[u8]) -> io::Result<TempFile<'f>> {
    if folder.symlink_metadata(name).is_ok_and(|there| there.is_dir()) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut file = TempFile::new(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

/// Puts a file into its place, and what is there aside.
fn take<'f>(folder: &'f Dir, name: &'f OsStr, file: TempFile<'_>) -> io::Result<Taken<'f>> {
    let mut taken = Taken { folder, name, before: None };
    if folder.symlink_metadata(name).is_ok() {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let aside = format!(".webtask-{}-{number}", std::process::id());
        // By a second name it is never missing from its place. Some file systems have none.
        folder.hard_link(name, folder, &aside).or_else(|_| folder.rename(name, folder, &aside))?;
        taken.before = Some(aside);
    }
    match file.replace(name) {
        Ok(()) => Ok(taken),
        Err(error) => {
            taken.give_back();
            Err(error)
        }
    }
}

/// A place that a file has taken, and what was there before.
struct Taken<'f> {
    folder: &'f Dir,
    name: &'f OsStr,
    before: Option<String>,
}

impl Taken<'_> {
    fn give_back(self) {
        let given = match &self.before {
            Some(before) => self.folder.rename(before, self.folder, self.name),
            None => self.folder.remove_file(self.name),
        };
        if let Err(error) = given
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a file that was to be written with others cannot be taken back");
        }
    }

    fn keep(self) {
        if let Some(before) = &self.before {
            // It is the old file's second name, or its only one by now.
            let _ = self.folder.remove_file(before);
        }
    }
}

/// The folders that were made for the files: they go again, unless the files stay.
struct Made<'r> {
    root: &'r Dir,
    folders: Vec<PathBuf>,
    stays: bool,
}

impl Made<'_> {
    /// The folder that a file is in.
    fn folder(&mut self, place: &Place) -> io::Result<Dir> {
        let Some(parent) = place.path.parent().filter(|parent| *parent != Path::new("")) else {
            return self.root.try_clone();
        };
        let above = parent.ancestors().filter(|path| *path != Path::new(""));
        let new = above.filter(|path| self.root.symlink_metadata(path).is_err()).map(Path::to_owned);
        let new: Vec<_> = new.collect();
        self.folders.extend(new);
        self.root.create_dir_all(parent)?;
        self.root.open_dir(parent)
    }
}

impl Drop for Made<'_> {
    fn drop(&mut self) {
        if self.stays {
            return;
        }
        // The innermost first; one that somebody else has put something into stays.
        self.folders.sort_by_key(|path| std::cmp::Reverse(path.components().count()));
        for folder in &self.folders {
            let _ = self.root.remove_dir(folder);
        }
    }
}
