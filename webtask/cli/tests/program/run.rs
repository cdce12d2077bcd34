//! `webtask run`.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;

use rustix::process::Signal;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{self, Lines, call, catalogue, program, signal, told};

const SAY: &str = r#"task "say"
    input name string required
    input times int default 1
    input tags list default []
    status "hello {{name}}"
    emit half "half done" data { fraction: 0.5, of: "{{times}}" }
    return "{{name}} {{times}}"
end

task "rows"
    return { rows: [{ name: "größe", n: 1 }, { name: "b", n: null }] }
end

task "wait"
    status "waiting"
    wait 60s
end

task "broken"
    status "one"
    fail "nothing is left" code OUT_OF_STOCK
end
"#;

const PAGE: &str = r#"task "shot"
    goto "https://example.com"
    screenshot window
    extract page from "html"
        title text "title"
    end
end

task "page/wait"
    goto "https://example.com"
    status "there"
    wait 60s
end
"#;

fn folder() -> TempDir {
    support::folder(&[("recipes/say.webtask", SAY), ("recipes/seite ä.webtask", PAGE)])
}

#[test]
fn events_go_to_standard_error_and_the_result_to_standard_output() {
    let folder = folder();
    let (code, out, errors) = call(folder.path(), &["run", "say", "-i", "name=Ädä", "-i", "times=3"]);
    assert_eq!((code, out.as_str()), (0, "\"Ädä 3\"\n"));
    assert_eq!(errors, "status: hello Ädä\nhalf: half done {\"fraction\":0.5,\"of\":3}\n");
    let (_, out, errors) =
        call(folder.path(), &["run", "--quiet", "recipes/say.webtask#say", "-i", "name=b"]);
    assert_eq!((out.as_str(), errors.as_str()), ("\"b 1\"\n", ""));
}

#[test]
fn events_are_lines_of_json_for_programs() {
    let folder = folder();
    let (code, out, errors) = call(folder.path(), &["run", "say", "-i", "name=a", "--events", "ndjson"]);
    assert_eq!((code, out.as_str()), (0, "\"a 1\"\n"));
    let events: Vec<Value> = errors.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["status", "half", "done"]);
    assert_eq!(events[1]["data"]["data"]["fraction"], 0.5);
    assert_eq!(events[2]["data"]["data"], "a 1");
    let (code, out, errors) = call(folder.path(), &["run", "broken", "--events", "ndjson"]);
    assert_eq!((code, out.as_str()), (1, ""));
    let last: Value = serde_json::from_str(errors.lines().last().unwrap()).unwrap();
    assert_eq!((&last["event"], &last["data"]["code"]), (&"error".into(), &"OUT_OF_STOCK".into()));
}

