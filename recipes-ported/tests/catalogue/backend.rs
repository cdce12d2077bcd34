//! `backend/…`.

use std::fs;

use serde_json::json;

use crate::service::{API_KEY, run};

#[test]
fn http_get() {
    run(async |service| {
        let answer = service.call("backend/http-get", json!({ "subject": "tides & more" })).await;
        answer
            .is(json!({ "status": 200, "total": 2, "titles": ["Tide & Time (1999)", "The \"Neap\" (2014)"] }))
            .says(&["200: 2 books"]);
    });
}

#[test]
fn http_post() {
    run(async |service| {
        let answer = service.call("backend/http-post", json!({ "title": "Fords" })).await;
        let book = json!({ "id": "b3", "title": "Fords", "year": 2026, "shelf": 4 });
        answer.is(json!({ "status": 201, "id": "b3", "book": book })).tells(&[(
            "created",
            "201",
            json!({ "location": "/books/b3" }),
        )]);
        assert!(!format!("{answer:?}").contains(API_KEY));
    });
}

#[test]
fn export_csv() {
    run(async |service| {
        let answer = service.call("backend/export-csv", json!({})).await;
        answer.is(json!({
            "products": [
                { "name": "Lamp", "price": 49.5, "rating": 4.5, "colors": ["Brass", "White"] },
                { "name": "Kettle", "price": 25.0, "rating": null, "colors": [] },
                { "name": "Ladder", "price": 120.0, "rating": null, "colors": ["ASH"] },
            ],
            "csv": "name,price,colors\nLamp,49.5,\"[\"\"Brass\"\",\"\"White\"\"]\"\nKettle,25.0,[]\nLadder,120.0,\"[\"\"ASH\"\"]\"\n",
        }));
        let file = fs::read_to_string(service.files().join("exports/products.csv")).expect("a file");
        assert_eq!(
            file,
            "name,price,rating,colors\nLamp,49.5,4.5,\"[\"\"Brass\"\",\"\"White\"\"]\"\nKettle,25.0,,[]\nLadder,120.0,,\"[\"\"ASH\"\"]\"\n"
        );
    });
}

#[test]
fn export_formats() {
    run(async |service| {
        let answer = service.call("backend/export-formats", json!({})).await;
        let rows = json!([
            { "place": "Harbour", "high": "04:12", "metres": 3.1 },
            { "place": "Old \"Ford\"", "high": "05:40", "metres": null },
            { "place": "Bay | Spit", "high": "06:02, or so", "metres": 2.75 },
        ]);
        let lines: String = rows.as_array().expect("a list").iter().map(|row| format!("{row}\n")).collect();
        answer.is(json!({
            "csv": "place,high,metres\nHarbour,04:12,3.1\n\"Old \"\"Ford\"\"\",05:40,\nBay | Spit,\"06:02, or so\",2.75\n",
            "json": format!("{rows:#}\n"),
            "lines": lines,
            "table": "| place | high |\n| --- | --- |\n| Harbour | 04:12 |\n| Old \"Ford\" | 05:40 |\n| Bay \\| Spit | 06:02, or so |\n",
        }));
    });
}
