//! The tree of a recipe, the same for both spellings.
//!
//! Two trees are equal when they say the same; where they stand in their
//! sources does not count. The tree knows nothing of what is done with it.

mod blocks;
mod capture;
mod condition;
mod data;
mod extract;
mod flow;
mod header;
mod page;
mod value;
mod web;

use std::time::Duration;

pub use self::capture::*;
pub use self::condition::*;
pub use self::data::*;
pub use self::extract::*;
pub use self::flow::*;
pub use self::header::*;
pub use self::page::*;
pub use self::value::*;
pub use self::web::*;
pub use webtask_program::{
    Awaited, Case, Cast, Comparator, Dialogs, Expected, Film, Format, Image, Paper, Place, Scheme, Transport,
    Until,
};

use proc_macro2::{Ident, Span, TokenStream};

use crate::script::Wanted;

/// Something written in a recipe, with its place. Equal when the values are.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A plain string literal, without placeholders.
pub type Str = Spanned<String>;

/// A name of the recipe's own: of an input, a result, a field, a loop variable.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name as JSON has it.
    pub text: String,
    /// Where it was written.
    pub span: Span,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// Rust tokens, carried as they are. Equal when they print equally.
#[derive(Clone, Debug)]
pub struct Rust {
    /// The tokens, without the parentheses or braces around them.
    pub tokens: TokenStream,
    /// Where they were written.
    pub span: Span,
}

impl PartialEq for Rust {
    fn eq(&self, other: &Self) -> bool {
        self.tokens.to_string() == other.tokens.to_string()
    }
}

/// One task of a recipe.
#[derive(Clone, Debug)]
pub struct Task {
    /// Attributes before `task` that are not doc comments, for the function and its module.
    pub attrs: TokenStream,
    /// The visibility before `task`; empty for a private task.
    pub vis: TokenStream,
    /// The word `task`.
    pub keyword: Span,
    /// What the task is called from outside.
    pub slug: Str,
    /// `as NAME`, or the name that the slug gives: the function's and its module's.
    pub name: Name,
    /// `-> TYPE`.
    pub returns: Option<Rust>,
    /// The header's lines.
    pub header: Header,
    /// The steps.
    pub body: Block,
    /// The names in what could not be read: a step that was not understood may have bound them.
    pub lost: Vec<Name>,
    /// Whether it stands in a file of its own.
    pub in_file: bool,
}

impl PartialEq for Task {
    /// `pub`, attributes and where it stands belong to one spelling and do not count.
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
            && self.name == other.name
            && self.returns == other.returns
            && self.header == other.header
            && self.body == other.body
    }
}

/// The header's lines of a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// `doc`, or the doc comments before the task, a line each.
    pub doc: Option<Str>,
    /// `pool TAG`.
    pub pool: Option<Str>,
    /// `timeout DURATION`.
    pub timeout: Option<Spanned<Duration>>,
    /// `transport KIND`, each once.
    pub transports: Vec<Spanned<Transport>>,
    /// `setup "SLUG"`.
    pub setup: Option<Setup>,
    /// `dialogs dismiss|accept`.
    pub dialogs: Option<Spanned<Dialogs>>,
    /// `strict`.
    pub strict: Option<Spanned<()>>,
    /// `input …`, in their order.
    pub inputs: Vec<Input>,
    /// `secret NAME`.
    pub secrets: Vec<Name>,
    /// `setting NAME`.
    pub settings: Vec<Setting>,
}

/// `input NAME TYPE [required] [default LIT] [doc "…"]`, or `input NAME: TYPE [= EXPR]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: InputType,
    /// Whether a caller must give it.
    pub required: bool,
    /// What it is when a caller leaves it out.
    pub default: Option<Value>,
    /// What it means.
    pub doc: Option<Str>,
}

/// The type of an input.
#[derive(Clone, Debug, PartialEq)]
pub enum InputType {
    /// `string`.
    String,
    /// `int`.
    Int,
    /// `float`.
    Float,
    /// `bool`.
    Bool,
    /// `list`.
    List,
    /// `map`.
    Map,
    /// `path`: a way below the folder of files.
    Path,
    /// A Rust type; with one, nothing else than a given default makes an input optional.
    Rust(Rust),
}

/// Steps that run one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The steps.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it does.
    pub action: Action,
    /// The step's word or words, as the table of words has them: `goto`, `wait until`.
    pub word: &'static str,
    /// Where the first of them was written.
    pub span: Span,
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.action == other.action
    }
}

