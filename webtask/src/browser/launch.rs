//! Starts the browser in a process group that ends with us, and ends it. It knows no page and no pool.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{ChildStderr, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid};
use tokio::sync::oneshot;

use super::find::is_script;
use super::group;
use super::lifeline::Lifeline;
use super::locale;
use super::profile::{self, Kept, Profile};
use super::quit;
use super::scratch;
use crate::secret::Redactor;
use crate::{Error, ErrorKind};

/// How long the browser may take to say where it listens.
const START: Duration = Duration::from_secs(20);

/// How long what is left of a killed process group may take to go.
const END: Duration = Duration::from_secs(5);

/// How long a browser that has agreed to close may take to write what it has, on a slow disk too, before it is sent a signal: that
/// loses what is not written yet.
const WRITE: Duration = Duration::from_secs(15);

/// How long a browser may take that was sent one.
const SIGNALLED: Duration = Duration::from_secs(5);

/// How long the others of its processes may take when its own has ended so.
const FINISH: Duration = Duration::from_secs(2);

/// How long the path of a folder may be in which a browser makes its sockets, whose paths the kernel limits.
const FOLDER: usize = 48;

/// The variables by which Chromium finds a proxy, in small letters or capitals. A proxy is a pool's setting.
const PROXIES: [&str; 9] = [
    "http_proxy",
    "https_proxy",
    "ftp_proxy",
    "all_proxy",
    "no_proxy",
    "auto_proxy",
    "socks_proxy",
    "socks_server",
    "socks_version",
];

/// How many of the browser's last lines an error tells.
const LINES: usize = 12;

/// What Chromium says when it cannot make its sandbox.
const NO_SANDBOX: [&str; 3] = [
    "No usable sandbox!",
    "The SUID sandbox helper binary was found, but",
    "Failed to move to new namespace",
];

/// What a browser needs to be driven at all.
const NEEDED: &[&str] =
    &["--remote-debugging-port=0", "--no-first-run", "--no-default-browser-check", "--no-startup-window"];

/// What a browser needs, or is without, that nobody sees.
const HIDDEN: &[&str] = &["--headless"];
const UNSEEN: &[&str] = &["--mute-audio", "--hide-scrollbars"];

/// What of Chromium is off: what calls home, asks the user, slows down a window that nobody sees, or does for a person
/// who looks on what no recipe needs.
const FLAGS: &[&str] = &[
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--disable-hang-monitor",
    "--disable-prompt-on-repost",
    "--disable-popup-blocking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--metrics-recording-only",
    "--password-store=basic",
    "--use-mock-keychain",
    "--window-size=1280,720",
    "--force-color-profile=srgb",
    // A window on a screen drops a click that comes before its page's first frame; headless Chromium takes it anyway.
    "--allow-pre-commit-input",
    // A page that was left is not kept for whoever goes back: it is loaded anew.
    "--disable-back-forward-cache",
    // Chromium heeds only the last of these switches, so all names stand in one. `RenderDocument` makes a new frame in
    // the renderer for each document of the same site too, which costs a quarter of a small page's time.
    // `DeferRendererTasksAfterInput` lets a page's timers wait for the next frame after each click and key.
    "--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,\
     DeferRendererTasksAfterInput,DialMediaRouteProvider,\
     GlobalMediaControls,InterestFeedContentSuggestions,MediaRouter,OptimizationHints,OptimizationHintsFetching,\
     RenderDocument,Translate",
    // One process less to talk through, and to start.
    "--enable-features=NetworkServiceInProcess2",
];

/// How a browser is started.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) sandbox: bool,
    /// Whether it is left as Chromium has it.
    pub(super) default_flags: bool,
    /// Whether its windows are on a screen.
    pub(super) visible: bool,
}

/// A browser that runs. Dropping it ends every process of it at once and removes its profile.
#[derive(Debug)]
pub(super) struct Process {
    url: String,
    group: Arc<Group>,
    /// The leader of the group only waits for the browser.
    is_script: bool,
    thread: Option<JoinHandle<()>>,
}

/// The browser's process group, as long as its number is surely its own.
#[derive(Debug, Default)]
struct Group {
    state: Mutex<State>,
    /// Takes the secrets out of what it says, which may be of the pages that it opens.
    redactor: Redactor,
}

