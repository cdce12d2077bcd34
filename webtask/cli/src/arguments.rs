//! The command line.

use clap::{Parser, Subcommand};

use crate::command::{check, completions, doctor, fmt, list, new, run, serve, show, test};
use crate::common::Common;

/// Runs, serves, checks and formats recipes in files
#[derive(Debug, Parser)]
#[command(name = "webtask", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "\
Examples:
  webtask new shop                        make a folder to begin with
  webtask serve                           serve every recipe below recipes/, or below this folder
  webtask check                           check the recipes
  webtask run shop/price -i name=lamp     run a task
  webtask show shop/price                 what a task takes and gives
  webtask fmt                             format the recipes

Exit codes: 0 done, 1 a run or a check failed, 2 wrong usage or a broken recipe, 130 interrupted.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report every mistake in recipes
    Check(check::Check),
    /// Print the completions for a shell
    Completions(completions::Completions),
    /// Say what is missing on this machine
    Doctor(doctor::Doctor),
    /// Format recipes
    Fmt(fmt::Fmt),
    /// List the tasks
    List(list::List),
    /// Make a folder to begin with
    New(new::New),
    /// Run a task
    Run(run::Run),
    /// Serve the tasks over HTTP
    Serve(serve::Serve),
    /// Show a task: its inputs, its result, and how to call it
    Show(show::Show),
    /// Compare what recipes give with what is expected
    Test(test::Test),
}
