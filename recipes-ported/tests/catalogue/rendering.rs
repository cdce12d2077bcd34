//! `rendering/…`.

use std::fs;

use serde_json::json;

use crate::picture::{bytes, pdf, png, read_png};
use crate::service::run;

#[test]
fn fullpage_shot() {
    run(async |service| {
        let answer = service.call("rendering/fullpage-shot", json!({ "name": "all of it" })).await;
        let file = fs::read(service.files().join("shots/all of it.png")).expect("a file");
        answer
            .is(json!({ "path": "shots/all of it.png", "size": file.len() }))
            .says(&[&format!("{} bytes in shots/all of it.png", file.len())]);
        let shot = read_png(&file);
        assert_eq!(shot.size, (1280, 2400));
        assert_eq!((shot.at(99, 2000), shot.at(100, 2000)), ([255, 255, 255], [0, 128, 0]));
        assert_eq!((shot.at(299, 2099), shot.at(300, 2100)), ([0, 128, 0], [255, 255, 255]));
    });
}

#[test]
fn print() {
    run(async |service| {
        for answer in service.twice("rendering/pdf", json!({})).await {
            let (text, size, pages) = pdf(&bytes(&answer.data["page"]));
            assert_eq!((size, pages), ([596, 842], 1));
            assert!(text.contains("Three days of fog."), "{text}");
        }
        let file = fs::read(service.files().join("prints/landscape.pdf")).expect("a file");
        let (text, size, pages) = pdf(&file);
        assert_eq!((size, pages), ([792, 612], 1));
        assert!(text.contains("Notes from a lighthouse"), "{text}");
    });
}

#[test]
fn html_to_pdf() {
    run(async |service| {
        let input = json!({ "to": "Ada", "about": "<b>the</b> \"fog\"" });
        for answer in service.twice("rendering/html-to-pdf", input).await {
            let file = fs::read(service.files().join("letters/Ada.pdf")).expect("a file");
            assert_eq!(answer.data["path"], "letters/Ada.pdf");
            let (text, size, pages) = pdf(&file);
            assert_eq!((size, pages), ([596, 842], 1));
            assert_eq!(text, "Dear Ada, we write to you about <b>the</b> \"fog\". The keepers");
        }
        let error = service.fail("rendering/html-to-pdf", json!({ "to": "../Ada" })).await;
        assert_eq!((&error["code"], &error["step"]["name"]), (&json!("STEP_FAILED"), &json!("html to pdf")));
    });
}

#[test]
fn snapshot() {
    run(async |service| {
        for answer in service.twice("rendering/snapshot", json!({})).await {
            assert_eq!(answer.data["path"], "snapshots/blog.mhtml");
        }
        let file = fs::read_to_string(service.files().join("snapshots/blog.mhtml")).expect("a file");
        assert!(file.contains("Snapshot-Content-Location: https://blog.example/\r\n"), "{file}");
        let parts: Vec<_> = file.lines().filter(|line| line.starts_with("Content-Location: ")).collect();
        assert_eq!(
            parts,
            ["Content-Location: https://blog.example/", "Content-Location: https://blog.example/lamp.png"]
        );
    });
}

#[test]
fn emulate_dark() {
    run(async |service| {
        let answer = service.call("rendering/emulate-dark", json!({})).await;
        assert_eq!(answer.data["dark"], "rgb(16, 16, 32)");
        assert_eq!(answer.data["light"], "rgb(255, 255, 255)");
        assert_eq!(png(&answer.data["night"]).at(5, 5), [16, 16, 32]);
        assert_eq!(png(&answer.data["day"]).at(5, 5), [255, 255, 255]);
    });
}

#[test]
fn mobile() {
    run(async |service| {
        let answer = service.call("rendering/mobile", json!({})).await;
        let names: Vec<_> = answer.data.as_object().expect("an object").keys().collect();
        assert_eq!(names, ["page", "device", "shot"]);
        assert_eq!(answer.data["page"], json!({ "menu": "☰ Menu", "date": "21.11.2026, 05:00:00" }));
        let device = json!({
            "width": 390, "height": 844, "scale": 2, "touch": true, "agent": "Webtask/1.0 (Mobile)",
            "language": "de-CH", "zone": "Asia/Tokyo",
        });
        assert_eq!(answer.data["device"], device);
        let shot = png(&answer.data["shot"]);
        assert_eq!((shot.size, shot.at(700, 1600)), ((780, 1688), [255, 220, 200]));
    });
}
