//! Placeholders with hostile values: what arrives in the browser is the value, at its place and nowhere else.

use serde_json::{Value, json};
use webtask::__rt::{Awaited, Hole, Piece, Place, Source, js, text, wait_until};
use webtask::__rt::{Field, Spec, extract};

use crate::bench::{open, read, test};

const HOSTILE: [&str; 8] = [
    "a\"] , body *, [x=\"",
    "a'b\\",
    "\\22 x",
    "line\nbreak\ttab\r\n",
    "{{name}} é \u{1f600} \u{2028}",
    "..",
    "%2e%2e/&?#=+ ;,",
    "1-- -x",
];

fn piece(place: Place, value: &str) -> Piece<'static> {
    Piece::Hole(Hole { name: "value", value: Some(json!(value)), fallback: None, place })
}

#[test]
fn a_selector_finds_the_element_that_has_the_value() {
    test(|bench| async move {
        let url = bench.page("<p id=end>end</p>");
        let run = bench.run(url, |cx, url| {
        Box::pin(async move {
            open(cx, &url).await?;
            let add = "for (const [i, value] of arguments[0].entries()) {
                const p = document.createElement('p'); p.title = value; p.id = 'x' + value; p.classList.value = 'c'; p.textContent = i;
                document.body.append(p);
                const div = document.createElement('div'); div.id = value; div.textContent = i; document.body.append(div) }";
            js::<()>(cx, "add", add, &[json!(HOSTILE)], false).await?;
            let mut found = Vec::new();
            for value in HOSTILE {
                let by_string = text(&[Piece::Text("p[title=\""), piece(Place::CssString, value), Piece::Text("\"]")])?;
                let by_quote = text(&[Piece::Text("p[title='"), piece(Place::CssString, value), Piece::Text("']")])?;
                let by_name = text(&[Piece::Text("#"), piece(Place::CssIdent, value), Piece::Text(":not(p)")])?;
                let by_part = text(&[Piece::Text("#x"), piece(Place::CssIdent, value), Piece::Text(".c")])?;
                for selector in [&by_string, &by_quote, &by_name, &by_part] {
                    let all = Field { all: true, ..Field::new("i", Source::Text(selector)) };
                    let spec = Spec { name: "found", from: "html", repeat: false, limit: None, fields: &[all] };
                    let value: Value = extract(cx, &spec).await?;
                    found.push(value["i"].clone());
                }
            }
            let nth = Hole { name: "n", value: Some(json!(1)), fallback: None, place: Place::CssNumber };
            let nth = text(&[Piece::Text("p:nth-child("), Piece::Hole(nth), Piece::Text(")")])?;
            wait_until(cx, &nth, Awaited::Present, Some("end"), None).await?;
            Ok(found)
        })
    });
        let expected: Vec<_> = (0..HOSTILE.len()).flat_map(|i| vec![json!([i.to_string()]); 4]).collect();
        assert_eq!(run.await.unwrap(), expected);
    });
}

#[test]
fn a_url_carries_the_value() {
    test(|bench| async move {
        let run = bench.run(bench.site.url(""), |cx, site| {
        Box::pin(async move {
            let mut arrived = Vec::new();
            for value in HOSTILE {
                let tail = text(&[
                    Piece::Text("/echo?q="),
                    piece(Place::UrlQuery, value),
                    Piece::Text("&r=1#"),
                    piece(Place::UrlFragment, value),
                ])?;
                open(cx, &format!("{site}{tail}")).await?;
                let seen = "const q = new URLSearchParams(location.search);
                    return [location.pathname, q.get('q'), q.get('r'), decodeURIComponent(location.hash.slice(1)), q.size]";
                arrived.push(read(cx, seen).await?);
                let path = text(&[Piece::Text("/page/"), piece(Place::UrlPath, value), Piece::Text("/end?x")]);
                arrived.push(match path {
                    Ok(path) => {
                        open(cx, &format!("{site}{path}")).await?;
                        read(cx, "return location.pathname.split('/').map(decodeURIComponent)").await?
                    }
                    Err(error) => json!(error.message()),
                });
            }
            Ok(arrived)
        })
    });
        let expected: Vec<_> = HOSTILE
            .iter()
            .flat_map(|value| {
                let path = match *value {
                    ".." => json!(
                        "placeholder `{{value}}` makes the path's segment `..`, which leads out of its place"
                    ),
                    value => json!(["", "page", value, "end"]),
                };
                [json!(["/echo", value, "1", value, 2]), path]
            })
            .collect();
        assert_eq!(run.await.unwrap(), expected);
    });
}

