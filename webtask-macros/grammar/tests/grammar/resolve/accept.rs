//! What a task gives: each way to bind a name, with the type that it has after its block.

use super::plan;

fn each(cases: &[(&str, &str)]) {
    for (steps, expected) in cases {
        assert_eq!(plan(steps), *expected, "{steps}");
    }
}

#[test]
fn a_step_binds_a_name_with_its_type() {
    each(&[
        ("status \"a\";", "t {}"),
        (
            "set a \"x\"; set b 1; set c 1.5; set d true; set e null; set f [1]; set g { a: 1 }; set h: u8 (1);",
            "t {a: string, b: int, c: float, d: bool, e: json, f: [json], g: map, h: `u8`}",
        ),
        ("js a \"return 1\"; js b: Vec<u8> \"return []\";", "t {a: json, b: `Vec<u8>`} browser"),
        ("let a = 1; rust { let b = a; } set c: u8 (a);", "t {c: `u8`}"),
    ]);
}

#[test]
fn an_underscore_runs_and_drops() {
    each(&[
        ("js _ \"1\"; js _ \"2\";", "t {} browser"),
        ("extract _ from \"a\" { b text \"c\"; } extract _ from \"a\" { d text \"e\"; }", "t {} browser"),
        ("extract _ from \"a\" { _1 from \"b\" { c text \"d\"; } } js _1 \"1\";", "t {_1: json} browser"),
        ("call _ elsewhere::task;", "t {} path elsewhere::task"),
    ]);
}

#[test]
fn an_extract_is_a_struct_for_each_level() {
    each(&[
        (
            "extract page from \"html\" { title text \"title\"; n text \"b\" int; f html \"c\" float; \
             b attr x on \"d\" bool; count count \"e\"; kind const \"f\"; any const null; two const (1 + 1); }",
            "t {page: t::Page} Page{title: string, n: int, f: float, b: bool, count: int, kind: string, any: json, \
             two: json} browser",
        ),
        (
            "extract rows from \"li\" repeat { a text \"b\" all; c text \"d\" int optional; e text \"f\" all optional; \
             items from \"g\" repeat { h text \"i\"; } one from \"j\" optional { k text \"l\"; } }",
            "t {rows: [t::Rows]} RowsItems{h: string} RowsOne{k: string} \
             Rows{a: [string], c: int?, e: [string]?, items: [t::RowsItems], one: t::RowsOne?} browser",
        ),
    ]);
}

#[test]
fn a_string_that_is_one_placeholder_keeps_the_type() {
    each(&[
        (
            "input a string required; input b int; input c int default 1; input d: u8; input e list; input f map default {};
             set g \"{{a}}\"; set h \"{{b}}\"; set i \"{{c}}\"; set j: u8 \"{{d}}\"; set k \"{{e}}\"; set l \"{{f}}\";
             set m \"{{b}}!\"; set n \"{{a|or:x}}\"; set o \"{{b|or:x}}\"; set p \"{{e.0}}\"; set q \"{{f.a.0}}\";
             set r \"{{e.length}}\"; set s \"{{d}}\"; set u \"{{d.x}}\";",
            "t {g: string, h: int, i: int, j: `u8`, k: [json], l: map, m: string, n: string, o: json, p: json, \
             q: json, r: int, s: `u8`, u: json}",
        ),
        (
            "extract rows from \"li\" repeat { a text \"b\" optional; items from \"c\" repeat { d text \"e\" int; } }
             set f \"{{rows.0}}\"; set g \"{{rows.0.a}}\"; set h \"{{rows.1.items.0.d}}\"; set i \"{{rows.0.items.length}}\";",
            "t {rows: [t::Rows], f: t::Rows, g: string, h: int, i: int} RowsItems{d: int} \
             Rows{a: string?, items: [t::RowsItems]} browser",
        ),
    ]);
}

#[test]
fn a_second_set_assigns() {
    each(&[
        ("set a 1; set a 2;", "t {a: int}"),
        ("set a: u8 (1); set a (2); set a 3;", "t {a: `u8`}"),
        ("set a null; set a 1; set a \"b\";", "t {a: json}"),
        ("if (b) { set a 1; } set a 2;", "t {a: int?}"),
        ("set a 1; for each b in [1] { set a 2; } retry 2 { set a 3; } if (c) { set a 4; }", "t {a: int}"),
    ]);
}

#[test]
fn names_of_a_retry_stay() {
    each(&[
        ("retry 2 { set a 1; js b \"1\"; } status \"{{a}} {{b}}\";", "t {a: int, b: json} browser"),
        ("retry 2 { retry 3 pause 1s { set a 1; } } set a 2;", "t {a: int}"),
    ]);
}

#[test]
fn names_of_an_if_are_optional_unless_every_branch_has_them() {
    each(&[
        ("if (a) { set b 1; }", "t {b: int?}"),
        ("if (a) { set b 1; } else { set c 2; }", "t {b: int?, c: int?}"),
        ("if (a) { set b 1; } else { set b 2; }", "t {b: int}"),
        ("if (a) { set b 1; } else if (c) { set b 2; }", "t {b: int?}"),
        ("if (a) { set b 1; } else if (c) { set b 2; } else { set d 1; set b 3; }", "t {b: int, d: int?}"),
        ("if (a) { set b 1; } else { status \"\"; } status \"{{b}}\";", "t {b: int?}"),
        // A branch that returns does not come after it.
        ("if (a) { set b 1; } else { return 2; } return \"{{b}}\";", "t -> int"),
        ("if (a) { if (c) { set b 1; } }", "t {b: int?}"),
        (
            "if (a) { extract r from \"a\" { b text \"c\"; } } else { extract r from \"d\" { b text \"e\"; } }",
            "t {r: t::R} R{b: string} browser",
        ),
    ]);
}

