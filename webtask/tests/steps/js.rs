//! `js` and `if js`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use webtask::__rt::{Cx, js, js_test, status};
use webtask::{ErrorKind, Event};

use crate::bench::{Bench, open, read, test, told};

async fn value(cx: &Cx, source: &'static str) -> Result<Value, webtask::Error> {
    js(cx, "info", source, &[], false).await
}

#[test]
fn a_value_comes_back_as_json() {
    test(|bench| async move {
        let url = bench.page("<p id=p data-a=1 data-b-c=two>text</p>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let cases = [
                    ("return undefined", json!(null)),
                    ("", json!(null)),
                    ("return null", json!(null)),
                    ("return [undefined, , null]", json!([null, null, null])),
                    (
                        "return { a: undefined, b: null, 'c\"\\n': { d: [] } }",
                        json!({ "b": null, "c\"\n": { "d": [] } }),
                    ),
                    (
                        "return [true, -0, 1.5, 1e21, 9007199254740991]",
                        json!([true, 0, 1.5, 1e21, 9_007_199_254_740_991_i64]),
                    ),
                    (
                        "return 'a\\u0000\\u001f\\u007f\\u2028\\ud83d\\ude00 \\\\ \"'",
                        json!("a\u{0}\u{1f}\u{7f}\u{2028}\u{1f600} \\ \""),
                    ),
                    (
                        "return ['\\ud83d', '\\ude00x', '\\ud83d\\ud83d\\ude00']",
                        json!(["\u{fffd}", "\u{fffd}x", "\u{fffd}\u{1f600}"]),
                    ),
                    ("return new Date(0)", json!("1970-01-01T00:00:00.000Z")),
                    (
                        "return [new URL('/a', 'http://b'), new String('s'), new Number(2)]",
                        json!(["http://b/a", "s", 2]),
                    ),
                    ("return new Uint8Array([1, 2])", json!([1, 2])),
                    ("return p.dataset", json!({ "a": "1", "bC": "two" })),
                    (
                        "class A { constructor() { this.a = 1 } get b() { return 2 } } return new A",
                        json!({ "a": 1 }),
                    ),
                    ("return Object.assign(Object.create(null), { a: 1 })", json!({ "a": 1 })),
                    ("const a = { b: 1 }; return [a, a]", json!([{ "b": 1 }, { "b": 1 }])),
                    (
                        "let a = 1; for (let i = 0; i < 99; i++) a = [a]; return JSON.stringify([a]).length",
                        json!(201),
                    ),
                    ("return document.title // a comment", json!("")),
                    ("'use strict'; return this === undefined", json!(true)),
                ];
                for (source, expected) in cases {
                    assert_eq!(value(cx, source).await?, expected, "{source}");
                }
                let deep = value(cx, "let a = 1; for (let i = 0; i < 100; i++) a = [a]; return a").await?;
                assert_eq!(deep.to_string(), format!("{}1{}", "[".repeat(100), "]".repeat(100)));
                Ok(())
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn one_expression_is_its_own_value() {
    test(|bench| async move {
        let url = bench.page("<title>T</title><p id=p>text</p>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let cases = [
                    ("document.title", json!("T")),
                    ("// the title\n document.title ; // it is", json!("T")),
                    ("'return 1'", json!("return 1")),
                    ("`return ${[1, 2].map(function (n) { return n + 1 })} {`", json!("return 2,3 {")),
                    ("/[;/}] return/.test('a; return')", json!(true)),
                    ("{ a: 1, 'b': [2] }", json!({ "a": 1, "b": [2] })),
                    ("({ a: 1 })", json!({ "a": 1 })),
                    ("{}", json!({})),
                    ("[3, 4].filter(n => { return n > 3 })", json!([4])),
                    ("(() => { const n = 5; return n })()", json!(5)),
                    ("function () { return 6 }()", json!(6)),
                    ("document\n  .querySelector('#p')\n  .textContent", json!("text")),
                    ("1, 2", json!(2)),
                    ("undefined", json!(null)),
                    ("window.kept = 7", json!(7)),
                    ("arguments.length", json!(0)),
                    // A body is what it was.
                    ("if (kept > 6) return 'more'; return 'less'", json!("more")),
                    ("const f = () => { return 8 }\nreturn f()", json!(8)),
                    ("{ return 9 }", json!(9)),
                ];
                for (source, expected) in cases {
                    assert_eq!(value(cx, source).await?, expected, "{source}");
                }
                let awaited: Value = js(cx, "info", "await Promise.resolve(1) + 1", &[], true).await?;
                assert_eq!(awaited, json!(2));
                let awaited: Value = js(cx, "info", "Promise.resolve(3)", &[], true).await?;
                assert_eq!(awaited, json!(3));
                // What is neither is told; where no value is wanted, it may be anything.
                for source in ["kept = 1; kept", "for (const a of []) a", "const a = 1"] {
                    let told = told(value(cx, source).await);
                    assert_eq!(
                        told, "`info` returned nothing; write `return` before what it gives",
                        "{source}"
                    );
                }
                assert_eq!(
                    told(value(cx, "() => document.title").await),
                    "`info` is a function that nobody calls; call it, like `(() => …)()`"
                );
                for source in
                    ["kept = 2; kept++", "document.body", "kept", "new Promise(() => {})", "", "NaN"]
                {
                    js::<()>(cx, "info", source, &[], false).await?;
                }
                assert_eq!(value(cx, "kept").await?, json!(3));
                assert!(js_test(cx, "kept >= 3").await? && !js_test(cx, "kept > 3;").await?);
                assert_eq!(
                    told(js_test(cx, "kept = 4; kept").await),
                    "`if js` returned nothing; write `return` before what it gives"
                );
                // Where the browser reads it otherwise than we do, it is right, and nothing runs twice.
                let odd = "kept++ <!-- one more\n; if (kept) kept";
                assert_eq!(
                    told(value(cx, odd).await),
                    "`info` returned nothing; write `return` before what it gives"
                );
                js::<()>(cx, "info", "<!-- a comment of old\nkept++; kept++", &[], false).await?;
                assert_eq!(value(cx, "kept").await?, json!(7));
                assert_eq!(
                    told(value(cx, "document.title +").await),
                    "`info` failed: SyntaxError: Unexpected token '}'"
                );
                Ok(())
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn what_is_no_json_is_an_error_that_says_what_to_return() {
    test(|bench| async move {
        let url = bench.page("<p id=p>text</p>");
        let run = bench.run(url, |cx, url| {
        Box::pin(async move {
            open(cx, &url).await?;
            for (source, expected) in [
                ("return () => 1", "a function; return what it gives"),
                ("return { a: [1, { b() {} }] }", "a function at `.a[1].b`; return what it gives"),
                ("return Symbol('x')", "a symbol; return its `description`"),
                ("return [1n]", "a `BigInt` at `[0]`; return `String(value)`"),
                ("return NaN", "`NaN`; return null or a string instead"),
                ("return { a: -1 / 0 }", "`Infinity` at `.a`; return null or a string instead"),
                ("return document.body", "a DOM node (`HTMLBodyElement`); return its text or an attribute"),
                ("return [p.firstChild]", "a DOM node (`Text`) at `[0]`; return its text or an attribute"),
                ("return document.querySelectorAll('p')", "a `NodeList`; return its parts as a plain object"),
                ("return window", "a `Window`; return its parts as a plain object"),
                ("const a = {}; a.b = [a]; return a", "a value that contains itself at `.b[0]`; return only the parts that you need"),
                (
                    "let a = 1; for (let i = 0; i < 101; i++) a = { a }; return a.a.a.a === undefined || [a].length && a",
                    "a value nested deeper than 100 at `PATH`; return only the parts that you need",
                ),
                ("return new Date('x')", "an invalid `Date`; return null instead"),
                ("return Promise.resolve(1)", "a promise; write `await` after the step's source, or return what it gives"),
                ("return { m: new Map([[1, 2]]) }", "a `Map` at `.m`; return `Object.fromEntries(map)`"),
                ("return new Set([1])", "a `Set`; return `[...set]`"),
                ("return new Error('x')", "a `Error`; return its parts as a plain object"),
                ("return /x/", "a `RegExp`; return its parts as a plain object"),
            ] {
                let expected = expected.replace("PATH", &".a".repeat(100));
                assert_eq!(told(value(cx, source).await), format!("`info` returned {expected}"), "{source}");
            }
            Ok(())
        })
    });
        run.await.unwrap();
    });
}

#[test]
fn a_throw_is_told_with_its_line() {
    test(|bench| async move {
        let url = bench.page("<script>function own() { null.x }</script>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                for (source, expected) in [
                    ("throw new Error('no luck')", "`info` threw at line 1: no luck"),
                    (
                        "\n\nnull.x",
                        "`info` threw at line 3: TypeError: Cannot read properties of null (reading 'x')",
                    ),
                    (
                        "\nown()",
                        "`info` threw at line 2: TypeError: Cannot read properties of null (reading 'x')",
                    ),
                    ("throw 'a text'", "`info` threw: a text"),
                    ("throw null", "`info` threw: null"),
                    ("throw Symbol('x')", "`info` threw: Symbol(x)"),
                    ("throw { toString() { throw 1 } }", "`info` threw: something that cannot be shown"),
                    (
                        "return { get a() {\nthrow new RangeError('got') } }",
                        "`info` threw at line 2: RangeError: got",
                    ),
                    ("return {", "`info` failed: SyntaxError: Unexpected token ')'"),
                ] {
                    assert_eq!(told(value(cx, source).await), expected, "{source}");
                }
                let error =
                    js::<Value>(cx, "info", "await 1;\nawait Promise.reject(new Error('later'))", &[], true)
                        .await;
                assert_eq!(told(error), "`info` threw at line 2: later");
                Ok(())
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn arguments_arrive_as_they_are() {
    test(|bench| async move {
        let run = bench.run(bench.page(""), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let args = [
                    json!("</script><!-- ${x} `'\"\\ \u{2028}\u{0}\n{{y}}"),
                    json!([1, null, true, -2.5e-7, i64::MAX]),
                    json!({ "__proto__": { "a": 1 }, "constructor": 2, "a-b": {} }),
                    json!([]),
                ];
                let back: Value = js(cx, "info", "return [...arguments]", &args, false).await?;
                // JavaScript's numbers end where they end.
                assert_eq!(back[1][4].as_f64(), Some(9_223_372_036_854_775_807.0));
                assert_eq!((&back[0], &back[2], &back[3]), (&args[0], &args[2], &args[3]));
                let kept: Value = js(
                    cx,
                    "info",
                    "return [arguments.length, Object.keys(arguments[2]), arguments[2].a ?? 'none']",
                    &args,
                    false,
                )
                .await?;
                assert_eq!(kept, json!([4, ["__proto__", "constructor", "a-b"], "none"]));
                Ok(())
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn a_value_is_decoded_into_a_type() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Info {
        title: String,
        sizes: BTreeMap<String, u32>,
        #[serde(default)]
        missing: Option<i64>,
    }
    test(|bench| async move {
        let run = bench.run(bench.page("<title>T</title>"), |cx, url| {
        Box::pin(async move {
            open(cx, &url).await?;
            let source = "await new Promise(done => setTimeout(done, 20)); return { title: document.title, sizes: { a: 1 } }";
            let info: Info = js(cx, "info", source, &[], true).await?;
            let error = told(js::<u8>(cx, "info", "return 'a'", &[], false).await);
            Ok((info, error))
        })
    });
        let (info, error) = run.await.unwrap();
        assert_eq!(info, Info { title: "T".into(), sizes: BTreeMap::from([("a".into(), 1)]), missing: None });
        assert_eq!(
            error,
            "`info` does not fit its type: it must be a whole number from 0 to 255, not a string"
        );
    });
}

#[test]
fn a_test_is_truthy_as_in_javascript() {
    test(|bench| async move {
        let run = bench.run(bench.page(""), |cx, url| {
        Box::pin(async move {
            open(cx, &url).await?;
            for (source, expected) in [
                ("return 1", true),
                ("return 0", false),
                ("return NaN", false),
                ("return ''", false),
                ("return 'a'", true),
                ("return []", true),
                ("return document.body", true),
                ("", false),
                ("return () => 0", true),
            ] {
                assert_eq!(js_test(cx, source).await?, expected, "{source}");
            }
            assert_eq!(
                told(js_test(cx, "return fetch('/')").await),
                "`if js` returned a promise; bind what it gives before, by `js NAME \"…\" await`, and ask `\"{{NAME}}\"`"
            );
            Ok(())
        })
    });
        run.await.unwrap();
    });
}

#[test]
fn a_page_that_patches_the_language_does_no_harm() {
    test(|bench| async move {
        let url = bench.page(
        "<script>
            JSON.stringify = () => 'broken'; Array.prototype.toJSON = Object.prototype.toJSON = () => 'broken';
            String.prototype.replace = String.prototype.charCodeAt = Array.prototype.map = Array.prototype.join = () => { throw 'patched' };
            Promise.prototype.then = () => { throw 'patched' }; Function.prototype.apply = Function.prototype.call = () => { throw 'patched' };
        </script>",
    );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let source = "return { a: [1, 'two', { b: null }], c: arguments[0] }";
                let plain: Value = js(cx, "info", source, &[json!({ "d": "\n" })], false).await?;
                let awaited: Value = js(cx, "info", "return [await 5]", &[], true).await?;
                Ok((plain, awaited))
            })
        });
        assert_eq!(
            run.await.unwrap(),
            (json!({ "a": [1, "two", { "b": null }], "c": { "d": "\n" } }), json!([5]))
        );
        // Worse ones make the call fail, with an error of its own.
        let url = bench.page("<script>Object.keys = () => ['\\ud800', { toString() { throw 'patched' } }]; Array.isArray = () => false</script>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                Ok(told(value(cx, "return { a: 1 }").await))
            })
        });
        assert_eq!(run.await.unwrap(), "`info` threw: patched");
    });
}

#[test]
fn a_script_that_never_ends_ends_with_its_run() {
    test(|bench| async move {
        let url = bench.page("<title>Page</title>");
        for source in ["for (;;);", "await new Promise(() => {})"] {
            let mut run = bench.run_hastily((url.clone(), source), |cx, (url, source)| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    status(cx, "begins").await?;
                    Ok(js::<Value>(cx, "info", source, &[], source.starts_with("await")).await?)
                })
            });
            assert!(matches!(run.next().await, Some(Event::Status { .. })));
            let error = run.await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        }
        for _ in 0..3 {
            let run = bench.run(url.clone(), |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    Ok(read(cx, "return document.title").await?)
                })
            });
            assert_eq!(run.await.unwrap(), "Page");
        }
    });
}

#[test]
fn a_script_that_leaves_its_page_is_told_so() {
    test(|bench| async move {
        let site = bench.site.url("");
        for other in [site.clone(), site.replace("127.0.0.1", "localhost")] {
            leave(&bench, format!("{other}/other")).await;
        }
    });
}

async fn leave(bench: &Bench, other: String) {
    let run = bench.run((bench.site.url("/plain"), other), |cx, (url, other)| {
        Box::pin(async move {
            open(cx, &url).await?;
            let error = js::<Value>(
                cx,
                "info",
                "location.href = arguments[0]; await new Promise(() => {})",
                &[other.into()],
                true,
            )
            .await;
            webtask::__rt::wait_until(cx, "h1", webtask::__rt::Awaited::Visible, Some("Other"), None).await?;
            Ok(told(error))
        })
    });
    assert_eq!(run.await.unwrap(), "`info` failed: the page navigated before it ended");
}
