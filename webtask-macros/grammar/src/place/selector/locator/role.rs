//! The roles of ARIA, and what can be asked of an element with one.

use super::{Read, Reader};
use crate::keyword::{nearest, one_of};
use crate::place::selector::fault::helped;

const HELP: &str = "write it as `role=button[name=\"Send\"]`";
const NAME: &str =
    "write `[name=Send]` for a part of the name, `[name=\"Send\"]` for all of it, or `[name=/^Send/i]`";

/// The roles that an element can have.
pub(super) const ROLES: &[&str] = &[
    "alert",
    "alertdialog",
    "application",
    "article",
    "banner",
    "blockquote",
    "button",
    "caption",
    "cell",
    "checkbox",
    "code",
    "columnheader",
    "combobox",
    "complementary",
    "contentinfo",
    "definition",
    "deletion",
    "dialog",
    "directory",
    "document",
    "emphasis",
    "feed",
    "figure",
    "form",
    "generic",
    "grid",
    "gridcell",
    "group",
    "heading",
    "image",
    "img",
    "insertion",
    "link",
    "list",
    "listbox",
    "listitem",
    "log",
    "main",
    "mark",
    "marquee",
    "math",
    "menu",
    "menubar",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "meter",
    "navigation",
    "none",
    "note",
    "option",
    "paragraph",
    "presentation",
    "progressbar",
    "radio",
    "radiogroup",
    "region",
    "row",
    "rowgroup",
    "rowheader",
    "scrollbar",
    "search",
    "searchbox",
    "separator",
    "slider",
    "spinbutton",
    "status",
    "strong",
    "subscript",
    "suggestion",
    "superscript",
    "switch",
    "tab",
    "table",
    "tablist",
    "tabpanel",
    "term",
    "textbox",
    "time",
    "timer",
    "toolbar",
    "tooltip",
    "tree",
    "treegrid",
    "treeitem",
];

/// The roles whose elements have no name.
const NAMELESS: &[&str] = &[
    "caption",
    "code",
    "definition",
    "deletion",
    "emphasis",
    "generic",
    "insertion",
    "mark",
    "none",
    "paragraph",
    "presentation",
    "strong",
    "subscript",
    "suggestion",
    "superscript",
    "time",
];

const CHECKED: &[&str] =
    &["checkbox", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "treeitem"];
const EXPANDED: &[&str] = &[
    "application",
    "button",
    "checkbox",
    "columnheader",
    "combobox",
    "gridcell",
    "group",
    "link",
    "listbox",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "row",
    "rowheader",
    "switch",
    "tab",
    "treeitem",
];
const LEVEL: &[&str] = &["heading", "listitem", "row", "treeitem"];
const SELECTED: &[&str] = &["columnheader", "gridcell", "option", "row", "rowheader", "tab", "treeitem"];

/// What can be asked of an element with a role.
pub(super) const ATTRIBUTES: &[&str] =
    &["checked", "disabled", "expanded", "include-hidden", "level", "name", "pressed", "selected"];

/// The roles whose elements have that attribute; none when all have it.
fn roles_of(attribute: &str) -> Option<&'static [&'static str]> {
    match attribute {
        "checked" => Some(CHECKED),
        "expanded" => Some(EXPANDED),
        "level" => Some(LEVEL),
        "pressed" => Some(&["button"]),
        "selected" => Some(SELECTED),
        _ => None,
    }
}

/// Why an element with that role never has that attribute, and what to write; none when it may have it.
pub(super) fn excludes(role: &str, attribute: &str) -> Option<(String, String)> {
    if attribute == "name" && NAMELESS.contains(&role) {
        let help = "write `text=` for what it says, or `text=… >> role=…`".to_owned();
        return Some((format!("the role `{role}` has no `name`"), help));
    }
    let roles = roles_of(attribute).filter(|roles| !roles.contains(&role))?;
    let help = format!("only {} has it", one_of(roles.iter().copied()));
    Some((format!("the role `{role}` has no `{attribute}`"), help))
}

