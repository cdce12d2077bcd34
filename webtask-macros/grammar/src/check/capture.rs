//! The rules for what is captured: where it goes, and what its options allow.

use proc_macro2::Span;

use super::name::check_name;
use super::{check_some, path, selector};
use crate::ast::{Arg, Image, Kept, Network, Record, Screenshot};
use crate::problem::Problems;

/// What was captured goes somewhere.
pub(super) fn check_kept(kept: &mut Kept, word: &str, span: Span, problems: &mut Problems) {
    if let Some(name) = &kept.name {
        check_name(name, "a result", true, problems);
    }
    match &mut kept.path {
        Some(file) => path(file, problems),
        None if kept.name.is_none() && !problems.told_on_line_of(span) => {
            let help = format!("give it a name, a file, or both: `{word} NAME path \"…\"`");
            problems.help(span, format!("this `{word}` goes nowhere"), help);
        }
        None => {}
    }
}

pub(super) fn check_network(network: &mut Network, span: Span, problems: &mut Problems) {
    check_kept(&mut network.kept, "capture network", span, problems);
    if network.list && network.kept.name.is_none() {
        let help = "give the list a name: `capture network NAME as list`";
        problems.help(span, "`as list` without a name", help);
    }
    if let Some(max) = network.max.as_ref().filter(|_| !network.bodies) {
        let at = match max {
            Arg::Literal(number) => number.span,
            Arg::Hole(held) => held.span,
            Arg::Rust(rust) => rust.span,
        };
        problems.help(at, "`max bytes` without `bodies`", "write `bodies` too, or remove it");
    }
}

pub(super) fn check_record(record: &mut Record, span: Span, problems: &mut Problems) {
    // Without a name and a path it goes into a file of its own.
    if record.kept.name.is_some() || record.kept.path.is_some() {
        check_kept(&mut record.kept, "record", span, problems);
    }
    check_some(record.frames.as_ref(), "frames", problems);
    if let Some(Arg::Literal(fps)) = &record.fps
        && !(1..=30).contains(&fps.value)
    {
        problems.help(fps.span, format!("bad fps `{}`", fps.value), "write a number from 1 to 30");
    }
    if let Some(Arg::Literal(quality)) = &record.quality
        && quality.value > 100
    {
        let message = format!("bad quality `{}`", quality.value);
        problems.help(quality.span, message, "write a number from 0 to 100");
    }
    if let Some(Arg::Literal(time)) = &record.time
        && time.value.is_zero()
    {
        problems.help(time.span, "`for 0` would film nothing", "write how long it films, like `for 5s`");
    }
}

pub(super) fn check_screenshot(shot: &mut Screenshot, span: Span, problems: &mut Problems) {
    check_kept(&mut shot.kept, "screenshot", span, problems);
    if let Some(element) = &mut shot.selector {
        selector(element, false, problems);
        if shot.full {
            let help = "write one of them: an element, or the whole page";
            problems.help(span, "`full page` excludes `selector`", help);
        }
    }
    match &shot.quality {
        Some(quality) if shot.format == Image::Png => {
            let at = match quality {
                Arg::Literal(number) => number.span,
                Arg::Hole(held) => held.span,
                Arg::Rust(rust) => rust.span,
            };
            problems.help(at, "a png has no quality", "write `format jpeg` or `format webp`, or remove it");
        }
        Some(Arg::Literal(quality)) if quality.value > 100 => {
            let message = format!("bad quality `{}`", quality.value);
            problems.help(quality.span, message, "write a number from 0 to 100");
        }
        _ => {}
    }
}
