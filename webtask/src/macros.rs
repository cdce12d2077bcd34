//! The macros of the crate: thin forms that hand the crate's own path to the expansion.

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
        [$(&$($path)::+::TASK),*] as [&'static $crate::Task; _]
    };
}
