//! What a run keeps in the browser, in storage and caches and cookies, the next run does not find.

use std::sync::OnceLock;

use serde_json::json;

use super::{Lab, plant, removed, visit};
use crate::support::steps;

macro_rules! kinds {
    ($($name:ident: $plant:literal, then $look:literal is $nothing:expr;)*) => {$(
        #[test]
        fn $name() {
            removed("/plain", $plant, $look, &json!($nothing));
        }
    )*};
}

kinds! {
    cookies_are_removed: "document.cookie = 'a=1'; document.cookie = 'b=1; max-age=999; path=/'",
        then "return document.cookie" is "";
    cookies_of_one_site_in_another_are_removed: "document.cookie = 'a=1; partitioned; secure; path=/; max-age=999'",
        then "return document.cookie" is "";
    local_storage_is_removed: "localStorage.a = 1", then "return localStorage.length" is 0;
    session_storage_is_removed: "sessionStorage.a = 1", then "return sessionStorage.length" is 0;
    databases_are_removed: "await new Promise((done, failed) => {
            const asked = indexedDB.open('d');
            asked.onupgradeneeded = () => asked.result.createObjectStore('s');
            asked.onsuccess = done;
            asked.onerror = failed;
        })", then "return (await indexedDB.databases()).length" is 0;
    caches_of_scripts_are_removed: "await (await caches.open('c')).put('/x', new Response('1'))",
        then "return (await caches.keys()).length" is 0;
    files_of_the_origin_are_removed: "const folder = await navigator.storage.getDirectory();
        const file = await (await folder.getFileHandle('f', { create: true })).createWritable();
        await file.write('1');
        await file.close()",
        then "let count = 0;
        for await (const _ of (await navigator.storage.getDirectory()).keys()) count++;
        return count" is 0;
    buckets_are_removed: "const bucket = await navigator.storageBuckets.open('b');
        await (await bucket.caches.open('c')).put('/x', new Response('1'))",
        then "return (await navigator.storageBuckets.keys()).length" is 0;
    service_workers_are_removed: "await navigator.serviceWorker.register('/service.js');
        await navigator.serviceWorker.ready",
        then "return [
            (await navigator.serviceWorker.getRegistrations()).length,
            await (await fetch('/served')).text(),
        ]" is (0, "no such page");
    the_windows_name_is_removed: "name = 'planted'", then "return name" is "";
    history_is_removed: "history.pushState(1, '', '/a'); history.pushState(2, '', '/b')",
        then "return history.length" is 2;
}

#[test]
fn there_is_no_shared_storage_that_would_have_to_be_removed() {
    Lab::run(async |lab| {
        // Chromium has taken it away; where it comes back, it needs a test of its own.
        assert_eq!(
            lab.ask("/plain", "return [isSecureContext, typeof sharedStorage]").await.unwrap(),
            json!([true, "undefined"])
        );
    });
}

#[test]
fn storage_of_frames_of_other_sites_is_removed() {
    const FRAME: &str = "const frame = document.createElement('iframe');
        frame.src = location.origin.replace('127.0.0.1', 'localhost') + '/framed';
        document.body.append(frame);
        await new Promise(done => frame.onload = done);
        const answer = new Promise(done => onmessage = event => done(event.data));
        frame.contentWindow.postMessage('WHAT', '*');
        return await answer";
    static PLANT: OnceLock<String> = OnceLock::new();
    static LOOK: OnceLock<String> = OnceLock::new();
    let plant = PLANT.get_or_init(|| FRAME.replace("WHAT", "plant"));
    let look = LOOK.get_or_init(|| FRAME.replace("WHAT", "look"));
    removed("/plain", plant, look, &json!(0));
}

#[test]
fn what_a_page_writes_as_it_leaves_is_removed() {
    removed(
        "/writes",
        "localStorage.left = 1",
        "return [localStorage.length, document.cookie]",
        &json!([0, ""]),
    );
}

#[test]
fn what_a_frame_of_another_site_writes_as_it_leaves_is_removed() {
    const FRAME: &str = "const frame = document.createElement('iframe');
        frame.src = location.origin.replace('127.0.0.1', 'localhost') + '/PATH';
        document.body.append(frame);
        await new Promise(done => frame.onload = done);";
    const LOOK: &str = "const answer = new Promise(done => onmessage = event => done(event.data));
        frame.contentWindow.postMessage('look', '*');
        return await answer";
    static WRITES: OnceLock<String> = OnceLock::new();
    static LOOKS: OnceLock<String> = OnceLock::new();
    let writes: &'static str = WRITES.get_or_init(|| FRAME.replace("PATH", "writes"));
    let looks: &'static str = LOOKS.get_or_init(|| FRAME.replace("PATH", "framed") + LOOK);
    Lab::run(async |lab| {
        let input = (lab.site.url("/plain"), writes, looks);
        let written = steps(&lab.webtask, input, |cx, (url, writes, looks)| {
            Box::pin(async move {
                plant(cx, &url, writes).await?;
                let found = visit(cx, &url, looks).await?;
                plant(cx, &url, writes).await?;
                Ok(found)
            })
        });
        assert_eq!(written.await.unwrap(), 1);
        assert_eq!(lab.ask("/plain", looks).await.unwrap(), 0);
    });
}

#[test]
fn the_http_cache_is_removed() {
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let before = lab.site.asked("/cached.js");
        let twice = steps(&lab.webtask, lab.site.url("/caches"), |cx, url| {
            Box::pin(async move {
                visit(cx, &url, "return 0").await?;
                Ok(visit(cx, &url, "return cached").await?)
            })
        });
        assert_eq!(twice.await.unwrap(), true);
        assert_eq!(lab.site.asked("/cached.js"), before + 1, "it is not cached");
        lab.ask("/caches", "return cached").await.unwrap();
        assert_eq!(lab.site.asked("/cached.js"), before + 2);
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}
