//! What is asked of the machine itself.

use std::net::TcpListener;
use std::path::Path;

use rustix::fs::statvfs;
use rustix::process::{Resource, geteuid, getrlimit};

use super::Found;

/// How many files a browser with some windows and a server with some callers have open.
const FILES: u64 = 1024;

/// How much a profile may need.
const PROFILE: u64 = 256 << 20;

/// Whether the browser's sandbox is on, as far as variables say it.
pub(super) fn sandbox() -> Found {
    let set = |name| std::env::var(name).is_ok_and(|value| !["", "0", "false"].contains(&value.as_str()));
    let help = "open only pages that you trust, or run as another user than root";
    match (set("WEBTASK_NO_SANDBOX"), geteuid().is_root()) {
        (true, _) => Found::Warning("off, by WEBTASK_NO_SANDBOX".into(), help.into()),
        (false, true) => Found::Warning(
            "Chromium does not start as root with it".into(),
            "run as another user, or set WEBTASK_NO_SANDBOX=1 and open only pages that you trust".into(),
        ),
        (false, false) => Found::Good("on, unless the settings turn it off".into()),
    }
}

/// The program that makes films other than GIFs.
pub(super) fn ffmpeg() -> Found {
    let name = std::env::var_os("WEBTASK_FFMPEG").filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "ffmpeg".into());
    match std::process::Command::new(&name).arg("-version").output() {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let version = text.split_whitespace().nth(2).unwrap_or("of an unknown version").to_owned();
            Found::Good(version)
        }
        _ => Found::Warning("none: `record` makes GIFs only".into(), "apt-get install ffmpeg".into()),
    }
}

/// `/dev/shm`, which Chromium is told not to use.
pub(super) fn shared_memory() -> Found {
    Found::Good(match free(Path::new("/dev/shm")) {
        Some(free) => format!("{} free; not needed", size(free)),
        None => "none; not needed".into(),
    })
}

/// Where profiles are.
pub(super) fn temporary() -> Found {
    let folder = std::env::temp_dir();
    let name = folder.display();
    let help = "set TMPDIR to a folder with more room".to_owned();
    match (tempfile::tempdir_in(&folder), free(&folder)) {
        (Err(error), _) => {
            Found::Bad(format!("cannot write into `{name}`: {error}; set TMPDIR to another folder"))
        }
        (Ok(_), Some(free)) if free < PROFILE => {
            Found::Warning(format!("{} free in `{name}`", size(free)), help)
        }
        (Ok(_), Some(free)) => Found::Good(format!("{} free in `{name}`", size(free))),
        (Ok(_), None) => Found::Good(format!("`{name}`")),
    }
}

/// How many files a process may have open.
pub(super) fn open_files() -> Found {
    match getrlimit(Resource::Nofile).current {
        Some(limit) if limit < FILES => {
            Found::Warning(format!("at most {limit}"), format!("ulimit -n {FILES}"))
        }
        Some(limit) => Found::Good(format!("at most {limit}")),
        None => Found::Good("no limit".into()),
    }
}

/// Whether a server can have its default port.
pub(super) fn port() -> Found {
    match TcpListener::bind(("127.0.0.1", 8765)) {
        Ok(_) => Found::Good("free".into()),
        Err(error) => {
            Found::Warning(format!("not free: {error}"), "webtask serve --address 127.0.0.1:8766".into())
        }
    }
}

fn free(folder: &Path) -> Option<u64> {
    statvfs(folder).ok().map(|about| about.f_bavail.saturating_mul(about.f_frsize))
}

fn size(bytes: u64) -> String {
    match bytes >> 20 {
        mib @ 0..1024 => format!("{mib} MiB"),
        mib => format!("{:.1} GiB", mib as f64 / 1024.0),
    }
}
