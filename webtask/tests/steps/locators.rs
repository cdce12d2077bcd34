//! Locators: elements by what a user reads of them, in pages, frames and shadow trees.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use serde_json::{Value, json};
use webtask::__rt::{
    Awaited, Field, Source, Spec, check, click, extract, fill, hover, select, sendkeys, upload, wait_until,
    write_files,
};
use webtask::{Pool, webtask};

use crate::bench::{Bench, SHORT, open, read, test, told};
use crate::support;

/// The `id`s of what each selector means in a page.
async fn meant(bench: &Bench, page: &str, selectors: &[&str]) -> Vec<Vec<String>> {
    let selectors: Vec<String> = selectors.iter().map(|&selector| selector.to_owned()).collect();
    let run = bench.run((bench.page(page), selectors), |cx, (url, selectors)| {
        Box::pin(async move {
            open(cx, &url).await?;
            let mut all = Vec::new();
            for selector in &selectors {
                let ids = Field { all: true, ..Field::new("ids", Source::Attr("id", selector)) };
                let spec = Spec { name: "page", from: "html", repeat: false, limit: None, fields: &[ids] };
                let found: Value = extract(cx, &spec).await?;
                all.push(serde_json::from_value(found["ids"].clone()).unwrap());
            }
            Ok(all)
        })
    });
    run.await.unwrap()
}

/// Holds each selector against the `id`s that it should mean.
async fn holds(bench: &Bench, page: &str, cases: &[(&str, &[&str])]) {
    let selectors: Vec<&str> = cases.iter().map(|(selector, _)| *selector).collect();
    for ((selector, expected), found) in cases.iter().zip(meant(bench, page, &selectors).await) {
        assert_eq!(found, *expected, "{selector}");
    }
}

#[test]
fn a_text_means_the_innermost_element_that_has_it() {
    test(|bench| async move {
        let page = "<head><title id=t>Send</title></head><script id=s>Send</script>
            <div id=a><button id=b>Send  <i id=i>now</i></button></div><p id=c>send</p><p id=d>Send it</p>
            <input id=e type=submit value='Send'><p id=f>Sen\u{ad}d</p><p id=g hidden>Send away</p>
            <p id=h>one<br>two</p><p id=j>It's >> here</p><p id=k>/a/b</p><form id=l><input name=children><b id=m>In a form</b></form>";
        holds(
            &bench,
            page,
            &[
                ("text=send", &["b", "c", "d", "e", "f", "g"]),
                ("text='Send'", &["e", "f"]),
                ("text=\"Send now\"", &["b"]),
                ("text='send' i", &["c", "e", "f"]),
                ("text=now", &["i"]),
                ("text=/^Send\\s(it|away)$/", &["d", "g"]),
                ("text=/^SEND IT$/i", &["d"]),
                ("text=one two", &["h"]),
                ("text=It's \\>\\> here", &["j"]),
                ("text=\"It's >> here\"", &["j"]),
                ("text=\\/a", &["k"]),
                ("text=In a form", &["m"]),
                ("text=nothing", &[]),
                ("div >> text=send", &["b"]),
                ("text=now >> text=now", &["i"]),
            ],
        )
        .await;
    });
}

#[test]
fn a_label_means_its_field() {
    test(|bench| async move {
        let page = "<label>Name <input id=a></label><label for=b>Full name</label><textarea id=b></textarea>
            <span id=x>First</span><span id=y>name</span><input id=c aria-labelledby='x y'><input id=d aria-label='Nick name'>
            <label>Country <select id=e><option>Name</select></label><label><input id=f type=checkbox> I agree to the <a>terms</a></label>
            <input id=g aria-labelledby=nowhere aria-label=name><div id=h role=dialog aria-label='Name it'></div><label>Hidden name<input type=hidden id=i></label>";
        holds(
            &bench,
            page,
            &[
                ("label=name", &["a", "b", "c", "d", "g", "h"]),
                ("label=\"Name\"", &["a"]),
                ("label='First'", &["c"]),
                ("label='Country'", &["e"]),
                ("label=i agree", &["f"]),
                ("label=/^(nick|full) name$/i", &["b", "d"]),
                ("form >> label=name", &[]),
            ],
        )
        .await;
    });
}

