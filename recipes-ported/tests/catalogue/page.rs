//! `interaction/…` and `js-modules/…`.

use serde_json::json;

use crate::service::run;

#[test]
fn form_fill() {
    run(async |service| {
        let input = json!({
            "name": "Ada \"Lovely\" Lace", "email": "ada@example.com", "table": "Window", "size": "large",
            "bread": false, "note": "no onions\nthank you",
        });
        let answer = service.call("interaction/form-fill", input).await;
        answer
            .is(json!({ "confirmation": { "number": 4017, "entries": [
                { "label": "Name", "value": "Ada \"Lovely\" Lace" },
                { "label": "E-mail", "value": "ada@example.com" },
                { "label": "Table", "value": "w1" },
                { "label": "Size", "value": "large" },
                { "label": "Note", "value": "no onions thank you" },
                { "label": "Bread", "value": "—" },
            ] } }))
            .says(&["filling in the form", "sending it"]);
    });
}

#[test]
fn scroll_feed() {
    run(async |service| {
        let texts = [
            "A gull took my sandwich",
            "It was a good sandwich",
            "Low water at six",
            "Who moved the buoy?",
            "Not me",
            "Fog",
            "More fog",
            "Is that a ship?",
            "It was a ship",
        ];
        let post = |(index, text): (usize, &&str)| {
            let author = ["mira", "otto", "ada"][index % 3];
            json!({ "id": 9 - index, "author": author, "text": text, "likes": index * 7 % 11 })
        };
        let posts: Vec<_> = texts.iter().enumerate().map(post).collect();
        service
            .call("interaction/scroll-feed", json!({}))
            .await
            .is(json!({ "posts": posts }))
            .says(&["9 posts"]);
    });
}

#[test]
fn page_stats() {
    run(async |service| {
        service.call("js-modules/page-stats", json!({})).await.is(json!({ "stats": {
            "elements": 22, "depth": 5, "words": 28, "headings": 3, "links": 8, "images": 2, "imagesWithoutAlt": 1,
        } }));
    });
}

#[test]
fn meta_tags() {
    run(async |service| {
        service.call("js-modules/meta-tags", json!({})).await.is(json!({ "meta": {
            "title": "Notes from a lighthouse",
            "canonical": "https://blog.example/",
            "tags": {
                "viewport": "width=device-width, initial-scale=1",
                "description": "Weather, lamps and \"quiet\".",
                "author": "I. Keeper",
                "og:title": "Notes from a lighthouse",
                "og:type": "website",
                "og:image": "https://blog.example/lamp.png",
                "twitter:card": "summary",
            },
        } }));
        let input = json!({ "url": "https://example.com/", "prefix": "view" });
        service.call("js-modules/meta-tags", input).await.is(json!({ "meta": {
            "title": "Example Domain",
            "canonical": null,
            "tags": { "viewport": "width=device-width, initial-scale=1" },
        } }));
    });
}

#[test]
fn all_links() {
    run(async |service| {
        let inside = [
            json!({ "url": "https://blog.example/", "text": "Home", "outside": false }),
            json!({ "url": "https://blog.example/posts/fog", "text": "Fog", "outside": false }),
            json!({ "url": "https://blog.example/posts/lens", "text": "The lens", "outside": false }),
        ];
        let horn = json!({ "url": "https://horn.example/manual", "text": "horn", "outside": true });
        let all: Vec<_> = inside.iter().chain([&horn]).collect();
        service.call("js-modules/all-links", json!({})).await.is(json!({ "links": all })).says(&["4 links"]);
        service
            .call("js-modules/all-links", json!({ "outside": false }))
            .await
            .is(json!({ "links": inside }));
    });
}
