//! Where a click lands, and when an element is at rest.

use std::time::Duration;

use serde_json::json;
use webtask::__rt::{Image, Shot, click, hover, screenshot};

use crate::bench::{Bench, SHORT, open, read, test, told};

/// A picture of 300×200 pixels.
const PICTURE: &str =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='300' height='200'/%3E";

/// What was clicked, in all of a page with this.
const LOG: &str = "<script>var log = []; addEventListener('click', event => {
    event.preventDefault(); const [inner] = event.composedPath(); log.push(inner.id || inner.localName) }, true)</script>";

/// Clicks on `#a` of a page, or on what a selector means, and gives the id of what was hit.
async fn hit(bench: &Bench, selector: &'static str, page: &str) -> String {
    let page = page.replace("PICTURE", &format!("usemap=#m width=300 height=200 src=\"{PICTURE}\""));
    let run = bench.run((selector, bench.page(&format!("{LOG}{page}"))), |cx, (selector, url)| {
        Box::pin(async move {
            open(cx, &url).await?;
            click(cx, selector, None, None, None).await?;
            Ok(read(cx, "return log.join()").await?)
        })
    });
    run.await.map_or_else(|error| error.to_string(), |log| log.as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_click_lands_on_the_element() {
    test(|bench| async move {
        for (page, expected) in [
            // Without a box of its own.
            ("<a id=a href=#x style='display:contents'><span id=in>Buy</span></a>", "in"),
            (
                "<div style='height:2000px'></div><div>aa <a id=a href=#x style='display:contents'>text</a></div><div style='height:2000px'></div>",
                "a",
            ),
            (
                "<style>#a::before { content: 'xyz' }</style><div style='height:2000px'></div><div>text <a id=a href=#x style='display:contents'></a></div>",
                "a",
            ),
            (
                "<style>#a::before { content: ''; position: absolute; left: 150px; top: 9px; width: 20px; height: 20px }</style><div style='position:relative'><a id=a href=#></a></div>",
                "a",
            ),
            ("<a id=a href=#><span id=in style='float:left'>x</span></a>", "in"),
            ("<a id=a href=#><div id=in style='height:50px'>x</div></a>", "in"),
            (
                "<div id=a style='visibility:hidden;height:100px'>b<b id=in style='visibility:visible'>c</b></div>",
                "in",
            ),
            ("<div id=a style='pointer-events:none'><b id=in style='pointer-events:auto'>xx</b></div>", "in"),
            // With several boxes, or a middle that is not its own.
            ("<div style='width:160px'>some words here and the <a id=a href=#>link over</a> go</div>", "a"),
            ("<button id=a style='border-radius:50%;width:100px;height:100px'>x</button>", "a"),
            ("<div id=a style='margin:80px;width:200px;height:10px;transform:rotate(45deg)'></div>", "a"),
            (
                "<div style='position:relative;width:200px;height:40px'><button id=a style='width:200px;height:40px'>x</button><div style='position:absolute;inset:0 20px'></div></div>",
                "a",
            ),
            // Drawings.
            (
                "<svg width=100 height=100><circle id=a cx=50 cy=50 r=40 fill=none stroke=red></circle></svg>",
                "a",
            ),
            (
                "<svg width=200 height=200><path id=a d='M10 100 A90 90 0 0 1 190 100' fill=none stroke=red stroke-width=3></path></svg>",
                "a",
            ),
            (
                "<svg width=200 height=200><polyline id=a points='10,10 10,190 190,190' fill=none stroke=red></polyline></svg>",
                "a",
            ),
            ("<svg width=200 height=200><line id=a x1=0 y1=9 x2=90 y2=9 stroke=red></line></svg>", "a"),
            ("<svg width=200 height=200><text id=a x=20 y=50>hi</text></svg>", "a"),
            (
                "<svg width=200 height=200><a id=a href=#><circle id=in cx=50 cy=50 r=40 fill=none stroke=red></circle></a></svg>",
                "in",
            ),
            (
                "<svg width=200 height=200 style='transform:scale(.5)'><g id=a><path id=in d='M10 100 A90 90 0 0 1 190 100' fill=none stroke=red></path></g></svg>",
                "in",
            ),
            (
                "<svg width=0 height=0><defs><path id=p d='M0 50 A50 50 0 0 1 100 50' fill=none stroke=red></path></defs></svg><svg width=200 height=200><use id=a href=#p x=20 y=20></use></svg>",
                "a",
            ),
            (
                "<button id=b><svg width=20 height=20 style='pointer-events:none'><circle id=a cx=10 cy=10 r=5></circle></svg></button>",
                "b",
            ),
            // Image maps.
            (
                "<div style='height:1500px'></div><img style='padding:5px;border:3px solid' PICTURE><map name=m><area id=b href=#1 coords=0,0,300,100><area id=a href=#2 coords=0,100,300,200></map>",
                "a",
            ),
            ("<img PICTURE><map name=m><area id=a shape=circle href=#1 coords=250,150,20></map>", "a"),
            (
                "<img PICTURE><map name=m><area id=a shape=poly href=#1 coords='0,0,20,0,20,180,280,180,280,0,300,0,300,200,0,200'></map>",
                "a",
            ),
            (
                "<img PICTURE><map name=m><area id=b href=#1 coords='50,50,250,150'><area id=a shape=default href=#2></map>",
                "a",
            ),
            ("<img hidden PICTURE><img PICTURE><map name=m><area id=a href=#1 coords=0,0,50,50></map>", "a"),
            (
                "<img style='transform:scale(.5)' PICTURE><map name=m><area id=a href=#1 coords=280,180,300,200></map>",
                "a",
            ),
            ("<img id=a PICTURE><map name=m><area id=b href=#1 coords=100,50,200,150></map>", "b"),
            // A link or a label does its own, where there is room beside what is in it; a plain element is clicked in its middle.
            (
                "<a id=a href=#x style='display:inline-block;padding:20px;width:300px'><button id=in style='width:100%'>x</button></a>",
                "a",
            ),
            ("<a id=a href=#x><button id=in>xxx</button></a>", "in"),
            (
                "<label id=a>I accept <a id=in href=#>the very long terms and conditions of this</a> ok<input type=checkbox></label>",
                "a",
            ),
            ("<table><td id=a style='padding:20px'><button id=in>xxx</button></table>", "in"),
            // Shadow trees and lists.
            (
                "<x-h><template shadowrootmode=open><button><slot></slot></button></template><b id=a>bbb</b></x-h>",
                "a",
            ),
            ("<select multiple><option id=a>x</select>", "a"),
            // Scrolled from under a bar that stays in a box.
            (
                "<div style='height:120px;overflow:auto'><h6 style='position:sticky;top:0;margin:0;height:40px;background:red'>h</h6><div style='height:300px'></div><div id=a style='height:24px'>x</div><div style='height:300px'></div></div>",
                "a",
            ),
        ] {
            assert_eq!(hit(&bench, "#a", page).await, expected, "{page}");
        }
        let shadow =
            "<x-h>text<template shadowrootmode=open><button id=a><slot></slot></button></template></x-h>";
        assert_eq!(hit(&bench, "x-h >> #a", shadow).await, "a");
    });
}

#[test]
fn an_image_taller_than_the_window_is_scrolled_to_its_area() {
    test(|bench| async move {
        let page = format!(
            "<img usemap=#m width=300 height=3000 src=\"{PICTURE}\"><map name=m><area id=a href=#1 coords=0,2900,50,2950></map>"
        );
        assert_eq!(hit(&bench, "area", &page).await, "a");
    });
}

#[test]
fn what_cannot_be_hit_is_told() {
    test(|bench| async move {
        let url = bench.page(
            "<a id=passed style='pointer-events:none'>x</a><div inert><a id=inert>x</a></div><select><option id=option>x</select>",
        );
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for selector in ["#passed", "#inert", "#option"] {
                    all.push(told(click(cx, selector, None, None, SHORT).await));
                }
                all.push(told(hover(cx, "#option", SHORT).await));
                Ok(all)
            })
        });
        assert_eq!(
            json!(run.await.unwrap()),
            json!([
                "`#passed` could not be clicked within 150ms: it ignores the mouse: `pointer-events: none` or `inert` is set",
                "`#inert` could not be clicked within 150ms: it ignores the mouse: `pointer-events: none` or `inert` is set",
                "`#option` cannot be clicked: it is an option of a closed list, so use `select`",
                "`#option` cannot be reached by the mouse: it is an option of a closed list, so use `select`",
            ])
        );
    });
}

