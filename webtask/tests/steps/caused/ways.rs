//! Ways to another document that pages take besides: what comes after the click sees it, each time.

use serde_json::{Value, json};
use webtask::__rt::{self, click};

use crate::bench::{open, test};
use crate::support::site::Answer;

/// How often each is tried.
const TIMES: usize = 3;

#[test]
fn every_way_to_another_document_is_waited_for() {
    test(|bench| async move {
        bench.site.page("/new", "<title>New</title><p>new</p>");
        bench.site.page("/inner", "<a id=b href=/new target=_top>b</a>");
        bench
            .site
            .page("/sent", "<form action=/new target=_parent method=post><button id=b>b</button></form>");
        bench.site.page("/chain", "<title>Chain</title><script>location.replace('/new')</script>");
        bench.site.page("/old", "<title>Old</title>");
        for (status, from, to) in [("302 Found", "/one", "/two"), ("307 Temporary Redirect", "/two", "/new")]
        {
            bench.site.answer(from, Answer::new(status, &format!("location: {to}\r\n"), ""));
        }
        let go = |when: &str| {
            format!(
                "<button id=b>b</button><script>const go = () => location = '/new'; b.onclick = () => {{ {when} }}</script>"
            )
        };
        let title = "return document.title";
        let inner = "return document.querySelector('iframe').contentDocument.title";
        let pages = [
            // When it begins.
            (go("const c = new MessageChannel(); c.port1.onmessage = go; c.port2.postMessage(1)"), "#b", title),
            (go("addEventListener('message', go, { once: true }); postMessage(1, '*')"), "#b", title),
            (go("scheduler.postTask(go)"), "#b", title),
            (go("(async () => { await null; await null; go() })()"), "#b", title),
            (go("new MutationObserver(go).observe(document.body, { childList: true }); document.body.append('x')"), "#b", title),
            ("<p id=b onmousedown=\"location = '/new'\">b</p>".to_owned(), "#b", title),
            // How it goes there.
            ("<a id=b href=/one>b</a>".to_owned(), "#b", title),
            ("<a id=b href=/chain>b</a>".to_owned(), "#b", title),
            ("<a id=b href=\"javascript:location = '/new'\">b</a>".to_owned(), "#b", title),
            (go("location = '/held/late'; location = '/new'"), "#b", title),
            (go("document.head.insertAdjacentHTML('beforeend', '<meta http-equiv=refresh content=\"0;url=/new\">')"), "#b", title),
            (go("location = URL.createObjectURL(new Blob(['<title>New</title>'], { type: 'text/html' }))"), "#b", title),
            (go("document.open(); document.write('<title>New</title>'); document.close()"), "#b", title),
            ("<a id=b href=/new>b</a><script>onbeforeunload = event => event.preventDefault()</script>".to_owned(), "#b", title),
            ("<a id=b href=/new>b</a><script>navigation.onnavigate = event => event.intercept({ async handler() { document.title = 'New' } })</script>".to_owned(), "#b", title),
            // Between frames.
            ("<iframe src=/inner></iframe>".to_owned(), "iframe >> #b", title),
            ("<iframe src=/sent></iframe>".to_owned(), "iframe >> #b", title),
            ("<iframe srcdoc='<title>Old</title>'></iframe><button id=b onclick=\"document.querySelector('iframe').srcdoc = '<title>New</title>'\">b</button>".to_owned(), "#b", inner),
            ("<iframe name=inner src=/old></iframe><a id=b href=/new target=inner>b</a>".to_owned(), "#b", inner),
        ];
        for (page, selector, said) in pages {
            let url = bench.page(&format!("<title>Old</title>{page}"));
            let run = bench.run((url, selector, said), |cx, (url, selector, said)| {
                Box::pin(async move {
                    let mut all = Vec::new();
                    for _ in 0..TIMES {
                        open(cx, &url).await?;
                        click(cx, selector, None, None, None).await?;
                        all.push(__rt::js::<Value>(cx, "said", said, &[], false).await?);
                    }
                    Ok(all)
                })
            });
            assert_eq!(run.await.map_err(|error| error.to_string()), Ok(vec![json!("New"); TIMES]), "{page}");
        }
    });
}
