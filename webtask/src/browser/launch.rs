//! Starts the browser in a process group that ends with us, and ends it. It knows no page and no pool.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStderr, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid};
use tokio::sync::oneshot;

use super::find::is_script;
use super::profile::{self, Kept, Profile};
use crate::{Error, ErrorKind};

/// How long the browser may take to say where it listens.
const START: Duration = Duration::from_secs(20);

/// How long what is left of a killed process group may take to go.
const END: Duration = Duration::from_secs(5);

/// How long the path of a folder may be in which a browser makes its sockets, whose paths the kernel limits.
const FOLDER: usize = 48;

/// How many of the browser's last lines an error tells.
const LINES: usize = 12;

/// What a browser needs to be driven at all.
const NEEDED: &[&str] = &[
    "--headless",
    "--remote-debugging-port=0",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-startup-window",
];

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
    "--mute-audio",
    "--hide-scrollbars",
    "--window-size=1280,720",
    "--force-color-profile=srgb",
    // A page that was left is not kept for whoever goes back: it is loaded anew.
    "--disable-back-forward-cache",
    // Chromium heeds only the last of these switches, so all names stand in one. `RenderDocument` makes a new frame in
    // the renderer for each document of the same site too, which costs a quarter of a small page's time.
    "--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,DialMediaRouteProvider,\
     GlobalMediaControls,InterestFeedContentSuggestions,MediaRouter,OptimizationHints,OptimizationHintsFetching,\
     RenderDocument,Translate",
    // One process less to talk through, and to start.
    "--enable-features=NetworkServiceInProcess2",
];

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
}

#[derive(Debug, Default)]
struct State {
    leader: Option<Pid>,
    /// The start is to end before it has begun, or as soon as it has.
    ended: bool,
    last_lines: VecDeque<String>,
}

/// How the browser notices that we are gone, however we went.
#[derive(Clone, Debug)]
enum Lifeline {
    /// The kernel kills it when the thread that started it ends.
    Signal(PathBuf),
    /// It ends itself when a pipe from us ends, through any script that starts it.
    Pipe,
}

impl Process {
    /// Starts the program and waits until it says where it listens. It keeps its data in that directory, if there is one.
    pub(super) async fn start(
        program: &Path,
        sandbox: bool,
        default_flags: bool,
        more_flags: &[String],
        kept: Option<Kept>,
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
        let flags = NEEDED.iter().chain(if default_flags { &[] } else { FLAGS }).copied();
        let flags: Vec<&str> = flags.chain(more_flags.iter().map(String::as_str)).collect();
        Self::start_with(program, sandbox, &flags, kept, Lifeline::of(program)).await
    }

    async fn start_with(
        program: &Path,
        sandbox: bool,
        flags: &[&str],
        kept: Option<Kept>,
        lifeline: Lifeline,
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
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());

        let group = Arc::new(Group::default());
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

    /// Asks the browser to end by itself, and waits for that at most so long.
    pub(super) fn finish(&self, limit: Duration) {
        let state = self.group.state();
        if let Some(leader) = state.leader
            && !self.is_script
        {
            // To it alone: without its other processes it could write nothing.
            let _ = kill_process(leader, Signal::TERM);
        }
        drop(state);
        let start = Instant::now();
        while start.elapsed() < limit && self.leader().is_some() {
            std::thread::sleep(Duration::from_millis(2));
        }
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

impl Lifeline {
    fn of(program: &Path) -> Self {
        let setpriv =
            ["/usr/bin/setpriv", "/bin/setpriv"].into_iter().map(PathBuf::from).find(|path| path.exists());
        match setpriv {
            Some(setpriv) if cfg!(target_os = "linux") && !is_script(program) => Self::Signal(setpriv),
            _ => Self::Pipe,
        }
    }

    fn command(&self, program: &Path) -> Command {
        match self {
            Self::Signal(setpriv) => {
                let mut command = Command::new(setpriv);
                command.args(["--pdeathsig", "KILL", "--"]).arg(program);
                command
            }
            Self::Pipe => {
                let mut command = Command::new("/bin/sh");
                command.args(["-c", r#"exec "$0" "$@" 3<&0 4>/dev/null </dev/null"#]).arg(program);
                command.arg("--remote-debugging-pipe");
                command
            }
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
        let lines = &mut self.state().last_lines;
        if lines.len() == LINES {
            lines.pop_front();
        }
        lines.push_back(line.to_owned());
    }

    /// An error with what the browser said last.
    fn told(&self, what: &str) -> Error {
        let lines = &self.state().last_lines;
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

    let lifeline: Option<ChildStdin> = child.stdin.take();
    if let Some(stderr) = child.stderr.take() {
        listen(stderr, group, started);
    }
    // Without reaping: until that, the group's number is nobody else's.
    let _ = waitid(WaitId::Pid(leader), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
    let mut state = group.state();
    let _ = kill_process_group(leader, Signal::KILL);
    state.leader = None;
    drop(state);
    let _ = child.wait();
    drop(lifeline);
    wait_until_gone(leader);
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
            tracing::trace!(line, "the browser says");
            group.line(line);
        }
        bytes.clear();
    }
}

/// Waits until no process of a killed group runs any more.
fn wait_until_gone(group: Pid) {
    let start = Instant::now();
    while start.elapsed() < END && runs(group) {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Whether a process of that group runs. One that only waits to be reaped by its parent does not.
#[cfg(target_os = "linux")]
fn runs(group: Pid) -> bool {
    let Ok(entries) = fs::read_dir("/proc") else { return false };
    entries.flatten().filter(|entry| entry.file_name().as_encoded_bytes()[0].is_ascii_digit()).any(|entry| {
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // `PID (NAME) STATE PARENT GROUP …`, and the name may hold anything.
        let mut fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
        let state = fields.next();
        let of_group =
            fields.nth(1).and_then(|field| field.parse().ok()) == Some(group.as_raw_nonzero().get());
        of_group && !matches!(state, Some("Z" | "X"))
    })
}

#[cfg(not(target_os = "linux"))]
fn runs(group: Pid) -> bool {
    rustix::process::test_kill_process_group(group).is_ok()
}
