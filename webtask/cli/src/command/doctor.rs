//! `webtask doctor`: what recipes need of this machine, and how to get what is missing.

mod machine;

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value};
use tokio::runtime::Runtime;
use tracing::level_filters::LevelFilter;
use webtask::{Builder, Recipes};

use crate::common::Common;
use crate::settings::Settings;
use crate::{Outcome, log, out, recipes, style};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask doctor

It starts the browser of the settings, and opens an empty page in it.

Exit codes: 0 recipes can run (there may be warnings), 1 they cannot.")]
pub(crate) struct Doctor {
    #[command(flatten)]
    settings: Settings,
}

/// What was found out about one thing.
enum Found {
    Good(String),
    /// Some recipes need it; how to mend it.
    Warning(String, String),
    /// No recipe runs without it.
    Bad(String),
}

/// What the browser is asked: its version, and whether it has letters for some scripts. Where it has none, two different
/// letters look alike.
const PAGE: &str = r#"task "doctor"
    timeout 60s
    goto "data:text/html,<title>doctor</title>"
    js seen """
        const look = letter => {
            const canvas = new OffscreenCanvas(40, 40);
            const context = canvas.getContext("2d");
            context.font = "24px sans-serif";
            context.fillText(letter, 2, 30);
            return context.getImageData(0, 0, 40, 40).data.join();
        };
        const has = (one, other) => look(one) !== look(other);
        return {
            agent: navigator.userAgent,
            latin: has("a", "b"),
            cjk: has("\u65e5", "\u672c"),
            emoji: has("\u{1f600}", "\u{1f680}"),
        };
        """
    return "{{seen}}"
end
"#;

pub(crate) fn run(command: &Doctor, common: &Common) -> Outcome {
    log::start(common, LevelFilter::OFF);
    let folder = recipes::folder();
    let file = command.settings.file(&folder);
    let mut checks = vec![("settings", settings(file.as_ref(), command.settings.builder(&folder)))];
    let seen = browser(command.settings.builder(&folder).ask_secrets(false));
    checks.push(("browser", seen.as_ref().map_or_else(|why| Found::Bad(why.clone()), version)));
    checks.push(("sandbox", machine::sandbox()));
    if let Ok(seen) = &seen {
        checks.push(("fonts", fonts(seen)));
    }
    checks.push(("ffmpeg", machine::ffmpeg()));
    checks.push(("shared memory", machine::shared_memory()));
    checks.push(("temporary files", machine::temporary()));
    checks.push(("open files", machine::open_files()));
    checks.push(("port 8765", machine::port()));
    let on = style::on_stdout();
    let mut text = String::new();
    for (name, found) in &checks {
        let (mark, color, told, help) = match found {
            Found::Good(told) => ("ok", style::GOOD, told, None),
            Found::Warning(told, help) => ("!!", style::WARNING, told, Some(help)),
            Found::Bad(told) => ("NO", style::WRONG, told, None),
        };
        text += &format!("{}  {name:15}  {}\n", style::paint(mark, color, on), out::plain(told));
        if let Some(help) = help {
            text += &format!("                     {}\n", style::paint(help, style::HELP, on));
        }
    }
    let is_bad = checks.iter().any(|(_, found)| matches!(found, Found::Bad(_)));
    out::finish(&text).max(if is_bad { Outcome::Failed } else { Outcome::Done })
}

fn settings(file: Option<&PathBuf>, builder: Builder) -> Found {
    let name = match (file, std::env::var("WEBTASK_SETTINGS")) {
        (Some(file), _) => file.display().to_string(),
        (None, Ok(file)) if !file.is_empty() => file,
        _ => "no webtask.toml: the defaults, and variables".to_owned(),
    };
    match builder.ask_secrets(false).build() {
        Ok(_) => Found::Good(name),
        Err(error) => Found::Bad(error.to_string()),
    }
}

/// What the browser says; else why it does not.
fn browser(builder: Builder) -> Result<Value, String> {
    let recipes = Recipes::parse("doctor", PAGE).map_err(|mistakes| mistakes.to_string())?;
    let webtask = builder.build().map_err(|error| error.to_string())?;
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let task = recipes.get("doctor").ok_or("the recipe has no task")?;
        let result = match task.start(&webtask, Map::new()) {
            Ok(run) => run.await,
            Err(error) => Err(error),
        };
        let closed = webtask.close().await;
        let result = result.map_err(|error| error.message().to_owned())?;
        closed.map_err(|error| error.to_string())?;
        serde_json::from_str(result.get()).map_err(|error| error.to_string())
    })
}

fn version(seen: &Value) -> Found {
    let agent = seen["agent"].as_str().unwrap_or_default();
    let version = agent.split_whitespace().find(|part| part.contains("Chrome/")).unwrap_or(agent);
    Found::Good(version.replace("Chrome/", "Chrome "))
}

fn fonts(seen: &Value) -> Found {
    let missing: Vec<_> = [("latin", "Latin"), ("cjk", "Chinese, Japanese and Korean"), ("emoji", "emoji")]
        .into_iter()
        .filter(|(key, _)| seen[*key] == false)
        .map(|(_, name)| name)
        .collect();
    if missing.is_empty() {
        return Found::Good("Latin, Chinese, Japanese, Korean, emoji".into());
    }
    Found::Warning(
        format!("none for {}: pages show boxes", missing.join(", ")),
        "apt-get install fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji".into(),
    )
}
