//! The steps that capture: what the parser takes, and what their names are.

use super::common::{resolved, steps};

/// Each step, in each form, and the line that it gives.
const STEPS: &[(&str, &str)] = &[
    ("screenshot shot;", "screenshot shot Png"),
    (r#"screenshot path "a/{{b}}.png";"#, r#"screenshot path "a/⟨b @Path⟩.png" Png"#),
    (
        r#"screenshot shot selector ".a" format jpeg quality 80 path (file);"#,
        r#"screenshot shot path (file) selector ".a" Jpeg quality 80"#,
    ),
    ("screenshot _ full-page format webp quality (q);", "screenshot _ full page Webp quality (q)"),
    ("screenshot shot format png full page;", "screenshot shot full page Png"),
    ("console logs { wait 1ms; }", "console logs\n  wait 1ms"),
    ("capture network log { wait 1ms; }", "capture network log\n  wait 1ms"),
    (
        r#"capture-network log bodies max bytes 100 url "/api/{{a}}" path "a.har" { wait 1ms; console b { } }"#,
        "capture network log path \"a.har\" bodies max 100 url \"/api/⟨a⟩\"\n  wait 1ms\n  console b",
    ),
    (
        r#"capture network path "a.har" max-bytes (n) bodies { }"#,
        r#"capture network path "a.har" bodies max (n)"#,
    ),
    (r#"download files { click "a"; }"#, "download files\n  click \"a\""),
    (
        r#"download _ timeout 5s path "in/{{a}}" { download each b selector "a"; }"#,
        "download _ path \"in/⟨a @Path⟩\" timeout 5s\n  download each b \"a\"",
    ),
    (r#"download files path "." timeout (d) { }"#, r#"download files path "." timeout (d)"#),
    ("capture network log as list { wait 1ms; }", "capture network log as list\n  wait 1ms"),
    ("record clip quality 80 { wait 1ms; }", "record clip Gif quality 80\n  wait 1ms"),
    ("record clip { wait 1ms; }", "record clip Gif\n  wait 1ms"),
    (
        r#"record clip format mp4 fps 5 frames 20 for 3s path "{{a}}.mp4" { wait 1ms; record b { } }"#,
        "record clip path \"⟨a @Path⟩.mp4\" Mp4 fps 5 frames 20 for 3s\n  wait 1ms\n  record b Gif",
    ),
    (
        r#"record path "a.webm" format webm fps (f) frames (n) for (d) { }"#,
        r#"record path "a.webm" Webm fps (f) frames (n) for (d)"#,
    ),
    // Alone, it has the next step.
    (r#"record clip; wait 1ms; wait 2ms;"#, "record clip Gif\n  wait 1ms\nwait 2ms"),
    (
        r#"record path "a.gif"; retry 2 { record b; wait 1ms; } for each c in [1] { }"#,
        "record path \"a.gif\" Gif\n  retry 2\n    record b Gif\n      wait 1ms\nfor each c in [1]",
    ),
    ("pdf doc;", "pdf doc A4"),
    (
        r#"pdf doc path "a.pdf" format Legal landscape background false scale 0.5 pages "1-3, 5, 8-" margin "2.54cm";"#,
        r#"pdf doc path "a.pdf" Legal landscape plain scale 0.5 pages 1-3, 5, 8- margin 1.000in"#,
    ),
    (r#"pdf doc margin "1in 2in";"#, "pdf doc A4 margin 1.000in 2.000in 1.000in 2.000in"),
    (r#"pdf doc margin "1in 2in 72pt";"#, "pdf doc A4 margin 1.000in 2.000in 1.000in 2.000in"),
    (r#"pdf doc margin "0 96px 0in 2in";"#, "pdf doc A4 margin 0.000in 1.000in 0.000in 2.000in"),
    (
        r#"pdf doc header "<b title='{{name}}'>{{name}}</b>" footer "<span class=pageNumber></span>";"#,
        "pdf doc A4 header \"<b title='⟨name @Html⟩'>⟨name @Html⟩</b>\" footer \"<span class=pageNumber></span>\"",
    ),
    (
        r#"html to pdf doc content "x" header (h) footer "";"#,
        r#"html to pdf doc content "x" A4 header (h) footer """#,
    ),
    (r#"pdf doc margin "10mm" background true format A3 scale (s);"#, "pdf doc A3 scale (s) margin 0.394in"),
    (
        r#"html to pdf doc content "<p title='{{a}}'>{{b}}</p>" css "p { color: red }" format Letter;"#,
        r#"html to pdf doc content "<p title='⟨a @Html⟩'>⟨b @Html⟩</p>" css "p { color: red }" Letter"#,
    ),
    (
        r#"html to pdf path "b.pdf" file "{{a}}.html";"#,
        r#"html to pdf path "b.pdf" file "⟨a @Path⟩.html" A4"#,
    ),
    ("html to pdf doc content (html);", "html to pdf doc content (html) A4"),
    ("snapshot page;", "snapshot page"),
    (r#"snapshot path "a.mhtml";"#, r#"snapshot path "a.mhtml""#),
    ("emulate dark;", "emulate  Dark"),
    (
        r#"emulate reset light width 390 height 844 scale 3 mobile locale "de-CH" timezone "Europe/Zurich" user agent "a {{b}}";"#,
        r#"emulate reset  Light size 390 844 scale 3 mobile locale "de-CH" timezone "Europe/Zurich" agent "a ⟨b @Header⟩""#,
    ),
    ("emulate width (w) height (h) scale (s) user-agent (a);", "emulate size (w) (h) scale (s) agent (a)"),
];

#[test]
fn every_step_in_every_form() {
    for (source, expected) in STEPS {
        assert_eq!(steps(source), *expected, "{source}");
    }
}

/// Steps, and what is known of their task.
const PLANS: &[(&str, &str)] = &[
    (
        r#"screenshot a; screenshot b path "b.png"; screenshot path "c.png"; screenshot _; set d "{{b.size}}"; set e "{{b.bytesB64}}";"#,
        "t {a: string, b: Capture, d: int, e: string} browser",
    ),
    (
        r#"pdf a; html to pdf b content "c" path "d"; snapshot e path "f"; emulate dark;"#,
        "t {a: string, b: Capture, e: Capture} browser",
    ),
    (
        r#"console a { js b "1"; capture network c { set d 1; } } set e "{{a.0.text}}"; set f "{{c}}{{d}}";"#,
        "t {a: [ConsoleMessage], b: json, c: string, d: int, e: string, f: string} browser",
    ),
    (
        r#"capture network a path "b" { if (x) { return "c"; } } retry 2 { console _ { set d 1; } }"#,
        "t -> string? browser",
    ),
    ("console a { return 1; }", "t -> int browser"),
    (
        r#"record a { set b 1; } record c path "c.gif"; set d "x"; record path "e.gif" { } record _ { }"#,
        "t {a: string, b: int, c: Capture, d: string} browser",
    ),
    (r#"record a; return 1;"#, "t -> int browser"),
];

#[test]
fn what_a_name_is() {
    for (source, expected) in PLANS {
        let (plans, problems) = resolved(&format!("task \"t\" {{ {source} }}"));
        assert_eq!(problems, Vec::<String>::new(), "{source}");
        assert_eq!(plans, [*expected], "{source}");
    }
}

/// Steps, and what is wrong with their names.
const PROBLEMS: &[(&str, &str)] = &[
    ("record a { set a 1; }", "`a` is already bound | give this one another name"),
    (r#"record a; set b "{{a}}";"#, "unknown name `a` in a placeholder | "),
    ("console a { set a 1; }", "`a` is already bound | give this one another name"),
    (r#"console a { set b "{{a}}"; }"#, "unknown name `a` in a placeholder | "),
    (r#"console a { } set b "{{a.0.line_number}}";"#, "`a.0` has no field `line_number` | it has `level`"),
    (
        r#"screenshot a path "b"; status "{{a.bytes}}";"#,
        "`a` has no field `bytes` | it has `path`, `size`, `bytesB64`",
    ),
    (r#"screenshot a; screenshot a path "b";"#, "`a` is already bound | give this one another name"),
    (r#"secret s; screenshot path "{{s}}";"#, "secret `s` may not stand here | "),
];

#[test]
fn what_is_wrong_with_a_name() {
    for (source, expected) in PROBLEMS {
        let (_, problems) = resolved(&format!("task \"t\" {{ {source} }}"));
        assert_eq!(problems.len(), 1, "{source}: {problems:?}");
        assert!(problems[0].contains(expected), "{source}: {problems:?}");
    }
}

#[test]
fn paper_is_written_in_any_case_and_a_film_needs_no_name() {
    for (source, expected) in [
        ("pdf _ format a4;", "pdf _ A4"),
        ("pdf _ format LETTER;", "pdf _ Letter"),
        ("record { wait 1ms; }", "record Gif\n  wait 1ms"),
        ("record fps 5; wait 1ms;", "record Gif fps 5\n  wait 1ms"),
    ] {
        assert_eq!(steps(source), expected, "{source}");
    }
}
