//! `webtask new`: a folder to begin with, which works offline.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::{Outcome, out};

/// The files, by their paths in the new folder.
const FILES: &[(&str, &str)] = &[
    ("recipes/title.webtask", include_str!("new/recipes/title.webtask")),
    ("recipes/title.expected.json", include_str!("new/recipes/title.expected.json")),
    ("recipes/quotes.webtask", include_str!("new/recipes/quotes.webtask")),
    ("recipes/quotes.expected.json", include_str!("new/recipes/quotes.expected.json")),
    ("web/example.com/index.html", include_str!("new/web/example.com/index.html")),
    (
        "web/quotes.toscrape.com/tag/humor/index.html",
        include_str!("new/web/quotes.toscrape.com/tag/humor/index.html"),
    ),
    ("webtask.toml", include_str!("new/webtask.toml")),
    (".gitignore", include_str!("new/gitignore")),
];

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  webtask new shop && cd shop
  webtask run quotes/tagged --output table
  webtask serve

A folder that has files is refused.")]
pub(crate) struct New {
    /// The folder; it is created
    #[arg(default_value = ".")]
    dir: PathBuf,
}

pub(crate) fn run(command: &New) -> Outcome {
    let dir = &command.dir;
    match fs::read_dir(dir).map(|mut entries| entries.next().is_none()) {
        Ok(true) => {}
        Ok(false) => {
            let message =
                format!("`{}` has files already; name a new folder: `webtask new NAME`", dir.display());
            return out::wrong(&message, Outcome::Broken);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            return out::wrong(&format!("cannot use `{}`: {error}", dir.display()), Outcome::Failed);
        }
    }
    for (name, text) in FILES {
        let path = dir.join(name);
        if let Err(error) = write(&path, text) {
            return out::wrong(&format!("cannot write `{}`: {error}", path.display()), Outcome::Failed);
        }
        out::note(&format!("created {}", path.display()));
    }
    let enter = if dir == Path::new(".") { String::new() } else { format!("cd {} && ", dir.display()) };
    out::note(&format!("\nnow: {enter}webtask run quotes/tagged"));
    Outcome::Done
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    fs::write(path, text)
}
