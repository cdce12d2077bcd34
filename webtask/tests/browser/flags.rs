//! What Chromium does with our flags: the same as with its own, but for the time it takes.

use serde_json::{Value, json};
use webtask::__rt::{self, Body, Cx, Until, goto};
use webtask::{ErrorKind, Pool, Webtask};

use crate::support::site::{Answer, Site};
use crate::support::{self, Browser, builder, steps};

/// What is tried, with one set of flags and with the other.
async fn everything(webtask: &Webtask) {
    sites_are_apart(webtask).await;
    redirects_lead_on(webtask).await;
    frames_navigate_by_themselves(webtask).await;
    downloads_leave_the_page_as_it_is(webtask).await;
    history_leads_back(webtask).await;
    documents_of_a_site_share_nothing(webtask).await;
}

#[test]
fn with_chromiums_own_flags_it_is_the_same() {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let webtask = builder().default_flags(true).pool(Pool::new("default").size(1)).build().unwrap();
        let browser = Browser::start(webtask).await;
        everything(&browser.webtask).await;
        browser.webtask.close().await.unwrap();
    });
}

#[test]
fn the_flags_are_as_they_are_set() {
    let flags = |default| {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let browser = Browser::start(builder().default_flags(default).build().unwrap()).await;
            let line = std::fs::read_to_string(format!("/proc/{}/cmdline", browser.leader())).unwrap();
            browser.webtask.close().await.unwrap();
            line
        })
    };
    let (ours, own) = (flags(false), flags(true));
    for flag in [
        "RenderDocument",
        "DeferRendererTasksAfterInput",
        "--disable-back-forward-cache",
        "NetworkServiceInProcess2",
    ] {
        assert!(ours.contains(flag) && !own.contains(flag), "{flag}");
    }
    // Chromium heeds only the last of several.
    for switch in ["--disable-features=", "--enable-features="] {
        assert_eq!(ours.matches(switch).count(), 1, "{switch}");
    }
}

/// The same site by a name that is another site to Chromium.
fn foreign(site: &Site, path: &str) -> String {
    site.url(path).replace("127.0.0.1", "localhost")
}

async fn read(cx: &Cx, source: &'static str) -> Result<Value, webtask::Error> {
    __rt::js(cx, "read", source, &[], true).await
}

