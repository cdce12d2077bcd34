//! `demo/…`.

use std::fs;

use serde_json::json;

use crate::service::run;

#[test]
fn metadata_inputs() {
    run(async |service| {
        let extra = json!({ "color": "blue", "size": { "width": 3, "height": 4 } });
        let defaults = service.call("demo/metadata-inputs", json!({ "title": "Poem" })).await;
        defaults
            .is(json!({ "given": {
                "title": "Poem", "copies": 1, "scale": 1.5, "draft": false, "tags": ["new", "short"],
                "extra": extra, "width": 3, "note": "no note",
            } }))
            .says(&["1 × Poem (no note)"]);

        let given = json!({
            "title": "Ode", "copies": 2, "scale": 0.5, "draft": true, "tags": [], "extra": { "size": 1 }, "note": "red",
        });
        service.call("demo/metadata-inputs", given).await.is(json!({ "given": {
            "title": "Ode", "copies": 2, "scale": 0.5, "draft": true, "tags": [], "extra": { "size": 1 },
            "width": "unknown", "note": "red",
        } }));

        let error = service.fail("demo/metadata-inputs", json!({ "copies": "two", "tittle": "Ode" })).await;
        assert_eq!(error["code"], "INVALID_INPUT");
    });
}

#[test]
fn extract_field_kinds() {
    run(async |service| {
        let item = |id: u8,
                    name: &str,
                    link: &str,
                    price: f64,
                    instock: bool,
                    colors: &[&str],
                    code: &str| {
            json!({
                "id": id, "name": name, "link": format!("https://shop.example/products/{link}"), "price": price,
                "instock": instock, "rating": null, "colors": colors, "pictures": [], "code": code, "reviews": [],
            })
        };
        let mut lamp = item(11, "Lamp", "lamp", 49.5, true, &["brass", "white"], "LMP-A");
        lamp["rating"] = json!(4.5);
        lamp["pictures"] =
            json!(["https://shop.example/pictures/lamp-1.png", "https://shop.example/pictures/lamp-2.png"]);
        lamp["reviews"] = json!([{ "by": "Ada", "stars": 2 }, { "by": "Grace", "stars": 0 }]);
        service.call("demo/extract-field-kinds", json!({})).await.is(json!({ "catalogue": {
            "heading": "Everything we sell",
            "currency": "eur",
            "intro": "Four things, <em>well</em> made.",
            "source": "catalogue",
            "products": 3,
            "footnote": "",
            "banner": null,
            "seller": { "name": "CORNER & SONS", "since": 1987 },
            "items": [
                lamp,
                item(12, "Kettle", "kettle", 25.0, false, &[], "KTL"),
                item(13, "Ladder", "ladder", 120.0, true, &["ash"], "LDR"),
            ],
        } }));
    });
}

#[test]
fn multiple_transports() {
    run(async |service| {
        let answer = service.call("demo/multiple-transports", json!({})).await;
        answer
            .is(json!({ "page": { "title": "Example Domain", "links": ["https://www.iana.org/domains/example"] } }))
            .says(&["opening the page"])
            .tells(&[("read", "the page is read", json!({ "links": 1 }))]);
    });
}

#[test]
fn status_messages() {
    run(async |service| {
        let answer = service.call("demo/status-messages", json!({ "name": "Ada" })).await;
        answer
            .is(json!({ "departments": [
                { "name": "Light", "count": 2 },
                { "name": "Kitchen", "count": 1 },
                { "name": "Tools", "count": 1 },
            ] }))
            .says(&["hello, Ada", "found 3 departments, the first is Light"])
            .tells(&[
                ("progress", "Light", json!({ "index": 0, "of": 3 })),
                ("progress", "Kitchen", json!({ "index": 1, "of": 3 })),
                ("progress", "Tools", json!({ "index": 2, "of": 3 })),
                (
                    "summary.ready",
                    "that is all",
                    json!({ "names": ["Light", "Kitchen"], "greeted": "Ada", "finished": true }),
                ),
            ]);
    });
}

#[test]
fn click_by_text() {
    run(async |service| {
        let answer = service.call("demo/click-by-text", json!({})).await;
        answer.is(json!({ "chosen": { "text": "In the cart: Ladder" } })).says(&[
            "declining cookies",
            "opening the list",
            "choosing Ladder",
        ]);
    });
}

#[test]
fn complex_search_flow() {
    run(async |service| {
        let row = |name: &str, link: &str, price: f64| json!({ "name": name, "link": format!("https://shop.example/products/{link}"), "price": price });
        let (lamp, floor) = (row("Lamp", "lamp", 49.5), row("Floor lamp", "floor-lamp", 180.0));
        let (lantern, shade) = (row("Lantern", "lantern", 19.9), row("Lamp shade", "lamp-shade", 22.0));
        let oil = row("Lamp oil", "lamp-oil", 21.5);
        let best = json!({ "name": "Lantern", "price": 19.9, "description": "For walking home." });

        let answer = service.call("demo/complex-search-flow", json!({})).await;
        answer
            .is(json!({
                "pages": ["1", "2"],
                "results": [lamp, lantern, shade, oil],
                "cheapest": lantern,
                "best": best,
            }))
            .says(&["typing la", "only what costs less than 50", "opening Lantern"])
            .tells(&[
                ("page", "page 1: 2 results", json!({ "page": "1", "count": 2 })),
                ("page", "page 2: 2 results", json!({ "page": "2", "count": 2 })),
            ]);

        let all = service.call("demo/complex-search-flow", json!({ "cheap": false })).await;
        all.is(json!({
            "pages": ["1", "2", "3"],
            "results": [lamp, floor, lantern, shade, oil],
            "cheapest": lantern,
            "best": best,
        }));
    });
}

#[test]
fn read_file() {
    run(async |service| {
        let folder = service.files().join("lists");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("two \"pages\".json"), r#"["lamp", "ladder"]"#).expect("a file");
        let answer = service.call("demo/read-file", json!({ "list": "two \"pages\".json" })).await;
        answer.is(json!(["Lamp", "Ladder"])).says(&["2 pages; no notes"]);

        let error = service.fail("demo/read-file", json!({ "list": "none.json" })).await;
        assert_eq!((&error["code"], &error["step"]["name"]), (&json!("STEP_FAILED"), &json!("read file")));
        let error = service.fail("demo/read-file", json!({ "list": "../secret" })).await;
        assert!(error["message"].as_str().expect("a text").contains("../secret"), "{error}");
    });
}
