//! `save html` of pages in other character sets: a browser that opens the file reads the page.

use std::fs;

use webtask::webtask;

use crate::support::site::{Answer, Site};

webtask! {
    task "saved/page" {
        input url string required;
        goto "{{url}}";
        save html path "page.html";
        js clean "return document.head?.querySelector('meta')?.outerHTML ?? 'none'";
    }

    task "saved/read" {
        input url string required;
        goto "{{url}}";
        extract page from "html" {
            heading text "h1, heading";
            kept attr content on "meta[http-equiv]";
        }
        js charset "return document.characterSet";
        js script "return document.querySelector('script')?.textContent ?? ''";
    }

    task "saved/printed" {
        input file string required;
        html to pdf printed file "{{file}}" path "page.pdf";
    }
}

/// A page of these bytes, saved and opened again from a disk, which names no character set.
async fn again(kind: &str, html: &[u8]) -> (String, saved_page::Output, saved_read::Output) {
    let site = Site::start().await;
    let folder = tempfile::tempdir().unwrap();
    let webtask = crate::support::builder()
        .files(folder.path())
        .pool(webtask::Pool::new("default").size(1).allow_private(true))
        .build()
        .unwrap();
    site.answer("/page", Answer::new("200 OK", &format!("content-type: {kind}\r\n"), html));
    let page = saved_page(&webtask, saved_page::Input { url: site.url("/page") }).await.unwrap();
    let bytes = fs::read(folder.path().join("page.html")).unwrap();
    let bare = kind.split(';').next().unwrap();
    site.answer("/saved", Answer::new("200 OK", &format!("content-type: {bare}\r\n"), bytes.clone()));
    let read = saved_read(&webtask, saved_read::Input { url: site.url("/saved") }).await.unwrap();
    (String::from_utf8(bytes).unwrap(), page, read)
}

#[tokio::test]
async fn a_meta_of_another_character_set_says_utf_8() {
    let html = b"<!doctype html><html lang=de><!-- a --><head><title>K\xf6ln</title><meta charset=\"iso-8859-1\">\
        <meta name=x content='charset=latin1'><script>'<meta charset=\"iso-8859-1\"> \xf6'</script></head><body><h1>K\xf6ln &lt;</h1>";
    let (file, page, read) = again("text/html", html).await;
    assert_eq!((read.page.heading.as_str(), read.charset.as_str().unwrap()), ("Köln <", "UTF-8"));
    assert!(
        file.starts_with(
            "<!DOCTYPE html>\n<html lang=\"de\"><!-- a --><head><title>Köln</title><meta charset=\"utf-8\">"
        ),
        "{file}"
    );
    // Nothing else is changed, in the file or in the page.
    assert_eq!(read.script, "'<meta charset=\"iso-8859-1\"> ö'");
    assert!(file.contains("<meta name=\"x\" content=\"charset=latin1\">"), "{file}");
    assert_eq!(page.clean, "<meta charset=\"iso-8859-1\">");
}

#[tokio::test]
async fn an_http_equiv_says_utf_8_and_keeps_the_rest() {
    let html =
        b"<html><head><meta http-equiv='Content-Type' content='text/html; Charset = \"windows-1251\"; x=1'>\
        </head><body><h1>\xd0\xf3\xf1\xfc</h1>";
    let (_, _, read) = again("text/html", html).await;
    assert_eq!(read.page.heading, "Русь");
    assert_eq!(read.page.kept, "text/html; Charset = utf-8; x=1");
}

#[tokio::test]
async fn what_names_no_character_set_names_it_then() {
    let html = format!("<!doctype html><title>x</title><!--{}--><h1>Köln 東京</h1>", "x".repeat(2000));
    let (file, page, read) = again("text/html; charset=utf-8", html.as_bytes()).await;
    assert_eq!(read.page.heading, "Köln 東京");
    assert!(file.contains("<head><meta charset=\"utf-8\"><title>"), "{file}");
    assert_eq!(page.clean, "none");
    // One that stands too late to be found is said at the beginning too.
    let html = format!("<head><!--{}--><meta charset=utf-8></head><h1>Köln</h1>", "x".repeat(2000));
    let (file, _, read) = again("text/html; charset=utf-8", html.as_bytes()).await;
    assert_eq!((read.page.heading.as_str(), file.matches("<meta").count()), ("Köln", 2));
    // So it is before one in a `noscript`, which a browser takes as well.
    let html = b"<head><noscript><meta charset=windows-1252></noscript><meta charset=windows-1252></head><h1>K\xf6ln</h1>";
    let (_, _, read) = again("text/html; charset=windows-1252", html).await;
    assert_eq!(read.page.heading, "Köln");
}

#[tokio::test]
async fn what_is_right_stays_as_it_is() {
    let html = "<html><head><meta charset=\"UTF-8\"><title>é</title></head><body><h1>é</h1></body></html>";
    assert_eq!(again("text/html", html.as_bytes()).await.0, html);
    let ascii = "<html><head><meta charset=\"iso-8859-1\"></head><body><h1>e</h1></body></html>";
    assert_eq!(again("text/html", ascii.as_bytes()).await.0, ascii);
}

#[tokio::test]
async fn an_xml_document_says_its_own() {
    let xml = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><?note x?><html xmlns=\"http://www.w3.org/1999/xhtml\">\
        <head><meta charset=\"iso-8859-1\"/></head><body><h1>K\xf6ln</h1></body></html>";
    let (file, _, read) = again("application/xhtml+xml", xml).await;
    assert_eq!(read.page.heading, "Köln");
    assert!(
        file.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?note x?>\n<html xmlns="),
        "{file}"
    );
}

#[tokio::test]
async fn a_file_in_its_own_character_set_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("latin.html"), b"<meta charset=iso-8859-1><h1>K\xf6ln").unwrap();
    let webtask = crate::support::builder().files(folder.path()).build().unwrap();
    let input = saved_printed::Input { file: "latin.html".into() };
    assert!(saved_printed(&webtask, input).await.unwrap().printed.size > 500);
}

#[tokio::test]
async fn what_begins_with_an_empty_line_keeps_it() {
    // A parser drops the first line feed after these tags, so the file has one more.
    let html = "<!doctype html><title>x</title><h1>x</h1><pre>\n\none</pre><div><p>a</p><textarea>\n\n two</textarea></div>\
        <pre>\nnone</pre><pre><b>\n</b></pre><listing>\n\nfour</listing><template><pre>\n\nfive</pre></template>\
        <noscript><pre>\n\nsix</pre></noscript><p>Ende &amp; <br>x</p>";
    for more in ["", "Köln"] {
        let html = format!("{html}{more}");
        let (file, _, _) = again("text/html; charset=utf-8", html.as_bytes()).await;
        for part in [
            "<pre>\n\none</pre><div><p>a</p><textarea>\n\n two</textarea></div>",
            "<pre>none</pre><pre><b>\n</b></pre><listing>\n\nfour</listing>",
            "<template><pre>\n\nfive</pre></template>",
            "<noscript><pre>\n\nsix</pre></noscript>",
            "<p>Ende &amp; <br>x</p>",
        ] {
            assert!(file.contains(part), "{part} {file}");
        }
        // Saved again, it is the same.
        let (twice, _, _) = again("text/html; charset=utf-8", file.as_bytes()).await;
        assert_eq!(twice, file);
    }
}
