//! Steps that watch a page while others run: its console, its network.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use webtask::{Event, webtask};

use crate::builder;

webtask! {
    task "watch/console" {
        goto "https://shop.example/";
        js _ "console.log('before')";
        console said {
            js _ "console.log('%s and %d', 'a', 2, { b: [1, 'c'] }); console.warn('half \\ud83e')";
            js _ "return new Promise(done => setTimeout(() => { setTimeout(done); throw new TypeError('uncaught') }))" await;
            js _ "Promise.reject(7)";
            goto "https://shop.example/?q=1";
            js _ "console.error('after a navigation')";
            set inner "visible";
        }
        js _ "console.log('after')";
        status "{{said.0.text}} {{inner}}";
    }

    task "watch/returns" {
        goto "https://shop.example/";
        capture network path "returned.har" {
            console said {
                goto "https://shop.example/?q=1";
                return "early";
            }
        }
    }

    task "watch/fails" {
        goto "https://shop.example/";
        capture network path "failed.har" {
            console said { js _ "throw new Error('no')"; }
        }
    }

    task "watch/tab" {
        goto "https://shop.example/";
        js _ "document.body.insertAdjacentHTML('beforeend', '<a id=tab target=_blank href=\"/?tab=1\">tab</a>')";
        console said {
            capture network asked {
                click "#tab" opens tab;
                js _ "console.log('in ' + location.search)";
            }
        }
    }

    task "watch/sent" {
        goto "https://shop.example/";
        capture network all {
            js _ "
                const post = (path, body) => fetch(path, { method: 'POST', body }).catch(() => 0);
                const form = new FormData();
                form.append('a', 'é');
                form.append('u', new File([new Uint8Array([0, 255])], 'x.bin'));
                await post('/text', 'plain');
                await post('/blob', new Blob(['in a blob é']));
                await post('/bytes', new Blob([new Uint8Array([0, 255])]));
                await post('/parts', form);
                await fetch(new Request('/clone', { method: 'POST', body: 'cloned' }).clone()).catch(() => 0);
                const long = new Blob(['y'.repeat(200000)]);
                await post('/long', long);
            " await;
        }
    }

    task "watch/network" {
        secret token;
        goto "https://shop.example/";
        capture network all bodies path "all.har" {
            goto "https://shop.example/?q={{token}}";
            js _ "return fetch('/absent', { method: 'POST', body: JSON.stringify({ a: arguments[0] }) }).catch(() => 0)"
                args ["{{token}}"] await;
        }
        capture network some url "absent" {
            js _ "await fetch('/?x=1'); await fetch('/absent').catch(() => 0)" await;
        }
        capture network small bodies max bytes 10 {
            js _ "await fetch('/?x=2')" await;
        }
    }
}

webtask! {
    task "watch/list" {
        secret token;
        goto "https://shop.example/";
        capture network calls as list bodies url "shop.example" path "list.har" {
            goto "https://shop.example/?q={{token}}";
            js _ "return fetch('/absent', { method: 'POST', headers: { 'X-A': 'b' }, body: arguments[0] }).catch(() => 0)" args ["{{token}}"] await;
        }
        capture network none as list url "nowhere" { js _ "1"; }
        set first "{{calls.0.status}}";
        for each call in "{{calls}}" collect urls { yield "{{call.method}} {{call.url}}"; }
    }

    task "watch/kept" {
        goto "https://shop.example/";
        js _ "
            const bytesB64 = btoa('one');
            window.keeps = window.__webtasks_captures = [
                { id: 1, name: 'a.txt', bytesB64 }, { id: 2, name: 'late.txt', bytesB64: null },
                { id: 3, name: '../../up.txt', bytesB64 }, { id: 4, bytesB64 }];
        ";
        save captures files dir "kept" from page naming "{index}-{name}";
        js left "const left = window.keeps.map(one => one.id); window.keeps[0].bytesB64 = btoa('late'); return left";
        save captures late dir "kept" from page;
        save captures none dir "kept" from page;
    }

    task "watch/broken" {
        goto "https://shop.example/";
        js _ "window.__webtasks_captures = [{ name: 'a', bytesB64: btoa('a') }, { name: 'b', error: new Error('no blob') }]";
        save captures files dir "broken" from page;
    }
}

