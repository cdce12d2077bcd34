//! What failed runs leave behind when it is asked for: a folder for each, below one of the operator's. It knows no page.

mod page;
mod recorder;

pub(crate) use self::recorder::Recorder;

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::browser::timestamp;
use crate::{Error, ErrorKind};

/// How many runs are kept.
const RUNS: usize = 100;

/// How many bytes all of them may have together.
const BYTES: u64 = 256 << 20;

/// What a folder is called until all of it is written.
const NEW: &str = ".new-";

/// After how long such a folder is one that nobody finishes any more.
const STALE: Duration = Duration::from_secs(3600);

/// The folder that the folders of failed runs are in.
#[derive(Clone, Debug)]
pub(crate) struct Failures {
    root: Arc<Path>,
    /// Held while a folder is added.
    adding: Arc<Mutex<()>>,
}

/// A file of a folder: its name, and what is in it.
type Part = (&'static str, Vec<u8>);

impl Failures {
    /// Those below that folder. It is made, and tried, at once.
    pub(crate) fn new(root: &Path) -> Result<Self, Error> {
        let opened = || {
            let absolute = std::path::absolute(root)?;
            DirBuilder::new().recursive(true).mode(0o700).create(&absolute)?;
            tempfile::Builder::new().prefix(NEW).tempdir_in(&absolute)?.close()?;
            Ok::<_, io::Error>(absolute)
        };
        match opened() {
            Ok(absolute) => Ok(Self { root: absolute.into(), adding: Arc::default() }),
            Err(error) => {
                let message = format!(
                    "failed runs cannot be kept in `{}`: {error}; name a folder that can be written",
                    root.display()
                );
                Err(Error::new(ErrorKind::Config, message).with_source(error))
            }
        }
    }

    /// Keeps a failed run, and gives the name of its folder; none when that cannot be written.
    async fn keep(&self, run: String, parts: Vec<Part>) -> Option<String> {
        let this = self.clone();
        match tokio::task::spawn_blocking(move || this.add(&run, &parts)).await {
            Ok(Ok(name)) => Some(name),
            Ok(Err(error)) => {
                let folder = self.root.display();
                tracing::error!(%error, %folder, "a failed run cannot be kept");
                None
            }
            // The run time ends.
            Err(_) => None,
        }
    }

    fn add(&self, run: &str, parts: &[Part]) -> io::Result<String> {
        let _one = self.adding.lock().unwrap_or_else(PoisonError::into_inner);
        let new = tempfile::Builder::new().prefix(NEW).tempdir_in(&self.root)?;
        for (name, bytes) in parts {
            fs::write(new.path().join(name), bytes)?;
        }
        let time: String = timestamp(SystemTime::now()).chars().filter(|c| !"-:".contains(*c)).collect();
        let name = format!("{time}-{run}");
        // Runs of two processes may have one number, but hardly at one millisecond.
        fs::rename(new.path(), self.root.join(&name))?;
        self.forget(&name)?;
        Ok(name)
    }

    /// Removes the oldest, all but the newest, until they are few and small enough.
    fn forget(&self, newest: &str) -> io::Result<()> {
        let mut kept = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_kept(&name) {
                kept.push((name, size(&entry.path())));
            } else if name.starts_with(NEW) && is_stale(&entry.path()) {
                // Another process may be quicker.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        kept.sort_unstable();
        let (mut runs, mut bytes) = (kept.len(), kept.iter().map(|(_, size)| size).sum::<u64>());
        for (name, size) in kept.iter().filter(|(name, _)| name != newest) {
            if runs <= RUNS && bytes <= BYTES {
                break;
            }
            let _ = fs::remove_dir_all(self.root.join(name));
            (runs, bytes) = (runs - 1, bytes - size);
        }
        Ok(())
    }
}

/// Whether a folder has the name of a failed run, `20261130T131620.123Z-RUN`. No other is touched.
fn is_kept(name: &str) -> bool {
    let shape = "00000000T000000.000Z-";
    name.len() > shape.len()
        && name.bytes().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte == wanted,
        })
}

/// How many bytes the files of a folder have.
fn size(folder: &PathBuf) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|about| about.len()).sum()
}

fn is_stale(folder: &Path) -> bool {
    let modified = fs::metadata(folder).and_then(|about| about.modified()).ok();
    modified.and_then(|time| time.elapsed().ok()).is_some_and(|age| age > STALE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        let entries = fs::read_dir(root).unwrap().flatten();
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_oldest_runs_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let failures = Failures::new(&folder.path().join("a/b")).unwrap();
        let root = folder.path().join("a/b");
        for number in 0..RUNS {
            let old = root.join(format!("20200101T000000.000Z-{number:04}"));
            fs::create_dir(&old).unwrap();
            fs::write(old.join("run.json"), "{}").unwrap();
        }
        fs::create_dir(root.join("of somebody else")).unwrap();
        let name = failures.add("7", &[("run.json", b"{}".to_vec())]).unwrap();
        assert!(is_kept(&name) && name.ends_with("Z-7"), "{name}");
        assert_eq!(fs::read(root.join(&name).join("run.json")).unwrap(), b"{}");
        let kept = names(&root);
        assert_eq!(kept.len(), RUNS + 1);
        assert_eq!(
            (kept[0].as_str(), kept.last().unwrap().as_str()),
            ("20200101T000000.000Z-0001", "of somebody else")
        );

        // By their size, too; the newest stays, however large it is.
        let large = fs::File::create(root.join("20200101T000000.000Z-0050/page.html")).unwrap();
        large.set_len(BYTES).unwrap();
        let newest = failures.add("8", &[("run.json", vec![0; 10])]).unwrap();
        let kept = names(&root);
        assert!(!kept.contains(&"20200101T000000.000Z-0050".to_owned()), "{kept:?}");
        assert!(kept.contains(&"20200101T000000.000Z-0051".to_owned()) && kept.contains(&newest));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_a_fault_of_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let error = Failures::new(&file).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().contains(&format!("`{}`", file.display())), "{error}");
    }
}
