//! What the steps hold that work on a page by hand: its inputs, its scrolling, its network.

use std::time::Duration;

use super::{Arg, Block, Collect, Condition, Script, Str, Text};

/// `wait until url "GLOB"|matches r"regex" [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct WaitUrl {
    /// Which address is waited for.
    pub address: Address,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// The address that a page is to come to.
#[derive(Clone, Debug, PartialEq)]
pub enum Address {
    /// `"GLOB"`, in which a placeholder's value is taken by the letter.
    Glob(Text),
    /// `matches r"regex"`
    Matches(Str),
}

/// `wait until js "source"|fn "path" [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct WaitJs {
    /// What must be truthy.
    pub script: Script,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `check "SEL" [timeout D]`, `uncheck …`, `hover …`
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// The element.
    pub selector: Text,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `select "SEL" option "…" [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct Select {
    /// The list.
    pub selector: Text,
    /// The value or the label of the option.
    pub option: Text,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `wait network idle D [max N] [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct WaitIdle {
    /// How long it must be silent.
    pub quiet: Arg<Duration>,
    /// How many requests may be under way meanwhile.
    pub max: Option<Arg<u64>>,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `scroll until stable "SEL" [direction up|down] [stable D] [max N]`
#[derive(Clone, Debug, PartialEq)]
pub struct Scroll {
    /// What is scrolled.
    pub selector: Text,
    /// Up instead of down.
    pub up: bool,
    /// How long nothing must have been added.
    pub stable: Option<Arg<Duration>>,
    /// How often it scrolls at most.
    pub max: Option<Arg<u64>>,
}

/// `loop [[while|until] CONDITION] [pause D] [max N] [collect NAME] { steps }`
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// Whether it ends when the condition holds, instead of when it does not.
    pub until: bool,
    /// What is asked before each iteration; nothing is when only `max` or a `break` ends it.
    pub condition: Option<Condition>,
    /// How long it waits between two turns.
    pub pause: Option<Arg<Duration>>,
    /// How many turns it takes at most.
    pub max: Option<Arg<u64>>,
    /// Where the turns' values go.
    pub collect: Option<Collect>,
    /// The steps of a turn.
    pub body: Block,
}

/// `fill "SEL" with "…" [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct Fill {
    /// The field.
    pub selector: Text,
    /// Its new value.
    pub value: Text,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `upload "SEL" files [..] [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// The file input.
    pub selector: Text,
    /// The paths of the files.
    pub files: Vec<Text>,
    /// How long the input may take to be there.
    pub timeout: Option<Arg<Duration>>,
}
