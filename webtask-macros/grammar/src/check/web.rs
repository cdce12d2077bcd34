//! The rules for the steps that ask servers or work on cookies.

use super::data::folder;
use super::literal::{Opener, check_header, check_keys, check_list, check_url, found, span};
use super::name::check_name;
use super::{path, selector, url, value};
use crate::ast::{
    Download, DownloadEach, Expected, GetCookies, Goto, Http, Part, SaveCaptures, SetCookies, Spanned, Text,
    Value,
};
use crate::problem::Problems;

pub(super) fn get_cookies(get: &mut GetCookies, problems: &mut Problems) {
    check_name(&get.name, "a result", true, problems);
    for address in get.urls.iter_mut().flatten() {
        match address {
            Value::Text(template) => check_url(template, Opener::Web("get cookies"), problems),
            Value::Rust(_) => {}
            other => {
                let message = format!("expected a URL, found {}", found(other));
                problems.help(span(other), message, "write `urls [\"https://example.com/\"]`");
            }
        }
    }
    if let Some(file) = &mut get.path {
        path(file, problems);
    }
}

pub(super) fn set_cookies(set: &mut SetCookies, problems: &mut Problems) {
    match set {
        SetCookies::Value(cookies) => {
            check_list(cookies, problems);
            cookie_urls(cookies, problems);
            value(cookies, problems);
        }
        SetCookies::File(file) => path(file, problems),
    }
}

/// The URLs of cookies that are written out. Their placeholders are those of a value.
fn cookie_urls(cookies: &Value, problems: &mut Problems) {
    let Value::List(list) = cookies else { return };
    let maps =
        list.value.iter().filter_map(|cookie| if let Value::Map(map) = cookie { Some(map) } else { None });
    for entry in maps.flat_map(|map| &map.value).filter(|entry| entry.key.value == "url") {
        if let Value::Text(template) = &entry.value
            && template.literal().is_some()
        {
            check_url(&mut template.clone(), Opener::Web("set cookies"), problems);
        }
    }
}

pub(super) fn goto(goto: &mut Goto, problems: &mut Problems) {
    if let Some(name) = &goto.name {
        check_name(name, "a result", true, problems);
    }
    url(&mut goto.url, Opener::Page, problems);
    expect(&goto.expect, problems);
}

/// An address that is waited for begins as one can, or with what stands for any.
pub(super) fn check_glob(glob: &Text, problems: &mut Problems) {
    let Text::Template(template) = glob else { return };
    let help =
        "write the whole address, a path like `\"/orders/*\"`, or what it ends with, like `\"**/done\"`";
    let Some(Part::Text(begin)) = template.parts.first() else {
        if template.parts.is_empty() {
            problems.help(template.span, "empty address", help);
        }
        return;
    };
    let scheme = begin.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.*".contains(c))
    });
    if !scheme && !begin.starts_with(['/', '*', '{']) {
        problems.help(template.span, "no address begins like that", help);
    }
    let texts = template.parts.iter().filter_map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        Part::Hole(_) => None,
    });
    let depth = texts.flat_map(str::chars).try_fold(0_usize, |depth, c| match c {
        '{' => Some(depth + 1),
        '}' => depth.checked_sub(1),
        _ => Some(depth),
    });
    if depth != Some(0) {
        problems.help(template.span, "unclosed `{` in an address", "write alternatives as `{a,b}`");
    }
}

/// Each status once, and `any` alone.
fn expect(statuses: &[Spanned<Expected>], problems: &mut Problems) {
    let word = |status: Expected| match status {
        Expected::Ok => "ok".to_owned(),
        Expected::Any => "any".to_owned(),
        Expected::Code(code) => code.to_string(),
    };
    for (index, status) in statuses.iter().enumerate() {
        let before = &statuses[..index];
        if before.iter().any(|other| other.value == status.value) {
            problems.help(status.span, format!("duplicate `{}`", word(status.value)), "remove it");
        } else if let Some(other) =
            before.iter().find(|other| (other.value == Expected::Any) != (status.value == Expected::Any))
        {
            let message = format!("`{}` excludes `{}`", word(status.value), word(other.value));
            problems.help(status.span, message, "write `any` alone: it allows every status");
        }
    }
}

pub(super) fn http(http: &mut Http, problems: &mut Problems) {
    check_name(&http.name, "a result", true, problems);
    url(&mut http.url, Opener::Web("http"), problems);
    if let Some(headers) = &mut http.headers {
        check_keys(&headers.value, problems);
        for entry in &mut headers.value {
            check_header(entry, problems);
        }
    }
    expect(&http.expect, problems);
    if let Some(body) = &http.body {
        value(body, problems);
        if matches!(http.method, "GET" | "HEAD") {
            let message = format!("`{}` with a `body`", http.method);
            problems.help(span(body), message, "remove it, or write another method, like `POST`");
        }
    }
}

pub(super) fn download(download: &mut Download, problems: &mut Problems) {
    check_name(&download.name, "a result", true, problems);
    if let Some(place) = &mut download.path {
        folder(place, problems);
    }
}

pub(super) fn download_each(download: &mut DownloadEach, problems: &mut Problems) {
    check_name(&download.name, "a result", true, problems);
    selector(&mut download.selector, false, problems);
}

pub(super) fn save_captures(save: &mut SaveCaptures, problems: &mut Problems) {
    if save.page {
        check_name(&save.name, "a result", true, problems);
    }
    folder(&mut save.dir, problems);
    let Some(naming) = &mut save.naming else { return };
    path(naming, problems);
    if let Text::Template(template) = naming {
        let texts = template.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Hole(_) => None,
        });
        for text in texts {
            if let Some(mark) = unknown_mark(text) {
                let help = "it may have `{index}`, `{name}`, `{stem}` and `{ext}` in it";
                problems.help(template.span, format!("unknown `{mark}` in `naming`"), help);
            }
        }
    }
}

/// What stands in braces and is none of the marks.
fn unknown_mark(text: &str) -> Option<&str> {
    let opens = text.match_indices('{').map(|(open, _)| &text[open..]);
    let marks = opens.filter_map(|rest| rest.find('}').map(|close| &rest[..=close]));
    marks.into_iter().find(|mark| !["{index}", "{name}", "{stem}", "{ext}"].contains(mark))
}
