//! The files that a window's pages download while steps run, each in a folder of ours under a number of the browser's. It
//! knows no recipe.
//!
//! A session of its own with the browser turns the downloads of the context on and tells of them: of those of every
//! other context too. So the frames of the context are known beforehand, and where one is not, the file tells.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chromiumoxide::cdp::browser_protocol::browser::{
    BrowserContextId, CancelDownloadParams, SetDownloadBehaviorBehavior, SetDownloadBehaviorParams,
};
use chromiumoxide::cdp::browser_protocol::target::{
    AttachToBrowserTargetParams, DetachFromTargetParams, GetTargetInfoParams, SetDiscoverTargetsParams,
};
use chromiumoxide::types::MethodId;
use chromiumoxide::{Command, Method};
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;

use super::connection::{Events, RawEvent};
use super::navigate::Navigated;
use super::outfit::Outfit;
use super::scratch::Scratch;
use super::session::Session;
use super::tab::Manner;
use super::window::{LIMIT, Window};
use crate::{Error, ErrorKind};

/// How large a file may be, and all of them together.
const SIZE: (u64, u64) = (64 << 20, 256 << 20);

/// How many files there may be.
const FILES: usize = 100;

/// A file that is downloaded, or was.
#[derive(Clone, Debug)]
pub(crate) struct Download {
    guid: String,
    pub(crate) url: String,
    /// What the browser calls it.
    pub(crate) name: String,
    /// How much of it is there.
    pub(crate) received: u64,
    /// How much there is, when the server has said so.
    pub(crate) total: u64,
    pub(crate) state: State,
}

/// How far a download is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    UnderWay,
    Done,
    /// The server, or the page, broke it off.
    Broken,
    /// It is more than we take.
    TooLarge,
}