/// What a step does: one variant for each word of the language.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// `status "…"`
    Status(Text),
    /// `emit KIND "…" [data {…}]`
    Emit(Emit),
    /// `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`
    Goto(Goto),
    /// `back`
    Back,
    /// `forward`
    Forward,
    /// `reload`
    Reload,
    /// `wait D`
    Wait(Arg<Duration>),
    /// `wait until "SEL" [visible|gone] [text "…"] [timeout D]`
    WaitUntil(WaitUntil),
    /// `wait until url "GLOB"|matches r"regex" [timeout D]`
    WaitUrl(WaitUrl),
    /// `wait until js "source"|fn "path" [timeout D]`
    WaitJs(WaitJs),
    /// `wait network idle D [max N] [timeout D]`
    WaitIdle(WaitIdle),
    /// `click "SEL" …`
    Click(Click),
    /// `sendkeys "SEL" keys "…" [timeout D]`
    SendKeys(SendKeys),
    /// `fill "SEL" with "…" [timeout D]`
    Fill(Fill),
    /// `press "KEY"`
    Press(Text),
    /// `select "SEL" option "…" [timeout D]`
    Select(Select),
    /// `check "SEL" [timeout D]`
    Check(Reach),
    /// `uncheck "SEL" [timeout D]`
    Uncheck(Reach),
    /// `hover "SEL" [timeout D]`
    Hover(Reach),
    /// `upload "SEL" files [..] [timeout D]`
    Upload(Upload),
    /// `scroll until stable "SEL" [direction up|down] [stable D] [max N]`
    Scroll(Scroll),
    /// `extract NAME from "SEL" [repeat] [limit N] { fields }`
    Extract(Extract),
    /// `js NAME …`
    Js(Js),
    /// `screenshot [NAME] …`
    Screenshot(Screenshot),
    /// `read file NAME path "…" [optional]`
    ReadFile(ReadFile),
    /// `write files NAME root "…" files VALUE`
    WriteFiles(WriteFiles),
    /// `save html path "…" [selector "SEL"]`
    SaveHtml(SaveHtml),
    /// `export FORMAT [NAME] data VALUE [columns [..]] [path "…"]`
    Export(Export),
    /// `pdf [NAME] …`
    Pdf(Pdf),
    /// `html to pdf [NAME] …`
    HtmlToPdf(HtmlToPdf),
    /// `snapshot [NAME] [path "…"]`
    Snapshot(Kept),
    /// `emulate …`
    Emulate(Emulate),
    /// `get cookies NAME [urls [..]] [path "…"]`
    GetCookies(GetCookies),
    /// `set cookies LIST|file "…"`
    SetCookies(SetCookies),
    /// `clear cookies`
    ClearCookies,
    /// `http METHOD NAME url "…" [headers {..}] [body VALUE] [timeout D]`
    Http(Http),
    /// `console NAME { steps }`
    Console(Console),
    /// `capture network [NAME] … { steps }`
    Network(Network),
    /// `record [NAME] … { steps }`
    Record(Box<Record>),
    /// `download NAME [path "…"] [timeout D] { steps }`
    Download(Download),
    /// `download each NAME selector "SEL" [timeout D]`
    DownloadEach(DownloadEach),
    /// `save captures NAME dir "…" [naming "…"]`
    SaveCaptures(SaveCaptures),
    /// `set NAME VALUE`
    Set(Set),
    /// `call [NAME] "SLUG" [with {..}]`
    Call(Call),
    /// `for each ITEM in LIST [collect NAME] [continue on error] { steps }`
    ForEach(ForEach),
    /// `loop [[while|until] js "…"] [pause D] [max N] [collect NAME] { steps }`
    Loop(Loop),
    /// `if … { } else if … { } else { }`
    If(If),
    /// `retry N [pause D] { steps }`
    Retry(Retry),
    /// `try { steps } [else [as NAME] { steps }]`
    Try(Try),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `yield VALUE`, `yield each LIST`
    Yield(Yield),
    /// `return VALUE`
    Return(Value),
    /// `fail "…" [code NAME] [status N]`
    Fail(Fail),
    /// `let PATTERN = EXPR`: everything between `let` and `;`
    Let(Rust),
    /// `rust { … }`: what is inside the braces
    Rust(Rust),
}

