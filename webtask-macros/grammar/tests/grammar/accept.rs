//! What the parser takes: each word in each of its forms, against the tree that it gives.

use super::common::{steps, tree};

#[test]
fn a_task_with_everything() {
    let source = r#"
        /// Reads prices.
        ///
        ///  Slowly.
        #[deprecated]
        #[doc(hidden)]
        pub(crate) task "shop/price-2" as prices -> Vec<Price> {
            pool big;
            timeout 1.5s;
            transport rest, sse;
            transport websocket;
            setup "shop/login" with { user: "{{query}}" };
            dialogs accept;
            strict ;
            /// What to look for.
            input query string required;
            input limit int default 10 doc "How many.";
            input ratio float default 1;
            input deep bool default false doc "Deep?" ;
            input tags list default ["a", 1];
            input more map default { a: { "b c": null } };
            input type string;
            input size int default "12";
            input half float default "-0.5";
            input folder path default "shots/home";
            input file path required;
            /// A page.
            input page: Option<Vec<u8>> = None;
            input other: crate::Kind;
            secret password;
            secret match;
            setting base default "https://a.example";
            setting tenant;
        }
        task "3d" { doc "Three."; pool "a pool"; dialogs dismiss; transport async; }
    "#;
    let expected = r#"# [deprecated] # [doc (hidden)]
pub (crate) task "shop/price-2" as prices -> Vec < Price >
  doc "Reads prices.\n\n Slowly."
  pool big
  timeout 1.5s
  transport Rest, Sse, WebSocket
  setup "shop/login" with {user: "⟨query⟩"}
  strict
  dialogs Accept
  input query string required doc "What to look for."
  input limit int default 10 doc "How many."
  input ratio float default 1
  input deep bool default false doc "Deep?"
  input tags list default ["a", 1]
  input more map default {a: {b c: null}}
  input type string
  input size int default 12
  input half float default -0.5
  input folder path default "shots/home"
  input file path required
  input page: Option < Vec < u8 >> default (None) doc "A page."
  input other: crate :: Kind required
  secret password
  secret match
  setting base default "https://a.example"
  setting tenant
task "3d" as _3d
  doc "Three."
  pool a pool
  transport Async
  dialogs Dismiss
"#;
    assert_eq!(tree(source), expected);
}

#[test]
fn the_example_of_the_language() {
    let source = r#"
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
    "#;
    let expected = r#"pub task "streaming/progress" as streaming_progress
  doc "A four-step flow that reports its progress as it runs."
  pool default
  timeout 30s
  transport Rest, Sse
  status "Step 1 of 4 — navigate"
  goto "https://example.com" Load
  emit progress "navigation complete" data {fraction: 0.25}
  status "Step 2 of 4 — pause briefly"
  wait 1s
  emit progress "pause finished" data {fraction: 0.5}
  status "Step 3 of 4 — read title"
  extract page from "html"
    title text "title"
  emit progress "extracted title" data {fraction: 0.75}
  status "Step 4 of 4 — done"
"#;
    assert_eq!(tree(source), expected);
}

