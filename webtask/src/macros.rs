//! The macros of the crate: thin forms that hand the crate's own path to the expansion, and the attribute.

/// Expands tasks written in the recipe language: each becomes a function that gives a [`Run`](crate::Run), and a
/// module of the same name with `Input`, `Output` and `TASK`.
///
/// It stands at module level. What is wrong with a recipe is said at compile time, all at once, each at its word.
///
/// ```
/// use webtask::{Webtask, webtask};
///
/// webtask! {
///     /// The headings of a page.
///     pub task "crawl/headings" {
///         timeout 30s;
///         input page string required doc "the page's path";
///         input limit int default 10;
///
///         goto "https://example.com/{{page}}";
///         extract headings from "h2" repeat limit (limit) {
///             text text ".";
///             link attr href on "a" url optional;
///         }
///     }
/// }
///
/// async fn first(webtask: &Webtask) -> Result<Option<String>, webtask::Error> {
///     let input = crawl_headings::Input { page: "news".into(), limit: 1 };
///     let output: crawl_headings::Output = crawl_headings(webtask, input).await?;
///     Ok(output.headings.into_iter().next().map(|heading| heading.text))
/// }
/// # fn main() {
/// assert_eq!(crawl_headings::TASK.slug(), "crawl/headings");
/// # }
/// ```
///
/// With the environment variable `WEBTASK_EXPANSION` set, the compiler prints what it expands to.
#[macro_export]
macro_rules! webtask {
    ($($recipe:tt)*) => {
        $crate::__rt::expand! { $crate; $($recipe)* }
    };
}

/// Expands the tasks of a recipe file as [`webtask!`] does those written inline; all of them are public.
///
/// The path begins at the folder of the crate's `Cargo.toml`. A recipe in a file ends its statements where their lines
/// end and its blocks with `end`; Rust it has none. What is wrong with it is said at compile time, each with the file,
/// the line and the column. When the file changes, the crate is built anew.
///
/// ```
/// // tests/files/headings.webtask:
/// //
/// // task "crawl/headings"
/// //     input page string required doc "the page's path"
/// //     goto "https://example.com/{{page}}.html"
/// //     extract headings from "h2" repeat
/// //         text text "."
/// //     end
/// // end
/// webtask::webtask_file!("tests/files/headings.webtask");
///
/// async fn first(webtask: &webtask::Webtask) -> Result<Option<String>, webtask::Error> {
///     let output = crawl_headings(webtask, crawl_headings::Input { page: "news".into() }).await?;
///     Ok(output.headings.into_iter().next().map(|heading| heading.text))
/// }
/// # fn main() {
/// assert_eq!(crawl_headings::TASK.slug(), "crawl/headings");
/// # }
/// ```
///
/// ```compile_fail
/// webtask::webtask_file!("tests/files/nowhere.webtask");
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! webtask_file {
    ($path:literal $(,)?) => {
        $crate::__rt::expand_file! { $crate; $path }
    };
}

/// Expands the tasks of every `.webtask` file below a folder: a module for each folder in it, and a function `tasks`
/// that gives them all, for a server.
///
/// The path begins at the folder of the crate's `Cargo.toml`. All tasks know each other's slugs, wherever their files
/// are: for `call` and `setup`. In its folder's module a task has the name that its slug gives, without what the slug
/// repeats of the folder's path: in `crawl/`, the slugs `crawl/headings` and `headings` are both the function
/// `crawl::headings`; `task "…" as NAME` names it otherwise. Files have no modules of their own.
///
/// ```
/// // tests/files/recipes/title.webtask            task "title"
/// // tests/files/recipes/crawl/headings.webtask   task "crawl/headings"
/// mod recipes {
///     webtask::webtask_dir!("tests/files/recipes");
/// }
///
/// async fn run(webtask: &webtask::Webtask) -> Result<(), webtask::Error> {
///     recipes::title(webtask, recipes::title::Input::default()).await?;
///     let input = recipes::crawl::headings::Input { page: "news".into() };
///     recipes::crawl::headings(webtask, input).await?;
///     Ok(())
/// }
/// # fn main() {
/// let tasks = recipes::tasks();
/// assert_eq!((tasks[0].slug(), tasks[1].slug()), ("crawl/headings", "title"));
/// # }
/// ```
///
/// When a file changes or goes, the crate is built anew. Of a new file Cargo learns only by a build script: a `build.rs`
/// beside `Cargo.toml`, whose `main` has this one line.
///
/// ```
/// println!("cargo::rerun-if-changed=recipes");
/// ```
#[macro_export]
macro_rules! webtask_dir {
    ($path:literal $(,)?) => {
        $crate::__rt::expand_dir! { $crate; $path }
    };
}

