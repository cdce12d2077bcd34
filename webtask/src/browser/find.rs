//! Finds the browser's program: the setting, the environment, then the real binary of a Chromium.

mod version;

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::program::{self, is_program};
use crate::{Error, ErrorKind};

/// The environment variable that names the program.
const VARIABLE: &str = "WEBTASK_BROWSER";

/// What names it in code.
const SETTING: &str = "`Builder::browser`";

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

/// Whether the program that somebody named can be the browser; that it is one is asked for by `--version`.
pub(super) fn check(setting: Option<&Path>) -> Result<(), Error> {
    check_with(setting, std::env::var_os(VARIABLE).as_deref(), std::env::var_os("PATH").as_deref())
}

fn check_with(setting: Option<&Path>, variable: Option<&OsStr>, path: Option<&OsStr>) -> Result<(), Error> {
    let (program, from) = match (setting, variable.filter(|program| !program.is_empty())) {
        (Some(program), _) => (program, SETTING),
        (None, Some(program)) => (Path::new(program), "`WEBTASK_BROWSER`"),
        (None, None) => return Ok(()),
    };
    let why = match resolve(program, path) {
        Some(found) if is_script(&found) || version::is_chromium(&found) => return Ok(()),
        Some(_) => "is not Chromium: `--version` prints no version such as `Chromium 156.0.8078.114`",
        None if program.components().count() <= 1 => "is not in `PATH`",
        None if program.is_dir() => "is a folder; name the program in it",
        None if program.is_file() => "is not executable; allow it by `chmod +x`",
        None => "does not exist",
    };
    let help = "without the setting, Chromium is searched for";
    let message = format!("the browser `{}` that {from} names {why}; {help}", program.display());
    Err(Error::new(ErrorKind::Config, message))
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
    let given = setting.map(|program| (program, SETTING));
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
        Error::new(
            ErrorKind::BrowserLost,
            format!("the browser `{program}` set by {from} is not an executable"),
        )
    })
}

fn resolve(program: &Path, path: Option<&OsStr>) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return is_program(program).then(|| program.to_owned());
    }
    program::find(program, path)
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
            "the browser `/nowhere/chromium` set by `Builder::browser` is not an executable"
        );
    }

    #[test]
    fn what_cannot_be_the_browser_is_told_before_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let told = |setting: Option<&Path>, variable: Option<&str>| {
            let path = Some(folder.path().as_os_str());
            let error = check_with(setting, variable.map(OsStr::new), path).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            error.message().to_owned()
        };
        let plain = folder.path().join("plain");
        std::fs::write(&plain, "\x7fELF").unwrap();
        let help = "without the setting, Chromium is searched for";
        for (program, why) in [
            (folder.path().join("none"), "does not exist"),
            (folder.path().to_owned(), "is a folder; name the program in it"),
            (plain, "is not executable; allow it by `chmod +x`"),
            (
                program(folder.path(), "broken", "\x7fELF"),
                "is not Chromium: `--version` prints no version such as `Chromium 156.0.8078.114`",
            ),
            (
                "/bin/cat".into(),
                "is not Chromium: `--version` prints no version such as `Chromium 156.0.8078.114`",
            ),
        ] {
            let expected =
                format!("the browser `{}` that `Builder::browser` names {why}; {help}", program.display());
            assert_eq!(told(Some(&program), Some("chromium")), expected);
        }
        let expected =
            format!("the browser `chromium` that `WEBTASK_BROWSER` names is not in `PATH`; {help}");
        assert_eq!(told(None, Some("chromium")), expected);
        let script = program(folder.path(), "script", "#!/bin/sh\n");
        assert!(check_with(Some(&script), None, None).is_ok(), "what it starts is not known");
        assert!(check_with(None, Some(OsStr::new("")), None).is_ok());
    }

    #[test]
    fn a_script_is_no_binary() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_script(&program(folder.path(), "wrapper", "#!/bin/sh\n")));
        assert!(!is_script(&program(folder.path(), "binary", "\x7fELF")));
        assert!(!is_script(&program(folder.path(), "empty", "")));
    }
}
