//! How much memory a group of processes uses, as the kernel shares it out between them.

use std::fs;

use rustix::process::Pid;

use super::group::{Member, members};

/// The proportional memory of all processes of a group, in bytes; 0 where the kernel does not tell.
pub(super) fn of_group(group: Pid) -> u64 {
    let share = |member: Member| {
        let sizes = fs::read_to_string(format!("/proc/{}/smaps_rollup", member.pid)).unwrap_or_default();
        pss(&sizes).unwrap_or(0)
    };
    members(group).map(share).sum()
}

fn pss(sizes: &str) -> Option<u64> {
    let line = sizes.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_read() {
        let sizes = "55d0-7ffc ---p 00:00 0 [rollup]\nRss:  2048 kB\nPss:  1024 kB\nPss_Anon:  1 kB\n";
        assert_eq!(pss(sizes), Some(1 << 20));
        assert_eq!(pss(""), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_group_that_runs_uses_some() {
        assert!(of_group(rustix::process::getpgrp()) > 1 << 20);
    }
}