#[test]
fn an_attribute_means_its_element() {
    test(|bench| async move {
        let page = "<input id=a placeholder='Search  shops'><input id=b placeholder='search'><img id=c alt='A lamp'><area id=d alt=lamp>
            <i id=e title='Close it'>x</i><svg><title>Close it</title></svg><b id=f data-testid=row-1></b><b id=g data-testid=row-12></b>
            <b id=h data-testid='Row-1'></b>";
        holds(
            &bench,
            page,
            &[
                ("placeholder=search", &["a", "b"]),
                ("placeholder='search'", &["b"]),
                ("placeholder='Search shops'", &["a"]),
                ("alt=LAMP", &["c", "d"]),
                ("alt=/^lamp/", &["d"]),
                ("title=close", &["e"]),
                // No part of it, and no other case.
                ("testid=row-1", &["f"]),
                ("testid=\"row-1\"", &["f"]),
                ("testid=/^row-/", &["f", "g"]),
                ("css=[title]", &["e"]),
                ("css=svg >> css=title", &[]),
            ],
        )
        .await;
    });
}

#[test]
fn an_xpath_means_what_it_finds_below_what_is_around_it() {
    test(|bench| async move {
        let page = "<ul id=u><li id=a><b id=x>one</b><li id=b class=q><b id=y>two</b></ul><b id=z>one</b>
            <x-h id=h><template shadowrootmode=open><b id=w>one</b></template><b id=v>light</b></x-h>";
        holds(
            &bench,
            page,
            &[
                ("xpath=//b[.='one']", &["x", "z"]),
                ("xpath=(//b)[2]", &["y"]),
                ("#u >> xpath=//b", &["x", "y"]),
                ("#u >> xpath=./li[@class]/b", &["y"]),
                ("text=two >> xpath=..", &["b"]),
                ("text=two >> xpath=ancestor::ul", &["u"]),
                ("xpath=id('a') | //b[@id='z']", &["a", "z"]),
                // It does not see the shadow.
                ("#h >> xpath=//b", &["v"]),
                ("text=one", &["x", "z", "w"]),
            ],
        )
        .await;
    });
}

#[test]
fn a_role_means_its_elements_by_name_and_state() {
    test(|bench| async move {
        let page = "<button id=a>Send</button><button id=b disabled>Send later</button><a id=c href=#>Send</a><a id=d>no link</a>
            <div id=e role=button aria-label=send tabindex=0></div><input id=f type=submit value=Send><button id=g hidden>Send</button>
            <button id=h aria-hidden=true>Send</button><span style='visibility:hidden'><button id=i>Send</button></span>
            <h1 id=j>Top</h1><h2 id=k>Mid</h2><div id=l role=heading aria-level=2>Mid too</div>
            <input id=m type=checkbox checked aria-label=x><input id=n type=checkbox aria-label=y><div id=o role=checkbox aria-checked=mixed>z</div>
            <details id=p open><summary>S</summary></details><button id=q aria-expanded=false>Menu</button><button id=r aria-pressed=true>Bold</button>
            <select id=s aria-label=list><option id=t>one<option id=u selected>two</select>
            <table role=presentation><tr id=v><td id=w>x</td></tr></table><img id=y alt=Logo><img id=z alt=''>";
        holds(
            &bench,
            page,
            &[
                ("role=button[name=send]", &["a", "b", "e", "f"]),
                ("role=button[name=\"Send\"]", &["a", "f"]),
                ("role=button[name='send' i]", &["a", "e", "f"]),
                ("role=button[name=/^send later$/i]", &["b"]),
                ("role=button[disabled]", &["b"]),
                ("role=button[name=Send][disabled=false]", &["a", "e", "f"]),
                ("role=button[name='Send'][include-hidden]", &["a", "f", "g", "h", "i"]),
                ("role=link", &["c"]),
                ("role=heading", &["j", "k", "l"]),
                ("role=heading[level=2]", &["k", "l"]),
                ("role=checkbox[checked]", &["m"]),
                ("role=checkbox[checked=false]", &["n"]),
                ("role=checkbox[checked=mixed]", &["o"]),
                ("role=group[expanded]", &["p"]),
                ("role=button[expanded=false]", &["q"]),
                ("role=button[pressed]", &["r"]),
                ("role=combobox[name=list]", &["s"]),
                ("role=option[selected]", &["u"]),
                ("role=row", &[]),
                ("role=img", &["y"]),
                ("role=image[name=Logo]", &["y"]),
                ("role=Button[name='Bold']", &["r"]),
            ],
        )
        .await;
    });
}

