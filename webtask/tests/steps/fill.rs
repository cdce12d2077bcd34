//! `fill`.

use serde_json::{Value, json};
use webtask::__rt::fill;
use webtask::webtask;

use crate::bench::{Bench, SHORT, open, read, test, told};

webtask! {
    task "fill/recipe" {
        input url string required;
        input name string required;
        goto "{{url}}";
        fill "#a" with "{{name}}";
        fill "#b" with "" timeout 2s;
        js values "return [a.value, b.value]";
    }
}

#[test]
fn a_recipe_fills_fields() {
    test(|bench| async move {
        let url = bench.page("<input id=a value=before><textarea id=b>before</textarea>");
        let input = fill_recipe::Input { url, name: "O'Neill \"é\" {{x}}".into() };
        let output = fill_recipe(&bench.webtask, input).await.unwrap();
        assert_eq!(output.values, json!(["O'Neill \"é\" {{x}}", ""]));
    });
}

/// Fills each of the fields, and gives what a script says then.
async fn filled(
    bench: &Bench,
    html: &str,
    fields: &'static [(&'static str, &'static str)],
    says: &'static str,
) -> Value {
    let run = bench.run((bench.page(html), fields, says), |cx, (url, fields, says)| {
        Box::pin(async move {
            open(cx, &url).await?;
            for (selector, value) in fields {
                fill(cx, selector, value, None).await?;
            }
            Ok(read(cx, says).await?)
        })
    });
    run.await.unwrap()
}

#[test]
fn every_field_has_the_value_in_place_of_what_was_there() {
    test(|bench| async move {
        let values = filled(
            &bench,
            "<input id=text value=old><input id=mail type=email value=old@x.y><input id=pass type=password value=old>
            <textarea id=lines>old</textarea><div id=rich contenteditable><p>old <b>bold</b></p></div>
            <input id=date type=date value=2000-01-01><input id=time type=time><input id=local type=datetime-local>
            <input id=month type=month><input id=week type=week><input id=color type=color><input id=range type=range>
            <input id=number type=number value=7><input id=max maxlength=3 value=old>
            <label id=label for=named>Name</label><input id=named value=old><input id=empty value=old>",
            &[
                ("#text", "new é \u{1f600}"),
                ("#mail", "a@b.c"),
                ("#pass", "s3cret"),
                ("#lines", "one\r\ntwo\n"),
                ("#rich", "new text"),
                ("#date", "2024-02-29"),
                ("#time", "13:45"),
                ("#local", "2024-02-29T13:45"),
                ("#month", "2024-02"),
                ("#week", "2024-W09"),
                ("#color", "#FF0080"),
                ("#range", "70"),
                ("#number", "-12.5"),
                ("#max", "abc"),
                ("#label", "Ada"),
                ("#empty", ""),
            ],
            "return [text, mail, pass, lines, date, time, local, month, week, color, range, number, max, named, empty]
                .map(field => field.value).concat(rich.innerText)",
        );
        assert_eq!(
            values.await,
            json!([
                "new é \u{1f600}",
                "a@b.c",
                "s3cret",
                "one\ntwo\n",
                "2024-02-29",
                "13:45",
                "2024-02-29T13:45",
                "2024-02",
                "2024-W09",
                "#ff0080",
                "70",
                "-12.5",
                "abc",
                "Ada",
                "",
                "new text"
            ])
        );
    });
}

#[test]
fn the_page_sees_one_edit_and_one_change() {
    test(|bench| async move {
        let log = filled(
            &bench,
            "<input id=a value=old><textarea id=b></textarea><input id=c type=date><input id=d value=old><div id=e contenteditable></div><input id=f>
            <script>
                const log = [];
                for (const name of ['focus', 'keydown', 'beforeinput', 'input', 'change'])
                    addEventListener(name, event => event.target.id && log.push(event.target.id + ' ' + name), true);
            </script>",
            &[("#a", "new"), ("#b", "new"), ("#c", "2024-02-29"), ("#d", ""), ("#e", "new"), ("#f", "")],
            "document.activeElement.blur(); return log",
        );
        assert_eq!(
            log.await,
            json!([
                "a focus",
                "a beforeinput",
                "a input",
                "a change",
                "b focus",
                "b beforeinput",
                "b input",
                "b change",
                "c focus",
                "c input",
                "c change",
                "d focus",
                "d beforeinput",
                "d input",
                "d change",
                "e focus",
                "e beforeinput",
                "e input",
                "f focus",
                "f beforeinput",
                "f input",
                "f change"
            ])
        );
    });
}

#[test]
fn a_page_that_tracks_values_sees_the_new_one() {
    test(|bench| async move {
        // As React does: a setter of its own on the element tells it what it has set itself.
        let values = filled(
            &bench,
            "<input id=a value=old><input id=b type=date><script>
            const seen = [];
            for (const field of [a, b]) {
                const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
                let known = field.value;
                Object.defineProperty(field, 'value', {
                    get() { return native.get.call(this) },
                    set(value) { known = value; native.set.call(this, value) },
                });
                field.addEventListener('input', () => {
                    if (field.value !== known) seen.push(known = field.value);
                });
            }
            </script>",
            &[("#a", "new"), ("#b", "2024-02-29")],
            "return seen",
        );
        assert_eq!(values.await, json!(["new", "2024-02-29"]));
    });
}

