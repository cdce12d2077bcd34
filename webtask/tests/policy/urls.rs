//! URLs that a caller supplies: refused before anything is sent.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use webtask::server::Server;
use webtask::{Cx, Error, ErrorKind, Pool, Webtask};

use crate::outside::{Canary, Names, Outside};
use crate::support::site::{Answer, Site};
use crate::support::{self, builder};

webtask::webtask! {
    /// Opens what the caller says.
    task "open" {
        transport rest, sse;
        input url string required;
        goto "{{url}}";
        extract page from "html" { title text "title"; }
    }

    /// Opens a page of a host that the caller says.
    task "host" {
        input host string required;
        goto "http://{{host}}/";
    }

    /// Asks what the caller says.
    task "ask" {
        input url string required;
        http GET answer url "{{url}}";
    }

    /// Asks a host that the caller says, through what only the recipe knows.
    task "ask/host" {
        input host string required;
        input port string default "80";
        set target "http://{{host}}.test/{{port}}";
        http GET answer url "{{target}}";
    }

    /// Opens each of a list.
    task "each" {
        input urls list required;
        for each url in "{{urls}}" {
            goto "{{url}}";
        }
    }
}

/// A function that opens what the caller says, and asks it without a page.
#[webtask::task("func/open", untrusted = true)]
async fn func_open(cx: &Cx, url: String, page: bool) -> Result<String, Error> {
    match page {
        true => cx.goto(&url).untrusted().await?,
        false => drop(cx.http("GET", &url).untrusted().await?),
    }
    Ok("opened".into())
}

/// One that does not say beforehand that it does.
#[webtask::task("func/unsaid", pool = "plain")]
async fn func_unsaid(cx: &Cx, url: String) -> Result<(), Error> {
    cx.goto(&url).untrusted().await
}

/// Every way to write an address of this machine, and what is behind it.
fn local(port: u16) -> Vec<String> {
    let hosts = [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
        "0",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "a.localhost",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "\u{ff11}27.0.0.1",
        "user:password@127.0.0.1",
    ];
    hosts.iter().map(|host| format!("http://{host}:{port}/")).collect()
}