#[test]
fn parts_go_inside_of_what_is_before_them() {
    test(|bench| async move {
        let page = "<ul><li id=a aria-label=one><b id=b>Buy</b><li id=c aria-label=two><b id=d class=x>Buy</b></ul>
            <x-h id=h><template shadowrootmode=open><p id=e><button id=f>Buy</button></p><slot></slot></template><b id=g>Buy</b></x-h>
            <div id=o><div id=p class=x><div id=q class=x>Deep</div></div></div>";
        holds(
            &bench,
            page,
            &[
                ("role=listitem[name=two] >> text=buy", &["d"]),
                ("role=listitem[name=two] >> .x", &["d"]),
                ("ul >> text=buy", &["b", "d"]),
                ("text=buy", &["b", "d", "f", "g"]),
                ("#h >> role=button", &["f"]),
                ("role=button[name=buy]", &["f"]),
                ("#h >> p >> text=buy", &["f"]),
                // One that is inside of several is meant once.
                (".x >> text=deep", &["q"]),
            ],
        )
        .await;
    });
}

#[test]
fn a_locator_that_cannot_be_read_is_told_at_once() {
    test(|bench| async move {
        let run = bench.run(bench.page("<button>a</button>"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for selector in [
                    "rol=a",
                    "role=buton",
                    "text=",
                    "role=button[name",
                    "xpath=//[",
                    "text=/(/",
                    "a >> text=''",
                ] {
                    all.push(told(click(cx, selector, None, None, None).await));
                }
                Ok(all)
            })
        });
        assert_eq!(
            run.await.unwrap(),
            [
                "`rol=a` is not a valid selector: no locator `rol=`",
                "`role=buton` is not a valid selector: no role `buton`",
                "`text=` is not a valid selector: an empty text",
                "`role=button[name` is not a valid selector: unclosed [",
                "`xpath=//[` is not a valid selector",
                "`text=/(/` is not a valid selector",
                "`a >> text=''` is not a valid selector: an empty text",
            ]
        );
    });
}

#[test]
fn a_wait_sees_what_comes_in_the_light_and_in_the_shadow() {
    test(|bench| async move {
        let page = "<x-h></x-h><p id=p hidden>Ready</p><p id=q>Going</p><script>
            const root = document.querySelector('x-h').attachShadow({ mode: 'open' });
            setTimeout(() => (root.innerHTML = '<button>Late</button>'), 60);
            setTimeout(() => (p.hidden = false), 120);
            setTimeout(() => (q.style.display = 'none'), 180);
        </script>";
        let run = bench.run(bench.page(page), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                wait_until(cx, "role=button[name='Late']", Awaited::Visible, None, None).await?;
                wait_until(cx, "text=ready", Awaited::Visible, None, None).await?;
                wait_until(cx, "text=going", Awaited::Gone, None, None).await?;
                let never = wait_until(cx, "role=button[name='Never']", Awaited::Visible, None, SHORT).await;
                let there = wait_until(cx, "text=ready", Awaited::Gone, None, SHORT).await;
                let hidden = click(cx, "text=going", None, None, SHORT).await;
                Ok((told(never), told(there), told(hidden)))
            })
        });
        let (never, there, hidden) = run.await.unwrap();
        assert_eq!(never, "`role=button[name='Never']` was not visible within 150ms: no element matches it");
        assert_eq!(there, "`text=ready` was not gone within 150ms: it is still visible");
        assert_eq!(
            hidden,
            "`text=going` could not be clicked within 150ms: it is in the page but not visible"
        );
    });
}

const FORM: &str = "<label>Name <input id=name></label><input placeholder='Full address' id=address><label><input type=checkbox id=box> I agree</label>
    <label>Size <select id=size><option>S<option>L</select></label><label>Picture <input type=file id=file></label>
    <p title='The menu' id=menu onmouseenter=\"this.className = 'hovered'\">menu</p>
    <ul><li data-testid=row>One <button onclick=\"this.className = 'clicked'\">Buy</button><li data-testid=row>Two <button onclick=\"this.className = 'clicked'\">Buy</button></ul>";
const READ: &str = "const root = ROOT; const at = css => root.querySelector(css);
    return [at('#name').value, at('#address').value, at('#box').checked, at('#size').value, at('#file').files.length, at('#menu').className,
        [...root.querySelectorAll('button')].map(button => button.className).join()]";
const SHADOW: &str = "<x-h></x-h><script>document.querySelector('x-h').attachShadow({ mode: 'open' }).innerHTML = FORM</script>";

