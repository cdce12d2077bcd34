//! `webtask list`: the tasks, in a line each.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;
use webtask::{Task, Transport};

use crate::{Outcome, out, recipes, style};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask list                          the tasks below recipes/, or below this folder
  webtask list shop.webtask             those of a file
  webtask list --format json | jq       for programs")]
pub(crate) struct List {
    /// Files or folders [default: recipes/, or else this folder]
    paths: Vec<PathBuf>,
    /// The form: text or json
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

pub(crate) fn run(command: &List) -> Outcome {
    let mut tasks = Vec::new();
    for path in recipes::paths(&command.paths) {
        match recipes::load_or_report(&path) {
            Ok(recipes) => tasks.extend(recipes::own(&path, &recipes)),
            Err(outcome) => return outcome,
        }
    }
    out::finish(&match command.format {
        Format::Text => text(&tasks),
        Format::Json => format!("{:#}\n", json!(tasks)),
    })
}

/// Slug, inputs, transports and the first line of its description, below each other.
fn text(tasks: &[Task]) -> String {
    let rows: Vec<[String; 4]> = tasks.iter().map(row).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let on = style::on_stdout();
    let line = |row: &[String; 4]| {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let pad = widths.get(column).map_or(0, |width| width - cell.chars().count() + 2);
            line += &style::paint(cell, style::STRONG, on && column == 0);
            line += &" ".repeat(if widths.get(column) == Some(&0) { 0 } else { pad });
        }
        line.trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn row(task: &Task) -> [String; 4] {
    let inputs = task.input();
    let names = inputs.as_object().into_iter().flatten().map(|(name, input)| {
        let required = input["required"] == true;
        if required { name.clone() } else { format!("[{name}]") }
    });
    let transports: Vec<_> = task.transports().iter().map(|transport: &Transport| transport.name()).collect();
    [
        task.slug().to_owned(),
        names.collect::<Vec<_>>().join(" "),
        transports.join(","),
        task.doc().lines().next().unwrap_or_default().to_owned(),
    ]
}
