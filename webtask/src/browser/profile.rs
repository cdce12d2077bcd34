//! The browser's profile directory: made for one browser, removed with it, or at the next start when its owner died. Or
//! one with a name, which stays.
//!
//! A file inside is locked as long as the owner lives. The system ends the lock with the process, however that ended,
//! so a lock that can be had is the proof that the directory is left over.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::{Error, ErrorKind};

/// How the directories' names begin.
const PREFIX: &str = "webtask-profile-";

/// The locked file; it names the owner, and the browser.
const MARKER: &str = "webtask.pid";

/// How old a directory without a marker must be before it counts as left over: its owner may be about to mark it.
const UNMARKED: Duration = Duration::from_secs(60);

/// A profile directory that nobody else uses. It is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Profile {
    folder: TempDir,
    marker: File,
}

impl Profile {
    pub(super) fn new() -> Result<Self, Error> {
        Self::below(&std::env::temp_dir())
    }

    fn below(parent: &Path) -> Result<Self, Error> {
        let failed = |error: std::io::Error| {
            Error::new(
                ErrorKind::BrowserLost,
                format!("cannot make a profile directory for the browser: {error}"),
            )
            .with_source(error)
        };
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent).map_err(failed)?;
        let marker = mark(folder.path()).map_err(failed)?;
        Ok(Self { folder, marker })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Notes the browser that uses it, for the case that it outlives us.
    pub(super) fn note(&self, browser: u32) {
        // Only a help for the next start: without it, that still removes the directory.
        let _ = writeln!(&self.marker, "{browser}");
    }

    /// Removes it now. A browser that has just ended may have left a file half-way, so a failure is tried again.
    pub(super) fn remove(self) {
        let Self { folder, marker } = self;
        let path = folder.keep();
        for _ in 0..10 {
            match fs::remove_dir_all(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    tracing::debug!(%error, "a profile directory cannot be removed yet");
                    std::thread::sleep(Duration::from_millis(20));
                }
                _ => break,
            }
        }
        drop(marker);
    }
}

/// A profile directory with a name, which stays. Nobody else can use it until this is dropped.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
    marker: File,
}

impl Kept {
    /// Takes the directory, and makes it when there is none. A browser that a dead owner left in it is ended.
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        let wrong = |why: String| {
            let message = format!("the profile directory `{}` cannot be used: {why}", folder.display());
            Error::new(ErrorKind::Config, message)
        };
        let failed = |error: std::io::Error| wrong(error.to_string()).with_source(error);
        // It holds what logs in somewhere.
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
        let path = folder.join(MARKER);
        let mut marker = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        if let Err(error) = marker.try_lock() {
            let mut text = String::new();
            // Without its number the message is good enough.
            let _ = marker.read_to_string(&mut text);
            let owner = text.lines().next().unwrap_or("unknown").to_owned();
            return Err(wrong(match error {
                TryLockError::WouldBlock => {
                    format!("process {owner} uses it; end that, or name another profile")
                }
                TryLockError::Error(error) => error.to_string(),
            }));
        }
        end_browser(folder);
        marker.set_len(0).map_err(failed)?;
        marker.rewind().map_err(failed)?;
        writeln!(marker, "{}", std::process::id()).map_err(failed)?;
        // Chromium wants it absolute.
        let folder = folder.canonicalize().map_err(failed)?;
        Ok(Self { folder, marker })
    }

    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Notes the browser that uses it, for the case that it outlives us.
    pub(super) fn note(&self, browser: u32) {
        let _ = writeln!(&self.marker, "{browser}");
    }
}

/// Marks a new directory as ours, for as long as the file is open.
pub(super) fn mark(folder: &Path) -> std::io::Result<File> {
    // Locked before it has its name, so that nobody sees it unlocked.
    let unnamed = folder.join("webtask.new");
    let mut marker = OpenOptions::new().write(true).create_new(true).open(&unnamed)?;
    marker.lock()?;
    writeln!(marker, "{}", std::process::id())?;
    fs::rename(&unnamed, folder.join(MARKER))?;
    Ok(marker)
}

/// Removes the directories whose owners died, and ends the browsers that still use them.
pub(super) fn reap() {
    reap_below(&std::env::temp_dir(), PREFIX);
}

