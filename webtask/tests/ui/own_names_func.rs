//! The same of a function's task, whose own types keep their names.
use webtask::{Cx, Error};

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Link {
    href: String,
}

#[webtask::task("shop/links")]
async fn links(cx: &Cx, path: String, #[input(default = 3)] limit: u8) -> Result<Vec<Link>, Error> {
    cx.goto(&path).await?;
    Ok(vec![Link { href: limit.to_string() }])
}

async fn used(webtask: &webtask::Webtask, cx: &Cx) -> Result<(), Error> {
    links::run(webtask, links::Input { path: "a".into(), limit: 1, wrong: 1 }).await?;
    links::run(webtask, links::Input { path: "a".into() }).await?;
    links::run(webtask, 1).await?;
    links(cx, 1, 1).await?;
    let _: u8 = links::run;
    let _: u8 = links;
    let found: links::Output = links::run(webtask, links::Input { path: "a".into(), limit: 1 }).await?;
    let _ = found[0].hreff;
    let _: String = found;
    let _: links::Rows;
    Ok(())
}

fn main() {}
