//! What the README shows of the program is what the program does.

use std::fs::{self, File};
use std::io::Read as _;
use std::process::Stdio;

use crate::support::{Lines, catalogue, folder, program, signal};
use rustix::process::Signal;

const README: &str = include_str!("../../../../README.md");

/// What the README shows below that command, to the next one or the end of the block.
fn shown(command: &str) -> String {
    let (_, below) = README.split_once(&format!("$ {command}\n")).expect("the README shows the command");
    let lines = below.lines().take_while(|line| !line.starts_with("$ ") && *line != "```");
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n"
}

/// A folder with the recipe of the README.
fn recipe() -> tempfile::TempDir {
    let recipe = fs::read_to_string(catalogue("recipes/streaming/progress.webtask")).unwrap();
    folder(&[("progress.webtask", &recipe)])
}

#[test]
fn run_prints_what_the_readme_shows() {
    let folder = recipe();
    let mut both = tempfile::tempfile().unwrap();
    let mut command = program(folder.path(), &["run", "progress.webtask"]);
    // As on a terminal, one after the other.
    let share = |file: &File| Stdio::from(file.try_clone().unwrap());
    command.env("WEBTASK_REPLAY", catalogue("web")).stdout(share(&both)).stderr(share(&both));
    assert!(command.status().unwrap().success());
    let mut text = String::new();
    std::io::Seek::rewind(&mut both).unwrap();
    both.read_to_string(&mut text).unwrap();
    assert_eq!(text, shown("webtask run progress.webtask"));
}

#[test]
fn serve_prints_what_the_readme_shows() {
    let folder = recipe();
    // Any free port in place of the default one.
    let mut child =
        program(folder.path(), &["serve", "progress.webtask", "--watch", "--address", "127.0.0.1:0"])
            .env("WEBTASK_REPLAY", catalogue("web"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
    let note = Lines::new(child.stderr.take().unwrap()).until("progress.webtask");
    let line = Lines::new(child.stdout.take().unwrap()).until("listening on ");
    let port = line.rsplit(':').next().unwrap();
    let text = format!("{note}\n{}\n", line.replace(port, "8765"));
    signal(&child, Signal::TERM);
    assert!(child.wait().unwrap().success());
    assert_eq!(text, shown("webtask serve progress.webtask --watch"));
}
