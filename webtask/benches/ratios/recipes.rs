//! The work, as recipes.

use webtask::webtask;

webtask! {
    pub task "small" {
        transport rest, sse;
        input url string required;
        goto "{{url}}";
        extract page from "html" { title text "title"; lead text ".lead"; link attr href on "a"; }
    }

    pub task "small/fresh" as small_fresh {
        pool fresh;
        input url string required;
        goto "{{url}}";
        extract page from "html" { title text "title"; lead text ".lead"; link attr href on "a"; }
    }

    pub task "small/one" as small_one {
        pool one;
        input url string required;
        goto "{{url}}";
        extract page from "html" { title text "title"; lead text ".lead"; link attr href on "a"; }
    }

    pub task "small/two" as small_two {
        pool two;
        input url string required;
        goto "{{url}}";
        extract page from "html" { title text "title"; lead text ".lead"; link attr href on "a"; }
    }

    pub task "small/four" as small_four {
        pool four;
        input url string required;
        goto "{{url}}";
        extract page from "html" { title text "title"; lead text ".lead"; link attr href on "a"; }
    }

    pub task "rows" {
        input url string required;
        goto "{{url}}";
        extract rows from ".row" repeat {
            name text ".name"; price text ".price"; stock text ".stock"; link attr href on "a";
        }
    }

    pub task "form" {
        input url string required;
        input text string required;
        goto "{{url}}";
        sendkeys "#a" keys "{{text}}";
        sendkeys "#b" keys "{{text}}";
        sendkeys "#c" keys "{{text}}";
        sendkeys "#d" keys "{{text}}";
        click "#send";
        extract result from "#result" { text text "."; }
    }

    pub task "form/filled" as form_filled {
        input url string required;
        input text string required;
        goto "{{url}}";
        fill "#a" with "{{text}}";
        fill "#b" with "{{text}}";
        fill "#c" with "{{text}}";
        fill "#d" with "{{text}}";
        click "#send";
        extract result from "#result" { text text "."; }
    }

    pub task "late" {
        input url string required;
        goto "{{url}}";
        wait until "#late";
        status "there";
        extract late from "#late" { at text "." float; }
    }

    pub task "dom" {
        input url string required;
        goto "{{url}}" until dom;
        extract page from "html" { title text "title"; lead text ".lead"; link attr href on "a"; }
    }

    pub task "stay" {
        pool eight;
        input url string required;
        goto "{{url}}";
        status "there";
        wait 1h;
    }

    /// No step of it needs a browser.
    pub task "plain" {
        input name string required;
        set greeting "hello {{name}}";
    }

    pub task "ticks" {
        timeout 1h;
        transport sse;
        for each _turn in (0..u32::MAX) {
            emit tick "tick";
            wait 10ms;
        }
    }
}
