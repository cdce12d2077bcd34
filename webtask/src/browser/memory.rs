//! How much memory a group of processes uses, as the kernel shares it out between them.

use std::fs;

use rustix::process::Pid;

/// The proportional memory of all processes of a group, in bytes; 0 where the kernel does not tell.
pub(super) fn of_group(group: Pid) -> u64 {
    let Ok(entries) = fs::read_dir("/proc") else { return 0 };
    let is_number = |name: &std::ffi::OsStr| name.as_encoded_bytes().first().is_some_and(u8::is_ascii_digit);
    let processes = entries.flatten().filter(|entry| is_number(&entry.file_name()));
    processes
        .filter(|process| {
            let stat = fs::read_to_string(process.path().join("stat")).unwrap_or_default();
            // `PID (NAME) STATE PARENT GROUP …`, and the name may hold anything.
            let mut fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
            fields.nth(2).and_then(|field| field.parse().ok()) == Some(group.as_raw_nonzero().get())
        })
        .map(|process| {
            let sizes = fs::read_to_string(process.path().join("smaps_rollup")).unwrap_or_default();
            pss(&sizes).unwrap_or(0)
        })
        .sum()
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
