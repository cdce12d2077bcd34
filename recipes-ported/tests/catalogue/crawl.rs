//! `crawl/…`.

use serde_json::json;

use crate::service::run;

#[test]
fn hackernews_top() {
    run(async |service| {
        let answer = service.call("crawl/hackernews-top", json!({})).await;
        answer
            .is(json!({ "stories": [
                {
                    "id": "71000101", "rank": 1,
                    "title": "Show HN: A kettle that reports its temperature over I²C",
                    "link": "https://kettle.example/i2c", "site": "kettle.example",
                    "points": 412, "author": "steamer", "posted": "2026-11-20T08:15:00", "comments": 187,
                },
                {
                    "id": "71000087", "rank": 2,
                    "title": "Ask HN: How do you label the boxes in your cellar?",
                    "link": "https://news.ycombinator.com/item?id=71000087", "site": null,
                    "points": 96, "author": "boxfriend", "posted": "2026-11-20T07:40:12", "comments": 1,
                },
                {
                    "id": "71000093", "rank": 3,
                    "title": "Lamplight (YC W27) is hiring an engineer for \"slow\" software",
                    "link": "https://lamplight.example/jobs", "site": "lamplight.example",
                    "points": null, "author": null, "posted": "2026-11-20T07:02:33", "comments": null,
                },
                {
                    "id": "71000055", "rank": 4,
                    "title": "Why ladders lean & what it costs",
                    "link": "https://ladders.example/why?lean=1&cost=2", "site": "ladders.example",
                    "points": 1, "author": "rung", "posted": "2026-11-20T06:59:59", "comments": null,
                },
            ] }))
            .says(&["reading page 1"])
            .tells(&[("found", "4 stories", json!({ "count": 4, "page": 1 }))]);

        let second = service.call("crawl/hackernews-top", json!({ "page": 2 })).await;
        second.is(json!({ "stories": [{
            "id": "70999801", "rank": 31, "title": "A field guide to door handles",
            "link": "http://handles.example/guide.pdf", "site": "handles.example",
            "points": 58, "author": "hinge", "posted": "2026-11-19T22:10:45", "comments": 23,
        }] }));
        let two = service.call("crawl/hackernews-top", json!({ "limit": 2 })).await;
        assert_eq!(two.data["stories"].as_array().map(Vec::len), Some(2));
    });
}

#[test]
fn github_trending() {
    run(async |service| {
        let answer = service.call("crawl/github-trending", json!({})).await;
        answer
            .is(json!({ "repositories": [
                {
                    "name": "orchard-works/pomona", "link": "https://github.com/orchard-works/pomona",
                    "description": "Tells ripe apples from unripe ones & never eats them.", "language": "Python",
                    "stars": 12345, "forks": 1024, "gained": 1310, "builders": ["quince", "medlar"],
                },
                {
                    "name": "nightbus/timetables", "link": "https://github.com/nightbus/timetables",
                    "description": null, "language": "Rust",
                    "stars": 987, "forks": 41, "gained": 88, "builders": ["lastbus"],
                },
                {
                    "name": "paper-boats/awesome-folding", "link": "https://github.com/paper-boats/awesome-folding",
                    "description": "A list of lists of folds", "language": null,
                    "stars": 4004, "forks": 0, "gained": 17, "builders": [],
                },
            ] }))
            .says(&["reading what is trending in all languages", "3 repositories"]);

        let rust =
            service.call("crawl/github-trending", json!({ "language": "rust", "since": "weekly" })).await;
        rust.is(json!({ "repositories": [{
            "name": "nightbus/timetables", "link": "https://github.com/nightbus/timetables",
            "description": "Reads timetables, prints regrets", "language": "Rust",
            "stars": 987, "forks": 41, "gained": 402, "builders": ["lastbus", "nightowl"],
        }] }));
    });
}

#[test]
fn wikipedia_toc() {
    let link = |anchor: &str| format!("https://en.wikipedia.org/wiki/Tidal_island#{anchor}");
    let section = |level: u8, number: &str, title: &str, anchor: &str| json!({ "level": level, "number": number, "title": title, "link": link(anchor) });
    run(async |service| {
        let answer = service.call("crawl/wikipedia-toc", json!({})).await;
        answer
            .is(json!({ "host": "en.wikipedia.org", "page": { "title": "Tidal island", "sections": [
                section(1, "1", "Formation", "Formation"),
                section(2, "1.1", "Tombolos", "Tombolos"),
                section(3, "1.1.1", "Double tombolos", "Double_tombolos"),
                section(2, "1.2", "Causeways & fords", "Causeways_&_fords"),
                section(1, "2", "Crossing", "Crossing"),
                section(1, "3", "See also", "See_also"),
            ] } }))
            .says(&["Tidal island: 6 sections"]);

        let error = service.fail("crawl/wikipedia-toc", json!({ "article": "No such article" })).await;
        assert_eq!(error["code"], "NAVIGATION_FAILED");
    });
}

#[test]
fn trending_papers() {
    run(async |service| {
        let answer = service.call("crawl/trending-papers", json!({})).await;
        answer
            .is(json!({
                "papers": [
                    {
                        "id": "2611.04321", "title": "Counting Sheep: Sleep as a Scheduling Problem",
                        "link": "https://huggingface.co/papers/2611.04321",
                        "abstract": "We let a model fall asleep, and measure what it forgets.",
                        "published": "Nov 12, 2026", "authors": ["A. Quince", "B. Medlar"], "upvotes": 214,
                        "code": "https://github.com/sheep-lab/counting", "stars": "3.1k",
                    },
                    {
                        "id": "2610.00077", "title": "On the Length of Corridors in <Attention>",
                        "link": "https://huggingface.co/papers/2610.00077",
                        "abstract": null,
                        "published": "Oct 2, 2026", "authors": ["C. Hinge"], "upvotes": 88,
                        "code": null, "stars": null,
                    },
                ],
                "ids": ["2611.04321", "2610.00077"],
            }))
            .tells(&[
                (
                    "paper",
                    "Counting Sheep: Sleep as a Scheduling Problem",
                    json!({ "id": "2611.04321", "upvotes": 214 }),
                ),
                (
                    "paper",
                    "On the Length of Corridors in <Attention>",
                    json!({ "id": "2610.00077", "upvotes": 88 }),
                ),
            ]);
    });
}

#[test]
fn quotes_paginated() {
    run(async |service| {
        let quote = |text: &str, author: &str, about: &str, tags: &[&str]| {
            json!({
                "text": text, "author": author, "about": format!("https://quotes.toscrape.com/author/{about}"),
                "tags": tags,
            })
        };
        let answer = service.call("crawl/quotes-paginated", json!({})).await;
        answer
            .is(json!({ "quotes": [
                quote("A door is a wall that has changed its mind.", "C. Hinge", "C-Hinge", &["doors", "change"]),
                quote("Measure the rope before the well.", "Old saying", "Old-saying", &["advice"]),
                quote("Nobody reads the tide table & drowns in it.", "Ina Keeper", "Ina-Keeper", &[]),
                quote("The lamp doesn't ask who reads.", "Ina Keeper", "Ina-Keeper", &["light", "books", "night"]),
                quote("Last things last.", "C. Hinge", "C-Hinge", &["order"]),
            ] }))
            .says(&["5 quotes"])
            .tells(&[
                ("page", "page 0: 2 quotes", json!({ "index": 0, "count": 2 })),
                ("page", "page 1: 2 quotes", json!({ "index": 1, "count": 2 })),
                ("page", "page 2: 1 quotes", json!({ "index": 2, "count": 1 })),
            ]);
    });
}
