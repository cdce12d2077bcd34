//! Colors, where somebody sees them.

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::sync::OnceLock;

use clap::ValueEnum;

/// When colors are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

static COLOR: OnceLock<Color> = OnceLock::new();

/// Says when colors are used from now on.
pub(crate) fn set(color: Color) {
    let _ = COLOR.set(color);
}

impl Color {
    /// What these arguments say; the default if they are wrong.
    pub(crate) fn of(arguments: impl Iterator<Item = OsString>) -> Self {
        let mut arguments = arguments.filter_map(|argument| argument.into_string().ok());
        while let Some(argument) = arguments.next() {
            let value = match argument.strip_prefix("--color") {
                Some("") => arguments.next(),
                Some(rest) => rest.strip_prefix('=').map(str::to_owned),
                None if argument == "--" => break,
                None => continue,
            };
            return value.and_then(|value| Self::from_str(&value, true).ok()).unwrap_or_default();
        }
        Self::Auto
    }
}

/// Whether standard error has colors.
pub(crate) fn on_stderr() -> bool {
    has(std::io::stderr().is_terminal())
}

/// Whether standard output has colors.
pub(crate) fn on_stdout() -> bool {
    has(std::io::stdout().is_terminal())
}

fn has(terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match COLOR.get().copied().unwrap_or_default() {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// Red and bold: what is wrong.
pub(crate) const WRONG: &str = "1;31";
/// Green: what is good.
pub(crate) const GOOD: &str = "32";
/// Yellow: what may be.
pub(crate) const WARNING: &str = "33";
/// Cyan: what helps.
pub(crate) const HELP: &str = "36";
/// Bold.
pub(crate) const STRONG: &str = "1";

/// The text in that style, if there are colors.
pub(crate) fn paint(text: &str, style: &str, on: bool) -> String {
    if on && !text.is_empty() { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
}

/// The report of a mistake: its first line, its caret and its help have colors.
pub(crate) fn report(text: &str, on: bool) -> String {
    if !on {
        return text.to_owned();
    }
    let line = |(number, line): (usize, &str)| match line.trim_start_matches([' ', '|']) {
        _ if number == 0 => paint(line, STRONG, on),
        carets if !carets.is_empty() && carets.chars().all(|c| c == '^') => paint(line, WRONG, on),
        _ if line.starts_with("help:") => paint(line, HELP, on),
        _ => line.to_owned(),
    };
    text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_say_when_colors_are_used() {
        let of = |arguments: &[&str]| Color::of(arguments.iter().map(OsString::from));
        assert_eq!(of(&["webtask", "check", "--color", "always"]), Color::Always);
        assert_eq!(of(&["webtask", "--color=never", "check"]), Color::Never);
        assert_eq!(of(&["webtask", "check", "--color=green"]), Color::Auto);
        assert_eq!(of(&["webtask", "check", "--", "--color=always"]), Color::Auto);
    }
}
