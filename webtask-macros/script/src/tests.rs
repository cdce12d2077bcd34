//! Scripts and what they are.

use super::{Script, Shape};

fn each(shape: Shape, sources: &[&str]) {
    for source in sources {
        assert_eq!(Script::of(source).shape, shape, "{source}");
    }
}

#[test]
fn one_expression() {
    each(
        Shape::Expression,
        &[
            "document.title",
            "document.title;",
            "n >= 3 ;; // done\n",
            "// the title\ndocument.title",
            "'return 1'",
            "`return ${[1].map(function (x) { return x })} {`",
            "\"a;b\" + 'c\\'d;'",
            "/[;/}]return/.test(location.href)",
            "a / b / c",
            "(a) / 2 /c",
            "x ? y : z",
            "a?.5:b",
            "a?.b ?? c",
            "{a: 1}",
            "{}",
            "{ 'a': 1, b }",
            "{ a, b }",
            "{ ...rest }",
            "{ [key]: 1 }",
            "{ get a() { return 1 } }",
            "{ a() { return 1 } }",
            "({a: 1})",
            "[1, 2].map(x => { return x })",
            "[...document.links].map(function (link) { return link.href })",
            "items.filter(x => x.a).length > 2",
            "(() => 1)()",
            "(() => { return 1 })()",
            "(function () { return 1 })()",
            "function () { return 1 }()",
            "(async () => { const a = await fetch('/'); return a.status })()",
            "await fetch('/x')",
            "new Date",
            "new (class { a() { return 1 } })().a()",
            "typeof x",
            "void f()",
            "!done",
            "a\n  .b\n  .c()",
            "a +\n b",
            "a\n+ b",
            "a\n`x`",
            "f\n(1)",
            "x => 1, 2",
            "window.x = 1",
            "n++",
            "++n",
            "++n > 3",
            "a - --n",
            "n++ + ++n",
            "a in b",
            "a instanceof B",
            "async",
            "async(1)",
            "obj.return",
            "obj.return()",
            "({ return: 1 })",
            "obj.class",
            "import('/a.js')",
            "import.meta.url",
            "let",
            "throttle(function () { if (a) { return 1 } else { return 2 } })",
            "a, b",
            "`${a}${`${b}`}`",
            "x.replace(/\\/[/]\"/g, '')",
            "document.querySelectorAll('.row').length > 2",
            "/* a */ 1 /* b */",
            "é + 1",
            // What it cannot read is for the browser to say.
            "'unclosed",
            "f(",
            "`${",
        ],
    );
}

#[test]
fn a_body() {
    each(
        Shape::Body,
        &[
            "return 1",
            "return",
            "const a = 1; return a",
            "if (a) return 1; else return 2",
            "if (a) { return 1 }",
            "for (const a of b) { if (a) return a }",
            "try { return f() } catch { return null }",
            "const f = () => 1\nreturn f()",
            "const f = x => x\n  return f(1)",
            "class A { m() { return 1 } }\nreturn new A().m()",
            "const o = { return: 1 }; return o",
            "/x/.test(a); return 1",
            "if (x) /return/.test(a); return 1",
            "switch (a) { case 1: return 2 }",
            "return [1, 2].map(x => { return x })",
            "{ return 1 }",
            "`${a}`; return 1",
            "a: for (;;) { return 1 }",
            "return await f()",
        ],
    );
}

#[test]
fn statements_that_give_nothing() {
    each(
        Shape::Statements,
        &[
            "f(); g()",
            "f()\ng()",
            "const a = 1",
            "let a",
            "let [a] = b",
            "for (;;);",
            "for (const a of b) c(a)",
            "if (a) b()",
            "throw new Error('no')",
            "while (true) {}",
            "try { f() } catch {}",
            "function f() { return 1 }\nf()",
            "function f() { return 1 } f()",
            "const f = () => { return 1 }; f()",
            "{ f(); g() }",
            "{ if (a) b() }",
            "{ f() }",
            "a\n++b",
            "n++\nb",
            "++n\nb",
            "a = 1\n!b",
            "import a from 'b'",
            "debugger",
            "a: for (;;) {}",
            ";",
            "foo bar",
            "class A { m() { return 1 } } new A()",
            "\"use strict\"; f()",
            "() => {}\nf()",
        ],
    );
    each(Shape::Empty, &["", " \n", "// nothing", "/* a */ // b"]);
}

#[test]
fn a_function_that_nobody_calls() {
    each(
        Shape::Function,
        &[
            "() => document.title",
            "x => x",
            "(a, b) => { return a }",
            "async () => { await f() }",
            "async x => x",
            "function () { return 1 }",
            "function f() { return 1 }",
            "function* f() { return 1 }",
            "async function () { return 1 }",
            "(() => 1)",
            "((function () { return 1 }));",
            "class A { m() { return 1 } }",
            "class extends B {}",
            "() => ({ a: 1 })",
        ],
    );
}

#[test]
fn an_await_outside_of_functions() {
    for source in
        ["await f()", "return await f()", "`${await a}`", "for await (const a of b) c(a)", "[await a]"]
    {
        assert!(Script::of(source).awaits, "{source}");
    }
    for source in [
        "items.map(async x => await f(x))",
        "(async () => { await f() })()",
        "a.await",
        "'await'",
        "// await\na",
        "({ await: 1 })",
    ] {
        assert!(!Script::of(source).awaits, "{source}");
    }
    assert!(Script::of("[x => y, await z]").awaits);
    assert!(Script::of("const f = x => x\nawait f(1)").awaits);
}

#[test]
fn the_code_of_an_expression_ends_where_it_says_no_more() {
    assert_eq!(Script::of("// a\n  b ; // c").code, "// a\n  b");
    assert_eq!(Script::of("return 1; // c").code, "return 1; // c");
}

#[test]
fn no_source_is_too_much() {
    for piece in ["{", "(", "[", "`${", "{a:", "x=>", "class{", "if(", "/", "'", "\\", "{a(", "async "] {
        for times in [1, 2, 3, 7, 2000] {
            let source = piece.repeat(times);
            let _: Script<'_> = Script::of(&source);
            let closed = format!("{source}{}", ")".repeat(times));
            let _: Script<'_> = Script::of(&closed);
        }
    }
    // Every beginning of a source can be looked at, whatever it cuts in two.
    let source = "const é = `a${{ b: /[/]\\// }}`; /* ü */ class A { static { return } m() { return 1e-5 } } // \u{2028} x\nreturn é";
    for (end, _) in source.char_indices() {
        let _: Script<'_> = Script::of(&source[..end]);
        let _: Script<'_> = Script::of(&source[end..]);
    }
}
