//! What the work costs beside a floor that does the same by hand, as a table of ratios: `make bench`.
//!
//! It is not a harness's benchmark: those measure one function after another, and here the two sides of each row must
//! be measured in turn, on the same machine at the same time. See the README beside this folder.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark may panic")]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small numbers")]

mod bare;
mod measure;
mod proc;
mod recipes;
mod rows;
mod setting;
mod site;
mod wire;

use futures::FutureExt;
use futures::future::LocalBoxFuture;

use measure::{Bound, Row};
use rows::{build, pages, served, throughput, whole};
use setting::Setting;
use site::Site;

type Group = for<'a> fn(&'a Setting) -> LocalBoxFuture<'a, Vec<Row>>;

/// What may be asked for by name.
const GROUPS: [(&str, Group); 11] = [
    ("small", |setting| pages::small_page(setting).boxed_local()),
    ("rows", |setting| pages::thousand_rows(setting).boxed_local()),
    ("form", |setting| pages::filled_form(setting).boxed_local()),
    ("fresh", |setting| pages::fresh_context(setting).boxed_local()),
    ("throughput", |setting| throughput::windows(setting).boxed_local()),
    ("late", |setting| pages::late_element(setting).boxed_local()),
    ("dom", |setting| pages::until_dom(setting).boxed_local()),
    ("requests", |setting| served::requests(setting).boxed_local()),
    ("readers", |setting| served::readers(setting).boxed_local()),
    ("memory", |setting| whole::memory(setting).boxed_local()),
    ("cold", |setting| whole::cold(setting).boxed_local()),
];

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--cold-floor", url] => return whole::cold_floor(url).await,
        ["--cold-ours", url] => return whole::cold_ours(url).await,
        [word] if word.starts_with("--serve-floor=") => {
            return served::serve_floor(word["--serve-floor=".len()..].parse().unwrap()).await;
        }
        [word] if word.starts_with("--serve-ours=") => {
            return served::serve_ours(word["--serve-ours=".len()..].parse().unwrap()).await;
        }
        _ => {}
    }
    // Without that `cargo test` has started it, and it is not a test.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let scale = words.iter().find_map(|word| word.strip_prefix("--scale=")?.parse().ok()).unwrap_or(1.0);
    let wanted: Vec<&str> = words.into_iter().filter(|word| !word.starts_with("--")).collect();
    let setting = Setting { site: Site::start(), scale };
    println!(
        "{:<46} {:>10} {:>10}     {:>5} {:>13} {:>8}",
        "work", "floor", "ours", "ratio", "90 %", "bound"
    );
    for (name, group) in GROUPS {
        if wanted.is_empty() || wanted.contains(&name) {
            for row in group(&setting).await {
                show(&row);
            }
        }
    }
    #[cfg(feature = "text")]
    if wanted.is_empty() || wanted.contains(&"text") {
        rows::text::text(&setting).await.iter().for_each(show);
    }
    if wanted.is_empty() || wanted.contains(&"check") {
        build::touched(&setting).iter().for_each(show);
    }
}

fn show(row: &Row) {
    let bound = match row.bound {
        Bound::AtMost(most) => format!("≤ {most:.2}"),
        Bound::AtLeast(least) => format!("≥ {least:.2}"),
        Bound::OursAtMost(most) => format!("≤ {most} {}", row.unit),
        Bound::Open => String::new(),
    };
    let spread = row.spread.map_or(String::new(), |(low, high)| format!("{low:.2} – {high:.2}"));
    let holds = match row.bound {
        Bound::Open => "",
        _ if row.holds() => "holds",
        _ => "does not hold",
    };
    println!(
        "{:<46} {:>10.1} {:>10.1} {:<3} {:>5.2} {:>13} {:>8}  {holds}",
        row.work, row.floor, row.ours, row.unit, row.ratio, spread, bound
    );
}
