//! Secrets that come back from pages and servers: in no log, no error and no name of a file.

use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use webtask::{ErrorKind, Pool, webtask};

use crate::outside::{Names, Outside};
use crate::support::site::{Answer, Site};
use crate::support::{self, builder};

webtask! {
    /// Opens a page whose address is a secret, and writes what it says.
    task "secret/keeps" {
        secret hidden;
        secret place;
        goto "http://{{place}}/said?a={{hidden}}";
        extract page from "html" { title text "title"; }
        save html path "{{page.title}}.html";
        screenshot shot path "shots/{{page.title}}.png";
        js texts "return { [`${document.title}.txt`]: 'text' }";
        write files written root "." files "{{texts}}";
        export json data ["{{page.title}}"] path "{{page.title}}.json";
    }

    /// Asks a server whose address is a secret, and none answers.
    task "secret/asks" {
        secret hidden;
        secret place;
        http GET answer url "http://{{place}}:1/{{hidden}}";
    }

    /// Opens a page there.
    task "secret/opens" {
        secret hidden;
        secret place;
        goto "http://{{place}}:1/{{hidden}}";
    }
}

const HIDDEN: &str = "hunter-of-2";
const PLACE: &str = "hidden-place.test";

/// Keeps all that is logged.
struct Log;

static LOGGED: Mutex<String> = Mutex::new(String::new());

fn logged() -> std::sync::MutexGuard<'static, String> {
    LOGGED.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut log = logged();
        let _ = write!(log, "\n{}", span.metadata().name());
        span.record(&mut Fields(&mut log));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut logged()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut log = logged();
        // What other crates log of their own work is not ours to clean.
        if event.metadata().target().starts_with("webtask") {
            let _ = write!(log, "\n{}", event.metadata().target());
            event.record(&mut Fields(&mut log));
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_in_no_log_and_no_name_of_a_file() {
    let _ = tracing::subscriber::set_global_default(Log);
    let site = Site::start().await;
    site.answer("/said", Answer::html(&format!("<title>a {HIDDEN} b</title>")));
    let outside = Outside::start(site.address()).await;
    let folder = tempfile::tempdir().unwrap();
    // It says on its standard error what a page has made of it, as Chromium itself does.
    let says = support::script(folder.path());
    let text = std::fs::read_to_string(&says).unwrap();
    let line = format!("echo 'ERROR: {HIDDEN} http://{PLACE}/ https:\\/\\/a\\/{HIDDEN}' >&2\n");
    std::fs::write(&says, text.replacen('\n', &format!("\n{line}"), 1)).unwrap();
    let secrets = || builder().browser(&says).secret("hidden", HIDDEN).secret("place", PLACE);
    // Through a proxy, so that ours is passed too.
    let webtask = secrets()
        .resolver(Names::default())
        .files(folder.path())
        .pool(Pool::new("default").proxy(outside.url()))
        .build()
        .unwrap();
    let output = secret_keeps(&webtask, secret_keeps::Input {}).await.unwrap();
    assert_eq!(output.page.title, "a [redacted] b");
    let mut names: Vec<_> = ["", "shots"]
        .iter()
        .flat_map(|below| std::fs::read_dir(folder.path().join(below)).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let name = |extension: &str| format!("a [redacted] b.{extension}");
    names.retain(|name| name != "browser");
    assert_eq!(names, [name("html"), name("json"), name("png"), name("txt"), "shots".into()]);
    webtask.close().await.unwrap();

    let webtask = secrets().pool(Pool::new("default").allow_private(true)).build().unwrap();
    for error in [
        secret_asks(&webtask, secret_asks::Input {}).await.unwrap_err(),
        secret_opens(&webtask, secret_opens::Input {}).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::NavigationFailed);
        assert!(
            error.message().starts_with("`http://[redacted]:1/[redacted]` cannot be reached: "),
            "{error}"
        );
        assert!(!format!("{error:?}").contains(PLACE), "{error:?}");
    }
    webtask.close().await.unwrap();

    let log = logged().clone();
    assert!(log.contains("webtask"), "something is logged: {log}");
    assert!(log.contains("ERROR: [redacted] http://[redacted]/"), "what the browser says is logged: {log}");
    for secret in [HIDDEN, PLACE] {
        let found = log.lines().find(|line| line.contains(secret));
        assert_eq!(found, None);
    }
}
