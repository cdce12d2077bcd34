//! Finds the browser's program: the setting, the environment, then the real binary of a Chromium.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::{Error, ErrorKind};

/// The environment variable that names the program.
const VARIABLE: &str = "WEBTASK_BROWSER";

/// Where the shell without a head is, under a name or a place of its own. It starts fast, and its tabs are never hidden.
const SHELLS: &[&str] = &[
    "/usr/lib/chromium/chromium-headless-shell",
    "/usr/lib/chromium/headless_shell",
    "/usr/lib/chromium-browser/headless_shell",
    "/usr/lib64/chromium-browser/headless_shell",
    "chromium-headless-shell",
    "chrome-headless-shell",
    "headless_shell",
];

/// Where whole browsers are.
const BROWSERS: &[&str] = &[
    "/usr/lib/chromium/chromium",
    "/usr/lib/chromium-browser/chromium-browser",
    "/usr/lib64/chromium-browser/chromium-browser",
    "/opt/google/chrome/chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// The program to start: for a window on the screen, a whole browser, where there is a screen.
pub(super) fn find(setting: Option<&Path>, visible: bool) -> Result<PathBuf, Error> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    if visible
        && cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().all(|name| variable(name).is_none())
    {
        return Err(Error::new(
            ErrorKind::Config,
            "a visible browser needs a display, and neither `DISPLAY` nor `WAYLAND_DISPLAY` is set; start the program in a \
             desktop session, or by `xvfb-run`",
        ));
    }
    find_with(setting, variable(VARIABLE).as_deref(), variable("PATH").as_deref(), visible)
}

/// Whether a program is a script. A script that starts the browser is not the browser: what ends it leaves that alive.
pub(super) fn is_script(program: &Path) -> bool {
    let mut start = [0; 2];
    File::open(program).and_then(|mut file| file.read_exact(&mut start)).is_ok() && &start == b"#!"
}

fn find_with(
    setting: Option<&Path>,
    variable: Option<&OsStr>,
    path: Option<&OsStr>,
    visible: bool,
) -> Result<PathBuf, Error> {
    let given = setting.map(|program| (program, "`Builder::browser`"));
    let given = given.or_else(|| Some((Path::new(variable?), "`WEBTASK_BROWSER`")));
    if let Some((program, from)) = given {
        let program = named(program, from, path)?;
        return match visible && is_shell(&program) {
            true => Err(Error::new(
                ErrorKind::Config,
                format!(
                    "a visible browser has windows, and `{}` that {from} names is a headless shell without any; name a \
                     whole Chromium or Chrome",
                    program.display()
                ),
            )),
            false => Ok(program),
        };
    }
    let shells = if visible { &[] } else { SHELLS };
    let candidates = || shells.iter().chain(BROWSERS).filter_map(|name| resolve(Path::new(name), path));
    candidates().find(|program| !is_script(program)).or_else(|| candidates().next()).ok_or_else(|| {
        let (which, package) = match visible {
            true => ("no whole Chromium was found, as a visible browser must be", "chromium"),
            false => ("no Chromium was found", "chromium-headless-shell"),
        };
        Error::new(
            ErrorKind::BrowserLost,
            format!(
                "{which}; install one, as with `apt-get install {package}`, or name its program by `Builder::browser` or \
                 `WEBTASK_BROWSER`"
            ),
        )
    })
}

/// Whether it is called like a browser that has no windows.
fn is_shell(program: &Path) -> bool {
    let name = program.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
    name.contains("headless_shell")
}

/// A program that somebody named: a name without a folder is searched for in `PATH`.
fn named(program: &Path, from: &str, path: Option<&OsStr>) -> Result<PathBuf, Error> {
    resolve(program, path).ok_or_else(|| {
        let program = program.display();
        Error::new(ErrorKind::BrowserLost, format!("the browser `{program}` that {from} names is no program"))
    })
}

fn resolve(program: &Path, path: Option<&OsStr>) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return is_program(program).then(|| program.to_owned());
    }
    std::env::split_paths(path?).map(|folder| folder.join(program)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn program(folder: &Path, name: &str, text: &str) -> PathBuf {
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        file
    }

    #[test]
    fn the_setting_goes_before_the_environment() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (program(folder.path(), "a", "x"), program(folder.path(), "b", "x"));
        assert_eq!(find_with(Some(&a), Some(b.as_os_str()), None, false).unwrap(), a);
        assert_eq!(find_with(None, Some(b.as_os_str()), None, false).unwrap(), b);
        let path = Some(folder.path().as_os_str());
        assert_eq!(find_with(None, Some(OsStr::new("b")), path, false).unwrap(), b);
    }

    #[test]
    fn a_visible_browser_is_no_headless_shell() {
        let folder = tempfile::tempdir().unwrap();
        let shell = program(folder.path(), "chromium-headless-shell", "x");
        assert_eq!(find_with(Some(&shell), None, None, false).unwrap(), shell);
        let error = find_with(Some(&shell), None, None, true).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        let told = format!("`{}` that `Builder::browser` names is a headless shell", shell.display());
        assert!(error.message().contains(&told), "{error}");
        let whole = program(folder.path(), "chromium", "x");
        assert_eq!(find_with(Some(&whole), None, None, true).unwrap(), whole);
    }

    #[test]
    fn a_named_program_that_is_none_is_told() {
        let error = find_with(Some(Path::new("/nowhere/chromium")), None, None, false).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BrowserLost);
        assert_eq!(
            error.message(),
            "the browser `/nowhere/chromium` that `Builder::browser` names is no program"
        );
    }

    #[test]
    fn a_script_is_no_binary() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_script(&program(folder.path(), "wrapper", "#!/bin/sh\n")));
        assert!(!is_script(&program(folder.path(), "binary", "\x7fELF")));
        assert!(!is_script(&program(folder.path(), "empty", "")));
    }
}
