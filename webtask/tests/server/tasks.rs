//! Tasks without a browser, whose steps a test can hold and watch.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;
use webtask::__rt::{Body, Cx, Dialogs, Inputs, Parts, run};
use webtask::{Error, ErrorKind, Json, Run, Task, Transport, Webtask};

use crate::wire::within;

pub(crate) const BOTH: &[Transport] = &[Transport::Rest, Transport::Sse];

pub(crate) fn all() -> [Task; 14] {
    [
        &PROGRESS,
        &EVERYWHERE,
        &DETACHED,
        &ECHO,
        &GREET,
        &GATED,
        &FLOOD,
        &BURST,
        &FAIL,
        &PANIC,
        &BROKEN,
        &EVENTS,
        &PLAIN,
        &UNREACHABLE,
    ]
    .map(Task::clone)
}

pub(crate) const EVERY: &[Transport] =
    &[Transport::Rest, Transport::Sse, Transport::WebSocket, Transport::Async];

/// The contract's own example, without its browser.
pub(crate) static PROGRESS: Task = Task::new(&parts("streaming/progress", BOTH, |webtask, input| {
    begin(webtask, &PROGRESS, input, |cx, _| {
        Box::pin(async move {
            cx.status("Step 1 of 4 — navigate").await;
            cx.emit("progress", "navigation complete").data(json!({ "fraction": 0.25 })).await;
            cx.status("Step 2 of 4 — pause briefly").await;
            cx.emit("progress", "pause finished").data(json!({ "fraction": 0.5 })).await;
            cx.status("Step 3 of 4 — read title").await;
            cx.emit("progress", "extracted title").data(json!({ "fraction": 0.75 })).await;
            cx.status("Step 4 of 4 — done").await;
            Ok(json!({ "page": { "title": "Example Domain" } }))
        })
    })
}));

/// Gives back its input.
static ECHO: Task = Task::new(&parts("echo", EVERY, |webtask, input| {
    begin(webtask, &ECHO, input, |_, input| Box::pin(async move { Ok(input.into()) }))
}));

/// Has typed inputs.
static GREET: Task = Task::new(&Parts {
    doc: "Greets somebody.",
    input: || json!({ "name": { "type": "string", "required": true, "default": null, "doc": "who" } }),
    accepts: || json!({ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] }),
    output: || json!({ "type": "object" }),
    timeout: Duration::from_millis(1500),
    ..parts("greet", BOTH, |webtask, input| {
        let mut inputs = Inputs::new(input);
        let name = inputs.required::<String>("name", "string");
        let times = inputs.or("times", "int", || 1_i64);
        let (name, times) = inputs.finish(name.zip(times))?;
        let greeting = json!({ "greeting": format!("hello {name}"), "times": times });
        Ok(run(webtask, &GREET, greeting, |_, greeting| Box::pin(async move { Ok(greeting) })).into_json())
    })
});

/// Goes on with each time that its gate is opened.
pub(crate) static GATED: Task =
    Task::new(&parts("gated", BOTH, |webtask, input| gated(webtask, &GATED, input)));

/// The same, in every way in which a task can be called.
static EVERYWHERE: Task =
    Task::new(&parts("everywhere", EVERY, |webtask, input| gated(webtask, &EVERYWHERE, input)));

/// Runs alone only.
static DETACHED: Task = Task::new(&parts("detached", &[Transport::Async], |webtask, input| {
    begin(webtask, &DETACHED, input, |_, _| Box::pin(async move { Ok(json!("alone")) }))
}));

/// A run that emits one event for each time that its gate is opened, three of them.
pub(crate) fn gated(webtask: &Webtask, task: &Task, input: Map<String, Value>) -> Result<Run<Json>, Error> {
    begin(webtask, task, input, |cx, input| {
        Box::pin(async move {
            let gate = Gate::of(&input);
            let _inside = gate.enter();
            for part in 0..3 {
                gate.pass().await;
                cx.emit("part", format!("part {part}")).data(json!(part)).await;
            }
            Ok(json!({ "parts": 3 }))
        })
    })
}

/// Emits without end: with `held` once the gate is open, with `paced` each time that it is opened.
static FLOOD: Task = Task::new(&parts("flood", EVERY, |webtask, input| {
    begin(webtask, &FLOOD, input, |cx, input| {
        Box::pin(async move {
            let gate = Gate::of(&input);
            let _inside = gate.enter();
            if input.contains_key("held") {
                gate.pass().await;
            }
            let water = "~".repeat(FLOOD_SIZE);
            loop {
                if input.contains_key("paced") {
                    gate.pass().await;
                }
                cx.status(water.clone()).await;
                gate.told.fetch_add(1, Ordering::Relaxed);
            }
        })
    })
}));

/// How much each event of the flood carries.
pub(crate) const FLOOD_SIZE: usize = 64 * 1024;

/// Emits ten megabytes without a pause.
static BURST: Task = Task::new(&parts("burst", EVERY, |webtask, input| {
    begin(webtask, &BURST, input, |cx, _| {
        Box::pin(async move {
            for _ in 0..10_000 {
                cx.status("~".repeat(1024)).await;
            }
            Ok(Value::Null)
        })
    })
}));

/// Fails as it is told to.
static FAIL: Task = Task::new(&parts("fail", EVERY, |webtask, input| {
    begin(webtask, &FAIL, input, |_, input| {
        Box::pin(async move {
            let kind = kind(input["kind"].as_str().expect("a kind"));
            Err(Error::new(kind, "it went wrong").with_source(std::io::Error::other("a detail")))?
        })
    })
}));

