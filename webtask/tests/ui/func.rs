//! `#[webtask::task]`: what it says itself at the wrong argument, and what rustc says at the user's own tokens.
use webtask::{Cx, Error};

#[webtask::task("Bad slug", pool = 1, transport = "rest, soap", tiemout = "1s")]
fn shape(cx: Cx, (a, b): (u8, u8), text: &str) -> u8 {
    0
}

struct Method;

impl Method {
    #[webtask::task]
    async fn method(&self, cx: &Cx) -> Result<(), Error> {
        Ok(())
    }
}

#[webtask::task]
async fn not_send(cx: &Cx) -> Result<(), Error> {
    let counter = std::rc::Rc::new(1);
    cx.reload().await?;
    drop(counter);
    Ok(())
}

/// No serde.
struct Plain;

#[webtask::task]
async fn not_json(_: &Cx) -> Result<Plain, Error> {
    Ok(Plain)
}

#[webtask::task]
async fn no_error(_: &Cx) -> Result<(), Plain> {
    Err(Plain)
}

#[webtask::task]
async fn not_the_context(cx: &u8) -> Result<(), Error> {
    Ok(())
}

#[webtask::task]
async fn default(cx: &Cx, #[input(default = "ten")] limit: u8) -> Result<(), Error> {
    cx.nowhere().await
}

fn main() {}
