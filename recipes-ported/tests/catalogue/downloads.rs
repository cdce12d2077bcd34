//! `downloads/…`.

use std::fs;

use serde_json::json;

use crate::picture::{bytes, read_png};
use crate::service::run;

#[test]
fn grab_image() {
    run(async |service| {
        let answer = service.call("downloads/grab-image", json!({ "folder": "lamps & co" })).await;
        let folder = service.files().join("pictures/lamps & co");
        let read = |name: &str| fs::read(folder.join(name)).expect("a file");
        let (one, two) = (read("0-lamp-1.png"), read("1-lamp-2.png"));
        assert_eq!((read_png(&one).at(0, 0), read_png(&two).at(7, 7)), ([250, 220, 90], [250, 220, 200]));
        assert_eq!(
            one,
            fs::read(format!("{}/shop.example/pictures/lamp-1.png", recipes_ported::WEB)).expect("a file")
        );
        let row = |name: &str, size: usize| json!({ "url": format!("https://shop.example/pictures/{name}"), "type": "image/png", "size": size });
        answer.is(json!([row("lamp-1.png", one.len()), row("lamp-2.png", two.len())]));
    });
}

#[test]
fn blob_capture() {
    run(async |service| {
        const REPORT: &[u8] = b"tide,metres\nhigh,3.1\nlow,0.4\n";
        for answer in service.twice("downloads/blob-capture", json!({})).await {
            let report = &answer.data["reports"][0];
            assert!(
                report["url"].as_str().expect("a text").starts_with("blob:https://demo.example/"),
                "{report}"
            );
            assert_eq!((&report["name"], &report["type"]), (&json!("tides.csv"), &json!("text/csv")));
            assert_eq!(
                (&report["size"], bytes(&report["bytesB64"])),
                (&json!(REPORT.len()), REPORT.to_vec())
            );
            assert_eq!(answer.data["reports"].as_array().expect("a list").len(), 1);
        }
        assert_eq!(fs::read(service.files().join("reports/tides.csv")).expect("a file"), REPORT);
    });
}
