//! Downloads: what elements link to or show, and the files that they become.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use webtask::{Webtask, webtask};

use crate::support::builder;
use crate::support::site::{Answer, Site};

webtask! {
    task "downloads/all" {
        input url string required;
        input kind string default "it";
        goto "{{url}}";
        js _ "window.ready = new Promise(done => setTimeout(done, 0)); await window.ready" await;
        download each files selector ".{{kind}}";
        save captures files dir "out/{{kind}}" naming "{index}-{stem}.{ext}";
        save captures files dir ".";
        set first "{{files.0.name}}";
        set kind_of "{{files.0.type}}";
    }

    task "downloads/some" {
        input url string required;
        input wanted string default "it";
        goto "{{url}}";
        download each _ selector ".{{wanted}}" timeout 2s;
    }

    task "downloads/saves" {
        input captures list default [];
        save captures captures dir "out";
    }
}

const PAGE: &str = r#"<meta http-equiv="Content-Security-Policy" content="connect-src 'self' blob:">
    <img class=it src="/dot.png"><a class=it href="/report?x=1">report</a>
    <a class=it href="data:text/plain,a%20%C3%A9" download="../no te.txt">data</a><a class="it blob">blob</a>
    <img class=it src="OTHER"><canvas class=it width=1 height=1></canvas><a class=bare>none</a><a class=gone href=/gone>gone</a>
    <a class=slow href=/held/slow>slow</a>
    <script>document.querySelector('.blob').href = URL.createObjectURL(new Blob([new Uint8Array([0, 1, 255])], { type: 'application/pdf' }))</script>"#;

async fn sites() -> (Site, Site) {
    let (site, other) = (Site::start().await, Site::start().await);
    site.page("/page", &PAGE.replace("OTHER", &other.url("/far.png").replace("127.0.0.1", "localhost")));
    let report = "content-type: text/csv\r\ncontent-disposition: attachment; filename=\"re;port.csv\"\r\n";
    site.answer("/report", Answer::new("200 OK", report, "a,b\n"));
    site.answer("/gone", Answer::new("410 Gone", "", ""));
    (site, other)
}

/// The files of a folder by name, as base64.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    files.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

fn with_files() -> (tempfile::TempDir, Webtask) {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder()
        .pool(webtask::Pool::new("default").allow_private(true))
        .files(folder.path())
        .build()
        .unwrap();
    (folder, webtask)
}

#[tokio::test]
async fn everything_that_elements_show_becomes_a_file() {
    let (site, other) = sites().await;
    let (folder, webtask) = with_files();
    let input = downloads_all::Input { url: site.url("/page"), ..input() };
    let output = downloads_all(&webtask, input).await.unwrap();
    let names: Vec<_> = output.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["dot.png", "re;port.csv", "_no te.txt", "download.pdf", "far.png", "download.png"]);
    let types: Vec<_> = output.files.iter().map(|file| file.media_type.as_str()).collect();
    assert_eq!(types[..2], ["image/png", "text/csv"]);
    assert_eq!(types[3], "application/pdf");
    assert_eq!((output.first.as_str(), output.kind_of.as_str()), ("dot.png", "image/png"));
    // Another site's, which the page may not fetch.
    assert!(other.asked("/far.png") >= 2);

    let written = files(&folder.path().join("out/it"));
    let keys: Vec<_> = written.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["0-dot.png", "1-re;port.csv", "2-_no te.txt", "3-download.pdf", "4-far.png", "5-download.png"]
    );
    assert_eq!(written["1-re;port.csv"], b"a,b\n");
    assert_eq!(written["2-_no te.txt"], "a é".as_bytes());
    assert_eq!(written["3-download.pdf"], [0, 1, 255]);
    assert_eq!(written["0-dot.png"], written["4-far.png"]);
    assert_eq!(&written["5-download.png"][..4], b"\x89PNG");
    for (file, bytes) in output.files.iter().zip(written.values()) {
        assert_eq!((&file.bytes().unwrap(), file.size), (bytes, bytes.len() as i64));
    }
    assert_eq!(files(folder.path()).len(), 6);
}

fn input() -> downloads_all::Input {
    downloads_all::Input { url: String::new(), kind: "it".into() }
}

#[tokio::test]
async fn what_cannot_be_downloaded_says_why() {
    let (site, _other) = sites().await;
    let (_folder, webtask) = with_files();
    let some = |wanted: &str| {
        downloads_some(&webtask, downloads_some::Input { url: site.url("/page"), wanted: wanted.into() })
    };
    some("none").await.unwrap();
    for (wanted, why) in [
        ("bare", "element 0 of those that match `.bare` has no address".to_owned()),
        ("gone", format!("`{}` answers 410", site.url("/gone"))),
        ("slow", "not everything that `.slow` matches was downloaded within 2s".to_owned()),
    ] {
        assert_eq!(some(wanted).await.unwrap_err().message(), why);
    }
}

#[tokio::test]
async fn captures_of_every_form_are_saved_below_their_folder() {
    let (folder, webtask) = with_files();
    let save = |captures: Value| {
        downloads_saves(
            &webtask,
            downloads_saves::Input { captures: serde_json::from_value(captures).unwrap() },
        )
    };
    save(json!([
        { "name": "a.txt", "bytesB64": "YQ==" },
        { "path": "deep/a.txt", "size": 1, "bytesB64": "Yg==" },
        { "name": "../../evil", "bytesB64": "Yw==" },
        "data:text/plain,d",
        "ZQ==",
    ]))
    .await
    .unwrap();
    let expected =
        [("a-2.txt", "b"), ("a.txt", "a"), ("captures", "e"), ("captures.txt", "d"), ("evil", "c")];
    let written = files(&folder.path().join("out"));
    assert_eq!(written, expected.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    for (capture, why) in [
        (json!({ "name": "x" }), "capture 1 of `captures` has no `bytesB64`"),
        (json!(1), "capture 1 of `captures` is an int"),
        (json!("?"), "capture 1 of `captures` is not base64: Invalid symbol 63, offset 0."),
    ] {
        let error = save(json!([{ "name": "new", "bytesB64": "" }, capture])).await.unwrap_err();
        assert_eq!(error.message(), why);
    }
    assert!(!folder.path().join("out/new").exists(), "all or nothing");
}
