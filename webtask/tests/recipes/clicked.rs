//! `download`: the files that clicks, forms and scripts make a page download.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use webtask::results::Download;
use webtask::{ErrorKind, Webtask, webtask};

use crate::support::builder;
use crate::support::site::{Answer, Site};

webtask! {
    task "clicked/one" {
        input url string required;
        input what string required;
        goto "{{url}}";
        download files timeout 20s { click "#{{what}}"; }
    }

    task "clicked/steps" {
        input url string required;
        goto "{{url}}";
        download files path "in" {
            for each what in ["a", "b", "blob"] {
                if "{{what}}" { retry 2 { click "#{{what}}"; } }
            }
            goto (format!("{url}a.csv"));
            set inside "seen";
        }
        js title "return document.title";
        status "{{inside}}";
    }

    task "clicked/path" {
        input url string required;
        input path string required;
        goto "{{url}}";
        download files path (path) { click "#a"; }
    }

    task "clicked/none" {
        input url string required;
        goto "{{url}}";
        download files timeout 100ms { click "#nothing"; }
    }

    task "clicked/fails" {
        input url string required;
        goto "{{url}}";
        download files path "failed" {
            click "#a";
            js _ "throw new Error('no')";
        }
    }

    task "clicked/nested" {
        input url string required;
        goto "{{url}}";
        download files { download more { click "#a"; } }
    }

    task "clicked/returns" {
        input url string required;
        goto "{{url}}";
        download files path "returned" {
            click "#a";
            return "early";
        }
    }

    task "clicked/after" {
        input url string required;
        goto "{{url}}";
        download files { click "#a"; }
        click "#b";
        js title "return document.title";
    }

    task "clicked/held" {
        input url string required;
        goto "{{url}}";
        download files { click "#held"; }
    }
}

const PAGE: &str = r#"<title>Files</title><a id=a href=/a.csv>a</a> <a id=b href=/b.csv>b</a> <button id=blob>blob</button>
    <button id=data>data</button> <form action=/form method=post><button id=form>form</button></form> <button id=open>open</button>
    <a id=blank target=_blank href=/a.csv>blank</a> <button id=frame>frame</button>
    <button id=three>three</button> <a id=empty href=/empty>empty</a> <a id=cut href=/cut>cut</a> <a id=zero href=/zero>zero</a>
    <a id=packed href=/packed>packed</a> <a id=held href=/held/file>held</a> <a id=named download="asked for.txt" href=/plain>named</a>
    <a id=evil href=/evil>evil</a> <button id=nothing>nothing</button> <a id=large href=/large>large</a>
    <script>
    const on = (id, act) => document.getElementById(id).onclick = act;
    const link = (href, name) => Object.assign(document.createElement('a'), { href, download: name }).click();
    on('blob', () => link(URL.createObjectURL(new Blob(['from a blob'])), 'blob.txt'));
    on('data', () => link('data:text/csv,1%2C2', 'data.csv'));
    on('open', () => open('/a.csv'));
    on('frame', () => document.body.append(Object.assign(document.createElement('iframe'), { src: '/a.csv' })));
    on('three', () => ['/a.csv', '/b.csv', '/empty'].forEach(href => link(href, '')));
    </script>"#;

async fn site() -> Site {
    let site = Site::start().await;
    site.page("/", PAGE);
    let csv = |name: &str| {
        format!("content-type: text/csv\r\ncontent-disposition: attachment; filename=\"{name}\"\r\n")
    };
    site.answer("/a.csv", Answer::new("200 OK", &csv("report.csv"), "first"));
    site.answer("/b.csv", Answer::new("200 OK", &csv("report.csv"), "second"));
    site.answer("/form", Answer::new("200 OK", &csv("Rechnung März.csv"), "of a form"));
    site.answer("/empty", Answer::new("200 OK", &csv("empty.csv"), ""));
    site.answer("/evil", Answer::new("200 OK", &csv("../../evil.csv"), "evil"));
    site.answer("/held/file", Answer::new("200 OK", &csv("held.csv"), "late"));
    site.answer("/large", Answer::new("200 OK", &csv("large.csv"), vec![b'x'; (64 << 20) + 1]));
    for (path, sent) in [("/cut", "some"), ("/zero", "")] {
        // The length that is written first is the one that counts.
        let head = format!("{}content-length: 1000\r\n", csv("cut.csv"));
        site.answer(path, Answer::cut("200 OK", &head, sent));
    }
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut zip, b"unpacked").unwrap();
    let head = format!("{}content-encoding: gzip\r\n", csv("packed.tar.gz"));
    site.answer("/packed", Answer::new("200 OK", &head, zip.finish().unwrap()));
    site
}