/// Has a fault in its own Rust.
static PANIC: Task = Task::new(&parts("panic", BOTH, |webtask, input| {
    begin(webtask, &PANIC, input, |cx, input| {
        Box::pin(async move {
            cx.status("so far, so good").await;
            Ok(input["missing"].as_str().expect("a text").into())
        })
    })
}));

/// Does not start, for a reason that is nobody's business.
static BROKEN: Task = Task::new(&parts("broken", BOTH, |_, _| {
    Err(webtask::Error::new(webtask::ErrorKind::Config, "`UNSET_TOKEN` is not set"))
}));

/// Gives events only.
static EVENTS: Task = Task::new(&parts("events-only", &[Transport::Sse], |webtask, input| {
    begin(webtask, &EVENTS, input, |_, _| Box::pin(async move { Ok(Value::Null) }))
}));

/// Gives JSON only.
static PLAIN: Task = Task::new(&parts("json-only", &[Transport::Rest], |webtask, input| {
    begin(webtask, &PLAIN, input, |_, _| Box::pin(async move { Ok(Value::Null) }))
}));

/// Cannot be called by `POST`.
static UNREACHABLE: Task = Task::new(&parts("unreachable", &[Transport::WebSocket], |webtask, input| {
    begin(webtask, &UNREACHABLE, input, |_, _| Box::pin(async move { Ok(Value::Null) }))
}));

/// Waits until a file is there: for a server in another process.
pub(crate) static FILE: Task = Task::new(&parts("file", EVERY, |webtask, input| {
    begin(webtask, &FILE, input, |cx, input| {
        Box::pin(async move {
            cx.status("waiting").await;
            let path = PathBuf::from(input["path"].as_str().expect("a path"));
            while !path.exists() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Ok(json!("found"))
        })
    })
}));

type Start = fn(&Webtask, Map<String, Value>) -> Result<Run<Json>, Error>;

pub(crate) const fn parts(slug: &'static str, transports: &'static [Transport], start: Start) -> Parts {
    Parts {
        slug,
        doc: "",
        pool: "default",
        timeout: Duration::from_secs(300),
        transports,
        dialogs: Dialogs::Dismiss,
        browser: false,
        untrusted: false,
        urls: &[],
        secrets: &[],
        setup: None,
        input: || json!({}),
        accepts: || json!({ "type": "object" }),
        output: || json!({}),
        start,
    }
}

fn begin(
    webtask: &Webtask,
    task: &Task,
    input: Map<String, Value>,
    body: for<'a> fn(&'a Cx, Map<String, Value>) -> Body<'a, Value>,
) -> Result<Run<Json>, Error> {
    Ok(run(webtask, task, input, body).into_json())
}

fn kind(code: &str) -> ErrorKind {
    [
        ErrorKind::InvalidInput,
        ErrorKind::UnknownTask,
        ErrorKind::PoolBusy,
        ErrorKind::StepFailed,
        ErrorKind::NavigationFailed,
        ErrorKind::UrlNotAllowed,
        ErrorKind::BrowserLost,
        ErrorKind::Timeout,
        ErrorKind::Cancelled,
        ErrorKind::Internal,
    ]
    .into_iter()
    .find(|kind| kind.code() == code)
    .unwrap_or_else(|| panic!("no kind `{code}`"))
}

/// What a test holds over a run: found by the name that both know.
#[derive(Debug)]
pub(crate) struct Gate {
    pub(crate) name: &'static str,
    open: Semaphore,
    entered: Semaphore,
    left: Semaphore,
    /// How many events were told.
    pub(crate) told: AtomicUsize,
    /// How many runs are inside.
    pub(crate) inside: AtomicUsize,
}

static GATES: LazyLock<Mutex<HashMap<&'static str, Arc<Gate>>>> = LazyLock::new(Mutex::default);

impl Gate {
    /// A gate of that name, closed; each test has its own.
    pub(crate) fn new(name: &'static str) -> Arc<Self> {
        let none = || Semaphore::new(0);
        let gate = Arc::new(Self {
            name,
            open: none(),
            entered: none(),
            left: none(),
            told: AtomicUsize::new(0),
            inside: AtomicUsize::new(0),
        });
        assert!(GATES.lock().expect("whole").insert(name, gate.clone()).is_none(), "two gates `{name}`");
        gate
    }

    /// The input that leads to it.
    pub(crate) fn input(&self) -> Value {
        json!({ "gate": self.name })
    }

    fn of(input: &Map<String, Value>) -> Arc<Self> {
        GATES.lock().expect("whole")[input["gate"].as_str().expect("a gate's name")].clone()
    }

    /// Lets the run go one step on.
    pub(crate) fn open(&self) {
        self.open.add_permits(1);
    }

    /// Waits until a run has begun.
    pub(crate) async fn entered(&self) {
        within(self.entered.acquire()).await.expect("open").forget();
    }

    /// Waits until a run is gone, however it ended.
    pub(crate) async fn left(&self) {
        within(self.left.acquire()).await.expect("open").forget();
    }

    async fn pass(&self) {
        self.open.acquire().await.expect("open").forget();
    }

    fn enter(self: &Arc<Self>) -> Inside {
        self.inside.fetch_add(1, Ordering::SeqCst);
        self.entered.add_permits(1);
        Inside(self.clone())
    }
}

/// A run inside; says so when it is dropped.
struct Inside(Arc<Gate>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::SeqCst);
        self.0.left.add_permits(1);
    }
}
