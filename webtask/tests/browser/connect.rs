//! A browser that somebody else started: used, never ended, and left without a trace.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process};
use webtask::__rt::{self, Until};
use webtask::{ErrorKind, Pool, Run, Webtask};

use crate::support::raw::{Raw, endpoint};
use crate::support::site::Site;
use crate::support::{self, Browser, steps};

/// Somebody else's browser, with a page of theirs.
async fn theirs() -> (Browser, String) {
    let browser =
        Browser::start(support::builder().pool(Pool::new("default").size(1)).build().unwrap()).await;
    let url = endpoint(&browser.profile);
    (browser, url)
}

fn title(webtask: &Webtask, url: String) -> Run<String> {
    steps(webtask, url, |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            Ok(__rt::js::<String>(cx, "title", "return document.title", &[], false).await?)
        })
    })
}

/// Waits until there are so many contexts.
async fn contexts(data: &Path, wanted: usize) {
    let (mut raw, start) = (Raw::of(data).await, Instant::now());
    loop {
        let now = raw.contexts().await;
        if now == wanted {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{now} contexts");
    }
}

/// Waits until there are more contexts than that.
async fn more_contexts(data: &Path, than: usize) {
    let (mut raw, start) = (Raw::of(data).await, Instant::now());
    while raw.contexts().await <= than {
        assert!(start.elapsed() < Duration::from_secs(20), "no context of ours");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remote_browser_is_used_and_left_as_it_was() {
    let site = Site::start().await;
    let (browser, url) = theirs().await;
    contexts(&browser.profile, 1).await;
    let server = format!("http://{}", url.strip_prefix("ws://").unwrap().split('/').next().unwrap());
    for url in [&url, &server] {
        let webtask = Webtask::connect(url.as_str()).unwrap();
        assert_eq!(title(&webtask, site.url("/plain")).await.unwrap(), "Plain");
        // A window that could not be cleaned in time is replaced, and then there is none for a moment.
        more_contexts(&browser.profile, 1).await;
        webtask.close().await.unwrap();
        contexts(&browser.profile, 1).await;

        let webtask = Webtask::connect(url.as_str()).unwrap();
        assert_eq!(title(&webtask, site.url("/plain")).await.unwrap(), "Plain");
        drop(webtask);
        contexts(&browser.profile, 1).await;
    }
    // It runs on, with what its owner has there.
    assert_eq!(title(&browser.webtask, site.url("/plain")).await.unwrap(), "Plain");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_told_and_the_next_run_connects_again() {
    let site = Site::start().await;
    let (browser, url) = theirs().await;
    let relay = Relay::start(&url).await;
    let webtask = Webtask::connect(relay.url()).unwrap();
    let run = tokio::spawn(title(&webtask, site.url("/held/page")).into_future());
    site.wait_held(1).await;
    relay.cut();
    let error = run.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    contexts(&browser.profile, 1).await;
    assert_eq!(title(&webtask, site.url("/plain")).await.unwrap(), "Plain");
    webtask.close().await.unwrap();
    contexts(&browser.profile, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_says_nothing_is_asked_before_a_run_and_connected_to_anew() {
    let site = Site::start().await;
    let (_browser, url) = theirs().await;
    let relay = Relay::start(&url).await;
    let webtask = Webtask::connect(relay.url()).unwrap();
    assert_eq!(title(&webtask, site.url("/plain")).await.unwrap(), "Plain");
    relay.mute();
    // Who was heard within a second is not asked.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let start = Instant::now();
    assert_eq!(title(&webtask, site.url("/plain")).await.unwrap(), "Plain");
    println!("a browser that says nothing costs the next run {:?}", start.elapsed());
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_reached_and_says_nothing_is_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}/devtools/browser/1", listener.local_addr().unwrap());
    let ready = Webtask::connect(url).unwrap();
    let error = tokio::time::timeout(Duration::from_secs(30), ready.ready()).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    assert_eq!(error.message(), "cannot connect to the browser: deadline has elapsed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rust_code_does_with_a_remote_page_works() {
    let site = Site::start().await;
    let (_browser, url) = theirs().await;
    let webtask = Webtask::connect(url).unwrap();
    let run = steps(&webtask, site.url("/plain"), |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            Ok(cx.page().await?.get_title().await?)
        })
    });
    assert_eq!(run.await.unwrap().as_deref(), Some("Plain"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remote_browser_that_is_gone_is_told() {
    let site = Site::start().await;
    let (browser, url) = theirs().await;
    let webtask = Webtask::connect(url).unwrap();
    assert_eq!(title(&webtask, site.url("/plain")).await.unwrap(), "Plain");
    kill_process(browser.leader(), Signal::KILL).unwrap();
    let start = Instant::now();
    // The loss itself may come in the middle of a run.
    let error = loop {
        let error = title(&webtask, site.url("/plain")).await.unwrap_err();
        if error.message().starts_with("cannot connect") {
            break error;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{error}");
    };
    assert_eq!(error.kind(), ErrorKind::BrowserLost);

    let nobody = Webtask::connect(format!("http://127.0.0.1:{}", site.port())).unwrap();
    let error = nobody.ready().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    let told = format!(
        "the browser at `http://127.0.0.1:{}` cannot be asked: it answers 404 Not Found: no such page",
        site.port()
    );
    assert_eq!(error.message(), told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_speak_tls_is_told() {
    let site = Site::start().await;
    let url = format!("wss://127.0.0.1:{}/devtools/browser/1?token=secret", site.port());
    let webtask = Webtask::connect(url).unwrap();
    let error = webtask.ready().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BrowserLost);
    assert!(error.message().starts_with("cannot connect to the browser: "), "{error}");
    assert!(!format!("{error:?} {webtask:?}").contains("secret"));
}

#[test]
fn settings_that_a_remote_browser_cannot_have_are_refused() {
    let url = "ws://127.0.0.1:9222/devtools/browser/1";
    let told = |builder: webtask::Builder| {
        let error = builder.connect(url).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        let start = "`connect` uses a browser that is started elsewhere, but a setting ";
        let end = "; leave one of them out";
        error.message().strip_prefix(start).unwrap().strip_suffix(end).unwrap().to_owned()
    };
    let new = Webtask::builder;
    assert_eq!(told(new().browser("/usr/bin/chromium")), "names its program");
    assert_eq!(told(new().sandbox(true)), "sets its sandbox");
    assert_eq!(told(new().replay("/tmp")), "replays its pages");
    assert_eq!(told(new().record("/tmp/x.har")), "records its pages");
    let profile = Pool::new("a").profile("alice");
    assert_eq!(told(new().profiles("/tmp").pool(profile)), "has the profile of pool `a`");
    assert_eq!(told(new().pool(Pool::new("a").recycle_above(1 << 30))), "recycles it for pool `a`");
    assert_eq!(Webtask::connect("chrome").unwrap_err().kind(), ErrorKind::Config);
}

/// A way to a browser that can be cut.
struct Relay {
    url: String,
    /// Told when the connections that there are end; whether they only seem to stand from then on.
    cut: tokio::sync::watch::Sender<bool>,
    _task: AbortOnDrop,
}

struct AbortOnDrop(tokio::task::AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Relay {
    async fn start(url: &str) -> Self {
        let address = url.strip_prefix("ws://").unwrap().split('/').next().unwrap().to_owned();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().to_string();
        let cut = tokio::sync::watch::Sender::new(false);
        let task = tokio::spawn({
            let (address, cut) = (address.clone(), cut.clone());
            async move {
                while let Ok((mut near, _)) = listener.accept().await {
                    let mut far = tokio::net::TcpStream::connect(&address).await.unwrap();
                    let mut cut = cut.subscribe();
                    tokio::spawn(async move {
                        tokio::select! {
                            _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                            _ = cut.changed() => {
                                if *cut.borrow() {
                                    std::future::pending::<()>().await;
                                }
                            }
                        }
                    });
                }
            }
        });
        Self { url: url.replace(&address, &own), cut, _task: AbortOnDrop(task.abort_handle()) }
    }

    fn url(&self) -> String {
        self.url.clone()
    }

    /// Ends the connections that there are.
    fn cut(&self) {
        self.cut.send_replace(false);
    }

    /// Lets the connections that there are stand, and say nothing any more.
    fn mute(&self) {
        self.cut.send_replace(true);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_remote_browsers_page_downloads_is_elsewhere() {
    let site = Site::start().await;
    let (browser, url) = theirs().await;
    // An address that is not known to be of this machine.
    let webtask = Webtask::connect(url.replace("127.0.0.1", "0.0.0.0")).unwrap();
    let run = steps(&webtask, site.url("/plain"), |cx, url| {
        Box::pin(async move {
            __rt::goto(cx, &url, Until::Load, None).await?;
            let begun = __rt::download(cx, None, None, async { Ok(()) }).await;
            Ok(begun.map(|(_, files)| files.len())?)
        })
    });
    let error = run.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(
        error.message(),
        "the browser is on another machine, and so is what its pages download; fetch it with `download each`, or with `http`"
    );
    webtask.close().await.unwrap();
    contexts(&browser.profile, 1).await;
}
