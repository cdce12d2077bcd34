//! `sendkeys`.

use serde_json::json;
use webtask::__rt::{Awaited, sendkeys, wait_until};

use crate::bench::{open, read, test, told};

#[test]
fn it_types_any_text_into_whatever_takes_text() {
    test(|bench| async move {
        let url = bench.page(
        "<input id=a value='before '><textarea id=b>one</textarea><div id=c contenteditable><p>in <b>bold</b></p></div>
        <input id=d type=password><input id=e type=number><input id=f type=email><input id=g maxlength=3>",
    );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                sendkeys(cx, "#a", "é \u{1f600} \"x\" {{y}} \u{202e}ع", None).await?;
                sendkeys(cx, "#b", "\ntwo\nthree\u{1f600}", None).await?;
                sendkeys(cx, "#c", " and more", None).await?;
                sendkeys(cx, "#d", "s3cret!", None).await?;
                sendkeys(cx, "#e", "-12.5", None).await?;
                sendkeys(cx, "#f", "a@b.c", None).await?;
                sendkeys(cx, "#f", "om", None).await?;
                sendkeys(cx, "#g", "abcdef", None).await?;
                Ok(read(cx, "return [a.value, b.value, c.innerText, d.value, e.value, f.value, g.value]")
                    .await?)
            })
        });
        assert_eq!(
            run.await.unwrap(),
            json!([
                "before é \u{1f600} \"x\" {{y}} \u{202e}ع",
                "one\ntwo\nthree\u{1f600}",
                "in bold and more",
                "s3cret!",
                "-12.5",
                "a@b.com",
                "abc"
            ])
        );
    });
}

#[test]
fn the_page_sees_what_typing_gives() {
    test(|bench| async move {
        let url = bench.page(
        "<input id=a><input id=b><script>
            const log = [];
            for (const name of ['focus', 'beforeinput', 'input', 'change', 'keydown', 'keypress', 'keyup', 'blur'])
                a.addEventListener(name, event =>
                    log.push([name, event.isTrusted, event.key ?? event.data ?? null, a.value]));
        </script>",
    );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                sendkeys(cx, "#a", "aBé", None).await?;
                sendkeys(cx, "#b", "x", None).await?;
                Ok(read(cx, "return log").await?)
            })
        });
        assert_eq!(
            run.await.unwrap(),
            json!([
                ["focus", true, null, ""],
                ["keydown", true, "a", ""],
                ["keypress", true, "a", ""],
                ["beforeinput", true, "a", ""],
                ["input", true, "a", "a"],
                ["keyup", true, "a", "a"],
                ["keydown", true, "B", "a"],
                ["keypress", true, "B", "a"],
                ["beforeinput", true, "B", "a"],
                ["input", true, "B", "aB"],
                ["keyup", true, "B", "aB"],
                ["keydown", true, "Process", "aB"],
                ["beforeinput", true, "é", "aB"],
                ["input", true, "é", "aBé"],
                ["keyup", true, "Process", "aBé"],
                ["change", true, null, "aBé"],
                ["blur", true, null, "aBé"],
            ])
        );
    });
}

#[test]
fn the_order_of_text_and_keys_is_kept() {
    test(|bench| async move {
        let url = bench.page("<textarea id=a></textarea>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                for _ in 0..20 {
                    sendkeys(cx, "#a", "first\nsecond third\n", None).await?;
                }
                Ok(read(cx, "return a.value").await?)
            })
        });
        assert_eq!(run.await.unwrap(), "first\nsecond third\n".repeat(20));
    });
}

#[test]
fn enter_sends_a_form_and_tab_goes_on() {
    test(|bench| async move {
        let url = bench
            .page("<form action=/echo><input id=a name=a><input id=b name=b><button>Send</button></form>");
        for url in [url.clone(), url.replace("127.0.0.1", "localhost")] {
            let run = bench.run(url, |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    sendkeys(cx, "#a", "one\ttwo\n", None).await?;
                    wait_until(cx, "pre", Awaited::Present, Some("GET /echo?a=one&b=two"), None).await?;
                    Ok(())
                })
            });
            run.await.unwrap();
        }
    });
}

