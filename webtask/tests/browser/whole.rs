//! What a whole browser and headless shell do alike: the size of pages, pages behind others, and logins that nobody gives.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use webtask::__rt::{self, Cx, Until};
use webtask::{Error, Pool, Webtask};

use crate::support::site::Site;
use crate::support::{self, Browser, builder, steps};

async fn read(cx: &Cx, url: &str, source: &'static str) -> Result<Value, Error> {
    __rt::goto(cx, url, Until::Load, None).await?;
    __rt::js(cx, "read", source, &[], true).await
}

async fn ask(webtask: &Webtask, url: String, source: &'static str) -> Result<Value, Error> {
    steps(webtask, (url, source), |cx, (url, source)| {
        Box::pin(async move { Ok(read(cx, &url, source).await?) })
    })
    .await
}

const SIZE: &str = "return [innerWidth, innerHeight]";

#[test]
fn pages_have_the_size_that_the_guide_says() {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let site = Site::start().await;
        for (own, size) in [(false, json!([1280, 720])), (true, json!([800, 600]))] {
            let webtask = builder().default_flags(own).pool(Pool::new("default").size(1)).build().unwrap();
            let webtask = Browser::start(webtask).await.webtask;
            // The second run has the window of the first.
            for _ in 0..2 {
                assert_eq!(ask(&webtask, site.url("/plain"), SIZE).await.unwrap(), size, "{own}");
            }
            webtask.close().await.unwrap();
        }
    });
}

#[test]
fn a_page_behind_a_tab_that_it_opened_goes_on() {
    support::run(async |webtask| {
        let site = Site::start().await;
        site.page("/opens", "<button onclick=\"window.open('/plain')\">open</button><p id=there onclick=\"this.id = 'clicked'\">x</p>");
        let run = steps(&webtask, site.url("/opens"), |cx, url| {
            Box::pin(async move {
                __rt::goto(cx, &url, Until::Load, None).await?;
                __rt::click(cx, "button", None, None, None).await?;
                __rt::click(cx, "#there", None, None, None).await?;
                let frame = "const frame = await new Promise(done => { requestAnimationFrame(() => done('frame')); \
                             setTimeout(done, 3000, 'none') }); \
                             return [frame, document.visibilityState, !!document.querySelector('#clicked')]";
                Ok(__rt::js::<Value>(cx, "frame", frame, &[], true).await?)
            })
        });
        assert_eq!(run.await.unwrap(), json!(["frame", "visible", true]));
    });
}

/// A site that lets in who says `user:secret`.
async fn guarded() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    let Ok(byte) = stream.read_u8().await else { return };
                    head.push(byte);
                }
                let is_in = String::from_utf8_lossy(&head).contains("Basic dXNlcjpzZWNyZXQ=");
                let answer = match is_in {
                    true => {
                        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 17\r\nconnection: close\r\n\r\n<title>In</title>"
                    }
                    false => {
                        "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=x\r\ncontent-type: text/html\r\n\
                         content-length: 18\r\nconnection: close\r\n\r\n<title>Out</title>"
                    }
                };
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    format!("{address}")
}

#[test]
fn a_page_behind_a_login_is_what_the_server_answers() {
    support::run(async |webtask| {
        let address = guarded().await;
        let title = "return document.title";
        for (user, expected) in
            [("", "Out"), ("user:wrong@", "Out"), ("user@", "Out"), ("user:secret@", "In")]
        {
            let url = format!("http://{user}{address}/");
            assert_eq!(ask(&webtask, url, title).await.unwrap(), json!(expected), "{user}");
        }
    });
}

#[test]
fn what_a_page_asks_for_without_a_login_is_refused_at_once() {
    support::run(async |webtask| {
        let address = guarded().await;
        let asks = "
            const image = new Promise(done => {
                const image = new Image();
                image.onload = image.onerror = event => done(event.type);
                image.src = '/image';
            });
            const frame = new Promise(done => {
                const frame = document.createElement('iframe');
                frame.onload = () => done(frame.contentDocument.title);
                frame.src = '/frame';
                document.body.append(frame);
            });
            return [(await fetch('/data')).status, await image, await frame]";
        let asked =
            tokio::time::timeout(Duration::from_secs(10), ask(&webtask, format!("http://{address}/"), asks));
        let asked = asked.await.expect("nobody is asked for a login");
        assert_eq!(asked.unwrap(), json!([401, "error", "Out"]));
    });
}
