//! The rules for what is printed and emulated: ranges of pages, margins, scales, sizes, languages.

use proc_macro2::Span;

use super::capture::check_kept;
use super::path;
use crate::ast::{Arg, Emulate, Html, HtmlToPdf, Part, Pdf, Place, Print, Spanned, Text};
use crate::place::place_html;
use crate::problem::Problems;
use crate::template;

pub(super) fn check_pdf(pdf: &mut Pdf, span: Span, problems: &mut Problems) {
    check_kept(&mut pdf.kept, "pdf", span, problems);
    check_print(&mut pdf.print, problems);
}

pub(super) fn check_html_to_pdf(html: &mut HtmlToPdf, span: Span, problems: &mut Problems) {
    check_kept(&mut html.kept, "html to pdf", span, problems);
    match &mut html.source {
        None if problems.told_on_line_of(span) => {}
        None => {
            let help = "write `content \"<h1>…</h1>\"`, or `file \"…\"` for a file in the folder of files";
            problems.help(span, "this `html to pdf` has no source", help);
        }
        Some(Html::File(file)) => path(file, problems),
        Some(Html::Content(content)) => check_html(content, problems),
    }
    if let Some(css) = &html.css
        && let Some(hole) = template::find(&css.value)
    {
        let help = "write the style itself; a class or a style attribute in `content` may have a placeholder";
        problems.help(css.span, format!("placeholder `{hole}` in `css`"), help);
    }
    check_print(&mut html.print, problems);
}

/// Each placeholder stands where escaping serves.
fn check_html(html: &mut Text, problems: &mut Problems) {
    let Text::Template(html) = html else { return };
    for refused in place_html(html) {
        let message = format!("placeholder `{}` in {}", refused.hole, refused.place);
        let help = "a placeholder goes into text, or into an attribute's value between quotes";
        problems.help(html.span, message, help);
    }
}

fn check_print(print: &mut Print, problems: &mut Problems) {
    for html in [&mut print.header, &mut print.footer].into_iter().flatten() {
        check_html(html, problems);
    }
    if let Some(Arg::Literal(scale)) = &print.scale {
        check_scale(scale, 0.1, 2.0, problems);
    }
    if let Some(pages) = &print.pages
        && !is_pages(&pages.value)
    {
        let message = format!("bad page range `{}`", pages.value);
        problems.help(
            pages.span,
            message,
            "write pages from 1 on, like `\"1-3\"`, `\"2\"` or `\"1, 4-6, 9-\"`",
        );
    }
    if let Some(margin) = &print.margin
        && !print.margins().is_some_and(|sides| sides.into_iter().all(|inches| inches <= 20.0))
    {
        let help = "write a length in `cm`, `mm`, `in`, `pt` or `px`, like `\"1.5cm\"`, or one for each side, like `\"1cm 2cm 1cm 2cm\"`";
        problems.help(margin.span, format!("bad margin `{}`", margin.value), help);
    }
}

fn check_scale(scale: &Spanned<f64>, low: f64, high: f64, problems: &mut Problems) {
    if !(low..=high).contains(&scale.value) {
        let help = format!("write a number from {low} to {high}");
        problems.help(scale.span, format!("bad scale `{}`", scale.value), help);
    }
}

/// Whether it is a list of pages and ranges of them: `1-3, 5, 8-`.
fn is_pages(text: &str) -> bool {
    let page = |text: &str| -> Option<u32> {
        let digits = !text.is_empty() && text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|page| digits && *page > 0)
    };
    text.split(',').map(str::trim).all(|part| match part.split_once('-').map(|(a, b)| (a.trim(), b.trim())) {
        None => page(part).is_some(),
        Some(("", to)) => page(to).is_some(),
        Some((from, "")) => page(from).is_some(),
        Some((from, to)) => matches!((page(from), page(to)), (Some(from), Some(to)) if from <= to),
    })
}

pub(super) fn check_emulate(emulate: &mut Emulate, span: Span, problems: &mut Problems) {
    if *emulate == Emulate::default() && !problems.told_on_line_of(span) {
        let help = "write what is emulated, like `emulate dark` or `emulate width 390 height 844 mobile`";
        problems.help(span, "this `emulate` changes nothing", help);
    }
    if let Some((width, height)) = &emulate.size {
        for (size, what) in [(width, "width"), (height, "height")] {
            if let Arg::Literal(size) = size
                && !(1..=16_384).contains(&size.value)
            {
                let message = format!("bad {what} `{}`", size.value);
                problems.help(size.span, message, "write a number of pixels from 1 to 16384");
            }
        }
    }
    if let Some(Arg::Literal(scale)) = &emulate.scale {
        check_scale(scale, 0.1, 10.0, problems);
    }
    if let Some((text, span)) = emulate.locale.as_ref().and_then(written)
        && !is_locale(text)
    {
        problems.help(span, format!("bad locale `{text}`"), "write a language, like `\"de\"` or `\"de-CH\"`");
    }
    if let Some((text, span)) = emulate.timezone.as_ref().and_then(written)
        && (text.is_empty() || text.contains(|c: char| !c.is_ascii_alphanumeric() && !"_+-/".contains(c)))
    {
        problems.help(span, format!("bad timezone `{text}`"), "write its name, like `\"Europe/Berlin\"`");
    }
    if let Some(Text::Template(agent)) = &mut emulate.agent {
        for part in &mut agent.parts {
            match part {
                Part::Hole(hole) => hole.place = Place::Header,
                Part::Text(text) if text.contains(|c: char| c.is_control()) => {
                    problems.help(agent.span, "bad user agent", "write it on one line");
                }
                Part::Text(_) => {}
            }
        }
    }
}

/// A text without placeholders, with its place.
fn written(text: &Text) -> Option<(&str, Span)> {
    match text {
        Text::Template(template) => Some((template.literal()?, template.span)),
        Text::Rust(_) => None,
    }
}

/// Whether it is a language with its parts: `de`, `zh-Hant-TW`.
fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts
        .next()
        .is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    language
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
