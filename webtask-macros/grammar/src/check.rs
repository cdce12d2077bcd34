//! Checks what is written in each task by itself, a function for each rule; it knows nothing of what names mean.
//!
//! On its way it also gives every placeholder its place, and takes out what has the name of another.

mod capture;
mod condition;
mod data;
mod fail;
mod header;
mod keystroke;
mod literal;
mod name;
mod print;
mod web;

pub use self::header::check_slugs;

use self::condition::check_condition;
use self::keystroke::check_keystroke;
use self::literal::{
    Opener, check_attribute, check_data, check_keys, check_kind, check_limit, check_list, check_path,
    check_regex, check_rust, check_script, check_selector, check_some, check_times, check_url,
};
use self::name::check_name;
use crate::ast::{Action, Address, Block, Field, Input, Source, Step, Task, Text, Value};
use crate::problem::Problems;
use crate::script::Wanted;

/// Checks every task.
pub(crate) fn tasks(tasks: &mut [Task], problems: &mut Problems) {
    header::check_names(tasks, problems);
    for task in tasks {
        header::check_slug(task, problems);
        header::check_inputs(&mut task.header, problems);
        header::check_secrets(&mut task.header, problems);
        header::check_settings(&mut task.header, problems);
        if let Some(setup) = &task.header.setup {
            check_keys(&setup.with, problems);
            setup.with.iter().for_each(|entry| value(&entry.value, problems));
        }
        block(&mut task.body, problems);
    }
}

/// Gives a task inputs that are not written in its header, as those of a function's signature; the rules are the same.
pub fn add_inputs(task: &mut Task, inputs: Vec<Input>, problems: &mut Problems) {
    task.header.inputs.extend(inputs);
    header::check_inputs(&mut task.header, problems);
    header::check_clashes(&mut task.header, problems);
}

fn block(block: &mut Block, problems: &mut Problems) {
    for each in &mut block.steps {
        step(each, problems);
    }
}

