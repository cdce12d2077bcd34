//! Files that are read by a path: regular ones only. Whoever opens a pipe waits until somebody writes into it, and a
//! device does what it likes. It knows nobody who reads.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use cap_std::fs::{Dir, OpenOptionsExt as _};
use rustix::fs::OFlags;

/// A file to read. What a link leads to counts, and it is looked at twice: before it is opened, since opening alone can
/// set off a device, and after, since another file may stand there by then.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(irregular());
    }
    let file = OpenOptions::new().read(true).custom_flags(flags()).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(irregular()) }
}

/// The same below a directory that no path leads out of.
pub(crate) fn open_in(root: &Dir, path: &Path) -> io::Result<cap_std::fs::File> {
    if !root.metadata(path)?.is_file() {
        return Err(irregular());
    }
    let mut options = cap_std::fs::OpenOptions::new();
    let file = root.open_with(path, options.read(true).custom_flags(flags()))?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(irregular()) }
}

/// All that is in a file.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All that is in a file of text.
pub(crate) fn read_to_string(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text)?;
    Ok(text)
}

/// No pipe is waited for, and no terminal becomes this process's own. A regular file is read as ever.
fn flags() -> i32 {
    (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed()
}

fn irregular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use cap_std::ambient_authority;
    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::*;

    #[test]
    fn only_regular_files_are_opened() {
        let folder = tempfile::tempdir().expect("a directory");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("file"), "text").expect("written");
        std::fs::create_dir(at("folder")).expect("made");
        mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
        let _socket = UnixListener::bind(at("socket")).expect("a socket");
        for (link, to) in [("link", "file"), ("leads", "pipe")] {
            std::os::unix::fs::symlink(to, at(link)).expect("linked");
        }
        let root = Dir::open_ambient_dir(folder.path(), ambient_authority()).expect("a directory");
        for name in ["file", "link"] {
            assert_eq!(read(&at(name)).expect("read"), b"text", "{name}");
            assert_eq!(read_to_string(&at(name)).expect("read"), "text", "{name}");
            assert_eq!(
                io::read_to_string(open_in(&root, name.as_ref()).expect("open")).expect("read"),
                "text"
            );
        }
        for name in ["folder", "pipe", "socket", "leads"] {
            let error = open(&at(name)).expect_err(name);
            assert_eq!(error.to_string(), "it is not a regular file", "{name}");
            open_in(&root, name.as_ref()).expect_err(name);
        }
        assert_eq!(open(Path::new("/dev/null")).expect_err("a device").kind(), io::ErrorKind::InvalidInput);
        assert_eq!(open(&at("none")).expect_err("nothing").kind(), io::ErrorKind::NotFound);
    }
}
