//! `profile`: a session on disk, which outlives the browser and us.

use std::path::Path;

use serde_json::Value;
use webtask::__rt::{self, Until};
use webtask::{ErrorKind, Pool, Webtask};

use crate::support::raw::Raw;
use crate::support::site::Site;
use crate::support::{self, steps};

fn alice(folder: &Path) -> Webtask {
    support::builder().profiles(folder).pool(Pool::new("default").profile("alice")).build().unwrap()
}

async fn ask(webtask: &Webtask, url: &str, source: &'static str) -> Result<Value, webtask::Error> {
    steps(webtask, (url.to_owned(), source), |cx, (url, source)| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            Ok(__rt::js::<Value>(cx, "asked", source, &[], true).await?)
        })
    })
    .await
}

const PLANT: &str = "document.cookie = 'a=1; max-age=9999'; document.cookie = 'session=1'; localStorage.a = 1; \
    await new Promise(done => { const asked = indexedDB.open('d'); asked.onsuccess = done }); return 0";
const LOOK: &str = "return [document.cookie, localStorage.a, (await indexedDB.databases()).length]";

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_survives_a_close() {
    let (site, folder) = (Site::start().await, tempfile::tempdir().unwrap());
    let _starting = support::STARTING.lock().await;
    let webtask = alice(folder.path());
    ask(&webtask, &site.url("/plain"), PLANT).await.unwrap();
    let same = ask(&webtask, &site.url("/plain"), LOOK).await.unwrap();
    assert_eq!(same, serde_json::json!(["a=1; session=1", "1", 1]));
    webtask.close().await.unwrap();

    let webtask = alice(folder.path());
    let kept = ask(&webtask, &site.url("/plain"), LOOK).await.unwrap();
    // Cookies without an expiry end with the browser.
    assert_eq!(kept, serde_json::json!(["a=1", "1", 1]));
    webtask.close().await.unwrap();
    assert!(folder.path().join("alice").is_dir());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_survives_the_last_handle() {
    let (site, folder) = (Site::start().await, tempfile::tempdir().unwrap());
    let _starting = support::STARTING.lock().await;
    let webtask = alice(folder.path());
    ask(&webtask, &site.url("/plain"), PLANT).await.unwrap();
    tokio::task::spawn_blocking(|| drop(webtask)).await.unwrap();
    let kept = ask(&alice(folder.path()), &site.url("/plain"), LOOK).await.unwrap();
    assert_eq!(kept, serde_json::json!(["a=1", "1", 1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_keeps_its_last_cookie_every_time() {
    let (site, folder) = (Site::start().await, tempfile::tempdir().unwrap());
    let _starting = support::STARTING.lock().await;
    for round in 0..6 {
        let webtask = alice(folder.path());
        let run = steps(&webtask, (site.url("/plain"), round), |cx, (url, round)| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                let source = "const last = document.cookie; document.cookie = `round=${arguments[0]}; max-age=9999`; return last";
                Ok(__rt::js::<String>(cx, "last", source, &[round.into()], false).await?)
            })
        });
        let last = run.await.unwrap();
        let expected = if round == 0 { String::new() } else { format!("round={}", round - 1) };
        assert_eq!(last, expected, "{round}");
        // Either way of ending it.
        match round % 2 {
            0 => webtask.close().await.unwrap(),
            _ => tokio::task::spawn_blocking(|| drop(webtask)).await.unwrap(),
        }
    }
}

#[test]
fn a_profile_survives_a_runtime_that_went_first() {
    let folder = tempfile::tempdir().unwrap();
    let start = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let runtime = start();
    let (site, webtask) = runtime.block_on(async {
        let site = Site::start().await;
        let _starting = support::STARTING.lock().await;
        let webtask = alice(folder.path());
        ask(&webtask, &site.url("/plain"), PLANT).await.unwrap();
        (site.url("/plain"), webtask)
    });
    drop(runtime);
    drop(webtask);
    let kept = start().block_on(async {
        let _starting = support::STARTING.lock().await;
        // That site went with its runtime; storage is read without asking it.
        let webtask = alice(folder.path());
        let port: u16 = site.split(':').nth(2).unwrap().split('/').next().unwrap().parse().unwrap();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let serve = async {
            loop {
                use tokio::io::{AsyncReadExt, AsyncWriteExt};
                let (mut stream, _) = listener.accept().await.unwrap();
                let _ = stream.read(&mut [0; 4096]).await;
                let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 1\r\nconnection: close\r\n\r\nx";
                let _ = stream.write_all(head.as_bytes()).await;
            }
        };
        let kept = tokio::select! {
            kept = ask(&webtask, &site, LOOK) => kept.unwrap(),
            () = serve => unreachable!("it serves for ever"),
        };
        webtask.close().await.unwrap();
        kept
    });
    assert_eq!(kept, serde_json::json!(["a=1", "1", 1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_user_of_a_profile_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let _starting = support::STARTING.lock().await;
    let first = alice(folder.path());
    first.ready().await.unwrap();
    let second = alice(folder.path());
    let error = second.ready().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let folder = folder.path().join("alice");
    let told = format!(
        "the profile directory `{}` cannot be used: process {} uses it; end that, or name another profile",
        folder.display(),
        std::process::id()
    );
    assert_eq!(error.message(), told);
    // The first one is as before, and then it is the second one's turn.
    first.ready().await.unwrap();
    first.close().await.unwrap();
    second.ready().await.unwrap();
    second.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_of_the_page_keeps_the_profile() {
    let (site, folder) = (Site::start().await, tempfile::tempdir().unwrap());
    let _starting = support::STARTING.lock().await;
    let webtask = alice(folder.path());
    ask(&webtask, &site.url("/plain"), PLANT).await.unwrap();
    let crash = steps(&webtask, folder.path().join("alice"), |cx, data| {
        Box::pin(async move {
            let mut raw = Raw::of(&data).await;
            let page = raw.page().await.0;
            raw.crash(&page).await;
            Ok(__rt::js::<Value>(cx, "never", "return new Promise(() => {})", &[], true).await?)
        })
    });
    assert_eq!(crash.await.unwrap_err().kind(), ErrorKind::BrowserLost);
    let kept = ask(&webtask, &site.url("/plain"), LOOK).await.unwrap();
    assert_eq!(kept, serde_json::json!(["a=1; session=1", "1", 1]));
    webtask.close().await.unwrap();
}

#[test]
fn wrong_profiles_are_refused_by_the_builder() {
    let told = |pool: Pool| {
        let error = support::builder().profiles("/tmp").pool(pool).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        error.message().to_owned()
    };
    assert_eq!(
        told(Pool::new("a").profile("alice").size(2)),
        "pool `a` has the profile `alice`, which has one window; leave its `size` out"
    );
    assert_eq!(
        told(Pool::new("a").profile("../alice")),
        "pool `a` has the profile `../alice`, which is not a name; use letters, digits, `-` and `_`, 64 at most"
    );
    let twice = support::builder()
        .profiles("/tmp")
        .pool(Pool::new("a").profile("alice"))
        .pool(Pool::new("b").profile("alice"));
    assert_eq!(
        twice.build().unwrap_err().message(),
        "the profile `alice` is set for two pools; one can use it"
    );
    let nowhere = support::builder().pool(Pool::new("a").profile("alice")).build().unwrap_err();
    assert_eq!(
        nowhere.message(),
        "the profile `alice` has no directory; name the one that profiles are in by `Builder::profiles` or \
         `WEBTASK_PROFILES`"
    );
}
