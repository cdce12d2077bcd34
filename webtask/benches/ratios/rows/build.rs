//! What a changed recipe costs its author: `cargo check` of a crate of fifty, beside the same functions by hand.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::measure::{Bound, Row, Samples};
use crate::setting::Setting;

const RECIPES: usize = 50;

pub(crate) fn touched(setting: &Setting) -> Vec<Row> {
    let folder = workspace();
    for member in ["by-hand", "recipes"] {
        check(&folder, member);
    }
    let mut samples = [Vec::new(), Vec::new()];
    for round in 0..=setting.rounds(6) {
        for side in if round % 2 == 0 { [0, 1] } else { [1, 0] } {
            let (member, text): (_, fn(usize, usize) -> String) =
                [("by-hand", by_hand as fn(usize, usize) -> String), ("recipes", recipe)][side];
            fs::write(folder.join(member).join("src/task_07.rs"), text(7, round + 2)).unwrap();
            let took = check(&folder, member);
            if round > 0 {
                samples[side].push(took);
            }
        }
    }
    vec![Samples::of(samples.into()).row(
        "cargo check, one of 50 recipes touched",
        "ms",
        0,
        1,
        Bound::AtMost(2.0),
    )]
}

fn check(folder: &Path, member: &str) -> f64 {
    let start = Instant::now();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--quiet", "--offline", "--package", member]).current_dir(folder);
    let output = cargo.env("CARGO_TARGET_DIR", folder.join("target")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    start.elapsed().as_secs_f64() * 1000.0
}

/// A workspace of both crates, beside the other things that are built.
fn workspace() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = crate_folder.parent().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ratios");
    let manifest = |name: &str, more: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{more}\
             serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\nschemars = \"1\"\n"
        )
    };
    let ours = format!("webtask = {{ path = {:?} }}\n", crate_folder.display().to_string());
    for (name, more, text) in [
        ("by-hand", "chromiumoxide = \"0.9\"\n", by_hand as fn(usize, usize) -> String),
        ("recipes", ours.as_str(), recipe),
    ] {
        let source = folder.join(name).join("src");
        fs::create_dir_all(&source).unwrap();
        fs::write(folder.join(name).join("Cargo.toml"), manifest(name, more)).unwrap();
        let mut modules = String::new();
        for number in 0..RECIPES {
            writeln!(modules, "pub mod task_{number:02};").unwrap();
            fs::write(source.join(format!("task_{number:02}.rs")), text(number, 1)).unwrap();
        }
        fs::write(source.join("lib.rs"), modules).unwrap();
    }
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"by-hand\", \"recipes\"]\n",
    )
    .unwrap();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

fn recipe(number: usize, limit: usize) -> String {
    format!(
        r##"webtask::webtask! {{
    /// The entries of a list.
    pub task "list/task-{number}" as list {{
        timeout 30s;
        input page string required doc "the page";
        input limit int default {limit};
        status "reading page {{{{page}}}}";
        goto "https://example.com/{number}/{{{{page}}}}";
        wait until ".entry";
        extract entries from ".entry" repeat {{
            name text "h2";
            price text ".price" float optional;
            link attr href on "a" url;
            tags text ".tag" all;
        }}
        js height "return document.body.scrollHeight";
    }}
}}
"##
    )
}

fn by_hand(number: usize, limit: usize) -> String {
    format!(
        r##"//! The entries of a list.
use chromiumoxide::Page;
use schemars::JsonSchema;
use serde::{{Deserialize, Serialize}};

#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct Input {{
    /// the page
    pub page: String,
    #[serde(default = "limit")]
    pub limit: i64,
}}

fn limit() -> i64 {{
    {limit}
}}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Output {{
    pub entries: Vec<Entry>,
    pub height: serde_json::Value,
}}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Entry {{
    pub name: String,
    pub price: Option<f64>,
    pub link: String,
    pub tags: Vec<String>,
}}

pub async fn list(page: &Page, input: Input) -> Result<Output, Box<dyn std::error::Error + Send + Sync>> {{
    eprintln!("reading page {{}}", input.page);
    page.goto(format!("https://example.com/{number}/{{}}", input.page)).await?;
    page.find_element(".entry").await?;
    let entries = page
        .evaluate(
            "[...document.querySelectorAll('.entry')].map(entry => ({{ name: entry.querySelector('h2').textContent.trim(), \
             price: parseFloat(entry.querySelector('.price')?.textContent), link: entry.querySelector('a').href, \
             tags: [...entry.querySelectorAll('.tag')].map(tag => tag.textContent.trim()) }}))",
        )
        .await?
        .into_value()?;
    let height = page.evaluate("document.body.scrollHeight").await?.into_value()?;
    Ok(Output {{ entries, height }})
}}

pub fn schema() -> (schemars::Schema, schemars::Schema) {{
    (schemars::schema_for!(Input), schemars::schema_for!(Output))
}}
"##
    )
}
