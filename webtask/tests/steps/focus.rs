//! What `sendkeys` and `select` find only after the field has the focus.

use std::time::Duration;

use serde_json::{Value, json};
use webtask::__rt::{select, sendkeys};

use crate::bench::{Bench, SHORT, open, read, test, told};

/// Types into `#a` of a page, and gives what its script `state()` says then.
async fn type_into(bench: &Bench, page: &str, limit: Option<Duration>) -> (String, Value) {
    let run = bench.run((bench.page(page), limit), |cx, (url, limit)| {
        Box::pin(async move {
            open(cx, &url).await?;
            let ended = told(sendkeys(cx, "#a", "2024-02-29", limit).await);
            Ok((ended, read(cx, "return state()").await?))
        })
    });
    run.await.unwrap()
}

#[test]
fn a_field_that_opens_on_focus_is_typed_into() {
    test(|bench| async move {
        for page in [
            "<input id=a readonly onfocus='this.removeAttribute(\"readonly\")'>",
            "<input id=a readonly onfocus='setTimeout(() => this.readOnly = false, 30)'>",
            "<textarea id=a readonly onfocusin='this.readOnly = false'></textarea>",
            "<input id=a readonly onmousedown='this.readOnly = false'>",
            "<input id=a readonly onpointerdown='this.readOnly = false'>",
            "<div onclick='a.readOnly = false'><input id=a readonly></div>",
            "<input id=a aria-disabled=true onfocus='this.ariaDisabled = null'>",
            "<input id=a onfocus='this.type = \"date\"'>",
            // Put in place of what has got the focus.
            "<input id=a onfocus='if (!this.dataset.new) { const b = this.cloneNode(); b.dataset.new = 1; this.replaceWith(b) }'>",
            // Drawn anew right after it has got the focus.
            "<div id=w><input id=a></div><script>a.onfocus = () => setTimeout(() => w.innerHTML = '<input id=a>')</script>",
            "<input id=a value=Password onfocus='this.remove(); b.hidden = false; b.id = \"a\"; a.focus()'><input id=b type=password hidden>",
        ] {
            let page =
                format!("{page}<script>const state = () => document.getElementById('a').value</script>");
            assert_eq!(
                type_into(&bench, &page, None).await,
                ("no error".into(), json!("2024-02-29")),
                "{page}"
            );
        }
    });
}

#[test]
fn a_field_that_hands_the_focus_to_another_is_left_when_it_hides() {
    test(|bench| async move {
        for (page, ended, state) in [
            // The text over a password field.
            (
                "<input id=a value=Password onfocus='this.hidden = true; b.hidden = false; b.focus()'><input id=b type=password hidden>
                <script>const state = () => [a.value, b.value]</script>",
                "no error",
                json!(["Password", "2024-02-29"]),
            ),
            // A dialog that keeps the focus to itself.
            (
                "<input id=a><input id=b><script>const state = () => [a.value, b.value];
                addEventListener('focusin', event => { if (event.target !== b) b.focus() })</script>",
                "`#a` could not be typed into within 150ms: it does not take the focus",
                json!(["", ""]),
            ),
            (
                "<input id=a readonly value=fixed onfocus='n++'><script>let n = 0; const state = () => [a.value, n]</script>",
                "`#a` could not be typed into within 150ms: it is read-only",
                json!(["fixed", 1]),
            ),
            (
                "<input id=a disabled onfocus='this.disabled = false'><script>const state = () => a.value</script>",
                "`#a` could not be typed into within 150ms: it is disabled",
                json!(""),
            ),
            (
                "<input id=a onfocus='this.type = \"button\"'><script>const state = () => a.value</script>",
                "`#a` takes no text: it is an input of the type `button`",
                json!(""),
            ),
        ] {
            let limit = if ended == "no error" { None } else { SHORT };
            assert_eq!(type_into(&bench, page, limit).await, (ended.into(), state), "{page}");
        }
    });
}

#[test]
fn options_that_come_with_the_focus_are_waited_for() {
    test(|bench| async move {
        let fill = "const fill = () => { if (a.length < 2) a.innerHTML = '<option value=z>Z<option value=b>B<option value=c>C' };
            const log = []; const state = () => [a.value, log.join()]; a.onchange = () => log.push(a.value)";
        for (page, ended, state) in [
            ("<select id=a onfocus='fill()'><option value=b1>B1</select>", "no error", json!(["c", "c"])),
            ("<select id=a onfocus='setTimeout(fill, 30)'><option>-</select>", "no error", json!(["c", "c"])),
            ("<select id=a onmousedown='fill()'></select>", "no error", json!(["c", "c"])),
            ("<select id=a onpointerdown='setTimeout(fill, 30)'></select>", "no error", json!(["c", "c"])),
            ("<select id=a onclick='fill()'></select>", "no error", json!(["c", "c"])),
            ("<div onmouseenter='fill()'><p><select id=a></select></div>", "no error", json!(["c", "c"])),
            ("<div onmouseover='fill()'><select id=a></select></div>", "no error", json!(["c", "c"])),
            (
                "<select id=a aria-disabled=true onfocus='this.ariaDisabled = null; fill()'></select>",
                "no error",
                json!(["c", "c"]),
            ),
            // The options that there were are others than those that the focus brings.
            ("<select id=a onfocus='fill()'><option value=c>C</select>", "no error", json!(["c", "c"])),
            (
                "<select id=a onfocus='if (!window.b) { window.b = this.cloneNode(); b.onchange = this.onchange; this.replaceWith(b); fill() }'></select>",
                "no error",
                json!(["c", "c"]),
            ),
            (
                "<select id=a><option value=b>B</select>",
                "`#a`: the option `c` could not be selected within 150ms: no such option; it has `B`",
                json!(["b", ""]),
            ),
        ] {
            let page = format!("{page}<script>{fill}</script>");
            let limit = if ended == "no error" { None } else { SHORT };
            let run = bench.run((bench.page(&page), limit), |cx, (url, limit)| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    let ended = told(select(cx, "#a", "c", limit).await);
                    Ok((ended, read(cx, "return state()").await?))
                })
            });
            assert_eq!(run.await.unwrap(), (ended.to_owned(), state), "{page}");
        }
    });
}
