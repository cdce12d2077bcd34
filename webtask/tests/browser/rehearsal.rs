//! What a window does in advance for its first page: it is done, and neither the blank page nor the first one can tell.

use std::time::{Duration, Instant};

use webtask::__rt::{self, Until};
use webtask::{Builder, Pool};

use crate::support::raw::Raw;
use crate::support::site::Site;
use crate::support::{self, Browser, steps};

/// What the blank page knows of itself, but for frames that took long, as they do on a busy machine.
const BLANK: &str = "return JSON.stringify([location.href, document.documentElement.outerHTML, document.readyState, \
    history.length, history.state, navigation.entries().length, name, length, scrollY, \
    document.styleSheets.length, document.fonts.size, navigator.userActivation.hasBeenActive, \
    Object.getOwnPropertyNames(window).sort().length, performance.getEntries() \
    .filter(entry => entry.entryType !== 'long-animation-frame').map(entry => [entry.entryType, entry.name])])";

/// What the first page after it knows. A whole browser asks for its icon, sooner or later.
const FIRST: &str = "return JSON.stringify([history.length, history.state, document.referrer, name, length, opener, \
    document.cookie, localStorage.length, sessionStorage.length, await indexedDB.databases(), await caches.keys(), \
    (await navigator.serviceWorker.getRegistrations()).length, navigation.entries().length, \
    document.documentElement.outerHTML, Object.getOwnPropertyNames(window).sort().length, \
    performance.getEntriesByType('resource').filter(entry => !entry.name.endsWith('/favicon.ico')).length, \
    performance.getEntriesByType('navigation')[0].type])";

#[tokio::test]
async fn no_page_can_tell_a_window_that_has_rehearsed_from_one_that_has_not() {
    compare(support::builder().pool(Pool::new("default").size(1).fresh())).await;
}

#[tokio::test]
async fn a_window_rehearses_also_where_one_is_never_used_again() {
    // This browser does not tell whether a window is clean, so each run gets a new one.
    compare(support::builder().pool(Pool::new("default").size(1)).default_flags(true)).await;
}

async fn compare(builder: Builder) {
    let site = Site::start().await;
    let browser = Browser::start(builder.build().unwrap()).await;
    let mut raw = Raw::of(&browser.profile).await;
    let look = || {
        let run = steps(&browser.webtask, site.url("/plain"), |cx, url| {
            Box::pin(async move {
                let blank: String = __rt::js(cx, "blank", BLANK, &[], false).await?;
                __rt::goto(cx, &url, Until::Load, None).await?;
                let first: String = __rt::js(cx, "first", FIRST, &[], true).await?;
                Ok((blank, first))
            })
        });
        run.into_future()
    };

    // The window that the browser begins with is there at once, so it has done nothing yet; those after it are made while
    // nobody waits.
    let mut last = raw.page().await;
    let plain = look().await.unwrap();
    for _ in 0..3 {
        let start = Instant::now();
        while raw.page().await == last {
            assert!(start.elapsed() < Duration::from_secs(20), "no other window is made");
        }
        last = raw.page().await;
        assert_eq!(look().await.unwrap(), plain);
    }
    assert_eq!(site.asked("/plain"), 4);
    browser.webtask.close().await.unwrap();
}
