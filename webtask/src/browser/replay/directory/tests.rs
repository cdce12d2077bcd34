use super::*;

fn paths(url: &str) -> Vec<String> {
    names(&Url::parse(url).unwrap()).unwrap_or_default().iter().map(ToString::to_string).collect()
}

struct Site(tempfile::TempDir);

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join("web").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(dir)
    }

    fn ask(&self, method: &str, url: &str) -> Found {
        let directory = Directory::open(&self.0.path().join("web")).unwrap();
        directory.find(&Request { method: method.into(), url: url.into(), ..Request::default() })
    }

    /// The status, the content type and the body, or why there is no answer.
    fn get(&self, url: &str) -> String {
        self.call("GET", url)
    }

    fn call(&self, method: &str, url: &str) -> String {
        match self.ask(method, url) {
            Found::Answer(answer) => {
                let body = String::from_utf8_lossy(&answer.body).into_owned();
                let headers: Vec<_> =
                    answer.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                format!("{} [{}] {body}", answer.status, headers.join(", "))
            }
            Found::Missing(reason) => reason,
            Found::Failure => "failure".into(),
        }
    }
}

#[test]
fn a_url_has_three_names_and_a_folder_one() {
    assert_eq!(paths("https://example.com/"), ["example.com/index.html"]);
    assert_eq!(paths("https://example.com"), ["example.com/index.html"]);
    assert_eq!(paths("http://Example.com:8080/a/"), ["example.com_8080/a/index.html"]);
    assert_eq!(
        paths("https://example.com/a/b"),
        ["example.com/a/b", "example.com/a/b.html", "example.com/a/b/index.html"]
    );
    assert_eq!(paths("http://[::1]:1/x.js")[0], "[%3A%3A1]_1/x.js");
    assert_eq!(paths("https://example.com:443/#top"), ["example.com/index.html"]);
}

#[test]
fn the_names_with_the_query_come_first() {
    assert_eq!(paths("https://a.test/?q=1"), ["a.test/index.html%3Fq=1", "a.test/index.html"]);
    assert_eq!(
        paths("https://a.test/s?q=a%20b&u=http%3A//x/%3F100%25"),
        [
            "a.test/s%3Fq=a b&u=http%3A%2F%2Fx%2F%3F100%25",
            "a.test/s.html%3Fq=a b&u=http%3A%2F%2Fx%2F%3F100%25",
            "a.test/s/index.html%3Fq=a b&u=http%3A%2F%2Fx%2F%3F100%25",
            "a.test/s",
            "a.test/s.html",
            "a.test/s/index.html",
        ]
    );
    assert_eq!(paths("https://a.test/s?")[0], "a.test/s");
}

#[test]
fn what_cannot_stand_in_a_name_is_escaped() {
    assert_eq!(paths("https://a.test/%C3%A9%20x")[0], "a.test/é x");
    assert_eq!(paths("https://a.test/@scope%2fname")[0], "a.test/@scope%2Fname");
    assert_eq!(paths("https://a.test/..%2f..%2fetc/passwd")[0], "a.test/..%2F..%2Fetc/passwd");
    assert_eq!(paths("https://a.test/..%5c..%5cx")[0], "a.test/..%5C..%5Cx");
    assert_eq!(paths("https://a.test/a%00b%ff%25")[0], "a.test/a%00b%FF%25");
    assert_eq!(paths("https://a.test/%2e%2e/%2e%2e/etc")[0], "a.test/etc");
    assert_eq!(paths("https://a.test/.%252e/x")[0], "a.test/.%252e/x");
    assert_eq!(paths("https://a.test//etc//passwd")[0], "a.test/etc/passwd");
}

#[test]
fn only_the_web_has_names() {
    assert!(paths("file:///etc/passwd").is_empty());
    assert!(paths("chrome://version").is_empty());
    let site = Site::new(&[("x", "")]);
    assert_eq!(site.get("file:///etc/passwd"), "only `http` and `https` URLs are replayed");
}

#[test]
fn a_page_stands_beside_the_folder_of_its_name() {
    let site = Site::new(&[
        ("a.test/a.html", "page a"),
        ("a.test/a/b", "page b"),
        ("a.test/c/index.html", "page c"),
    ]);
    assert_eq!(site.get("https://a.test/a"), "200 [content-type: text/html; charset=utf-8] page a");
    assert_eq!(site.get("http://a.test/a/b"), "200 [content-type: text/html; charset=utf-8] page b");
    assert_eq!(site.get("https://a.test/c"), "200 [content-type: text/html; charset=utf-8] page c");
    assert_eq!(site.get("https://a.test/a/"), "add `a.test/a/index.html` below the replay directory");
}

#[test]
fn a_query_of_its_own_comes_before_the_plain_file() {
    let site = Site::new(&[("a.test/data.json", "[]"), ("a.test/data.json%3Fpage=2", "[2]")]);
    assert_eq!(
        site.get("https://a.test/data.json?page=1"),
        "200 [content-type: application/json; charset=utf-8] []"
    );
    assert_eq!(
        site.get("https://a.test/data.json?page=2"),
        "200 [content-type: application/json; charset=utf-8] [2]"
    );
    assert_eq!(site.get("https://a.test/s?q=1"), "add `a.test/s` below the replay directory");
}

