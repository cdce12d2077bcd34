//! Reads the texts of recipe files and makes programs of them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::Span;
use webtask_grammar::ast::{Script, Task};
use webtask_grammar::lower::{lower, unused};
use webtask_grammar::{
    Problems, Source, Sources, check_slugs, each_script, keyword, parse_text, resolve, script,
};

use super::files::File;
use super::mistake::{Mistake, Mistakes};
use super::{Programs, Recipe};

/// What was read.
pub(super) struct Read {
    pub(super) programs: Programs,
    /// What may be a mistake.
    pub(super) warnings: Vec<Mistake>,
}

/// The programs of the tasks in these files; their scripts are below one of these folders.
///
/// What it reads stays in the memory of the thread that calls it.
pub(super) fn programs(files: &[File], folders: &[PathBuf]) -> Result<Read, Mistakes> {
    let source = |file: &File| Source::new(file.name.as_str(), &file.text);
    let sources = Sources::new(files.iter().map(source).collect());
    let place = |span: Span| sources.place(span);
    let mut problems = Problems::new();
    let mut tasks = Vec::new();
    for source in sources.iter() {
        tasks.extend(parse_text(source, &mut problems));
    }
    check_slugs(&tasks, &place, &mut problems);
    let plans = resolve(&tasks, &mut problems);
    let scripts = scripts(&tasks, folders, &mut problems);
    let problems = problems.take();
    if !problems.is_empty() {
        return Err(Mistakes::of(&sources, problems));
    }
    let mut recipes = Vec::new();
    let mut warnings = Vec::new();
    for (index, (task, plan)) in tasks.iter().zip(&plans).enumerate() {
        let lowered = lower(&tasks, &plans, index, false, &place);
        warnings.extend(unused(task, plan, &lowered).map(|(word, name)| {
            Mistake::warning(&sources, name, format!("{word} `{}` is never used", name.text))
        }));
        recipes.push(Recipe::new(lowered.task, word));
    }
    Ok(Read { programs: Programs::new(recipes, scripts), warnings })
}

/// The word of a step, for as long as the process lives.
fn word(name: &str) -> &'static str {
    keyword::WORDS.iter().map(|word| word.name).find(|word| *word == name).unwrap_or("step")
}

/// The sources of the scripts in files that these tasks name, by their paths.
fn scripts(tasks: &[Task], folders: &[PathBuf], problems: &mut Problems) -> BTreeMap<String, String> {
    let mut found = BTreeMap::<String, String>::new();
    each_script(tasks, &mut |script, wanted| {
        let Script::File(path) = script else { return };
        let name = &path.value;
        if !script::is_path(name) {
            return;
        }
        if !found.contains_key(name) {
            let Some(text) = find(folders, name) else {
                let help = match folders.first() {
                    Some(folder) => {
                        format!("write the script into `{}`", folder.join(file_name(name)).display())
                    }
                    None => "write the script itself here".to_owned(),
                };
                problems.help(path.span, format!("script `{name}` is missing"), help);
                return;
            };
            found.insert(name.clone(), text);
        }
        if let Some((message, help)) = script::fault(&found[name], wanted) {
            problems.help(path.span, format!("script `{name}`: {message}"), help);
        }
    });
    found
}

/// `fn "page/info"` means `page/info.js`, unless there is a file of just that name.
fn find(folders: &[PathBuf], name: &str) -> Option<String> {
    let names = [name.to_owned(), format!("{name}.js")];
    let paths = folders.iter().flat_map(|folder| names.iter().map(|name| folder.join(name)));
    paths.filter(|path| path.is_file()).find_map(|path| std::fs::read_to_string(path).ok())
}

fn file_name(name: &str) -> String {
    if name.ends_with(".js") { name.to_owned() } else { format!("{name}.js") }
}
