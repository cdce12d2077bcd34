//! `webtask check`: every mistake in recipes, and what may be one.

mod forms;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use webtask::{Location, Mistake};

use crate::{Outcome, out, recipes, style};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask check                               every recipe below recipes/, or below this folder
  webtask check shop.webtask more/            a file and a folder
  webtask check --format github               annotations in a GitHub workflow
  webtask check --format sarif > check.sarif  for code scanning

Exit codes: 0 no mistakes (there may be warnings), 1 mistakes, 2 wrong usage.")]
pub(crate) struct Check {
    /// Files or folders [default: recipes/, or else this folder]
    paths: Vec<PathBuf>,
    /// The form: text, json, sarif or github
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true)]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Sarif,
    Github,
}

/// A mistake, or what may be one.
struct Finding {
    is_error: bool,
    location: Option<Location>,
    message: String,
    help: Option<String>,
    /// As a person reads it.
    report: String,
}

pub(crate) fn run(command: &Check) -> Outcome {
    let paths = recipes::paths(&command.paths);
    if let Some(missing) = paths.iter().find(|path| !path.exists()) {
        out::error(&format!("cannot read `{}`: no such file or folder", missing.display()));
        return Outcome::Broken;
    }
    let mut findings = Vec::new();
    let mut tasks = 0;
    for path in &paths {
        tasks += look(path, &mut findings);
    }
    let written = match command.format {
        Form::Text => {
            text(&findings, tasks);
            Outcome::Done
        }
        Form::Json => out::finish(&forms::json(&findings)),
        Form::Sarif => out::finish(&forms::sarif(&findings)),
        Form::Github => out::finish(&forms::github(&findings)),
    };
    let found = if findings.iter().any(|finding| finding.is_error) { Outcome::Failed } else { Outcome::Done };
    written.max(found)
}

/// Adds what is wrong there; how many tasks there are if nothing is.
fn look(path: &Path, findings: &mut Vec<Finding>) -> usize {
    match recipes::load(path) {
        Ok(found) => {
            // Of a file that needs others, only its own warnings count.
            let file = path.is_file().then(|| path.display().to_string().trim_start_matches("./").to_owned());
            let warnings = found.warnings().iter().map(|warning| Finding::new(warning, false));
            let is_here = |finding: &Finding| match (&file, &finding.location) {
                (Some(file), Some(location)) => location.file == *file,
                _ => true,
            };
            findings.extend(warnings.filter(is_here));
            recipes::own(path, &found).len()
        }
        Err(mistakes) => {
            findings.extend(mistakes.iter().map(|mistake| Finding::new(mistake, true)));
            0
        }
    }
}

fn text(findings: &[Finding], tasks: usize) {
    let on = style::on_stderr();
    for finding in findings {
        if finding.is_error {
            out::error(&format!("{}\n", style::report(&finding.report, on)));
        } else {
            out::note(&format!("{} {}", style::paint("warning:", style::WARNING, on), finding.report));
        }
    }
    let errors = findings.iter().filter(|finding| finding.is_error).count();
    out::note(&match errors {
        0 => format!("{tasks} {} without mistakes", plural(tasks, "task")),
        errors => format!("{errors} {}", plural(errors, "mistake")),
    });
}

fn plural(count: usize, one: &str) -> String {
    if count == 1 { one.to_owned() } else { format!("{one}s") }
}

impl Finding {
    fn new(mistake: &Mistake, is_error: bool) -> Self {
        Self {
            is_error,
            location: mistake.location().cloned().map(|mut location| {
                location.file = location.file.trim_start_matches("./").to_owned();
                location
            }),
            message: mistake.message().to_owned(),
            help: mistake.help().map(str::to_owned),
            report: mistake.to_string(),
        }
    }
}
