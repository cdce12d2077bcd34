//! What leads out of the folder and what does not.

use std::collections::BTreeSet;
use std::fs;

use super::*;

/// A folder of files within a folder, beside something that nobody may touch.
struct Bench {
    outer: tempfile::TempDir,
    files: Files,
}

impl Bench {
    fn new() -> Self {
        let outer = tempfile::tempdir().expect("a folder");
        fs::write(outer.path().join("secret"), "untouched").expect("a file");
        fs::create_dir(outer.path().join("other")).expect("a folder");
        fs::create_dir(outer.path().join("root")).expect("a folder");
        let files = Files::new(Some(outer.path().join("root"))).expect("a good folder");
        Self { outer, files }
    }

    fn root(&self) -> PathBuf {
        self.outer.path().join("root")
    }

    /// All that is in the outer folder, by path.
    fn all(&self) -> BTreeSet<String> {
        fn walk(folder: &Path, base: &Path, into: &mut BTreeSet<String>) {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let name = entry.path().strip_prefix(base).expect("below").display().to_string();
                into.insert(name);
                if entry.file_type().expect("a type").is_dir() {
                    walk(&entry.path(), base, into);
                }
            }
        }
        let mut all = BTreeSet::new();
        walk(self.outer.path(), self.outer.path(), &mut all);
        all
    }
}

#[tokio::test]
async fn a_file_is_written_with_its_folders_and_read_again() {
    let bench = Bench::new();
    bench.files.write("a/b/c.txt", "one").await.expect("written");
    bench.files.write("a/b/c.txt", "two").await.expect("written over");
    bench.files.write("ä 😀\u{2028}.txt", "odd").await.expect("written");
    assert_eq!(bench.files.read("a/b/c.txt").await.expect("read").as_deref(), Some(&b"two"[..]));
    assert_eq!(bench.files.read("ä 😀\u{2028}.txt").await.expect("read").as_deref(), Some(&b"odd"[..]));
    assert_eq!(bench.files.read("a/b/d.txt").await.expect("read"), None);
    assert_eq!(bench.files.read("a/b/c.txt/d").await.expect("read"), None);
    let expected =
        ["other", "root", "root/a", "root/a/b", "root/a/b/c.txt", "root/ä 😀\u{2028}.txt", "secret"];
    assert_eq!(bench.all(), expected.map(str::to_owned).into());
}

#[tokio::test]
async fn a_root_that_is_not_there_is_made_by_writing() {
    let outer = tempfile::tempdir().expect("a folder");
    let files = Files::new(Some(outer.path().join("new/root"))).expect("no folder yet");
    assert_eq!(files.read("a").await.expect("read"), None);
    assert!(!outer.path().join("new").exists());
    files.write("a", "x").await.expect("written");
    assert_eq!(fs::read_to_string(outer.path().join("new/root/a")).expect("a file"), "x");
}

#[tokio::test]
async fn without_a_root_the_setting_is_named() {
    let error = Files::default().write("a.txt", "x").await.expect_err("no root");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(
        error.message(),
        "file `a.txt` has no folder to be in; set one by `Webtask::builder().files(\"…\")` or `WEBTASK_FILES`"
    );
    let file = tempfile::NamedTempFile::new().expect("a file");
    let error = Files::new(Some(file.path().into())).expect_err("no folder");
    assert_eq!(error.message(), format!("the folder of files `{}` is not a folder", file.path().display()));
}

#[tokio::test]
async fn a_bad_path_says_why() {
    let bench = Bench::new();
    for (path, why) in [
        ("", "bad path ``: it is empty"),
        ("../x", "bad path `../x`: `.` and `..` are not names"),
        ("a/./b", "bad path `a/./b`: `.` and `..` are not names"),
        ("a//b", "bad path `a//b`: a name in it is empty"),
        ("a/", "bad path `a/`: a name in it is empty"),
        ("/etc/x", "bad path `/etc/x`: it is absolute; a path begins in the folder of files"),
        ("a\\b", "bad path `a\\\\b`: it has a `\\` or a NUL in it"),
        ("a\0b", "bad path `a\\u{0}b`: it has a `\\` or a NUL in it"),
    ] {
        let error = bench.files.write(path, "x").await.expect_err(path);
        assert_eq!((error.kind(), error.message()), (ErrorKind::StepFailed, why));
        assert_eq!(bench.files.check(path).expect_err(path).message(), why);
        assert_eq!(bench.files.read(path).await.expect_err(path).message(), why);
    }
}

