//! The pages that are visited: a small site in a thread of its own.

use std::net::SocketAddr;
use std::time::Duration;

use warp::Filter;

/// The site; it lives as long as the process.
pub(crate) struct Site {
    address: SocketAddr,
}

impl Site {
    pub(crate) fn start() -> Self {
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                sender.send(listener.local_addr().unwrap()).unwrap();
                warp::serve(routes()).incoming(listener).run().await;
            });
        });
        Self { address: receiver.recv().unwrap() }
    }

    pub(crate) fn url(&self, page: &str) -> String {
        format!("http://{}/{page}", self.address)
    }
}

fn routes() -> impl Filter<Extract = (impl warp::Reply,), Error = warp::Rejection> + Clone {
    let small = warp::path!("small").map(|| warp::reply::html(SMALL));
    let scripted =
        warp::path!("scripted").map(|| warp::reply::html(format!("{SMALL}<script>window.seen = 1</script>")));
    let rows = warp::path!("rows").map(|| warp::reply::html(rows()));
    let form = warp::path!("form").map(|| warp::reply::html(FORM));
    let late = warp::path!("late").map(|| warp::reply::html(LATE));
    let image = warp::path!("image").map(|| warp::reply::html(IMAGE));
    let slow = warp::path!("slow.svg").then(|| async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        warp::reply::with_header(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
            "content-type",
            "image/svg+xml",
        )
    });
    let fresh = warp::reply::with::header("cache-control", "no-store");
    small.or(scripted).or(rows).or(form).or(late).or(image).or(slow).with(fresh)
}

fn rows() -> String {
    let row = |n| {
        format!(
            "<tr class=row><td class=name>Item {n}</td><td class=price>{n}.50</td><td class=stock>{}</td>\
             <td><a href=/item/{n}>more</a></td></tr>",
            n % 7
        )
    };
    format!(
        "<!doctype html><meta charset=utf-8><title>Rows</title><table>{}</table>",
        (0..1000).map(row).collect::<String>()
    )
}

const SMALL: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Small</title>\
<style>body { font: 16px sans-serif; max-width: 40em; margin: 2em auto }</style>\
<h1>A small page</h1><p class=lead>With a paragraph.</p><p>And <a href=/rows>a link</a>.</p></html>";

const FORM: &str = "<!doctype html><meta charset=utf-8><title>Form</title>\
<form><input id=a><input id=b><input id=c><input id=d><button id=send>Send</button></form><p id=result></p>\
<script>document.querySelector('form').onsubmit = event => {\
  event.preventDefault();\
  result.textContent = event.isTrusted && [...document.querySelectorAll('input')].map(input => input.value).join('|');\
}</script>";

/// An element that comes after 37 ms and says when that was.
const LATE: &str = "<!doctype html><meta charset=utf-8><title>Late</title><script>onload = () => setTimeout(() => {\
  const late = document.createElement('p');\
  late.id = 'late';\
  late.textContent = String(performance.timeOrigin + performance.now());\
  document.body.append(late);\
}, 37)</script><body><p>Soon</p>";

const IMAGE: &str = "<!doctype html><meta charset=utf-8><title>Image</title><h1>A page with an image</h1>\
<p class=lead>With a paragraph.</p><a href=/rows>a link</a><img src=/slow.svg>";
