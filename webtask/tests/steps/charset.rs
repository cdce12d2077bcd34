//! Addresses in pages that are not UTF-8: what is read of a link is where the page itself goes.

use serde::Deserialize;
use webtask::webtask;

use crate::bench::test;
use crate::support::site::Answer;

webtask! {
    task "charset/links" {
        input url string required;
        goto "{{url}}";
        extract links from "a" repeat {
            link attr href on "." url;
            part attr href on "." match r"(\?.*)" url;
            said text "." url;
        }
        extract frames from "html" {
            here attr href on "iframe >> a" url;
            far attr href on "#far >> a" url;
            each attr href on "iframe >> a" url all;
        }
        extract within from "iframe >> a" repeat { link attr href on "." url; }
        extract set from "img" { srcset attr srcset on "." url; }
        js own "
            const inner = document.querySelector('#near').contentDocument;
            const all = (root) => [...root.querySelectorAll('a')].map((a) => a.href);
            return { links: all(document), inner: all(inner) };
        ";
    }

    task "charset/files" {
        input url string required;
        goto "{{url}}";
        download each files selector "a, image";
    }
}

#[derive(Deserialize)]
struct Own {
    links: Vec<String>,
    inner: Vec<String>,
}

fn page(charset: &str, html: &str) -> Answer {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap();
    let (bytes, _, lossy) = encoding.encode(html);
    assert!(!lossy);
    Answer::new("200 OK", &format!("content-type: text/html; charset={charset}\r\n"), bytes.into_owned())
}

#[test]
fn a_link_is_where_the_page_goes() {
    test(|bench| async move {
        for (charset, word, query) in [
            ("windows-1252", "Köln", "K%F6ln"),
            ("shift_jis", "東京", "%93%8C%8B%9E"),
            ("gbk", "中文", "%D6%D0%CE%C4"),
            ("euc-kr", "한국", "%C7%D1%B1%B9"),
            ("windows-1251", "Русь", "%D0%F3%F1%FC"),
            ("utf-8", "Köln東京", "K%C3%B6ln%E6%9D%B1%E4%BA%AC"),
        ] {
            let html = format!(
                "<!doctype html><base href='/base/'><title>x</title>
                <a href='s?q={word}#{word}'>?t={word}</a><a href=' /{word}?\n{word}&amp;&#9731; '>x</a><a href='mailto:a@b?subject={word}'>x</a>
                <iframe id=near src=/inner></iframe><iframe id=far src='http://localhost:{}/inner'></iframe>
                <img srcset='a.png?{word} 1x, /b.png 2x'>",
                bench.site.port(),
            );
            bench.site.answer("/outer", page(charset, &html));
            bench.site.answer("/inner", page("iso-8859-2", "<base href=/in/><a href='?ż'>ż</a>"));
            let input = charset_links::Input { url: bench.site.url("/outer") };
            let output = charset_links(&bench.webtask, input).await.unwrap();
            let own: Own = serde_json::from_value(output.own).unwrap();
            let links: Vec<&str> = output.links.iter().map(|row| row.link.as_str()).collect();
            assert_eq!(links, own.links, "{charset}");
            let said = bench.site.url(&format!("/base/?t={query}"));
            assert_eq!(output.links[0].said, said, "{charset}");
            assert!(links[0].contains(&format!("/base/s?q={query}#")), "{links:?}");
            let part = links[0].replace("/base/s?", "/base/?");
            assert_eq!(output.links[0].part, part, "{charset}");
            let inner = bench.site.url("/in/?%BF");
            assert_eq!(own.inner, [inner.as_str()]);
            let far = inner.replace("127.0.0.1", "localhost");
            assert_eq!((output.frames.here, output.frames.far), (inner.clone(), far.clone()));
            assert_eq!(output.frames.each, [inner.clone(), far.clone()]);
            let within: Vec<&str> = output.within.iter().map(|row| row.link.as_str()).collect();
            assert_eq!(within, [inner, far]);
            let base = bench.site.url("/base/");
            assert_eq!(output.set.srcset, format!("{base}a.png?{query} 1x, {} 2x", bench.site.url("/b.png")));
        }
    });
}

#[test]
fn a_download_is_asked_for_as_the_page_asks() {
    test(|bench| async move {
        let html = "<a href='/echo?q=Köln'>a</a><svg><image href='/echo?i=Köln'/></svg>";
        bench.site.answer("/latin", page("windows-1252", html));
        let input = charset_files::Input { url: bench.site.url("/latin") };
        let files = charset_files(&bench.webtask, input).await.unwrap().files;
        let urls: Vec<&str> = files.iter().map(|file| file.url.as_str()).collect();
        assert_eq!(urls, [bench.site.url("/echo?q=K%F6ln"), bench.site.url("/echo?i=K%F6ln")]);
    });
}
