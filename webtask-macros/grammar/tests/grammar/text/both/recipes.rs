//! The recipes.

/// Each recipe inline, and as text.
pub(crate) const BOTH: &[(&str, &str)] = &[
    (
        r#"task "conditions" {
            if "{{a}}" == 0 and not "{{b}}" >= -1 { wait 1s; }
            else if ("{{a}}" != "x" or "{{b}}" matches r"\d") and ["p"] contains "{{c}}" { }
            loop until "{{n}}" > 3 pause 1s max 5 { }
        }"#,
        r#"task "conditions"
    if "{{a}}" == 0 and not "{{b}}" >= -1
        wait 1s
    else if (
        "{{a}}" != "x"
        or "{{b}}" matches r"\d"
    ) and ["p"] contains "{{c}}"
    end
    loop until "{{n}}" > 3 pause 1s max 5
    end
end"#,
    ),
    (
        r#"task "numbers" {
            input n int default 3;
            input pause int;
            wait "{{pause|or:1.5s}}";
            retry "{{n}}" pause "{{pause|or:0}}" {
                extract rows from "li" repeat limit "{{n}}" { a text "."; }
            }
            screenshot _ format jpeg quality "{{rows.length}}";
            pdf _ scale "{{n|or:0.5}}";
        }"#,
        r#"task "numbers"
    input n int default 3
    input pause int
    wait "{{pause|or:1.5s}}"
    retry "{{n}}" pause "{{pause|or:0}}"
        extract rows from "li" repeat limit "{{n}}"
            a text "."
        end
    end
    screenshot _ format jpeg quality "{{rows.length}}"
    pdf _ scale "{{n|or:0.5}}"
end"#,
    ),
    (
        r#"
        task "shop/price-2" as prices {
            doc "Reads prices.";
            pool big;
            timeout 1.5s;
            transport rest, sse;
            transport websocket;
            setup "shop/login" with { user: "{{query}}" };
            dialogs accept;
            strict;
            input query string required doc "What to look for.";
            input limit int default 10;
            input ratio float default -0.5;
            input tags list default ["a", 1,];
            input more map default { a: { "b c": null } };
            input deep bool default true;
            secret password;
            secret match;
            setting base default "https://a.example";
            setting tenant;
        }
        task "3d" { transport async; dialogs dismiss; }
        "#,
        r#"
        # Prices.
        task "shop/price-2" as prices   # a task
            doc "Reads prices."
            pool big
            timeout 1.5s
            transport rest, sse
            transport websocket
            setup "shop/login" with {
                user: "{{query}}"
            }
            dialogs accept
            strict

            input query string required doc "What to look for."
            input limit int default 10
            input ratio float default -0.5
            input tags list default [
                "a", # one
                1,

            ]
            input more map default {
                a: { "b c": null }
            }
            input deep bool default true
            secret password
            secret match
            setting base default "https://a.example"
            setting tenant
        end

        task "3d"
            transport async
            dialogs dismiss
        end
        # the end"#,
    ),
    (
        r##"task "steps" {
            status "a # b";
            status "two
  lines \" \
              and more";
            status r"\d";
            status r#"a "b""#;
            emit progress "x" data { a: [1, -2, 0.5, true, null, "x"], b: "{{c}}" };
            emit "my.kind-2" "x";
            goto "https://a/{{b}}" timeout 5s until idle;
            goto page "https://a/" expect ok, 404 timeout 5s;
            wait 800ms;
            wait until ".{{a}}" visible text "x" timeout 1m;
            wait until "b" gone;
            wait until url "**/done?id={{a}}" timeout 1m;
            wait until url matches r"done$";
            wait until js "done > 1" timeout 2s;
            click "a" closest "b" text "c" match exact timeout 0;
            sendkeys "input" keys "x" timeout 1.5s;
            fill "input" with "x" timeout 1.5s;
            js n "return 1" args [1, "{{x}}"] await;
            js info fn "page/info.js";
            set end { end: 1 };
            set type [];
            call "a/b";
            call x "a/b" with { q: 1 };
            yield 1;
            yield each [1, 2];
            if "{{a}}" { fail "no" code A status 404; }
            return { a: 1 };
        }"##,
        r##"task "steps"
    status "a # b"# comment
    status "two
  lines \" \
              and more"
    status r"\d"
    status r#"a "b""#
    emit progress "x" data {
        a: [
            1, -2, 0.5,
            true, null, "x"
        ],
        b: "{{c}}"
    }
    emit "my.kind-2" "x"
    goto "https://a/{{b}}" timeout 5s until idle
    goto page "https://a/" expect ok, 404 timeout 5s
    wait 800ms
    wait-until ".{{a}}" visible text "x" timeout 1m
    wait until "b" gone
    wait until url "**/done?id={{a}}" timeout 1m
    wait until url matches r"done$"
    wait-until-js "done > 1" timeout 2s
    click "a" closest "b" text "c" match exact timeout 0
    sendkeys "input" keys "x" timeout 1.5s
    fill "input" with "x" timeout 1.5s
    js n "return 1" args [1, "{{x}}"] await
    js info fn "page/info.js"
    set end { end: 1 }
    set type []
    call "a/b"
    call x "a/b" with { q: 1 }
    yield 1
    yield each [1, 2]
    if "{{a}}"
        fail "no" code A status 404
    end
    return { a: 1 }
