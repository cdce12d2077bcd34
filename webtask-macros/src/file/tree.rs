//! The modules that follow the folders of recipes, and the names that their tasks have there.

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use webtask_grammar::ast::{Name, Task};
use webtask_grammar::{Problems, check_slugs, function_name};

use crate::expand::{Expanded, Site};

/// The module that has what all tasks need; the folders' modules have what users name.
const APART: &str = "__recipes";

/// The folders, and what their tasks are called.
pub(super) struct Tree {
    root: Folder,
    names: Vec<String>,
}

impl Tree {
    /// Names the tasks by their folders. There a slug loses what it repeats of the folder's path: `crawl/quotes` in the
    /// folder `crawl` is `crawl::quotes`.
    pub(super) fn new(
        tasks: &mut [Task],
        folders: &[&[String]],
        place: &dyn Fn(Span) -> String,
        problems: &mut Problems,
    ) -> Self {
        let names: Vec<_> = tasks.iter().zip(folders).map(|(task, folder)| inside(task, folder)).collect();
        let mut root = Folder::default();
        for (index, folder) in folders.iter().enumerate() {
            root.add(folder, index, problems);
        }
        root.check(&mut Vec::new(), tasks, &names, place, problems);
        check_slugs(tasks, place, problems);
        rename(tasks, folders, &names);
        Self { root, names }
    }

    /// Where the function and the module of each task stand.
    pub(super) fn sites(&self, tasks: &[Task]) -> Vec<Site> {
        // A task with a problem, whose name is another's or whose folder has none, stands with what is apart.
        let alone = |task: &Task| vec![ident(APART, Span::call_site()), task.name.ident()];
        let mut paths: Vec<_> = tasks.iter().map(alone).collect();
        self.root.paths(&mut Vec::new(), tasks, &self.names, &mut paths);
        paths.into_iter().map(|path| Site::apart(APART, path)).collect()
    }

