//! `webtask show`: all that is known of a task before it runs.

use std::fmt::Write as _;

use clap::Args;
use serde_json::{Map, Value, json};
use webtask::{Task, Transport};

use super::list::Format;
use crate::{Outcome, out, recipes, style};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask show shop/price                 a task below recipes/, or below this folder
  webtask show shop.webtask               the only task of a file
  webtask show shop.webtask#shop/price    one of several
  webtask show shop/price --format json   for programs")]
pub(crate) struct Show {
    /// SLUG, FILE or FILE#SLUG
    #[arg(value_name = "TASK")]
    task: String,
    /// The form: text or json
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true)]
    format: Format,
}

pub(crate) fn run(command: &Show) -> Outcome {
    let found = match recipes::find(&command.task) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    out::finish(&match command.format {
        Format::Text => text(&found.task, &command.task),
        Format::Json => {
            let mut described = json!(found.task);
            described["inputSchema"] = found.task.input_schema();
            format!("{described:#}\n")
        }
    })
}

/// The description of a task that the command line calls by that name.
fn text(task: &Task, name: &str) -> String {
    let on = style::on_stdout();
    let title = |title: &str| style::paint(title, style::STRONG, on);
    let mut text = title(task.slug()) + "\n";
    if !task.doc().is_empty() {
        text += &format!("{}\n", task.doc().trim_end());
    }
    let inputs = task.input();
    let inputs = inputs.as_object().cloned().unwrap_or_default();
    if !inputs.is_empty() {
        text += &format!("\n{}\n{}", title("Inputs"), table(&inputs));
    }
    let transports: Vec<_> = task.transports().iter().map(|transport| transport.name()).collect();
    let _ = write!(
        text,
        "\n{}\n  pool {}, timeout {}, transports {}\n",
        title("Run"),
        task.pool(),
        duration(task.timeout()),
        transports.join(", ")
    );
    if !task.needs_browser() {
        text += "  without a browser\n";
    }
    let secrets: Vec<_> = task.secrets().collect();
    if !secrets.is_empty() {
        let _ = writeln!(text, "  secrets {}", secrets.join(", "));
    }
    let _ = write!(text, "\n{}\n{}", title("Input schema"), indented(&task.input_schema()));
    let _ = write!(text, "\n{}\n{}", title("Result schema"), indented(&task.output()));
    let _ = write!(text, "\n{}\n  {}\n  {}\n", title("Call"), command(name, &inputs), curl(task, &inputs));
    text
}

fn table(inputs: &Map<String, Value>) -> String {
    let cells = inputs.iter().map(|(name, input)| {
        let need = match &input["default"] {
            _ if input["required"] == true => "required".to_owned(),
            Value::Null => "optional".to_owned(),
            default => format!("default {default}"),
        };
        let text = |key: &str| input[key].as_str().unwrap_or_default().to_owned();
        [name.clone(), text("type"), need, text("doc")]
    });
    let cells: Vec<_> = cells.collect();
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (name, ty, need) = (width(0), width(1), width(2));
    let line = |row: &[String; 4]| {
        let line = format!("  {:name$}  {:ty$}  {:need$}  {}", row[0], row[1], row[2], row[3]);
        line.trim_end().to_owned() + "\n"
    };
    cells.iter().map(line).collect()
}

fn indented(value: &Value) -> String {
    format!("{value:#}").lines().map(|line| format!("  {line}\n")).collect()
}

fn duration(duration: std::time::Duration) -> String {
    let millis = duration.as_millis();
    if millis.is_multiple_of(1000) { format!("{}s", millis / 1000) } else { format!("{millis}ms") }
}

/// What stands for a value in an example of a call.
fn example(input: &Value) -> Value {
    match (&input["default"], input["type"].as_str().unwrap_or_default()) {
        (Value::Null, "int") => 1.into(),
        (Value::Null, "float") => 1.5.into(),
        (Value::Null, "bool") => true.into(),
        (Value::Null, "list") => Value::Array(Vec::new()),
        (Value::Null, "map") => Value::Object(Map::new()),
        (Value::Null, _) => "…".into(),
        (default, _) => default.clone(),
    }
}

fn required(inputs: &Map<String, Value>) -> impl Iterator<Item = (&String, Value)> {
    let wanted = inputs.iter().filter(|(_, input)| input["required"] == true);
    wanted.map(|(name, input)| (name, example(input)))
}

/// The command that runs it.
fn command(name: &str, inputs: &Map<String, Value>) -> String {
    let mut command = format!("webtask run {}", quoted(name));
    for (input, value) in required(inputs) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let _ = write!(command, " -i {}", quoted(&format!("{input}={value}")));
    }
    command
}

/// The call of a server that serves it.
fn curl(task: &Task, inputs: &Map<String, Value>) -> String {
    let body = Value::Object(required(inputs).map(|(name, value)| (name.clone(), value)).collect());
    let url = format!("localhost:8765/tasks/{}", task.slug());
    let body = quoted(&body.to_string());
    let has = |transport| task.transports().contains(&transport);
    if has(Transport::Rest) {
        format!("curl -s -X POST {url} -d {body}")
    } else if has(Transport::Sse) {
        format!("curl -N -X POST {url} -H 'Accept: text/event-stream' -d {body}")
    } else if has(Transport::Async) {
        format!("curl -s -X POST {url} -H 'Prefer: respond-async' -d {body}")
    } else {
        format!("echo {body} | websocat ws://{url}")
    }
}

/// As a shell reads it as one word.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:#,…".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
