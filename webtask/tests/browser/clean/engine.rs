//! What the browser's engine keeps of a site beside its storage: which documents it puts together, pages that it has drawn
//! ahead, compiled code.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::network::{finding, secure};
use super::{Lab, visit};
use crate::support::raw::Raw;
use crate::support::site::{Answer, Site};
use crate::support::steps;

/// A script of an auction.
const SCRIPT: &str = "content-type: text/javascript\r\nad-auction-allowed: ?1\r\n";

/// A page asks by some way for an agent cluster of its own, which the browser remembers of its origin; the next run is
/// asked anew.
fn wishes_anew(way: &'static str) {
    Lab::run(async move |lab| {
        // An origin that the window has not seen.
        let site = Arc::new(Site::start().await);
        for (path, wish) in [("/apart", "?1"), ("/together", "?0")] {
            let head = format!("content-type: text/html\r\norigin-agent-cluster: {wish}\r\n");
            site.answer(path, Answer::new("200 OK", &head, "<title>Cluster</title>"));
        }
        let look = "return window.originAgentCluster";
        assert_eq!(lab.ask_at(site.url("/together"), look).await.unwrap(), false);
        lab.settled().await;
        let planted = steps(&lab.webtask, (site.clone(), way, look), |cx, (site, way, look)| {
            Box::pin(async move {
                visit(cx, &site.url("/plain"), way).await?;
                Ok(visit(cx, &site.url("/together"), look).await?)
            })
        });
        assert_eq!(planted.await.unwrap(), true, "the wish is not known");
        lab.settled().await;
        assert_eq!(lab.ask_at(site.url("/together"), look).await.unwrap(), false);
        lab.settled().await;
    });
}

#[test]
fn the_cluster_that_a_page_asks_for_ends() {
    wishes_anew("location = '/apart'; return 0");
}

#[test]
fn the_cluster_that_a_frame_asks_for_ends() {
    wishes_anew(
        "const frame = document.createElement('iframe'); frame.src = '/apart'; document.body.append(frame); \
         await new Promise(done => frame.onload = done); return 0",
    );
}

#[test]
fn the_cluster_that_a_popup_asks_for_ends() {
    wishes_anew(
        "const other = window.open('/apart'); await new Promise(done => other.onload = done); return 0",
    );
}

/// What a page has loaded ahead by such a rule is loaded anew in the next run, and has left nothing.
fn not_ahead(action: &'static str) {
    Lab::run(async move |lab| {
        let page = "<title>Drawn</title><script>window.ahead = Boolean(document.prerendering); \
                    const write = () => { document.cookie = 'drawn=1'; localStorage.drawn = 1 }; \
                    if (ahead) { write(); setInterval(write, 1); addEventListener('pagehide', write) }</script>";
        let head = "content-type: text/html\r\ncache-control: max-age=9999\r\n";
        lab.site.answer("/drawn", Answer::new("200 OK", head, page));
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let window = lab.page().await;
        let before = lab.site.asked("/drawn");
        let input = (lab.site.clone(), action, before + 1);
        let planted = steps(&lab.webtask, input, |cx, (site, action, times)| {
            Box::pin(async move {
                let source = match action {
                    "prerender" => {
                        "const rules = { prerender: [{ urls: ['/drawn'], eagerness: 'immediate' }] };"
                    }
                    _ => "const rules = { prefetch: [{ urls: ['/drawn'], eagerness: 'immediate' }] };",
                };
                let add = "const script = document.createElement('script'); script.type = 'speculationrules'; \
                           script.textContent = JSON.stringify(rules); document.head.append(script); return 0";
                let source: &'static str = Box::leak(format!("{source} {add}").into_boxed_str());
                visit(cx, &site.url("/plain"), source).await?;
                site.wait_asked("/drawn", times).await;
                Ok(())
            })
        });
        planted.await.unwrap();
        lab.settled().await;
        let purpose = lab.site.heads("/drawn").pop().unwrap().to_ascii_lowercase();
        assert!(purpose.contains("sec-purpose: prefetch"), "it is not loaded ahead: {purpose}");
        let asked = lab.site.asked("/drawn");
        assert_eq!(asked, before + 1);
        let look = "return [document.cookie, localStorage.length, window.ahead, \
                    performance.getEntriesByType('navigation')[0].activationStart]";
        assert_eq!(lab.ask("/plain", look).await.unwrap(), json!(["", 0, null, 0]));
        lab.settled().await;
        assert_eq!(lab.ask("/drawn", look).await.unwrap(), json!(["", 0, false, 0]));
        lab.settled().await;
        assert_eq!(lab.site.asked("/drawn"), asked + 1);
        assert_eq!(lab.page().await, window, "it is another window");
    });
}