fn step(step: &mut Step, problems: &mut Problems) {
    match &mut step.action {
        Action::Status(_) | Action::Wait(_) => {}
        Action::Let(rust) | Action::Rust(rust) => check_rust(&rust.tokens, step.word, problems),
        Action::Emit(emit) => {
            check_kind(&emit.kind, problems);
            if let Some(data) = &emit.data {
                check_data(data, problems);
                value(data, problems);
            }
        }
        Action::Goto(goto) => web::goto(goto, problems),
        Action::WaitUntil(wait) => selector(&mut wait.selector, false, problems),
        Action::WaitUrl(wait) => match &wait.address {
            Address::Glob(glob) => web::check_glob(glob, problems),
            Address::Matches(regex) => check_regex(regex, problems),
        },
        Action::WaitJs(wait) => {
            let help =
                "put it into the page before: `js _ \"window.name = arguments[0]\" args [\"{{name}}\"]`";
            check_script(&wait.script, help, Wanted::CONDITION, problems);
        }
        Action::Click(click) => {
            selector(&mut click.selector, false, problems);
            if let Some(closest) = &mut click.closest {
                selector(closest, false, problems);
            }
        }
        Action::SendKeys(keys) => selector(&mut keys.selector, false, problems),
        Action::Fill(fill) => selector(&mut fill.selector, false, problems),
        Action::Back | Action::Forward | Action::Reload | Action::WaitIdle(_) => {}
        Action::Upload(upload) => {
            selector(&mut upload.selector, false, problems);
            upload.files.iter_mut().for_each(|file| path(file, problems));
        }
        Action::Scroll(scroll) => {
            selector(&mut scroll.selector, false, problems);
        }
        Action::Loop(turns) => {
            if let Some(condition) = &turns.condition {
                let word = if turns.until { "loop until" } else { "loop while" };
                check_condition(condition, word, problems);
            }
            if let Some(collect) = &turns.collect {
                check_name(&collect.name, "a collected list", false, problems);
            }
            block(&mut turns.body, problems);
        }
        Action::Press(keys) => check_keystroke(keys, problems),
        Action::Select(select) => selector(&mut select.selector, false, problems),
        Action::Check(reach) | Action::Uncheck(reach) | Action::Hover(reach) => {
            selector(&mut reach.selector, false, problems);
        }
        Action::Extract(extract) => {
            check_name(&extract.name, "a result", true, problems);
            literal::read_whole(&mut extract.from);
            selector(&mut extract.from, false, problems);
            check_limit(extract, problems);
            fields(&mut extract.fields, problems);
        }
        Action::Js(js) => {
            check_name(&js.name, "a result", true, problems);
            let help = "pass it: `args [\"{{name}}\"]`, and read `arguments[0]`";
            check_script(&js.script, help, js.wanted(), problems);
            js.args.iter().for_each(|arg| value(arg, problems));
        }
        Action::Screenshot(shot) => capture::check_screenshot(shot, step.span, problems),
        Action::ReadFile(read) => data::read_file(read, problems),
        Action::WriteFiles(write) => data::write_files(write, problems),
        Action::SaveHtml(save) => data::save_html(save, problems),
        Action::Export(export) => data::export(export, step.span, problems),
        Action::Pdf(pdf) => print::check_pdf(pdf, step.span, problems),
        Action::HtmlToPdf(html) => print::check_html_to_pdf(html, step.span, problems),
        Action::Snapshot(kept) => capture::check_kept(kept, "snapshot", step.span, problems),
        Action::Emulate(emulate) => print::check_emulate(emulate, step.span, problems),
        Action::GetCookies(get) => web::get_cookies(get, problems),
        Action::SetCookies(set) => web::set_cookies(set, problems),
        Action::ClearCookies => {}
        Action::Http(http) => web::http(http, problems),
        Action::Download(download) => {
            web::download(download, problems);
            block(&mut download.body, problems);
        }
        Action::DownloadEach(download) => web::download_each(download, problems),
        Action::SaveCaptures(save) => web::save_captures(save, problems),
        Action::Set(set) => {
            check_name(&set.name, "a value", false, problems);
            value(&set.value, problems);
        }
        Action::Call(call) => {
            if let Some(name) = &call.name {
                check_name(name, "a result", true, problems);
            }
            check_keys(&call.with, problems);
            call.with.iter().for_each(|entry| value(&entry.value, problems));
        }
        Action::ForEach(each) => {
            check_name(&each.item, "an item", false, problems);
            check_list(&each.list, problems);
            value(&each.list, problems);
            if let Some(collect) = &each.collect {
                check_name(&collect.name, "a collected list", false, problems);
            }
            block(&mut each.body, problems);
        }
        Action::If(branches) => {
            for (number, (condition, body)) in branches.branches.iter_mut().enumerate() {
                let word = if number == 0 { "if" } else { "else if" };
                check_condition(condition, word, problems);
                block(body, problems);
            }
            if let Some(otherwise) = &mut branches.otherwise {
                block(otherwise, problems);
            }
        }
        Action::Console(console) => {
            check_name(&console.name, "a result", true, problems);
            block(&mut console.body, problems);
        }
        Action::Network(network) => {
            capture::check_network(network, step.span, problems);
            block(&mut network.body, problems);
        }
        Action::Record(record) => {
            capture::check_record(record, step.span, problems);
            block(&mut record.body, problems);
        }
        Action::Retry(retry) => {
            check_times(&retry.times, problems);
            block(&mut retry.body, problems);
        }
        Action::Try(attempt) => {
            block(&mut attempt.body, problems);
            if let Some(otherwise) = &mut attempt.otherwise {
                if let Some(error) = &otherwise.error {
                    check_name(error, "an error", false, problems);
                }
                block(&mut otherwise.body, problems);
            }
        }
        Action::Break | Action::Continue => {}
        Action::Yield(given) => {
            if given.each {
                check_list(&given.value, problems);
            }
            value(&given.value, problems);
        }
        Action::Return(returned) => value(returned, problems),
        Action::Fail(fail) => fail::check_fail(fail, problems),
    }
}

fn fields(fields: &mut Vec<Field>, problems: &mut Problems) {
    literal::check_fields(fields, problems);
    for field in fields {
        check_name(&field.name, "a field", false, problems);
        if let Some(regex) = &field.matches {
            check_regex(regex, problems);
        }
        match &mut field.source {
            Source::Text(from) | Source::Html(from) | Source::Count(from) => selector(from, true, problems),
            Source::Attr(attribute, from) => {
                check_attribute(attribute, problems);
                selector(from, true, problems);
            }
            Source::Const(constant) => value(constant, problems),
            Source::Nested { from, fields: inner, .. } => {
                selector(from, true, problems);
                self::fields(inner, problems);
            }
        }
    }
}

fn value(value: &Value, problems: &mut Problems) {
    match value {
        Value::List(list) => list.value.iter().for_each(|element| self::value(element, problems)),
        Value::Map(map) => {
            check_keys(&map.value, problems);
            map.value.iter().for_each(|entry| self::value(&entry.value, problems));
        }
        Value::Text(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Bool(_)
        | Value::Null(_)
        | Value::Rust(_) => {}
    }
}

fn url(text: &mut Text, opener: Opener, problems: &mut Problems) {
    if let Text::Template(template) = text {
        check_url(template, opener, problems);
    }
}

fn path(text: &mut Text, problems: &mut Problems) {
    if let Text::Template(template) = text {
        check_path(template, problems);
    }
}

fn selector(text: &mut Text, row: bool, problems: &mut Problems) {
    if let Text::Template(template) = text {
        check_selector(template, row, problems);
    }
}
