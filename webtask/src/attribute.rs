//! [`#[webtask]`](macro@webtask): functions of an existing program as tasks.
//!
//! The attribute has a module of its own because the macro [`webtask!`](crate::webtask!) has its name, and one `use` brings
//! one of them. A file with both imports the attribute and calls the macro by its path:
//!
//! ```
//! use webtask::attribute::webtask;
//! use webtask::{Cx, Error};
//!
//! /// A recipe beside it.
//! mod recipes {
//!     webtask::webtask! {
//!         pub task "title" {
//!             goto "https://example.com";
//!             extract page from "html" { title text "title"; }
//!         }
//!     }
//! }
//!
//! webtask::webtask! {
//!     task "ping" { status "pong"; }
//! }
//!
//! /// How long the title is.
//! #[webtask]
//! async fn title_length(cx: &Cx) -> Result<usize, Error> {
//!     Ok(cx.call(recipes::title::Input {}).await?.page.title.len())
//! }
//! # fn main() {
//! let tasks = webtask::tasks![ping, title_length, recipes::title];
//! assert_eq!(tasks.each_ref().map(|task| task.slug()), ["ping", "title_length", "title"]);
//! # }
//! ```

/// Makes a task of an `async` function, which stays what it is.
///
/// ```no_run
/// use webtask::attribute::webtask;
/// use webtask::{Cx, Error, Webtask, extract};
///
/// extract! {
///     /// A link.
///     pub struct Link {
///         text text ".";
///         url attr href on "." url;
///     }
/// }
///
/// /// The links of a page.
/// #[webtask("page/links", timeout = "30s", transport = "rest, sse")]
/// pub async fn links(
///     cx: &Cx,
///     /// The page's path.
///     path: String,
///     /// How many links at most.
///     #[input(default = 10)]
///     limit: u64,
///     /// What their text must contain.
///     search: Option<String>,
/// ) -> Result<Vec<Link>, Error> {
///     cx.status("reading").await;
///     cx.goto(&format!("https://example.com/{path}")).await?;
///     let links: Vec<Link> = cx.extract("a").repeat().limit(limit).await?;
///     let wanted = |link: &Link| search.as_ref().is_none_or(|search| link.text.contains(search));
///     Ok(links.into_iter().filter(wanted).collect())
/// }
///
/// # async fn run() -> Result<(), Error> {
/// // As a task: from Rust, and in `tasks![links]` for a server.
/// let webtask = Webtask::builder().build()?;
/// let input = links::Input { path: "news".into(), limit: 3, search: None };
/// let found: Vec<Link> = links::run(&webtask, input).await?;
///
/// // And inside of another one, as the function that it is.
/// async fn first(cx: &Cx) -> Result<Option<Link>, Error> {
///     Ok(links(cx, "news".into(), 1, None).await?.pop())
/// }
/// # Ok(()) }
/// # fn main() {}
/// ```
///
/// # The function
///
/// `async fn NAME(cx: &Cx, INPUT: TYPE, …) -> Result<T, E>`
///
/// * The first argument is the [run's context](crate::Cx), with a method for each word of the language.
/// * Every other argument is an input, of any type that serde reads and writes, with `Clone` and `Debug`. It is required, but for one with
///   `#[input(default = EXPR)]` or `#[input(default)]`, and for an `Option`, which is `None` then. Its doc comments say
///   what it means.
/// * `T` is the output: it needs `Serialize`, with a secret or a setup `Deserialize` too, and its schema is known when it
///   has `schemars::JsonSchema`.
/// * `E` is any error that becomes a `Box<dyn Error + Send + Sync>`: ours, `std`'s, `anyhow`'s, a `String`. Of an
///   [`Error`](crate::Error) the kind and the step are kept, also when another error came from it: one with it as its
///   `source()`, or `anyhow`'s with a context.
/// * What lives across an `.await` must be `Send`.
///
/// It becomes a module of its own name, with `Input`, `Output`, `TASK`, and `run`, which starts a run of it.
///
/// # The options
///
/// Each may be left out.
///
/// | | |
/// |---|---|
/// | `"SLUG"` | what the task is called from outside: else as the function |
/// | `pool = "TAG"` | which pool of windows: `default` |
/// | `timeout = "30s"` | the budget of a run: 60 seconds |
/// | `transport = "rest, sse"` | how it may be called over HTTP: `rest` |
/// | `dialogs = "accept"` | how page dialogs are answered: `dismiss` |
/// | `setting = "NAME"` | a setting that [`Cx::setting`](crate::Cx::setting) gives; may repeat |
/// | `secret = "NAME"` | a secret that [`Cx::secret`](crate::Cx::secret) gives; may repeat |
/// | `setup = path::to::task` | a task that prepares each new window |
/// | `browser = false` | no window: no step needs one |
/// | `supplied = true` | its windows may open URLs of callers: needed for [`Goto::supplied`](crate::steps::Goto::supplied) |
/// | `crate = path` | where this crate is: `::webtask` |
///
/// The texts are what a recipe's header has in the same place, and what is wrong with them is told in the same words.
pub use webtask_macros::webtask;
