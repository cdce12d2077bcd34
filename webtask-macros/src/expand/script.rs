//! JavaScript files of a crate: `fn "path"` means `scripts/path` beside its `Cargo.toml`.

use std::path::{Component, Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;
use webtask_grammar::Problems;
use webtask_grammar::ast::{Action, Block, Condition, Script, Str, Task};

/// The script's source as a Rust expression; a file is tracked for rebuilds.
pub(super) fn source(script: &Script) -> TokenStream {
    match script {
        Script::Inline(text) => {
            let text = &text.value;
            quote! { #text }
        }
        Script::File(path) => match locate(path) {
            Some(file) if file.is_file() => {
                let file = file.display().to_string();
                quote! { ::core::include_str!(#file) }
            }
            _ => quote! { "" },
        },
    }
}

/// Whether each script's file is there.
pub(super) fn check(tasks: &[Task], problems: &mut Problems) {
    for task in tasks {
        visit(&task.body, &mut |script| {
            if let Script::File(path) = script
                && let Some(file) = locate(path)
                && !file.is_file()
            {
                let name = &path.value;
                problems.help(
                    path.span,
                    format!("script `{name}` is missing"),
                    format!(
                        "write the function's body into `scripts/{name}` beside the crate's `Cargo.toml`"
                    ),
                );
            }
        });
    }
}

fn visit(block: &Block, see: &mut impl FnMut(&Script)) {
    for step in &block.steps {
        match &step.action {
            Action::Js(js) => see(&js.script),
            Action::Loop(turns) => turns.script.iter().for_each(&mut *see),
            Action::If(branch) => {
                for (condition, _) in &branch.branches {
                    if let Condition::Js(script) = condition {
                        see(script);
                    }
                }
            }
            _ => {}
        }
        for block in step.action.blocks() {
            visit(block, see);
        }
    }
}

/// Where the script's file is; none when the path is none of a script, which the grammar has told.
fn locate(path: &Str) -> Option<PathBuf> {
    let relative = Path::new(&path.value);
    if path.value.is_empty() || !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    Some(root.join("scripts").join(relative))
}