#[test]
fn what_cannot_be_filled_is_told_with_what_it_wants() {
    test(|bench| async move {
        let url = bench.page(
            "<select id=select><option>x</select><input id=box type=checkbox><input id=radio type=radio><input id=file type=file>
            <div id=div>x</div><button id=button>x</button><input id=hidden type=hidden><input id=readonly readonly><input id=off disabled>
            <input id=date type=date><input id=color type=color><input id=range type=range min=10 max=20 step=5><input id=number type=number>
            <input id=max maxlength=3><input id=line><input id=never onbeforeinput='event.preventDefault()'>
            <div inert><label><input id=inert></label></div>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for (selector, value) in [
                    ("#select", "x"),
                    ("#box", "x"),
                    ("#radio", "x"),
                    ("#file", "x"),
                    ("#div", "x"),
                    ("#button", "x"),
                    ("#hidden", "x"),
                    ("#readonly", "x"),
                    ("#off", "x"),
                    ("#none", "x"),
                    ("#date", "29.2.2024"),
                    ("#color", "red-ish"),
                    ("#range", "17"),
                    ("#number", "12,5"),
                    ("#max", "abcd"),
                    ("#line", "a\nb"),
                    ("#never", "x"),
                    ("#inert", "x"),
                    ("a[", "x"),
                ] {
                    all.push(told(fill(cx, selector, value, SHORT).await));
                }
                Ok(all)
            })
        });
        assert_eq!(
            json!(run.await.unwrap()),
            json!([
                "`#select` cannot be filled: it is a `select`, so use `select`",
                "`#box` cannot be filled: it is an input of the type `checkbox`, so use `check`",
                "`#radio` cannot be filled: it is an input of the type `radio`, so use `check`",
                "`#file` cannot be filled: it is an input of the type `file`, so use `upload`",
                "`#div` takes no value: it is a `div`",
                "`#button` takes no value: it is a `button`",
                "`#hidden` takes no value: it is an input of the type `hidden`",
                "`#readonly` could not be filled within 150ms: it is read-only",
                "`#off` could not be filled within 150ms: it is disabled",
                "`#none` could not be filled within 150ms: no element matches it",
                "`#date` does not take `29.2.2024`: it is an input of the type `date` and wants a date, like `2024-02-29`",
                "`#color` does not take `red-ish`: it is an input of the type `color` and wants a color, like `#ff0080`",
                "`#range` does not take `17`: it is an input of the type `range` and wants a number from 10 to 20 in steps of 5",
                "`#number` does not take `12,5`: it is an input of the type `number` and wants a number, like `12.5`",
                "`#max` does not take `abcd`: it is an input of the type `text` and wants at most 3 characters",
                "`#line` does not take `a\nb`: it is an input of the type `text` and wants one line",
                "`#never` does not take `x`: it is an input of the type `text`",
                "`#inert` could not be filled within 150ms: the page is inert there: `inert` is set, or a modal dialog is open",
                "`a[` is not a valid selector",
            ])
        );
    });
}

#[test]
fn it_waits_until_the_field_can_be_filled() {
    test(|bench| async move {
        for case in [
            "<body><script>setTimeout(() => document.body.innerHTML = '<input id=a>', 60)</script>",
            "<input id=a hidden><script>setTimeout(() => a.hidden = false, 60)</script>",
            "<input id=a disabled><script>setTimeout(() => a.disabled = false, 60)</script>",
            "<input id=a readonly><script>setTimeout(() => a.readOnly = false, 60)</script>",
            "<input id=a readonly onfocus='this.readOnly = false'>",
        ] {
            let value =
                filled(&bench, case, &[("#a", "text")], "return document.getElementById('a').value").await;
            assert_eq!(value, "text", "{case}");
        }
    });
}

#[test]
fn an_editor_that_writes_by_itself_is_filled() {
    test(|bench| async move {
        // It keeps a model, takes over the selection when it is told of it, and draws what it holds.
        let page = "<div id=a contenteditable>old text</div><script>
            let model = 'old text', selected = [0, 0];
            document.addEventListener('selectionchange', () => {
                const range = getSelection().getRangeAt(0);
                selected = range.toString() === model ? [0, model.length] : [range.startOffset, range.endOffset];
            });
            a.addEventListener('beforeinput', event => {
                event.preventDefault();
                model = model.slice(0, selected[0]) + (event.data ?? '') + model.slice(selected[1]);
                requestAnimationFrame(() => a.textContent = model);
            });
        </script>";
        let text = filled(
            &bench,
            page,
            &[("#a", "new")],
            "return [model, document.getElementById('a').textContent]",
        );
        assert_eq!(text.await, json!(["new", "new"]));
    });
}

#[test]
fn it_fills_in_frames() {
    crate::far::both(|bench| async move {
        let inner = "<!doctype html><input id=c value=old onchange='parent.postMessage(c.value, `*`)'>";
        bench.site.page("/inner", inner);
        let near = bench.site.url("/inner");
        for frame in [near.clone(), near.replace("127.0.0.1", "localhost")] {
            let page = format!(
                "<iframe src='{frame}'></iframe><script>
                    const told = new Promise(done => onmessage = event => done(event.data))
                </script>"
            );
            let run = bench.run(bench.page(&page), |cx, url| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    fill(cx, "iframe >> #c", "new é", None).await?;
                    Ok(webtask::__rt::js::<Value>(cx, "told", "return await told", &[], true).await?)
                })
            });
            assert_eq!(run.await.unwrap(), "new é", "{frame}");
        }
    });
}
