//! `Builder::failures`: the folder that a failed run leaves.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use webtask::{ErrorKind, Pool};

use crate::support;
use crate::support::site::{Answer, Site};

webtask::webtask! {
    task "kept/fails" {
        input url string required;
        status "first";
        goto "{{url}}";
        js _ "console.log('hello', 7); await fetch('/missing?key=hunter2'); throw new Error('no')" await;
    }

    task "kept/shows" {
        input url string required;
        secret token;
        goto "{{url}}";
        js _ "console.warn('for ' + arguments[0]); document.body.append(arguments[0]); history.pushState(0, '', '/' + arguments[0]); throw new Error('no')" args ["{{token}}"];
    }

    task "kept/field" {
        input url string required;
        secret token;
        goto "{{url}}";
        sendkeys "input" keys "{{token}}";
        click "#none" timeout 10ms;
    }

    task "kept/hangs" {
        input url string required;
        timeout 4s;
        goto "{{url}}";
        js _ "for (;;) {}";
    }

    task "kept/old" {
        input url string required;
        goto "{{url}}";
        js _ "throw new Error('no')";
    }

    task "kept/plain" {
        fail "nothing is left" code SOLD_OUT;
    }

    task "kept/good" {
        input url string required;
        goto "{{url}}";
    }
}

fn builder(folder: &Path) -> webtask::Builder {
    support::builder().pool(Pool::new("default").allow_private(true)).failures(folder)
}

async fn site() -> Site {
    let site = Site::start().await;
    site.page("/shop", "<title>Shop</title><body><input>the shop");
    site.page("/old", "<meta charset=iso-8859-1><title>K\u{f6}ln</title>");
    site.answer("/missing", Answer::new("404 Not Found", "", ""));
    site
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn read(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

#[tokio::test]
async fn a_failed_run_leaves_what_was_seen_of_it() {
    let (site, folder) = (site().await, tempfile::tempdir().unwrap());
    let webtask = builder(&folder.path().join("failed")).build().unwrap();
    let root = folder.path().join("failed");
    assert_eq!(names(&root), [""; 0]);
    kept_good(&webtask, kept_good::Input { url: site.url("/shop") }).await.unwrap();
    assert_eq!(names(&root), [""; 0]);

    let url = site.url("/shop?q=hunter2");
    let error = kept_fails(&webtask, kept_fails::Input { url }).await.unwrap_err();
    let name = error.failure().unwrap();
    assert_eq!(names(&root), [name]);
    assert!(error.to_string().ends_with(&format!(", kept in `{name}`)")), "{error}");
    assert_eq!(serde_json::to_value(&error).unwrap()["failure"], name);
    let kept = root.join(name);
    assert_eq!(names(&kept), ["console.json", "page.html", "page.png", "requests.json", "run.json"]);

    let run = read(&kept, "run.json");
    assert_eq!((&run["task"], &run["error"]["code"]), (&json!("kept/fails"), &json!("STEP_FAILED")));
    assert_eq!((&run["error"]["page"]["title"], &run["missing"]), (&json!("Shop"), &json!([])));
    assert!(name.ends_with(&format!("-{}", run["run"].as_str().unwrap())), "{name} {run}");
    let steps = run["steps"].as_array().unwrap();
    let words: Vec<_> = steps.iter().map(|step| step["name"].as_str().unwrap()).collect();
    assert_eq!(words, ["status", "goto", "js"]);
    let times: Vec<_> = steps.iter().map(|step| step["at_ms"].as_u64().unwrap()).collect();
    assert!(times.is_sorted() && times[2] <= run["ms"].as_u64().unwrap(), "{run}");

    let console = read(&kept, "console.json");
    let said = console.as_array().unwrap().iter().find(|message| message["text"] == "hello 7").unwrap();
    assert_eq!(said["level"], "log");
    let requests = read(&kept, "requests.json");
    let of = |url: &str| requests.as_array().unwrap().iter().find(|request| request["url"] == url).unwrap();
    let page = of(&site.url("/shop?q"));
    assert_eq!(
        (&page["method"], &page["status"], &page["type"]),
        (&json!("GET"), &json!(200), &json!("Document"))
    );
    assert!(page["ms"].is_u64(), "{page}");
    assert_eq!(of(&site.url("/missing?key"))["status"], 404);
    assert!(!requests.to_string().contains("hunter2"), "{requests}");
    assert!(std::fs::read_to_string(kept.join("page.html")).unwrap().contains("the shop"));
    assert!(std::fs::read(kept.join("page.png")).unwrap().starts_with(b"\x89PNG"));

    // Without a browser.
    let error = kept_plain(&webtask, kept_plain::Input {}).await.unwrap_err();
    let kept = root.join(error.failure().unwrap());
    assert_eq!(names(&kept), ["run.json"]);
    assert_eq!(read(&kept, "run.json")["error"]["code"], "SOLD_OUT");
    assert_eq!(names(&root).len(), 2);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn the_page_that_is_kept_says_its_character_set() {
    let (site, folder) = (site().await, tempfile::tempdir().unwrap());
    let webtask = builder(folder.path()).build().unwrap();
    let error = kept_old(&webtask, kept_old::Input { url: site.url("/old") }).await.unwrap_err();
    let html =
        std::fs::read_to_string(folder.path().join(error.failure().unwrap()).join("page.html")).unwrap();
    assert!(html.contains("<meta charset=\"utf-8\"><title>K\u{f6}ln</title>"), "{html}");
    assert!(!html.contains("8859"), "{html}");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn no_secret_is_in_what_is_kept() {
    let (site, folder) = (site().await, tempfile::tempdir().unwrap());
    let webtask = builder(folder.path()).secret("token", "hunter2").build().unwrap();
    let url = site.url("/shop");
    for error in [
        kept_shows(&webtask, kept_shows::Input { url: url.clone() }).await.unwrap_err(),
        kept_field(&webtask, kept_field::Input { url }).await.unwrap_err(),
    ] {
        let kept = folder.path().join(error.failure().unwrap());
        assert_eq!(names(&kept), ["console.json", "page.html", "requests.json", "run.json"], "{error}");
        for name in names(&kept) {
            let text = std::fs::read_to_string(kept.join(&name)).unwrap();
            assert!(!text.contains("hunter2"), "{name}: {text}");
        }
        let missing = &read(&kept, "run.json")["missing"];
        assert_eq!(missing, &json!(["no picture is taken of a page that has a secret in it"]));
    }
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_page_that_hangs_leaves_what_there_is() {
    let (site, folder) = (site().await, tempfile::tempdir().unwrap());
    let webtask = builder(folder.path()).build().unwrap();
    let since = Instant::now();
    let error = kept_hangs(&webtask, kept_hangs::Input { url: site.url("/shop") }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(since.elapsed() < Duration::from_secs(30), "{:?}", since.elapsed());
    let kept = folder.path().join(error.failure().unwrap());
    let run = read(&kept, "run.json");
    assert_eq!(run["missing"][0], "the page did not answer, so there is no HTML");
    assert_eq!(run["steps"].as_array().unwrap().len(), 2);
    assert!(!kept.join("page.html").exists());
    webtask.close().await.unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let error = support::builder().failures(folder.path().join("file/below")).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.message().starts_with("failed runs cannot be kept in `"), "{error}");
}