/// Does all that a user does in the form, each element by a locator after this.
async fn used(
    bench: &Bench,
    url: String,
    before: &'static str,
    root: Option<&'static str>,
) -> (Value, Value) {
    let run = bench.run((url, before, root), |cx, (url, before, root)| {
        Box::pin(async move {
            let at = |locator: &str| format!("{before}{locator}");
            open(cx, &url).await?;
            fill(cx, &at("label=\"Name\""), "Ada", None).await?;
            sendkeys(cx, &at("placeholder=address"), "London", None).await?;
            check(cx, &at("label=agree"), None).await?;
            select(cx, &at("role=combobox[name=size]"), "L", None).await?;
            write_files(cx, ".", json!({ "locators.txt": "hello" })).await?;
            upload(cx, &at("label=picture"), &["locators.txt"], None).await?;
            hover(cx, &at("title=the menu"), None).await?;
            click(cx, &at("testid=row >> text=Two >> role=button"), None, None, None).await?;
            let rows = at("role=listitem");
            let fields = [
                Field::new("text", Source::Text("role=button")),
                Field::new("count", Source::Count("text=buy")),
            ];
            let spec = Spec { name: "rows", from: &rows, repeat: true, limit: None, fields: &fields };
            let rows = extract(cx, &spec).await?;
            let read = match root {
                Some(root) => webtask::__rt::js(cx, "read", &READ.replace("ROOT", root), &[], false).await?,
                None => Value::Null,
            };
            Ok((read, rows))
        })
    });
    run.await.unwrap()
}

#[test]
fn every_step_takes_a_locator_in_a_page_a_frame_and_a_shadow() {
    let folder = tempfile::tempdir().unwrap();
    test(|shared| async move {
        let pool = Pool::new("default").allow_private(true);
        let webtask = support::builder().files(folder.path()).pool(pool).build().unwrap();
        let bench = Bench { webtask, ..shared };
        bench.site.page("/form", &format!("<!doctype html><base href=/>{FORM}"));
        let rows = json!([{ "text": "Buy", "count": 1 }, { "text": "Buy", "count": 1 }]);
        let done = json!(["Ada", "London", true, "L", 1, "hovered", ",clicked"]);
        let framed = bench.page("<iframe id=f src=/form style='width:700px;height:400px'></iframe>");
        let far = bench.site.url("/form").replace("127.0.0.1", "localhost");
        let far = bench.page(&format!("<iframe id=f src='{far}' style='width:700px;height:400px'></iframe>"));
        let shadow = bench.page(&SHADOW.replace("FORM", &json!(FORM).to_string().replace("</", "<\\/")));
        for (url, before, root) in [
            (bench.page(FORM), "", Some("document")),
            (framed, "#f >> ", Some("document.querySelector('#f').contentDocument")),
            (shadow.clone(), "", Some("document.querySelector('x-h').shadowRoot")),
            (shadow, "x-h >> ", Some("document.querySelector('x-h').shadowRoot")),
            (far, "#f >> ", None),
        ] {
            let (read, found) = used(&bench, url, before, root).await;
            assert_eq!(found, rows, "{before}");
            assert!(root.is_none() || read == done, "{before}: {read}");
        }
    });
}

webtask! {
    task "locators/all" {
        input url string required;
        input name string required;
        goto "{{url}}";
        wait until "role=heading[name=\"Shop\"]" visible;
        click "text={{name}}" closest "role=listitem";
        fill "role=textbox[name=\"{{name}}\"]" with "x";
        save html selector "role=listitem[name='{{name}}']" path "item.html";
        screenshot shot selector "testid={{name}}";
        download each files selector "role=img[name={{name}}]";
        scroll until stable "role=list" stable 50ms;
        extract row from "xpath=//li[@aria-label='{{name}}']" { said text "text={{name}}" optional; many count "title='{{name}}'"; }
        js read "return [...document.querySelectorAll('.clicked')].map(li => li.id).concat(document.querySelector('input').value)";
    }
}

