//! Folders for what the browser downloads before it is brought elsewhere: removed with their owner, or when the next one
//! is made or a browser starts, after their owner died.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::profile::{mark, reap_below};
use crate::{Error, ErrorKind};

/// How their names begin: in the folder of temporary files, and beside a pool's directory, where nobody is to see them.
const PREFIXES: (&str, &str) = ("webtask-download-", ".webtask-downloads-");

/// A folder that nobody else uses. It is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Scratch {
    // Removed before the marker is free.
    folder: TempDir,
    _marker: File,
}

impl Scratch {
    /// Makes one in the folder of temporary files.
    pub(super) fn new() -> Result<Self, Error> {
        Self::below(&std::env::temp_dir(), PREFIXES.0).map_err(failed)
    }

    /// Makes one beside a directory, from which a file is moved there at once; elsewhere when that is forbidden.
    pub(super) fn beside(directory: &Path) -> Result<Self, Error> {
        match directory.parent().map(|parent| Self::below(parent, PREFIXES.1)) {
            Some(Ok(folder)) => Ok(folder),
            _ => Self::new(),
        }
    }

    fn below(parent: &Path, prefix: &str) -> io::Result<Self> {
        reap_below(parent, prefix);
        let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?;
        let marker = mark(folder.path())?;
        Ok(Self { folder, _marker: marker })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes those in the folder of temporary files whose owners died.
pub(super) fn reap() {
    reap_below(&std::env::temp_dir(), PREFIXES.0);
}

fn failed(error: io::Error) -> Error {
    Error::new(ErrorKind::Internal, format!("cannot make a folder for downloads: {error}")).with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_whose_owner_is_gone_is_removed_by_the_next_one() {
        let parent = tempfile::tempdir().unwrap();
        let pool = parent.path().join("pool");
        let first = Scratch::beside(&pool).unwrap();
        std::fs::write(first.path().join("part"), "some").unwrap();
        let second = Scratch::beside(&pool).unwrap();
        assert!(first.path().exists());
        // As a death of its owner leaves it; another test's child may have the descriptor for a while.
        let Scratch { folder, _marker: marker } = first;
        let left = folder.keep();
        marker.unlock().unwrap();
        drop(Scratch::beside(&pool).unwrap());
        assert!(!left.exists());
        assert!(second.path().exists());
        drop(second);
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