#[tokio::test]
async fn a_network_is_a_list_of_requests_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().files(folder.path()).secret("token", "hush&hush").build().unwrap();
    let output = watch_list(&webtask, watch_list::Input {}).await.unwrap();
    let page = &output.calls[0];
    assert_eq!((page.method.as_str(), page.status, &page.error), ("GET", 200, &None));
    assert_eq!(page.url, "https://shop.example/?q=[redacted]");
    assert!(page.body.as_deref().unwrap().contains("<title>") && page.bytes_b64.is_none(), "{page:?}");
    assert!(page.media_type.starts_with("text/html") && page.size > 0 && page.time >= 0.0, "{page:?}");
    let post = output.calls.iter().find(|call| call.method == "POST").unwrap();
    assert_eq!(post.request_body.as_deref(), Some("[redacted]"));
    assert_eq!((post.status, &post.request_headers["x-a"]), (0, &json!("b")));
    assert!(post.error.is_some() && post.body.is_none(), "{post:?}");
    assert!(output.none.is_empty());
    assert_eq!(json!(output.first), json!(200));
    assert_eq!(json!(output.urls)[0], "GET https://shop.example/?q=[redacted]");
    let har = har(&std::fs::read(folder.path().join("list.har")).unwrap());
    assert_eq!(urls(&har).len(), output.calls.len());
    assert!(!json!(output).to_string().contains("hush"));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn what_a_page_keeps_is_written_once_it_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().files(folder.path()).build().unwrap();
    let output = watch_kept(&webtask, watch_kept::Input {}).await.unwrap();
    let paths: Vec<_> = output.files.iter().map(|file| (file.path.as_str(), file.size)).collect();
    assert_eq!(paths[0], ("kept/0-a.txt", 3));
    assert_eq!(paths.len(), 3);
    assert!(paths.iter().all(|(path, _)| path.starts_with("kept/") && !path.contains("..")), "{paths:?}");
    assert_eq!(json!(output.left), json!([2]));
    assert_eq!((output.late.len(), output.late[0].path.as_str(), output.none.len()), (1, "kept/late.txt", 0));
    assert_eq!(std::fs::read_to_string(folder.path().join("kept/late.txt")).unwrap(), "late");
    let error = watch_broken(&webtask, watch_broken::Input {}).await.unwrap_err();
    assert_eq!(error.message(), "capture 1 of the page failed: Error: no blob");
    assert!(!folder.path().join("broken").exists());
    webtask.close().await.unwrap();
}

fn har(bytes: &[u8]) -> Value {
    // A library of its own reads it too.
    let read: har::Har = serde_json::from_slice(bytes).unwrap();
    assert!(matches!(read.log, har::Spec::V1_2(_)));
    serde_json::from_slice(bytes).unwrap()
}

#[tokio::test]
async fn what_requests_send_is_in_the_file() {
    let webtask = builder().build().unwrap();
    let output = watch_sent(&webtask, watch_sent::Input {}).await.unwrap();
    let har = har(&STANDARD.decode(output.all).unwrap());
    let sent = |path: &str| {
        let entries = har["log"]["entries"].as_array().unwrap();
        let entry = entries.iter().find(|entry| entry["request"]["url"].as_str().unwrap().ends_with(path));
        entry.unwrap_or_else(|| panic!("no {path}"))["request"]["postData"].clone()
    };
    assert_eq!(sent("/text")["text"], "plain");
    assert_eq!(sent("/blob")["text"], "in a blob é");
    assert_eq!((&sent("/bytes")["text"], &sent("/bytes")["_encoding"]), (&json!("AP8="), &json!("base64")));
    assert_eq!(sent("/clone")["text"], "cloned");
    assert_eq!(sent("/long")["text"].as_str().map(str::len), Some(200_000));
    let parts = STANDARD.decode(sent("/parts")["text"].as_str().unwrap()).unwrap();
    let parts = String::from_utf8_lossy(&parts).into_owned();
    assert!(parts.contains("name=\"a\"\r\n\r\né\r\n") && parts.contains("filename=\"x.bin\""), "{parts}");
    assert!(sent("/parts")["mimeType"].as_str().unwrap().starts_with("multipart/form-data; boundary="));
}

