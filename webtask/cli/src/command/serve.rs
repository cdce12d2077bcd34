//! `webtask serve`: the tasks over HTTP, and their new versions as soon as they are saved.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use tracing::level_filters::LevelFilter;
use webtask::server::{Server, Stop, Tasks};
use webtask::{Mistakes, Recipes, Watch, Webtask};

use crate::common::Common;
use crate::settings::Settings;
use crate::signals::{self, Signals};
use crate::{Outcome, log, out, recipes, style};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask serve                                serve every recipe below recipes/, or below this folder
  webtask serve shop --watch                   serve saved recipes at once
  webtask serve --address 127.0.0.1:0          on any free port
  curl -s -X POST localhost:8765/tasks/SLUG    call a task

A recipe that is saved with mistakes is reported; its last good version stays in service.
SIGINT or SIGTERM lets runs end; a second one ends them.

Exit codes: 0 stopped, 1 the server cannot start, 2 wrong usage or settings, or a broken recipe, 130 runs were ended.")]
pub(crate) struct Serve {
    /// A folder or a file [default: recipes/, or else this folder]
    path: Option<PathBuf>,
    /// Serve recipes as soon as they are saved: the default on a terminal
    #[arg(long, overrides_with = "no_watch")]
    watch: bool,
    /// Serve the recipes as they are now
    #[arg(long)]
    no_watch: bool,
    /// The address to listen on [default: the settings', or 127.0.0.1:8765]
    #[arg(long, value_name = "IP:PORT")]
    address: Option<SocketAddr>,
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(command: &Serve, common: &Common) -> Outcome {
    log::start(common, LevelFilter::WARN);
    let path = command.path.clone().unwrap_or_else(recipes::folder);
    let watches = command.watch || (!command.no_watch && std::io::stderr().is_terminal());
    let (found, watch) = match load(&path, watches) {
        Ok(loaded) => loaded,
        Err(mistakes) => {
            recipes::report(&mistakes);
            return Outcome::Broken;
        }
    };
    warn(&found);
    let tasks = found.tasks().to_vec();
    let webtask = match command.settings.builder(&path).require(tasks.clone()).build() {
        Ok(webtask) => webtask,
        Err(error) => return out::wrong(&error.to_string(), Outcome::Broken),
    };
    let mut server = Server::new(&webtask, tasks);
    if let Some(address) = command.address {
        server = server.address(address);
    }
    signals::block_on(async |signals| serve(server, watch, &path, &webtask, signals).await)
}

fn load(path: &Path, watches: bool) -> Result<(Recipes, Option<Watch>), Mistakes> {
    if watches {
        return Recipes::watch(path).map(|(recipes, watch)| (recipes, Some(watch)));
    }
    Ok((Recipes::load(path)?, None))
}

async fn serve(
    server: Server,
    watch: Option<Watch>,
    path: &Path,
    webtask: &Webtask,
    signals: Signals,
) -> Outcome {
    let tasks = server.tasks();
    let listening = match server.bind().await {
        Ok(listening) => listening,
        Err(error) => return out::wrong(&error.to_string(), Outcome::Failed),
    };
    out::note(&counted(tasks.list().len(), path, if watch.is_some() { "; watching" } else { "" }));
    // Whoever started it may wait for this line, or not read it at all.
    let _ = out::print(&format!("listening on http://{}\n", listening.address()));
    let stop = listening.stop();
    let mut cut = false;
    let served = tokio::select! {
        served = listening.run() => served,
        never = follow(watch, &tasks, path) => match never {},
        never = obey(signals, &stop, &mut cut) => match never {},
    };
    match served {
        Ok(()) if cut => Outcome::Interrupted,
        Ok(()) => Outcome::Done,
        Err(error) => {
            let _ = webtask.close().await;
            out::wrong(&error.to_string(), Outcome::Failed)
        }
    }
}

/// Serves each version that is saved, if it can be served.
async fn follow(watch: Option<Watch>, tasks: &Tasks, path: &Path) -> std::convert::Infallible {
    let Some(mut watch) = watch else { return std::future::pending().await };
    loop {
        match watch.changed().await {
            Ok(recipes) => match tasks.replace(recipes.tasks().to_vec()) {
                Ok(()) => {
                    warn(&recipes);
                    out::note(&counted(recipes.tasks().len(), path, "; now in service"));
                }
                Err(error) => stays(&error.to_string()),
            },
            Err(mistakes) => {
                recipes::report(&mistakes);
                stays("the recipes are broken");
            }
        }
    }
}

fn stays(why: &str) {
    out::wrong(&format!("{why}; the last good version stays in service"), Outcome::Broken);
}

/// Ends the server as signals say.
async fn obey(mut signals: Signals, stop: &Stop, cut: &mut bool) -> std::convert::Infallible {
    signals.next().await;
    out::note("no new work from now on; once more ends the runs");
    stop.drain();
    signals.next().await;
    *cut = true;
    stop.now();
    signals.unless(std::future::pending()).await
}

fn warn(recipes: &Recipes) {
    let label = style::paint("warning:", style::WARNING, style::on_stderr());
    for warning in recipes.warnings() {
        out::note(&format!("{label} {warning}"));
    }
}

fn counted(tasks: usize, path: &Path, more: &str) -> String {
    let noun = if tasks == 1 { "task" } else { "tasks" };
    format!("{tasks} {noun} in `{}`{more}", path.display())
}
