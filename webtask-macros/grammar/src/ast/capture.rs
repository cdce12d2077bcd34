//! What the steps hold that capture: what a page shows, says and loads.

use std::time::Duration;

use super::{Arg, Block, Film, Image, Name, Paper, Scheme, Str, Text};

/// Where what was captured goes: to a name, into a file, or both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// The result's name.
    pub name: Option<Name>,
    /// The file.
    pub path: Option<Text>,
}

/// `screenshot [NAME] [selector "SEL"] [full page] [format png|jpeg|webp] [quality N] [path "…"]`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screenshot {
    /// Where it goes.
    pub kept: Kept,
    /// The element that is shown alone.
    pub selector: Option<Text>,
    /// Whether all of the page is shown, not only what is in the window.
    pub full: bool,
    /// The image's format.
    pub format: Image,
    /// The image's quality, of 100.
    pub quality: Option<Arg<u64>>,
}

/// `pdf [NAME] [path] …`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pdf {
    /// Where it goes.
    pub kept: Kept,
    /// How it is printed.
    pub print: Print,
}

/// How pages are printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Print {
    /// `format A4|A3|Letter|Legal`
    pub format: Paper,
    /// `landscape`
    pub landscape: bool,
    /// `background false`
    pub plain: bool,
    /// `scale N`
    pub scale: Option<Arg<f64>>,
    /// `pages "1-3"`
    pub pages: Option<Str>,
    /// `margin "1cm"`
    pub margin: Option<Str>,
    /// `header "…"`
    pub header: Option<Text>,
    /// `footer "…"`
    pub footer: Option<Text>,
}

impl Print {
    /// The margins at the top, right, bottom and left in inches, when they are written as such.
    #[must_use]
    pub fn margins(&self) -> Option<[f64; 4]> {
        let sides: Vec<_> =
            self.margin.as_ref()?.value.split_ascii_whitespace().map(inches).collect::<Option<_>>()?;
        match sides[..] {
            [all] => Some([all; 4]),
            [vertical, horizontal] => Some([vertical, horizontal, vertical, horizontal]),
            [top, horizontal, bottom] => Some([top, horizontal, bottom, horizontal]),
            [top, right, bottom, left] => Some([top, right, bottom, left]),
            _ => None,
        }
    }
}

/// A length in inches, when it is one; 0 needs no unit.
fn inches(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let inch = match unit {
        "in" => 1.0,
        "cm" => 2.54,
        "mm" => 25.4,
        "pt" => 72.0,
        "px" => 96.0,
        "" if number == "0" => 1.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? / inch)
}

/// `html to pdf [NAME] content "…"|file "…" [css "…"] …`
#[derive(Clone, Debug, PartialEq)]
pub struct HtmlToPdf {
    /// Where it goes.
    pub kept: Kept,
    /// What is printed; none is a mistake.
    pub source: Option<Html>,
    /// `css "…"`
    pub css: Option<Str>,
    /// How it is printed.
    pub print: Print,
}

/// Where HTML comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Html {
    /// `content "…"`
    Content(Text),
    /// `file "…"`
    File(Text),
}

/// `emulate …`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Emulate {
    /// `dark` or `light`
    pub scheme: Option<Scheme>,
    /// `width N height N`
    pub size: Option<(Arg<u64>, Arg<u64>)>,
    /// `scale N`
    pub scale: Option<Arg<f64>>,
    /// `mobile`
    pub mobile: bool,
    /// `locale "…"`
    pub locale: Option<Text>,
    /// `timezone "…"`
    pub timezone: Option<Text>,
    /// `user agent "…"`
    pub agent: Option<Text>,
    /// `reset`, before all others
    pub reset: bool,
}

/// `console NAME { steps }`
#[derive(Clone, Debug, PartialEq)]
pub struct Console {
    /// The result's name.
    pub name: Name,
    /// The steps.
    pub body: Block,
}

/// `capture network [NAME] [bodies] [max bytes N] [url "…"] [as list] [path "…"] { steps }`
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Where it goes.
    pub kept: Kept,
    /// Whether the bodies of answers are kept.
    pub bodies: bool,
    /// How large a body may be that is kept.
    pub max: Option<Arg<u64>>,
    /// What the URL of a request must contain.
    pub url: Option<Text>,
    /// Whether the name is a list of the requests.
    pub list: bool,
    /// The steps.
    pub body: Block,
}

/// `record [NAME] [format gif|mp4|webm] [fps N] [frames N] [for D] [quality N] [path "…"] { steps }`
///
/// Without a block its only step is the next one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Where it goes.
    pub kept: Kept,
    /// What it is.
    pub format: Film,
    /// How many pictures a second.
    pub fps: Option<Arg<u64>>,
    /// How many pictures at most.
    pub frames: Option<Arg<u64>>,
    /// How long it films at most.
    pub time: Option<Arg<Duration>>,
    /// How good it looks, from 0 to 100.
    pub quality: Option<Arg<u64>>,
    /// The steps.
    pub body: Block,
}
