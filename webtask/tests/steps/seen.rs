//! What can be seen: `wait until … visible` and `gone`, which say the same of every page but while something blinks.

use std::time::Duration;

use serde_json::json;
use webtask::__rt::{Awaited, click, wait_until};

use crate::bench::{Bench, SHORT, open, test, told};

/// A picture of 300×200 pixels.
const PICTURE: &str =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='300' height='200'/%3E";

/// Whether `visible` and `gone` hold of a selector in each page.
async fn seen(bench: &Bench, selector: &'static str, pages: &[&str]) -> Vec<(bool, bool)> {
    let urls: Vec<_> = pages.iter().map(|page| bench.page(&page.replace("PICTURE", PICTURE))).collect();
    let run = bench.run((selector, urls), |cx, (selector, urls)| {
        Box::pin(async move {
            let mut all = Vec::new();
            for url in urls {
                open(cx, &url).await?;
                let limit = Some(Duration::from_millis(20));
                let visible = wait_until(cx, selector, Awaited::Visible, None, limit).await;
                let gone = wait_until(cx, selector, Awaited::Gone, None, limit).await;
                all.push((visible.is_ok(), gone.is_ok()));
            }
            Ok(all)
        })
    });
    run.await.unwrap()
}

async fn all_are(bench: &Bench, selector: &'static str, is_visible: bool, pages: &[&str]) {
    for (page, seen) in pages.iter().zip(seen(bench, selector, pages).await) {
        assert_eq!(seen, (is_visible, !is_visible), "{page}");
    }
}

#[test]
fn what_an_element_shows_is_seen() {
    test(|bench| async move {
        let pages = [
            // Without a box of its own.
            "<x-a id=a style='display:contents'><div>x</div></x-a>",
            "<x-a id=a style='display:contents'><x-b style='display:contents'><div>x</div></x-b></x-a>",
            "<div><x-a id=a style='display:contents'>text</x-a></div>",
            "<div><x-a id=a style='display:contents;opacity:0'>text</x-a></div>",
            "<style>#a::before { content: 'x' }</style><div><x-a id=a style='display:contents'></x-a></div>",
            "<style>#a::before { content: ''; display: block; width: 9px; height: 9px }</style><div><x-a id=a style='display:contents'></x-a></div>",
            "<details open><summary>s</summary><x-a id=a style='display:contents'>text</x-a></details>",
            "<x-h id=a style='display:contents'><template shadowrootmode=open><p>x</p></template></x-h>",
            "<div><x-h id=a style='display:contents'><template shadowrootmode=open>x</template></x-h></div>",
            // With one of no size.
            "<a id=a href=#><div>x</div></a>",
            "<a id=a href=#><span style='float:left'>x</span></a>",
            "<a id=a href=#><span style='position:absolute;left:50px'>x</span></a>",
            "<a id=a href=#><img width=9 height=9 style='float:right'></a>",
            "<style>#a::after { content: ''; position: absolute; width: 20px; height: 20px; background: red }</style><a id=a></a>",
            "<div id=a style='height:0'><b>x</b></div>",
            "<div id=a style='height:0'>x</div>",
            "<div id=a><div style='position:fixed;width:10px;height:10px'></div></div>",
            "<svg><line id=a x1=0 y1=5 x2=50 y2=5 stroke=red></line></svg>",
            "<svg><g id=a><line x1=0 y1=5 x2=50 y2=5 stroke=red></line></g></svg>",
            "<svg><symbol id=s><line x1=0 y1=5 x2=50 y2=5 stroke=red></line></symbol><use id=a href=#s></use></svg>",
            "<svg><symbol id=s><line x1=0 y1=5 x2=50 y2=5></line></symbol><use id=a href=#s stroke=red></use></svg>",
            "<svg><defs><path id=s d='M5 0v50' stroke=red></path></defs><use id=a xlink:href=#s></use></svg>",
            // Another way to be hidden, and what is shown all the same.
            "<div id=a style='visibility:hidden'>a<b style='visibility:visible'>b</b></div>",
            "<div style='height:0;overflow:hidden'><p><b id=a style='position:absolute'>x</b></p></div>",
            "<div style='height:0;overflow:hidden;position:relative'><b id=a style='position:fixed'>x</b></div>",
            "<div style='clip-path:inset(10%)'><b id=a>x</b></div>",
            "<div style='clip-path:circle(50% at 0 0)'><b id=a>x</b></div>",
            "<div id=a style='opacity:.01'>b</div>",
            "<details><summary id=a>s</summary><b>text</b></details>",
            "<x-h><template shadowrootmode=open><p><slot></slot></p></template><b id=a>b</b></x-h>",
            // Where it is does not count.
            "<div style='height:5000px'></div><div style='content-visibility:auto'><b id=a>x</b></div>",
            "<b id=a style='position:absolute;left:-9999px'>x</b>",
            "<a id=a style='display:block;text-indent:-9999px;width:50px;height:50px'>x</a>",
            "<b id=a>x</b><div style='position:fixed;inset:0;background:red'></div>",
            // Parts of lists and pictures.
            "<select><option id=a>x</select>",
            "<select><optgroup id=a label=x><option>x</select>",
            "<select multiple><option id=a>x</select>",
            "<img usemap=#m width=100 height=100 src=\"PICTURE\"><map name=m><area id=a coords=0,0,50,50></map>",
            "<img usemap=#m width=100 height=100 src=\"PICTURE\"><map id=a name=m><area coords=0,0,50,50></map>",
        ];
        all_are(&bench, "#a", true, &pages).await;
        all_are(&bench, "iframe >> #a", true, &["<iframe srcdoc='<b id=a>x</b>'></iframe>"]).await;
    });
}