#[test]
fn a_page_that_was_drawn_ahead_is_loaded_anew() {
    not_ahead("prerender");
}

#[test]
fn a_page_that_a_rule_fetched_ahead_is_loaded_anew() {
    not_ahead("prefetch");
}

/// Opens the page with the script, and tells whether the browser has compiled that, or has its code from before.
async fn compiled(cx: &webtask::Cx, url: &str, data: &Path) -> Result<bool, webtask::Error> {
    let mut raw = Raw::of(data).await;
    raw.begin_trace(&["devtools.timeline", "v8"]).await;
    visit(cx, url, "return 0").await?;
    let events = raw.end_trace().await;
    let script = |event: &&Value| {
        event["name"] == "v8.compile"
            && event["args"]["fileName"].as_str().is_some_and(|name| name.ends_with("/big.js"))
    };
    let event = events.iter().find(script).expect("the script is run");
    Ok(event["args"]["data"].get("consumedCacheSize").is_none())
}

#[test]
fn compiled_code_is_compiled_anew() {
    Lab::run(async |lab| {
        let functions = (0..2000).map(|n| {
            format!("function f{n}(end) {{ let sum = 0; for (let i = 0; i < end; i++) sum += i * {n}; return sum }} f{n}(2);\n")
        });
        let head = "content-type: text/javascript\r\ncache-control: max-age=9999\r\n";
        lab.site.answer("/big.js", Answer::new("200 OK", head, functions.collect::<String>()));
        lab.site.page("/runs-big", "<title>Big</title><script src=/big.js></script>");
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let window = lab.page().await;
        let input = (lab.site.url("/runs-big"), lab.data.clone());
        let planted = steps(&lab.webtask, input.clone(), |cx, (url, data)| {
            Box::pin(async move {
                // It is kept after some visits, when the browser has time for that.
                while compiled(cx, &url, &data).await? {}
                Ok(())
            })
        });
        planted.await.unwrap();
        lab.settled().await;
        let next = steps(&lab.webtask, input, |cx, (url, data)| {
            Box::pin(async move { Ok(compiled(cx, &url, &data).await?) })
        });
        assert!(next.await.unwrap(), "the code of the run before is used");
        lab.settled().await;
        assert_eq!(lab.page().await, window, "it is another window");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_no_interest_groups_that_would_have_to_be_removed() {
    let (market, asked) = secure(|path| match path {
        "/bid.js" => {
            (SCRIPT, "function generateBid(group) { return { bid: 1, render: group.ads[0].renderURL } }")
        }
        "/sell.js" => (SCRIPT, "function scoreAd(ad, bid) { return bid }"),
        _ => ("content-type: text/html\r\n", "<title>Market</title>"),
    })
    .await;
    let webtask = finding(&format!("MAP a.test:443 {market}")).await;
    // A page joins a group and sells to it in the same run. Chromium has taken both away: the calls do nothing. Where they
    // come back, what the next run sells needs a test of its own.
    let source = "if (!navigator.joinAdInterestGroup) return null; \
                  const a = 'https://a.test'; const group = { owner: a, name: 'planted', lifetimeMs: 1e9, \
                  biddingLogicURL: `${a}/bid.js`, ads: [{ renderURL: `${a}/ad` }] }; \
                  await navigator.joinAdInterestGroup(group, 1e6); return await navigator.runAdAuction( \
                  { seller: a, decisionLogicURL: `${a}/sell.js`, interestGroupBuyers: [a] })";
    let sold = steps(&webtask, source, |cx, source| {
        Box::pin(async move { Ok::<Value, _>(visit(cx, "https://a.test/plain", source).await?) })
    });
    assert_eq!(sold.await.unwrap(), Value::Null);
    assert!(!asked.lock().unwrap().iter().any(|path| path == "/bid.js"));
    webtask.close().await.unwrap();
}
