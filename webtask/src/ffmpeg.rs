//! Where ffmpeg is: the program that makes films of a kind that nothing here can make. It starts nothing.

use std::path::{Path, PathBuf};

use crate::program::{self, is_program};
use crate::{Error, ErrorKind};

/// Whether the program that is set is one.
///
/// # Errors
///
/// [`Config`](ErrorKind::Config) when it is none.
pub(crate) fn check(set: Option<&Path>) -> Result<(), Error> {
    match set {
        Some(set) if !is_program(set) => {
            let message = format!(
                "the ffmpeg `{}` set by `ffmpeg` is not an executable; without the setting, it is searched for in `PATH`",
                set.display()
            );
            Err(Error::new(ErrorKind::Config, message))
        }
        _ => Ok(()),
    }
}

/// The program that is set, else the first `ffmpeg` in those folders, as `PATH` has them.
///
/// # Errors
///
/// When there is none.
pub(crate) fn find(set: Option<&Path>, folders: Option<&std::ffi::OsStr>) -> Result<PathBuf, Error> {
    let found = match set {
        Some(set) if set.is_file() => Some(set.to_owned()),
        Some(set) => {
            let message = format!("ffmpeg is not at `{}`, where it is set to be", set.display());
            return Err(Error::step_failed(message));
        }
        None => program::find(Path::new("ffmpeg"), folders),
    };
    found.ok_or_else(|| Error::step_failed("ffmpeg is not installed; install it or use `format gif`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_searched_for_in_folders() {
        let folder = tempfile::tempdir().unwrap();
        let folders = std::env::join_paths([Path::new("/nowhere"), folder.path()]).unwrap();
        let none = "ffmpeg is not installed; install it or use `format gif`";
        assert_eq!(find(None, Some(&folders)).unwrap_err().message(), none);
        assert_eq!(find(None, None).unwrap_err().message(), none);
        let program = folder.path().join(format!("ffmpeg{}", std::env::consts::EXE_SUFFIX));
        std::fs::write(&program, "").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert!(find(None, Some(&folders)).is_err(), "it is not a program");
            std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        assert_eq!(find(None, Some(&folders)).unwrap(), program);
        assert_eq!(find(Some(&program), None).unwrap(), program);
        assert!(check(Some(&program)).is_ok());
        assert!(check(None).is_ok());
        let error = check(Some(folder.path())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().contains("set by `ffmpeg` is not an executable"), "{error}");
        assert_eq!(
            find(Some(Path::new("/nowhere/f")), Some(&folders)).unwrap_err().message(),
            "ffmpeg is not at `/nowhere/f`, where it is set to be"
        );
    }
}