#[test]
fn what_shows_nothing_is_gone() {
    test(|bench| async move {
        let pages = [
            "<x-a id=a style='display:contents'>  </x-a>",
            "<style>#a::before { content: '' }</style><div><x-a id=a style='display:contents'></x-a></div>",
            "<div hidden><x-a id=a style='display:contents'>text</x-a></div>",
            "<div style='visibility:hidden'><x-a id=a style='display:contents'>text</x-a></div>",
            "<x-a id=a style='display:contents'><div hidden>x</div></x-a>",
            "<x-a id=a style='display:contents'><div style='opacity:0'>x</div></x-a>",
            "<details><summary>s</summary><x-a id=a style='display:contents'>text</x-a></details>",
            "<details><summary>s</summary><b id=a>text</b></details>",
            "<div style='content-visibility:hidden'><x-a id=a style='display:contents'>text</x-a></div>",
            "<div style='content-visibility:hidden'><b id=a>x</b></div>",
            "<div id=a></div>",
            "<i id=a style='visibility:hidden'>b</i>",
            "<svg><line id=a x1=0 y1=5 x2=50 y2=5></line></svg>",
            "<svg><symbol id=s><line x1=0 y1=5 x2=50 y2=5></line></symbol><use id=a href=#s></use></svg>",
            "<svg><use id=a href=#none></use></svg>",
            "<svg><defs><path id=a d='M0 0 h10 v10' stroke=red></path></defs></svg>",
            // Faded.
            "<div id=a style='opacity:0'>b</div>",
            "<div style='opacity:0'><p><b id=a>b</b></div>",
            "<div style='filter:blur(1px) opacity(0)'><b id=a>b</b></div>",
            "<x-h style='opacity:0'><template shadowrootmode=open><slot></slot></template><b id=a>b</b></x-h>",
            "<x-h><template shadowrootmode=open><p style='opacity:0'><slot></slot></p></template><b id=a>b</b></x-h>",
            "<x-h><template shadowrootmode=open><p>x</p></template><b id=a>b</b></x-h>",
            // Cut off.
            "<div id=a style='height:0;overflow:hidden'><b>x</b></div>",
            "<div style='max-height:0;overflow:hidden'><p><b id=a>x</b></p></div>",
            "<div style='height:0;overflow:hidden;position:relative'><b id=a style='position:absolute'>x</b></div>",
            "<b id=a style='position:absolute;clip:rect(0,0,0,0)'>x</b>",
            "<b id=a style='position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(1px 1px 1px 1px)'>x</b>",
            "<b id=a style='display:block;clip-path:inset(50%)'>x</b>",
            "<div style='clip-path:inset(0 0 100% 0)'><b id=a>x</b></div>",
            "<div style='clip-path:circle(0)'><b id=a>x</b></div>",
            "<div style='clip-path:polygon(0 0,0 0,0 0)'><b id=a>x</b></div>",
            // Parts of what is not there.
            "<select hidden><option id=a>x</select>",
            "<select><option id=a hidden>x</select>",
            "<datalist><option id=a>x</datalist>",
            "<map name=m><area id=a coords=0,0,50,50></map>",
            "<img hidden usemap=#m width=100 height=100 src=\"PICTURE\"><map name=m><area id=a coords=0,0,50,50></map>",
            "<img usemap=#m width=100 height=100 src=\"PICTURE\"><map name=m><area id=a coords=200,0,250,50></map>",
        ];
        all_are(&bench, "#a", false, &pages).await;
        let frame = "<iframe style='opacity:0' srcdoc='<b id=a>x</b>'></iframe>";
        all_are(&bench, "iframe >> #a", false, &[frame]).await;
        bench.site.page("/inner", "<b id=a>x</b>");
        let elsewhere = bench.site.url("/inner").replace("127.0.0.1", "localhost");
        let far = format!("<div style='opacity:0'><iframe src='{elsewhere}'></iframe></div>");
        all_are(&bench, "iframe >> #a", false, &[&far]).await;
    });
}

