//! The program `webtask`: lays recipe files out in their one way.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use webtask_grammar::{Source, format};

/// Works on recipe files.
#[derive(Parser)]
#[command(name = "webtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lays recipe files out in their one way.
    Fmt {
        /// Changes nothing; names the files that would change, and ends with 1 when there are any.
        #[arg(long)]
        check: bool,
        /// Files, and folders with `.webtask` files below them; `-` is standard input.
        #[arg(default_value = ".")]
        paths: Vec<PathBuf>,
    },
}

/// How it went, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Good,
    /// A file is laid out otherwise.
    Differs,
    /// A file cannot be read, written or understood.
    Failed,
}

fn main() -> ExitCode {
    let Command::Fmt { check, paths } = Arguments::parse().command;
    let outcome = paths.iter().map(|path| visit(path, check)).max().unwrap_or(Outcome::Good);
    ExitCode::from(outcome as u8)
}

/// Formats a file, or each one below a folder.
fn visit(path: &Path, check: bool) -> Outcome {
    if path == Path::new("-") {
        let mut text = String::new();
        return match io::stdin().read_to_string(&mut text) {
            Ok(_) => file("standard input", &text, check, |new| io::stdout().write_all(new.as_bytes())),
            Err(error) => failed("standard input", &error),
        };
    }
    let name = path.display().to_string();
    if !path.is_dir() {
        return match fs::read_to_string(path) {
            Ok(text) => {
                file(&name, &text, check, |new| if new == text { Ok(()) } else { fs::write(path, new) })
            }
            Err(error) => failed(&name, &error),
        };
    }
    let mut below = match fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect::<Vec<_>>(),
        Err(error) => return failed(&name, &error),
    };
    below.sort();
    let is_recipe = |path: &Path| path.extension().is_some_and(|extension| extension == "webtask");
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    below
        .iter()
        .filter(|path| if path.is_dir() { !path.is_symlink() && !hidden(path) } else { is_recipe(path) })
        .map(|path| visit(path, check))
        .max()
        .unwrap_or(Outcome::Good)
}

/// Formats one text, and writes it unless it is only checked.
fn file(name: &str, text: &str, check: bool, write: impl FnOnce(&str) -> io::Result<()>) -> Outcome {
    let source = Source::new(name, text);
    match format(&source) {
        Ok(new) if check && new != text => {
            println!("{name}");
            Outcome::Differs
        }
        Ok(_) if check => Outcome::Good,
        Ok(new) => write(&new).map_or_else(|error| failed(name, &error), |()| Outcome::Good),
        Err(problems) => {
            for problem in &problems {
                eprintln!("{}\n", source.report(problem));
            }
            Outcome::Failed
        }
    }
}

fn failed(name: &str, error: &io::Error) -> Outcome {
    eprintln!("`{name}`: {error}");
    Outcome::Failed
}
