//! `extract`.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webtask::__rt::{Cast, Cx, Field, Source, Spec, Until, extract, goto};

use crate::bench::{open, test, told};

const LIST: &str = "
<base href='https://shop.example/all/'>
<title> The\n Shop </title>
<ul>
  <li class=item data-id=7><a href='one?x=1'>One</a> <b class=price>$1.50</b> <i>in</i><span class=tag>a</span><span class=tag>b</span></li>
  <li class=item data-id=8><a>Two</a> <b class=price>$20</b> <i>OFF</i></li>
  <li class=item><a href=''> Three \u{a0} </a> <b class=price>soon</b></li>
</ul>";

async fn one(cx: &Cx, from: &str, field: Field<'_>) -> Result<Value, webtask::Error> {
    let spec = Spec { name: "page", from, repeat: false, limit: None, fields: &[field] };
    let value: Value = extract(cx, &spec).await?;
    Ok(value["f"].clone())
}

async fn text(cx: &Cx, selector: &str) -> Result<Value, webtask::Error> {
    one(cx, "html", Field::new("f", Source::Text(selector))).await
}

#[test]
fn rows_become_typed_values() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        id: Option<i64>,
        name: String,
        link: String,
        price: Option<f64>,
        stock: Option<bool>,
        tags: Vec<String>,
        count: u32,
        shop: String,
        html: String,
        first: Option<Tag>,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Tag {
        name: String,
    }
    test(|bench| async move {
        let run = bench.run(bench.page(LIST), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let name = [Field::new("name", Source::Text("."))];
                let fields = [
                    Field {
                        cast: Some(Cast::Int),
                        optional: true,
                        ..Field::new("id", Source::Attr("data-id", "."))
                    },
                    Field::new("name", Source::Text("a")),
                    Field { url: true, ..Field::new("link", Source::Attr("href", "a")) },
                    Field {
                        matches: Some(r"\$([0-9.]+)"),
                        cast: Some(Cast::Float),
                        optional: true,
                        ..Field::new("price", Source::Text(".price"))
                    },
                    Field {
                        matches: Some("(?i)off"),
                        cast: Some(Cast::Bool),
                        optional: true,
                        ..Field::new("stock", Source::Text("i"))
                    },
                    Field { all: true, ..Field::new("tags", Source::Text(".tag")) },
                    Field::new("count", Source::Count("span")),
                    Field::new("shop", Source::Const(json!("here"))),
                    Field::new("html", Source::Html(".price")),
                    Field {
                        optional: true,
                        ..Field::new("first", Source::Nested { from: ".tag", repeat: false, fields: &name })
                    },
                ];
                let rows: Vec<Row> = extract(
                    cx,
                    &Spec { name: "rows", from: ".item", repeat: true, limit: None, fields: &fields },
                )
                .await?;
                let two: Vec<Row> = extract(
                    cx,
                    &Spec { name: "rows", from: ".item", repeat: true, limit: Some(2), fields: &fields },
                )
                .await?;
                Ok((rows, two.len()))
            })
        });
        let (rows, two) = run.await.unwrap();
        assert_eq!(two, 2);
        let row = |id, name: &str, link: &str, price, stock, tags: &[&str], html: &str| Row {
            id,
            name: name.into(),
            link: link.into(),
            price,
            stock,
            tags: tags.iter().map(|&tag| tag.into()).collect(),
            count: u32::try_from(tags.len()).unwrap(),
            shop: "here".into(),
            html: html.into(),
            first: tags.first().map(|&name| Tag { name: name.into() }),
        };
        assert_eq!(
            rows,
            [
                row(
                    Some(7),
                    "One",
                    "https://shop.example/all/one?x=1",
                    Some(1.5),
                    None,
                    &["a", "b"],
                    "$1.50"
                ),
                row(Some(8), "Two", "", Some(20.0), Some(false), &[], "$20"),
                row(None, "Three", "", None, None, &[], "soon"),
            ]
        );
    });
}

