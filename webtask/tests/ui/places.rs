//! Placeholders where none may stand, and texts that cannot be read.

webtask::webtask! {
    task "places_url" {
        input a string required;
        goto "ht{{a}}://example.com";
        goto "https://{{a}}.com/";
        goto "https://{{a}}@example.com/";
        goto "https://example.com:{{a}}/";
        goto "data:text/html,{{a}}";
        goto "https:/{{a}}";
        goto "https://exa mple.com/";
    }
    task "places_selector" {
        input a string required;
        click "div {{a}}";
        click "a:{{a}}";
        click "[a='b' {{a}}]";
        click "/* {{a}} */ b";
        click ".a\\{{a}}";
        click "a:not(.b";
        click "a[b='c]";
        click "a)";
        click "a]";
        click "a { b }";
        click "a; b";
        click "@media a";
        click "a ! b";
        click "/* a";
        click "a { b";
        click "a }";
        click "<!-- a -->";
        click "a[b='\n']";
        click "url(a b)";
    }
    task "places_text" {
        input a string required;
        status "{{}}";
        status "{{a..b}}";
        status "{{ a }}";
        status "{{a";
        js b "return '{{a}}'";
        extract c from "d" {
            e text "f" match "{{a}}";
            g attr "{{a}}" on "h";
            i 5;
        }
        emit "{{a}}" "j";
        emit k "l" data { "{{a}}": 1 };
    }
}

/// What uses a broken task has no error of its own.
macro_rules! used {
    ($($task:ident)*) => {
        $(
            let _: fn(&webtask::Webtask, $task::Input) -> webtask::Run<$task::Output> = $task;
            let _ = $task::TASK.slug();
        )*
    };
}

fn main() {
    used!(places_url places_selector places_text);
}
