//! The tables of the grammar's own test of selectors, in Chromium: both agree, but for what the grammar says of itself.

use serde_json::{Value, json};
use webtask::__rt::js;

use crate::bench::{open, test};

/// What each table holds, without the reports below its lines.
fn selectors(table: &str) -> Vec<&str> {
    table.lines().filter(|line| !line.starts_with("    ")).collect()
}

#[test]
fn chromium_takes_and_refuses_what_the_grammar_does() {
    let accepted = selectors(include_str!("../../../webtask-macros/grammar/tests/selectors/accepted.txt"));
    let refused = selectors(include_str!("../../../webtask-macros/grammar/tests/selectors/refused.txt"));
    let stricter = selectors(include_str!("../../../webtask-macros/grammar/tests/selectors/stricter.txt"));
    assert!(accepted.len() > 150 && refused.len() > 150 && stricter.len() > 30);
    let all = json!([accepted, refused, stricter]);
    test(|bench| async move {
        let run = bench.run((bench.page(""), all.clone()), |cx, (url, all)| {
            Box::pin(async move {
                open(cx, &url).await?;
                let taken = "const takes = selector => { try { document.querySelector(selector); return true } catch { return false } };
                    return arguments[0].map(list => list.filter(takes))";
                Ok(js::<Value>(cx, "taken", taken, &[all], false).await?)
            })
        });
        assert_eq!(run.await.unwrap(), json!([all[0], [], all[2]]));
    });
}