/// Opens pages, one after the other, and says what a script gives in each.
async fn tour(webtask: &Webtask, urls: Vec<String>, source: &'static str) -> Vec<Value> {
    fn body<'a>(cx: &'a Cx, (urls, source): (Vec<String>, &'static str)) -> Body<'a, Vec<Value>> {
        Box::pin(async move {
            let mut seen = Vec::new();
            for url in urls {
                goto(cx, &url, Until::Load, None).await?;
                seen.push(read(cx, source).await?);
            }
            Ok(seen)
        })
    }
    steps(webtask, (urls, source), body).await.unwrap()
}

async fn sites_are_apart(webtask: &Webtask) {
    let site = Site::start().await;
    let urls =
        vec![site.url("/plain"), foreign(&site, "/plain"), site.url("/other"), foreign(&site, "/other")];
    let visit = "
        const before = [window.before ?? null, localStorage.getItem('visited'), sessionStorage.getItem('visited')];
        window.before = location.hostname;
        localStorage.setItem('visited', location.hostname);
        sessionStorage.setItem('visited', location.hostname);
        return [document.title, location.hostname, ...before];";
    assert_eq!(
        tour(webtask, urls, visit).await,
        [
            json!(["Plain", "127.0.0.1", null, null, null]),
            json!(["Plain", "localhost", null, null, null]),
            json!(["Other", "127.0.0.1", null, "127.0.0.1", "127.0.0.1"]),
            json!(["Other", "localhost", null, "localhost", "localhost"]),
        ]
    );
}

#[test]
fn cross_site_navigation_keeps_sites_apart() {
    support::run(async |webtask| sites_are_apart(&webtask).await);
}

async fn redirects_lead_on(webtask: &Webtask) {
    let site = Site::start().await;
    let away = foreign(&site, "/plain");
    site.answer("/hop", Answer::new("302 Found", &format!("location: {away}\r\n"), ""));
    site.answer("/hops", Answer::new("307 Found", &format!("location: {}\r\n", foreign(&site, "/hop")), ""));
    site.page("/script", &format!("<title>First</title><script>location.href = '{away}'</script>"));
    site.page("/meta", &format!("<title>First</title><meta http-equiv=refresh content='0;url={away}'>"));
    let near = ["/moved", "/redirect"].map(|path| site.url(path));
    let far = ["/hop", "/hops", "/script"].map(|path| site.url(path));
    let seen = tour(webtask, near.into_iter().chain(far).collect(), "return location.href").await;
    let (here, there) = (json!(site.url("/plain")), json!(away));
    assert_eq!(seen, [here.clone(), here, there.clone(), there.clone(), there.clone()]);
    // This one is followed after the page was loaded.
    let seen = steps(webtask, site.url("/meta"), |cx, url| {
        Box::pin(async move {
            goto(cx, &url, Until::Load, None).await?;
            __rt::wait_until(cx, "#here", __rt::Awaited::Present, None, None).await?;
            Ok(read(cx, "return location.href").await?)
        })
    });
    assert_eq!(seen.await.unwrap(), there);
}

#[test]
fn redirects_lead_on_within_a_site_and_to_others() {
    support::run(async |webtask| redirects_lead_on(&webtask).await);
}

async fn frames_navigate_by_themselves(webtask: &Webtask) {
    let site = Site::start().await;
    site.page(
        "/first",
        "<script>window.first = true; setTimeout(() => location.replace('/second'))</script>",
    );
    site.page("/second", "<script>parent.postMessage([location.hostname, !!window.first], '*')</script>");
    site.page(
        "/outer",
        &format!(
            "<script>window.told = []; onmessage = event => {{ told.push(event.data.join(' ')); \
             if (told.length === 2) document.body.append(Object.assign(document.createElement('p'), {{ id: 'both' }})) }}</script>\
             <body><iframe src=/first></iframe><iframe src={}></iframe>",
            foreign(&site, "/first")
        ),
    );
    let told = steps(webtask, site.url("/outer"), |cx, url| {
        Box::pin(async move {
            goto(cx, &url, Until::Load, None).await?;
            __rt::wait_until(cx, "#both", __rt::Awaited::Present, None, None).await?;
            let told = read(
                cx,
                "return [told.sort(), [...document.querySelectorAll('iframe')].map(frame => frame.contentDocument !== null)]",
            );
            Ok(told.await?)
        })
    });
    assert_eq!(told.await.unwrap(), json!([["127.0.0.1 false", "localhost false"], [true, false]]));
}

#[test]
fn frames_of_the_site_and_of_others_navigate_by_themselves() {
    support::run(async |webtask| frames_navigate_by_themselves(&webtask).await);
}

async fn downloads_leave_the_page_as_it_is(webtask: &Webtask) {
    let site = Site::start().await;
    site.page("/link", "<title>Link</title><a href=/download>get</a>");
    let urls = (site.url("/link"), site.url("/download"), foreign(&site, "/download"));
    let seen = steps(webtask, urls, |cx, (page, near, far)| {
        Box::pin(async move {
            goto(cx, &page, Until::Load, None).await?;
            read(cx, "window.before = 1").await?;
            let mut kinds = Vec::new();
            for url in [near, far] {
                kinds.push(goto(cx, &url, Until::Load, None).await.unwrap_err().kind());
            }
            __rt::click(cx, "a", None, None, None).await?;
            let files: Vec<__rt::results::Download> = __rt::download_each(cx, "a", None).await?;
            let bytes = files.into_iter().map(|file| file.bytes_b64).collect::<Vec<_>>();
            Ok((kinds, bytes, read(cx, "return [document.title, window.before]").await?))
        })
    });
    let (kinds, bytes, page) = seen.await.unwrap();
    assert_eq!(kinds, [ErrorKind::NavigationFailed; 2]);
    assert_eq!(bytes, ["Ynl0ZXM="]);
    assert_eq!(page, json!(["Link", 1]));
}

#[test]
fn a_download_leaves_the_page_as_it_is() {
    support::run(async |webtask| downloads_leave_the_page_as_it_is(&webtask).await);
}

async fn history_leads_back(webtask: &Webtask) {
    let site = Site::start().await;
    site.page("/framed", "<title>Framed</title><iframe id=a src=/plain></iframe>");
    let urls = (site.url("/framed"), foreign(&site, "/other"));
    let seen = steps(webtask, urls, |cx, (framed, other)| {
        Box::pin(async move {
            let at = "return [location.hostname, document.title, document.querySelector('iframe')?.contentDocument.title ?? null]";
            goto(cx, &framed, Until::Load, None).await?;
            read(
                cx,
                "return await new Promise(done => { a.onload = () => done(null); a.contentWindow.location = '/other' })",
            )
            .await?;
            let mut seen = vec![read(cx, at).await?];
            goto(cx, &other, Until::Load, None).await?;
            seen.push(read(cx, at).await?);
            __rt::back(cx).await?;
            seen.push(read(cx, "return [location.hostname, document.title]").await?);
            __rt::forward(cx).await?;
            seen.push(read(cx, at).await?);
            Ok(seen)
        })
    });
    assert_eq!(
        seen.await.unwrap(),
        [
            json!(["127.0.0.1", "Framed", "Other"]),
            json!(["localhost", "Other", null]),
            json!(["127.0.0.1", "Framed"]),
            json!(["localhost", "Other", null]),
        ]
    );
}

#[test]
fn history_leads_back_over_sites_and_frames() {
    support::run(async |webtask| history_leads_back(&webtask).await);
}

async fn documents_of_a_site_share_nothing(webtask: &Webtask) {
    let site = Site::start().await;
    let seen = steps(webtask, (site.url("/ticks"), site.url("/plain")), |cx, (ticks, plain)| {
        Box::pin(async move {
            goto(cx, &ticks, Until::Load, None).await?;
            read(
                cx,
                "window.before = 1; Array.prototype.map = () => 'patched'; \
                 document.addEventListener('click', () => window.clicked = 1); return null",
            )
            .await?;
            goto(cx, &plain, Until::Load, None).await?;
            __rt::click(cx, "#here", None, None, None).await?;
            Ok(read(cx, "return [window.before ?? null, window.clicked ?? null, [1].map(x => x + 1)]")
                .await?)
        })
    });
    assert_eq!(seen.await.unwrap(), json!([null, null, [2]]));
}

#[test]
fn documents_of_one_site_share_nothing() {
    support::run(async |webtask| documents_of_a_site_share_nothing(&webtask).await);
}

#[test]
fn a_page_that_is_gone_back_to_is_loaded_anew() {
    support::run(async |webtask| {
        let site = Site::start().await;
        site.page("/kept", "<script>onpageshow = event => window.persisted = event.persisted</script>");
        let seen = steps(&webtask, (site.url("/kept"), site.url("/plain")), |cx, (kept, plain)| {
            Box::pin(async move {
                goto(cx, &kept, Until::Load, None).await?;
                read(cx, "window.before = 1; return null").await?;
                goto(cx, &plain, Until::Load, None).await?;
                __rt::back(cx).await?;
                Ok(read(cx, "return [window.persisted, window.before ?? null]").await?)
            })
        });
        assert_eq!(seen.await.unwrap(), json!([false, null]));
    });
}
