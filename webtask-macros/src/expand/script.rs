//! JavaScript files of a crate: `fn "path"` means `scripts/path` beside its `Cargo.toml`.

use std::path::{Component, Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;
use webtask_grammar::Problem;
use webtask_grammar::ast::{Action, Block, Condition, Script, Str, Task};

/// The script's source as a Rust expression; a file is tracked for rebuilds.
pub(super) fn source(script: &Script) -> TokenStream {
    match script {
        Script::Inline(text) => {
            let text = &text.value;
            quote! { #text }
        }
        Script::File(path) => match locate(path) {
            Ok(file) => {
                let file = file.display().to_string();
                quote! { ::core::include_str!(#file) }
            }
            Err(_) => quote! { "" },
        },
    }
}

/// The script files that are not there.
pub(super) fn missing(tasks: &[Task]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for task in tasks {
        visit(&task.body, &mut |script| {
            if let Script::File(path) = script
                && let Err(problem) = locate(path)
            {
                problems.push(problem);
            }
        });
    }
    problems
}

fn visit(block: &Block, see: &mut impl FnMut(&Script)) {
    for step in &block.steps {
        match &step.action {
            Action::Js(js) => see(&js.script),
            Action::ForEach(each) => visit(&each.body, see),
            Action::Retry(retry) => visit(&retry.body, see),
            Action::If(branch) => {
                for (condition, block) in &branch.branches {
                    if let Condition::Js(script) = condition {
                        see(script);
                    }
                    visit(block, see);
                }
                if let Some(block) = &branch.otherwise {
                    visit(block, see);
                }
            }
            _ => {}
        }
    }
}

fn locate(path: &Str) -> Result<PathBuf, Problem> {
    let problem = |message: String, help: String| Problem { span: path.span, message, help: Some(help) };
    let relative = Path::new(&path.value);
    if path.value.is_empty() || !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        let help = "write a path below the crate's `scripts/`, such as `stats.js`".into();
        return Err(problem(format!("`{}` is no path of a script", path.value), help));
    }
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let file = root.join("scripts").join(relative);
    if file.is_file() {
        Ok(file)
    } else {
        let help = format!(
            "write the function's body into `scripts/{}` beside the crate's `Cargo.toml`",
            path.value
        );
        Err(problem(format!("script `{}` is missing", path.value), help))
    }
}