/// What values at random are made of: what ends strings, names, URLs' parts, tags and placeholders, and what is like it.
const PIECES: [&str; 40] = [
    "\"",
    "'",
    "`",
    "\\",
    "{{",
    "}}",
    "{{{{",
    "${",
    "}",
    "|or:",
    "<",
    ">",
    "</p>",
    "<!--",
    "&",
    "&quot;",
    "%",
    "%2F",
    "/",
    "?",
    "#",
    ";",
    ",",
    "=",
    "]",
    ")",
    "*/",
    "\n",
    "\r",
    "\t",
    " ",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "é",
    "\u{1f980}",
    "-",
    ".",
    "0",
    "a",
];

/// Values of up to eight pieces, always the same.
fn values(count: usize) -> Vec<String> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        // An xorshift: any mix of the pieces will do.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(limit).unwrap()).unwrap()
    };
    (0..count).map(|_| (0..=below(8)).map(|_| PIECES[below(PIECES.len())]).collect()).collect()
}

/// A value with what each place makes of it: a URL, two selectors, HTML.
fn placed(value: &str) -> Value {
    let url = |parts: &[Piece<'_>]| text(parts).unwrap();
    let within = [Piece::Text("https://a.example/x/"), piece(Place::UrlPath, value)];
    // What is all of `.` or `..` may stand beside others only.
    let path = text(&within).unwrap_or_else(|_| "https://a.example/x/-".into());
    json!([
        value,
        path,
        url(&[
            Piece::Text("?q="),
            piece(Place::UrlQuery, value),
            Piece::Text("&r=1#"),
            piece(Place::UrlFragment, value)
        ]),
        text(&[Piece::Text("p[title=\""), piece(Place::CssString, value), Piece::Text("\"]")]).unwrap(),
        text(&[Piece::Text("#x"), piece(Place::CssIdent, value)]).unwrap(),
        text(&[
            Piece::Text("<i title=\""),
            piece(Place::Html, value),
            Piece::Text("\"><b>"),
            piece(Place::Html, value),
            Piece::Text("</b></i>"),
        ])
        .unwrap(),
        text(&[Piece::Text("<"), piece(Place::Text, value), Piece::Text(">")]).unwrap(),
    ])
}

#[test]
fn values_at_random_stay_in_their_places() {
    test(|bench| async move {
        let url = bench.page("<div id=html></div><p></p>");
        let rows: Vec<_> = values(2000).iter().map(|value| placed(value)).collect();
        let run = bench.run((url, rows.clone()), |cx, (url, rows)| {
            Box::pin(async move {
                open(cx, &url).await?;
                let look = "const [div, p] = document.querySelectorAll('#html, p');
                    const wrong = [];
                    for (const [index, [value, path, tail, string, name, html, text]] of arguments[0].entries()) {
                        const url = new URL(path + tail);
                        const last = url.pathname.split('/');
                        div.innerHTML = html;
                        const b = div.firstChild.firstChild;
                        p.title = value;
                        p.id = 'x' + value;
                        const whole = {
                            path: last.length === 3 && (path.endsWith('/x/-') || decodeURIComponent(last[2]) === value),
                            query: url.searchParams.get('q') === value && url.searchParams.get('r') === '1',
                            parameters: [...url.searchParams].length === 2 && url.host === 'a.example',
                            fragment: decodeURIComponent(url.hash.slice(1)) === value,
                            string: document.querySelector(string) === p,
                            name: document.querySelector(name) === p,
                            attribute: div.firstChild.title === value && div.firstChild.attributes.length === 1,
                            html: b.textContent === value && b.children.length === 0 && div.childNodes.length === 1,
                            text: text === '<' + value + '>',
                        };
                        const bad = Object.keys(whole).filter(place => !whole[place]);
                        if (bad.length) wrong.push([index, ...bad]);
                        div.innerHTML = '';
                    }
                    return wrong";
                let wrong: Value = js(cx, "look", look, &[json!(rows)], false).await?;
                Ok(wrong)
            })
        });
        let wrong = run.await.unwrap();
        let told: Vec<_> = wrong
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row, &rows[row[0].as_u64().unwrap() as usize]))
            .collect();
        assert!(told.is_empty(), "{told:#?}");
    });
}
