//! What the pages of a caller's URL ask for: nothing that is not public arrives.

use webtask::__rt::{self, Until};
use webtask::{Error, ErrorKind, Pool, Webtask, webtask};

use crate::outside::{Canary, Names, Outside};
use crate::support::builder;
use crate::support::site::{Answer, Site};

webtask! {
    /// What became of everything that a page tries.
    task "tries" {
        input url string required;
        goto "{{url}}";
        wait until "#done" timeout 30s;
        extract page from "html" { tries text "#done"; }
    }

    /// The same of a page that the recipe opens itself, after one of a caller or without.
    task "own" {
        input first string default "";
        input port int required;
        if "{{first}}" {
            goto "{{first}}";
        }
        rust { __rt::goto(cx, &format!("http://127.0.0.1:{port}/tries"), Until::Load, None).await?; }
        wait until "#done" timeout 30s;
        extract page from "html" { tries text "#done"; }
    }

    /// A page of the recipe's own keeps a connection open, then a caller's comes.
    task "switches" {
        input port int required;
        input url string required;
        rust { __rt::goto(cx, &format!("http://127.0.0.1:{port}/plain"), Until::Load, None).await?; }
        goto "{{url}}";
        wait until "#done" timeout 30s;
        extract page from "html" { tries text "#done"; }
    }

    /// Downloads what a caller's page links to.
    task "downloads" {
        input url string required;
        goto "{{url}}";
        download each files selector "a";
    }

    /// Has what a caller's page downloads when it is clicked.
    task "clicked" {
        input url string required;
        goto "{{url}}";
        download files timeout 4s { click "a"; }
    }

    /// Opens a tab from a caller's page.
    task "tabs" {
        input url string required;
        goto "{{url}}";
        click "a" opens tab timeout 2s;
    }
}

