//! What pages of other origins may do, in Chromium: one that is allowed, one that is not, and one that reaches the server
//! by a name of its own.

use serde_json::json;
use webtask::Webtask;

use crate::Running;
use crate::clients::visit;
use crate::tasks::Gate;
use crate::wire::{ask, within};

/// A page of an allowed origin calls, reads what it may, and follows the run of somebody else.
const ALLOWED: &str = r#"
const [home, run] = arguments;
const answer = await fetch(home + "/tasks/echo", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": "page" },
    body: JSON.stringify({ a: 1 }),
});
const unknown = await fetch(home + "/tasks/no", { method: "POST" });
const ended = await new Promise(done => {
    const source = new EventSource(home + run);
    source.addEventListener("done", event => { source.close(); done(event.lastEventId + " " + event.data); });
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) done("refused"); };
});
return [
    answer.status + " " + await answer.text(),
    String(/^\/runs\/[0-9a-f]{32}$/.test(answer.headers.get("location"))),
    unknown.status + " " + (await unknown.json()).error.code,
    ended,
];
"#;

/// A page asks every route, in whatever way a page can, and tells what it could read of the answers.
const EVERY: &str = r#"
const [home, run] = arguments;
const seen = [];
for (const [method, path] of [
    ["GET", "/tasks"], ["GET", "/tasks/echo"], ["POST", "/tasks/echo"], ["GET", run], ["DELETE", run], ["GET", "/health"],
    ["GET", "/metrics"], ["GET", "/openapi.json"], ["GET", "/files"], ["GET", "/livez"], ["GET", "/readyz"],
]) {
    const told = await fetch(home + path, { method }).then(
        async answer => answer.status + " " + ((await answer.json()).error?.code ?? "read"),
        () => "nothing",
    );
    seen.push(method + " " + path.replace(run, "/runs/ID") + ": " + told);
    // Without asking first, and without reading.
    if (method !== "DELETE") await fetch(home + path, { method, mode: "no-cors" }).catch(() => {});
}
const source = await new Promise(done => {
    const source = new EventSource(home + run);
    source.onopen = () => done("open");
    source.onerror = () => done(source.readyState === EventSource.CLOSED ? "refused" : "again");
});
const web = await new Promise(done => {
    const web = new WebSocket(home.replace("http:", "ws:") + "/tasks/everywhere");
    web.onopen = () => done("open");
    web.onclose = () => done("refused");
});
return [...seen, "events: " + source, "socket: " + web];
"#;

#[tokio::test]
async fn a_page_may_call_from_an_allowed_origin_alone() {
    let (app, evil) = (Running::new().await, Running::new().await);
    let folder = tempfile::tempdir().expect("a folder");
    let server = Running::with(|server| {
        server.allow_origin(format!("http://{}", app.address)).files("files", folder.path())
    })
    .await;
    let webtask = Webtask::builder().sandbox(false).build().expect("good settings");
    let gate = Gate::new("allowed page");
    let run = crate::runs::begin(&server, &gate).await;
    let port = server.address.port();
    let arguments = |host: &str| [json!(format!("http://{host}:{port}")), json!(run)];

    // Of another origin: it learns nothing, of the probes neither.
    let page = format!("http://{}/livez", evil.address);
    let seen: Vec<String> = within(visit(&webtask, page, EVERY, &arguments("127.0.0.1"))).await;
    assert_eq!(seen.len(), 13);
    for line in seen {
        assert!(line.ends_with(": nothing") || line.ends_with(": refused"), "{line}");
    }

    // Of a name that its owner lets point here, so that to the browser it is the same origin: the probes alone answer.
    let page = format!("http://evil.localhost:{port}/livez");
    let seen: Vec<String> = within(visit(&webtask, page, EVERY, &arguments("evil.localhost"))).await;
    assert_eq!(seen.len(), 13);
    for line in seen {
        let good = match line.split_once(": ").expect("a line") {
            ("GET /livez" | "GET /readyz", told) => told == "200 read",
            ("events" | "socket", told) => told == "refused",
            (_, told) => told == "403 FORBIDDEN_HOST",
        };
        assert!(good, "{line}");
    }

    // Nothing came of either: no run but the one that goes on, which nobody has cancelled.
    let metrics = ask(server.address, "GET /metrics", &[], "").await.body;
    assert!(metrics.lines().any(|line| line == "webtask_runs_running 1"), "{metrics}");
    assert!(!metrics.contains("webtask_runs_total{"), "{metrics}");

    for _ in 0..3 {
        gate.open();
    }
    let page = format!("http://{}/livez", app.address);
    let seen: [String; 4] = within(visit(&webtask, page, ALLOWED, &arguments("127.0.0.1"))).await;
    assert_eq!(
        seen,
        [
            r#"200 {"ok":true,"data":{"a":1}}"#,
            "true",
            "404 UNKNOWN_TASK",
            r#"4 {"ok":true,"data":{"parts":3}}"#
        ]
    );
    webtask.close().await.expect("closed");
    for server in [server, app, evil] {
        server.end().await;
    }
}

/// A page loads a file of the server in every way that asks nobody first, and tells what came.
const EMBEDS: &str = r#"
const [home] = arguments;
const element = (name, source) => new Promise(done => {
    const made = document.createElement(name);
    made.onload = () => done(name + ": " + (globalThis.marked ?? "loaded"));
    made.onerror = () => done(name + ": nothing");
    made[name === "link" ? "href" : "src"] = source;
    if (name === "link") made.rel = "stylesheet";
    document.body.append(made);
});
return [
    await element("script", home + "/files/mark.js"),
    await element("img", home + "/files/mark.svg"),
    await element("link", home + "/files/mark.css"),
];
"#;

#[tokio::test]
async fn a_page_of_another_port_loads_no_file() {
    let other = Running::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mark.js"), "globalThis.marked = 'marked'").expect("written");
    std::fs::write(folder.path().join("mark.css"), "p { color: red }").expect("written");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
    std::fs::write(folder.path().join("mark.svg"), svg).expect("written");
    let server = Running::with(|server| server.files("files", folder.path())).await;
    let webtask = Webtask::builder().sandbox(false).build().expect("good settings");
    let home = format!("http://localhost:{}", server.address.port());
    // To a browser it is of the same site.
    let page = format!("http://localhost:{}/livez", other.address.port());
    let seen: Vec<String> = within(visit(&webtask, page, EMBEDS, &[json!(home)])).await;
    assert_eq!(seen, ["script: nothing", "img: nothing", "link: nothing"]);
    // The server's own pages do.
    let seen: Vec<String> = within(visit(&webtask, format!("{home}/livez"), EMBEDS, &[json!(home)])).await;
    assert_eq!(seen, ["script: marked", "img: marked", "link: marked"]);
    webtask.close().await.expect("closed");
    for server in [server, other] {
        server.end().await;
    }
}