fn with_files() -> (tempfile::TempDir, Webtask) {
    let folder = tempfile::tempdir().unwrap();
    let pool = webtask::Pool::new("default").allow_private(true).size(2);
    let webtask = builder().pool(pool).files(folder.path()).build().unwrap();
    (folder, webtask)
}

fn told(files: &[Download]) -> Vec<(&str, String)> {
    let text = |file: &Download| String::from_utf8(file.bytes().unwrap()).unwrap();
    files.iter().map(|file| (file.name.as_str(), text(file))).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_page_downloads_is_given() {
    let site = site().await;
    let (_folder, webtask) = with_files();
    for (what, expected) in [
        ("a", vec![("report.csv", "first")]),
        ("blob", vec![("blob.txt", "from a blob")]),
        ("data", vec![("data.csv", "1,2")]),
        ("form", vec![("Rechnung März.csv", "of a form")]),
        ("open", vec![("report.csv", "first")]),
        ("blank", vec![("report.csv", "first")]),
        ("frame", vec![("report.csv", "first")]),
        ("three", vec![("report.csv", "first"), ("report-2.csv", "second"), ("empty.csv", "")]),
        ("empty", vec![("empty.csv", "")]),
        ("packed", vec![("packed.tar.gz", "unpacked")]),
        ("named", vec![("asked for.txt", "<title>Plain</title><h1>Plain</h1><p id=here>here</p>")]),
        ("evil", vec![("_.._evil.csv", "evil")]),
    ] {
        let input = clicked_one::Input { url: site.url("/"), what: what.into() };
        let mut files =
            clicked_one(&webtask, input).await.unwrap_or_else(|error| panic!("{what}: {error}")).files;
        if what == "three" {
            // They are under way at once.
            files.sort_by_key(|file| (file.size == 0, file.size));
            let mut texts: Vec<_> = told(&files).into_iter().map(|(_, text)| text).collect();
            texts.sort();
            assert_eq!(texts, ["", "first", "second"]);
            let mut names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
            names.sort_unstable();
            assert_eq!(names, ["empty.csv", "report-2.csv", "report.csv"]);
            continue;
        }
        let expected: Vec<_> = expected.into_iter().map(|(name, text)| (name, text.to_owned())).collect();
        assert_eq!(told(&files), expected, "{what}");
        let file = &files[0];
        assert_eq!(file.size, i64::try_from(expected[0].1.len()).unwrap());
        match what {
            "data" => assert_eq!((file.url.as_str(), file.media_type.as_str()), ("data:", "text/csv")),
            "blob" => assert_eq!(file.media_type, "text/plain"),
            "a" => assert_eq!((file.url.clone(), file.media_type.as_str()), (site.url("/a.csv"), "text/csv")),
            _ => {}
        }
    }
    webtask.close().await.unwrap();
}

#[test]
fn a_locale_without_these_characters_changes_no_name() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "clicked::whatever_a_page_downloads_is_given"]).env("LC_ALL", "C");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_may_stand_in_the_block_and_nothing_is_overwritten() {
    let site = site().await;
    let (folder, webtask) = with_files();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/report.csv"), "was here").unwrap();
    let output = clicked_steps(&webtask, clicked_steps::Input { url: site.url("/") }).await.unwrap();
    assert_eq!((output.title, output.inside.as_str()), ("Files".into(), "seen"));
    let mut texts: Vec<_> = told(&output.files).into_iter().map(|(_, text)| text).collect();
    texts.sort();
    assert_eq!(texts, ["first", "first", "from a blob", "second"]);
    let written = names(&folder.path().join("in"));
    assert_eq!(written.len(), 5, "{written:?}");
    assert_eq!(fs::read_to_string(folder.path().join("in/report.csv")).unwrap(), "was here");
    // The name is that of the file.
    for file in &output.files {
        let bytes = fs::read(folder.path().join("in").join(&file.name)).unwrap();
        assert_eq!(STANDARD.encode(bytes), file.bytes_b64);
    }
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_is_a_file_or_a_folder() {
    let site = site().await;
    let (folder, webtask) = with_files();
    let get = async |path: &str| {
        let input = clicked_path::Input { url: site.url("/"), path: path.into() };
        clicked_path(&webtask, input).await.map(|output| output.files[0].name.clone())
    };
    assert_eq!(get("one.txt").await.unwrap(), "one.txt");
    assert_eq!(get("one.txt").await.unwrap(), "one-2.txt");
    assert_eq!(get("deep/er").await.unwrap(), "report.csv");
    assert_eq!(get("deep/er").await.unwrap(), "report-2.csv");
    assert_eq!(names(folder.path()), ["deep", "one-2.txt", "one.txt"]);
    assert_eq!(names(&folder.path().join("deep/er")), ["report-2.csv", "report.csv"]);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_come_is_told() {
    let site = site().await;
    let (folder, webtask) = with_files();
    let error = clicked_none(&webtask, clicked_none::Input { url: site.url("/") }).await.unwrap_err();
    assert_eq!(error.message(), "no download began within 100ms after the steps");
    assert_eq!((error.kind(), error.step().unwrap().name), (ErrorKind::StepFailed, "download"));
    for (what, why) in [
        ("cut", "the download of `cut.csv` broke off before its 1000 bytes were there"),
        ("zero", "the download of `cut.csv` broke off before its 1000 bytes were there"),
        (
            "large",
            "`large.csv` is too much to download: at most 64 MiB a file, 256 MiB together and 100 files",
        ),
    ] {
        let input = clicked_one::Input { url: site.url("/"), what: what.into() };
        assert_eq!(clicked_one(&webtask, input).await.unwrap_err().message(), why);
    }
    let error = clicked_nested(&webtask, clicked_nested::Input { url: site.url("/") }).await.unwrap_err();
    assert_eq!(error.message(), "a `download` stands in another `download`, which takes its files");
    let error = clicked_fails(&webtask, clicked_fails::Input { url: site.url("/") }).await.unwrap_err();
    assert_eq!(error.step().unwrap().name, "js");
    assert!(!folder.path().join("failed").exists());
    let output = clicked_returns(&webtask, clicked_returns::Input { url: site.url("/") }).await.unwrap();
    assert_eq!((output, names(&folder.path().join("returned"))), ("early".into(), vec!["report.csv".into()]));
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn downloads_are_refused_after_the_block() {
    let site = site().await;
    let (_folder, webtask) = with_files();
    for _ in 0..2 {
        let output = clicked_after(&webtask, clicked_after::Input { url: site.url("/") }).await.unwrap();
        assert_eq!((told(&output.files).len(), output.title), (1, "Files".into()));
    }
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_keep_their_downloads_apart() {
    let site = site().await;
    let (_folder, webtask) = with_files();
    let one =
        |what: &str| clicked_one(&webtask, clicked_one::Input { url: site.url("/"), what: what.into() });
    let (a, b) = tokio::join!(one("a"), one("open"));
    for files in [a.unwrap().files, b.unwrap().files] {
        assert_eq!(told(&files), [("report.csv", "first".to_owned())]);
    }
    let (a, b) = tokio::join!(one("b"), one("blob"));
    assert_eq!(told(&a.unwrap().files), [("report.csv", "second".to_owned())]);
    assert_eq!(told(&b.unwrap().files), [("blob.txt", "from a blob".to_owned())]);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_file_is_waited_for_and_a_dropped_run_leaves_nothing() {
    let site = site().await;
    let (_folder, webtask) = with_files();
    let input = || clicked_held::Input { url: site.url("/") };
    let mut run = clicked_held(&webtask, input());
    tokio::select! {
        _ = run.next() => panic!("it is held back"),
        () = site.wait_held(1) => {}
    }
    drop(run);
    site.wait_held(0).await;
    let mut run = clicked_held(&webtask, input());
    tokio::select! {
        _ = run.next() => panic!("it is held back"),
        () = site.wait_held(1) => {}
    }
    site.release();
    let output = run.await.unwrap();
    assert_eq!(told(&output.files), [("held.csv", "late".to_owned())]);
    webtask.close().await.unwrap();
}
