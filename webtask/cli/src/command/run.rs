//! `webtask run`: one run of one task.

pub(super) mod files;
mod input;
mod output;
mod progress;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use tracing::level_filters::LevelFilter;
use webtask::{Error, ErrorKind, Event, Json, Run as Running, Webtask};

use self::files::Files;
use self::output::Form;
use self::progress::Progress;
use crate::common::Common;
use crate::recipes::Found;
use crate::settings::Settings;
use crate::signals::{self, Signals};
use crate::{Outcome, log, out, recipes, style};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask run shop/price -i name=lamp                    a task below recipes/, or below this folder
  webtask run shop.webtask#shop/price -i name=lamp       a task of a file
  echo '{\"name\":\"lamp\"}' | webtask run shop/price --json -
  webtask run shop/price -i name=lamp --output csv > prices.csv
  webtask run shop/picture --save pictures               write what it captures
  webtask run shop/price -i tags=new -i tags=cheap       a list

Progress goes to standard error, the result to standard output.

Exit codes: 0 done, 1 the run failed, 2 wrong usage, input or settings, or a broken recipe, 130 interrupted.")]
pub(crate) struct Run {
    /// SLUG, FILE or FILE#SLUG
    #[arg(value_name = "TASK")]
    task: String,
    /// An input; an input that is a list takes several, or JSON
    #[arg(long = "input", short, value_name = "NAME=VALUE")]
    inputs: Vec<String>,
    /// All inputs as a JSON object, from a file or, with `-`, from standard input; `-i` takes precedence
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// End the run after this time, such as 30s
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    timeout: Option<Duration>,
    /// Print each event on standard error as a line of JSON: ndjson
    #[arg(long, value_enum, value_name = "FORM", hide_possible_values = true)]
    events: Option<Events>,
    /// The form of the result: json, ndjson, csv or table
    #[arg(long, value_enum, value_name = "FORM", default_value = "json", hide_possible_values = true)]
    output: Form,
    /// Write captured files into this folder; existing files are kept
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Events {
    Ndjson,
}

/// How a run ended.
enum Ended {
    Done(Json),
    Failed(Error),
    TimedOut(Duration),
    Interrupted,
}

pub(crate) fn run(command: &Run, common: &Common) -> Outcome {
    log::start(common, LevelFilter::OFF);
    let (found, run, webtask) = match prepare(command) {
        Ok(prepared) => prepared,
        Err(outcome) => return outcome,
    };
    let mut progress = Progress::new(found.task.slug(), command.events.is_some());
    signals::block_on(async |mut signals| {
        let ended = drive(run, command.timeout, &mut progress, &mut signals).await;
        if matches!(ended, Ended::Interrupted) {
            progress.interrupted();
        }
        // Nobody waits for the browser's end to see the result.
        let outcome = finish(command, ended, &mut progress);
        match signals.unless(webtask.close()).await {
            Err(error) if outcome == Outcome::Done => out::wrong(&error.to_string(), Outcome::Failed),
            _ => outcome,
        }
    })
}

/// The task, a run of it that has not begun, and what it runs with.
fn prepare(command: &Run) -> Result<(Found, Running<Json>, Webtask), Outcome> {
    let found = recipes::find(&command.task)?;
    let task = &found.task;
    let given = match input::read(task, &command.inputs, command.json.as_deref()) {
        Ok(given) => given,
        Err(faults) => {
            for fault in faults {
                out::wrong(&fault, Outcome::Broken);
            }
            return Err(Outcome::Broken);
        }
    };
    let webtask = command.settings.builder(&found.path).require([task.clone()]).build();
    let webtask = webtask.map_err(|error| out::wrong(&error.to_string(), Outcome::Broken))?;
    match task.start(&webtask, given) {
        Ok(run) => Ok((found, run, webtask)),
        Err(error) => {
            failed(&error);
            Err(Outcome::Broken)
        }
    }
}

/// Reads the events of a run to its end.
async fn drive(
    mut run: Running<Json>,
    limit: Option<Duration>,
    progress: &mut Progress,
    signals: &mut Signals,
) -> Ended {
    let over = async {
        match limit {
            Some(limit) => {
                tokio::time::sleep(limit).await;
                limit
            }
            None => std::future::pending().await,
        }
    };
    let events = async {
        loop {
            match run.next().await {
                Some(Event::Done(result)) => return Ended::Done(result),
                Some(Event::Failed(error)) => return Ended::Failed(error),
                Some(event) => progress.show(&event),
                None => return Ended::Failed(Error::new(ErrorKind::Internal, "the run has no end")),
            }
        }
    };
    tokio::select! {
        biased;
        () = signals.next() => Ended::Interrupted,
        ended = events => ended,
        limit = over => Ended::TimedOut(limit),
    }
}

/// Shows how it ended.
fn finish(command: &Run, ended: Ended, progress: &mut Progress) -> Outcome {
    let result = match ended {
        Ended::Done(result) => result,
        Ended::Interrupted => return Outcome::Interrupted,
        Ended::TimedOut(limit) => {
            let message = format!("the run was not done within {limit:?}, the limit of `--timeout`");
            progress.end("error", || json!({ "code": "TIMEOUT", "message": message }));
            return if progress.is_json() { Outcome::Failed } else { out::wrong(&message, Outcome::Failed) };
        }
        Ended::Failed(error) => {
            progress.end("error", || json!(error));
            if !progress.is_json() {
                failed(&error);
            }
            return Outcome::Failed;
        }
    };
    // Recursion as deep as a result's is bounded where it was made.
    let result: Value = serde_json::from_str(result.get()).unwrap_or_default();
    let mut files = Files::new(command.save.as_deref());
    let result = files.taken_out(result);
    progress.end("done", || json!({ "ok": true, "data": result }));
    let written = out::finish(&command.output.text(&result));
    for line in files.saved() {
        out::note(line);
    }
    for fault in files.faults() {
        out::wrong(fault, Outcome::Failed);
    }
    let saved = if files.faults().is_empty() { Outcome::Done } else { Outcome::Failed };
    written.max(saved)
}

/// Shows an error, with every fault of the input.
fn failed(error: &Error) {
    out::wrong(&out::plain_lines(&error.to_string()), Outcome::Failed);
    if error.inputs().len() > 1 {
        let on = style::on_stderr();
        for input in error.inputs() {
            let name = style::paint(input.pointer.trim_start_matches('/'), style::STRONG, on);
            out::error(&format!("  {name} {}", out::plain(&input.message)));
        }
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let duration = webtask_words::duration(text).filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| "write a duration such as `800ms`, `30s` or `1.5m`".to_owned())
}