#[derive(Debug, Default)]
struct State {
    leader: Option<Pid>,
    /// The start is to end before it has begun, or as soon as it has.
    ended: bool,
    /// It was asked to write what it has, which processes of it may still do when its own is gone.
    finishes: bool,
    last_lines: VecDeque<String>,
    /// It has said that it cannot make its sandbox; it says much after that.
    lacks_sandbox: bool,
}

impl Process {
    /// Starts the program and waits until it says where it listens. It keeps its data in that directory, if there is one.
    pub(super) async fn start(
        program: &Path,
        Manner { sandbox, default_flags, visible }: Manner,
        more_flags: &[String],
        kept: Option<Kept>,
        redactor: Redactor,
    ) -> Result<Self, Error> {
        if !sandbox {
            tracing::debug!("the browser's sandbox is off");
        } else if rustix::process::geteuid().is_root() {
            return Err(Error::new(
                ErrorKind::Config,
                "chromium's sandbox does not work as root; run as another user, or turn it off by `Builder::sandbox(false)` \
                 or `WEBTASK_NO_SANDBOX=1`",
            ));
        }
        let flags = match (default_flags, visible) {
            (false, false) => [NEEDED, HIDDEN, UNSEEN, FLAGS],
            (true, false) => [NEEDED, HIDDEN, &[], &[]],
            (false, true) => [NEEDED, &[], &[], FLAGS],
            (true, true) => [NEEDED, &[], &[], &[]],
        };
        let flags = flags.into_iter().flatten().copied();
        let flags: Vec<&str> = flags.chain(more_flags.iter().map(String::as_str)).collect();
        Self::start_with(program, sandbox, &flags, kept, Lifeline::of(program), redactor).await
    }

    async fn start_with(
        program: &Path,
        sandbox: bool,
        flags: &[&str],
        kept: Option<Kept>,
        lifeline: Lifeline,
        redactor: Redactor,
    ) -> Result<Self, Error> {
        let profile = Profile::new()?;
        let mut command = lifeline.command(program);
        let data = kept.as_ref().map_or(profile.path(), Kept::path);
        command.args(flags).arg(profile::flag(data));
        if !sandbox {
            command.arg("--no-sandbox");
        }
        // What it leaves in the folder of temporary files goes with the profile.
        if profile.path().as_os_str().len() <= FOLDER {
            command.env("TMPDIR", profile.path());
        }
        // Chromium writes the name of a file by the locale, and gives up one that the locale cannot write.
        if let Some(variable) = locale::to_set(|name| std::env::var(name).ok()) {
            command.env(variable, "C.UTF-8");
        }
        for name in PROXIES {
            command.env_remove(name).env_remove(name.to_ascii_uppercase());
        }
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());