end"##,
    ),
    (
        r#"task "blocks" {
            for each x in "{{rows}}" collect all continue on error {
                if js "return 1" { wait 0; }
                else if "{{x}}" { }
                else { retry 3 pause 1s { wait 0; } }
                if js fn "a.js" { }
            }
            extract rows from "li" limit 10 repeat {
                text text "a";
                end attr data-id on ".";
                link attr xlink:href-2x on "a" url required;
                body html ".b" optional;
                kind const { a: "{{x}}" };
                n count "li";
                price text ".p:nth-child({{n}})" required float lower match r"(\d+)" trim all;
                items from "li" repeat optional {
                    name text "b" upper int;
                    deep from "." { x text "i" bool; }
                }
                from from "a" { from text "b"; }
                last text "z";
            }
            wait 0;
        }"#,
        r#"
task "blocks"
for-each x in "{{rows}}" collect all continue-on-error
if js "return 1"
wait 0
else if "{{x}}"
else
retry 3 pause 1s
wait 0
end
end
        if js fn "a.js"
    end
end
extract rows from "li" limit 10 repeat
    text text "a"
    end attr data-id on "."
    link attr xlink:href-2x on "a" url required
    body html ".b" optional
    kind const { a: "{{x}}" }
    n count "li"
    price text ".p:nth-child({{n}})" required float lower match r"(\d+)" trim all
    items from "li" repeat optional
        name text "b" upper int
        deep from "."
            x text "i" bool
        end
    end
    from from "a"
        from text "b"
    end
    last text "z"
end
wait 0
end
"#,
    ),
    (
        r#"task "long" {
            js n "return 1;

  // \"x\" \\d
return 2;";
            js m "a";
            js o "a\n.b\n";
            status "";
        }"#,
        r#"task "long"
    js n """
        return 1;

          // "x" \d
        return 2;
    """
    js m """a"""
    js o """a
            .b

         """
    status """"""
