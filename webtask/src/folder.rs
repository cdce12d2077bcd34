//! Whether a folder that a setting names can be used, before anything is written into it.

use std::io::ErrorKind;
use std::path::Path;

use rustix::fs::{Access, access};

/// Why nothing can be written into a folder, which may have to be made first. None when it can.
pub(crate) fn unwritable(folder: &Path) -> Option<String> {
    for at in folder.ancestors() {
        // What a relative path begins in.
        let at = if at.as_os_str().is_empty() { Path::new(".") } else { at };
        match at.metadata() {
            Ok(data) if !data.is_dir() => return Some(format!("`{}` is not a folder", at.display())),
            Ok(_) => {
                let denied = access(at, Access::WRITE_OK | Access::EXEC_OK).err()?;
                return Some(format!(
                    "`{}` cannot be written: {}",
                    at.display(),
                    std::io::Error::from(denied)
                ));
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Some(format!("`{}` cannot be read: {error}", at.display())),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_can_be_made_below_a_folder_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert_eq!(unwritable(folder.path()), None);
        assert_eq!(unwritable(&folder.path().join("a/b")), None);
        assert_eq!(unwritable(Path::new("a/b")), None);
        let told = Some(format!("`{}` is not a folder", file.display()));
        assert_eq!(unwritable(&file), told);
        assert_eq!(unwritable(&file.join("a/b")), told);
    }
}
