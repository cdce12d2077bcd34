//! What brings the downloads of a window into its pool's directory, each as a whole, and none in the place of another.
//!
//! The browser itself would overwrite a file of that name. So it writes elsewhere, under a number of its own, and tells
//! when a file is there.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use chromiumoxide::cdp::browser_protocol::browser::{
    BrowserContextId, SetDownloadBehaviorBehavior, SetDownloadBehaviorParams,
};
use chromiumoxide::cdp::browser_protocol::target::{AttachToBrowserTargetParams, DetachFromTargetParams};
use serde::Deserialize;

use super::connection::{Connection, Events};
use super::scratch::Scratch;
use super::session::Session;
use super::window::LIMIT;
use crate::secret::Redactor;
use crate::{Error, files};

/// A session of its own with the browser, which tells of downloads until this is dropped.
#[derive(Debug)]
pub(super) struct Keeper {
    session: Session,
    folder: PathBuf,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    guid: String,
    #[serde(default)]
    suggested_filename: String,
    #[serde(default)]
    state: String,
}

impl Keeper {
    /// Begins to bring the downloads of that context into a directory.
    pub(super) async fn start(
        connection: &Connection,
        context: Option<&BrowserContextId>,
        into: &Path,
        redactor: &Redactor,
    ) -> Result<Self, Error> {
        let folder = Scratch::beside(into)?;
        let id = connection.call(None, AttachToBrowserTargetParams::default(), LIMIT).await?.session_id;
        let session = Session::new(connection, id);
        let events = session.events(&["Browser.downloadWillBegin", "Browser.downloadProgress"]);
        let keeper = Self { session, folder: folder.path().to_owned() };
        let mut begin = SetDownloadBehaviorParams::new(SetDownloadBehaviorBehavior::AllowAndName);
        begin.download_path = Some(keeper.folder.to_string_lossy().into_owned());
        begin.browser_context_id = context.cloned();
        begin.events_enabled = Some(true);
        keeper.session.call_within(begin, LIMIT).await?;
        tokio::spawn(keep(folder, events, into.to_owned(), redactor.clone()));
        Ok(keeper)
    }

    /// Where the browser writes.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let detach = DetachFromTargetParams::builder().session_id(self.session.id().clone()).build();
        // Nobody needs the reply. What has been told by then is still brought.
        drop(self.session.connection().send(None, detach, LIMIT));
    }
}

/// Brings every file that is whole. Those of other windows are not in the folder.
async fn keep(folder: Scratch, mut events: Events, into: PathBuf, redactor: Redactor) {
    let mut names = HashMap::new();
    while let Some(event) = events.next().await {
        let Ok(told) = event.parse::<Told>() else { continue };
        match told.state.as_str() {
            "" => {
                names.insert(told.guid, redactor.clean(&told.suggested_filename).into_owned());
            }
            "inProgress" => {}
            state => {
                let Some(name) = names.remove(&told.guid).filter(|_| state == "completed") else { continue };
                let (from, into) = (folder.path().join(told.guid), into.clone());
                let moved = tokio::task::spawn_blocking(move || place(&from, &into, &name)).await;
                if let Ok(Err(error)) = moved
                    && error.kind() != io::ErrorKind::NotFound
                {
                    tracing::warn!(%error, "a download cannot be brought into its directory");
                }
            }
        }
    }
    let _ = tokio::task::spawn_blocking(move || drop(folder)).await;
}

/// Moves a file into a directory under a name that no file has there.
fn place(from: &Path, into: &Path, name: &str) -> io::Result<()> {
    std::fs::metadata(from)?;
    let name = files::one_name(name);
    let name = if name.is_empty() { "download" } else { &name };
    for number in 1.. {
        let to = match number {
            1 => into.join(name),
            number => into.join(files::numbered(name, number)),
        };
        // A link is there as a whole or not at all. Some file systems have none.
        let placed = std::fs::hard_link(from, &to).or_else(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Err(error),
            _ => {
                let mut new = std::fs::File::create_new(&to)?;
                io::copy(&mut std::fs::File::open(from)?, &mut new).map(drop)
            }
        });
        match placed {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(()) => return std::fs::remove_file(from),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_file_is_put_where_none_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, into) = (folder.path().join("from"), folder.path().join("into"));
        std::fs::create_dir(&into).expect("a folder");
        for (text, name) in [("1", "a.csv"), ("2", "a.csv"), ("3", "../a.csv"), ("4", "a.csv")] {
            std::fs::write(&from, text).expect("a file");
            place(&from, &into, name).expect("it is put there");
            assert!(!from.exists());
        }
        for (name, text) in [("a.csv", "1"), ("a-2.csv", "2"), ("_a.csv", "3"), ("a-3.csv", "4")] {
            assert_eq!(std::fs::read_to_string(into.join(name)).expect("a file"), text);
        }
        assert!(place(&from, &into, "a.csv").is_err());
    }
}
