//! The settings of a command that runs tasks.

use std::path::{Path, PathBuf};

use clap::Args;
use webtask::{Builder, Webtask};

/// The name of the file.
const FILE: &str = "webtask.toml";

#[derive(Args, Debug)]
pub(crate) struct Settings {
    /// The file of settings [default: WEBTASK_SETTINGS, or the nearest webtask.toml above the recipes]
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

impl Settings {
    /// The settings for the recipes there.
    pub(crate) fn builder(&self, recipes: &Path) -> Builder {
        let builder = Webtask::builder().ask_secrets(true);
        match self.file(recipes) {
            Some(file) => builder.settings(file),
            None => builder,
        }
    }

    /// The file. None if a variable names it, or if there is no file.
    pub(crate) fn file(&self, recipes: &Path) -> Option<PathBuf> {
        if self.settings.is_some() {
            return self.settings.clone();
        }
        if std::env::var_os("WEBTASK_SETTINGS").is_some_and(|value| !value.is_empty()) {
            return None;
        }
        nearest(recipes)
    }
}

/// The file in the folder of the recipes, or in the nearest folder above it.
fn nearest(recipes: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(recipes).ok()?;
    path.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
}