end"#,
    ),
    (
        r##"
        task "page" {
            back; forward; reload;
            press "Control+a";
            select "#size" option "large" timeout 1m; upload "#f" files ["a"] timeout 4s;
            check "#a" timeout 2s; uncheck "#b" timeout 3s; hover "#c" timeout 800ms;
            click "a" opens tab;
            wait network idle 500ms max 2 timeout 3s;
            scroll until stable ".feed" direction up stable 200ms max 9;
            loop while js "return true" pause 1s max 3 collect turns { set x "{{loop_index}}"; }
            loop until js fn "done.js" { wait 0; }
            loop js "return window.more" { wait 0; }
            loop max 3 { if "{{a}}" { break; } else { continue; } }
            try { click "a"; } else as error { status "{{error.message}}"; }
            try { wait 0; }
            try { wait 0; } else { }
        }
        task "data" {
            screenshot shot selector "h1" format jpeg quality 80 path "a.jpg";
            screenshot _ full page;
            read file note path "n.txt" optional;
            write files wrote root "out" files { a: "b" };
            save html selector "main" path "page.html";
            export csv table data [{ a: 1 }] columns ["a"] path "t.csv";
            get cookies jar urls ["https://a.example"] path "jar.json";
            set cookies [{ name: "a", value: "b", url: "https://a.example" }];
            set cookies file "jar.json";
            clear cookies;
            http POST answer url "https://a.example/x" headers { accept: "a/b" } body { a: 1 } timeout 5s;
            upload "#file" files ["a.txt", "b.txt"];
            download each images selector "img" timeout 5s;
            save captures images dir "out" naming "{index}-{name}";
            save captures kept dir "out" from page;
        }
        task "prints" {
            emulate dark width 400 height 800 scale 2 mobile locale "de-CH" timezone "Europe/Berlin" user agent "x";
            emulate light;
            emulate reset;
            pdf paper path "a.pdf" format A4 landscape background false scale 0.5 pages "1-3" margin "1cm 2cm" header "h" footer "<i>{{query}}</i>";
            html to pdf letter content "<b>{{paper.path}}</b>" css "b { color: red }" format Letter;
            html to pdf _ file "a.html";
            snapshot whole path "a.mhtml";
            console lines { wait 0; }
            capture network seen bodies max bytes 1000 url "/api" as list path "a.har" { wait 0; }
            download got path "files" timeout 5s { click "a"; }
        }
        task "films" {
            record clip format webm fps 5 frames 9 for 2s quality 80 path "a.webm" { wait 0; }
            record one path "a.gif";
            click "#a";
            retry 2 {
                record two;
                for each a in [1] { wait 0; }
            }
            if js "return 1" { record three; wait 0; } else { record four { } }
            record five;
            wait 0;
        }
        "##,
        r##"
        task "page"
            back
            forward
            reload
            press "Control+a"
            select "#size" option "large" timeout 1m
            upload "#f" files ["a"] timeout 4s
            check "#a" timeout 2s
            uncheck "#b" timeout 3s
            hover "#c" timeout 800ms
            click "a" opens tab
            wait network idle 500ms max 2 timeout 3s
            scroll-until-stable ".feed" direction up stable 200ms max 9
            loop while js "return true" pause 1s max 3 collect turns
                set x "{{loop_index}}"
            end
            loop until js fn "done.js"
                wait 0
            end
            loop js "return window.more"
                wait 0
            end
            loop max 3
                if "{{a}}"
                    break
                else
                    continue
                end
            end
            try
                click "a"
            else as error
                status "{{error.message}}"
            end
            try
                wait 0
            end
            try
                wait 0
            else
            end
        end

        task "data"
            screenshot shot selector "h1" format jpeg quality 80 path "a.jpg"
            screenshot _ full page
            read file note path "n.txt" optional
            write files wrote root "out" files {
                a: "b"
            }
            save html selector "main" path "page.html"
            export csv table data [{ a: 1 }] columns ["a"] path "t.csv"
            get cookies jar urls ["https://a.example"] path "jar.json"
            set cookies [{ name: "a", value: "b", url: "https://a.example" }]
            set cookies file "jar.json"
            clear-cookies
            http POST answer url "https://a.example/x" headers { accept: "a/b" } body { a: 1 } timeout 5s
            upload "#file" files ["a.txt", "b.txt"]
            download each images selector "img" timeout 5s
            save captures images dir "out" naming "{index}-{name}"
            save captures kept dir "out" from page
        end

        task "prints"
            emulate dark width 400 height 800 scale 2 mobile locale "de-CH" timezone "Europe/Berlin" user agent "x"
            emulate light
            emulate reset
            pdf paper path "a.pdf" format A4 landscape background false scale 0.5 pages "1-3" margin "1cm 2cm" header "h" footer "<i>{{query}}</i>"
            html to pdf letter content "<b>{{paper.path}}</b>" css "b { color: red }" format Letter
            html to pdf _ file "a.html"
            snapshot whole path "a.mhtml"
            console lines
                wait 0
            end
            capture network seen bodies max bytes 1000 url "/api" as list path "a.har"
                wait 0
            end
            download got path "files" timeout 5s
                click "a"
            end
        end

        task "films"
            record clip format webm fps 5 frames 9 for 2s quality 80 path "a.webm"
                wait 0
            end
            record one path "a.gif"
            click "#a"
            retry 2
                record two
                # The loop is filmed.

                for each a in [1]
                    wait 0
                end
            end
            if js "return 1"
                record three
                wait 0
            else
                record four
                end
            end
            record five
            wait 0
        end
        "##,
    ),
];
