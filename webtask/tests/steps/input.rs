//! `press`, `select`, `check`, `uncheck` and `hover`, through the macro.

use serde_json::json;
use webtask::webtask;

use crate::bench::{open, test, told};

webtask! {
    task "input/press" {
        input url string required;
        input letter string default "b";
        goto "{{url}}";
        sendkeys "#a" keys "hello";
        press "Control+a";
        press "{{letter}}";
        press "Shift+c";
        press "ArrowLeft";
        press "Backspace";
        press "+";
        press "é";
        press "Tab";
        press "Space";
        js log "return log";
        js value "return a.value";
        js box "return box.checked";
        press "Shift+Tab";
        press "Enter";
        js sent "return window.sent";
    }

    task "input/select" {
        input url string required;
        goto "{{url}}";
        select "#one" option "b";
        select "#one" option "See  it";
        select "#one" option "See it";
        select "#many" option "y";
        js log "return log";
        js chosen "return [one.value, [...many.selectedOptions].map(option => option.value)]";
    }

    task "input/check" {
        input url string required;
        goto "{{url}}";
        check "#off";
        check "#on";
        uncheck "#wasOn";
        uncheck "#off2";
        check "#hidden";
        check "[name=size][value='l']";
        check "label[for=named]";
        check "[role=switch]";
        js state "return [...document.querySelectorAll('input')].filter(input => input.checked).map(input => input.id || input.value)";
        js trusted "return log";
        js turned "return document.querySelector('[role=switch]').ariaChecked";
    }

    task "input/late" {
        input url string required;
        input step string required;
        goto "{{url}}";
        if (step == "sendkeys") { sendkeys "#none" keys "x" timeout 40ms; }
        else if (step == "select") { select "#none" option "x" timeout 40ms; }
        else if (step == "check") { check "#none" timeout 40ms; }
        else if (step == "uncheck") { uncheck "#none" timeout 40ms; }
        else if (step == "hover") { hover "#none" timeout 40ms; }
        else { upload "#none" files [] timeout (std::time::Duration::from_millis(40)); }
    }

    task "input/hover" {
        input url string required;
        goto "{{url}}";
        hover "#menu";
        wait until "#item" visible;
        js styled "return document.querySelector('#menu').matches(':hover')";
        js moved "return moved";
    }
}