fn urls(har: &Value) -> Vec<&str> {
    let entries = har["log"]["entries"].as_array().unwrap();
    entries.iter().map(|entry| entry["request"]["url"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_console_is_heard_through_a_block() {
    let webtask = builder().build().unwrap();
    let mut run = watch_console(&webtask, watch_console::Input {});
    let mut status = String::new();
    let mut output = None;
    while let Some(event) = run.next().await {
        match event {
            Event::Status { text, .. } => status = text,
            Event::Done(done) => output = Some(done),
            other => panic!("{other:?}"),
        }
    }
    let output = output.unwrap();
    let said: Vec<_> = output
        .said
        .iter()
        .map(|message| (message.level.as_str(), message.text.lines().next().unwrap_or_default()))
        .collect();
    assert_eq!(
        said,
        [
            ("log", "a and 2 {b: Array(2)}"),
            ("warning", "half \u{fffd}"),
            ("exception", "Uncaught: TypeError: uncaught"),
            ("exception", "Uncaught (in promise): 7"),
            ("error", "after a navigation"),
        ]
    );
    assert!(output.said.iter().all(|message| message.line.is_some_and(|line| line > 0)));
    assert_eq!(status, "a and 2 {b: Array(2)} visible");
    assert_eq!(output.inner, "visible");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_return_finishes_what_watches_and_a_failure_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().files(folder.path()).build().unwrap();
    assert_eq!(watch_returns(&webtask, watch_returns::Input {}).await.unwrap(), "early");
    let returned = har(&std::fs::read(folder.path().join("returned.har")).unwrap());
    assert_eq!(urls(&returned)[0], "https://shop.example/?q=1");
    let error = watch_fails(&webtask, watch_fails::Input {}).await.unwrap_err();
    assert!(error.message().contains("no"), "{error}");
    assert!(!folder.path().join("failed.har").exists());
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_network_is_a_har_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().files(folder.path()).secret("token", "hush&hush").build().unwrap();
    let output = watch_network(&webtask, watch_network::Input {}).await.unwrap();

    let bytes = std::fs::read(folder.path().join("all.har")).unwrap();
    assert_eq!(output.all.bytes().unwrap(), bytes);
    let all = har(&bytes);
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("hush"), "{text}");
    let entries = all["log"]["entries"].as_array().unwrap();
    let page = &entries[0];
    assert_eq!(page["request"]["url"], "https://shop.example/?q=[redacted]");
    assert_eq!(page["response"]["status"], 200);
    assert!(page["response"]["content"]["text"].as_str().unwrap().contains("<title>"), "{page}");
    let post = entries.iter().find(|entry| entry["request"]["method"] == "POST").unwrap();
    assert_eq!(post["request"]["postData"]["text"], r#"{"a":"[redacted]"}"#);
    assert_eq!(post["response"]["status"], 0);
    assert!(post["response"]["_error"].is_string());

    let some = har(&STANDARD.decode(&output.some).unwrap());
    assert_eq!(urls(&some), ["https://shop.example/absent"]);
    assert_eq!(some["log"]["entries"][0]["response"]["content"].get("text"), None);
    let small = har(&STANDARD.decode(&output.small).unwrap());
    assert_eq!(urls(&small), ["https://shop.example/?x=2"]);
    assert_eq!(small["log"]["entries"][0]["response"]["content"].get("text"), None);
    assert_eq!(small["log"]["version"], json!("1.2"));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_tab_that_a_step_opens_is_watched_from_its_first_request_on() {
    let webtask = builder().build().unwrap();
    let output = watch_tab(&webtask, watch_tab::Input {}).await.unwrap();
    let asked = har(&STANDARD.decode(output.asked).unwrap());
    assert_eq!(urls(&asked)[0], "https://shop.example/?tab=1");
    assert_eq!(asked["log"]["entries"][0]["response"]["status"], 200);
    assert_eq!(output.said.iter().map(|message| message.text.as_str()).collect::<Vec<_>>(), ["in ?tab=1"]);
    webtask.close().await.unwrap();
}
