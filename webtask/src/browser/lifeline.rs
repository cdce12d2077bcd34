//! How a browser ends when we are gone, however we went.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::find::is_script;

/// Starts a program, unless whoever is to have started it is gone: before the kernel was asked for a signal it sends none.
const UNLESS_ALONE: &str = r#"[ "$PPID" = "$0" ] && exec "$@""#;

/// How the browser notices that we are gone, however we went.
#[derive(Clone, Debug)]
pub(super) enum Lifeline {
    /// The kernel kills it when the thread that started it ends.
    Signal(PathBuf),
    /// It ends itself when a pipe from us ends, through any script that starts it.
    Pipe,
}

impl Lifeline {
    pub(super) fn of(program: &Path) -> Self {
        match death_signal() {
            Some(setpriv) if cfg!(target_os = "linux") && !is_script(program) => {
                Self::Signal(setpriv.to_owned())
            }
            _ => Self::Pipe,
        }
    }

    /// The command that starts the program so.
    pub(super) fn command(&self, program: &Path) -> Command {
        match self {
            Self::Signal(setpriv) => {
                let mut command = Command::new(setpriv);
                command.args(["--pdeathsig", "KILL", "--", "/bin/sh", "-c", UNLESS_ALONE]);
                command.arg(std::process::id().to_string()).arg(program);
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

/// The program that can have the kernel end the browser with us, if there is one: BusyBox's and old ones cannot.
fn death_signal() -> Option<&'static Path> {
    static SETPRIV: OnceLock<Option<PathBuf>> = OnceLock::new();
    let find = || {
        let mut places = ["/usr/bin/setpriv", "/bin/setpriv"].into_iter().map(PathBuf::from);
        places.find(|setpriv| knows_death_signal(setpriv))
    };
    SETPRIV.get_or_init(find).as_deref()
}

fn knows_death_signal(setpriv: &Path) -> bool {
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "KILL", "--", "/bin/sh", "-c", ":"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_setpriv_without_the_signal_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let knows = |name: &str, text: &str| {
            let file = folder.path().join(name);
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
            knows_death_signal(&file)
        };
        assert!(!knows("busybox", "#!/bin/sh\necho \"setpriv: unrecognized option '$1'\" >&2\nexit 1\n"));
        assert!(knows(
            "known",
            "#!/bin/sh\n[ \"$1 $2 $3\" = '--pdeathsig KILL --' ] && shift 3 && exec \"$@\"\n"
        ));
        assert!(!knows_death_signal(Path::new("/nowhere/setpriv")));
    }
}
