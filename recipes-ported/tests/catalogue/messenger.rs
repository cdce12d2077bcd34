//! `messenger/…`.

use std::fs;

use serde_json::{Value, json};

use crate::service::{PASSWORD, run};

fn message(id: u8) -> Value {
    let texts = [
        "Who has the watch tonight?",
        "I do",
        "Is the light on?",
        "It is \"on\", and so am I",
        "Fog from the west",
        "How thick?",
        "I cannot see my hand",
        "Which hand?",
        "Both 🖐️",
        "The ferry is late",
        "How late?",
        "Two bells",
        "Here it comes",
        "",
        "It is the *small* boat again",
    ];
    let from = ["Mira", "Otto", "robin"][usize::from(id) % 3];
    json!({
        "id": id,
        "from": from,
        "at": format!("2026-11-20T{}:{:02}:00Z", 18 + id / 10, id * 5 % 60),
        "text": texts[usize::from(id) - 1],
        "own": (from == "robin").then_some("own"),
        "picture": (id == 14).then_some("boat.png"),
    })
}

#[test]
fn session() {
    run(async |service| {
        let kept = service.files().join("sessions/mira.json");
        assert!(!kept.exists());
        let answer = service.call("messenger/session", json!({ "user": "mira" })).await;
        // The first call signed in, and the second one, the stream, found that kept.
        answer.is(json!({ "user": "mira" })).says(&["mira is still signed in"]);
        let cookies: Value = serde_json::from_str(&fs::read_to_string(&kept).expect("a file")).expect("JSON");
        let cookies = cookies.as_array().expect("a list").iter().map(|cookie| &cookie["name"]);
        assert_eq!(cookies.filter(|name| *name == "token").count(), 1);
        assert!(!format!("{answer:?}").contains(PASSWORD));

        // What is no longer good is no way in.
        fs::write(&kept, "[]").expect("a file");
        service.call("messenger/session", json!({ "user": "mira" })).await.says(&["mira is still signed in"]);
        assert!(fs::read_to_string(&kept).expect("a file").contains("token"));
    });
}

#[test]
fn chats() {
    run(async |service| {
        let answer = service.call("messenger/chats", json!({})).await;
        answer
            .is(json!({ "chats": [
                {
                    "id": "harbour", "name": "Harbour watch", "last": "It is the *small* boat again",
                    "unread": 2, "muted": 0,
                },
                { "id": "ada", "name": "Ada \"Lovely\" Lace", "last": "Tuesday <then>", "unread": null, "muted": 1 },
                { "id": "empty", "name": "Nobody yet", "last": null, "unread": null, "muted": 0 },
            ] }))
            .says(&["robin is still signed in"]);
    });
}

#[test]
fn history() {
    run(async |service| {
        let all: Vec<_> = (1..=15).map(message).collect();
        let answer = service.call("messenger/history", json!({ "chat": "ada" })).await;
        answer.is(json!({ "messages": all })).says(&["robin is still signed in", "reading back"]).tells(&[(
            "read",
            "15 messages",
            json!({ "count": 15 }),
        )]);
    });
}

#[test]
fn watch() {
    run(async |service| {
        let row = |id: u8, from: &str, minute: u8, text: &str| json!({ "id": id, "from": from, "at": format!("2026-11-20T19:{minute}:00Z"), "text": text });
        let live = [
            row(16, "Otto", 20, "Rope!"),
            row(17, "Mira", 21, "Thrown"),
            row(18, "Otto", 25, "Moored & dry"),
        ];

        let answer = service.call("messenger/watch", json!({ "chat": "harbour", "after": 15 })).await;
        answer
            .is(json!({ "last": 18, "messages": live }))
            .says(&["robin is still signed in", "watching harbour"])
            .tells(&[
                ("new_message", "Otto: Rope!", json!({ "id": 16 })),
                ("new_message", "Mira: Thrown", json!({ "id": 17 })),
                ("new_message", "Otto: Moored & dry", json!({ "id": 18 })),
            ]);

        // Where one left off is where it goes on, and it ends when nothing comes.
        let first =
            service.call("messenger/watch", json!({ "chat": "harbour", "after": 15, "count": 1 })).await;
        first.is(json!({ "last": 16, "messages": [live[0]] }));
        let input = json!({ "chat": "harbour", "after": first.data["last"], "patience": 800 });
        service.call("messenger/watch", input).await.is(json!({ "last": 18, "messages": live[1..] }));
        let nothing = json!({ "chat": "harbour", "after": 18, "count": 1, "patience": 1000 });
        service.call("messenger/watch", nothing).await.is(json!({ "last": 18, "messages": [] }));
    });
}

#[test]
fn pictures() {
    run(async |service| {
        let answer = service.call("messenger/pictures", json!({ "chat": "ada" })).await;
        let file = fs::read(service.files().join("chats/ada/0.png")).expect("a file");
        answer.is(json!({ "chat": "ada", "sizes": [file.len()] }));
        assert_eq!(
            file,
            fs::read(format!("{}/chat.example/api/boat.png", recipes_ported::WEB)).expect("a file")
        );
    });
}