#[test]
fn a_run_that_fails_ends_with_1() {
    let folder = folder();
    let (code, out, errors) = call(folder.path(), &["run", "broken"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(errors.starts_with("status: one\nerror: nothing is left (task `broken`, "), "{errors}");
    let (code, _, errors) = call(folder.path(), &["run", "wait", "--timeout", "50ms"]);
    assert_eq!(code, 1);
    assert_eq!(
        errors,
        "status: waiting\nerror: the run was not done within 50ms, the limit of `--timeout`\n"
    );
}

#[test]
fn wrong_inputs_are_told_before_anything_runs() {
    let folder = folder();
    for (arguments, error) in [
        (&["-i", "nmae=a"][..], "error: unknown input `nmae`; did you mean `name`?\n"),
        (&["-i", "name=a", "-i", "times=x"], "error: `-i times=x`: must be a whole number, such as `10`\n"),
        (&[], "error: input `name`: is required (string) (task `say`)\n"),
        (&["--json", "no.json"], "error: cannot read `no.json`: No such file or directory (os error 2)\n"),
    ] {
        let (code, out, errors) = call(folder.path(), &[&["run", "say"], arguments].concat());
        assert_eq!((code, out.as_str(), errors.as_str()), (2, "", error), "{arguments:?}");
    }
    assert_eq!(call(folder.path(), &["run", "say", "--timeout", "soon"]).0, 2);
    let (code, _, errors) = call(folder.path(), &["run", "sya"]);
    assert_eq!(code, 2);
    assert_eq!(errors, "error: no task `sya` in `recipes`; did you mean `say`?\n");
}

#[test]
fn a_broken_recipe_is_told_with_its_caret() {
    let folder = support::folder(&[("a.webtask", "task \"a\"\n    clik \"b\"\nend\n")]);
    let (code, out, errors) = call(folder.path(), &["run", "a.webtask"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(errors.contains("a.webtask:2:5: unknown step `clik`\n") && errors.contains("^^^^"), "{errors}");
}

#[test]
fn inputs_come_as_json_too() {
    let folder = folder();
    let mut child = program(folder.path(), &["run", "say", "--json", "-", "-i", "times=2", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(br#"{"name": "a", "times": 9}"#).unwrap();
    assert_eq!(child.wait_with_output().unwrap().stdout, b"\"a 2\"\n");
}

#[test]
fn results_have_the_form_that_was_asked_for() {
    let folder = folder();
    for (form, text) in [
        ("csv", "name,n\ngröße,1\nb,\n"),
        ("ndjson", "{\"name\":\"größe\",\"n\":1}\n{\"name\":\"b\",\"n\":null}\n"),
        ("table", "name   n\n─────  ─\ngröße  1\nb\n"),
    ] {
        let (code, out, errors) = call(folder.path(), &["run", "rows", "--output", form]);
        assert_eq!((code, out.as_str(), errors.as_str()), (0, text, ""), "{form}");
    }
}

#[test]
fn a_signal_ends_the_run_with_130() {
    let folder = folder();
    for number in [Signal::INT, Signal::TERM] {
        let mut child = program(folder.path(), &["run", "wait"]).stderr(Stdio::piped()).spawn().unwrap();
        Lines::new(child.stderr.as_mut().unwrap()).until("status: waiting");
        signal(&child, number);
        assert_eq!(child.wait().unwrap().code(), Some(130), "{number:?}");
    }
}

#[test]
fn readers_that_leave_do_no_harm() {
    let folder = folder();
    let mut child = program(folder.path(), &["run", "say", "-i", "name=a"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// What a terminal shows of a command, and its exit code.
fn on_terminal(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let terminal = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    let mut command = program(folder, arguments);
    command.stdin(Stdio::null()).stdout(terminal.try_clone().unwrap()).stderr(terminal);
    let mut child = command.spawn().unwrap();
    drop(command);
    let mut shown = Vec::new();
    let mut bytes = [0; 4096];
    let mut master = File::from(master);
    // The end of a terminal is an error.
    while let Ok(read @ 1..) = master.read(&mut bytes) {
        shown.extend_from_slice(&bytes[..read]);
    }
    (child.wait().unwrap().code(), String::from_utf8_lossy(&shown).into_owned())
}

#[test]
fn a_terminal_has_a_line_that_lives() {
    let slow = "task \"slow\"\n    status \"hello\"\n    emit half \"half done\" data { fraction: 0.5 }\n    \
                emit note \"kept\"\n    wait 1s\nend\n";
    let folder = support::folder(&[("slow.webtask", slow)]);
    let (code, shown) = on_terminal(folder.path(), &["run", "slow.webtask"]);
    assert_eq!(code, Some(0), "{shown}");
    for wanted in ["50%", "half done", "note:\u{1b}[0m kept", "✓", "slow in "] {
        assert!(shown.contains(wanted), "{wanted}: {shown:?}");
    }
    // The line is taken back before the result.
    assert!(shown.ends_with("{}\r\n"), "{shown:?}");
    let (_, shown) = on_terminal(folder.path(), &["run", "slow.webtask", "--color", "never"]);
    assert!(shown.contains("note: kept") && !shown.contains("\u{1b}[36m"), "{shown:?}");
    let (_, shown) = on_terminal(folder.path(), &["run", "slow.webtask", "--quiet"]);
    assert_eq!(shown, "{}\r\n");
}

#[test]
fn captured_files_are_saved_or_named_but_never_printed() {
    let folder = folder();
    fs::create_dir(folder.path().join("bilder")).unwrap();
    fs::write(folder.path().join("bilder/window.png"), "mine").unwrap();
    let shot = |more: &[&str]| {
        let arguments = [&["run", "recipes/seite ä.webtask#shot"], more].concat();
        told(&program(folder.path(), &arguments).env("WEBTASK_REPLAY", catalogue("web")).output().unwrap())
    };
    let (code, out, errors) = shot(&["--save", "bilder"]);
    assert_eq!(code, 0, "{errors}");
    let result: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&result["window"], &result["page"]["title"]),
        (&"bilder/window-2.png".into(), &"Example Domain".into())
    );
    assert!(errors.starts_with("saved bilder/window-2.png ("), "{errors}");
    assert!(fs::read(folder.path().join("bilder/window-2.png")).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(fs::read_to_string(folder.path().join("bilder/window.png")).unwrap(), "mine");

    // A file is no folder: nobody can write there.
    let (code, out, errors) = shot(&["--save", "recipes/say.webtask"]);
    assert_eq!(code, 1);
    assert!(errors.contains("error: cannot write `recipes/say.webtask/window.png`: "), "{errors}");
    assert!(out.contains("bytes; not written)"), "{out}");
}

#[test]
fn an_interrupted_run_leaves_no_browser() {
    let folder = folder();
    let temporary = tempfile::tempdir().unwrap();
    let mut child = program(folder.path(), &["run", "page/wait"])
        .env("TMPDIR", temporary.path())
        .env("WEBTASK_REPLAY", catalogue("web"))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = Lines::new(child.stderr.take().unwrap());
    lines.until("status: there");
    assert_ne!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    signal(&child, Signal::INT);
    lines.until("interrupted");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let left: Vec<_> = fs::read_dir(temporary.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(left.is_empty(), "{left:?}");
}
