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
];

#[test]
fn every_step_in_every_form() {
    for (source, expected) in STEPS {
        assert_eq!(steps(source), *expected, "{source}");
    }
}

/// Steps, and what is known of their task.
const PLANS: &[(&str, &str)] = &[(
    r#"screenshot a; screenshot b path "b.png"; screenshot path "c.png"; screenshot _; set d "{{b.size}}"; set e "{{b.bytesB64}}";"#,
    "t {a: string, b: Capture, d: int, e: string} browser",
)];

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
    (
        r#"screenshot a path "b"; status "{{a.bytes}}";"#,
        "`a` has no field `bytes` | it has `path`, `size`, `bytesB64`",
    ),
    (r#"screenshot a; screenshot a path "b";"#, "`a` is bound already | give this one another name"),
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
