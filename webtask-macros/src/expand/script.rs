//! JavaScript files of a crate: `fn "path"` means `scripts/path` beside its `Cargo.toml`.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;
use webtask_grammar::ast::{Script, Task};
use webtask_grammar::script::{Wanted, fault, is_path};
use webtask_grammar::{Problems, each_script, keyword};
use webtask_program as program;

/// The script's source as a Rust expression; a file is tracked for rebuilds.
pub(super) fn source(script: &program::Script) -> TokenStream {
    match script {
        program::Script::Inline(text) => quote! { #text },
        program::Script::File(path) => match locate(path) {
            Some(file) if file.is_file() => {
                let file = file.display().to_string();
                quote! { ::core::include_str!(#file) }
            }
            _ => quote! { "" },
        },
    }
}

/// Whether each script's file is there, and says what its place wants.
pub(super) fn check(tasks: &[Task], problems: &mut Problems) {
    each_script(tasks, &mut |script, wanted| {
        let Script::File(path) = script else { return };
        let Some(file) = locate(&path.value) else { return };
        let name = &path.value;
        if !file.is_file() {
            problems.help(path.span, format!("script `{name}` is missing"), meant(name));
        } else if let Some((message, help)) = in_file(&file, wanted) {
            problems.help(path.span, format!("script `{name}`: {message}"), help);
        }
    });
}

/// What to write instead of the path of a file that is not there.
fn meant(name: &str) -> String {
    let with_ending = if name.ends_with(".js") { name.to_owned() } else { format!("{name}.js") };
    let root = scripts();
    if root.join(&with_ending).is_file() {
        return format!("write its whole name: `fn \"{with_ending}\"`");
    }
    let folder = with_ending.rsplit_once('/').map_or("", |(folder, _)| folder);
    let there: Vec<String> = std::fs::read_dir(root.join(folder))
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let file = entry.ok()?.file_name().into_string().ok()?;
            Some(if folder.is_empty() { file } else { format!("{folder}/{file}") })
        })
        .collect();
    match keyword::nearest(&with_ending, there.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let ending = if with_ending == name {
                String::new()
            } else {
                format!(", and `fn \"{with_ending}\"` here")
            };
            format!("write the script into `scripts/{with_ending}` beside the crate's `Cargo.toml`{ending}")
        }
    }
}

/// What is wrong with the script in a file. One that cannot be read is for rustc to tell.
fn in_file(file: &Path, wanted: Wanted) -> Option<(String, String)> {
    fault(&std::fs::read_to_string(file).ok()?, wanted)
}

/// Where the script's file is; none when the path is none of a script, which the grammar has told.
fn locate(path: &str) -> Option<PathBuf> {
    is_path(path).then(|| find(&scripts(), path))
}

/// The folder of the crate's scripts.
fn scripts() -> PathBuf {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    root.join("scripts")
}

/// `fn "page/info"` means `page/info.js`, unless there is a file of just that name.
fn find(scripts: &Path, path: &str) -> PathBuf {
    let (file, longer) = (scripts.join(path), scripts.join(format!("{path}.js")));
    if !file.is_file() && longer.is_file() { longer } else { file }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_script_is_looked_at_as_a_written_one() {
        let file = std::env::temp_dir().join(format!("webtask-script-{}.js", std::process::id()));
        let said = |source: &str| {
            std::fs::write(&file, source).expect("the folder can be written");
            in_file(&file, Wanted { value: true, awaits: Some(true) }).map(|(message, _)| message)
        };
        assert_eq!(said("// rows\ndocument.querySelectorAll('.row').length;\n"), None);
        assert_eq!(said("const rows = await f();\nreturn rows;\n"), None);
        assert_eq!(said("function main() { return 1 }\n").as_deref(), Some("a function that nobody calls"));
        assert_eq!(said("const rows = f();\nrows.length\n").as_deref(), Some("statements without a value"));
        std::fs::remove_file(&file).expect("it can be removed");
    }

    #[test]
    fn a_script_is_named_with_its_ending_or_without() {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../recipes-ported/scripts");
        let file = scripts.join("page-stats.js");
        assert!(file.is_file());
        assert_eq!(find(&scripts, "page-stats.js"), file);
        assert_eq!(find(&scripts, "page-stats"), file);
        assert_eq!(find(&scripts, "nothing"), scripts.join("nothing"));
    }
}