#[test]
fn keys_are_pressed_where_the_focus_is() {
    test(|bench| async move {
        let url = bench.page(
            "<form onsubmit='event.preventDefault(); window.sent = true'><input id=a><input type=checkbox id=box></form>
            <script>const log = []; a.onkeydown = event => log.push([event.key, event.code, event.ctrlKey, event.shiftKey, event.isTrusted].join())</script>",
        );
        let output =
            input_press(&bench.webtask, input_press::Input { url, letter: "b".into() }).await.unwrap();
        assert_eq!(
            output.log,
            json!([
                "h,KeyH,false,false,true",
                "e,KeyE,false,false,true",
                "l,KeyL,false,false,true",
                "l,KeyL,false,false,true",
                "o,KeyO,false,false,true",
                "Control,ControlLeft,true,false,true",
                "a,KeyA,true,false,true",
                "b,KeyB,false,false,true",
                "Shift,ShiftLeft,false,true,true",
                "C,KeyC,false,true,true",
                "ArrowLeft,ArrowLeft,false,false,true",
                "Backspace,Backspace,false,false,true",
                "+,Equal,false,false,true",
                "é,,false,false,true",
                "Tab,Tab,false,false,true",
            ])
        );
        assert_eq!(output.value, "+éC");
        assert_eq!((output.r#box, output.sent), (json!(true), json!(true)));
    });
}

#[test]
fn a_key_that_is_not_known_is_told() {
    test(|bench| async move {
        let url = bench.page("<input id=a>");
        let input = input_press::Input { url, letter: "enter".into() };
        let error = input_press(&bench.webtask, input).await.unwrap_err();
        assert_eq!(
            error.message(),
            "`enter` is not a key; write one character, or a name such as `Enter` or `ArrowDown`"
        );
    });
}

#[test]
fn an_option_is_selected_by_its_value_or_its_label() {
    test(|bench| async move {
        let url = bench.page(
            "<select id=one disabled><option value=a>A</option><option value=b>B</option><option value=c>See\n it</option></select>
            <select id=many multiple><option selected>x</option><option>y</option><option selected>z</option></select>
            <script>const log = [];
                for (const list of [one, many]) for (const name of ['input', 'change'])
                    list.addEventListener(name, event => log.push(list.id + ' ' + name));
                setTimeout(() => one.disabled = false, 50)</script>",
        );
        let output = input_select(&bench.webtask, input_select::Input { url }).await.unwrap();
        assert_eq!(output.chosen, json!(["c", ["y"]]));
        let one = ["one input", "one change"];
        assert_eq!(output.log, json!([one, one, ["many input", "many change"]].concat()));
    });
}

#[test]
fn boxes_are_clicked_only_when_they_must_be() {
    test(|bench| async move {
        let url = bench.page(
            "<input type=checkbox id=off><input type=checkbox id=on checked><input type=checkbox id=wasOn checked>
            <input type=checkbox id=off2><label><input type=checkbox id=hidden hidden>drawn</label>
            <input type=radio name=size value=s checked><input type=radio name=size value=l>
            <input type=checkbox id=named><label for=named>Named</label>
            <div role=switch aria-checked=false onclick=\"this.ariaChecked = 'true'\">Switch</div>
            <script>const log = []; onclick = event => { if (event.target.localName === 'input') log.push([event.target.id || event.target.value, event.isTrusted].join()) }</script>",
        );
        let output = input_check(&bench.webtask, input_check::Input { url }).await.unwrap();
        assert_eq!(output.state, json!(["off", "on", "hidden", "l", "named"]));
        // The hidden one and the named one may get theirs from their labels.
        assert_eq!(output.trusted, json!(["off,true", "wasOn,true", "hidden,true", "l,true", "named,true"]));
        assert_eq!(output.turned, "true");
    });
}

#[test]
fn the_mouse_stays_where_it_is_moved() {
    test(|bench| async move {
        let url = bench.page(
            "<style>#item { display: none } #menu:hover + #item { display: block }</style>
            <div style='height:2000px'></div><div id=menu>Menu</div><div id=item>Item</div>
            <script>let moved = 0; menu.onmouseenter = event => { if (event.isTrusted) moved++ }</script>",
        );
        let output = input_hover(&bench.webtask, input_hover::Input { url }).await.unwrap();
        assert_eq!((output.styled, output.moved), (json!(true), json!(1)));
    });
}

#[test]
fn what_is_no_box_and_no_list_is_told() {
    test(|bench| async move {
        let url = bench.page(
            "<p>text</p><input type=radio checked id=radio><input type=checkbox id=stuck onclick='return false'>
            <select id=list><option>One</option><option disabled>Two</option></select>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                use webtask::__rt::{check, select, uncheck};
                open(cx, &url).await?;
                let mut all = vec![
                    told(check(cx, "p", None).await),
                    told(uncheck(cx, "#radio", None).await),
                    told(select(cx, "p", "a", None).await),
                ];
                // These wait in vain.
                let late = tokio::join!(
                    check(cx, "#stuck", None),
                    select(cx, "#list", "Three", None),
                    select(cx, "#list", "Two", None),
                    select(cx, "#none", "Two", None)
                );
                all.extend([told(late.0), told(late.1), told(late.2), told(late.3)]);
                Ok(all)
            })
        });
        assert_eq!(
            run.await.unwrap(),
            [
                "`p` cannot be checked: it is a `p`",
                "`#radio` cannot be unchecked: it is a radio button, so `check` another one of its group",
                "`p` has no options: it is a `p`",
                "`#stuck` was not checked within 10s: the page turned it back after the click",
                "`#list`: the option `Three` could not be selected within 10s: no such option; it has `One`, `Two`",
                "`#list`: the option `Two` could not be selected within 10s: the option is disabled",
                "`#none`: the option `Two` could not be selected within 10s: no element matches it",
            ]
        );
    });
}

#[test]
fn each_step_waits_as_long_as_it_says() {
    test(|bench| async move {
        for (step, missed) in [
            ("sendkeys", "could not be typed into"),
            ("select", "could not be selected"),
            ("check", "could not be checked"),
            ("uncheck", "could not be unchecked"),
            ("hover", "could not be reached by the mouse"),
            ("upload", "could not be given files"),
        ] {
            let input = input_late::Input { url: bench.page("<p>"), step: step.into() };
            let error = input_late(&bench.webtask, input).await.unwrap_err();
            assert_eq!(error.step().map(|step| step.name), Some(step));
            assert!(
                error.message().starts_with("`#none`")
                    && error.message().ends_with(&format!("{missed} within 40ms: no element matches it")),
                "{error}"
            );
        }
    });
}