/// `emit KIND "…" [data {…}]`
#[derive(Clone, Debug, PartialEq)]
pub struct Emit {
    /// The event's kind.
    pub kind: Str,
    /// The event's text.
    pub text: Text,
    /// The event's data.
    pub data: Option<Value>,
}

/// `goto [NAME] "URL" [expect ok|any|CODE, …] [until load|dom|idle] [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct Goto {
    /// The result's name.
    pub name: Option<Name>,
    /// The address.
    pub url: Text,
    /// The statuses that are not failures; without any, all.
    pub expect: Vec<Spanned<Expected>>,
    /// What is waited for.
    pub until: Until,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `wait until "SEL" [visible|gone] [text "…"] [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct WaitUntil {
    /// What is waited for.
    pub selector: Text,
    /// In which state.
    pub state: Awaited,
    /// A text that it must contain.
    pub text: Option<Text>,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `click "SEL" [text "…" [match exact|contains]] [closest "SEL"] [opens tab] [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct Click {
    /// What is clicked.
    pub selector: Text,
    /// A text that it must have.
    pub text: Option<Text>,
    /// Whether that is the whole text; without `match` it is contained.
    pub exact: bool,
    /// The nearest ancestor to click instead.
    pub closest: Option<Text>,
    /// Whether it opens a tab, in which the steps after it go on.
    pub tab: bool,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `sendkeys "SEL" keys "…" [timeout D]`
#[derive(Clone, Debug, PartialEq)]
pub struct SendKeys {
    /// Where the text is typed.
    pub selector: Text,
    /// What is typed.
    pub keys: Text,
    /// How long it may take.
    pub timeout: Option<Arg<Duration>>,
}

/// `js NAME[: TYPE] "source" [args [..]] [await]`
#[derive(Clone, Debug, PartialEq)]
pub struct Js {
    /// The result's name.
    pub name: Name,
    /// The Rust type that the value is decoded into.
    pub ty: Option<Rust>,
    /// One expression, or a function's body.
    pub script: Script,
    /// What `arguments` holds.
    pub args: Vec<Value>,
    /// Whether the function is asynchronous.
    pub awaits: bool,
}

/// Where JavaScript source comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Script {
    /// Written in the recipe.
    Inline(Str),
    /// `fn "path"`: a file below `scripts/`.
    File(Str),
}

/// `set NAME[: TYPE] VALUE`
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// The name.
    pub name: Name,
    /// Its Rust type.
    pub ty: Option<Rust>,
    /// Its value.
    pub value: Value,
}

/// `call [NAME] "SLUG" [with {..}]`
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What the other task's output is bound to.
    pub name: Option<Name>,
    /// The other task.
    pub target: Target,
    /// Its inputs.
    pub with: Vec<Entry>,
}

/// The task that a `call` runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A task of the same expansion.
    Slug(Str),
    /// Any task, by its Rust path.
    Path(Rust),
}

impl Name {
    /// The name as a Rust identifier: a keyword raw, `self` and its like with a `_`.
    #[must_use]
    pub fn ident(&self) -> Ident {
        match self.text.as_str() {
            "self" | "super" | "crate" | "Self" | "_" => Ident::new(&format!("{}_", self.text), self.span),
            text if syn::parse_str::<Ident>(text).is_err() => Ident::new_raw(text, self.span),
            text => Ident::new(text, self.span),
        }
    }
}

impl Js {
    /// What it asks of its script. The value of `_` is dropped, and so is that of `()`.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let value = match &self.ty {
            Some(ty) => ty.tokens.to_string().replace(' ', "") != "()",
            None => self.name.text != "_",
        };
        Wanted { value, awaits: Some(self.awaits) }
    }
}

impl Input {
    /// Whether a caller must give it. A Rust type makes it so, unless it is an `Option` or there is a default.
    #[must_use]
    pub fn is_required(&self) -> bool {
        match &self.ty {
            InputType::Rust(rust) => self.default.is_none() && !rust.is_option(),
            _ => self.required,
        }
    }
}

impl Rust {
    /// Whether it is a type `Option<…>`, by its spelling.
    #[must_use]
    pub fn is_option(&self) -> bool {
        match syn::parse2::<syn::Type>(self.tokens.clone()) {
            Ok(syn::Type::Path(path)) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
            _ => false,
        }
    }
}
