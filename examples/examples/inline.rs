//! Recipes of the catalogue in the inline spelling: what stands in `recipes-ported/recipes/` as text, as Rust has it. A
//! test of `recipes-ported` sees that both say the same.
//!
//! `cargo run -p webtask-examples --example inline` prints the stories of the replayed front page of Hacker News.

use webtask::{Webtask, webtask};

webtask! {
    /// A four-step flow that reports its progress as it runs.
    pub task "streaming/progress" {
        pool default;
        timeout 30s;
        transport rest;
        transport sse;

        status "Step 1 of 4 — navigate";
        goto "https://example.com";
        emit progress "navigation complete" data { fraction: 0.25 };

        status "Step 2 of 4 — pause briefly";
        wait 1000;
        emit progress "pause finished" data { fraction: 0.5 };

        status "Step 3 of 4 — read title";
        extract page from "html" {
            title text "title";
        }
        emit progress "extracted title" data { fraction: 0.75 };

        status "Step 4 of 4 — done";
    }
}

webtask! {
    /// The stories on the front page of Hacker News.
    pub task "crawl/hackernews-top" {
        timeout 30s;
        transport rest, sse;
        input page int default 1 doc "which page of the list, from 1";
        input limit int default 30 doc "how many stories at most";

        status "reading page {{page}}";
        goto "https://news.ycombinator.com/news?p={{page}}" until dom;
        wait until "tr.athing" timeout 10s;

        // Points, author and comments stand in a row of their own, after the story's: give them to the story.
        js _ "for (const story of document.querySelectorAll('tr.athing')) story.append(...story.nextElementSibling.cells)";

        // A job has neither points nor author nor comments.
        extract stories from "tr.athing" repeat limit "{{limit}}" {
            id       attr id on "." required;
            rank     text ".rank" match r"\d+" int;
            title    text ".titleline > a" required;
            link     attr href on ".titleline > a" url;
            site     text ".sitestr" optional;
            points   text ".score" match r"\d+" int optional;
            author   text ".hnuser" optional;
            posted   attr title on ".age" match r"^\S+" optional;
            comments text ".subline > a:last-child" match r"\d+" int optional;
        }
        emit found "{{stories.length}} stories" data { count: "{{stories.length}}", page: "{{page}}" };
    }
}

webtask! {
    /// Visits a list of pages one after the other, and goes on when one of them fails.
    pub task "control/for-each" {
        timeout 60s;
        transport rest, sse;
        input pages list default ["lamp", "kettle", "nothing-here", "ladder"] doc "the last parts of their addresses";

        for each page in "{{pages}}" collect products continue on error {
            status "page {{page_index}}: {{page}}";
            goto "https://shop.example/products/{{page}}" until dom;
            extract product from "article.product" {
                name  text "h1" required;
                price text ".price" match r"[\d.]+" float;
            }
            yield { page: "{{page}}", name: "{{product.name}}", price: "{{product.price}}" };
        }
        emit visited "{{products.length}} of {{pages.length}} pages" data { wanted: "{{pages.length}}", read: "{{products.length}}" };
    }
}

webtask! {
    /// Films one step of several: a `record` without an `end` has the next step alone.
    pub task "control/record-step" {
        timeout 60s;
        transport rest, sse;

        emulate width 320 height 240;
        goto "https://demo.example/lights";
        record change path "recordings/change.gif";
        click "#next";
        click "#next";
        js colour "return document.querySelector('#light').dataset.colour";
        return { path: "{{change.path}}", colour: "{{colour}}" };
    }
}

webtask! {
    // `GET /tasks/demo/metadata-inputs` shows all of this: types, defaults and what each input means.

    /// Every kind of input, with and without a default.
    ///
    /// It opens no page: what comes in goes out, each value with its own type.
    pub task "demo/metadata-inputs" {
        timeout 10s;
        transport rest, sse;
        input title string required doc "a text that must be given";
        input copies int default 1 doc "a whole number";
        input scale float default 1.5 doc "a number";
        input draft bool default false doc "yes or no";
        input tags list default ["new", "short"] doc "a list of anything";
        input extra map default { color: "blue", size: { width: 3, height: 4 } } doc "a map of anything";
        input note string doc "neither required nor with a default: it may be missing";

        status "{{copies}} × {{title}} ({{note|or:no note}})";
        set given {
            title: "{{title}}",
            copies: "{{copies}}",
            scale: "{{scale}}",
            draft: "{{draft}}",
            tags: "{{tags}}",
            extra: "{{extra}}",
            width: "{{extra.size.width|or:unknown}}",
            note: "{{note|or:no note}}",
        };
    }
}

webtask! {
    /// Signs in to the messenger, once in each new window; the others begin with it. What it signed in to is kept.
    pub task "messenger/session" {
        timeout 30s;
        transport rest, sse;
        input user string default "robin" doc "the account";
        secret messenger_password;

        read file kept path "sessions/{{user}}.json" optional;
        if "{{kept}}" {
            set cookies file "sessions/{{user}}.json";
        }
        goto "https://chat.example/login";
        // Who is signed in is sent on from there, before there is a form.
        wait until "#login, #chats" visible timeout 10s;
        if js "return document.querySelector('#login') !== null" {
            status "signing in as {{user}}";
            sendkeys "#user" keys "{{user}}";
            sendkeys "#password" keys "{{messenger_password}}";
            click "#login button" text "Sign in";
            wait until "#chats" visible timeout 10s;
            get cookies _ urls ["https://chat.example/"] path "sessions/{{user}}.json";
        } else {
            status "{{user}} is still signed in";
        }
        extract session from "html" {
            user text "#me";
        }
        // The kept cookies are nobody's business.
        return { user: "{{session.user}}" };
    }

    /// The conversations of the account, the newest first, with what is unread in each.
    pub task "messenger/chats" {
        timeout 30s;
        transport rest, sse;
        setup "messenger/session";

        goto "https://chat.example/";
        wait until "#chats .chat" visible;
        extract chats from "#chats .chat" repeat {
            id     attr data-id on "." required;
            name   text ".name";
            last   text ".last" optional;
            unread text ".unread" int optional;
            muted  count ".muted";
        }
    }
}

/// The replayed web of the catalogue.
const WEB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../recipes-ported/web");

#[tokio::main]
async fn main() -> Result<(), webtask::Error> {
    let webtask = Webtask::builder().replay(WEB).build()?;
    let output =
        crawl_hackernews_top(&webtask, crawl_hackernews_top::Input { limit: 10, ..Default::default() })
            .await?;
    for story in output.stories {
        println!("{:2}. {} ({})", story.rank, story.title, story.site.as_deref().unwrap_or("here"));
    }
    webtask.close().await
}