#[test]
fn names_of_a_try_are_optional_unless_its_else_has_them_too() {
    each(&[
        ("try { set a 1; }", "t {a: int?}"),
        ("try { set a 1; } else { set b 2; }", "t {a: int?, b: int?}"),
        ("try { set a 1; } else { set a 2; }", "t {a: int}"),
        ("try { set a 1; } else { return 2; } status \"{{a}}\";", "t -> int?"),
        ("try { set a 1; } else { fail \"no\"; } status \"{{a}}\";", "t {a: int}"),
        (
            "for each x in [1] collect all { try { set a 1; } else { continue; } }",
            "t {all: [t::All]} All{a: int}",
        ),
        ("set a 1; try { set a 2; } else { set a 3; }", "t {a: int}"),
        (
            "try { } else as error { set code \"{{error.code}}\"; set at \"{{error.step.at}}\"; set all \"{{error}}\"; }",
            "t {code: string?, at: string?, all: Failure?}",
        ),
        // The error is seen in the `else` alone.
        ("try { } else as error { } set error 1;", "t {error: int}"),
        ("try { return 1; } else { return 2; }", "t -> int"),
    ]);
}

#[test]
fn a_branch_that_leaves_its_loop_binds_nothing_after_it() {
    each(&[
        (
            "for each x in [1] collect all { if (a) { set b 1; } else { break; } }",
            "t {all: [t::All]} All{b: int}",
        ),
        ("for each x in [1] collect all { if (a) { continue; } set b 1; }", "t {all: [t::All]} All{b: int}"),
        ("loop max 3 collect all { yield 1; break; }", "t {all: [int]}"),
        ("loop { js a \"1\"; if \"{{a}}\" { break; } }", "t {} browser"),
        ("loop max 2 { status \"{{loop_index}}\"; }", "t {}"),
        ("loop { fail \"no\"; }", "t {}"),
        // Of the loop around a try, not of a try.
        ("for each x in [1] collect a { retry 2 { yield 1; break; } }", "t {a: [int]}"),
    ]);
}

#[test]
fn names_of_a_loop_stay_inside() {
    each(&[
        ("for each a in [1] { set b \"{{a}} {{a_index}}\"; }", "t {}"),
        (
            "for each a in [1] { set b 1; } for each a in [1] { set b 1; } set a 1; set b true;",
            "t {a: int, b: bool}",
        ),
        ("for each a in [1] { for each b in \"{{a}}\" { status \"{{a_index}} {{b_index}}\"; } }", "t {}"),
        ("for each a in (list) { status \"{{a}}\"; }", "t {}"),
    ]);
}

#[test]
fn a_collected_list_leaves_a_loop() {
    each(&[
        ("for each a in [1] collect b { set c 1; set d \"x\"; }", "t {b: [t::B]} B{c: int, d: string}"),
        ("for each a in [1] collect b { set c 1; yield \"{{a_index}}\"; }", "t {b: [int]}"),
        ("for each a in [1] collect b { yield \"{{a}}\"; yield 1; }", "t {b: [json]}"),
        ("for each a in [1] collect b { if (c) { yield 1; } else { yield 2; } }", "t {b: [int]}"),
        ("for each a in [1] collect b { yield each [1]; }", "t {b: [json]}"),
        (
            "extract r from \"a\" repeat { b text \"c\" all; } for each a in \"{{r}}\" collect d { yield each \"{{a.b}}\"; }",
            "t {r: [t::R], d: [string]} R{b: [string]} browser",
        ),
        ("for each a in [1] collect b: Vec<u8> { yield (1); }", "t {b: `Vec<u8>`}"),
        ("for each a in [1] collect b: Vec<u8> { yield each (x); }", "t {b: `Vec<u8>`}"),
        // A `yield` belongs to the innermost loop.
        (
            "for each a in [1] collect b { for each c in [1] collect d { yield true; } }",
            "t {b: [t::B]} B{d: [bool]}",
        ),
        ("for each a in [1] collect b { retry 2 { yield 1; } }", "t {b: [int]}"),
        ("for each a in [1] collect a { yield 1; }", "t {a: [int]}"),
    ]);
}

#[test]
fn a_return_decides_the_result() {
    each(&[
        ("set a 1; return \"{{a}}\";", "t -> int"),
        ("set a 1; if (b) { return \"x\"; }", "t -> string?"),
        ("if (b) { return \"x\"; } return 1;", "t -> json"),
        ("if (b) { return \"x\"; } else { return \"y\"; }", "t -> string"),
        ("if (b) { return 1; } else if (c) { return 2; }", "t -> int?"),
        ("for each a in [1] { return \"{{a_index}}\"; }", "t -> int?"),
        ("for each a in [1] continue on error { return 1; } return 2;", "t -> int"),
        ("retry 2 { return 1; }", "t -> int"),
        ("retry 2 { if (a) { return 1; } }", "t -> int?"),
        ("return null;", "t -> json"),
        ("return { a: 1 };", "t -> map"),
        // A result that only rustc knows is not a result here.
        ("set a (1); for each b in (c) collect d { yield (b); } return 1;", "t -> int"),
    ]);
}

#[test]
fn a_result_may_have_the_name_of_anything_of_ours() {
    each(&[
        (
            "set input 1; set output 2; set task 3; set webtask 4;",
            "t {input: int, output: int, task: int, webtask: int}",
        ),
        ("js input \"1\"; set t 1;", "t {input: json, t: int} browser"),
    ]);
}
