//! `http`: live, replayed and recorded, without a window.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use webtask::{ErrorKind, Webtask, webtask};

use crate::support::site::{Answer, Site};

webtask! {
    task "http/get" {
        input url string required;
        http GET page url "{{url}}";
        set status "{{page.status}}";
        set kind "{{page.headers.content-type}}";
        set deep "{{page.json.a.0|or:none}}";
    }

    task "http/post" {
        input site string required;
        input text string default "one";
        input body map default {};
        secret token;
        http post plain url (format!("{site}/echo?q=1")) headers { "x-key": "Bearer {{token}}", "x-n": 1 } body "{{text}}";
        http put made url (format!("{site}/echo")) body { text: "{{text}}", deep: ["{{body}}"] } timeout 5s;
        http delete _ url (format!("{site}/gone")) headers { "content-type": "x/y" } body [1];
    }

    task "http/header" {
        input site string required;
        input value string required;
        http get page url (format!("{site}/echo")) headers { "x-a": "{{value}}" };
    }

    task "http/expect" {
        input url string required;
        http get page url "{{url}}" expect ok, 404;
    }

    task "http/asks" {
        input url string required;
        http get page url "{{url}}" headers { "accept-encoding": "identity" };
    }

    task "http/head" {
        input url string required;
        http head page url "{{url}}";
    }

    task "http/slow" {
        input url string required;
        http get page url "{{url}}" timeout 50ms;
    }
}

/// A handle that may ask the servers of these tests.
fn local() -> webtask::Builder {
    Webtask::builder().pool(webtask::Pool::new("default").allow_private(true))
}

fn live() -> Webtask {
    local().secret("token", "t0ken/é").build().unwrap()
}

fn json_answer(body: &str) -> Answer {
    Answer::new(
        "201 Created",
        "content-type: application/json\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n",
        body,
    )
}