    /// The modules of the folders with their tasks, beside the one that has the rest.
    pub(super) fn modules(&self, sites: &[Site], expanded: &[Expanded]) -> TokenStream {
        let faces: Vec<_> =
            sites.iter().zip(expanded).map(|(site, expanded)| (site.path(), &expanded.face)).collect();
        let tree = self.root.modules(&mut Vec::new(), &mut Vec::new(), &faces);
        let apart = ident(APART, Span::call_site());
        let helpers = expanded.iter().map(|expanded| &expanded.helpers);
        let alone = faces.iter().filter(|(path, _)| path[..path.len() - 1] == [apart.clone()]);
        let alone = alone.map(|(_, face)| face);
        let all = sites.iter().map(|site| {
            let path = site.path();
            quote! { self::#(#path::)*TASK.clone() }
        });
        quote! {
            #[doc(hidden)]
            mod #apart { #(#helpers)* #(#alone)* }
            #tree

            /// Every task of the folder, in the order of their files.
            #[allow(dead_code)]
            pub fn tasks() -> __webtask::__rt::std::vec::Vec<__webtask::Task> {
                __webtask::__rt::std::vec![#(#all),*]
            }
        }
    }
}

/// The task's name in the module of its folder.
fn inside(task: &Task, folder: &[String]) -> String {
    let slug = &task.slug;
    let named = (task.name.span.start(), task.name.span.end()) != (slug.span.start(), slug.span.end());
    let prefix: String = folder.iter().map(|segment| format!("{segment}/")).collect();
    match slug.value.strip_prefix(&prefix).filter(|rest| !rest.is_empty() && !named) {
        Some(rest) => function_name(rest),
        None => task.name.text.clone(),
    }
}

/// Gives each task a name that no other task has, wherever it stands.
fn rename(tasks: &mut [Task], folders: &[&[String]], names: &[String]) {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for name in names {
        *count.entry(name).or_default() += 1;
    }
    let mut taken: Vec<String> = Vec::new();
    for ((task, folder), name) in tasks.iter_mut().zip(folders).zip(names) {
        let mut new = name.clone();
        if count[name.as_str()] > 1 {
            let path: String = folder.iter().map(|segment| format!("{segment}_")).collect();
            new = function_name(&(path + name));
            while taken.contains(&new) || count.contains_key(new.as_str()) && new != *name {
                new.push('_');
            }
        }
        taken.push(new.clone());
        task.name.text = new;
    }
}

/// A folder: its tasks, and its folders by the names of their modules.
#[derive(Default)]
struct Folder {
    tasks: Vec<usize>,
    folders: BTreeMap<String, (String, Folder)>,
}

impl Folder {
    fn add(&mut self, path: &[String], task: usize, problems: &mut Problems) {
        let [first, rest @ ..] = path else {
            self.tasks.push(task);
            return;
        };
        let (name, folder) =
            self.folders.entry(function_name(first)).or_insert_with(|| (first.clone(), Folder::default()));
        if name != first {
            let message =
                format!("the folders `{name}` and `{first}` are both the module `{}`", function_name(first));
            problems.help(Span::call_site(), message, "rename one of them");
            return;
        }
        folder.add(rest, task, problems);
    }

    /// No two things in a module have one name.
    fn check(
        &self,
        path: &mut Vec<String>,
        tasks: &[Task],
        names: &[String],
        place: &dyn Fn(Span) -> String,
        problems: &mut Problems,
    ) {
        let mut first: HashMap<&str, &Task> = HashMap::new();
        for &index in &self.tasks {
            let (task, name) = (&tasks[index], names[index].as_str());
            let full: String =
                path.iter().map(|module| format!("{module}::")).chain([name.to_owned()]).collect();
            let help = format!("give it another name: `task \"{}\" as NAME`", task.slug.value);
            if let Some(other) = first.insert(name, task).filter(|other| other.slug != task.slug) {
                let message = format!(
                    "another task already becomes `{full}`, as the one at {}",
                    place(other.slug.span)
                );
                problems.help(task.name.span, message, help);
            } else if let Some((folder, _)) = self.folders.get(name) {
                let message = format!("the task and the folder `{folder}` both become the module `{full}`");
                problems.help(task.name.span, message, help);
            } else if path.is_empty() && name == "tasks" {
                let message = "the function `tasks` gives all tasks of the folder";
                problems.help(task.name.span, message, help);
            }
        }
        for (module, (_, folder)) in &self.folders {
            path.push(module.clone());
            folder.check(path, tasks, names, place, problems);
            path.pop();
        }
    }

    /// The paths of the tasks whose names nothing else has.
    fn paths(&self, path: &mut Vec<Ident>, tasks: &[Task], names: &[String], paths: &mut [Vec<Ident>]) {
        let mut taken = HashSet::new();
        for &index in &self.tasks {
            let name = names[index].as_str();
            let free = !self.folders.contains_key(name) && (!path.is_empty() || name != "tasks");
            if free && taken.insert(name) {
                path.push(ident(name, tasks[index].name.span));
                paths[index].clone_from(path);
                path.pop();
            }
        }
        for (module, (_, folder)) in &self.folders {
            path.push(ident(module, Span::call_site()));
            folder.paths(path, tasks, names, paths);
            path.pop();
        }
    }

    /// What stands in the folder's module, of the paths that begin with it.
    fn modules(
        &self,
        path: &mut Vec<Ident>,
        names: &mut Vec<String>,
        faces: &[(&[Ident], &TokenStream)],
    ) -> TokenStream {
        let here = self.tasks.iter().map(|&index| faces[index]);
        let here = here.filter(|(full, _)| full[..full.len() - 1] == **path).map(|(_, face)| face.clone());
        let here: TokenStream = here.collect();
        let inner = self.folders.iter().map(|(module, (name, folder))| {
            let module = ident(module, Span::call_site());
            path.push(module.clone());
            names.push(name.clone());
            let inside = folder.modules(path, names, faces);
            let doc = format!("The tasks of the folder `{}`.", names.join("/"));
            names.pop();
            path.pop();
            quote! {
                #[doc = #doc]
                pub mod #module { #inside }
            }
        });
        let inner: TokenStream = inner.collect();
        quote! { #here #inner }
    }
}

fn ident(name: &str, span: Span) -> Ident {
    Name { text: name.to_owned(), span }.ident()
}
