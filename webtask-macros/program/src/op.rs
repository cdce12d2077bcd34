//! The operations: one for each word of the language.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    Apart, Arg, Awaited, Block, Case, Cast, Collect, Condition, Emulate, Entries, Exits, Expected, Expr,
    Format, Html, Image, Items, Kept, Print, Record, RustId, Shape, Sink, Slot, Text, Tried, Turn, Until,
    Url, Watch, Way,
};

/// How long something may take.
pub type Time = Arg<Duration>;

/// How many of something.
pub type Count = Arg<u64>;

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its number in the order of the text, outer before inner.
    pub index: usize,
    /// Whether its selector must match one visible element alone.
    pub strict: bool,
    /// What it does.
    pub op: Op,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of the word, which the guide tells")]
pub enum Op {
    /// `status`
    Status { text: Text },
    /// `emit`
    Emit { kind: String, text: Text, data: Option<Expr> },
    /// `goto`
    Goto(Goto),
    /// `back`
    Back,
    /// `forward`
    Forward,
    /// `reload`
    Reload,
    /// `wait`
    Wait { time: Time },
    /// `wait until`
    WaitUntil { selector: Text, state: Awaited, text: Option<Text>, timeout: Option<Time> },
    /// `wait until url`
    WaitUrl { address: Address, timeout: Option<Time> },
    /// `wait until js`
    WaitJs { script: Script, timeout: Option<Time> },
    /// `wait network idle`
    WaitIdle { quiet: Time, max: Option<Count>, timeout: Option<Time> },
    /// `click`
    Click { selector: Text, text: Option<Match>, closest: Option<Text>, tab: bool, timeout: Option<Time> },
    /// `sendkeys`
    SendKeys { selector: Text, keys: Text, timeout: Option<Time> },
    /// `fill`
    Fill { selector: Text, value: Text, timeout: Option<Time> },
    /// `press`
    Press { keys: Text },
    /// `select`
    Select { selector: Text, option: Text, timeout: Option<Time> },
    /// `check`
    Check { selector: Text, timeout: Option<Time> },
    /// `uncheck`
    Uncheck { selector: Text, timeout: Option<Time> },
    /// `hover`
    Hover { selector: Text, timeout: Option<Time> },
    /// `upload`
    Upload { selector: Text, files: Vec<Text>, timeout: Option<Time> },
    /// `scroll until stable`
    Scroll { selector: Text, up: bool, stable: Option<Time>, max: Option<Count> },
    /// `extract`; without a `spec` the `goto` before it has it
    Extract { spec: Option<Spec>, into: Option<Slot> },
    /// `js`
    Js(Js),
    /// `screenshot`
    Screenshot { kept: Kept, selector: Option<Text>, full: bool, format: Image, quality: Option<Count> },
    /// `read file`
    ReadFile { path: Text, optional: bool, into: Option<Slot> },
    /// `write files`
    WriteFiles { root: Text, files: Expr, into: Option<Slot> },
    /// `save html`
    SaveHtml { selector: Option<Text>, path: Text },
    /// `export`
    Export { format: Format, data: Expr, columns: Option<Vec<Expr>>, path: Option<Text>, into: Option<Slot> },
    /// `pdf`
    Pdf { kept: Kept, print: Print },
    /// `html to pdf`
    HtmlToPdf { kept: Kept, source: Html, css: String, print: Print },
    /// `snapshot`
    Snapshot { kept: Kept },
    /// `emulate`
    Emulate(Emulate),
    /// `get cookies`
    GetCookies { urls: Option<Vec<Line>>, path: Option<Text>, into: Option<Slot> },
    /// `set cookies`
    SetCookies { cookies: Expr },
    /// `set cookies file`
    SetCookiesFile { path: Text },
    /// `clear cookies`
    ClearCookies,
    /// `http`
    Http(Http),
    /// `download each`
    DownloadEach { selector: Text, timeout: Option<Time>, into: Option<Slot> },
    /// `save captures`
    SaveCaptures { name: String, captures: Expr, dir: Text, naming: Option<Text> },
    /// `save captures … from page`
    SavePageCaptures { dir: Text, naming: Option<Text>, into: Option<Slot> },
    /// `set`; without a local the value is dropped
    Set { into: Option<Slot>, value: Expr },
    /// `set` of a name that is there already
    Assign { slot: Slot, value: Expr },
    /// `call` of a task of the same recipe
    Call(Call),
    /// `call` of a task by its Rust path
    CallPath { path: RustId, with: Vec<(String, Expr)>, into: Option<Slot> },
    /// `console`
    Console(Watch),
    /// `capture network`
    Network {
        path: Option<Text>,
        bodies: bool,
        max: Option<Count>,
        url: Option<Text>,
        gives: Entries,
        watch: Watch,
    },
    /// `record`
    Record(Box<Record>),
    /// `download`
    Download { path: Option<Text>, timeout: Option<Time>, watch: Watch },
    /// `for each`
    ForEach(Box<ForEach>),
    /// `loop`
    Loop(Box<Loop>),
    /// `if`
    If { branches: Vec<(Condition, Way)>, otherwise: Option<Way>, binds: Vec<Slot> },
    /// `retry`
    Retry { times: Count, pause: Option<Time>, body: Apart, tried: Option<Tried>, binds: Vec<Slot> },
    /// `try`
    Try(Box<Try>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `yield`
    Yield { list: Sink, value: Expr },
    /// `yield each`
    YieldEach { list: Sink, values: Items },
    /// `return`
    Return { value: Expr },
    /// `fail`
    Fail { message: Text, code: String, status: Option<Count> },
    /// `let`
    Let { rust: RustId },
    /// `rust`
    Rust { rust: RustId },
}

/// `goto`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goto {
    /// The address.
    pub url: Url,
    /// What is waited for.
    pub until: Until,
    /// How long it may take.
    pub timeout: Option<Time>,
    /// The statuses that are not failures; empty for all.
    pub expect: Vec<Expected>,
    /// Whether its answer has a name, be it `_`.
    pub named: bool,
    /// Where its answer goes.
    pub into: Option<Slot>,
    /// What the step after it extracts, when that is known before.
    pub ahead: Option<Spec>,
}

