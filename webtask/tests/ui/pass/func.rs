//! Both macros of one name in one module, in each way in which they can be; and what a function may be.

#![deny(warnings)]

// `webtask!` comes from the crate as a whole, `#[webtask::task]` from its module.
#[macro_use(webtask)]
extern crate webtask as other_name;
use webtask::{Cx, Error, Json, Run, Webtask, tasks};

webtask! {
    task "by/macro/use" { status "here"; }
}

webtask::webtask! {
    task "by/path" { status "here"; }
}

#[webtask::task]
async fn by_attribute(cx: &Cx) -> Result<(), Error> {
    cx.status("here").await;
    Ok(())
}

/// The names of a module do not shadow those of another.
mod inner {
    use webtask::webtask;

    webtask! {
        pub task "by/import" { status "here"; }
    }

    #[webtask::task("inner/attribute", transport = "rest")]
    pub(crate) async fn attribute(_cx: &webtask::Cx) -> Result<u8, std::num::ParseIntError> {
        "1".parse()
    }
}

/// Inputs that have the names of what is around them.
#[webtask::task(browser = false, timeout = "1.5s")]
pub async fn input(
    _: &Cx,
    input: String,
    webtask: u8,
    run: Option<u8>,
    r#fn: Vec<(u8, [u8; 2])>,
    #[input(default = "}".to_owned())]
    #[allow(unused_variables)]
    __cx: String,
) -> Result<(String, u8, usize), String> {
    let _: Option<u8> = run;
    Ok((input, webtask, r#fn.len()))
}

/// A type of this module alone.
#[derive(serde::Serialize)]
struct Own;

#[webtask::task]
#[allow(clippy::unused_async)]
#[must_use]
async fn own(_: &Cx) -> std::result::Result<Own, Box<dyn std::error::Error + Send + Sync>> {
    Ok(Own)
}

fn main() {
    let tasks = tasks![by_macro_use, by_path, by_attribute, inner::by_import, inner::attribute, input, own];
    let slugs = tasks.each_ref().map(|task| task.slug());
    assert_eq!(
        slugs,
        ["by/macro/use", "by/path", "by_attribute", "by/import", "inner/attribute", "input", "own"]
    );
    let _: fn(&Webtask, input::Input) -> Run<(String, u8, usize)> = input::run;
    let _: fn(&Webtask, own::Input) -> Run<Own> = own::run;
    let _: fn(&Webtask, by_path::Input) -> Run<by_path::Output> = by_path;
    let _: Option<Json> = None;
}