#[test]
fn an_input_without_text_gets_its_value() {
    test(|bench| async move {
        let url = bench.page(
            "<input id=a type=date><input id=b type=color><input id=c type=range><script>
            const log = []; oninput = onchange = event => log.push(event.type + event.target.id)
        </script>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                sendkeys(cx, "#a", "2024-02-29", None).await?;
                sendkeys(cx, "#b", "#FF0080", None).await?;
                sendkeys(cx, "#c", "70", None).await?;
                let refused = told(sendkeys(cx, "#a", "tomorrow", None).await);
                Ok((read(cx, "return [b.value, c.value, log]").await?, refused))
            })
        });
        let (values, refused) = run.await.unwrap();
        assert_eq!(
            values,
            json!(["#ff0080", "70", ["inputa", "changea", "inputb", "changeb", "inputc", "changec"]])
        );
        assert_eq!(
            refused,
            "`#a` does not take `tomorrow`: it is an input of the type `date` and wants a date, like `2024-02-29`"
        );
    });
}

#[test]
fn what_holds_no_text_gets_keys() {
    test(|bench| async move {
        let url = bench.page("<div id=a tabindex=0>game</div><script>const log = []; onkeydown = event => log.push(event.key + event.code)</script>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                sendkeys(cx, "#a", "a1 \n", None).await?;
                sendkeys(cx, "body", "j", None).await?;
                Ok(read(cx, "return log").await?)
            })
        });
        assert_eq!(run.await.unwrap(), json!(["aKeyA", "1Digit1", " Space", "EnterEnter", "jKeyJ"]));
    });
}

#[test]
fn it_waits_until_the_field_can_be_typed_into() {
    test(|bench| async move {
        for case in [
            "<body><script>setTimeout(() => document.body.innerHTML = '<input id=a>', 60)</script>",
            "<input id=a hidden><script>setTimeout(() => a.hidden = false, 60)</script>",
            "<input id=a disabled><script>setTimeout(() => a.disabled = false, 60)</script>",
            "<input id=a readonly><script>setTimeout(() => a.readOnly = false, 60)</script>",
            "<input id=a onfocus='if (!ready) this.blur()'><script>let ready = false; setTimeout(() => ready = true, 60)</script>",
        ] {
            let run = bench.run(bench.page(case), |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    sendkeys(cx, "#a", "text", None).await?;
                    Ok(read(cx, "return document.getElementById('a').value").await?)
                })
            });
            assert_eq!(run.await.unwrap(), "text", "{case}");
        }
    });
}

#[test]
fn what_takes_no_text_is_said_at_once() {
    test(|bench| async move {
        let url =
            bench.page("<input id=a type=checkbox><select id=b><option>x</select><input id=c type=file>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for selector in ["#a", "#b", "#c", "a["] {
                    all.push(told(sendkeys(cx, selector, "x", None).await));
                }
                Ok(all)
            })
        });
        assert_eq!(
            json!(run.await.unwrap()),
            json!([
                "`#a` takes no text: it is an input of the type `checkbox`",
                "`#b` takes no text: it is a select",
                "`#c` takes no text: it is an input of the type `file`",
                "`a[` is not a valid selector",
            ])
        );
    });
}

#[test]
fn two_windows_have_a_focus_each() {
    test(|bench| async move {
        let url = bench.page("<input id=a>");
        let typed = |text: &'static str| {
            bench.run((url.clone(), text), |cx, (url, text)| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    for _ in 0..10 {
                        sendkeys(cx, "#a", text, None).await?;
                    }
                    Ok(read(cx, "return [a.value, document.hasFocus(), document.activeElement.id]").await?)
                })
            })
        };
        let (one, two) = futures::future::join(typed("ab").into_future(), typed("xy").into_future()).await;
        assert_eq!(one.unwrap(), json!(["ab".repeat(10), true, "a"]));
        assert_eq!(two.unwrap(), json!(["xy".repeat(10), true, "a"]));
    });
}
