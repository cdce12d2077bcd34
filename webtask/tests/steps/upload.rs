//! `upload`, through the macro.

use serde_json::json;
use webtask::{__rt, webtask};

use crate::bench::{open, read, test};
use crate::support;

webtask! {
    task "upload/files" {
        input url string required;
        input name string default "b";
        goto "{{url}}";
        upload "#some" files ["a.txt", "deep/{{name}}.png"];
        js given "return Promise.all([...some.files].map(async file => [file.name, file.type, file.size, (await file.text()).slice(0, 5)]))" await;
        js log "return log";
        upload "label" files ["a.txt"];
        click "button";
        wait until "pre";
        js sent "return document.body.innerText";
    }

    task "upload/wrong" {
        input url string required;
        input selector string required;
        input file string required;
        goto "{{url}}";
        upload "[data-is='{{selector}}']" files ["{{file}}", "{{file}}"];
    }
}

/// A page that sends the file at once leaves nothing of the old one for the next step.
#[test]
fn what_a_file_causes_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "alpha").unwrap();
    test(|bench| async move {
        let webtask = support::builder()
            .files(folder.path())
            .pool(webtask::Pool::new("default").allow_private(true))
            .build()
            .unwrap();
        for when in [
            "form.submit()",
            "setTimeout(() => form.requestSubmit())",
            "Promise.resolve().then(() => location = '/other')",
        ] {
            let url = bench.page(&format!(
                "<title>Old</title><form id=form action=/other method=post enctype=multipart/form-data>
                <input type=file id=file name=file></form><script>document.querySelector('#file').onchange = () => {{ {when} }}</script>"
            ));
            let run = support::steps(&webtask, url, |cx, url| {
                Box::pin(async move {
                    let mut titles = Vec::new();
                    for _ in 0..5 {
                        open(cx, &url).await?;
                        __rt::upload(cx, "#file", &["a.txt"], None).await?;
                        titles.push(read(cx, "return document.title").await?);
                    }
                    Ok(titles)
                })
            });
            assert_eq!(run.await.unwrap(), vec![json!("Other"); 5], "{when}");
        }
        webtask.close().await.unwrap();
    });
}

#[test]
fn an_input_gets_its_files_and_the_server_too() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "alpha é").unwrap();
    std::fs::create_dir(folder.path().join("deep")).unwrap();
    std::fs::write(folder.path().join("deep/b.png"), [b'x'; 3000]).unwrap();
    test(|bench| async move {
        let webtask = support::builder()
            .files(folder.path())
            .pool(webtask::Pool::new("default").allow_private(true))
            .build()
            .unwrap();
        let url = bench.page(
            "<form action=/echo method=post enctype=multipart/form-data><input type=file id=some multiple hidden>
            <label>One<input type=file name=one data-is=one style='opacity:0'></label><button>Send</button></form><p data-is=p>text</p>
            <script>const log = []; for (const name of ['input', 'change']) some.addEventListener(name, () => log.push(name + some.files.length))</script>",
        );
        let input = upload_files::Input { url: url.clone(), name: "b".into() };
        let output = upload_files(&webtask, input).await.unwrap();
        assert_eq!(
            output.given,
            json!([["a.txt", "text/plain", 8, "alpha"], ["b.png", "image/png", 3000, "xxxxx"]])
        );
        assert_eq!(output.log, json!(["input2", "change2"]));
        let sent = output.sent.as_str().unwrap();
        assert!(sent.contains("name=\"one\"; filename=\"a.txt\"") && sent.contains("alpha é"), "{sent}");
        for (selector, file, told) in [
            ("one", "a.txt", "`[data-is='one']` takes one file, not 2"),
            ("p", "a.txt", "`[data-is='p']` takes no files: it is a `p`"),
            ("one", "none", "there is no file `none`"),
        ] {
            let input =
                upload_wrong::Input { url: url.clone(), selector: selector.into(), file: file.into() };
            let error = upload_wrong(&webtask, input).await.unwrap_err();
            assert_eq!(error.message(), told);
        }
        let input = upload_wrong::Input { url, selector: "one".into(), file: "../etc".into() };
        assert!(upload_wrong(&webtask, input).await.is_err());
    });
}