#[test]
fn a_text_is_that_of_the_markup() {
    test(|bench| async move {
        let url = bench.page(
        "<title> The\n Shop </title><script id=json type='application/ld+json'>\n{ \"a\":  1 }\n</script>
        <p id=a>some <b>bold</b>\n  and <i> italic </i> text<br>next   line</p>
        <div id=b><div>one</div><div><p>two</p><p>three</p></div>four<script>no()</script><style>no</style></div>
        <table id=c><tr><td>1</td><td>2</td></tr><tr><th>3<td>4</table>
        <pre id=d>  a\n   <b>b</b>\n</pre><div id=e>x<pre>  y\n  z</pre>w</div>
        <div id=f style='display:none'>hidden <u hidden>too</u></div><div id=g style='text-transform:uppercase'>Lower</div>
        <div id=h>\u{a0}kept\u{a0}\u{a0}inside</div><div id=i></div><textarea id=j> a\n  b </textarea><select id=k><option>x<option>y</select>
        <div id=l>a<!-- comment --> b&amp;c</div>",
    );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                for (selector, expected) in [
                    ("title", "The Shop"),
                    ("#json", "{ \"a\":  1 }"),
                    ("#a", "some bold and italic text\nnext line"),
                    ("#b", "one\n\ntwo\n\nthree\n\nfour"),
                    ("#c", "1\t2\n3\t4"),
                    ("#d", "a\n   b"),
                    ("#d b", "b"),
                    ("#e", "x\n  y\n  z\nw"),
                    ("#f", "hidden too"),
                    ("#g", "Lower"),
                    ("#h", "kept\u{a0}\u{a0}inside"),
                    ("#i", ""),
                    ("#j", "a\n  b"),
                    ("#k", "x\ny"),
                    ("#l", "a b&c"),
                    ("#none", ""),
                ] {
                    assert_eq!(text(cx, selector).await?, expected, "{selector}");
                }
                let raw = Field { optional: true, ..Field::new("f", Source::Attr("nothing", "#a")) };
                assert_eq!(one(cx, "html", raw).await?, Value::Null);
                assert_eq!(
                    one(cx, "#a", Field::new("f", Source::Html("."))).await?,
                    "some <b>bold</b>\n  and <i> italic </i> text<br>next   line"
                );
                assert_eq!(one(cx, ".", Field::new("f", Source::Count("p"))).await?, 3);
                Ok(())
            })
        });
        run.await.unwrap();
    });
}

#[test]
fn an_error_names_the_row_the_field_and_the_selector() {
    test(|bench| async move {
        let run = bench.run(bench.page(LIST), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let price = [Field {
                    matches: Some(r"[0-9.]+"),
                    cast: Some(Cast::Float),
                    ..Field::new("price", Source::Text(".price"))
                }];
                let id = [Field { cast: Some(Cast::Int), ..Field::new("id", Source::Attr("data-id", ".")) }];
                let bad = [Field::new("bad", Source::Text("a["))];
                let inner =
                    [Field::new("items", Source::Nested { from: ".item", repeat: true, fields: &price })];
                let mut all = Vec::new();
                for (from, repeat, fields) in [
                    (".item", true, &price),
                    (".item", true, &id),
                    ("ul", false, &inner),
                    (".none", false, &id),
                    (".none", true, &bad),
                    ("li..", true, &id),
                ] {
                    all.push(told(
                        extract::<Value>(cx, &Spec { name: "rows", from, repeat, limit: None, fields }).await,
                    ));
                }
                Ok(all)
            })
        });
        assert_eq!(
            json!(run.await.unwrap()),
            json!([
                "`rows[2].price`: `soon` at `.price` does not match `[0-9.]+`; write `optional` to take null",
                "`rows[2].id`: the element at `.` has no attribute `data-id`; write `optional` to take null",
                "`rows.items[2].price`: `soon` at `.price` does not match `[0-9.]+`; write `optional` to take null",
                "`rows`: no element matches `.none`; wait for it with `wait until`, or write `repeat` for a list that may be empty",
                "`a[` is not a valid selector",
                "`li..` is not a valid selector",
            ])
        );
    });
}