#[tokio::test]
async fn an_answer_has_its_parts() {
    let site = Site::start().await;
    site.answer("/json", json_answer(r#"{ "a": ["é"], "b": null }"#));
    site.answer("/bad", Answer::new("503 Busy", "content-type: text/plain\r\n", "later"));
    let webtask = live();
    let output = http_get(&webtask, http_get::Input { url: site.url("/json") }).await.unwrap();
    assert_eq!((output.status, output.kind, output.deep), (201, json!("application/json"), json!("é")));
    assert_eq!(output.page.json, json!({ "a": ["é"], "b": null }));
    assert_eq!(output.page.headers["set-cookie"], json!(["a=1", "b=2"]));
    // No status is an error.
    let output = http_get(&webtask, http_get::Input { url: site.url("/bad") }).await.unwrap();
    assert_eq!((output.status, output.page.body.as_str(), output.page.json), (503, "later", Value::Null));
    assert_eq!(output.deep, json!("none"));
}

#[tokio::test]
async fn a_request_says_what_the_recipe_says() {
    let site = Site::start().await;
    let webtask = live();
    let text = "\"a\" {{x}}\r\n\u{2028}😀&b=1";
    let body = json!({ "k": text }).as_object().unwrap().clone();
    let input = http_post::Input { site: site.url(""), text: text.into(), body };
    let output = http_post(&webtask, input).await.unwrap();
    let plain = output.plain.body;
    assert!(plain.starts_with("POST /echo?q=1\n"), "{plain}");
    assert!(plain.contains("\nx-key: Bearer [redacted]\r\n") && plain.contains("x-n: 1"), "{plain}");
    assert!(plain.contains("content-type: text/plain; charset=utf-8"), "{plain}");
    assert!(plain.ends_with(&format!("\n\n{text}")), "{plain}");
    let (head, sent) = output.made.body.split_once("\n\n").unwrap();
    assert!(head.starts_with("PUT /echo?\n") && head.contains("content-type: application/json"), "{head}");
    assert_eq!(
        serde_json::from_str::<Value>(sent).unwrap(),
        json!({ "text": text, "deep": [{ "k": text }] })
    );
    assert_eq!(site.asked("/gone"), 1);
}

#[tokio::test]
async fn no_value_leads_out_of_a_header() {
    let site = Site::start().await;
    let webtask = live();
    for value in ["a\r\nx-evil: 1", "a\n", "\0"] {
        let input = http_header::Input { site: site.url(""), value: value.into() };
        let error = http_header(&webtask, input).await.unwrap_err();
        assert!(error.message().starts_with("placeholder `{{value}}` is `"), "{error}");
    }
    assert_eq!(site.asked("/echo"), 0);
    let input = http_header::Input { site: site.url(""), value: "é \"b\"".into() };
    let output = http_header(&webtask, input).await.unwrap();
    assert!(output.page.body.contains("x-a: é \"b\""), "{}", output.page.body);
}

#[tokio::test]
async fn redirects_are_followed_so_often() {
    let site = Site::start().await;
    let other = Site::start().await;
    site.answer("/away", Answer::new("307 Go", &format!("location: {}\r\n", other.url("/echo")), ""));
    site.answer("/round", Answer::new("302 Go", "location: /round\r\n", ""));
    site.answer("/file", Answer::new("302 Go", "location: file:///etc/passwd\r\n", ""));
    let webtask = live();
    let get = |path: &str| http_get(&webtask, http_get::Input { url: site.url(path) });
    assert!(get("/moved").await.unwrap().page.body.contains("Plain"));
    assert!(get("/away").await.unwrap().page.body.starts_with("GET /echo?\n"));
    let error = get("/round").await.unwrap_err();
    assert_eq!(error.message(), format!("more than 10 redirects, the last one to `{}`", site.url("/round")));
    assert_eq!(site.asked("/round"), 11);
    assert!(get("/file").await.unwrap_err().message().ends_with("only http and https are followed"));
}

#[tokio::test]
async fn what_does_not_answer_is_given_up() {
    let site = Site::start().await;
    let webtask = live();
    let error = http_slow(&webtask, http_slow::Input { url: site.url("/held/a") }).await.unwrap_err();
    assert_eq!(error.message(), format!("`{}` did not answer within 50ms", site.url("/held/a")));
    site.wait_held(0).await;
    let error = http_get(&webtask, http_get::Input { url: site.url("/reset") }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    assert!(error.message().starts_with(&format!("`{}` cannot be reached: ", site.url("/reset"))), "{error}");
    for (url, why) in [("nonsense", "not a URL"), ("ftp://a/", "not an http or https URL")] {
        let error = http_get(&webtask, http_get::Input { url: url.into() }).await.unwrap_err();
        assert!(error.message().contains(why), "{error}");
    }
    // A run that is dropped lets go.
    let mut run = http_get(&webtask, http_get::Input { url: site.url("/held/b") });
    tokio::select! {
        _ = run.next() => panic!("it is held back"),
        () = site.wait_held(1) => {}
    }
    drop(run);
    site.wait_held(0).await;
}

#[tokio::test]
async fn a_recording_answers_as_the_server_did() {
    let site = Site::start().await;
    site.answer("/json", json_answer(r#"{ "a": ["t0ken/é"] }"#));
    site.answer("/go", Answer::new("302 Go", "location: /json\r\n", ""));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("web.har");
    let webtask = local().secret("token", "t0ken/é").record(&file).build().unwrap();
    let url = site.url("/go");
    let recorded = http_get(&webtask, http_get::Input { url: url.clone() }).await.unwrap();
    assert_eq!(recorded.deep, json!("t0ken/é"), "this task knows no secret");
    webtask.close().await.unwrap();
    assert!(!std::fs::read_to_string(&file).unwrap().contains("t0ken"));
    drop(site);

    let webtask = local().replay(&file).build().unwrap();
    let replayed = http_get(&webtask, http_get::Input { url: url.clone() }).await.unwrap();
    assert_eq!((replayed.status, replayed.deep), (201, json!("[redacted]")));
    assert_eq!(replayed.page.headers["set-cookie"], json!(["a=1", "b=2"]));
    let error = http_get(&webtask, http_get::Input { url: format!("{url}/x") }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    assert!(error.message().starts_with(&format!("no replay for `{url}/x`; ")), "{error}");
}

#[tokio::test]
async fn a_folder_answers_and_the_network_is_never_asked() {
    let site = Site::start().await;
    let folder = tempfile::tempdir().unwrap();
    let host = folder.path().join("api.example");
    std::fs::create_dir(&host).unwrap();
    std::fs::write(host.join("rows.json"), r#"{ "a": [1] }"#).unwrap();
    let webtask = Webtask::builder().replay(folder.path()).build().unwrap();
    let output =
        http_get(&webtask, http_get::Input { url: "https://api.example/rows.json".into() }).await.unwrap();
    assert_eq!((output.status, output.deep), (200, json!(1)));
    http_get(&webtask, http_get::Input { url: site.url("/echo") }).await.unwrap_err();
    assert_eq!(site.asked("/echo"), 0);
}

#[tokio::test]
async fn a_status_that_is_not_expected_is_an_error() {
    let site = Site::start().await;
    site.answer("/busy", Answer::new("503 Busy", "", "later"));
    site.answer("/moved", Answer::new("302 Found", "location: /busy\r\n", ""));
    let webtask = live();
    let ask = async |path: &str| http_expect(&webtask, http_expect::Input { url: site.url(path) }).await;
    assert_eq!(ask("/missing").await.unwrap().page.status, 404);
    assert_eq!(ask("/plain").await.unwrap().page.status, 200);
    for path in ["/busy", "/moved"] {
        let error = ask(path).await.unwrap_err();
        let url = site.url("/busy");
        assert_eq!(
            error.message(),
            format!("`{url}` answered 503 Service Unavailable; `expect` allows `ok`, `404`")
        );
        assert_eq!((error.kind(), error.retryable()), (ErrorKind::NavigationFailed, true));
    }
}

fn packed(encoding: &str, body: impl Into<Vec<u8>>) -> Answer {
    let head = format!("content-type: application/json\r\ncontent-encoding: {encoding}\r\n");
    Answer::new("200 OK", &head, body)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap()
}

#[tokio::test]
async fn a_body_is_unpacked_whether_that_was_asked_for_or_not() {
    let site = Site::start().await;
    let json = r#"{ "a": ["Köln"] }"#.as_bytes();
    let zlib = {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(json).and_then(|()| encoder.finish()).unwrap()
    };
    let brotli = STANDARD.decode("iwiAeyAiYSI6IFsiS8O2bG4iXSB9Aw==").unwrap();
    let zstd = STANDARD.decode("KLUv/QRYkQAAeyAiYSI6IFsiS8O2bG4iXSB9goR5Vg==").unwrap();
    site.answer("/gzip", packed("gzip", gzip(json)));
    site.answer("/x-gzip", packed("X-GZip", gzip(json)));
    site.answer("/deflate", packed("deflate", zlib.clone()));
    site.answer("/br", packed("br", brotli));
    site.answer("/zstd", packed("zstd", zstd));
    site.answer("/both", packed("deflate, gzip", gzip(&zlib)));
    let webtask = live();
    for path in ["/gzip", "/x-gzip", "/deflate", "/br", "/zstd", "/both"] {
        let output = http_get(&webtask, http_get::Input { url: site.url(path) }).await.unwrap();
        assert_eq!(output.deep, json!("Köln"), "{path} {}", output.page.body);
        // They would tell of bytes that nobody sees.
        assert!(!output.page.headers.contains_key("content-encoding"), "{path}");
        assert!(!output.page.headers.contains_key("content-length"), "{path}");
        assert!(site.heads(path)[0].contains("accept-encoding: gzip, deflate, br, zstd"), "{path}");
    }
    let input = http_asks::Input { url: site.url("/gzip") };
    assert_eq!(http_asks(&webtask, input).await.unwrap().page.json, json!({ "a": ["Köln"] }));
    assert!(site.heads("/gzip")[1].contains("accept-encoding: identity"));
}

#[tokio::test]
async fn an_answer_without_a_body_is_not_unpacked() {
    let site = Site::start().await;
    site.answer("/head", packed("gzip", ""));
    site.answer(
        "/none",
        Answer::new("204 No Content", "content-type: x/y\r\ncontent-encoding: gzip\r\n", ""),
    );
    site.answer(
        "/same",
        Answer::new("304 Not Modified", "content-type: x/y\r\ncontent-encoding: what\r\n", ""),
    );
    let webtask = live();
    let output = http_head(&webtask, http_head::Input { url: site.url("/head") }).await.unwrap();
    assert_eq!(output.page.headers["content-encoding"], json!("gzip"));
    for (path, status) in [("/none", 204), ("/same", 304)] {
        let output = http_get(&webtask, http_get::Input { url: site.url(path) }).await.unwrap();
        assert_eq!((output.status, output.page.body.as_str()), (status, ""), "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_unpacked_fails_and_says_why() {
    let site = Site::start().await;
    let whole = gzip(&vec![b' '; 4000]);
    site.answer("/cut", packed("gzip", &whole[..whole.len() - 9]));
    site.answer("/plain", packed("br", "{ \"a\": [1] }"));
    site.answer("/unknown", packed("gzip, sdch", "?"));
    site.answer("/many", packed("gzip, gzip, gzip, gzip, gzip, gzip", "?"));
    site.answer("/bomb", packed("gzip", gzip(&vec![0; (64 << 20) + 1])));
    let webtask = live();
    for (path, kind, why) in [
        (
            "/cut",
            ErrorKind::NavigationFailed,
            "answers with a body that is not `gzip`, though it says so: it ends too early",
        ),
        ("/plain", ErrorKind::NavigationFailed, "answers with a body that is not `br`, though it says so: "),
        (
            "/unknown",
            ErrorKind::StepFailed,
            "answers with the content encoding `sdch`, which cannot be decoded; ask for another",
        ),
        ("/many", ErrorKind::StepFailed, "answers with too many content encodings"),
        (
            "/bomb",
            ErrorKind::StepFailed,
            "answers more than 64 MiB once its content encoding `gzip` is undone",
        ),
    ] {
        let error = http_get(&webtask, http_get::Input { url: site.url(path) }).await.unwrap_err();
        assert!(error.message().starts_with(&format!("`{}` {why}", site.url(path))), "{error}");
        assert_eq!(error.kind(), kind, "{path}");
    }
}
