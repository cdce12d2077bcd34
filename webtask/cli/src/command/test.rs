//! `webtask test`: runs recipes, and compares what they give with what is expected.

mod cases;

use std::path::PathBuf;

use clap::Args;
use serde_json::Value;
use tracing::level_filters::LevelFilter;
use webtask::{Recipes, Webtask};

use self::cases::{Case, Cases, Expected};
use super::run::files::Files;
use crate::common::Common;
use crate::settings::Settings;
use crate::signals::{self, Signals};
use crate::{Outcome, log, out, recipes, style};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask test                  run every NAME.expected.json below recipes/, or below this folder
  webtask test --bless          write the results as they are now; read the diff
  webtask test --replay web     answer pages from a folder, whatever the settings say

A file NAME.expected.json beside NAME.webtask is a list of cases:
  [{ \"task\": \"shop/price\", \"input\": { \"name\": \"lamp\" }, \"result\": { \"price\": 12.5 } },
   { \"task\": \"shop/price\", \"input\": { \"name\": \"moon\" }, \"error\": \"STEP_FAILED\" }]

Exit codes: 0 all as expected, 1 not, 2 wrong usage, or broken recipes, cases or settings, 130 interrupted.")]
pub(crate) struct Test {
    /// A folder or a file [default: recipes/, or else this folder]
    path: Option<PathBuf>,
    /// Write the results as they are now, with a case for each task without one that requires no input
    #[arg(long)]
    bless: bool,
    /// A folder or a HAR file that answers every request
    #[arg(long, value_name = "PATH")]
    replay: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(command: &Test, common: &Common) -> Outcome {
    log::start(common, LevelFilter::OFF);
    let path = command.path.clone().unwrap_or_else(recipes::folder);
    let recipes = match recipes::load_or_report(&path) {
        Ok(recipes) => recipes,
        Err(outcome) => return outcome,
    };
    let cases = match Cases::find(&path, &recipes, command.bless) {
        Ok(cases) => cases,
        Err(message) => return out::wrong(&message, Outcome::Broken),
    };
    let mut builder = command.settings.builder(&path);
    if let Some(replay) = &command.replay {
        builder = builder.replay(replay);
    }
    let webtask = match builder.build() {
        Ok(webtask) => webtask,
        Err(error) => return out::wrong(&error.to_string(), Outcome::Broken),
    };
    signals::block_on(async |signals| all(&webtask, &recipes, cases, command.bless, signals).await)
}

async fn all(
    webtask: &Webtask,
    recipes: &Recipes,
    mut cases: Cases,
    bless: bool,
    mut signals: Signals,
) -> Outcome {
    let mut failed = 0;
    let mut interrupted = false;
    for case in cases.iter_mut() {
        let found = tokio::select! {
            () = signals.next() => {
                interrupted = true;
                break;
            }
            found = one(webtask, recipes, case) => found,
        };
        failed += usize::from(!shown(case, &found, bless));
        if bless {
            case.expected = found;
        }
    }
    let closed = signals.unless(webtask.close()).await;
    if interrupted {
        return Outcome::Interrupted;
    }
    if let Err(error) = closed {
        return out::wrong(&error.to_string(), Outcome::Failed);
    }
    if bless {
        return match cases.write() {
            Ok(()) => Outcome::Done,
            Err(message) => out::wrong(&message, Outcome::Failed),
        };
    }
    let count = cases.iter_mut().count();
    let _ = out::print(&format!("{} of {count} as expected\n", count - failed));
    if failed == 0 { Outcome::Done } else { Outcome::Failed }
}

/// What a case gives.
async fn one(webtask: &Webtask, recipes: &Recipes, case: &Case) -> Expected {
    let Some(task) = recipes.get(&case.task) else { return Expected::Error("UNKNOWN_TASK".into()) };
    let result = match task.start(webtask, case.input.clone()) {
        Ok(run) => run.await,
        Err(error) => Err(error),
    };
    match result {
        // A picture's bytes differ from one machine to the next.
        Ok(result) => Expected::Result(
            Files::new(None).taken_out(serde_json::from_str(result.get()).unwrap_or_default()),
        ),
        Err(error) => {
            out::note(&format!("  {}", out::plain_lines(&error.to_string())));
            Expected::Error(error.code().to_owned())
        }
    }
}

/// Says how a case went; whether as expected.
fn shown(case: &Case, found: &Expected, bless: bool) -> bool {
    let on = style::on_stdout();
    let name = match case.input.is_empty() {
        true => case.task.clone(),
        false => format!("{} {}", case.task, Value::Object(case.input.clone())),
    };
    let is_good = case.expected == *found;
    let (word, color) = match (is_good, bless) {
        (true, _) => ("ok", style::GOOD),
        (false, true) => ("blessed", style::WARNING),
        (false, false) => ("FAILED", style::WRONG),
    };
    let _ = out::print(&format!("{} {name}\n", style::paint(word, color, on)));
    if !is_good && !bless {
        for line in cases::differences(&case.expected, found) {
            let _ = out::print(&format!("  {}\n", out::plain(&line)));
        }
    }
    is_good
}