/// Declares what [`Cx::extract`](crate::Cx::extract) reads of an element: a struct, by the lines that an `extract` of a
/// recipe has.
///
/// ```
/// webtask::extract! {
///     /// An article in the list.
///     pub struct Article {
///         title text "h2";
///         price text ".price" match r"[\d.]+" float optional;
///         tags from ".tag" repeat {
///             name text ".";
///         }
///     }
/// }
///
/// fn first_tag(article: &Article) -> Option<&str> {
///     let tag: &ArticleTags = article.tags.first()?;
///     Some(&tag.name)
/// }
/// # fn main() {}
/// ```
///
/// The types of its fields follow from the lines: `String`, `i64`, `f64`, `bool`, `Option`, `Vec`, and a struct for each
/// `from`, named after the field. It has serde's traits, `JsonSchema`, `Clone`, `PartialEq` and `Debug`.
///
/// ```compile_fail
/// webtask::extract! {
///     struct Article { title text "h2["; }
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! extract {
    ($($fields:tt)*) => {
        $crate::__rt::expand_extract! { $crate; $($fields)* }
    };
}

/// Turns an `async` function into a task. The function itself stays as it is.
///
/// ```no_run
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
/// #[webtask::task("page/links", timeout = "30s", transport = "rest, sse")]
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
/// // Inside another task, as a plain function.
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
/// * The first argument is the [run's context](crate::Cx), with a method for each keyword of the language.
/// * Every other argument is an input, of any type that serde reads and writes, with `Clone` and `Debug`. It is required, except one with
///   `#[input(default = EXPR)]` or `#[input(default)]`, and an `Option`, which is then `None`. Its doc comments
///   describe it.
/// * `T` is the output. It needs `Serialize`, and `Deserialize` too with a secret or a setup. Its schema is published if it
///   has `schemars::JsonSchema`.
/// * `E` is any error that converts to `Box<dyn Error + Send + Sync>`: webtask's, `std`'s, `anyhow`'s, a `String`. The kind
///   and the step of an [`Error`](crate::Error) are kept, also when another error wraps it: as its `source()`, or
///   `anyhow`'s with a context.
/// * Values that live across an `.await` must be `Send`.
///
/// Beside it, a module of the same name has `Input`, `Output`, `TASK`, and `run`, which starts a run of it.
///
/// # The options
///
/// Each is optional.
///
/// | | |
/// |---|---|
/// | `"SLUG"` | the task's name outside of Rust; by default the function's |
/// | `pool = "TAG"` | the pool of windows; `default` by default |
/// | `timeout = "30s"` | the time limit of a run; 60 seconds by default |
/// | `transport = "rest, sse"` | how it can be called over HTTP; `rest` by default |
/// | `dialogs = "accept"` | how page dialogs are answered; `dismiss` by default |
/// | `setting = "NAME"` | a setting that [`Cx::setting`](crate::Cx::setting) returns; may repeat |
/// | `secret = "NAME"` | a secret that [`Cx::secret`](crate::Cx::secret) returns; may repeat |
/// | `setup = path::to::task` | a task that prepares each new window |
/// | `browser = false` | no window, because no step needs one |
/// | `untrusted = true` | its windows may open callers' URLs; required for [`Goto::untrusted`](crate::steps::Goto::untrusted) |
/// | `crate = path` | the path of this crate; `::webtask` by default |
///
/// The values are written as in a recipe's header, and mistakes in them are reported in the same words.
pub use webtask_macros::task;

/// The descriptions of tasks, by the paths of their functions: what a server mounts.
///
/// ```
/// mod shop {
///     webtask::webtask! {
///         pub task "shop/hello" { status "hello"; }
///     }
/// }
/// # fn main() {
/// let tasks = webtask::tasks![shop::shop_hello];
/// assert_eq!(tasks[0].slug(), "shop/hello");
/// # }
/// ```
#[macro_export]
macro_rules! tasks {
    ($($($path:ident)::+),* $(,)?) => {
        [$($($path)::+::TASK.clone()),*] as [$crate::Task; _]
    };
}
