//! `webtask fmt`: lays recipe files out in their one way.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use webtask_grammar::{Source, format};

use crate::{Outcome, out, recipes, style};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask fmt                   format every recipe below this folder
  webtask fmt --check recipes   name the files that are not formatted
  webtask fmt - < a.webtask     format standard input")]
pub(crate) struct Fmt {
    /// Change nothing; name the files that would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Files, and folders with `.webtask` files; `-` is standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
}

pub(crate) fn run(command: &Fmt) -> Outcome {
    command.paths.iter().map(|path| visit(path, command.check)).max().unwrap_or(Outcome::Done)
}

/// Formats a file, or each one below a folder.
fn visit(path: &Path, check: bool) -> Outcome {
    if path == Path::new("-") {
        let mut text = String::new();
        return match io::stdin().read_to_string(&mut text) {
            Ok(_) => file("standard input", &text, check, out::print),
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
    match recipes::entries(path) {
        Ok(below) => below.iter().map(|path| visit(path, check)).max().unwrap_or(Outcome::Done),
        Err(error) => failed(&name, &error),
    }
}

/// Formats one text, and writes it unless it is only checked.
fn file(name: &str, text: &str, check: bool, write: impl FnOnce(&str) -> io::Result<()>) -> Outcome {
    let source = Source::new(name, text);
    match format(&source) {
        Ok(new) if check && new != text => {
            let written = out::print(&format!("{name}\n"));
            written.map_or_else(|error| failed("standard output", &error), |()| Outcome::Failed)
        }
        Ok(_) if check => Outcome::Done,
        Ok(new) => write(&new).map_or_else(|error| failed(name, &error), |()| Outcome::Done),
        Err(problems) => {
            for problem in &problems {
                out::error(&format!("{}\n", style::report(&source.report(problem), style::on_stderr())));
            }
            Outcome::Broken
        }
    }
}

fn failed(name: &str, error: &io::Error) -> Outcome {
    out::error(&format!("`{name}`: {error}"));
    Outcome::Broken
}
