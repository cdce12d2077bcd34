//! `setting`: what the operator says, where it may stand, and what happens when nobody says it.

use webtask::{Cx, Error, ErrorKind, Webtask, webtask};

use crate::support;
use crate::support::site::Site;

webtask! {
    task "setting/open" {
        setting base default "https://shop.example";
        input path string required;
        goto "{{base}}/{{path}}";
        extract page from "html" { title text "title"; }
        http GET answer url "{{base}}/{{path}}?from={{path}}";
        status "on {{base}}";
    }

    task "setting/host" {
        setting host;
        goto "http://{{host}}/one";
        extract page from "html" { title text "title"; }
    }

    task "setting/called" {
        input path string required;
        call "setting/open" with { path: "{{path}}" };
    }

    // A caller's own host, with its port.
    task "setting/caller" {
        input host string required;
        goto "http://{{host}}/one";
        extract page from "html" { title text "title"; }
    }
}

/// What the operator says of two settings; the second is not declared.
#[webtask::task("setting/func", setting = "base", browser = false)]
async fn said(cx: &Cx) -> Result<(String, Option<String>), Error> {
    Ok((cx.setting("base")?.to_owned(), cx.setting("other").ok().map(str::to_owned)))
}

fn site_of(site: &Site) -> String {
    site.page("/one", "<!doctype html><title>One</title>");
    site.url("").trim_end_matches('/').to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_begins_a_url_and_leads_where_no_caller_may() {
    let site = Site::start().await;
    let base = site_of(&site);
    // No pool allows private addresses: a caller's URL would be refused.
    let webtask = support::builder().setting("base", format!("{base}/")).build().unwrap();
    for run in [
        setting_open(&webtask, setting_open::Input { path: "one".into() })
            .await
            .map(|o| (o.page.title, o.answer.status)),
        setting_called(&webtask, setting_called::Input { path: "one".into() })
            .await
            .map(|o| (o.page.title, o.answer.status)),
    ] {
        assert_eq!(run.unwrap(), ("One".to_owned(), 200));
    }
    assert_eq!(site.asked("/one"), 4);
    assert!(!setting_open::TASK.opens_untrusted());
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_may_carry_its_port() {
    let site = Site::start().await;
    let base = site_of(&site);
    let host = base.trim_start_matches("http://");
    let webtask = support::builder().setting("host", host).build().unwrap();
    let output = setting_host(&webtask, setting_host::Input {}).await.unwrap();
    assert_eq!(output.page.title, "One");
    // A caller's is refused here, with its port and without.
    for host in [host, "127.0.0.1", "localhost:1"] {
        let error = setting_caller(&webtask, setting_caller::Input { host: host.into() }).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{error}");
    }
    webtask.close().await.unwrap();
    let pool = webtask::Pool::new("default").allow_private(true);
    let webtask = support::builder().pool(pool).build().unwrap();
    let output = setting_caller(&webtask, setting_caller::Input { host: host.into() }).await.unwrap();
    assert_eq!(output.page.title, "One");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_setting_that_nobody_says_is_named_at_the_start() {
    let webtask = Webtask::builder().build().unwrap();
    let mut run = setting_host(&webtask, setting_host::Input {});
    let error = run.start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let expected = "setting `host` of task `setting/host` is not set; give it by `Webtask::builder().setting(\"host\", …)`, \
                    `WEBTASK_SETTING_HOST`, or `host = \"…\"` below `[settings]` in the file of settings";
    assert_eq!(error.message(), expected);
    let required =
        Webtask::builder().require([setting_open::TASK.clone(), setting_host::TASK.clone()]).build();
    assert_eq!(required.unwrap_err().message(), expected);
    webtask::server::Server::new(&webtask, [setting_open::TASK.clone()]).routes().unwrap();
    let refused = webtask::server::Server::new(&webtask, [setting_host::TASK.clone()]).routes().map(drop);
    assert_eq!(refused.unwrap_err().message(), expected);
}

#[tokio::test]
async fn a_setting_that_begins_a_url_is_one() {
    for value in ["shop.example", "ftp://shop.example", ""] {
        let required =
            Webtask::builder().setting("base", value).require([setting_called::TASK.clone()]).build();
        assert_eq!(
            required.unwrap_err().message(),
            format!(
                "setting `base` of task `setting/called` is `{value}`, which is not an http or https URL; \
                 write it as `https://example.com`"
            )
        );
    }
}

#[tokio::test]
async fn a_file_says_settings_and_a_function_asks_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("webtask.toml");
    std::fs::write(&file, "[settings]\nbase = \"https://file.example\"\nother = 5\n").unwrap();
    let webtask = Webtask::builder().settings(&file).build().unwrap();
    let output = said::run(&webtask, said::Input {}).await.unwrap();
    assert_eq!(output, ("https://file.example".to_owned(), Some("5".to_owned())));
    let webtask = Webtask::builder().settings(&file).setting("base", "https://code.example").build().unwrap();
    assert_eq!(said::run(&webtask, said::Input {}).await.unwrap().0, "https://code.example");
    let webtask = Webtask::builder().build().unwrap();
    let error = said::run(&webtask, said::Input {}).await.unwrap_err();
    assert!(error.message().starts_with("setting `base` of task `setting/func` is not set"), "{error}");
    std::fs::write(&file, "[settings]\nbase = [1]\n").unwrap();
    let error = Webtask::builder().settings(&file).build().unwrap_err();
    assert!(
        error.message().ends_with("webtask.toml:2:1: `base` should be a string, like `\"…\"`"),
        "{error}"
    );
    std::fs::write(&file, "settings = 5\n").unwrap();
    let error = Webtask::builder().settings(&file).build().unwrap_err();
    assert!(
        error.message().ends_with(
            "webtask.toml:1:1: `settings` should be a table of what recipes declare, like `[settings]`"
        ),
        "{error}"
    );
}
