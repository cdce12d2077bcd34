//! How a run goes on, on standard error: a line that lives on a terminal, else a line an event.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};
use webtask::{Event, Json};

use super::files::Files;
use crate::{out, style};

/// How many letters of an event's data a line shows.
const SHOWN: usize = 200;

/// How finely a bar is drawn.
const WHOLE: u64 = 1000;

pub(super) struct Progress {
    form: Form,
    slug: String,
    begun: Instant,
}

enum Form {
    /// A line that lives, which becomes a bar with the first fraction.
    Live {
        line: ProgressBar,
        is_bar: bool,
    },
    /// A line an event.
    Lines,
    /// A line of JSON an event.
    Json,
    Quiet,
}

impl Progress {
    pub(super) fn new(slug: &str, is_json: bool) -> Self {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let form = if is_json {
            Form::Json
        } else if out::is_quiet() {
            Form::Quiet
        } else if std::io::stderr().is_terminal() && !is_dumb {
            let line = ProgressBar::with_draw_target(Some(WHOLE), ProgressDrawTarget::stderr());
            line.set_style(looks(false));
            line.set_message(slug.to_owned());
            line.enable_steady_tick(Duration::from_millis(100));
            out::set_line(Some(line.clone()));
            Form::Live { line, is_bar: false }
        } else {
            Form::Lines
        };
        Self { form, slug: slug.to_owned(), begun: Instant::now() }
    }

    pub(super) fn is_json(&self) -> bool {
        matches!(self.form, Form::Json)
    }

    /// Shows an event that is not the last.
    pub(super) fn show(&mut self, event: &Event<Json>) {
        match &mut self.form {
            Form::Quiet => {}
            Form::Json => json_line(event.name(), &shortened(event)),
            Form::Lines => out::error(&line(event)),
            Form::Live { line: live, is_bar } => {
                if let Some(fraction) = fraction(event) {
                    if !*is_bar {
                        live.set_style(looks(true));
                        *is_bar = true;
                    }
                    live.set_position((fraction * WHOLE as f64).round() as u64);
                }
                match event {
                    Event::Status { text, .. } => live.set_message(out::plain(text)),
                    Event::Custom { text, .. } if fraction(event).is_some() => {
                        live.set_message(out::plain(text));
                    }
                    event => out::error(&line(event)),
                }
            }
        }
    }

    /// Says that the run was ended from outside.
    pub(super) fn interrupted(&mut self) {
        self.end("error", || json!({ "code": "CANCELLED", "message": "the run was interrupted" }));
        if !self.is_json() {
            out::note("interrupted; once more ends at once");
        }
    }

    /// Shows the last event.
    pub(super) fn end(&mut self, name: &str, data: impl FnOnce() -> Value) {
        match &self.form {
            Form::Live { line, .. } => {
                line.finish_and_clear();
                out::set_line(None);
                if name == "done" {
                    let on = style::on_stderr();
                    let took = self.begun.elapsed().as_secs_f64();
                    out::error(&format!(
                        "{} {} in {took:.1} s",
                        style::paint("✓", style::GOOD, on),
                        self.slug
                    ));
                }
                self.form = Form::Quiet;
            }
            Form::Json => json_line(name, &data()),
            Form::Lines | Form::Quiet => {}
        }
    }
}

fn looks(is_bar: bool) -> ProgressStyle {
    let template = match (style::on_stderr(), is_bar) {
        (true, true) => "{spinner:.cyan} {bar:24.cyan/dim} {percent:>3}% {elapsed:>4.dim} {wide_msg}",
        (true, false) => "{spinner:.cyan} {elapsed:>4.dim} {wide_msg}",
        (false, true) => "{spinner} {bar:24} {percent:>3}% {elapsed:>4} {wide_msg}",
        (false, false) => "{spinner} {elapsed:>4} {wide_msg}",
    };
    let looks = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    looks.progress_chars("━━─")
}

/// How much of the work is done, from 0 to 1, where an event says so.
fn fraction(event: &Event<Json>) -> Option<f64> {
    let (Event::Status { data, .. } | Event::Custom { data, .. }) = event else { return None };
    data.get("fraction")?.as_f64().filter(|fraction| (0.0..=1.0).contains(fraction))
}

/// What an event carries, as a server sends it, without captured files.
fn shortened(event: &Event<Json>) -> Value {
    Files::new(None).taken_out(serde_json::from_str(&event.data()).unwrap_or_default())
}

fn json_line(name: &str, data: &Value) {
    let line = json!({ "event": name, "data": data }).to_string();
    // Characters that some readers of lines split at.
    out::error(
        &line.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"),
    );
}

/// An event in a line.
fn line(event: &Event<Json>) -> String {
    let text = match event {
        Event::Skipped { index, message, .. } => format!("item {index}: {message}"),
        Event::Recording { path, size, .. } => format!("{path}, {size} bytes"),
        Event::Status { text, .. } | Event::Custom { text, .. } => {
            let data = shortened(event)["data"].take();
            match data {
                Value::Null => text.clone(),
                data => format!("{text} {data}"),
            }
        }
        _ => String::new(),
    };
    let mut text = out::plain(&text);
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(end);
        text.push('…');
    }
    let name = style::paint(&format!("{}:", out::plain(event.name())), style::HELP, style::on_stderr());
    format!("{name} {text}").trim_end().to_owned()
}
