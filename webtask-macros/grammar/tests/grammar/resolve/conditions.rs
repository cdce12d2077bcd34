//! What conditions compare: the kinds of values, as far as the recipe tells them.

use super::problems;

/// Names of every type.
const NAMES: &str = r#"input t string required; input n int required; input f float; input b bool default false; input l list; input m map; input v: Vec<u8>; input o: Option<u8>; input own: Own; extract rows from "li" repeat { name text "b"; price text "i" int optional; } extract page from "p" { title text "b"; } js j "1";"#;

fn told(steps: &str) -> Vec<String> {
    problems(&format!("{NAMES}\n{steps}"))
}

#[test]
fn what_can_be_asked_and_compared() {
    let conditions = [
        r#""{{t}}""#,
        r#""{{n}}""#,
        r#""{{b}}""#,
        r#""{{j}}""#,
        r#""{{own}}""#,
        r#""{{rows.length}}""#,
        r#""{{rows.0}}""#,
        r#""{{l.length}}" == 0"#,
        r#""{{l}}" != null"#,
        r#""{{l}}" == []"#,
        r#""{{m}}" == null"#,
        r#""{{n}}" == 1.5"#,
        r#"1 <= "{{f}}" and "{{f}}" < "{{n}}""#,
        r#""{{rows.0.price}}" > 10"#,
        r#""{{rows.0.price|or:0}}" > 10"#,
        r#""{{b|or:true}}""#,
        r#""{{b}}" == true"#,
        r#""{{t}}" == "a {{n}}""#,
        r#""{{t}}" contains "a""#,
        r#""{{l}}" contains 1"#,
        r#"["a", "b"] contains "{{t}}""#,
        r#""{{t}}" matches r"^a""#,
        r#""{{j}}" matches r"^a" or "{{j.a}}" > 1 or "{{j.b}}" == "x""#,
        r#""{{o}}" == null or "{{o}}" < 3"#,
        r#""{{v}}" contains 1"#,
        r#""{{own.a}}" == 1"#,
        r#"(x) == 1 and not ("{{t}}" == "" or (y))"#,
        r#""{{j|or:0}}" >= 3"#,
    ];
    for condition in conditions {
        assert_eq!(told(&format!("if {condition} {{ }}")), Vec::<String>::new(), "{condition}");
    }
    assert_eq!(told(r#"loop while "{{loop_index}}" < "{{n}}" { }"#), Vec::<String>::new());
}

#[test]
fn what_never_means_anything() {
    let cases: &[(&str, &str)] = &[
        (
            r#""{{rows}}""#,
            r#"4 "{{rows}}" | `{{rows}}` is a list, which is neither true nor false | write `if "{{rows.length}}"`"#,
        ),
        (
            r#""{{l}}""#,
            r#"4 "{{l}}" | `{{l}}` is a list, which is neither true nor false | write `if "{{l.length}}"`, or ask whether it is there: `if "{{l}}" != null`"#,
        ),
        (
            r#"not "{{v}}""#,
            r#"8 "{{v}}" | `{{v}}` is a list, which is neither true nor false | write `if (v.len() > 0)`"#,
        ),
        (
            r#""{{m}}""#,
            r#"4 "{{m}}" | `{{m}}` is a map, which is neither true nor false | ask a value in it: `if "{{m.key}}"`, or whether it is there: `if "{{m}}" != null`"#,
        ),
        (
            r#""{{page}}""#,
            r#"4 "{{page}}" | `{{page}}` is an object, which is always there | ask one of its fields: `if "{{page.title}}"`"#,
        ),
        (
            r#""{{t|or:x}}""#,
            r#"4 "{{t|or:x}}" | `{{t|or:…}}` always holds | a missing or empty value does not hold: write `if "{{t}}"`"#,
        ),
        (
            r#""{{n|or:no}}""#,
            r#"4 "{{n|or:no}}" | bad fallback `no`: the value is a number | write a number, like `{{name|or:0}}`"#,
        ),
        (
            r#""{{j|or:x}}" > 3"#,
            r#"4 "{{j|or:x}}" | bad fallback `x`: the value is a number | write a number, like `{{name|or:0}}`"#,
        ),
        (
            r#""{{t}}" == 5"#,
            r#"12 = | `{{t}}` is a string and `5` is a number: they are never equal | write `"5"` for the text, or read the other side by `int` or `float` where it comes from"#,
        ),
        (
            r#""{{n}}" != "5""#,
            r#"12 ! | `{{n}}` is a number and `"5"` is a string: they are never equal | write `5`"#,
        ),
        (
            r#""{{b}}" == "true""#,
            r#"12 = | `{{b}}` is a bool and `"true"` is a string: they are never equal | write `true`"#,
        ),
        (
            r#""{{rows}}" == "{{n}}""#,
            r#"15 = | `{{rows}}` is a list and `{{n}}` is a number: they are never equal | compare values of one kind"#,
        ),
        (
            r#""{{t}}" > 10"#,
            r#"12 > | `>` compares numbers, and `{{t}}` is a string | declare it as a number: `input t int`"#,
        ),
        (
            r#""{{rows.0.name}}" > 10"#,
            r#"22 > | `>` compares numbers, and `{{rows.0.name}}` is a string | read it as a number where it comes from, by `int` or `float`"#,
        ),
        (r#""{{n}}" <= "10""#, r#"12 < | `<=` compares numbers, and `"10"` is a string | write `10`"#),
        (
            r#""{{rows}}" > 0"#,
            r#"15 > | `>` compares numbers, and `{{rows}}` is a list | write `"{{rows.length}}"`"#,
        ),
        (r#""{{n}}" == null"#, r#"4 "{{n}}" | `{{n}}` is never `null` | compare it with another value"#),
        (
            r#"null != "{{page.title}}""#,
            r#"12 "{{page.title}}" | `{{page.title}}` is never `null` | what is not there is an empty text here: compare it with `""`"#,
        ),
        (
            r#""{{n}}" contains 5"#,
            r#"12 contains | `contains` asks a string or a list, and `{{n}}` is a number | write `TEXT contains TEXT` or `LIST contains VALUE`"#,
        ),
        (
            r#""{{t}}" contains 5"#,
            r#"12 contains | a string contains strings, and `5` is a number | write `TEXT contains TEXT` or `LIST contains VALUE`"#,
        ),
        (
            r#""{{n}}" matches r"5""#,
            r#"4 "{{n}}" | `matches` reads a string, and this is a number | compare it with `==`, `<` or `>`"#,
        ),
    ];
    for (condition, expected) in cases {
        let told = told(&format!("if {condition} {{ }}"));
        assert_eq!(told, [format!("3:{expected}")], "{condition}");
    }
}
