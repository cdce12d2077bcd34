//! Every link of every page of the repository leads somewhere, for a reader of Markdown and, of the guide, in rustdoc.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::reference::names::{addresses, anchors, names, undefined};
use super::reference::{files, guide};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every Markdown file, from the root; what is built or hidden is nobody's page.
fn pages() -> Vec<PathBuf> {
    let skipped = |file: &String| file.split('/').any(|part| part == "target" || part.starts_with('.'));
    let mut folders = vec![root()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("it has one").to_string_lossy().into_owned();
            if skipped(&name) || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".md") {
                found.push(path);
            }
        }
    }
    found
}

/// Pages that are parts of others, which define what these link to.
fn is_part(page: &Path) -> bool {
    let parts = ["guide/words", "guide/links.md", "guide/reference/links.md"];
    let path = page.to_string_lossy().replace('\\', "/");
    parts.iter().any(|part| path.contains(part))
}

/// Without `..` in it.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, part| {
        if part == Component::ParentDir {
            path.pop();
        } else {
            path.push(part);
        }
        path
    })
}

/// Whether the address, seen from the page, leads to a file, and to a heading of it when it names one.
fn leads(page: &Path, address: &str) -> Result<(), String> {
    if address.starts_with("https://") || address.starts_with("http://") {
        return Ok(());
    }
    let (file, heading) =
        address.split_once('#').map_or((address, None), |(file, heading)| (file, Some(heading)));
    let target = if file.is_empty() {
        page.to_owned()
    } else {
        page.with_file_name("x").parent().expect("a folder").join(file)
    };
    let target = plain(&target);
    if !target.exists() {
        return Err("there is no such file".to_owned());
    }
    let Some(heading) = heading else { return Ok(()) };
    let text = fs::read_to_string(&target).map_err(|error| error.to_string())?;
    if anchors(&text).contains(heading) { Ok(()) } else { Err("there is no such heading".to_owned()) }
}

#[test]
fn every_link_leads_a_reader_of_markdown_somewhere() {
    let mut wrong = Vec::new();
    let mut links = 0;
    for page in pages().into_iter().filter(|page| !is_part(page)) {
        let text = fs::read_to_string(&page).expect("a text");
        let name = page.strip_prefix(root()).expect("below").display().to_string();
        wrong.extend(undefined(&text).into_iter().map(|label| format!("{name}: [{label}] leads nowhere")));
        for address in addresses(&text) {
            links += 1;
            if let Err(reason) = leads(&page, &address) {
                wrong.push(format!("{name}: {address}: {reason}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nhelp: the guide links by names, as [`Pool::size`]; `guide/links.md` lists them, and blessing writes the addresses",
        wrong.join("\n")
    );
    assert!(links > 400, "only {links} links were found");
}

/// Rustdoc itself resolves the paths; this sees that a page of the guide links by paths alone, and to headings that there are.
#[test]
fn every_link_of_the_guide_leads_somewhere_in_rustdoc() {
    let guide = guide();
    let first = fs::read_to_string(guide.join("reference/links.md")).expect("it is there");
    let mut wrong = Vec::new();
    let pages: Vec<_> = files(&guide).into_iter().filter(|file| file.ends_with(".md")).collect();
    for page in pages.into_iter().filter(|page| !is_part(&guide.join(page))) {
        let text = fs::read_to_string(guide.join(&page)).expect("a text");
        for address in addresses(&format!("{first}\n{text}")) {
            let path = address.split_once('@').map_or(address.as_str(), |(_, path)| path);
            let (path, heading) =
                path.split_once('#').map_or((path, None), |(path, heading)| (path, Some(heading)));
            let file = match path.strip_prefix("crate::guide::") {
                Some(page) => format!("{page}.md"),
                None => page.clone(),
            };
            let known = path.is_empty() || path.starts_with("crate::") || path.starts_with("https://");
            let headed = heading.is_none_or(|heading| {
                fs::read_to_string(guide.join(&file)).is_ok_and(|text| anchors(&text).contains(heading))
            });
            if !known || !headed {
                wrong.push(format!("{page}: {address}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_name_of_the_list_is_used() {
    let guide = guide();
    let pages = files(&guide).into_iter().filter(|file| file.ends_with(".md") && !is_part(&guide.join(file)));
    let texts: Vec<_> = pages.map(|page| fs::read_to_string(guide.join(page)).expect("a text")).collect();
    let defined: BTreeSet<_> =
        texts.iter().flat_map(|text| text.lines()).filter(|line| line.starts_with('[')).collect();
    let unused: Vec<_> = names()
        .into_iter()
        .filter(|name| !defined.iter().any(|line| line.starts_with(&format!("[{}]: ", name.label))))
        .map(|name| name.label)
        .collect();
    assert!(unused.is_empty(), "no page links to {unused:?}: take them out of `links.md`");
}
