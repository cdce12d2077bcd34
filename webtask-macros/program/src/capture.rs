//! What operations hold that capture, print or watch a page.

use serde::{Deserialize, Serialize};

use crate::{Apart, Arg, Count, Film, Paper, Scheme, Slot, Text, Time};

/// Where what was captured goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The file; without one the local holds the bytes in base64.
    pub path: Option<Text>,
    /// The local.
    pub into: Option<Slot>,
}

/// How pages are printed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Print {
    /// The format of the paper.
    pub paper: Paper,
    /// Whether it lies on its long side.
    pub landscape: bool,
    /// Whether backgrounds are left out.
    pub plain: bool,
    /// How large it is printed.
    pub scale: Option<Arg<f64>>,
    /// Which pages.
    pub pages: Option<String>,
    /// The margins at the top, right, bottom and left in inches.
    pub margins: Option<[f64; 4]>,
    /// What stands above each page, as HTML.
    pub header: Option<Text>,
    /// What stands below each page, as HTML.
    pub footer: Option<Text>,
}

/// Where HTML comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Html {
    /// Written in the recipe.
    Content(Text),
    /// A file.
    File(Text),
}

/// `emulate`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Emulate {
    /// `dark` or `light`
    pub scheme: Option<Scheme>,
    /// The width and the height of the screen.
    pub size: Option<(Count, Count)>,
    /// How many of its dots a pixel of the page has.
    pub scale: Option<Arg<f64>>,
    /// Whether it is a phone's.
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

/// A watch beside steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// The steps.
    pub body: Apart,
    /// The local that what was seen goes to.
    pub own: Option<Slot>,
    /// The locals that stay of the steps, bound anew after it.
    pub binds: Vec<Slot>,
}

/// What a `capture network` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entries {
    /// A list of requests.
    List,
    /// The HAR's file.
    File,
    /// The HAR in base64.
    Base64,
}

/// `record`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The file.
    pub path: Option<Text>,
    /// What the film is called.
    pub name: Option<String>,
    /// What it is.
    pub format: Film,
    /// How many pictures a second.
    pub fps: Option<Count>,
    /// How many pictures at most.
    pub frames: Option<Count>,
    /// How long it films at most.
    pub time: Option<Time>,
    /// How good it looks, from 0 to 100.
    pub quality: Option<Count>,
    /// The steps.
    pub watch: Watch,
}
