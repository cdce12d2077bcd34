//! `webtask serve`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::support::{self, Lines, call, program, signal};

/// A task `say` that gives a text.
fn say(text: &str) -> String {
    format!("task \"say\"\n    return \"{text}\"\nend\n")
}

const HELD: &str = "task \"held\"\n    transport rest, sse\n    status \"begun\"\n    wait 60s\nend\n";

/// A server of a folder's recipes.
struct Server {
    child: Child,
    address: SocketAddr,
    errors: Lines<ChildStderr>,
    folder: TempDir,
}

impl Server {
    fn start(files: &[(&str, &str)], more: &[&str]) -> Self {
        let folder = support::folder(files);
        let arguments = [&["serve", "--address", "127.0.0.1:0"], more].concat();
        let mut child =
            program(folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let line = Lines::new(child.stdout.take().unwrap()).until("listening on http://");
        let address = line.trim_start_matches("listening on http://").parse().unwrap();
        let errors = Lines::new(child.stderr.take().unwrap());
        Self { child, address, errors, folder }
    }

    /// The answer to a call of a task.
    fn call(&self, slug: &str) -> String {
        let mut answer = String::new();
        open(self.address, slug, "application/json").read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        body.to_owned()
    }

    /// The events of a call of a task.
    fn stream(&self, slug: &str) -> Lines<TcpStream> {
        Lines::new(open(self.address, slug, "text/event-stream"))
    }

    /// Calls `say` until it gives that; how long that took.
    fn until(&self, text: &str) -> Duration {
        let begun = Instant::now();
        let wanted = format!(r#"{{"ok":true,"data":"{text}"}}"#);
        loop {
            let answer = self.call("say");
            assert!(answer.starts_with(r#"{"ok":true,"#), "the service is broken: {answer}");
            if answer == wanted {
                return begun.elapsed();
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "no `{text}`, but {answer}");
            std::thread::yield_now();
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn end(mut self) -> Option<i32> {
        signal(&self.child, Signal::TERM);
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn open(address: SocketAddr, slug: &str, accept: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let head =
        format!("POST /tasks/{slug} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nConnection: close");
    stream.write_all(format!("{head}\r\nContent-Length: 2\r\n\r\n{{}}").as_bytes()).unwrap();
    stream
}

#[test]
fn a_saved_recipe_is_served_by_the_next_call() {
    let server = Server::start(&[("recipes/größe 1.webtask", &say("one"))], &["--watch"]);
    server.until("one");
    let file = server.path().join("recipes/größe 1.webtask");

    // In place.
    fs::write(&file, say("two").replace('\n', "\r\n")).unwrap();
    let took = server.until("two");
    println!("served {took:?} after it was saved");

    // As many editors do: written beside it, and renamed.
    fs::write(server.path().join("recipes/.größe 1.swp"), say("three")).unwrap();
    fs::rename(server.path().join("recipes/.größe 1.swp"), &file).unwrap();
    server.until("three");

    // Moved away first.
    fs::rename(&file, server.path().join("recipes/größe 1.webtask~")).unwrap();
    fs::write(&file, say("four")).unwrap();
    server.until("four");

    // Emptied first, and in two parts.
    let mut parts = fs::File::create(&file).unwrap();
    let text = say("five");
    parts.write_all(&text.as_bytes()[..20]).unwrap();
    parts.write_all(&text.as_bytes()[20..]).unwrap();
    server.until("five");

    // Twice at once.
    fs::write(&file, say("six")).unwrap();
    fs::write(&file, say("seven")).unwrap();
    server.until("seven");

    // As often as can be, while callers call.
    std::thread::scope(|scope| {
        scope.spawn(|| (0..=500).for_each(|n| fs::write(&file, say(&format!("version {n}"))).unwrap()));
        server.until("version 500");
    });

    // In a new folder.
    fs::create_dir_all(server.path().join("recipes/a/b")).unwrap();
    fs::write(server.path().join("recipes/a/b/new.webtask"), say("new").replace("\"say\"", "\"new\""))
        .unwrap();
    while !server.call("new").contains(r#""data":"new""#) {
        std::thread::yield_now();
    }
    assert_eq!(server.end(), Some(0));
}

#[test]
fn a_broken_recipe_is_told_and_the_last_good_version_stays() {
    let mut server = Server::start(&[("recipes/say.webtask", &say("one"))], &["--watch"]);
    let file = server.path().join("recipes/say.webtask");
    server.until("one");

    fs::write(&file, "task \"say\"\n    clik \"a\"\nend\n").unwrap();
    server.errors.until("say.webtask:2:5: unknown step `clik`");
    server.errors.until("^^^^");
    server.errors.until("the last good version stays in service");
    assert_eq!(server.call("say"), r#"{"ok":true,"data":"one"}"#);

    // A slug that two files have.
    fs::write(&file, say("two")).unwrap();
    server.until("two");
    fs::write(server.path().join("recipes/zwei.webtask"), say("three")).unwrap();
    server.errors.until("zwei.webtask:1:6:");
    server.errors.until("the last good version stays in service");
    fs::remove_file(server.path().join("recipes/zwei.webtask")).unwrap();
    server.errors.until("now in service");
    assert_eq!(server.call("say"), r#"{"ok":true,"data":"two"}"#);

    // What the recipes need and the settings do not give.
    fs::write(&file, "task \"say\"\n    secret nobody_has\n    return \"{{nobody_has}}\"\nend\n").unwrap();
    server.errors.until("nobody_has");
    assert_eq!(server.call("say"), r#"{"ok":true,"data":"two"}"#);

    // The folder vanishes, and is there again.
    fs::rename(server.path().join("recipes"), server.path().join("elsewhere")).unwrap();
    server.errors.until("the last good version stays in service");
    assert_eq!(server.call("say"), r#"{"ok":true,"data":"two"}"#);
    fs::create_dir(server.path().join("recipes")).unwrap();
    fs::write(&file, say("four")).unwrap();
    server.until("four");
    fs::write(&file, say("five")).unwrap();
    server.until("five");
}

#[test]
fn runs_finish_with_what_they_began_with() {
    let server = Server::start(
        &[("recipes/say.webtask", &say("one")), ("recipes/slow.webtask", &HELD.replace("60s", "600ms"))],
        &["--watch"],
    );
    let mut running = server.stream("held");
    running.until("begun");
    fs::remove_file(server.path().join("recipes/slow.webtask")).unwrap();
    while !server.call("held").contains("UNKNOWN_TASK") {
        std::thread::yield_now();
    }
    running.until("event: done");
}

#[test]
fn a_second_signal_ends_the_runs() {
    let mut server = Server::start(&[("recipes/held.webtask", HELD)], &["--no-watch"]);
    let mut running = server.stream("held");
    running.until("begun");
    signal(&server.child, Signal::INT);
    server.errors.until("no new work from now on");
    signal(&server.child, Signal::INT);
    running.until("event: error");
    assert_eq!(server.child.wait().unwrap().code(), Some(130));
}

#[test]
fn settings_come_from_the_file_beside_the_recipes() {
    let toml = "[server]\ncompress = 3\n";
    let folder = support::folder(&[("recipes/say.webtask", &say("one")), ("webtask.toml", toml)]);
    let (code, _, errors) = call(folder.path(), &["serve"]);
    assert_eq!(code, 2);
    assert!(errors.contains("webtask.toml:2:1: "), "{errors}");
    let (code, _, errors) = call(folder.path(), &["serve", "no/folder"]);
    assert_eq!(code, 2);
    assert!(errors.contains("cannot read `no/folder`"), "{errors}");
}

#[test]
fn an_address_that_is_taken_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = support::folder(&[("recipes/say.webtask", &say("one"))]);
    let (code, out, errors) = call(folder.path(), &["serve", "--address", &address]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(errors.contains("is taken by another program"), "{errors}");
}