/// Paths of hostile pieces, every three of them: none reaches what is outside.
#[tokio::test]
async fn no_path_leads_out() {
    let bench = Bench::new();
    let outside = bench.outer.path().display().to_string();
    let pieces = [
        "", "/", ".", "..", "../", "a", "a/", "\\", "..\\", "\0", "%2e%2e/", "~", "secret", "other", &outside,
    ];
    let before = bench.all();
    for one in pieces {
        for two in pieces {
            for three in pieces {
                let path = format!("{one}{two}{three}");
                let _: Result<(), Error> = bench.files.write(&path, "bad").await;
                let read = bench.files.read(&path).await;
                assert!(!matches!(read, Ok(Some(bytes)) if bytes == b"untouched"), "{path:?}");
            }
        }
    }
    let outside = |all: &BTreeSet<String>| -> BTreeSet<String> {
        all.iter().filter(|path| !path.starts_with("root/")).cloned().collect()
    };
    assert_eq!(outside(&bench.all()), outside(&before));
    assert_eq!(fs::read_to_string(bench.outer.path().join("secret")).expect("a file"), "untouched");
}

#[cfg(unix)]
#[tokio::test]
async fn no_link_leads_out() {
    use std::os::unix::fs::symlink;

    let bench = Bench::new();
    let (outer, root) = (bench.outer.path(), bench.root());
    fs::create_dir(root.join("inner")).expect("a folder");
    for (to, name) in [
        (outer.join("other"), "absolute"),
        ("../other".into(), "relative"),
        ("/".into(), "top"),
        ("inner/up".into(), "twice"),
    ] {
        symlink(to, root.join(name)).expect("a link");
    }
    symlink("../../other", root.join("inner/up")).expect("a link");
    for folder in ["absolute", "relative", "top/tmp", "twice", "inner/up"] {
        for path in [format!("{folder}/file"), format!("{folder}/new/file")] {
            let error = bench.files.write(&path, "bad").await.expect_err(&path);
            assert_eq!(error.kind(), ErrorKind::StepFailed);
            assert!(error.message().starts_with(&format!("file `{path}` cannot be written: ")), "{error}");
        }
    }
    assert_eq!(fs::read_dir(outer.join("other")).expect("a folder").count(), 0);

    for (to, name) in [("../secret", "out"), ("nowhere", "dangling"), ("inner/file", "in")] {
        symlink(to, root.join(name)).expect("a link");
    }
    bench.files.read("out").await.expect_err("it leads out");
    // A link as the last name is replaced itself, wherever it led.
    for name in ["out", "dangling"] {
        bench.files.write(name, "mine").await.expect("written");
        assert!(fs::symlink_metadata(root.join(name)).expect("a file").is_file());
    }
    assert_eq!(fs::read_to_string(outer.join("secret")).expect("a file"), "untouched");
    // A link that stays inside is followed.
    fs::write(root.join("inner/file"), "inside").expect("a file");
    assert_eq!(bench.files.read("in").await.expect("read").as_deref(), Some(&b"inside"[..]));
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_file_is_not_waited_for() {
    let bench = Bench::new();
    let pipe = bench.root().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    fs::create_dir(bench.root().join("folder")).expect("a folder");
    for name in ["pipe", "folder"] {
        let error = bench.files.read(name).await.expect_err(name);
        assert_eq!(error.message(), format!("file `{name}` cannot be read: it is not a regular file"));
    }
    let error = bench.files.write("folder", "x").await.expect_err("a folder");
    assert!(error.message().starts_with("file `folder` cannot be written: "), "{error}");
    assert_eq!(bench.all().len(), 5, "nothing is left beside it");
}

#[tokio::test]
async fn what_nobody_waits_for_is_not_written() {
    let bench = Bench::new();
    let place = bench.files.place("a/b").expect("a good path");
    place.write(&Weak::new(), |file| file.write_all(b"late")).expect("nothing to do");
    assert!(!bench.root().join("a/b").exists());
    assert_eq!(fs::read_dir(bench.root().join("a")).expect("a folder").count(), 0);
}