#[test]
fn the_extension_says_the_type() {
    let site = Site::new(&[("a.test/a.js", "1"), ("a.test/a.svg", "<svg/>"), ("a.test/a.png", "x")]);
    assert_eq!(site.get("https://a.test/a.js"), "200 [content-type: text/javascript; charset=utf-8] 1");
    assert_eq!(site.get("https://a.test/a.svg"), "200 [content-type: image/svg+xml; charset=utf-8] <svg/>");
    assert_eq!(site.get("https://a.test/a.png"), "200 [content-type: image/png] x");
    assert_eq!(content_type("blob", &[0xff, 0xd8]), None);
}

#[test]
fn a_side_file_says_status_headers_method_and_file() {
    let site = Site::new(&[
        ("a.test/old.replay.json", r#"{"status": 301, "headers": {"Location": "/new"}}"#),
        ("a.test/login.html", "form"),
        (
            "a.test/login.html.replay.json",
            r#"[{}, {"method": "POST", "status": 403, "file": "denied.txt", "headers": {"set-cookie": ["a=1", "b=2"]}}]"#,
        ),
        ("a.test/denied.txt", "no"),
        ("a.test/feed", "<a/>"),
        ("a.test/feed.replay.json", r#"{"headers": {"Content-Type": "application/atom+xml"}}"#),
        ("a.test/send", "sent"),
        ("a.test/send.replay.json", r#"{"method": "POST"}"#),
    ]);
    let html = "content-type: text/html; charset=utf-8";
    assert_eq!(site.get("https://a.test/old"), "301 [location: /new] ");
    assert_eq!(site.get("https://a.test/login"), format!("200 [{html}] form"));
    assert_eq!(
        site.call("POST", "https://a.test/login"),
        "403 [content-type: text/plain; charset=utf-8, set-cookie: a=1, set-cookie: b=2] no"
    );
    assert_eq!(site.get("https://a.test/feed"), "200 [content-type: application/atom+xml] <a/>");
    assert_eq!(site.call("POST", "https://a.test/send"), format!("200 [{html}] sent"));
    let get = "add `a.test/send.replay.json` with `\"method\": \"GET\"` below the replay directory";
    assert_eq!(site.get("https://a.test/send"), get);
    assert_eq!(site.call("HEAD", "https://a.test/login"), format!("200 [{html}] form"));
}

#[test]
fn a_post_needs_a_side_file() {
    let site = Site::new(&[("a.test/x", "x")]);
    let add = |name| {
        format!("add `a.test/{name}.replay.json` with `\"method\": \"POST\"` below the replay directory")
    };
    assert_eq!(site.call("POST", "https://a.test/x"), add("x"));
    assert_eq!(site.call("POST", "https://a.test/y"), add("y"));
}

#[test]
fn a_wrong_side_file_says_what_is_wrong() {
    let site = Site::new(&[
        ("a.test/json.replay.json", "{\"status\": 200,\n}"),
        ("a.test/word.replay.json", r#"{"statuz": 1}"#),
        ("a.test/status.replay.json", r#"{"status": 100}"#),
        ("a.test/name.replay.json", r#"{"headers": {"a b": "1"}}"#),
        ("a.test/value.replay.json", r#"{"headers": {"a": 1}}"#),
        ("a.test/gone.replay.json", r#"{"file": "none.txt"}"#),
        ("a.test/out.replay.json", r#"{"file": "../../secret"}"#),
    ]);
    let wrong = |name: &str| site.get(&format!("https://a.test/{name}"));
    assert_eq!(
        wrong("json"),
        "`a.test/json.replay.json` is wrong: there is a comma too many at line 2 column 1"
    );
    assert!(
        wrong("word")
            .starts_with("`a.test/word.replay.json` is wrong: `statuz` is unknown; known are `method`")
    );
    assert_eq!(wrong("status"), "`a.test/status.replay.json` is wrong: `status` is from 200 to 599, not 100");
    assert_eq!(wrong("name"), "`a.test/name.replay.json` is wrong: `a b` is not a header name");
    assert!(wrong("value").contains("`1` is not a value for the header `a`"));
    assert_eq!(wrong("gone"), "`a.test/gone.replay.json` is wrong: there is no file `a.test/none.txt`");
    assert_eq!(wrong("out"), "`a.test/out.replay.json` is wrong: `../../secret` is not a file name");
}

#[test]
fn a_side_file_is_no_answer_itself() {
    let site = Site::new(&[("a.test/x.replay.json", "{}")]);
    assert!(matches!(site.ask("GET", "https://a.test/x.replay.json"), Found::Missing(_)));
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out() {
    let site = Site::new(&[("a.test/x", "in")]);
    std::fs::write(site.0.path().join("secret"), "out").unwrap();
    let host = site.0.path().join("web/a.test");
    std::os::unix::fs::symlink("../../secret", host.join("out")).unwrap();
    std::os::unix::fs::symlink("../..", host.join("up")).unwrap();
    std::os::unix::fs::symlink("x", host.join("in")).unwrap();
    assert!(matches!(site.ask("GET", "https://a.test/out"), Found::Missing(_)));
    assert!(matches!(site.ask("GET", "https://a.test/up/secret"), Found::Missing(_)));
    assert!(site.get("https://a.test/in").ends_with(" in"));
}
