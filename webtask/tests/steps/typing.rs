//! `sendkeys` on pages that listen to keys: what they see, and where the text goes when they move the focus.

use serde_json::{Value, json};
use webtask::__rt::sendkeys;

use crate::bench::{Bench, open, read, test};

/// Types into `#a` of a page, and gives what `result()` of the page says.
async fn typed(bench: &Bench, html: &str, keys: &'static str) -> Value {
    let run = bench.run((bench.page(html), keys), |cx, (url, keys)| {
        Box::pin(async move {
            open(cx, &url).await?;
            sendkeys(cx, "#a", keys, None).await?;
            // What the page has put off comes first.
            let said = "await new Promise(next => setTimeout(next)); return result()";
            Ok(webtask::__rt::js::<Value>(cx, "said", said, &[], true).await?)
        })
    });
    run.await.unwrap()
}

#[test]
fn a_key_has_the_code_and_the_modifiers_of_a_us_keyboard() {
    test(|bench| async move {
        let page = "<input id=a><script>
            const log = [], result = () => log;
            a.onkeydown = a.onkeyup = event =>
                log.push([event.type, event.key, event.code, event.keyCode, event.shiftKey].join(' '));
        </script>";
        assert_eq!(
            typed(&bench, page, "a1A! ~").await,
            json!([
                "keydown a KeyA 65 false",
                "keyup a KeyA 65 false",
                "keydown 1 Digit1 49 false",
                "keyup 1 Digit1 49 false",
                "keydown A KeyA 65 true",
                "keyup A KeyA 65 true",
                "keydown ! Digit1 49 true",
                "keyup ! Digit1 49 true",
                "keydown   Space 32 false",
                "keyup   Space 32 false",
                "keydown ~ Backquote 192 true",
                "keyup ~ Backquote 192 true",
            ])
        );
    });
}

#[test]
fn what_a_user_sees_as_one_character_is_one_input() {
    test(|bench| async move {
        let page = "<input id=a><script>
            const log = [], result = () => log;
            a.oninput = event => log.push(event.data);
            a.onkeydown = event => log.push(event.key + event.keyCode);
        </script>";
        assert_eq!(
            typed(&bench, page, "x東e\u{301}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}").await,
            json!([
                "x88",
                "x",
                "Process229",
                "東",
                "Process229",
                "e\u{301}",
                "Process229",
                "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}"
            ])
        );
    });
}

#[test]
fn keys_follow_the_focus_that_the_page_moves() {
    test(|bench| async move {
        let boxes: String =
            ["a", "b", "c", "d", "e", "f"].map(|id| format!("<input id={id} LIMIT>")).concat();
        let next = "const all = [...document.querySelectorAll('input')];
            const next = box => all[all.indexOf(box) + 1]?.focus();
            const result = () => all.map(box => box.value).join('|');";
        for (limit, move_on) in [
            // At once, by each of the events that pages use.
            ("maxlength=1", "oninput = event => next(event.target)"),
            ("", "oninput = event => next(event.target)"),
            ("maxlength=1", "onkeyup = event => next(event.target)"),
            (
                "maxlength=1",
                "oninput = event => event.target.value && Promise.resolve().then(() => next(event.target))",
            ),
            // Before the key types: the key goes to the next box by itself.
            ("maxlength=1", "onkeydown = event => { if (event.target.value !== '') next(event.target) }"),
            // Later, when the page comes to it.
            ("maxlength=1", "oninput = event => setTimeout(next, 0, event.target)"),
            ("", "oninput = event => setTimeout(next, 0, event.target)"),
            ("maxlength=1", "oninput = event => requestAnimationFrame(() => next(event.target))"),
            ("maxlength=1", "oninput = event => setTimeout(next, 60, event.target)"),
            // One that takes the key itself.
            (
                "maxlength=1",
                "onkeydown = event => { event.preventDefault(); event.target.value = event.key; next(event.target) }",
            ),
            // One that selects what the next box holds.
            (
                "maxlength=1 value=x",
                "oninput = event => { next(event.target); document.activeElement.select() }; a.onfocus = () => a.select(); a.addEventListener('keydown', () => a.select())",
            ),
        ] {
            let page = format!("{}<script>{next}{move_on}</script>", boxes.replace("LIMIT", limit));
            assert_eq!(typed(&bench, &page, "314159").await, "3|1|4|1|5|9", "{limit} {move_on}");
        }
    });
}

#[test]
fn fields_of_several_characters_are_filled_one_after_the_other() {
    test(|bench| async move {
        for later in ["next()", "setTimeout(next)", "setTimeout(next, 50)"] {
            let page = format!(
                "<input id=a maxlength=4><input maxlength=4><input maxlength=4><input maxlength=4><script>
                const all = [...document.querySelectorAll('input')];
                const result = () => all.map(box => box.value).join(' ');
                oninput = event => {{
                    const next = () => all[all.indexOf(event.target) + 1]?.focus();
                    if (event.target.value.length === 4) {later};
                }}</script>"
            );
            assert_eq!(typed(&bench, &page, "4111222233334444").await, "4111 2222 3333 4444", "{later}");
        }
    });
}

