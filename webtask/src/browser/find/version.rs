//! Whether a program is a Chromium, which it tells without starting.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long it may take. A machine that is slower than that does not prove anything.
const LIMIT: Duration = Duration::from_secs(10);

/// How often to look whether it has ended.
const LOOK: Duration = Duration::from_millis(5);

/// How much it may say.
const SIZE: u64 = 4096;

/// The programs that have told it.
static KNOWN: LazyLock<Mutex<HashSet<PathBuf>>> = LazyLock::new(Mutex::default);

/// Asks a program by `--version`; one that has told it is not asked again.
pub(super) fn is_chromium(program: &Path) -> bool {
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known().contains(program) {
        return true;
    }
    let is_one = said(program).is_none_or(|text| has_version(&text));
    if is_one {
        known().insert(program.to_owned());
    }
    is_one
}

/// What it says; none when it takes too long.
fn said(program: &Path) -> Option<String> {
    let child = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return Some(String::new()) };
    let output = child.stdout.take()?;
    let reading = std::thread::spawn(move || {
        let mut text = Vec::new();
        // What was read until something went wrong counts.
        let _ = output.take(SIZE).read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let end = Instant::now() + LIMIT;
    while !matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
        if Instant::now() > end {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(LOOK);
    }
    reading.join().ok()
}

/// Whether there is a version as Chromium and what is made of it have: four numbers.
fn has_version(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let numbers: Vec<_> = word.split('.').collect();
        numbers.len() == 4 && numbers.iter().all(|number| number.parse::<u32>().is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_four_numbers() {
        for text in
            ["Chromium 156.0.8078.114 \n", "Google Chrome 120.0.6099.109", "Microsoft Edge 120.0.2210.77"]
        {
            assert!(has_version(text), "{text}");
        }
        for text in ["", "cat (GNU coreutils) 9.1", "Mozilla Firefox 120.0.1", "1.2.3.x"] {
            assert!(!has_version(text), "{text}");
        }
    }
}
