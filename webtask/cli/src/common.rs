//! What every command takes.

use clap::Args;

use crate::style::Color;

/// What every command takes.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// Use colors
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    #[arg(help = "Use colors: auto, always or never")]
    pub(crate) color: Color,
    /// Print results and errors only
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Log what happens; twice for more
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}