#[test]
fn keys_follow_the_focus_into_frames_and_out_of_them() {
    crate::far::both(|bench| async move {
        // A frame of the same origin, and one of another process: fields for payments are like the latter.
        let field = "<!doctype html><input id=c maxlength=1>
            <script>onmessage = () => c.focus(); c.oninput = () => parent.postMessage(c.value, '*')</script>";
        bench.site.page("/field", field);
        let near = bench.site.url("/field");
        for frame in [near.clone(), near.replace("127.0.0.1", "localhost")] {
            let page = format!(
                "<input id=a maxlength=1><iframe src='{frame}'></iframe><input id=b>
                <script>
                    let inner = '';
                    a.oninput = () => frames[0].postMessage('', '*');
                    onmessage = event => {{ inner = event.data; b.focus() }};
                    const result = () => [a.value, inner, b.value];
                </script>"
            );
            assert_eq!(typed(&bench, &page, "1234").await, json!(["1", "2", "34"]), "{frame}");
        }
    });
}

#[test]
fn a_field_that_shapes_its_text_has_it_as_under_hands() {
    test(|bench| async move {
        let money = "const digits = a.value.replace(/\\D/g, '').replace(/^0+/, '').padStart(3, '0');
            a.value = digits.slice(0, -2) + '.' + digits.slice(-2)";
        let card = "a.value = a.value.replace(/\\D/g, '').replace(/(.{4})(?=.)/g, '$1 ')";
        for (limit, shape, keys, expected) in [
            ("", money, "1234", "12.34"),
            ("", card, "4111222233334444", "4111 2222 3333 4444"),
            ("maxlength=19", card, "4111222233334444", "4111 2222 3333 4444"),
            ("", "a.value = a.value.toUpperCase()", "abc", "ABC"),
        ] {
            for late in [format!("{{ {shape} }}"), format!("setTimeout(() => {{ {shape} }})")] {
                let page = format!(
                    "<input id=a {limit}><script>a.oninput = () => {late}; const result = () => a.value</script>"
                );
                // A mask that works later sees several characters of a card at once, and shapes them as well.
                assert_eq!(typed(&bench, &page, keys).await, expected, "{late}");
            }
        }
        let digits = "<input id=a onkeydown='if (!/^[0-9]$/.test(event.key)) event.preventDefault()'><script>const result = () => a.value</script>";
        assert_eq!(typed(&bench, digits, "1a2b3").await, "123");
        let before = "<input id=a onbeforeinput='if (event.data === `2`) event.preventDefault()'><script>const result = () => a.value</script>";
        assert_eq!(typed(&bench, before, "123").await, "13");
    });
}

#[test]
fn a_field_takes_what_its_length_allows() {
    test(|bench| async move {
        for (html, keys, expected) in [
            ("<input id=a maxlength=3>", "abcdef", "abc"),
            ("<input id=a maxlength=3 value=ab>", "cdef", "abc"),
            ("<textarea id=a maxlength=4></textarea>", "ab\ncd", "ab\nc"),
            ("<input id=a type=number maxlength=2>", "12345", "12345"),
            ("<input id=a type=number>", "-1.5e3", "-1.5e3"),
        ] {
            let page = format!("{html}<script>const result = () => a.value</script>");
            assert_eq!(typed(&bench, &page, keys).await, expected, "{html}");
        }
    });
}

#[test]
fn an_editor_gets_keys() {
    test(|bench| async move {
        let page = "<div id=a contenteditable>one</div><script>
            const keys = [], result = () => [a.innerText, keys.length];
            onkeydown = event => keys.push(event.key)
        </script>";
        assert_eq!(typed(&bench, page, " two\nthree é").await, json!(["one two\nthree é", 12]));
    });
}

#[test]
fn a_text_of_100_kb_arrives_whole() {
    test(|bench| async move {
        let run = bench.run(bench.page("<textarea id=a></textarea>"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let text =
                    format!("{}\n", "A part of a long line, with an é and 東. ".repeat(100)).repeat(24);
                sendkeys(cx, "#a", &text, None).await?;
                Ok(read(cx, "return a.value").await? == json!(text))
            })
        });
        assert!(run.await.unwrap());
    });
}

/// What a user's hands leave time for is as it is under them.
#[test]
fn a_field_that_takes_its_text_back_for_a_moment_has_all_of_it() {
    test(|bench| async move {
        for later in ["setTimeout(later)", "queueMicrotask(later)", "setTimeout(() => setTimeout(later))"] {
            let html = format!(
                "<input id=a><script>let state = ''; a.oninput = () => {{
                    const value = a.value, later = () => a.value = state = value; a.value = state; {later} }};
                    const result = () => new Promise(next => setTimeout(() => next(a.value), 50))</script>"
            );
            for _ in 0..3 {
                assert_eq!(typed(&bench, &html, "abcdef").await, json!("abcdef"), "{later}");
            }
        }
    });
}

#[test]
fn keys_follow_the_focus_through_a_row_of_small_boxes() {
    test(|bench| async move {
        for (kind, delay) in [("text", 5), ("text", 60), ("number", 20)] {
            let boxes = format!("<span><input type={kind} style='width:40px;height:40px'></span>").repeat(5);
            let html = format!(
                "<div id=code>{boxes}</div><script>
                    const all = [...code.querySelectorAll('input')], result = () => all.map(box => box.value); all[0].id = 'a';
                    all.forEach((box, i) => box.oninput = () => setTimeout(() => all[i + 1]?.focus(), {delay}))</script>"
            );
            assert_eq!(
                typed(&bench, &html, "12345").await,
                json!(["1", "2", "3", "4", "5"]),
                "{kind} {delay}"
            );
        }
    });
}