#[test]
fn what_blinks_is_not_gone_and_what_has_faded_is() {
    test(|bench| async move {
        let blink = "<style>@keyframes blink { 0%, 60% { opacity: 0 } 70% { opacity: 1 } } @keyframes hide { to { visibility: hidden } }
            @keyframes turn { to { rotate: 360deg } } @keyframes pop { 0%, 100% { transform: scale(0) } 50% { transform: scale(1) } }
            @keyframes fade { to { opacity: 0 } } @keyframes grow { to { transform: scale(1.1) } }
            #a, i { display: block }</style>";
        for (page, is_gone) in [
            ("<b id=a style='animation: blink .3s infinite'>x</b>", false),
            ("<div style='animation: blink .3s steps(2) infinite'><b id=a>x</b></div>", false),
            ("<b id=a style='animation: hide .3s steps(2, jump-none) infinite'>x</b>", false),
            ("<b id=a style='animation: pop .3s infinite'>x</b>", false),
            (
                "<b id=a style='display: contents'><i style='animation: blink .3s infinite'>.</i><i style='animation: blink .3s infinite'>.</i></b>",
                false,
            ),
            ("<b id=a style='animation: fade .2s forwards'>x</b>", true),
            (
                "<b id=a style='transition: opacity .2s'>x</b><script>onload = () => setTimeout(() => a.style.opacity = 0, 50)</script>",
                true,
            ),
            // What moves or blinks in a veil that has faded.
            ("<div style='opacity: 0'><b id=a style='animation: turn .3s infinite'>x</b></div>", true),
            ("<div style='opacity: 0'><b id=a style='animation: blink .3s infinite'>x</b></div>", true),
            (
                "<div style='animation: grow .3s infinite'>x<b id=a style='visibility: hidden'>x</b></div>",
                true,
            ),
        ] {
            let limit = (!is_gone).then_some(Duration::from_millis(800));
            let run = bench.run((bench.page(&format!("{blink}{page}")), limit), |cx, (url, limit)| {
                Box::pin(async move {
                    open(cx, &url).await?;
                    Ok(told(wait_until(cx, "#a", Awaited::Gone, None, limit).await))
                })
            });
            let ended = run.await.unwrap();
            let expected =
                if is_gone { "no error" } else { "`#a` was not gone within 800ms: it is still visible" };
            assert_eq!(ended, expected, "{page}");
        }
    });
}

#[test]
fn what_is_faded_is_clicked_only_where_the_mouse_hits_it() {
    test(|bench| async move {
        let box_ = "<div style='position:relative;width:30px;height:30px'>";
        let faded = "<button id=a style='position:absolute;inset:0;opacity:0' onclick='document.title = 1'>x</button>";
        let run = bench.run(
            (
                bench.page(&format!("{box_}{faded}<i>drawn</i></div>")),
                bench.page(&format!("{box_}{faded}<i style='position:absolute;inset:0'></i></div>")),
            ),
            |cx, (over, under)| {
                Box::pin(async move {
                    open(cx, &over).await?;
                    let over = told(click(cx, "#a", None, None, None).await);
                    open(cx, &under).await?;
                    Ok(json!([over, told(click(cx, "#a", None, None, SHORT).await)]))
                })
            },
        );
        assert_eq!(
            run.await.unwrap(),
            json!(["no error", "`#a` could not be clicked within 150ms: it is in the page but not visible"])
        );
    });
}
