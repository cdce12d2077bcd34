//! `webtask completions`: what a shell completes.

use clap::{Args, CommandFactory as _, ValueEnum};
use clap_complete::Shell as Known;

use crate::arguments::Arguments;
use crate::{Outcome, out};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask completions bash > ~/.local/share/bash-completion/completions/webtask
  webtask completions zsh > \"${fpath[1]}/_webtask\"
  webtask completions fish > ~/.config/fish/completions/webtask.fish
  webtask completions powershell >> $PROFILE")]
pub(crate) struct Completions {
    /// bash, zsh, fish or powershell
    #[arg(value_enum, hide_possible_values = true)]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    Power,
}

pub(crate) fn run(command: &Completions) -> Outcome {
    let shell = match command.shell {
        Shell::Bash => Known::Bash,
        Shell::Zsh => Known::Zsh,
        Shell::Fish => Known::Fish,
        Shell::Power => Known::PowerShell,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "webtask", &mut script);
    out::finish(&String::from_utf8_lossy(&script))
}
