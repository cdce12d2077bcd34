//! Finds what each placeholder of a URL, a selector or a path stands in, which decides how its value is encoded.

mod fit;
mod html;
mod path;
mod selector;
mod url;

pub(crate) use self::fit::{Unfit, address, fit};
pub(crate) use self::html::place_html;
pub(crate) use self::path::place_path;
pub(crate) use self::selector::{SelectorProblem, place_selector};
pub(crate) use self::url::{UrlProblem, place_url, scheme};

use crate::ast::{Hole, Part, Place, Template};

/// A place where no placeholder may stand.
pub(crate) struct Refused {
    /// The placeholder as it is written.
    pub(crate) hole: String,
    /// What it stands in, as `the port of a URL`.
    pub(crate) place: &'static str,
}

impl Refused {
    /// Where nothing but a setting may stand.
    pub(crate) const BEGINNING: &str = "the beginning of a URL";

    fn new(hole: &Hole, place: &'static str) -> Self {
        Refused { hole: written(hole), place }
    }
}

/// A placeholder as it is written.
fn written(hole: &Hole) -> String {
    let mut text = format!("{{{{{}", hole.name);
    for segment in &hole.path {
        text.push('.');
        text.push_str(segment);
    }
    if let Some(fallback) = &hole.fallback {
        text.push_str("|or:");
        text.push_str(fallback);
    }
    text + "}}"
}

/// The string with `fill` for each placeholder.
fn filled(template: &Template, mut fill: impl FnMut(usize) -> String) -> String {
    let mut index = 0;
    let mut out = String::new();
    for part in &template.parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Hole(_) => {
                out.push_str(&fill(index));
                index += 1;
            }
        }
    }
    out
}

/// The placeholders of a template, to be placed.
fn holes(template: &mut Template) -> impl Iterator<Item = &mut Hole> {
    template.parts.iter_mut().filter_map(|part| match part {
        Part::Hole(hole) => Some(hole),
        Part::Text(_) => None,
    })
}

/// A placeholder's place, or why it may not stand there.
type Placed = Result<Place, &'static str>;