#[test]
fn text_from_a_page_is_made_well_formed() {
    test(|bench| async move {
        let url = bench.page("<p id=p></p><script>p.textContent = 'a\\ud800b\\ud83d\\ude00'; p.title = '\\udc00\\\\ud800'</script>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                Ok((text(cx, "p").await?, one(cx, "p", Field::new("f", Source::Attr("title", "."))).await?))
            })
        });
        assert_eq!(run.await.unwrap(), (json!("a\u{fffd}b\u{1f600}"), json!("\u{fffd}\\ud800")));
    });
}

#[test]
fn a_page_that_patches_the_dom_is_read_all_the_same() {
    test(|bench| async move {
        let url = bench.page(
        "<p>text</p><script>
            Element.prototype.querySelector = Document.prototype.querySelectorAll = () => [];
            JSON.stringify = () => 'fooled'; Array.prototype.map = () => ['fooled']; Array.prototype.toJSON = () => 'fooled';
            Object.defineProperty(Node.prototype, 'textContent', { get: () => 'fooled' });
        </script>",
    );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                Ok(text(cx, "p").await?)
            })
        });
        assert_eq!(run.await.unwrap(), "text");
    });
}

#[test]
fn a_thousand_rows_are_one_call() {
    #[derive(Deserialize, Serialize)]
    struct Row {
        id: i64,
        name: String,
        link: String,
        price: f64,
    }
    test(|bench| async move {
        let run = bench.run(bench.site.url("/rows?n=1000"), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let fields = [
                    Field { cast: Some(Cast::Int), ..Field::new("id", Source::Text(".id")) },
                    Field::new("name", Source::Text("a")),
                    Field { url: true, ..Field::new("link", Source::Attr("href", "a")) },
                    Field { cast: Some(Cast::Float), ..Field::new("price", Source::Text("td:last-child")) },
                ];
                let spec = Spec { name: "rows", from: "tr", repeat: true, limit: None, fields: &fields };
                let mut times = Vec::new();
                let mut rows: Vec<Row> = Vec::new();
                for _ in 0..10 {
                    let start = std::time::Instant::now();
                    rows = extract(cx, &spec).await?;
                    times.push(start.elapsed());
                }
                times.sort();
                Ok((rows, times[5]))
            })
        });
        let (rows, median): (_, Duration) = run.await.unwrap();
        eprintln!("1000 rows of 4 fields: {median:?}");
        assert_eq!(rows.len(), 1000);
        let last = &rows[999];
        assert_eq!((last.id, last.name.as_str(), last.price), (999, "Item 999", 999.5));
        assert!(
            last.link.ends_with("/item/999") && last.link.starts_with("http://127.0.0.1:"),
            "{}",
            last.link
        );
    });
}

#[test]
fn a_page_that_leaves_while_it_is_read_says_so() {
    test(|bench| async move {
        let rows = "<li>row".repeat(500);
        let script = "const left = +(sessionStorage.left ?? 40);
            sessionStorage.left = left - 1;
            if (left > 0) addEventListener('load', () => setTimeout(() => location.reload(), 10))";
        let url = bench.page(&format!("<script>{script}</script><ul>{rows}</ul>"));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                goto(cx, &url, Until::Dom, None).await?;
                let fields = [Field::new("text", Source::Text("."))];
                let spec = Spec { name: "rows", from: "li", repeat: true, limit: None, fields: &fields };
                let mut seen = Vec::new();
                for _ in 0..60 {
                    seen.push(extract::<Vec<Value>>(cx, &spec).await.map(|rows| rows.len()));
                }
                Ok(seen)
            })
        });
        for seen in run.await.unwrap() {
            match seen {
                // All of a document, be it the one or the next.
                Ok(rows) => assert_eq!(rows, 500),
                Err(error) => assert_eq!(
                    error.message(),
                    "`rows`: the page went on to another document while it was read; wait for what is to be read with \
                     `wait until` before"
                ),
            }
        }
    });
}
