//! `search/…`.

use serde_json::json;

use crate::service::run;

#[test]
fn duckduckgo() {
    run(async |service| {
        let answer = service.call("search/duckduckgo", json!({ "query": "tidal island & ford" })).await;
        answer
            .is(json!({ "results": [
                {
                    "title": "Tide tables for tidal islands", "link": "https://tides.example/tables?place=all&day=today",
                    "shown": "tides.example/tables", "snippet": "When to walk, and when to swim.",
                },
                {
                    "title": "The ford at low water", "link": "https://ford.example/a%20b",
                    "shown": "ford.example/a b", "snippet": null,
                },
            ] }))
            .tells(&[(
                "found",
                "2 results for tidal island & ford",
                json!({ "query": "tidal island & ford", "count": 2 }),
            )]);
        service
            .call("search/duckduckgo", json!({ "query": "xyzzyplugh" }))
            .await
            .is(json!({ "results": [] }));
        assert_eq!(service.fail("search/duckduckgo", json!({})).await["code"], "INVALID_INPUT");
    });
}

#[test]
fn hn_search() {
    run(async |service| {
        let answer = service.call("search/hn-search", json!({ "query": "ferry" })).await;
        answer
            .is(json!({ "query": "ferry", "total": 57, "hits": [
                {
                    "id": "70511001", "title": "The ferry that never arrived", "link": "https://ferry.example/late",
                    "author": "bosun", "points": 321, "comments": 140, "created": "2026-10-02T10:00:00Z",
                },
                {
                    "id": "70422007", "title": "Ask HN: Which ferry do you take, and why?", "link": null,
                    "author": "deckhand", "points": 17, "comments": 0, "created": "2026-09-14T18:22:05Z",
                },
            ] }))
            .says(&["2 of 57 hits"]);
    });
}