/// What to write instead of an unknown role.
pub(super) fn instead(role: &str) -> String {
    let role = role.to_ascii_lowercase();
    let meant = match role.as_str() {
        "a" | "anchor" | "hyperlink" => "link",
        "input" | "textarea" | "textfield" | "edit" | "email" | "password" => "textbox",
        "select" | "dropdown" | "combo" => "combobox",
        "btn" | "submit" => "button",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = role.trim_start_matches('h');
            return format!("write `role=heading[level={level}]`");
        }
        "header" => "banner",
        "footer" => "contentinfo",
        "nav" => "navigation",
        "aside" | "sidebar" => "complementary",
        "section" => "region",
        "modal" | "popup" => "dialog",
        "li" | "item" => "listitem",
        "ul" | "ol" => "list",
        "tr" => "row",
        "td" => "cell",
        "th" => "columnheader",
        "p" => "paragraph",
        "number" => "spinbutton",
        "range" => "slider",
        "progress" => "progressbar",
        "toggle" => "switch",
        "text" | "label" => return format!("write `{role}=` for an element by its {role}"),
        other => match nearest(other, ROLES.iter().copied()) {
            Some(known) => return format!("did you mean `{known}`?"),
            None => return "write an ARIA role, like `button`, `link`, `textbox` or `heading`".to_owned(),
        },
    };
    format!("write `role={meant}`")
}

impl Reader<'_> {
    /// Reads what follows `role=`.
    pub(super) fn role(&mut self) -> Read<()> {
        self.skip();
        let begin = self.at();
        let mut role = String::new();
        while let Some(c) = self.peek().filter(|c| !c.is_whitespace() && *c != '[') {
            if self.at_enter() {
                break;
            }
            self.take(Err("a role"));
            role.push(c);
        }
        if role.is_empty() {
            return Err(helped(begin.saturating_sub(1), "no role after `role=`", HELP));
        }
        let lower = role.to_ascii_lowercase();
        if !ROLES.contains(&lower.as_str()) && !self.placed.iter().any(Result::is_err) {
            return Err(helped(begin, format!("unknown role `{role}`"), instead(&role)));
        }
        let mut known = Vec::new();
        loop {
            self.skip();
            if self.at_end() {
                return Ok(());
            }
            if self.peek() != Some('[') {
                return Err(self.unexpected(HELP));
            }
            self.attribute(&lower, &mut known)?;
        }
    }

    /// Reads an attribute in its brackets.
    fn attribute(&mut self, role: &str, known: &mut Vec<String>) -> Read<()> {
        let open = self.at();
        self.next += 1;
        self.skip();
        let (at, name) = (self.at(), self.word());
        if !ATTRIBUTES.contains(&name.as_str()) {
            let help = match nearest(&name, ATTRIBUTES.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("a role has {}", one_of(ATTRIBUTES.iter().copied())),
            };
            let why = if name.is_empty() {
                "no attribute in `[]`".to_owned()
            } else {
                format!("unknown attribute `{name}` of a role")
            };
            return Err(helped(at, why, help));
        }
        if let Some((why, help)) = excludes(role, &name) {
            return Err(helped(at, why, help));
        }
        if known.contains(&name) {
            return Err(helped(at, format!("duplicate `{name}`"), "remove it"));
        }
        self.next += name.len();
        self.skip();
        match self.peek() {
            Some('=') => {
                self.next += 1;
                self.skip();
                match name.as_str() {
                    "name" => self.wanted(true, NAME)?,
                    _ => self.state(&name)?,
                }
                self.skip();
            }
            Some(']') if name == "name" => return Err(helped(at, "no text after `name`", NAME)),
            Some(']') if name == "level" => {
                return Err(helped(at, "no number after `level`", "write `[level=2]`"));
            }
            Some(c @ ('*' | '^' | '$' | '~' | '|')) => {
                return Err(helped(self.at(), format!("unexpected `{c}=`"), NAME));
            }
            _ => {}
        }
        match self.peek() {
            Some(']') => self.next += 1,
            Some(_) => return Err(self.unexpected(NAME)),
            None => return Err(helped(open, "unclosed `[`", HELP)),
        }
        known.push(name);
        Ok(())
    }

    /// Reads the value of a state.
    fn state(&mut self, name: &str) -> Read<()> {
        let at = self.at();
        let mut value = String::new();
        while let Some(c) = self.peek().filter(|c| *c != ']') {
            self.take(Err("a state of a role"));
            value.push(c);
        }
        let value = value.trim().trim_matches(['"', '\'']);
        let (is_good, help) = match name {
            "level" => (value.parse::<u8>().is_ok_and(|level| level > 0), "write a number, like `[level=2]`"),
            "checked" | "pressed" => {
                (["true", "false", "mixed"].contains(&value), "it is `true`, `false` or `mixed`")
            }
            _ => (["true", "false"].contains(&value), "it is `true` or `false`"),
        };
        match is_good {
            true => Ok(()),
            false => Err(helped(at, format!("bad value `{value}` of `{name}`"), help)),
        }
    }
}
