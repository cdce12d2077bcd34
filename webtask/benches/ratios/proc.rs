//! What `/proc` says of groups of processes: their processor time and their memory.

use std::fs;

/// The processes of a group, by their numbers.
pub(crate) fn group(leader: u32) -> impl Iterator<Item = u32> {
    let pids = fs::read_dir("/proc").unwrap().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(move |pid| stat(*pid).is_some_and(|stat| stat[0] != "Z" && stat[2] == leader.to_string()))
}

/// The processor time of a group in milliseconds, with that of the children that have ended.
pub(crate) fn cpu(leader: u32) -> f64 {
    let ticks: u64 = group(leader)
        .filter_map(stat)
        .map(|stat| stat[11..15].iter().map(|field| field.parse::<u64>().unwrap_or(0)).sum::<u64>())
        .sum();
    // A tick is 10 ms on every Linux that this may run on.
    ticks as f64 * 10.0
}

/// The memory of a group in MiB: its own, and its part of what it shares.
pub(crate) fn pss(leader: u32) -> f64 {
    group(leader).map(|pid| kib(&format!("/proc/{pid}/smaps_rollup"), "Pss:")).sum::<f64>() / 1024.0
}

/// The memory of one process in KiB.
pub(crate) fn rss(pid: u32) -> f64 {
    kib(&format!("/proc/{pid}/status"), "VmRSS:")
}

/// The groups that children of this process lead.
pub(crate) fn children() -> Vec<u32> {
    let pids = fs::read_dir("/proc").unwrap().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let own = std::process::id().to_string();
    pids.filter(|pid: &u32| {
        stat(*pid).is_some_and(|stat| stat[1] == own && stat[2] == pid.to_string() && stat[0] != "Z")
    })
    .collect()
}

/// The fields after the name: state, parent, group, …; times of its own and of its children are at 11 to 14.
fn stat(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    Some(stat.rsplit_once(')')?.1.split_whitespace().map(str::to_owned).collect())
}

fn kib(file: &str, name: &str) -> f64 {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0.0)
}