#[test]
fn a_text_of_a_caller_cannot_change_what_a_locator_means() {
    let folder = tempfile::tempdir().unwrap();
    test(|bench| async move {
        let pool = Pool::new("default").allow_private(true);
        let webtask = support::builder().files(folder.path()).pool(pool).build().unwrap();
        for name in [
            "Lamp",
            "O'Brien \"& Co\"",
            "a >> #other",
            "/.*/i",
            "] >> #other",
            "\"Other\"",
            "'] | //li[@id='other",
            "\\",
            "it's \\\" [x]",
        ] {
            let page = "<h1>Shop</h1><ul><li id=other class=o title=Other aria-label=Other data-testid=Other onclick=\"this.className = 'clicked'\">Other</ul><label id=l><input></label><script>
                const name = NAME;
                const li = document.createElement('li');
                Object.assign(li, { id: 'meant', ariaLabel: name, onclick: () => (li.className = 'clicked') });
                li.dataset.testid = name;
                const [b, img] = [document.createElement('b'), new Image()];
                Object.assign(b, { title: name, textContent: name });
                Object.assign(img, { alt: name, src: '/dot.png' });
                li.append(b, img);
                document.querySelector('ul').append(li);
                document.querySelector('label').ariaLabel = name;
                document.querySelector('input').ariaLabel = name;
            </script>".replace("NAME", &json!(name).to_string());
            let url = bench.page(&page);
            let output = locators_all(&webtask, locators_all::Input { url, name: name.into() }).await;
            let output = output.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(
                json!([output.read, output.row, output.files.len()]),
                json!([["meant", "x"], { "said": name, "many": 1 }, 1]),
                "{name}"
            );
            let html = std::fs::read_to_string(folder.path().join("item.html")).unwrap();
            assert!(html.contains("id=\"meant\""), "{name}: {html}");
        }
        let url = bench.page("<h1>Shop</h1><li>a");
        let error = locators_all(&webtask, locators_all::Input { url, name: " ".into() }).await.unwrap_err();
        assert!(error.message().contains("is not a valid selector: an empty text"), "{error}");
    });
}

/// Elements of every kind whose roles and names Chromium and our locators must agree on.
const NAMED: &str = include_str!("locators/named.html");

#[test]
fn roles_and_names_are_those_of_the_browser() {
    let folder = tempfile::tempdir().unwrap();
    let telling = folder.path().join("telling");
    let script = std::fs::read_to_string(support::script(folder.path())).unwrap();
    let flag = "--enable-blink-features=ComputedAccessibilityInfo";
    std::fs::write(&telling, script.replace("\"$@\"", &format!("{flag} \"$@\""))).unwrap();
    std::fs::set_permissions(&telling, std::fs::Permissions::from_mode(0o755)).unwrap();
    test(|shared| async move {
        let pool = Pool::new("default").allow_private(true);
        let webtask = support::builder().browser(&telling).pool(pool).build().unwrap();
        let bench = Bench { webtask, ..shared };
        let run = bench.run(bench.page(NAMED), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let told = read(
                    cx,
                    "return [...document.querySelectorAll('[id]:not(datalist, [hidden])')].map(e => [e.id, e.computedRole, e.computedName.replace(/\\s+/g, ' ').trim()])",
                );
                let told: Vec<(String, String, String)> = serde_json::from_value(told.await?).unwrap();
                let mut wrong = Vec::new();
                for (id, role, name) in &told {
                    let named = match name.as_str() {
                        "" => String::new(),
                        name => format!("[name=\"{}\"]", name.replace('\\', "\\\\").replace('"', "\\\"")),
                    };
                    let selector = format!("role={role}{named}");
                    let ids = Field { all: true, ..Field::new("ids", Source::Attr("id", &selector)) };
                    let spec = Spec { name: "page", from: "html", repeat: false, limit: None, fields: &[ids] };
                    let found = extract::<Value>(cx, &spec).await;
                    let is = found.as_ref().is_ok_and(|found| found["ids"].as_array().unwrap().contains(&json!(id)));
                    if !is {
                        wrong.push(format!("{id}: {selector}"));
                    }
                }
                Ok((told.len(), wrong))
            })
        });
        let (count, wrong) = run.await.unwrap();
        assert!(count > 80, "{count}");
        assert_eq!(wrong, [] as [String; 0], "{}", wrong.join("\n"));
    });
}

#[test]
fn a_page_that_always_changes_is_not_kept_busy_by_a_locator() {
    test(|bench| async move {
        let page = "<div id=d></div><p id=n></p><script>
            d.innerHTML = '<section><h3>Row</h3><button>Buy</button><a href=#>More</a></section>'.repeat(300);
            let turns = 0;
            setInterval(() => (n.textContent = ++turns), 5);
        </script>";
        let run = bench.run(bench.page(page), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let before = read(cx, "return Number(n.textContent)").await?;
                let limit = Some(Duration::from_secs(2));
                let ended =
                    told(wait_until(cx, "role=button[name='Sell']", Awaited::Visible, None, limit).await);
                let after = read(cx, "return Number(n.textContent)").await?;
                Ok((ended, after.as_u64().unwrap() - before.as_u64().unwrap()))
            })
        });
        let (ended, turns) = run.await.unwrap();
        assert!(ended.ends_with("no element matches it"), "{ended}");
        // Of 400, were the page alone.
        assert!(turns > 20, "{turns}");
    });
}