#[test]
fn what_stays_below_the_mouse_is_at_rest() {
    test(|bench| async move {
        let style = "<style>@keyframes pulse { from { transform: scale(1) } to { transform: scale(1.2) } }
            @keyframes pump { from { transform: scale(.2) } to { transform: scale(1.2) } }
            @keyframes spin { to { rotate: 360deg } } @keyframes bounce { to { translate: 0 -6px } } @keyframes away { to { translate: 600px } }
            @keyframes in { from { translate: 500px } }</style>";
        for animation in [
            "pulse .7s infinite alternate",
            "pump .5s infinite alternate",
            "spin 1s linear infinite",
            "bounce .5s infinite alternate",
            "away 20s linear infinite",
            "in .3s ease-out",
        ] {
            let page = format!(
                "{style}<button id=a style='margin:40px;animation:{animation}'>Buy now or never</button>"
            );
            assert_eq!(hit(&bench, "#a", &page).await, "a", "{animation}");
        }
        // It would be away before the click comes.
        let page = format!("{style}<button id=a style='animation:away 1s linear infinite'>x</button>");
        let run = bench.run(bench.page(&page), |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                Ok(told(click(cx, "#a", None, None, Some(Duration::from_millis(600))).await))
            })
        });
        assert_eq!(run.await.unwrap(), "`#a` could not be clicked within 600ms: it is moving");
    });
}

#[test]
fn a_picture_is_of_all_that_an_element_shows() {
    test(|bench| async move {
        let url = bench.page(&format!(
            "<style>body {{ margin: 0 }} @keyframes pulse {{ to {{ transform: scale(1.1) }} }}</style>
            <x-a id=contents style='display:contents'><div style='width:40px;height:20px'></div><div style='width:60px;height:30px'></div></x-a>
            <img usemap=#m width=300 height=200 src=\"{PICTURE}\"><map name=m><area href=#1 coords=10,10,80,50></map>
            <div id=pulsing style='width:100px;height:50px;animation:pulse .5s infinite alternate'></div>",
        ));
        let run = bench.run(url, |cx, url| {
            Box::pin(async move {
                open(cx, &url).await?;
                let mut all = Vec::new();
                for selector in ["#contents", "area", "#pulsing"] {
                    let shot =
                        Shot { selector: Some(selector), full: false, format: Image::Png, quality: None };
                    let image = screenshot(cx, None, &shot).await?.base64();
                    all.push(size(&image));
                }
                Ok(all)
            })
        });
        let sizes = run.await.unwrap();
        assert_eq!(sizes[..2], [(60, 50), (70, 40)]);
        let (width, height) = sizes[2];
        assert!((100..=111).contains(&width) && (50..=56).contains(&height), "{width}×{height}");
    });
}

/// The size of a PNG.
fn size(base64: &str) -> (u32, u32) {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(base64).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
