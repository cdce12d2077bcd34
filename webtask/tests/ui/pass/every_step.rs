//! Every step and every kind of value, compiled.

#![deny(warnings, missing_docs)]

/// Another module with a task of its own.
mod elsewhere {
    webtask::webtask! {
        pub(crate) task "far" as far_task {
            input a int required;
            set b "{{a}}";
        }
    }
}

webtask::webtask! {
    /// Signs in.
    task "login" as sign_in {
        secret password;
        input user string default "ann";
        goto "https://shop.example/login";
        sendkeys "#user" keys "{{user}}";
        sendkeys "#password" keys "{{password}}";
        fill "#user" with "{{user}}";
        click "button" text "Sign in" match exact timeout 5s;
        js session "return document.cookie";
    }

    /// Every step and every kind of value.
    pub(crate) task "every/step" {
        pool shop;
        timeout 2m;
        transport rest, sse;
        setup "login";
        dialogs accept;
        input query string required doc "what to look for";
        input limit int default 10;
        input deep bool;
        input type string default "all";
        /// Where to begin.
        input offset: u32 = 3 + 4;

        status "looking for {{query}}";
        status (format!("offset {offset}"));
        emit found "page {{offset}}" data { query: "{{query}}", list: [1, 2.5, true, null, "x{{limit}}"], rust: (offset + 1) };
        goto "https://shop.example/search?q={{query}}&kind={{type|or:any}}" until dom timeout 10s;
        wait 200ms;
        wait until ".row[data-q=\"{{query}}\"]" visible text "{{query}}" timeout 3s;
        click ".row" closest "li";
        extract head from "header" { title text "h1" upper; }
        extract rows from ".row" repeat limit (limit) {
            name text ".name" match r"^(\w+)" lower;
            price text ".price" float optional;
            link attr href on "a" url required;
            body html ".body";
            kind const "row";
            many count "li";
            tags text ".tag" all;
            seller from ".seller" { name text "."; }
            offers from ".offer" repeat { cost text "." int; }
        }
        js info "return { ok: arguments[0] }" args ["{{query}}", "{{rows.0.name}}"] await;
        js n: u64 "return 1";
        js _ "window.x = 1";
        set total "{{rows.length}}";
        set first "{{rows.0.seller.name}}";
        set label: String (format!("{total}"));
        set total 5;
        for each row in "{{rows}}" collect names continue on error {
            if "{{row.price}}" { yield "{{row.name}}"; }
            else if js "return true" { yield "free"; }
            yield each (Vec::<String>::new());
        }
        for each row in "{{rows}}" collect details {
            extract detail from ".detail" { text text "."; }
            set number "{{row_index}}";
        }
        for each item in "{{info.list}}" { status "{{item}} of {{info.list.length}}"; }
        if "{{deep}}" { status "deep"; }
        if (total > 3) {
            set big true;
            set both "a";
        } else {
            set both "b";
        }
        retry 3 pause 1s {
            extract late from ".late" { text text "."; }
        }
        let mut sum = 0;
        rust { sum += rows.len(); cx.status(format!("{sum}")).await; }
        call other "helper" with { name: "{{query}}", size: "{{limit}}" };
        call "helper" with { name: "x" };
        call far elsewhere::far_task with { a: 1 };
    }

    task "helper" {
        input name string required;
        input size float default 1;
        status "{{size}}";
        set helped "{{name}}";
    }

    task "returns/early" -> u32 {
        input list list;
        retry 2 {
            for each item in "{{list|or:x}}" { if "{{item.ok}}" { return (1); } }
        }
        return (2);
    }
}

async fn run(webtask: &webtask::Webtask) -> Result<(), webtask::Error> {
    let input = every_step::Input {
        query: "a".into(),
        limit: 1,
        deep: Some(true),
        r#type: "b".into(),
        offset: 2,
    };
    let output = every_step(webtask, input).await?;
    let _: &elsewhere::far_task::Output = &output.far;
    let _: u32 = returns_early(webtask, returns_early::Input::default()).await?;
    Ok(())
}

fn main() {
    let _ = run;
    let tasks = webtask::tasks![every_step, helper, returns_early, sign_in];
    assert!(tasks[0].needs_browser() && !tasks[1].needs_browser());
}
