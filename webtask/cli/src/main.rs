//! The program `webtask`: recipes without a compiler.

mod arguments;
mod command;
mod common;
mod log;
mod out;
mod recipes;
mod settings;
mod signals;
mod style;

use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _};

use self::arguments::{Arguments, Command};
use self::command::{check, completions, doctor, fmt, list, new, run, serve, show, test};
use self::style::Color;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// It is done.
    Done = 0,
    /// A run or a check failed.
    Failed = 1,
    /// The command line is wrong, or a recipe is broken.
    Broken = 2,
    /// A signal ended it.
    Interrupted = 130,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

fn main() -> ExitCode {
    // Help and mistakes of the command line are shown before it is understood.
    let color = Color::of(std::env::args_os());
    let choice = match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let matches = Arguments::command().color(choice).try_get_matches();
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Whoever reads help may leave early.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Outcome::Broken } else { Outcome::Done });
        }
    };
    style::set(color);
    out::set_quiet(arguments.common.quiet);
    match arguments.command {
        Command::Check(command) => check::run(&command),
        Command::Completions(command) => completions::run(&command),
        Command::Doctor(command) => doctor::run(&command, &arguments.common),
        Command::Fmt(command) => fmt::run(&command),
        Command::List(command) => list::run(&command),
        Command::New(command) => new::run(&command),
        Command::Run(command) => run::run(&command, &arguments.common),
        Command::Serve(command) => serve::run(&command, &arguments.common),
        Command::Show(command) => show::run(&command),
        Command::Test(command) => test::run(&command, &arguments.common),
    }
    .into()
}
