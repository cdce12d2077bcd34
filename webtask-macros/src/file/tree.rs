//! The modules that follow the folders of recipes, and the names that their tasks have there.

use std::collections::{BTreeMap, HashMap};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use webtask_grammar::ast::{Name, Task};
use webtask_grammar::{Problems, check_slugs, function_name};

/// Names the tasks by their folders, and gives the modules in which those names stand.
///
/// All tasks are expanded side by side, in one module of its own; the folders' modules only name them. There a slug
/// loses what it repeats of the folder's path: `crawl/quotes` in the folder `crawl` is `crawl::quotes`.
pub(super) fn modules(
    tasks: &mut [Task],
    folders: &[&[String]],
    place: &dyn Fn(Span) -> String,
    problems: &mut Problems,
) -> TokenStream {
    let names: Vec<_> = tasks.iter().zip(folders).map(|(task, folder)| inside(task, folder)).collect();
    let mut root = Folder::default();
    for (index, folder) in folders.iter().enumerate() {
        root.add(folder, index, problems);
    }
    root.check(&mut Vec::new(), tasks, &names, place, problems);
    check_slugs(tasks, place, problems);
    rename(tasks, folders, &names);
    let tree = root.modules(&mut Vec::new(), tasks, &names);
    let all = tasks.iter().map(|task| task.name.ident());
    quote! {
        #tree

        /// Every task of the folder, in the order of their files.
        #[allow(dead_code)]
        pub fn tasks() -> __webtask::__rt::std::vec::Vec<__webtask::Task> {
            __webtask::__rt::std::vec![#(self::__recipes::#all::TASK.clone()),*]
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
                let message =
                    format!("a second task becomes `{full}`, as the one at {}", place(other.slug.span));
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

    /// The names of what stands in the folder.
    fn modules(&self, path: &mut Vec<String>, tasks: &[Task], names: &[String]) -> TokenStream {
        let up = path.iter().map(|_| quote! { super:: });
        let up = quote! { self::#(#up)* };
        let here = self.tasks.iter().map(|&index| {
            let task = &tasks[index];
            let (from, to) = (task.name.ident(), ident(&names[index], task.name.span));
            let renamed = (names[index] != task.name.text).then(|| quote! { as #to });
            quote! {
                #[doc(inline)]
                #[allow(unused_imports)]
                pub use #up __recipes::#from #renamed;
            }
        });
        let here: TokenStream = here.collect();
        let inner = self.folders.iter().map(|(module, (name, folder))| {
            path.push(name.clone());
            let inside = folder.modules(path, tasks, names);
            let doc = format!("The tasks of the folder `{}`.", path.join("/"));
            path.pop();
            let module = ident(module, Span::call_site());
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
