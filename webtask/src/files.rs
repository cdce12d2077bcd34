//! The files that steps read and write: all below one folder, which no path and no symbolic link leads out of.
//!
//! A file is written beside its place and then renamed, so that nobody sees half of it, also when a run is dropped.
//! It knows nothing of steps.

mod name;
mod together;

use std::ffi::OsStr;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use cap_tempfile::TempFile;

pub(crate) use self::name::{numbered, one_name};
use crate::folder::unwritable;
use crate::{Error, ErrorKind, regular};

/// The folder that every file of a recipe is in, if one is set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    root: Option<Arc<Path>>,
}

/// Where a file is: below the folder, by names alone.
struct Place {
    root: Arc<Path>,
    path: PathBuf,
    written: String,
}

impl Files {
    /// The files below that folder. It is made when the first one is written.
    pub(crate) fn new(root: Option<PathBuf>) -> Result<Self, Error> {
        let Some(root) = root else { return Ok(Self::default()) };
        // Later, the process may work in another folder.
        let absolute = std::path::absolute(&root).map_err(|error| {
            Error::new(ErrorKind::Config, format!("bad folder of files `{}`: {error}", root.display()))
                .with_source(error)
        })?;
        if absolute.exists() && !absolute.is_dir() {
            let message = format!("the folder of files `{}` is not a folder", root.display());
            return Err(Error::new(ErrorKind::Config, message));
        }
        // One that is there may be for reading alone.
        if !absolute.exists()
            && let Some(why) = unwritable(&absolute)
        {
            let message = format!("the folder of files `{}` cannot be made: {why}", root.display());
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(Self { root: Some(absolute.into()) })
    }

    /// Whether a file could stand there: for a step that has much to do before it writes.
    pub(crate) fn check(&self, path: &str) -> Result<(), Error> {
        self.place(path).map(drop)
    }

    /// What is in a file; nothing when there is none.
    pub(crate) async fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let place = self.place(path)?;
        blocking(move |_| match place.read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if missing(&error) => Ok(None),
            Err(error) => Err(place.error("read", error)),
        })
        .await
    }

    /// Writes a file, in place of the one that is there. The folders that it is in are made.
    pub(crate) async fn write(&self, path: &str, bytes: impl Into<Vec<u8>>) -> Result<(), Error> {
        let (place, bytes) = (self.place(path)?, bytes.into());
        blocking(move |alive| {
            place.write(alive, |file| file.write_all(&bytes)).map_err(|error| place.error("written", error))
        })
        .await
    }

    /// Writes a file where none is, with a number in its name when there is one, and gives its path.
    pub(crate) async fn write_new(&self, path: &str, bytes: impl Into<Vec<u8>>) -> Result<String, Error> {
        let (mut place, bytes) = (self.place(path)?, bytes.into());
        let path = path.to_owned();
        blocking(move |alive| {
            for number in 1.. {
                let written = place.write_new(alive, |file| file.write_all(&bytes));
                match written {
                    Ok(()) => break,
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        let next = numbered(&path, number + 1);
                        (place.path, place.written) = (PathBuf::from(&next), next);
                    }
                    Err(error) => return Err(place.error("written", error)),
                }
            }
            Ok(place.written)
        })
        .await
    }

    /// Writes files, in place of those that are there: all of them or none.
    pub(crate) async fn write_all(&self, files: Vec<(String, Vec<u8>)>) -> Result<(), Error> {
        let files = files.into_iter().map(|(path, bytes)| Ok((self.place(&path)?, bytes)));
        let files = files.collect::<Result<Vec<_>, Error>>()?;
        blocking(move |alive| together::write(alive, &files)).await
    }

    fn place(&self, path: &str) -> Result<Place, Error> {
        let Some(root) = &self.root else {
            let message = format!(
                "file `{path}` has no folder to be in; set one by `Webtask::builder().files(\"…\")` or `WEBTASK_FILES`"
            );
            return Err(Error::new(ErrorKind::Config, message));
        };
        if let Err(why) = check(path) {
            return Err(Error::step_failed(format!("bad path `{}`: {why}", path.escape_default())));
        }
        Ok(Place { root: root.clone(), path: path.into(), written: path.into() })
    }
}

/// Whether a path is a way down, by names alone.
fn check(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("it is empty");
    }
    if path.contains(['\\', '\0']) {
        return Err("it has a `\\` or a NUL in it");
    }
    if path.starts_with('/') || Path::new(path).is_absolute() {
        return Err("it is absolute; a path begins in the folder of files");
    }
    for name in path.split('/') {
        match name {
            "" => return Err("a name in it is empty"),
            "." | ".." => return Err("`.` and `..` are not names"),
            // What Windows calls a drive or a stream.
            name if cfg!(windows) && name.contains(':') => return Err("it has a `:` in it"),
            _ => {}
        }
    }
    Ok(())
}

impl Place {
    fn read(&self) -> io::Result<Vec<u8>> {
        let root = Dir::open_ambient_dir(&self.root, ambient_authority())?;
        let mut bytes = Vec::new();
        regular::open_in(&root, &self.path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes a file, unless whoever wants it is gone by then.
    fn write(
        &self,
        alive: &Weak<()>,
        fill: impl FnOnce(&mut TempFile<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        self.put(alive, fill, false)
    }

    /// The same, where no file is.
    fn write_new(
        &self,
        alive: &Weak<()>,
        fill: impl FnOnce(&mut TempFile<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        self.put(alive, fill, true)
    }

    fn put(
        &self,
        alive: &Weak<()>,
        fill: impl FnOnce(&mut TempFile<'_>) -> io::Result<()>,
        is_new: bool,
    ) -> io::Result<()> {
        std::fs::create_dir_all(&self.root)?;
        let root = Dir::open_ambient_dir(&self.root, ambient_authority())?;
        let folder = match self.path.parent() {
            Some(parent) if parent != Path::new("") => {
                root.create_dir_all(parent)?;
                root.open_dir(parent)?
            }
            _ => root,
        };
        let name = self.name();
        let mut file = TempFile::new(&folder)?;
        fill(&mut file)?;
        file.flush()?;
        if alive.strong_count() > 0 {
            if is_new {
                // Whoever makes it has the name.
                folder.open_with(name, OpenOptions::new().write(true).create_new(true))?;
            }
            file.replace(name)?;
        }
        Ok(())
    }

    /// The last name of its path.
    fn name(&self) -> &OsStr {
        self.path.file_name().expect("a path ends with a name")
    }

    fn error(&self, done: &str, error: io::Error) -> Error {
        Error::step_failed(format!("file `{}` cannot be {done}: {error}", self.written)).with_source(error)
    }
}

fn missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Runs what blocks, and tells it when nobody waits for it any more.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce(&Weak<()>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let waits = Arc::new(());
    let alive = Arc::downgrade(&waits);
    let done = tokio::task::spawn_blocking(move || work(&alive)).await;
    drop(waits);
    done.unwrap_or_else(|error| {
        Err(Error::new(ErrorKind::Internal, "work of a thread was cut off").with_source(error))
    })
}

#[cfg(test)]
mod tests;
