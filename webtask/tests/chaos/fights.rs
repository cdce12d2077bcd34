//! Pages that fight: each step ends in its own time with a typed outcome, and the next run has a good window.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use webtask::{Error, ErrorKind, Pool, Webtask};

use crate::support::site::{Answer, Site};
use crate::support::{self, Browser};
use crate::{ALONE, kinds::Steps, until};

/// How long a step of these runs may take, by itself.
const LIMIT: Duration = Duration::from_secs(2);

/// How much later than its limit a step may end, on a busy machine.
const LATE: Duration = Duration::from_secs(2);

struct Fight {
    webtask: Webtask,
    site: Site,
}

impl Fight {
    /// How the run ended, in time; and the run after it works.
    async fn run(&self, name: &str, url: String, steps: Steps) -> Result<(), Error> {
        self.run_within(LIMIT, name, url, steps).await
    }

    async fn run_within(&self, limit: Duration, name: &str, url: String, steps: Steps) -> Result<(), Error> {
        let start = Instant::now();
        let run = webtask::__rt::run(&self.webtask, &crate::CALM, url, steps);
        let result = tokio::time::timeout(3 * limit + LATE, run.into_future()).await;
        let took = start.elapsed();
        let result = result.unwrap_or_else(|_| panic!("{name}: it hangs"));
        let told = result
            .as_ref()
            .map_or_else(|error| format!("{}: {error}", error.kind().code()), |()| "done".into());
        println!("{name}: {told}, in {took:?}");
        assert!(took < limit + LATE, "{name}: {took:?}");
        until("the window is back", async || self.webtask.pools()[0].1.free == 1).await;
        let title = support::steps(&self.webtask, self.site.url("/plain"), |cx, url| {
            Box::pin(async move {
                cx.goto(&url).await?;
                Ok(cx.js::<String>("return document.title").await?)
            })
        });
        assert_eq!(title.await.unwrap(), "Plain", "{name}");
        result
    }

    fn page(&self, html: &str) -> String {
        self.site.page("/fight", html);
        self.site.url("/fight")
    }
}

fn kind(result: Result<(), Error>) -> ErrorKind {
    result.expect_err("it cannot work").kind()
}

