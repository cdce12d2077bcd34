//! What a pool gives its windows, read back where it arrives: in the page, at the server, in the directory.

use std::time::Duration;

use serde_json::{Value, json};
use webtask::{ErrorKind, Pool, Webtask, webtask};

use crate::outside::{Names, Outside};
use crate::support::builder;
use crate::support::site::Site;

webtask! {
    /// What a page sees of its window.
    task "sees" {
        input url string required;
        input script string required;
        goto "{{url}}";
        js seen r#"return (0, eval)(`(async () => (${arguments[0]}))()`)"# args ["{{script}}"] await;
    }

    /// The same after a change of the device that ended.
    task "sees/again" {
        input url string required;
        input script string required;
        emulate locale "fr-FR" timezone "Asia/Tokyo" user agent "other" width 300 height 200;
        goto "{{url}}";
        emulate reset;
        reload;
        js seen r#"return (0, eval)(`(async () => (${arguments[0]}))()`)"# args ["{{script}}"] await;
    }

    /// The same in a tab that a click opens.
    task "sees/tab" {
        input url string required;
        input script string required;
        goto "{{url}}";
        click "a" opens tab;
        js seen r#"return (0, eval)(`(async () => (${arguments[0]}))()`)"# args ["{{script}}"] await;
    }

    /// Clicks on what is a download.
    task "fetches" {
        timeout 30s;
        input url string required;
        input file string required;
        goto "{{url}}";
        click "a";
        // The window goes with the run, and what it downloads.
        rust {
            while std::fs::read(&file).ok().as_deref() != Some(b"bytes".as_slice()) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

fn pool() -> Pool {
    Pool::new("default").size(1).allow_private(true)
}

async fn seen(webtask: &Webtask, url: String, script: &str) -> Value {
    sees(webtask, sees::Input { url, script: script.into() }).await.unwrap().seen
}

const LOOK: &str = "({
    size: [innerWidth, innerHeight],
    agent: navigator.userAgent,
    language: navigator.language,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    number: (1234.5).toLocaleString(),
})";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_sees_the_window_of_its_pool() {
    let site = Site::start().await;
    site.page("/tab", "<a href=/plain target=_blank>here</a>");
    let webtask = builder()
        .pool(pool().window_size(640, 480).locale("de-DE").timezone("Europe/Zurich").user_agent("Reader/1.0"))
        .build()
        .unwrap();
    let expected = json!({
        "size": [640, 480], "agent": "Reader/1.0", "language": "de-DE", "zone": "Europe/Zurich", "number": "1.234,5",
    });
    // In each window, and after what a run changed.
    for _ in 0..2 {
        assert_eq!(seen(&webtask, site.url("/plain"), LOOK).await, expected);
        let input = sees_again::Input { url: site.url("/plain"), script: LOOK.into() };
        assert_eq!(sees_again(&webtask, input).await.unwrap().seen, expected);
    }
    let input = sees_tab::Input { url: site.url("/tab"), script: LOOK.into() };
    assert_eq!(sees_tab(&webtask, input).await.unwrap().seen, expected);
    // The server sees it too.
    let echo = seen(&webtask, site.url("/echo"), "document.body.innerText").await;
    let echo = echo.as_str().unwrap().to_lowercase();
    assert!(echo.contains("user-agent: reader/1.0") && echo.contains("accept-language: de-de"), "{echo}");
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zone_that_no_browser_knows_is_named() {
    let webtask = builder().pool(pool().timezone("Europe/Nowhere")).build().unwrap();
    let input = sees::Input { url: "http://127.0.0.1:1/".into(), script: String::new() };
    let error = sees(&webtask, input).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let expected = "the pool's `timezone` is `Europe/Nowhere`, and the browser knows none of that name";
    assert_eq!(error.message(), expected);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_has_the_headers_of_its_pool() {
    let site = Site::start().await;
    let other = Site::start().await;
    // A frame of another site has a process of its own.
    site.page("/frame", &format!("<iframe src=http://localhost:{}/echo></iframe>", other.port()));
    let webtask = builder().pool(pool().header("x-reader", "one").header("X-Key", "két")).build().unwrap();
    let script = "(await (await fetch('/echo')).text()) + document.title";
    let said = seen(&webtask, site.url("/plain"), script).await;
    let said = said.as_str().unwrap().to_lowercase();
    assert!(said.contains("x-reader: one"), "{said}");
    let page = seen(&webtask, site.url("/echo"), "document.body.innerText").await;
    assert!(page.as_str().unwrap().to_lowercase().contains("x-reader: one"), "{page}");
    let worker = "await new Promise(done => {
        const code = `fetch('${location.origin}/echo').then(reply => reply.text()).then(postMessage)`;
        new Worker(URL.createObjectURL(new Blob([code]))).onmessage = event => done(event.data);
    })";
    let said = seen(&webtask, site.url("/plain"), worker).await;
    assert!(said.as_str().unwrap().to_lowercase().contains("x-reader: one"), "{said}");
    seen(&webtask, site.url("/frame"), "1").await;
    other.wait_asked("/echo", 1).await;
    assert!(other.heads("/echo")[0].to_lowercase().contains("x-reader: one"), "{:?}", other.heads("/echo"));
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_blocked_is_not_asked_for() {
    let (site, other) = (Site::start().await, Site::start().await);
    site.page(
        "/page",
        &format!(
            "<img src=/a.png><script src=/plain?script></script><link rel=stylesheet href=/ads/a.css>
             <iframe src=http://localhost:{}/inner></iframe>",
            other.port()
        ),
    );
    other.page("/inner", "<img src=/b.png><p>inner");
    let blocked = pool().block_types(["image"]).block_urls(["*/ads/*", "*/moved"]);
    let webtask = builder().pool(blocked).build().unwrap();
    let script = "[document.images[0].naturalWidth, await fetch('/ads/x').then(() => 1, () => 0), await fetch('/echo').then(() => 1, () => 0)]";
    assert_eq!(seen(&webtask, site.url("/page"), script).await, json!([0, 0, 1]));
    for (site, path, asked) in [
        (&site, "/plain", 1),
        (&site, "/a.png", 0),
        (&site, "/ads/a.css", 0),
        (&site, "/ads/x", 0),
        (&other, "/inner", 1),
        (&other, "/b.png", 0),
    ] {
        assert_eq!(site.asked(path), asked, "{path}");
    }
    let input = sees::Input { url: site.url("/moved"), script: String::new() };
    let error = sees(&webtask, input).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    assert!(error.message().ends_with("net::ERR_BLOCKED_BY_CLIENT"), "{error}");
    assert_eq!(site.asked("/moved"), 0);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn downloads_go_where_the_pool_says() {
    let site = Site::start().await;
    site.page("/link", "<a href=/download>here</a>");
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("new/downloads");
    let webtask = builder().pool(pool().downloads(&into)).build().unwrap();
    let file = into.join("webtask-file.bin").to_string_lossy().into_owned();
    fetches(&webtask, fetches::Input { url: site.url("/link"), file }).await.unwrap();
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn downloads_of_one_name_are_all_kept() {
    let site = Site::start().await;
    site.page("/link", "<a href=/download>here</a>");
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("downloads");
    std::fs::create_dir(&into).unwrap();
    std::fs::write(into.join("webtask-file.bin"), "was here").unwrap();
    let webtask = builder().pool(pool().downloads(&into)).build().unwrap();
    // The second run has the window of the first.
    for name in ["webtask-file-2.bin", "webtask-file-3.bin"] {
        let file = into.join(name).to_string_lossy().into_owned();
        fetches(&webtask, fetches::Input { url: site.url("/link"), file }).await.unwrap();
    }
    assert_eq!(std::fs::read(into.join("webtask-file.bin")).unwrap(), b"was here");
    webtask.close().await.unwrap();
    // Nothing is left beside the directory.
    tokio::time::timeout(Duration::from_secs(10), async {
        while std::fs::read_dir(folder.path()).unwrap().count() > 1 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .unwrap();
}

const MAY: &str = "({
    geolocation: await new Promise(done => navigator.geolocation.getCurrentPosition(() => done('there'), error => done(error.code), { timeout: 3000 })),
    notifications: await Notification.requestPermission(),
    clipboard: await navigator.clipboard.writeText('a').then(() => 'written', error => error.name),
    read: (await navigator.permissions.query({ name: 'clipboard-read' })).state,
    camera: (await navigator.permissions.query({ name: 'camera' })).state,
    midi: (await navigator.permissions.query({ name: 'midi' })).state,
    wake: (await navigator.permissions.query({ name: 'screen-wake-lock' })).state,
    sync: (await navigator.permissions.query({ name: 'background-sync' })).state,
})";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_may_do_what_its_pool_grants() {
    let site = Site::start().await;
    let webtask = builder().pool(pool()).build().unwrap();
    // 127.0.0.1 is a secure context.
    let may = seen(&webtask, site.url("/plain"), MAY).await;
    let nothing = json!({
        "geolocation": 1, "notifications": "denied", "clipboard": "NotAllowedError", "read": "denied", "camera": "denied",
        "midi": "denied", "wake": "denied", "sync": "denied",
    });
    assert_eq!(may, nothing);
    webtask.close().await.unwrap();

    let granting = pool().permissions([
        "notifications",
        "clipboard-read-write",
        "clipboard-sanitized-write",
        "geolocation",
    ]);
    let webtask = builder().pool(granting).build().unwrap();
    let may = seen(&webtask, site.url("/plain"), MAY).await;
    assert_eq!(may["notifications"], "granted");
    assert_eq!(may["clipboard"], "written");
    assert_eq!(may["read"], "granted");
    // Nobody knows where we are, but that is another error.
    assert_ne!(may["geolocation"], 1);
    assert_eq!(may["camera"], "denied");
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_gets_what_it_wants() {
    let site = Site::start().await;
    let outside = Outside::start(site.address()).await;
    let proxy = format!("http://reader:s%20cret@{}", outside.address);
    let webtask = builder().resolver(Names::default()).pool(pool().proxy(proxy)).build().unwrap();
    let title = seen(&webtask, "http://a.test/plain".into(), "document.title").await;
    assert_eq!(title, "Plain");
    let asked = outside.asked();
    assert!(asked[0].starts_with("GET http://a.test/plain HTTP/1.1\r\n"), "{asked:?}");
    assert!(asked[0].to_lowercase().contains("proxy-authorization: basic cmvhzgvyonmgy3jlda=="), "{asked:?}");
    webtask.close().await.unwrap();
}

#[test]
fn a_wrong_setting_is_named_when_it_is_built() {
    let error = builder().pool(pool().proxy("gopher://a")).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let expected = "pool `default` has a wrong `proxy`: it has the scheme `gopher`; write `http://`, `https://` or `socks5://`";
    assert_eq!(error.message(), expected);
}