/// Each step, in each form, and the line that it gives.
pub(super) const STEPS: &[(&str, &str)] = &[
    (r#"status "a {{b.c|or:d}} {{{{";"#, r#"status "a ⟨b.c|d⟩ {{""#),
    (r##"status r#"a "b""#;"##, r#"status "a \"b\"""#),
    ("status (a + b);", "status (a + b)"),
    (r#"emit progress "x";"#, r#"emit progress "x""#),
    (r#"emit "my.kind-2" "x" data "{{a}}";"#, r#"emit my.kind-2 "x" data "⟨a⟩""#),
    (
        r#"emit status "x" data { a: [1, -2, 0.5, -1e3, true, null, "x",], };"#,
        r#"emit status "x" data {a: [1, -2, 0.5, -1000.0, true, null, "x"]}"#,
    ),
    (r#"emit move "x" data (json);"#, r#"emit move "x" data (json)"#),
    (r#"goto "{{a}}";"#, r#"goto "⟨a @UrlWhole⟩" Load"#),
    (
        r#"goto "https://{{h}}/{{p}}?{{q}}#{{f}}" timeout 5s until idle;"#,
        r#"goto "https://⟨h @UrlHost⟩/⟨p @UrlPath⟩?⟨q @UrlQuery⟩#⟨f @UrlFragment⟩" Idle timeout 5s"#,
    ),
    (r#"goto (url) until dom;"#, r#"goto (url) Dom"#),
    (r#"goto "about:blank" until load timeout (limit);"#, r#"goto "about:blank" Load timeout (limit)"#),
    (r#"goto page "https://a/";"#, r#"goto page "https://a/" Load"#),
    (r#"goto _ (HOME) expect 404 timeout 1s;"#, r#"goto _ (HOME) Load expect Code(404) timeout 1s"#),
    (
        r#"goto page "https://a/" until dom expect ok, 404, 410;"#,
        r#"goto page "https://a/" Dom expect Ok, Code(404), Code(410)"#,
    ),
    (r#"goto "https://a/" expect any;"#, r#"goto "https://a/" Load expect Any"#),
    ("wait 800ms;", "wait 800ms"),
    ("wait (pause * 2);", "wait (pause * 2)"),
    (r#"wait until ".a";"#, r#"wait until ".a" Present"#),
    (
        r#"wait-until ".{{a}}" visible text "x" timeout 1m;"#,
        r#"wait until ".⟨a @CssIdent⟩" Visible text "x" timeout 60s"#,
    ),
    (r#"wait until (sel) timeout 1h gone;"#, r#"wait until (sel) Gone timeout 3600s"#),
    (r#"wait until url "https://a/b?c=*";"#, r#"wait until url "https://a/b?c=*""#),
    (
        r#"wait-until-url "{{base}}/{a,b}/{{id}}/**" timeout 5s;"#,
        r#"wait until url "⟨base⟩/{a,b}/⟨id⟩/**" timeout 5s"#,
    ),
    (
        r#"wait until url matches r"/orders/\d+$" timeout (t);"#,
        r#"wait until url matches "/orders/\\d+$" timeout (t)"#,
    ),
    (r#"wait until url (address);"#, "wait until url (address)"),
    (r#"wait until js "n >= 3" timeout 1m;"#, r#"wait until js "n >= 3" timeout 60s"#),
    (r#"wait-until js fn "a/b.js";"#, r#"wait until js fn "a/b.js""#),
    (r#"click "a";"#, r#"click "a""#),
    (
        r#"click "a" closest "[x='{{y}}']" text "{{b}}" match exact timeout 2ms;"#,
        r#"click "a" text "⟨b⟩" exact closest "[x='⟨y @CssString⟩']" timeout 2ms"#,
    ),
    (r#"click "a" text (b) match contains;"#, r#"click "a" text (b)"#),
    (r#"sendkeys "input" keys "{{password}}";"#, r#"sendkeys "input" "⟨password⟩""#),
    (r#"sendkeys "a" keys "b" timeout 1m;"#, r#"sendkeys "a" "b" timeout 60s"#),
    (r#"select "a" option "b" timeout 800ms;"#, r#"select "a" option "b" timeout 800ms"#),
    (r#"check "a" timeout (t);"#, r#"check "a" timeout (t)"#),
    (r#"uncheck "a" timeout 3ms;"#, r#"uncheck "a" timeout 3ms"#),
    (r#"hover "a" timeout 2s;"#, r#"hover "a" timeout 2s"#),
    (r#"upload "a" files ["b"] timeout 2s;"#, r#"upload "a" ["b"] timeout 2s"#),
    (r#"sendkeys (a) keys (b);"#, r#"sendkeys (a) (b)"#),
    (r#"fill "input" with "{{password}}";"#, r#"fill "input" "⟨password⟩""#),
    (r#"fill "a" with "" timeout 1m;"#, r#"fill "a" "" timeout 60s"#),
    (r#"fill (a) with (b);"#, r#"fill (a) (b)"#),
    (r#"press "Ctrl+a";"#, r#"press "Ctrl+a""#),
    (r#"press "Cmd+Shift+NumpadEnter";"#, r#"press "Cmd+Shift+NumpadEnter""#),
    (r#"press "ControlOrMeta+c";"#, r#"press "ControlOrMeta+c""#),
    (r#"press "F24";"#, r#"press "F24""#),
    (r#"press "MediaPlayPause";"#, r#"press "MediaPlayPause""#),
    ("back ; forward ; reload ;", "back\nforward\nreload"),
    (r#"press "Enter";"#, r#"press "Enter""#),
    (r#"press "Control+Shift+a";"#, r#"press "Control+Shift+a""#),
    (r#"press "Control++";"#, r#"press "Control++""#),
    (r#"press "F{{n}}";"#, r#"press "F⟨n⟩""#),
    (r#"select "s" option "{{b}}";"#, r#"select "s" option "⟨b⟩""#),
    (r#"select (a) option (b);"#, r#"select (a) option (b)"#),
    (
        r#"hover "role=tab[name='{{a}}'] >> text={{b}}";"#,
        r#"hover "role=tab[name='⟨a @CssString⟩'] >> text=⟨b @LocatorText⟩""#,
    ),
    (r#"check "xpath=//a[.='{{a}}'][{{n}}]";"#, r#"check "xpath=//a[.='⟨a @XPathString⟩'][⟨n @CssNumber⟩]""#),
    (r#"check "[name={{a}}]";"#, r#"check "[name=⟨a @CssIdent⟩]""#),
    (r#"uncheck "input";"#, r#"uncheck "input""#),
    (r#"hover ".menu > a";"#, r#"hover ".menu > a""#),
    (r#"hover "iframe.a >> x-b >> .{{c}}";"#, r#"hover "iframe.a >> x-b >> .⟨c @CssIdent⟩""#),
    (r#"upload "input" files ["a/{{b}}.txt", (c),];"#, r#"upload "input" ["a/⟨b @Path⟩.txt", (c)]"#),
    (r#"click "a" opens tab;"#, r#"click "a" opens tab"#),
    (r#"click "a" timeout 1s opens-tab text "b";"#, r#"click "a" text "b" opens tab timeout 1s"#),
    ("wait network idle 500ms;", "wait network idle 500ms"),
    ("wait-network-idle (d) timeout 1m max 2;", "wait network idle (d) max 2 timeout 60s"),
    (r#"scroll until stable ".feed";"#, r#"scroll until stable ".feed""#),
    (
        r#"scroll-until-stable "html" direction up stable 1s max (n);"#,
        r#"scroll until stable "html" up stable 1s max (n)"#,
    ),
    (r#"scroll until stable (s) max 3 direction down;"#, r#"scroll until stable (s) max 3"#),
    (r#"loop js "return 1" { wait 1ms; }"#, "loop while js \"return 1\"\n  wait 1ms"),
    (
        r#"loop until js fn "a.js" pause 1s max 5 collect all: Vec<u8> { yield "{{loop_index}}"; }"#,
        "loop until js fn \"a.js\" pause 1s max 5 collect all: Vec < u8 >\n  yield \"⟨loop_index⟩\"",
    ),
    (r#"loop while js "return 1" max (n) { }"#, "loop while js \"return 1\" max (n)"),
    (r#"js n "return 1";"#, r#"js n "return 1""#),
    (r#"js _ "f({{a:1}})" await args [1, "{{x}}", (y)];"#, r#"js _ "f({{a:1}})" args [1, "⟨x⟩", (y)] await"#),
    (
        r#"js info: Vec<PageInfo> fn "page/info.js" args [];"#,
        r#"js info: Vec < PageInfo > fn "page/info.js""#,
    ),
    (r#"js f: fn(u8) -> &'static str "return 1";"#, r#"js f: fn (u8) -> &'static str "return 1""#),
    (r#"read file a path "x/{{b}}.txt";"#, r#"read file a "x/⟨b @Path⟩.txt""#),
    (r#"read-file _ path (p) optional;"#, "read file _ (p) optional"),
    (
        r#"write files w root "out/{{d}}" files { "a/b.txt": "{{x}}" };"#,
        r#"write files w "out/⟨d @Path⟩" {a/b.txt: "⟨x⟩"}"#,
    ),
    (r#"write files w root "." files "{{list}}";"#, r#"write files w "." "⟨list⟩""#),
    (r#"save html path "a.html";"#, r#"save html "a.html""#),
    (r#"save html selector ".a" path "a.html";"#, r#"save html "a.html" selector ".a""#),
    (
        r#"save html path "{{a}}" selector "[x='{{y}}']";"#,
        r#"save html "⟨a @Path⟩" selector "[x='⟨y @CssString⟩']""#,
    ),
    (r#"export csv text data "{{rows}}";"#, r#"export Csv text "⟨rows⟩""#),
    (
        r#"export md data (rows) path "a/{{b}}.md" columns ["x", "{{y}}", (z)];"#,
        r#"export Md (rows) columns ["x", "⟨y⟩", (z)] path "a/⟨b @Path⟩.md""#,
    ),
    (r#"export ndjson data [{ a: 1 }] path "a";"#, r#"export Ndjson [{a: 1}] path "a""#),
    (r#"export json _ data [];"#, "export Json _ []"),
    ("get cookies all;", "get cookies all"),
    (
        r#"get-cookies some path "{{a}}.json" urls ["https://{{h}}/", (url)];"#,
        r#"get cookies some urls ["https://⟨h @UrlHost⟩/", (url)] path "⟨a @Path⟩.json""#,
    ),
    (
        r#"set cookies [{ name: "a", value: "{{s}}", httpOnly: true }];"#,
        r#"set cookies [{name: "a", value: "⟨s⟩", httpOnly: true}]"#,
    ),
    (r#"set cookies "{{jar}}";"#, r#"set cookies "⟨jar⟩""#),
    (r#"set-cookies file "jar/{{user}}.json";"#, r#"set cookies file "jar/⟨user @Path⟩.json""#),
    ("clear cookies ;", "clear cookies"),
    (r#"http get page url "https://h/{{a}}";"#, r#"http GET page "https://h/⟨a @UrlPath⟩""#),
    (
        r#"http POST made url "{{u}}" body { a: "{{x}}" } timeout 5s headers { "x-key": "a {{s}}", n: 1 };"#,
        r#"http POST made "⟨u @UrlWhole⟩" headers {x-key: "a ⟨s @Header⟩", n: 1} body {a: "⟨x⟩"} timeout 5s"#,
    ),
    (
        r#"http GET page url "https://a/" expect ok, 304 timeout 5s;"#,
        r#"http GET page "https://a/" expect Ok, Code(304) timeout 5s"#,
    ),
    (r#"http Delete _ url (u) body "x";"#, r#"http DELETE _ (u) body "x""#),
    (r#"download each images selector "img";"#, r#"download each images "img""#),
    (
        r#"download-each _ selector "a[href$='.{{x}}']" timeout 5s;"#,
        r#"download each _ "a[href$='.⟨x @CssString⟩']" timeout 5s"#,
    ),
    (r#"save captures images dir "a" from page;"#, r#"save captures images "a" from page"#),
    (r#"save captures images dir ".";"#, r#"save captures images ".""#),
    (
        r#"save captures images dir "out/{{x}}" naming "{index}-{{x}}-{stem}.{ext}";"#,
        r#"save captures images "out/⟨x @Path⟩" naming "{index}-⟨x @Path⟩-{stem}.{ext}""#,
    ),
    ("set a 1;", "set a 1"),
    ("set a -0x10;", "set a -16"),
    ("set a -9223372036854775808;", "set a -9223372036854775808"),
    (r#"set type { "a b": "{{x}}", r#in: [] };"#, r#"set type {a b: "⟨x⟩", in: []}"#),
    ("set r#match null;", "set match null"),
    ("set total: f64 (a + b);", "set total: f64 (a + b)"),
    ("set pair: (u8, Box<dyn Fn(u8) -> u8>) (a, b);", "set pair: (u8 , Box < dyn Fn (u8) -> u8 >) (a , b)"),
    (
        "set a: std::collections::HashMap<String, Vec<u8>> (x);",
        "set a: std :: collections :: HashMap < String , Vec < u8 >> (x)",
    ),
    ("set f: for<'a> fn(&'a u8) -> &'a u8 (f);", "set f: for <'a > fn (&'a u8) -> &'a u8 (f)"),
    ("set a: [u8; 4] ([0; 4]);", "set a: [u8 ; 4] ([0 ; 4])"),
    ("set a: &'static str \"x\";", "set a: &'static str \"x\""),
    (r#"call "a/b";"#, r#"call "a/b""#),
    (r#"call x "a/b" with { q: "{{q}}", n: (n) };"#, r#"call x "a/b" with {q: "⟨q⟩", n: (n)}"#),
    (r#"call x crate::shop::price with { q: 1 };"#, r#"call x crate :: shop :: price with {q: 1}"#),
    (r#"call _ price;"#, r#"call _ price"#),
    ("let (a, b) = f(x)?;", "let (a , b) = f (x) ?"),
    ("let x: &'set set = if set { a } else { b } ;", "let x : &'set set = if set { a } else { b }"),
    ("let x = { let y = 1; y };", "let x = { let y = 1 ; y }"),
    ("rust { cx.page().await?; }", "rust { cx . page () . await ?; }"),
    ("return \"{{a}}\";", "return \"⟨a⟩\""),
    ("return (a);", "return (a)"),
    ("return { a: 1 };", "return {a: 1}"),
    (r#"fail "no {{a}}";"#, r#"fail "no ⟨a⟩""#),
    (r#"fail "no" status 409 code SOLD_OUT_2;"#, r#"fail "no" code SOLD_OUT_2 status 409"#),
    (r#"fail (why) code FAILED status "{{n}}";"#, r#"fail (why) code FAILED status {{n}}"#),
    ("yield 1;", "yield 1"),
    ("yield each \"{{rows}}\";", "yield each \"⟨rows⟩\""),
    ("yield-each [1, 2];", "yield each [1, 2]"),
    (
        "for each x in \"{{rows}}\" { wait 1ms; wait 2ms; }",
        "for each x in \"⟨rows⟩\"\n  wait 1ms\n  wait 2ms",
    ),
    (
        "for-each x in [1] continue-on-error collect all: Vec<u8> { }",
        "for each x in [1] collect all: Vec < u8 > continue on error",
    ),
    (
        "for each x in (list) collect all continue on error { yield \"{{x}}\"; }",
        "for each x in (list) collect all continue on error\n  yield \"⟨x⟩\"",
    ),
    ("if js \"return 1\" { wait 1ms; }", "if js \"return 1\"\n  wait 1ms"),
    (
        "if \"{{a}}\" { } else if (b) { wait 1ms; } else if js fn \"x.js\" { } else { wait 2ms; }",
        "if \"⟨a⟩\"\nelse if (b)\n  wait 1ms\nelse if js fn \"x.js\"\nelse\n  wait 2ms",
    ),
    (r#"if "{{a}}" == 0 { }"#, r#"if "⟨a⟩" == 0"#),
    (r#"if "{{a}}"!=-1.5 { }"#, r#"if "⟨a⟩" != -1.5"#),
    (r#"if 1 <="{{a}}" and "{{a}}"< 5 { }"#, r#"if (1 <= "⟨a⟩" and "⟨a⟩" < 5)"#),
    (r#"if "{{a}}" > (b) or "{{a}}" >= null { }"#, r#"if ("⟨a⟩" > (b) or "⟨a⟩" >= null)"#),
    (r#"if not "{{a}}" and not not "{{b}}" or js "c" { }"#, r#"if ((not "⟨a⟩" and "⟨b⟩") or js "c")"#),
    (
        r#"if ("{{a}}" or "{{b}}" == "x {{c}}") and not ("{{d}}") { }"#,
        r#"if (("⟨a⟩" or "⟨b⟩" == "x ⟨c⟩") and not "⟨d⟩")"#,
    ),
    (r#"if ["a", 1] contains "{{a}}" { }"#, r#"if ["a", 1] contains "⟨a⟩""#),
    (r#"if "{{a}}" contains "b" { }"#, r#"if "⟨a⟩" contains "b""#),
    (r#"if "{{a}}" matches r"^\d+$" { }"#, r#"if "⟨a⟩" matches "^\\d+$""#),
    // Parentheses hold Rust, unless there is a placeholder or one of the words in them.
    (
        r#"if (a == b) { } else if (not(a)) { } else if (a.or(b).contains("{{")) { }"#,
        "if (a == b)\nelse if (not (a))\nelse if (a . or (b) . contains (\"{{\"))",
    ),
    (r#"if (a) == 1 and ((b)) { }"#, "if ((a) == 1 and ((b)))"),
    (r#"if ((a) and (b) == 2) { }"#, "if ((a) and (b) == 2)"),
    (r#"loop while "{{loop_index}}" < 3 max 5 { }"#, r#"loop while "⟨loop_index⟩" < 3 max 5"#),
    (r#"loop until (done) { }"#, "loop until (done)"),
    (r#"loop "{{a}}" pause 1s { }"#, r#"loop while "⟨a⟩" pause 1s"#),
    ("retry 3 { wait 1ms; }", "retry 3\n  wait 1ms"),
    ("try { wait 1ms; }", "try\n  wait 1ms"),
    ("try { } else { wait 1ms; }", "try\nelse\n  wait 1ms"),
    (
        "try { wait 1ms; } else as error { try { } } wait 2ms;",
        "try\n  wait 1ms\nelse as error\n  try\nwait 2ms",
    ),
    // What must be there may as well come last.
    (
        "export csv a path \"a.csv\" data [1] columns [\"a\"];",
        "export Csv a [1] columns [\"a\"] path \"a.csv\"",
    ),
    ("export md columns [] path \"a.md\" data \"b\";", "export Md \"b\" columns [] path \"a.md\""),
    ("js a args [1] await \"return 1\";", "js a \"return 1\" args [1] await"),
    ("js a: u8 await fn \"b\" args [1];", "js a: u8 fn \"b\" args [1] await"),
    ("extract a from \".\" { b text \".\"; }", "extract a from \":root\"\n  b text \".\""),
    ("scroll until stable \"a\" max 0;", "scroll until stable \"a\" max 0"),
    ("loop while js \"return 1\" max 0 { }", "loop while js \"return 1\" max 0"),
    ("loop max 3 { break; }", "loop max 3\n  break"),
    ("loop { if (a) { continue ; } break ; }", "loop\n  if (a)\n    continue\n  break"),
    ("for each x in [1] continue on error { continue; }", "for each x in [1] continue on error\n  continue"),
    ("retry (n) pause 1s { retry 2 pause (p) { } }", "retry (n) pause 1s\n  retry 2 pause (p)"),
];

#[test]
fn every_step() {
    for (source, expected) in STEPS {
        assert_eq!(steps(source), *expected, "{source}");
    }
}

#[test]
fn every_field() {
    let source = r#"
        extract rows from "li" limit 10 repeat {
            text text "a";
            link attr href on "a" url;
            id attr data-id on ".";
            on attr on on "a";
            svg attr xlink:href-2x on "a";
            q attr "data-x" on "a";
            body html ".b" optional;
            kind const { a: "{{x}}" };
            n count "li";
            price text ".p:nth-child({{n}})" required float lower match r"(\d+)" trim all;
            big text (sel) upper int;
            yes text "a" bool;
            items from "li" repeat optional {
                name text "b";
                deep from "." { x text "i"; }
            }
            last text "z";
        }
        extract _ from (row) repeat limit (n) { a text "b"; }
    "#;
    let expected = r#"extract rows from "li" repeat limit 10
  text text "a"
  link attr href on "a" url
  id attr data-id on "."
  on attr on on "a"
  svg attr xlink:href-2x on "a"
  q attr data-x on "a"
  body html ".b" optional
  kind const {a: "⟨x⟩"}
  n count "li"
  price text ".p:nth-child(⟨n @CssNumber⟩)" match "(\\d+)" trim lower float all required
  big text (sel) upper int
  yes text "a" bool
  items from "li" repeat optional
    name text "b"
    deep from "."
      x text "i"
  last text "z"
extract _ from (row) repeat limit (n)
  a text "b""#;
    assert_eq!(steps(source), expected);
}

#[test]
fn every_word_of_the_table_has_an_accept_case() {
    let source = concat!(include_str!("accept.rs"), include_str!("capture.rs"));
    for word in webtask_grammar::keyword::WORDS {
        let written = format!("{} ", word.name);
        assert!(source.contains(&written), "no case of `{}`", word.name);
        for option in word.option_words() {
            assert!(source.contains(option), "no case of `{option}` of `{}`", word.name);
        }
    }
}
