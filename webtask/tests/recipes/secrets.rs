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

webtask! {
    task "secret/names" {
        secret hidden;
        goto "https://shop.example/?q={{hidden}}";
        js _ "for (const name of ['a/hunter/2', 'hunter/2.txt', 'b/hunter/2/c.txt']) {
            const link = document.createElement('a');
            link.href = 'data:text/plain,x';
            link.download = name;
            link.className = 'named';
            link.textContent = 'file';
            document.body.append(link);
        }";
        download each files selector ".named";
        download clicked path "clicked" { click ".named"; }
    }

    task "secret/cut" {
        secret hidden;
        input before int required;
        goto "https://shop.example/?q={{hidden}}";
        js _ "throw new Error('x'.repeat(arguments[0]) + 'hunter/2 and more')" args ["{{before}}"];
    }
}

#[tokio::test]
async fn a_secret_is_in_no_name_of_a_download() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = builder().secret("hidden", "hunter/2").files(folder.path()).build().unwrap();
    let output = secret_names(&webtask, secret_names::Input {}).await.unwrap();
    let names: Vec<_> = output.files.iter().chain(&output.clicked).map(|file| file.name.clone()).collect();
    for name in &names {
        assert!(name.contains("[redacted]") && !name.contains("hunter"), "{names:?}");
    }
    assert_eq!(names.len(), 4);
    let written =
        std::fs::read_dir(folder.path().join("clicked")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(written.collect::<Vec<_>>(), [output.clicked[0].name.as_str()]);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn no_part_of_a_secret_is_left_where_a_message_is_cut() {
    let webtask = builder().secret("hidden", "hunter/2").build().unwrap();
    for before in 480..500 {
        let error = secret_cut(&webtask, secret_cut::Input { before }).await.unwrap_err();
        assert!(!error.message().contains("hun"), "{before}: {error}");
    }
    webtask.close().await.unwrap();
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