/// The address that a page is to come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Address {
    /// A regex.
    Matches(String),
    /// A glob that a Rust expression gives.
    Rust(Text),
    /// A glob, in which values are taken by the letter.
    Glob(Vec<GlobPart>),
}

/// A part of a glob.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GlobPart {
    /// A pattern.
    Pattern(String),
    /// A value, taken by the letter.
    Letters(Text),
}

/// The text that an element must have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// The text.
    pub text: Text,
    /// Whether it is all of it.
    pub exact: bool,
}

/// What an `extract` reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    /// The result's name.
    pub name: String,
    /// The row or rows.
    pub from: Text,
    /// A list of objects instead of one.
    pub repeat: bool,
    /// At most so many rows.
    pub limit: Option<Count>,
    /// What is read of each row.
    pub fields: Vec<Field>,
}

/// A field of an `extract`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it reads.
    pub source: Source,
    /// `match r"…"`
    pub matches: Option<String>,
    /// `trim` as written.
    pub trim: bool,
    /// `lower` or `upper`
    pub case: Option<Case>,
    /// `url`
    pub url: bool,
    /// `int`, `float` or `bool`
    pub cast: Option<Cast>,
    /// `all`
    pub all: bool,
    /// `optional`
    pub optional: bool,
    /// `required`
    pub required: bool,
}

/// What a field reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Source {
    /// The text of an element.
    Text(Text),
    /// The attribute of an element.
    Attr(String, Text),
    /// The HTML of an element.
    Html(Text),
    /// A value.
    Const(Expr),
    /// How many elements there are.
    Count(Text),
    /// Rows within the row.
    Nested {
        /// The row or rows.
        from: Text,
        /// A list of objects instead of one.
        repeat: bool,
        /// What is read of each.
        fields: Vec<Field>,
    },
}

/// Where JavaScript comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Script {
    /// Written in the recipe.
    Inline(String),
    /// A file below `scripts/`.
    File(String),
}

/// `js`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Js {
    /// The result's name.
    pub name: String,
    /// The source.
    pub script: Script,
    /// What `arguments` holds.
    pub args: Vec<Expr>,
    /// Whether the function is asynchronous.
    pub awaits: bool,
    /// Where its value goes.
    pub into: Option<Slot>,
    /// The shape that a dropped value must have; without it any is taken, also one that is not JSON.
    pub dropped: Option<Shape>,
}

/// A value as a text within its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Line {
    /// A text as it is.
    Text(Text),
    /// Anything else, as JSON is written.
    Json(Expr),
}

/// `http`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Http {
    /// The method, in capitals.
    pub method: String,
    /// The address.
    pub url: Url,
    /// The headers.
    pub headers: Vec<(String, Line)>,
    /// What is sent.
    pub body: Option<Expr>,
    /// The statuses that are not failures; empty for all.
    pub expect: Vec<Expected>,
    /// How long it may take.
    pub timeout: Option<Time>,
    /// Where the answer goes.
    pub into: Option<Slot>,
}

/// `call` of a task of the same recipe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The slug of the task.
    pub slug: String,
    /// Its inputs, in its order, all of them.
    pub inputs: Vec<(String, Argument)>,
    /// Where its output goes.
    pub into: Into,
}

/// An input of a called task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Argument {
    /// What the call gives, as the input's shape.
    Value(Expr),
    /// The default of the called task.
    Default,
    /// Nothing.
    Missing,
}

/// Where the output of a called task goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Into {
    /// Nowhere.
    Nothing,
    /// Into one local.
    Local(Slot),
    /// Its fields into locals of the same names.
    Fields(Vec<Slot>),
}

/// `for each`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForEach {
    /// What it goes through.
    pub items: Items,
    /// The item's local and that of its number, when they have names.
    pub item: Option<(Slot, Slot)>,
    /// Where the iterations' values go.
    pub collect: Option<Collect>,
    /// Whether an iteration that fails is skipped.
    pub continues: bool,
    /// The steps of an iteration.
    pub body: Block,
    /// How they may be left.
    pub exits: Exits,
    /// What an iteration gives at its end.
    pub turn: Option<Turn>,
}

/// `loop`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loop {
    /// The local of the iteration's number.
    pub counter: Slot,
    /// What is asked before each iteration.
    pub condition: Option<Condition>,
    /// Whether it ends when the condition holds, instead of when it does not.
    pub until: bool,
    /// How long it waits between two iterations.
    pub pause: Option<Time>,
    /// How many iterations it takes at most.
    pub max: Option<Count>,
    /// Where the iterations' values go.
    pub collect: Option<Collect>,
    /// The steps of an iteration.
    pub body: Block,
    /// Whether a `break` or a `continue` in them belongs to this loop.
    pub leaves: bool,
    /// What an iteration gives at its end.
    pub turn: Option<Turn>,
}

/// `try`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Try {
    /// The steps that may fail.
    pub body: Apart,
    /// What the tried steps yield.
    pub tried: Option<Tried>,
    /// What they leave for each local that the whole step binds.
    pub leaves: Option<Vec<crate::Leave>>,
    /// The local of the error.
    pub error: Option<Slot>,
    /// What runs when one of them fails.
    pub otherwise: Way,
    /// The locals that are bound after it.
    pub binds: Vec<Slot>,
}
