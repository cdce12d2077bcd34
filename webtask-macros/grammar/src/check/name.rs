//! The rules for names.

use crate::ast::Name;
use crate::problem::Problems;

/// A name is none that is reserved, and names something; only a result may be dropped with `_`.
pub(super) fn check_name(name: &Name, what: &str, droppable: bool, problems: &mut Problems) {
    if name.text == "cx" && what != "a field" {
        problems.help(name.span, "`cx` is reserved", "choose another name");
    }
    if name.text == "_" && !droppable {
        problems.help(name.span, format!("`_` as the name of {what}"), "write a name");
    }
}
