//! The processes of a group, as the kernel tells of them. It knows no browser.

use std::fs;

use rustix::process::Pid;
#[cfg(target_os = "linux")]
use rustix::process::{PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

/// A process of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) pid: Pid,
    /// The kernel's letter for what it does.
    state: char,
}

impl Member {
    /// Whether it does anything still. One that only waits to be reaped by its parent does not.
    pub(super) fn runs(self) -> bool {
        !matches!(self.state, 'Z' | 'X')
    }

    /// Whether somebody has stopped it, so that it does nothing until it is told to go on. A debugger that looks at it has
    /// another letter.
    pub(super) fn is_stopped(self) -> bool {
        self.state == 'T'
    }
}

/// Whether a process of that group runs.
#[cfg(target_os = "linux")]
pub(super) fn runs(group: Pid) -> bool {
    members(group).any(Member::runs)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn runs(group: Pid) -> bool {
    rustix::process::test_kill_process_group(group).is_ok()
}

/// Whether somebody has stopped the leader of that group.
pub(super) fn is_stopped(group: Pid) -> bool {
    member(group, group).is_some_and(Member::is_stopped)
}

/// Kills a process of that group, if it is still stopped.
#[cfg(target_os = "linux")]
pub(super) fn kill_stopped(process: Member, group: Pid) {
    // From here on it is this one, whoever gets its number.
    let Ok(handle) = pidfd_open(process.pid, PidfdFlags::empty()) else { return };
    if member(process.pid, group).is_some_and(Member::is_stopped) {
        let _ = pidfd_send_signal(handle, Signal::KILL);
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn kill_stopped(_: Member, _: Pid) {}

/// The processes of that group; none where the kernel does not tell.
pub(super) fn members(group: Pid) -> impl Iterator<Item = Member> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?));
    pids.filter_map(move |pid| member(pid, group))
}

/// That process, if it is of that group.
pub(super) fn member(pid: Pid, group: Pid) -> Option<Member> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (state, of) = read(&stat)?;
    (of == group.as_raw_nonzero().get()).then_some(Member { pid, state })
}

/// A process's state and group.
fn read(stat: &str) -> Option<(char, i32)> {
    // `PID (NAME) STATE PARENT GROUP …`, and the name may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?.chars().next()?;
    Some((state, fields.nth(1)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_name_may_hold_anything() {
        assert_eq!(read("12 (chrome) S 1 34 34 0 -1"), Some(('S', 34)));
        assert_eq!(read("12 (a) T 9 9 (b) T 1 34 34 0"), Some(('T', 34)));
        assert_eq!(read("12 (chrome) S"), None);
        assert_eq!(read(""), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_is_of_its_group_and_runs() {
        use super::{member, members, runs};
        let group = rustix::process::getpgrp();
        assert!(runs(group));
        let this = member(rustix::process::getpid(), group).unwrap();
        assert!(this.runs() && !this.is_stopped());
        assert!(members(group).any(|member| member.pid == this.pid));
        assert_eq!(member(this.pid, rustix::process::Pid::INIT), None);
    }
}