/// Tries everything that a page can ask for, and says what came.
fn page(canary: &str) -> String {
    format!(
        r#"<title>Tries</title><body><script type=module>
const canary = '{canary}', url = `http://${{canary}}/`, tries = [];
const once = (name, make) => tries.push(new Promise(done => {{
    setTimeout(() => done(name + ':late'), 10000);
    make(came => done(name + ':' + came));
}}));
const element = (name, change) => once(name, done => {{
    const made = document.createElement(name);
    made.onload = () => done('load');
    made.onerror = () => done('error');
    change(made);
    document.head.append(made);
}});
element('img', made => made.src = url + 'img.png');
element('script', made => made.src = url + 'a.js');
element('link', made => {{ made.rel = 'stylesheet'; made.href = url + 'a.css'; }});
once('fetch', done => fetch(url + 'fetch', {{ mode: 'no-cors' }}).then(() => done('load'), () => done('error')));
once('post', done => fetch(url + 'post', {{ method: 'POST', body: 'x', mode: 'no-cors' }}).then(() => done('load'), () => done('error')));
once('xhr', done => {{
    const asked = new XMLHttpRequest();
    asked.onload = () => done('load');
    asked.onerror = () => done('error');
    asked.open('GET', url + 'xhr');
    asked.send();
}});
once('beacon', done => done(navigator.sendBeacon(url + 'beacon', 'x') ? 'sent' : 'error'));
once('events', done => {{
    const events = new EventSource(url + 'events');
    events.onerror = () => {{ done('error'); events.close(); }};
    events.onopen = () => done('load');
}});
once('socket', done => {{
    const socket = new WebSocket(`ws://${{canary}}/socket`);
    socket.onopen = () => done('load');
    socket.onerror = () => done('error');
}});
once('worker', done => {{
    const code = `fetch('${{url}}worker', {{ mode: 'no-cors' }}).then(() => postMessage('load'), () => postMessage('error'))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    worker.onmessage = event => done(event.data);
}});
once('frame', done => {{
    const frame = document.createElement('iframe');
    // It loads in any case; what, only its error page's origin would tell.
    frame.onload = () => done('end');
    frame.src = url + 'frame';
    document.body.append(frame);
}});
once('form', done => {{
    const frame = document.createElement('iframe');
    frame.name = 'form';
    document.body.append(frame);
    const form = document.createElement('form');
    form.action = url + 'form';
    form.method = 'post';
    form.target = 'form';
    document.body.append(form);
    frame.onload = () => done('end');
    form.submit();
}});
once('popup', done => {{ open(url + 'popup'); setTimeout(() => done('end'), 300); }});
once('prefetch', done => {{
    for (const rel of ['prefetch', 'preload', 'preconnect', 'dns-prefetch', 'prerender']) {{
        const link = document.createElement('link');
        link.rel = rel;
        link.as = 'image';
        link.href = url + rel;
        document.head.append(link);
    }}
    setTimeout(() => done('end'), 300);
}});
once('rtc', async done => {{
    const peer = new RTCPeerConnection({{ iceServers: [
        {{ urls: `stun:${{canary}}` }},
        {{ urls: `turn:${{canary}}?transport=udp`, username: 'a', credential: 'b' }},
        {{ urls: `turn:${{canary}}?transport=tcp`, username: 'a', credential: 'b' }},
    ] }});
    peer.createDataChannel('a');
    peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && done('end');
    await peer.setLocalDescription();
}});
if (navigator.serviceWorker) once('service', async done => {{
    try {{
        await navigator.serviceWorker.register('/service.js');
        const ready = await navigator.serviceWorker.ready;
        navigator.serviceWorker.onmessage = event => done(event.data);
        ready.active.postMessage(url + 'service');
    }} catch (error) {{ done('none'); }}
}});
const came = await Promise.all(tries);
const told = document.createElement('p');
told.id = 'done';
told.textContent = came.join(' ');
document.body.append(told);
</script>"#
    )
}

const SERVICE: &str = "self.onmessage = event => event.waitUntil(
    fetch(event.data, { mode: 'no-cors' })
        .then(() => event.source.postMessage('load'), () => event.source.postMessage('error')));";

async fn site(canary: &str) -> Site {
    let site = Site::start().await;
    site.page("/tries", &page(canary));
    site.answer("/service.js", Answer::new("200 OK", "content-type: text/javascript\r\n", SERVICE));
    site
}

/// What every try ends with when nothing is reached.
const NOTHING: &str = "img:error script:error link:error fetch:error post:error xhr:error beacon:sent events:error \
    socket:error worker:error frame:end form:end popup:end prefetch:end rtc:end";

async fn tried(webtask: &Webtask, url: String) -> Result<String, Error> {
    Ok(tries(webtask, tries::Input { url }).await?.page.tries)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_page_reaches_this_machine() {
    let canary = Canary::start().await;
    for host in ["127.0.0.1", "localhost", "inside.example", "[::ffff:127.0.0.1]"] {
        let site = site(&format!("{host}:{}", canary.port())).await;
        let outside = Outside::start(site.address()).await;
        let names = Names::default().with("inside.example", &[&["127.0.0.1"]]);
        let pool = Pool::new("default").size(1).proxy(outside.url());
        let webtask = builder().resolver(names).pool(pool).build().unwrap();
        let came = tried(&webtask, "http://a.test/tries".into()).await.unwrap();
        assert_eq!(came, NOTHING, "{host}");
        assert_eq!(canary.reached(), 0, "{host}");
        webtask.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_reaches_it_where_that_is_allowed() {
    let canary = Canary::start().await;
    let site = site(&canary.address.to_string()).await;
    let webtask = builder().pool(Pool::new("default").allow_private(true)).build().unwrap();
    // It is not a WebSocket server, and sends no script.
    let came = tried(&webtask, site.url("/tries")).await.unwrap();
    assert!(came.contains("fetch:load") && came.contains("service:load"), "{came}");
    assert!(canary.reached() > 10, "{}", canary.reached());
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_recipe_reaches_what_it_likes_until_a_caller_has_come() {
    // Directly, and behind a proxy: that one leads everything to the site.
    for proxied in [false, true] {
        // Of its own: what the page before asked for may still be counted.
        let canary = Canary::start().await;
        let site = site(&canary.address.to_string()).await;
        let outside = Outside::start(site.address()).await;
        let pool = Pool::new("default").size(1);
        let pool = if proxied { pool.proxy(outside.url()) } else { pool };
        let webtask = builder().resolver(Names::default()).pool(pool).build().unwrap();
        let port = i64::from(site.port());
        let came = own(&webtask, own::Input { port, first: String::new() }).await.unwrap().page.tries;
        assert!(came.contains("fetch:load") && came.contains("service:load"), "{came}");
        assert_eq!(canary.reached() > 0, !proxied);
        if proxied {
            // The recipe's own page comes, and what it asks for elsewhere does not.
            let first = "http://a.test/plain".to_owned();
            let came = own(&webtask, own::Input { first, port }).await.unwrap().page.tries;
            assert_eq!(came, format!("{NOTHING} service:error"));
            assert_eq!(canary.reached(), 0);

            // And a caller's page after it has no part in what it was allowed.
            site.page("/back", &page(&site.address().to_string()));
            let asked = site.asked("/fetch");
            let url = "http://a.test/back".to_owned();
            let came = switches(&webtask, switches::Input { port, url }).await.unwrap().page.tries;
            assert_eq!(came, NOTHING);
            assert_eq!(site.asked("/fetch"), asked);
        }
        webtask.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_leads_to_is_judged_too() {
    let canary = Canary::start().await;
    let site = Site::start().await;
    let outside = Outside::start(site.address()).await;
    site.page("/link", &format!("<a target=_blank href=http://{}/>here</a>", canary.address));
    let webtask =
        builder().resolver(Names::default()).pool(Pool::new("default").proxy(outside.url())).build().unwrap();
    let url = "http://a.test/link".to_owned();
    let error = downloads(&webtask, downloads::Input { url: url.clone() }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{error}");
    let error = tabs(&webtask, tabs::Input { url }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{error}");
    assert_eq!(canary.reached(), 0);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_downloads_is_judged_too() {
    let canary = Canary::start().await;
    let site = Site::start().await;
    let file = "content-type: text/csv\r\ncontent-disposition: attachment; filename=\"a.csv\"\r\n";
    site.answer("/a.csv", Answer::new("200 OK", file, "1,2"));
    site.answer("/away", Answer::new("302 Found", &format!("location: http://{}/\r\n", canary.address), ""));
    let outside = Outside::start(site.address()).await;
    let pool = Pool::new("default").size(1).proxy(outside.url());
    let webtask = builder().resolver(Names::default()).pool(pool).build().unwrap();
    let canary_url = format!("http://{}/", canary.address);
    for page in [
        format!("<a download href='{canary_url}'>a</a>"),
        "<a download href=/away>a</a>".to_owned(),
        "<a href=/away>a</a>".to_owned(),
        "<a href=/away target=away>a</a><iframe name=away></iframe>".to_owned(),
        "<a href=/away target=_blank>a</a>".to_owned(),
        "<a>a</a><script>onclick = () => setTimeout(() => location = '/away', 50)</script>".to_owned(),
        "<a>a</a><script>onclick = () => fetch('/away').then(got => got.blob()).then(blob => location = URL.createObjectURL(blob))</script>".to_owned(),
        "<a>a</a><form action=/away></form><script>onclick = () => document.forms[0].submit()</script>".to_owned(),
        format!("<a>a</a><script>onclick = () => Object.assign(document.createElement('a'), {{ href: '{canary_url}', download: '' }}).click()</script>"),
    ] {
        site.page("/links", &page);
        let error =
            clicked(&webtask, clicked::Input { url: "http://a.test/links".into() }).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{page}: {error}");
        assert_eq!(canary.reached(), 0, "{page}");
    }
    // It need not be forbidden.
    site.answer("/dead", Answer::new("302 Found", "location: http://dead.invalid/\r\n", ""));
    for page in ["<a download href=/dead>a</a>", "<a href=/dead>a</a>"] {
        site.page("/links", page);
        let error =
            clicked(&webtask, clicked::Input { url: "http://a.test/links".into() }).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NavigationFailed, "{page}: {error}");
    }
    site.page("/links", "<a href='/a.csv'>a</a>");
    let files = clicked(&webtask, clicked::Input { url: "http://a.test/links".into() }).await.unwrap().files;
    assert_eq!((files.len(), files[0].name.as_str(), files[0].size), (1, "a.csv", 3));
    webtask.close().await.unwrap();
}
