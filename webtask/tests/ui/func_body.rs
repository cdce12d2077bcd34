//! A mistake in a function's body is rustc's alone, at its token.
use webtask::{Cx, Error};

#[webtask::task("body", setup = nowhere::task)]
async fn body(cx: &Cx, limit: u8) -> Result<u8, Error> {
    cx.nowhere().await?;
    cx.goto(limit).await?;
    Ok(cx.extract::<u8>("a").await?)
}

fn main() {}
