//! Cookies: read, set, saved and removed, each run's own.

use std::fs;

use serde_json::{Value, json};
use webtask::webtask;

use crate::builder;
use crate::support::site::{Answer, Site};

webtask! {
    task "cookies/round" {
        input site string required;
        goto "{{site}}";
        set cookies [
            { name: "plain", value: "1" },
            { name: "full", value: "é \"x\" 😀", domain: "127.0.0.1", path: "/deep", expires: 4102444800, httpOnly: true, sameSite: "Strict" },
            { name: "far", value: "3", url: "https://other.example/a/b", secure: true },
        ];
        js seen "return document.cookie";
        get cookies all path "jar/all.json";
        get cookies here urls ["{{site}}"];
        clear cookies;
        get cookies none;
        set first "{{all.0.httpOnly}}";
    }

    task "cookies/again" {
        input site string required;
        secret session;
        set cookies file "jar/all.json";
        set cookies [{ name: "session", value: "{{session}}", url: "{{site}}" }];
        goto (format!("{site}echo"));
        extract sent from "html" { text text "body"; }
    }

    task "cookies/look" {
        get cookies all;
    }

    task "cookies/taken" {
        input cookies list default [];
        set cookies "{{cookies}}";
        get cookies all;
    }

    task "cookies/wrong" {
        input cookies list default [];
        set cookies "{{cookies}}";
    }
}

webtask! {
    task "cookies/partitioned" {
        goto "https://top.example/";
        wait until "iframe >> #c" text "set";
        get cookies before path "jar.json";
        clear cookies;
        set cookies file "jar.json";
        get cookies after;
        goto "https://top.example/";
        wait until "iframe >> #c";
        extract framed from "html" { widget text "iframe >> #c"; }
        goto "https://widget.example/";
        extract alone from "html" { widget text "#c"; }
        if "{{after.0.partitionKey}}" { status "in {{after.0.partitionKey.topLevelSite}}"; }
    }
}

#[tokio::test]
async fn a_partitioned_cookie_keeps_its_partition() {
    let web = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        fs::create_dir_all(web.path().join(path).parent().unwrap()).unwrap();
        fs::write(web.path().join(path), text).unwrap();
    };
    write("top.example/index.html", "<title>Top</title><iframe src=https://widget.example/></iframe>");
    write(
        "widget.example/index.html",
        "<p id=c></p><script>
            const had = document.cookie;
            if (top !== window && !had) document.cookie = 'sid=7; Path=/; Secure; SameSite=None; Partitioned';
            c.textContent = had ? 'had ' + had : document.cookie ? 'set' : 'none';
        </script>",
    );
    let folder = tempfile::tempdir().unwrap();
    let webtask = crate::support::builder().replay(web.path()).files(folder.path()).build().unwrap();
    let output = cookies_partitioned(&webtask, cookies_partitioned::Input {}).await.unwrap();
    let key = webtask::results::PartitionKey {
        top_level_site: "https://top.example".into(),
        has_cross_site_ancestor: true,
    };
    assert_eq!(output.before[0].partition_key, Some(key));
    assert_eq!(output.after, output.before);
    assert_eq!((output.framed.widget.as_str(), output.alone.widget.as_str()), ("had sid=7", "none"));
    let saved = fs::read_to_string(folder.path().join("jar.json")).unwrap();
    assert!(saved.contains("\"topLevelSite\": \"https://top.example\""), "{saved}");
}