/// A site that answers with so many bytes of a page, then nothing more; none without end.
async fn pours(bytes: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {bytes}\r\n\r\n<title>Big</title><p>"
                );
                let _ = stream.write_all(head.as_bytes()).await;
                let block = vec![b'x'; 1 << 20];
                for _ in 0..bytes >> 20 {
                    if stream.write_all(&block).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_fights_costs_its_step_and_nobody_else() {
    let _alone = ALONE.lock().await;
    let pool = Pool::new("default").size(1).wait(Duration::from_secs(60)).allow_private(true);
    let browser = Browser::start(support::builder().pool(pool).build().unwrap()).await;
    let fight = Fight { webtask: browser.webtask.clone(), site: Site::start().await };

    let url = fight.page("<title>Loop</title><script>setTimeout(() => { for (;;); }, 0)</script>");
    let looped = fight.run("an endless loop, waited for", url, |cx, url| {
        Box::pin(async move {
            cx.goto(&url).until_dom().timeout(LIMIT / 2).await?;
            Ok(cx.wait_until("#never").timeout(LIMIT / 2).await?)
        })
    });
    assert_eq!(kind(looped.await), ErrorKind::StepFailed);

    let url = fight.page("<title>Loop</title><script>for (;;);</script>");
    let looped = fight.run("an endless loop as it loads", url, |cx, url| {
        Box::pin(async move { Ok(cx.goto(&url).timeout(LIMIT).await?) })
    });
    assert_eq!(kind(looped.await), ErrorKind::NavigationFailed);

    let url =
        fight.page("<title>Alerts</title><script>setInterval(() => { for (;;) alert('no') }, 10)</script>");
    let storm = fight.run("an alert storm", url, |cx, url| {
        Box::pin(async move {
            cx.goto(&url).until_dom().timeout(LIMIT / 2).await?;
            Ok(cx.wait_until("#never").timeout(LIMIT / 2).await?)
        })
    });
    assert_eq!(kind(storm.await), ErrorKind::StepFailed);

    let url = fight.page("<title>Never</title><img src=/held/image.png>");
    let never = fight.run("a document that never finishes loading", url, |cx, url| {
        Box::pin(async move { Ok(cx.goto(&url).timeout(LIMIT).await?) })
    });
    assert_eq!(kind(never.await), ErrorKind::NavigationFailed);

    let url = fight.page(
        "<title>Rows</title><table></table><script>document.querySelector('table').innerHTML =\
         Array.from({ length: 50000 }, (_, n) => `<tr><td class=c>${n}</td></tr>`).join('')</script>",
    );
    let rows = fight.run_within(Duration::from_secs(28), "50 000 rows", url, |cx, url| {
        Box::pin(async move {
            cx.goto(&url).until_dom().await?;
            let source = "return [...document.querySelectorAll('.c')].map(cell => Number(cell.textContent))";
            let cells = cx.js::<Vec<u64>>(source).await?;
            assert_eq!((cells.len(), cells[49_999]), (50_000, 49_999));
            Ok(())
        })
    });
    rows.await.unwrap();

    let big = fight.run("a 200 MiB response", pours(200 << 20).await, |cx, url| {
        Box::pin(async move {
            cx.goto(&url).timeout(LIMIT).await?;
            Ok(())
        })
    });
    if let Err(error) = big.await {
        assert!(matches!(error.kind(), ErrorKind::NavigationFailed | ErrorKind::BrowserLost), "{error}");
    }

    let location = |path: &str| Answer::new("302 Found", &format!("location: {path}\r\n"), "");
    fight.site.answer("/there", location("/back"));
    fight.site.answer("/back", location("/there"));
    let turns = fight.run("a redirect loop", fight.site.url("/there"), |cx, url| {
        Box::pin(async move { Ok(cx.goto(&url).timeout(LIMIT).await?) })
    });
    assert_eq!(kind(turns.await), ErrorKind::NavigationFailed);

    fight
        .site
        .page("/again", "<title>Again</title><script>location.href = '/again?' + Math.random()</script>");
    let again = fight.run("a page that always goes elsewhere", fight.site.url("/again"), |cx, url| {
        Box::pin(async move { Ok(cx.goto(&url).timeout(LIMIT).await?) })
    });
    if let Err(error) = again.await {
        assert_eq!(error.kind(), ErrorKind::NavigationFailed, "{error}");
    }

    let url = fight.page(
        "<title>Popups</title><script>for (let n = 0; n < 30; n++) open('/plain?' + n);\
         setInterval(() => open('/plain'), 50)</script>",
    );
    let popups = fight.run("a popup storm", url, |cx, url| {
        Box::pin(async move {
            cx.goto(&url).until_dom().timeout(LIMIT).await?;
            assert_eq!(cx.js::<String>("return document.title").await?, "Popups");
            Ok(())
        })
    });
    if let Err(error) = popups.await {
        assert_eq!(error.kind(), ErrorKind::NavigationFailed, "{error}");
    }

    // Chromium lets a page close only a window that a page has opened.
    let opens = "<title>Opens</title><button onclick=\"window.open('/closes')\">open</button>";
    fight.site.page("/closes", "<title>Closes</title><script>close()</script>");
    let closes = fight.run("a page that closes itself as it loads", fight.page(opens), |cx, url| {
        Box::pin(async move {
            cx.goto(&url).until_dom().timeout(LIMIT / 2).await?;
            let closed = cx.click("button").opens_tab().timeout(LIMIT / 2).await;
            // The run stays where it was.
            assert_eq!(cx.js::<String>("return document.title").await?, "Opens");
            Ok(closed?)
        })
    });
    let error = closes.await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::StepFailed, "the tab that it opened was closed"));

    fight.site.page("/closes", "<title>Closes</title><button onclick='window.close()'>close</button>");
    let closes = fight.run("a page that closes itself under a run", fight.page(opens), |cx, url| {
        Box::pin(async move {
            cx.goto(&url).until_dom().timeout(LIMIT / 2).await?;
            cx.click("button").opens_tab().timeout(LIMIT / 2).await?;
            cx.click("button").timeout(LIMIT / 2).await?;
            Ok(cx.wait_until("#never").timeout(LIMIT / 2).await?)
        })
    });
    let error = closes.await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::BrowserLost, "the page was closed"));

    let url = fight.page(
        "<title>Patched</title><p id=true>true</p><script>const lie = () => { throw new Error('patched') };\
         for (const name of ['querySelector', 'querySelectorAll']) Document.prototype[name] = Element.prototype[name] = lie;\
         Array.prototype.map = Array.from = JSON.stringify = Promise.prototype.then = lie;\
         Object.defineProperty(Node.prototype, 'textContent', { get: () => 'lie' });\
         window.MutationObserver = lie; Element.prototype.getBoundingClientRect = lie</script>",
    );
    let patched = fight.run("patched DOM functions", url, |cx, url| {
        Box::pin(async move {
            cx.goto(&url).until_dom().timeout(LIMIT).await?;
            cx.wait_until("#true").text("true").timeout(LIMIT / 2).await?;
            Ok(cx.click("#true").timeout(LIMIT / 2).await?)
        })
    });
    patched.await.unwrap();
    browser.webtask.close().await.unwrap();
}
