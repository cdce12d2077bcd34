//! Texts as a reader sees them: what is found by them, and what is read of a page that lays them out.

use serde_json::{Value, json};
use webtask::__rt::{Awaited, Cx, Field, Match, Source, Spec, click, extract, select, wait_until};

use crate::bench::{SHORT, open, read, test, told};

const PAGE: &str = "
<button onclick=\"document.title = 'ordered'\">Kosten\u{ad}pflichtig be\u{200b}stellen</button>
<a href='#d' onclick=\"document.title = 'loaded'\">Down\u{2060}load\u{feff}</a>
<p id=price>12\u{a0}345,00\u{202f}\u{20ac}</p><p id=name>Rene\u{301}</p><p id=rtl>\u{200f}abc\u{200e} \u{2067}def\u{2069}</p>
<p id=heart>\u{2764}\u{fe0f}</p><p id=caps style='text-transform:uppercase'>stra\u{df}e</p>
<select><option value=1>Zu\u{ad}satz\u{a0}eins<option value=2>zwei</select>";

#[test]
fn what_nobody_sees_counts_for_nothing_on_both_sides() {
    test(|bench| async move {
        let run = bench.run(bench.page(PAGE), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let exactly = Match { text: "Kostenpflichtig bestellen", exact: true };
                click(cx, "button", Some(exactly), None, SHORT).await?;
                let mut titles = vec![read(cx, "return document.title").await?];
                click(cx, "a", Some(Match { text: "Download", exact: false }), None, SHORT).await?;
                titles.push(read(cx, "return document.title").await?);
                for (selector, text) in [
                    ("#price", "12 345,00 \u{20ac}"),
                    ("#price", "12\u{2007}345"),
                    ("#name", "Ren\u{e9}"),
                    ("#name", "Rene\u{301}"),
                    ("#rtl", "abc def"),
                    ("#rtl", "a\u{200d}bc"),
                    ("#heart", "\u{2764}"),
                    ("#caps", "STRASSE"),
                    ("button", "pflich\u{ad}tig"),
                ] {
                    wait_until(cx, selector, Awaited::Visible, Some(text), SHORT).await?;
                }
                select(cx, "select", "Zusatz eins", SHORT).await?;
                titles.push(read(cx, "return document.querySelector('select').value").await?);
                Ok(titles)
            })
        });
        assert_eq!(run.await.unwrap(), [json!("ordered"), json!("loaded"), json!("1")]);
    });
}

#[test]
fn an_error_says_in_which_character_texts_differ() {
    test(|bench| async move {
        let url = bench
            .page("<p id=a>It\u{2019}s here</p><p class=b>other<p class=b>A \u{2013} B</p><p id=c>Sum</p>");
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for (selector, text) in
                    [("#a", "It's"), (".b", "A - B"), ("#c", "sum"), ("#c", "none"), ("#a", "\u{410}")]
                {
                    all.push(told(wait_until(cx, selector, Awaited::Present, Some(text), SHORT).await));
                }
                Ok(all)
            })
        });
        let all = run.await.unwrap();
        for (told, why) in all.iter().zip([
            "the one that matches says `It\u{2019}s here`, with `\u{2019}` (U+2019) where `'` (U+0027) is wanted",
            "none of 2 that match has it, one says `A \u{2013} B`, with `\u{2013}` (U+2013) where `-` (U+002D) is wanted",
            "the one that matches says `Sum`, with `S` (U+0053) where `s` (U+0073) is wanted",
            "the one that matches says `Sum`",
            "the one that matches says `It\u{2019}s here`",
        ]) {
            assert!(told.ends_with(why), "{told}");
        }
    });
}

async fn text(cx: &Cx, selector: &str) -> Result<Value, webtask::Error> {
    let field = [Field::new("f", Source::Text(selector))];
    let spec = Spec { name: "page", from: "html", repeat: false, limit: None, fields: &field };
    let value: Value = extract(cx, &spec).await?;
    Ok(value["f"].clone())
}

#[test]
fn a_text_has_a_break_where_the_page_lays_one_out() {
    test(|bench| async move {
        let url = bench.page(
            "<style>
                .b { display: block } .f { display: flex } .g { display: inline-grid } x-name { display: block }
                .t { display: table } .r { display: table-row } .c { display: table-cell } .i { display: inline }
                .l { float: left } .a { position: absolute } .n { display: contents } .k { display: inline-block }
            </style>
            <div id=block><span>1</span><span class=b>2</span>3</div>
            <div id=custom><x-name>Name</x-name><x-value>Ada</x-value></div>
            <div id=flex><span class=f><span>Price</span><span>9.90</span></span></div>
            <div id=grid><span class=g><i>a</i><i>b</i></span></div>
            <div id=table><span class=t><span class=r><span class=c>1</span><span class=c>2</span></span><span class=r><span class=c>3</span></span></span></div>
            <div id=inline><b>in</b>line <i>sty</i>le</div>
            <div id=unblocked><div class=i>one</div><p class=i>two</p></div>
            <div id=out><span class=l>a</span><span>b</span><span class=a>c</span></div>
            <div id=contents>x<div class=n>y</div>z</div>
            <div id=boxes><span class=k>H</span><span class=k>i</span></div>
            <div id=hidden>a<span class=b style='display:none'>b</span>c<div hidden>d</div>e</div>
            <div id=lines style='white-space:pre-line'>one  two\n  three</div>
            <div id=kept style='white-space:pre-wrap'><b>a  b</b>\n  c</div>
            <pre id=folded style='white-space:normal'>a\n  b</pre>
            <svg><text id=svg><tspan>a</tspan><tspan>b</tspan></text></svg>
            <div id=unseen>Do\u{ad}nau <b>dampf\u{200b}</b>\u{feff}schiff\u{a0}x 👩\u{200d}💻</div><p id=leaf>Do\u{ad}nau</p>
            <x-host id=host><template shadowrootmode=open><style>::slotted(i) { display: block }</style><slot></slot></template><i>a</i><i>b</i></x-host>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut wrong = Vec::new();
                for (selector, expected) in [
                    ("#block", "1\n2\n3"),
                    ("#custom", "Name\nAda"),
                    ("#flex", "Price\n9.90"),
                    ("#grid", "a\nb"),
                    ("#table", "1\t2\n3"),
                    ("#inline", "inline style"),
                    ("#unblocked", "onetwo"),
                    ("#out", "a\nb\nc"),
                    ("#contents", "xyz"),
                    ("#boxes", "Hi"),
                    ("#hidden", "abc\nd\ne"),
                    ("#lines", "one two\nthree"),
                    ("#kept", "a  b\n  c"),
                    ("#folded", "a b"),
                    ("#svg", "ab"),
                    ("#unseen", "Donau dampfschiff\u{a0}x 👩\u{200d}💻"),
                    ("#leaf", "Donau"),
                    ("#host", "a\nb"),
                ] {
                    let found = text(cx, selector).await?;
                    if found != expected {
                        wrong.push(format!("{selector}: {found}"));
                    }
                }
                Ok(wrong)
            })
        });
        assert_eq!(run.await.unwrap(), Vec::<String>::new());
    });
}