/// What takes the downloads of a window, until it is dropped: then they are refused again, and nothing is left of them.
pub(crate) struct Downloads {
    folder: Option<Scratch>,
    session: Session,
    events: Events,
    /// The frames that the page gets, and the documents that come; none once the page is closed.
    page: Option<Events>,
    /// The page's own frame.
    main: String,
    /// Where the page went on to, and nothing came.
    unreached: Option<String>,
    /// The window's context, as a command wants it.
    context: Option<BrowserContextId>,
    /// The same, as the browser tells it.
    own: Option<String>,
    /// The pages and frames that are known to be the window's.
    frames: HashSet<String>,
    list: Vec<Download>,
    /// Those that may be another window's.
    strange: Vec<Download>,
    outfit: Arc<Outfit>,
    /// Where its downloads go otherwise.
    kept: Option<PathBuf>,
    manner: Arc<Manner>,
    /// Where it ends.
    runtime: Handle,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WillBegin {
    frame_id: String,
    guid: String,
    url: String,
    #[serde(default)]
    suggested_filename: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Progress {
    guid: String,
    total_bytes: f64,
    received_bytes: f64,
    state: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    target_info: Target,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    target_id: String,
    #[serde(default)]
    browser_context_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attached {
    frame_id: String,
}

/// `Page.getFrameTree`, of which the numbers alone are read.
#[derive(Serialize)]
struct GetFrameTree {}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tree {
    frame_tree: Branch,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Branch {
    frame: Frame,
    #[serde(default)]
    child_frames: Vec<Self>,
}

#[derive(Debug, Deserialize)]
struct Frame {
    id: String,
}

impl Method for GetFrameTree {
    fn identifier(&self) -> MethodId {
        "Page.getFrameTree".into()
    }
}

impl Command for GetFrameTree {
    type Response = Tree;
}

impl Branch {
    fn names(self, into: &mut HashSet<String>) {
        into.insert(self.frame.id);
        self.child_frames.into_iter().for_each(|child| child.names(into));
    }
}

impl Window {
    /// Takes what the window's pages download from now on.
    pub(crate) async fn downloads(&self) -> Result<Downloads, Error> {
        let connection = self.session().connection();
        if !connection.is_local() {
            let message = "the browser is on another machine, and so is what its pages download; fetch it with \
                           `download each`, or with `http`";
            return Err(Error::new(ErrorKind::Config, message));
        }
        if self.manner().downloads.swap(true, Ordering::Relaxed) {
            return Err(Error::step_failed(
                "a `download` stands in another `download`, which takes its files",
            ));
        }
        let free = Free(Some(self.manner().clone()));
        let folder = Scratch::new()?;
        let id = connection.call(None, AttachToBrowserTargetParams::default(), LIMIT).await?.session_id;
        let session = Session::new(connection, id);
        let events = session.events(&[
            "Browser.downloadWillBegin",
            "Browser.downloadProgress",
            "Target.targetCreated",
        ]);
        let page = self.session().events(&["Page.frameAttached", "Page.frameNavigated"]);
        let mut begin = SetDownloadBehaviorParams::new(SetDownloadBehaviorBehavior::AllowAndName);
        begin.download_path = Some(folder.path().to_string_lossy().into_owned());
        begin.browser_context_id = self.context().cloned();
        begin.events_enabled = Some(true);
        // It ends as it must from here on, whatever becomes of the run.
        let mut downloads = Downloads {
            folder: Some(folder),
            session,
            events,
            page: Some(page),
            main: self.target().inner().clone(),
            unreached: None,
            context: self.context().cloned(),
            own: None,
            frames: HashSet::new(),
            list: Vec::new(),
            strange: Vec::new(),
            outfit: self.outfit().clone(),
            kept: self.kept().map(Into::into),
            manner: free.keep(),
            runtime: Handle::current(),
        };
        let info = GetTargetInfoParams { target_id: Some(self.target().clone()) };
        let info = connection.call(None, info, LIMIT).await?.target_info;
        downloads.own = info.browser_context_id.map(|id| id.inner().clone());
        self.session().call(GetFrameTree {}).await?.frame_tree.names(&mut downloads.frames);
        // What is there already is told before that reply.
        downloads.session.call_within(SetDiscoverTargetsParams::new(true), LIMIT).await?;
        downloads.session.call_within(begin, LIMIT).await?;
        Ok(downloads)
    }

    /// Whether somebody takes the window's downloads.
    pub(crate) fn is_downloading(&self) -> bool {
        self.manner().downloads.load(Ordering::Relaxed)
    }
}

impl Downloads {
    /// What was downloaded, in the order in which it began.
    pub(crate) fn list(&self) -> &[Download] {
        &self.list
    }

    /// Where the browser has put a file.
    pub(crate) fn path(&self, download: &Download) -> PathBuf {
        self.file(&download.guid)
    }

    fn file(&self, guid: &str) -> PathBuf {
        self.folder.as_ref().map(|folder| folder.path().join(guid)).unwrap_or_default()
    }

    /// Takes what comes until the browser is gone.
    pub(crate) async fn run(&mut self) {
        while self.changed().await {}
    }

    /// Where the page is now, when that could not be reached.
    pub(crate) fn unreached(&self) -> Option<&str> {
        self.unreached.as_deref()
    }

    /// Waits until one of the downloads begins, goes on or ends, or the page comes to what cannot be reached; false when
    /// the browser is gone.
    pub(crate) async fn changed(&mut self) -> bool {
        loop {
            // The frame of a download is told before that.
            let (event, is_page) = tokio::select! {
                biased;
                event = next(&mut self.page) => (event, true),
                event = self.events.next() => (event, false),
            };
            let is_ours = match (event, is_page) {
                (Some(event), true) => self.hear(&event),
                (None, true) => {
                    self.page = None;
                    false
                }
                (Some(event), false) => self.take(&event),
                (None, false) => return false,
            };
            if is_ours {
                return true;
            }
        }
    }

    /// Takes what the page tells; whether that is the end of it.
    fn hear(&mut self, event: &RawEvent) -> bool {
        if event.method == "Page.frameAttached" {
            if let Ok(attached) = event.parse::<Attached>() {
                self.frames.insert(attached.frame_id);
            }
            return false;
        }
        if let Ok(Navigated { frame, .. }) = event.parse()
            && frame.id == self.main
        {
            self.unreached = frame.unreachable_url;
        }
        self.unreached.is_some()
    }

    /// Takes what the browser tells; whether it is about our downloads.
    fn take(&mut self, event: &RawEvent) -> bool {
        match event.method {
            "Target.targetCreated" => {
                if let Ok(Created { target_info }) = event.parse()
                    && target_info.browser_context_id == self.own
                {
                    self.frames.insert(target_info.target_id);
                }
                false
            }
            "Browser.downloadWillBegin" => event.parse().is_ok_and(|begun| self.begin(begun)),
            _ => event.parse().is_ok_and(|progress| self.go_on(&progress)),
        }
    }

    fn begin(&mut self, begun: WillBegin) -> bool {
        let is_ours = self.frames.contains(&begun.frame_id);
        let download = Download {
            guid: begun.guid,
            url: begun.url,
            name: begun.suggested_filename,
            received: 0,
            total: 0,
            state: State::UnderWay,
        };
        match is_ours {
            true => self.add(download),
            false => self.strange.push(download),
        }
        is_ours
    }

    fn add(&mut self, mut download: Download) {
        if self.list.len() >= FILES {
            drop(self.cancel(&download.guid));
            download.state = State::TooLarge;
        }
        self.list.push(download);
    }

    fn go_on(&mut self, progress: &Progress) -> bool {
        if let Some(place) = self.strange.iter().position(|strange| strange.guid == progress.guid) {
            // Its file is in our folder if it is ours, under another name until it is whole.
            let (whole, part) =
                (self.file(&progress.guid), self.file(&format!("{}.crdownload", progress.guid)));
            if whole.exists() || part.exists() {
                let download = self.strange.swap_remove(place);
                self.add(download);
            } else if progress.state != "inProgress" {
                self.strange.swap_remove(place);
            }
        }
        let others: u64 =
            self.list.iter().filter(|other| other.guid != progress.guid).map(|other| other.received).sum();
        let Some(download) = self.list.iter_mut().find(|download| download.guid == progress.guid) else {
            return false;
        };
        if download.state == State::TooLarge {
            return true;
        }
        // Numbers of bytes are whole, and far below what a float cannot hold.
        let bytes = |number: f64| number.max(0.0) as u64;
        (download.received, download.total) = (bytes(progress.received_bytes), bytes(progress.total_bytes));
        let most = download.received.max(download.total);
        download.state = match progress.state.as_str() {
            _ if most > SIZE.0 || most + others > SIZE.1 => State::TooLarge,
            "completed" => State::Done,
            "canceled" => State::Broken,
            _ => State::UnderWay,
        };
        if download.state == State::TooLarge {
            let guid = download.guid.clone();
            drop(self.cancel(&guid));
        }
        true
    }

    /// Ends a download. It is written now.
    fn cancel(&self, guid: &str) -> impl Future<Output = Result<(), Error>> + Send + use<> {
        let mut cancel = CancelDownloadParams::new(guid);
        cancel.browser_context_id = self.context.clone();
        let cancelled = self.session.send_within(cancel, LIMIT);
        async move { cancelled.await.map(drop) }
    }

    /// What is too large, in words.
    pub(crate) fn limits() -> String {
        format!("{} MiB a file, {} MiB together and {FILES} files", SIZE.0 >> 20, SIZE.1 >> 20)
    }
}

impl Drop for Downloads {
    fn drop(&mut self) {
        // All of it is written now, in this order: the end of the session gives the context Chromium's own behaviour.
        let under_way =
            self.list.iter().chain(&self.strange).filter(|download| download.state == State::UnderWay);
        let cancelled: Vec<_> = under_way.map(|download| self.cancel(&download.guid)).collect();
        let connection = self.session.connection().clone();
        let detach = DetachFromTargetParams::builder().session_id(self.session.id().clone()).build();
        drop(connection.send(None, detach, LIMIT));
        let settled = self.outfit.settle_downloads(&connection, self.context.as_ref(), self.kept.as_deref());
        self.manner.downloads.store(false, Ordering::Relaxed);
        let folder = self.folder.take();
        // The browser writes nothing there any more once it has answered.
        self.runtime.spawn(async move {
            join_all(cancelled).await;
            let _ = settled.await;
            let _ = tokio::task::spawn_blocking(move || drop(folder)).await;
        });
    }
}

/// The next event of a page; never of one that is closed.
async fn next(page: &mut Option<Events>) -> Option<RawEvent> {
    match page {
        Some(page) => page.next().await,
        None => std::future::pending().await,
    }
}

/// Says that nobody takes the downloads, unless somebody does.
struct Free(Option<Arc<Manner>>);

impl Free {
    fn keep(mut self) -> Arc<Manner> {
        self.0.take().expect("only this takes it")
    }
}

impl Drop for Free {
    fn drop(&mut self) {
        if let Some(manner) = &self.0 {
            manner.downloads.store(false, Ordering::Relaxed);
        }
    }
}