/// Removes those below a folder whose names begin so.
pub(super) fn reap_below(parent: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(prefix) && is_left_over(&entry.path()) {
            end_browser(&entry.path());
            if let Err(error) = fs::remove_dir_all(entry.path()) {
                tracing::debug!(%error, "a directory that was left over cannot be removed");
            }
        }
    }
}

fn is_left_over(folder: &Path) -> bool {
    let Ok(data) = folder.symlink_metadata() else { return false };
    if !data.is_dir() || data.uid() != rustix::process::geteuid().as_raw() {
        return false;
    }
    match OpenOptions::new().read(true).write(true).open(folder.join(MARKER)) {
        Ok(marker) => marker.try_lock().is_ok(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            data.modified().is_ok_and(|made| made.elapsed().is_ok_and(|age| age > UNMARKED))
        }
        Err(_) => false,
    }
}

/// Ends the browser that a directory's marker names, when that process still is a browser with this directory.
fn end_browser(folder: &Path) {
    let mut marker = String::new();
    let read = File::open(folder.join(MARKER)).and_then(|mut file| file.read_to_string(&mut marker));
    let Some(pid) = read.ok().and_then(|_| marker.lines().nth(1)?.trim().parse::<i32>().ok()) else { return };
    let command = fs::read(PathBuf::from(format!("/proc/{pid}/cmdline"))).unwrap_or_default();
    let profile = flag(folder);
    if command.split(|byte| *byte == 0).any(|part| part == profile.as_bytes())
        && let Some(group) = Pid::from_raw(pid)
    {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// The flag that tells a browser its profile directory.
pub(super) fn flag(folder: &Path) -> String {
    format!("--user-data-dir={}", folder.display())
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    /// Leaves a directory behind as a death of its owner does. Just closing the marker would not: a process that
    /// another test starts has its descriptor too, until it runs its program.
    fn orphan(profile: Profile) -> PathBuf {
        profile.marker.unlock().unwrap();
        profile.folder.keep()
    }

    #[test]
    fn a_profile_that_is_used_stays() {
        let parent = tempfile::tempdir().unwrap();
        let profile = Profile::below(parent.path()).unwrap();
        reap_below(parent.path(), PREFIX);
        assert!(profile.path().exists());
        let path = profile.path().to_owned();
        profile.remove();
        assert!(!path.exists());
    }

    #[test]
    fn a_kept_profile_has_one_user_at_a_time_and_stays() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("deep/alice");
        let first = Kept::open(&folder).unwrap();
        fs::write(first.path().join("data"), "1").unwrap();
        let error = Kept::open(&folder).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        let told = format!("process {} uses it; end that, or name another profile", std::process::id());
        assert!(error.message().ends_with(&told), "{error}");
        // As above: another test's child may have the descriptor.
        first.marker.unlock().unwrap();
        drop(first);
        let again = Kept::open(&folder).unwrap();
        assert_eq!(fs::read_to_string(again.path().join("data")).unwrap(), "1");
    }

    #[test]
    fn a_profile_whose_owner_is_gone_is_removed() {
        let parent = tempfile::tempdir().unwrap();
        let path = orphan(Profile::below(parent.path()).unwrap());
        reap_below(parent.path(), PREFIX);
        assert!(!path.exists());
    }

    #[test]
    fn a_directory_that_is_about_to_be_marked_stays() {
        let parent = tempfile::tempdir().unwrap();
        let young = parent.path().join("webtask-profile-young");
        fs::create_dir(&young).unwrap();
        reap_below(parent.path(), PREFIX);
        assert!(young.exists());
    }

    #[test]
    fn a_link_is_left_alone() {
        let parent = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join(MARKER), "1\n").unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), parent.path().join("webtask-profile-link")).unwrap();
        reap_below(parent.path(), PREFIX);
        assert!(elsewhere.path().join(MARKER).exists());
    }

    #[test]
    fn a_process_that_only_has_the_number_of_the_browser_lives() {
        let parent = tempfile::tempdir().unwrap();
        let profile = Profile::below(parent.path()).unwrap();
        let mut other = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        profile.note(other.id());
        let path = orphan(profile);
        reap_below(parent.path(), PREFIX);
        assert!(!path.exists());
        assert!(other.try_wait().unwrap().is_none());
        drop(other.stdin.take());
        assert!(other.wait().unwrap().success());
    }
}