#[tokio::test]
async fn a_partitioned_cookie_of_a_replayed_answer_keeps_its_partition() {
    let web = tempfile::tempdir().unwrap();
    let widget = |path: &str| web.path().join("widget.example").join(path);
    fs::create_dir_all(widget("")).unwrap();
    fs::create_dir_all(web.path().join("top.example")).unwrap();
    let page = "<p id=c></p><script>c.textContent = document.cookie ? 'set had ' + document.cookie : 'none'</script>";
    let framed = r#"{"headers": {"content-type": "text/html", "set-cookie": "sid=7; Path=/; Secure; SameSite=None; Partitioned"}}"#;
    fs::write(web.path().join("top.example/index.html"), "<iframe src=https://widget.example/set></iframe>")
        .unwrap();
    fs::write(widget("set.html"), page).unwrap();
    fs::write(widget("set.html.replay.json"), framed).unwrap();
    fs::write(widget("index.html"), page).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let webtask = crate::support::builder().replay(web.path()).files(folder.path()).build().unwrap();
    let output = cookies_partitioned(&webtask, cookies_partitioned::Input {}).await.unwrap();
    let key = output.before[0].partition_key.as_ref().unwrap();
    assert_eq!((key.top_level_site.as_str(), key.has_cross_site_ancestor), ("https://top.example", true));
    assert_eq!((output.framed.widget.as_str(), output.alone.widget.as_str()), ("set had sid=7", "none"));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn cookies_of_other_programs_are_set() {
    let webtask = builder().build().unwrap();
    for (cookies, domain) in [
        (
            json!([{ "name": "a", "value": "b", "domain": "x.example", "path": "/", "expires": -1, "sameSite": "Lax" }]),
            "x.example",
        ),
        (
            json!([{ "name": "a", "value": "b", "domain": ".x.example", "hostOnly": false, "expirationDate": 4102444800.5_f64 }]),
            ".x.example",
        ),
        (
            json!([{ "name": "__Host-a", "value": "b", "domain": "x.example", "path": "/", "secure": true }]),
            "x.example",
        ),
        (
            json!([{ "name": "a", "value": "b", "domain": "w.example", "secure": true, "partitionKey": "https://x.example" }]),
            "w.example",
        ),
    ] {
        let output = cookies_taken(
            &webtask,
            cookies_taken::Input { cookies: serde_json::from_value(cookies).unwrap() },
        );
        let all = output.await.unwrap().all;
        assert_eq!((all.len(), all[0].domain.as_str()), (1, domain));
    }
}

fn names(cookies: &[webtask::results::Cookie]) -> Vec<&str> {
    cookies.iter().map(|cookie| cookie.name.as_str()).collect()
}

#[tokio::test]
async fn cookies_are_set_read_saved_and_removed() {
    let site = Site::start().await;
    site.answer(
        "/",
        Answer::new(
            "200 OK",
            "content-type: text/html\r\nset-cookie: own=a; Max-Age=100; SameSite=Lax\r\n",
            "<p>",
        ),
    );
    let folder = tempfile::tempdir().unwrap();
    let webtask = crate::support::builder()
        .files(folder.path())
        .secret("session", "s3cret")
        .pool(webtask::Pool::new("default").size(2).allow_private(true))
        .build()
        .unwrap();
    let output = cookies_round(&webtask, cookies_round::Input { site: site.url("/") }).await.unwrap();
    // By domain, path and name.
    assert_eq!(names(&output.all), ["own", "plain", "full", "far"]);
    assert_eq!(names(&output.here), ["own", "plain"]);
    assert_eq!(names(&output.none), Vec::<&str>::new());
    let seen = output.seen.as_str().unwrap();
    assert!(seen.contains("plain=1") && seen.contains("own=a") && !seen.contains("full"), "{seen}");
    let full = output.all.iter().find(|cookie| cookie.name == "full").unwrap();
    // The browser keeps none for longer than 400 days.
    assert!(full.expires.is_some_and(|expires| expires > 1_500_000_000.0));
    let full = webtask::results::Cookie { expires: None, ..full.clone() };
    assert_eq!(
        serde_json::to_value(full).unwrap(),
        json!({
            "name": "full", "value": "é \"x\" 😀", "domain": "127.0.0.1", "path": "/deep", "expires": null,
            "httpOnly": true, "secure": false, "sameSite": "Strict"
        })
    );
    let plain = output.all.iter().find(|cookie| cookie.name == "plain").unwrap();
    assert_eq!((plain.expires, plain.same_site.as_deref()), (None, None));
    let saved: Value =
        serde_json::from_slice(&fs::read(folder.path().join("jar/all.json")).unwrap()).unwrap();
    assert_eq!(saved, serde_json::to_value(&output.all).unwrap());

    // Another run's window, with what was saved and a secret.
    let output = cookies_again(&webtask, cookies_again::Input { site: site.url("/") }).await.unwrap();
    let sent = output.sent.text;
    assert!(sent.contains("plain=1") && sent.contains("own=a"), "{sent}");
    assert!(sent.contains("session=[redacted]") && !sent.contains("full="), "{sent}");
    let output = cookies_look(&webtask, cookies_look::Input {}).await.unwrap();
    assert_eq!(names(&output.all), Vec::<&str>::new(), "what one run sets, no other one has");
}

#[tokio::test]
async fn a_cookie_that_cannot_be_is_named() {
    let webtask = builder().build().unwrap();
    for (cookie, why) in [
        (
            json!({ "name": "a", "value": "b" }),
            "cookie `a` has no `domain` and no `url`, and the page has no address that it could be of",
        ),
        (
            json!({ "name": "a", "value": 1, "domain": "x", "secure": 1 }),
            "`secure` of cookie `a` must be a bool, not an int",
        ),
        (
            json!({ "name": "__Host-a", "value": "b", "domain": "x.example" }),
            "the browser refuses the cookie `__Host-a`: ",
        ),
    ] {
        let input = cookies_wrong::Input { cookies: vec![cookie] };
        let error = cookies_wrong(&webtask, input).await.unwrap_err();
        assert!(error.message().starts_with(why), "{error}");
        assert_eq!(error.step().map(|step| step.name), Some("set cookies"));
    }
}
