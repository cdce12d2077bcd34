//! What a run has changed about its page, its device and its visitor is as before for the next run.

use serde_json::{Value, json};
use webtask::__rt::{self, Cx, Emulate, Parts, Until};
use webtask::{Dialogs, Error, Task};

use super::{Lab, visit};
use crate::support::raw::Raw;
use crate::support::{PARTS, steps};

#[test]
fn a_page_that_would_rather_stay_is_left() {
    Lab::run(async |lab| {
        lab.ask("/leave", "document.body.click(); return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        assert_eq!(lab.ask("/plain", "return document.title").await.unwrap(), "Plain");
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn a_dialog_that_is_open_keeps_nobody_waiting_and_the_next_run_answers_in_its_own_way() {
    static ACCEPTS: Task = Task::new(&Parts { dialogs: Dialogs::Accept, ..PARTS });
    Lab::run(async |lab| {
        let accepted = __rt::run(&lab.webtask, &ACCEPTS, lab.site.url("/confirm"), |cx, url| {
            Box::pin(async move {
                Ok(visit(cx, &url, "setTimeout(() => confirm('still?')); return document.title").await?)
            })
        });
        assert_eq!(accepted.await.unwrap(), "true");
        lab.settled().await;
        let page = lab.page().await;
        assert_eq!(lab.ask("/confirm", "return document.title").await.unwrap(), "false");
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn emulation_ends() {
    const LOOK: &str = "return [navigator.userAgent, navigator.language, innerWidth, devicePixelRatio, \
        navigator.maxTouchPoints, matchMedia('(prefers-color-scheme: dark)').matches, \
        Intl.DateTimeFormat().resolvedOptions().timeZone]";
    Lab::run(async |lab| {
        let plain = lab.ask("/plain", LOOK).await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let emulated = steps(&lab.webtask, lab.site.url("/plain"), |cx, url| {
            Box::pin(async move {
                let change = Emulate {
                    dark: Some(true),
                    size: Some((400, 300)),
                    scale: Some(2.0),
                    mobile: true,
                    locale: Some("fr-FR"),
                    timezone: Some("Asia/Tokyo"),
                    agent: Some("Somebody"),
                    ..Emulate::NEW
                };
                __rt::emulate(cx, &change).await?;
                Ok(visit(cx, &url, LOOK).await?)
            })
        });
        let emulated = emulated.await.unwrap();
        for (number, value) in emulated.as_array().unwrap().iter().enumerate() {
            assert_ne!(*value, plain[number]);
        }
        assert_eq!(lab.ask("/plain", LOOK).await.unwrap(), plain);
        // What a run emulates is told from the browser's own, not from what an earlier one emulated.
        let again = steps(&lab.webtask, lab.site.url("/plain"), |cx, url| {
            Box::pin(async move {
                __rt::emulate(cx, &Emulate { dark: Some(true), ..Emulate::NEW }).await?;
                Ok(visit(cx, &url, LOOK).await?)
            })
        });
        let again = again.await.unwrap();
        assert_eq!((&again[5], &again[0]), (&json!(true), &plain[0]));
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn zoom_ends() {
    const LOOK: &str = "return visualViewport.scale";
    Lab::run(async |lab| {
        assert_eq!(lab.ask("/plain", LOOK).await.unwrap(), 1);
        lab.settled().await;
        let page = lab.page().await;
        let input = (lab.site.url("/plain"), lab.data.clone());
        let zoomed = steps(&lab.webtask, input, |cx, (url, data)| {
            Box::pin(async move {
                visit(cx, &url, LOOK).await?;
                let mut raw = Raw::of(&data).await;
                let attach = json!({ "targetId": raw.page().await.0, "flatten": true });
                let session = raw.call("Target.attachToTarget", attach).await["sessionId"].clone();
                let zoom = json!({ "pageScaleFactor": 2 });
                raw.call_in(session.as_str(), "Emulation.setPageScaleFactor", zoom).await;
                // As long as the page is the same.
                drop(raw);
                Ok(__rt::js::<Value>(cx, "looked", LOOK, &[], false).await?)
            })
        });
        assert_eq!(zoomed.await.unwrap(), 2);
        assert_eq!(lab.ask("/plain", LOOK).await.unwrap(), 1);
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn permissions_are_taken_back() {
    static GRANTING: tokio::sync::Mutex<Option<Raw>> = tokio::sync::Mutex::const_new(None);
    const LOOK: &str = "return (await navigator.permissions.query({ name: 'geolocation' })).state";
    Lab::run(async |lab| {
        let before = lab.ask("/plain", LOOK).await.unwrap();
        lab.settled().await;
        let mut raw = Raw::of(&lab.data).await;
        let (page, context) = raw.page().await;
        let grant = json!({ "permissions": ["geolocation"], "browserContextId": context });
        let input = (lab.site.url("/plain"), lab.data.clone(), grant);
        let granted = steps(&lab.webtask, input, |cx, (url, data, grant)| {
            Box::pin(async move {
                // It ends with who gave it.
                let mut raw = Raw::of(&data).await;
                raw.call("Browser.grantPermissions", grant).await;
                let state = visit(cx, &url, LOOK).await?;
                GRANTING.lock().await.replace(raw);
                Ok(state)
            })
        });
        assert_eq!(granted.await.unwrap(), "granted");
        let granting = GRANTING.lock().await.take();
        let after = lab.ask("/plain", LOOK).await.unwrap();
        assert_ne!(after, "granted");
        assert_eq!(after, before);
        drop(granting);
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn the_mouse_and_the_visitors_clicks_are_forgotten() {
    const LOOK: &str = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); \
        return [over > 0, document.querySelector('#here').matches(':hover'), navigator.userActivation.hasBeenActive]";
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let hovered = steps(&lab.webtask, lab.site.url("/hovered"), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                __rt::click(cx, "#here", None, None, None).await?;
                __rt::hover(cx, "#here", None).await?;
                Ok(__rt::js::<Value>(cx, "looked", LOOK, &[], true).await?)
            })
        });
        let hovered = hovered.await.unwrap();
        assert_eq!((&hovered[0], &hovered[2]), (&json!(true), &json!(true)));
        assert_eq!(lab.ask("/hovered", LOOK).await.unwrap(), json!([false, false, false]));
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}

#[test]
fn the_clipboard_is_emptied_when_nobody_else_is_there() {
    async fn paste(cx: &Cx, url: &str) -> Result<Value, Error> {
        visit(cx, url, "field.value = ''; field.focus(); return 0").await?;
        __rt::press(cx, "Control+V").await?;
        __rt::js(cx, "pasted", "return field.value", &[], false).await
    }
    Lab::run(async |lab| {
        lab.ask("/plain", "return 0").await.unwrap();
        lab.settled().await;
        let page = lab.page().await;
        let copied = steps(&lab.webtask, lab.site.url("/hovered"), |cx, url| {
            Box::pin(async move {
                visit(cx, &url, "field.focus(); field.select(); return 0").await?;
                __rt::press(cx, "Control+C").await?;
                Ok(paste(cx, &url).await?)
            })
        });
        assert_eq!(copied.await.unwrap(), "secret");
        let pasted = steps(&lab.webtask, lab.site.url("/hovered"), |cx, url| {
            Box::pin(async move { Ok(paste(cx, &url).await?) })
        });
        assert_eq!(pasted.await.unwrap(), "");
        lab.settled().await;
        assert_eq!(lab.page().await, page);
    });
}
