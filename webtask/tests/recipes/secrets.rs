//! Secrets and setup preludes.

use webtask::{ErrorKind, webtask};

use crate::builder;

webtask! {
    task "secret/login" {
        input user string default "ann";
        secret password;
        status "signing in";
        goto "https://shop.example/login.html";
        sendkeys "#user" keys "{{user}}";
        sendkeys "#password" keys "{{password}}";
        click "button" text "Sign in" match exact;
        wait until "html" text "Welcome";
    }

    task "secret/reads" {
        setup "secret/login";
        js stored "return [localStorage.user, localStorage.password, localStorage.times, arguments[0]]" args ["x"];
        emit seen "{{stored.1}}" data { deep: ["{{stored.1}}"] };
        js _ "throw new Error('no ' + localStorage.password)";
    }

    task "secret/gives" {
        secret password;
        goto "https://shop.example/?p={{password}}";
        js url "return location.href + arguments[0]" args ["{{password}}"];
    }
}

const SECRET: &str = "s3cret \"&\" /é";

#[tokio::test]
async fn a_setup_runs_first_and_its_secret_stays_inside() {
    let webtask = builder().secret("password", SECRET).build().unwrap();
    let mut run = secret_reads(&webtask, secret_reads::Input {});
    let mut told = Vec::new();
    while let Some(event) = run.next().await {
        told.push(format!("{event:?}"));
    }
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].contains("signing in"), "{told:#?}");
    assert!(
        told[1].contains(r#"text: "[redacted]""#) && told[1].contains("Array [String(\"[redacted]\")]"),
        "{told:#?}"
    );
    assert!(told[2].contains("no [redacted]"), "{told:#?}");
    assert!(!told.concat().contains("s3cret"), "{told:#?}");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_secret_is_taken_out_of_the_result_in_every_spelling() {
    let webtask = builder().secret("password", SECRET).build().unwrap();
    let output = secret_gives(&webtask, secret_gives::Input {}).await.unwrap();
    assert_eq!(output.url, "https://shop.example/?p=[redacted][redacted]");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_secret_that_is_not_set_is_named() {
    let webtask = builder().build().unwrap();
    let mut run = secret_gives(&webtask, secret_gives::Input {});
    let error = run.start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(
        error.message().contains("`password`") && error.message().contains("WEBTASK_SECRET_password"),
        "{error}"
    );
    assert!(run.next().await.is_none());
    webtask.close().await.unwrap();
}
