//! `return` in every kind of block, and what the task gives then.

#![deny(warnings)]

webtask::webtask! {
    task "same" {
        if (true) { return 1; } else { return 2; }
    }
    task "differing" {
        if (true) { return "a"; }
        return 1;
    }
    task "perhaps" {
        for each item in [1] { if "{{item}}" { return "{{item_index}}"; } }
    }
    task "tried" {
        retry 2 { return "a"; }
    }
    task "tried/perhaps" {
        retry 2 { if (true) { return "a"; } }
    }
    task "tried/both" {
        retry 2 { if (true) { return "a"; } else { return "b"; } }
    }
    task "skipped" {
        for each item in [1] continue on error { return "{{item_index}}"; }
        return 5;
    }
    task "deep" {
        retry 2 {
            for each item in [1] collect kept continue on error {
                retry 3 { if "{{item}}" { return true; } yield "{{item}}"; }
            }
        }
        status "{{kept.length}}";
        return false;
    }
    task "one/branch" {
        if (true) { set size 1; } else { return 2; }
        return "{{size}}";
    }
    task "typed" -> Result<u8, String> {
        if (false) { return (Err("no".to_owned())); }
        return (Ok(1));
    }
    task "assigned" {
        set found 1;
        for each item in [1] { set found 2; }
        retry 2 { set found 3; }
        if (true) { set found 4; } else { set found 5; }
    }
    task "calls" {
        call a "same";
        call b "perhaps";
        call c "typed";
    }
}

async fn run(webtask: &webtask::Webtask) -> Result<(), webtask::Error> {
    let _: i64 = same(webtask, same::Input {}).await?;
    let _: serde_json::Value = differing(webtask, differing::Input {}).await?;
    let _: Option<i64> = perhaps(webtask, perhaps::Input {}).await?;
    let _: String = tried(webtask, tried::Input {}).await?;
    let _: Option<String> = tried_perhaps(webtask, tried_perhaps::Input {}).await?;
    let _: String = tried_both(webtask, tried_both::Input {}).await?;
    let _: i64 = skipped(webtask, skipped::Input {}).await?;
    let _: bool = deep(webtask, deep::Input {}).await?;
    let _: i64 = one_branch(webtask, one_branch::Input {}).await?;
    let _: Result<u8, String> = typed(webtask, typed::Input {}).await?;
    let _: i64 = assigned(webtask, assigned::Input {}).await?.found;
    let calls = calls(webtask, calls::Input {}).await?;
    let _: (i64, Option<i64>, Result<u8, String>) = (calls.a, calls.b, calls.c);
    Ok(())
}

fn main() {
    let _ = run;
}