fn inputs(value: &Value) -> serde_json::Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// What a run of `open` ends with.
async fn opened(webtask: &Webtask, url: &str) -> Result<String, Error> {
    Ok(open(webtask, open::Input { url: url.into() }).await?.page.title)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_this_machine_is_refused_before_a_window_is_taken() {
    let canary = Canary::start().await;
    // No browser would start.
    let webtask = Webtask::builder().browser(support::dead()).build().unwrap();
    let others = [
        "http://10.0.0.1/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
    ];
    for url in local(canary.port()).into_iter().chain(others.map(Into::into)) {
        for task in [&open::TASK, &ask::TASK] {
            let error = task.start(&webtask, inputs(&json!({ "url": url }))).expect_err(&url);
            assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{url}");
            assert!(error.message().contains("is not allowed: `"), "{error}");
            assert!(error.message().ends_with("; a pool with `allow_private` opens it"), "{error}");
        }
    }
    for url in
        ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "chrome://version", "ftp://a.test/"]
    {
        let error = open::TASK.start(&webtask, inputs(&json!({ "url": url }))).expect_err(url);
        assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{url}");
        let expected = format!("`{url}` is not allowed: a caller's URL begins with `http` or `https`");
        assert_eq!(error.message(), expected);
    }
    for host in ["127.0.0.1", "localhost", "0x7f.1", "[::1]"] {
        let error = host::TASK.start(&webtask, inputs(&json!({ "host": host }))).expect_err(host);
        assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{host}");
    }
    // A wrong input is said first.
    let error = open::TASK.start(&webtask, inputs(&json!({ "url": 1 }))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(canary.reached(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_a_403_and_in_a_stream_an_error() {
    let canary = Canary::start().await;
    let names = Names::default().with("inside.example", &[&["127.0.0.1"]]);
    let webtask = builder().resolver(names).build().unwrap();
    let listening =
        Server::new(&webtask, [open::TASK.clone()]).address(([127, 0, 0, 1], 0).into()).bind().await.unwrap();
    let (address, stop) = (listening.address(), listening.stop());
    let serving = tokio::spawn(listening.run());
    let post = async |accept: &str, url: &str| {
        let body = json!({ "url": url }).to_string();
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST /tasks/open HTTP/1.1\r\nhost: {address}\r\naccept: {accept}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    };
    let by_name = format!("http://inside.example:{}/", canary.port());
    for (accept, url, status) in [
        ("application/json", "http://127.0.0.1/", "403"),
        ("text/event-stream", "http://127.0.0.1/", "403"),
        ("application/json", &by_name, "403"),
        ("text/event-stream", &by_name, "200"),
    ] {
        let answer = post(accept, url).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(answer.contains(r#""code":"URL_NOT_ALLOWED""#), "{answer}");
        assert_eq!(answer.contains("event: error"), status == "200", "{answer}");
    }
    assert_eq!(canary.reached(), 0);
    stop.now();
    serving.await.unwrap().unwrap();
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_means_this_machine_is_refused_where_it_is_dialled() {
    let canary = Canary::start().await;
    let names = Names::default()
        .with("inside.example", &[&["127.0.0.1"]])
        .with("six.example", &[&["::1", "fe80::1"]])
        .with("mapped.example", &[&["::ffff:10.0.0.1"]]);
    let webtask = builder().resolver(names).build().unwrap();
    for (host, why) in [
        ("inside.example", "has a loopback address, `127.0.0.1`"),
        ("six.example", "has a loopback address, `::1`"),
        ("mapped.example", "has a private address, `::ffff:10.0.0.1`"),
    ] {
        for scheme in ["http", "https"] {
            let url = format!("{scheme}://{host}:{}/", canary.port());
            let error = opened(&webtask, &url).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{error}");
            let expected =
                format!("`{url}` is not allowed: `{host}` {why}; a pool with `allow_private` opens it");
            assert_eq!(error.message(), expected);
            assert_eq!(error.step().map(|step| step.name), Some("goto"));

            let error = ask(&webtask, ask::Input { url: url.clone() }).await.unwrap_err();
            assert_eq!((error.kind(), error.message()), (ErrorKind::UrlNotAllowed, expected.as_str()));
        }
    }
    // Through a name that only the recipe has, or a list.
    let host = ask_host::Input { host: "127.0.0.1:1/".into(), port: "80".into() };
    assert_eq!(ask_host(&webtask, host).await.unwrap_err().kind(), ErrorKind::UrlNotAllowed);
    let urls = vec![json!(format!("http://127.0.0.1:{}/", canary.port()))];
    let error = each(&webtask, each::Input { urls }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UrlNotAllowed);
    // One that is not found is no matter of policy.
    let error = opened(&webtask, "http://nobody.example/").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    assert_eq!(error.message(), "`http://nobody.example/` cannot be reached: there is no such name");
    assert_eq!(canary.reached(), 0);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_may_allow_all_of_it() {
    let (canary, site) = (Canary::start().await, Site::start().await);
    let webtask = builder().pool(Pool::new("default").allow_private(true)).build().unwrap();
    assert_eq!(opened(&webtask, &site.url("/plain")).await.unwrap(), "Plain");
    let url = format!("http://localhost:{}/", canary.port());
    opened(&webtask, &url).await.unwrap();
    assert!(canary.reached() > 0);
    assert_eq!(ask(&webtask, ask::Input { url: site.url("/plain") }).await.unwrap().answer.status, 200);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_leads_nowhere_else() {
    let (canary, site) = (Canary::start().await, Site::start().await);
    let outside = Outside::start(site.address()).await;
    let to = |url: &str| Answer::new("302 Found", &format!("location: {url}\r\n"), "");
    let local = format!("http://127.0.0.1:{}/", canary.port());
    let named = format!("http://inside.example:{}/", canary.port());
    site.answer("/literal", to(&local));
    site.answer("/named", to(&named));
    site.answer("/twice", to("http://b.test/literal"));
    site.answer("/file", to("file:///etc/passwd"));
    let names = Names::default().with("inside.example", &[&["127.0.0.1"]]);
    let pool = Pool::new("default").proxy(outside.url());
    let webtask = builder().resolver(names).pool(pool).build().unwrap();
    assert_eq!(opened(&webtask, "http://a.test/plain").await.unwrap(), "Plain");
    // The proxy is asked for the address that was judged.
    assert!(outside.asked()[0].starts_with("CONNECT 93.184.215.14:80 HTTP/1.1\r\n"), "{:?}", outside.asked());
    for (path, why) in [
        (
            "/literal",
            "`http://a.test/literal` leads to `127.0.0.1`, which is not allowed: it is a loopback address",
        ),
        (
            "/twice",
            "`http://a.test/twice` leads to `127.0.0.1`, which is not allowed: it is a loopback address",
        ),
        (
            "/named",
            "`http://a.test/named` leads to `inside.example`, which is not allowed: it has a loopback address, `127.0.0.1`",
        ),
    ] {
        let error = opened(&webtask, &format!("http://a.test{path}")).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::UrlNotAllowed, why));
    }
    let error = opened(&webtask, "http://a.test/file").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    assert_eq!(canary.reached(), 0);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_changes_its_address_is_judged_each_time() {
    let (canary, site) = (Canary::start().await, Site::start().await);
    let outside = Outside::start(site.address()).await;
    let public = std::net::IpAddr::from(crate::outside::PUBLIC).to_string();
    // Public when it is judged, of this machine when somebody asks again.
    let names = Names::default()
        .with("turns.example", &[&[&public], &["127.0.0.1"]])
        .with("both.example", &[&["127.0.0.1", &public]]);
    let webtask = builder().resolver(names).pool(Pool::new("default").proxy(outside.url())).build().unwrap();
    assert_eq!(opened(&webtask, "http://turns.example/plain").await.unwrap(), "Plain");
    let error = opened(&webtask, "http://turns.example/plain").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UrlNotAllowed);
    let url = format!("http://both.example:{}/plain", canary.port());
    assert_eq!(opened(&webtask, &url).await.unwrap(), "Plain");
    let asked = outside.asked();
    assert!(asked.iter().all(|head| head.starts_with("CONNECT 93.184.215.14:")), "{asked:?}");
    assert_eq!(canary.reached(), 0);
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_of_http_leads_nowhere_else() {
    let canary = Canary::start().await;
    let web = tempfile::tempdir().unwrap();
    std::fs::create_dir(web.path().join("a.test")).unwrap();
    std::fs::write(web.path().join("a.test/go"), "").unwrap();
    let to =
        json!({ "status": 302, "headers": { "location": format!("http://127.0.0.1:{}/", canary.port()) } });
    std::fs::write(web.path().join("a.test/go.replay.json"), to.to_string()).unwrap();
    let webtask = builder().replay(web.path()).build().unwrap();
    let error = ask(&webtask, ask::Input { url: "http://a.test/go".into() }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{error}");
    assert_eq!(canary.reached(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_has_a_callers_url_checked() {
    let (canary, site) = (Canary::start().await, Site::start().await);
    let outside = Outside::start(site.address()).await;
    let local = format!("http://127.0.0.1:{}/", canary.port());
    site.answer("/away", Answer::new("302 Found", &format!("location: {local}\r\n"), ""));
    let names = Names::default().with("inside.example", &[&["127.0.0.1"]]);
    let pool = Pool::new("default").proxy(outside.url());
    let webtask = builder().resolver(names).pool(pool).pool(Pool::new("plain").size(1)).build().unwrap();
    let open =
        async |url: &str, page| func_open::run(&webtask, func_open::Input { url: url.into(), page }).await;
    let named = format!("http://inside.example:{}/", canary.port());
    for url in [&local, &named] {
        for (page, word) in [(true, "goto"), (false, "http")] {
            let error = open(url, page).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{error}");
            assert_eq!(error.step().map(|step| step.name), Some(word));
        }
    }
    let error = open("http://a.test/away", true).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{error}");
    assert_eq!(open("http://a.test/plain", true).await.unwrap(), "opened");
    let unsaid = func_unsaid::Input { url: "http://a.test/plain".into() };
    let error = func_unsaid::run(&webtask, unsaid).await.unwrap_err();
    assert!(error.message().contains("write `untrusted = true` in `#[webtask::task]`"), "{error}");
    assert_eq!(canary.reached(), 0);
    webtask.close().await.unwrap();
}

#[test]
fn a_task_tells_whether_it_opens_urls_of_callers() {
    for (task, expected) in [
        (&open::TASK, true),
        (&host::TASK, true),
        (&each::TASK, true),
        (&ask::TASK, false),
        (&ask_host::TASK, false),
        (&func_open::TASK, true),
        (&func_unsaid::TASK, false),
    ] {
        assert_eq!(task.opens_untrusted(), expected, "{}", task.slug());
    }
}