        let group = Arc::new(Group { redactor, ..Group::default() });
        let (started, listening) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("webtask-browser".into())
            .spawn({
                let group = group.clone();
                move || live(command, profile, kept, &group, started)
            })
            .map_err(|error| lost("cannot start a thread for the browser").with_source(error))?;
        // From here on a drop of this future ends the browser.
        let mut process =
            Self { url: String::new(), group, is_script: is_script(program), thread: Some(thread) };
        match tokio::time::timeout(START, listening).await {
            Ok(Ok(Ok(url))) => process.url = url,
            Ok(Ok(Err(error))) => return Err(error),
            Ok(Err(_)) => return Err(process.group.told("the browser ended before it listened")),
            Err(_) => {
                return Err(process.group.told(&format!("the browser did not listen within {START:?}")));
            }
        }
        Ok(process)
    }

    /// Where the browser listens.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The browser's own process, which leads the group of all its processes; none when it has ended.
    pub(super) fn leader(&self) -> Option<Pid> {
        self.group.state().leader
    }

    /// Whether somebody has stopped the browser's own process. One that a script has started is not known.
    pub(super) fn is_stopped(&self) -> bool {
        !self.is_script && self.leader().is_some_and(group::is_stopped)
    }

    /// Asks the browser to end by itself, so that it writes what it has, and waits for that.
    pub(super) fn finish(&self) {
        if self.leader().is_none() {
            return;
        }
        self.group.state().finishes = true;
        let asked = quit::ask(&self.url);
        if let Err(error) = &asked {
            tracing::debug!(%error, "the browser cannot be asked to close");
        }
        // A signal makes it leave out some of what it has not written yet.
        if asked.is_ok() && self.ends_within(WRITE) {
            return;
        }
        let state = self.group.state();
        if let Some(leader) = state.leader
            && !self.is_script
        {
            // To it alone: without its other processes it could write nothing.
            let _ = kill_process(leader, Signal::TERM);
        }
        drop(state);
        self.ends_within(SIGNALLED);
    }

    fn ends_within(&self, limit: Duration) -> bool {
        let start = Instant::now();
        while start.elapsed() < limit && self.leader().is_some() {
            std::thread::sleep(Duration::from_millis(2));
        }
        self.leader().is_none()
    }

    /// Ends every process of the browser now. The rest happens in the background; [`Drop`] waits for it.
    pub(super) fn kill(&self) {
        self.group.kill();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Group {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kill(&self) {
        let mut state = self.state();
        state.ended = true;
        if let Some(leader) = state.leader {
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }

    fn line(&self, line: &str) {
        let mut state = self.state();
        state.lacks_sandbox |= NO_SANDBOX.iter().any(|text| line.contains(text));
        let lines = &mut state.last_lines;
        if lines.len() == LINES {
            lines.pop_front();
        }
        lines.push_back(line.to_owned());
    }

    /// An error with what the browser said last.
    fn told(&self, what: &str) -> Error {
        let state = self.state();
        if state.lacks_sandbox {
            return Error::new(
                ErrorKind::Config,
                "chromium cannot make its sandbox: this system gives ordinary users no namespaces, and chromium's own helper \
                 is missing or may not make them either; install the package `chromium-sandbox`, or allow user namespaces, or \
                 turn the sandbox off by `Builder::sandbox(false)` or `WEBTASK_NO_SANDBOX=1`; `webtask::guide::deployment` \
                 says which of these suits where",
            );
        }
        let lines = &state.last_lines;
        match lines.is_empty() {
            true => lost(&format!("{what}, and said nothing")),
            false => lost(&format!(
                "{what}; it said: {}",
                lines.iter().map(String::as_str).collect::<Vec<_>>().join(" / ")
            )),
        }
    }
}

fn lost(message: &str) -> Error {
    Error::new(ErrorKind::BrowserLost, message.to_owned())
}

/// The life of a browser, in a thread of its own: the kernel's death signal comes when the *thread* that started it ends.
fn live(
    mut command: Command,
    profile: Profile,
    kept: Option<Kept>,
    group: &Group,
    started: oneshot::Sender<Result<String, Error>>,
) {
    let mut state = group.state();
    if state.ended {
        drop(state);
        return profile.remove();
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            drop(state);
            let program = command.get_program().to_string_lossy();
            let _ = started
                .send(Err(lost(&format!("`{program}` cannot be started: {error}")).with_source(error)));
            return profile.remove();
        }
    };
    let leader = Pid::from_child(&child);
    state.leader = Some(leader);
    drop(state);
    profile.note(child.id());
    if let Some(kept) = &kept {
        kept.note(child.id());
    }
    // While the browser starts; its own directory is known as such.
    profile::reap();
    scratch::reap();

    let lifeline: Option<ChildStdin> = child.stdin.take();
    if let Some(stderr) = child.stderr.take() {
        listen(stderr, group, started);
    }
    // Without reaping: until that, the group's number is nobody else's.
    let _ = waitid(WaitId::Pid(leader), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
    if group.state().finishes {
        // A whole browser has another process write what pages keep.
        wait_until_gone(leader, FINISH);
    }
    let mut state = group.state();
    let _ = kill_process_group(leader, Signal::KILL);
    state.leader = None;
    drop(state);
    let _ = child.wait();
    drop(lifeline);
    wait_until_gone(leader, END);
    profile.remove();
    // Only now may another browser have it.
    drop(kept);
}

/// Reads what the browser says until it, and all that it started, says no more.
fn listen(stderr: ChildStderr, group: &Group, started: oneshot::Sender<Result<String, Error>>) {
    let mut started = Some(started);
    let mut reader = BufReader::new(stderr);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim();
        if let Some(url) = line.strip_prefix("DevTools listening on ")
            && let Some(started) = started.take()
        {
            let _ = started.send(Ok(url.to_owned()));
        } else if !line.is_empty() {
            let line = group.redactor.clean(line);
            tracing::trace!(line = &*line, "the browser says");
            group.line(&line);
        }
        bytes.clear();
    }
}

/// Waits until no process of a group runs any more.
fn wait_until_gone(group: Pid, limit: Duration) {
    let start = Instant::now();
    while start.elapsed() < limit && group::runs(group) {
        std::thread::sleep(Duration::from_millis(2));
    }
}
