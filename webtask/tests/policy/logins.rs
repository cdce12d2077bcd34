//! What a pool has for some servers alone: logins, and certificates that are not checked.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use webtask::{ErrorKind, Pool, Webtask, webtask};

use crate::support::builder;
use crate::tls;

webtask! {
    task "login/open" {
        input url string required;
        goto page "{{url}}";
        js title: String "return document.title";
        js script: bool "return window.loaded === true";
        js fetched: i64 "return (await fetch('/fetched')).status" await;
    }

    task "login/elsewhere" {
        input url string required;
        goto page "{{url}}";
        js loaded: bool "return window.loaded === true";
    }

    /// Goes on from a good page to one that nobody trusts.
    task "login/goes" {
        input url string required;
        input how string required;
        goto "{{url}}";
        js _ "document.body.innerHTML = `<a href=https://127.0.0.1:${location.port}/ style='position:fixed;inset:0'>bad</a>`";
        if "{{how}}" {
            click "a";
        } else {
            js _ "location = document.querySelector('a').href";
        }
    }

    task "login/each" {
        input url string required;
        goto "{{url}}";
        download each files selector "script, a";
    }

    task "login/ask" {
        input url string required;
        http POST answer url "{{url}}" body "text";
    }
}

/// Each path with its `Authorization`.
type Asked = Arc<Mutex<Vec<(String, Option<String>)>>>;

/// A server that lets in who knows the password, and keeps what it was sent.
struct Guarded {
    address: SocketAddr,
    asked: Asked,
    task: AbortHandle,
}

impl Guarded {
    /// Each path that begins so is asked for a password, by Digest below `/digest` and by Basic elsewhere; `/away` leads to
    /// another server.
    async fn start(away: Option<SocketAddr>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Asked::default();
        let kept = asked.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, kept.clone(), away));
            }
        });
        Self { address, asked, task: task.abort_handle() }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The logins with which a path was asked for, each time.
    fn asked(&self, path: &str) -> Vec<Option<String>> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(known, _)| known == path).map(|(_, login)| login.clone()).collect()
    }

    fn pool(&self) -> Pool {
        Pool::new("default").allow_private(true).credentials(self.url(""), "ann", "word")
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, asked: Asked, away: Option<SocketAddr>) {
    let Some((method, path, login)) = read(&mut stream).await else { return };
    asked.lock().unwrap().push((path.clone(), login.clone()));
    let is_digest = path.starts_with("/digest");
    let is_in = match (&login, is_digest) {
        (Some(login), false) => *login == format!("Basic {}", STANDARD.encode("ann:s3cret")),
        (Some(login), true) => is_right(login, &method, &path),
        (None, _) => false,
    };
    let challenge = match is_digest {
        true => "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256",
        false => "Basic realm=\"r\"",
    };
    let (head, body) = match (is_in, &*path, away) {
        (false, ..) => {
            (format!("401 Unauthorized\r\nwww-authenticate: {challenge}"), "<title>denied</title>")
        }
        (true, "/away", Some(away)) => (format!("302 Found\r\nlocation: http://{away}/there"), ""),
        (true, "/script.js", _) => {
            ("200 OK\r\ncontent-type: text/javascript".to_owned(), "window.loaded = true")
        }
        (true, ..) => ("200 OK".to_owned(), "<title>in</title><script src=/script.js></script>"),
    };
    let head =
        if head.contains("content-type") { head } else { format!("{head}\r\ncontent-type: text/html") };
    let answer =
        format!("HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// The method, the path, and the header `Authorization` of a request.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<(String, String, Option<String>)> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|four| four == b"\r\n\r\n") {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut words = text.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let login = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("authorization").then(|| value.trim().to_owned())
    });
    Some((method, path, login))
}

/// Whether a digest is that of the password.
fn is_right(login: &str, method: &str, path: &str) -> bool {
    let part = |name: &str| {
        let rest = login.split_once(&format!("{name}="))?.1;
        Some(rest.split([',', ' ']).next()?.trim_matches('"').to_owned())
    };
    let hash = |text: String| -> String {
        Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let expected = || {
        let (user, asked) = (hash("ann:r:s3cret".into()), hash(format!("{method}:{path}")));
        Some(hash(format!(
            "{user}:n:{}:{}:auth:{asked}",
            part(" nc").or_else(|| part(",nc"))?,
            part("cnonce")?
        )))
    };
    part("response").is_some_and(|response| Some(response) == expected())
}

async fn opened(webtask: &Webtask, url: String) -> login_open::Output {
    login_open(webtask, login_open::Input { url }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_given_to_pages_and_to_what_they_load() {
    let site = Guarded::start(None).await;
    let webtask = builder().pool(site.pool()).secret("word", "s3cret").build().unwrap();
    for path in ["/page", "/digest/page"] {
        let output = opened(&webtask, site.url(path)).await;
        assert_eq!((output.title.as_str(), output.page.status), ("in", 200), "{path}");
        assert!(output.script, "{path}");
        assert_eq!(output.fetched, 200, "{path}");
        let ask = login_ask(&webtask, login_ask::Input { url: site.url(path) }).await.unwrap();
        assert_eq!(ask.answer.status, 200, "{path}");
    }
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_downloaded_has_the_login_too() {
    let server = Guarded::start(None).await;
    let webtask = builder().secret("word", "s3cret").pool(server.pool()).build().unwrap();
    let site = crate::support::site::Site::start().await;
    site.page("/links", &format!("<a href='{}'>script</a>", server.url("/script.js")));
    // By the page itself, and past it, where it is of another origin.
    for url in [server.url("/basic"), site.url("/links")] {
        let files = login_each(&webtask, login_each::Input { url: url.clone() }).await.unwrap().files;
        assert_eq!(files.len(), 1, "{url}");
        let bytes = files[0].bytes().unwrap();
        assert_eq!(
            (bytes.as_slice(), files[0].name.as_str()),
            (&b"window.loaded = true"[..], "script.js"),
            "{url}"
        );
    }
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_login_is_given_once() {
    let site = Guarded::start(None).await;
    let webtask = builder().pool(site.pool()).secret("word", "wr0ng").build().unwrap();
    for path in ["/page", "/digest/page"] {
        let output = opened(&webtask, site.url(path)).await;
        assert_eq!((output.title.as_str(), output.page.status), ("denied", 401), "{path}");
        let with = site.asked(path).into_iter().flatten().count();
        assert_eq!(with, 1, "{path}: {:?}", site.asked(path));
        let ask = login_ask(&webtask, login_ask::Input { url: site.url(path) }).await.unwrap();
        assert_eq!(ask.answer.status, 401);
        assert_eq!(site.asked(path).into_iter().flatten().count(), 2, "{path}");
    }
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_goes_to_no_other_origin() {
    let other = Guarded::start(None).await;
    let site = Guarded::start(Some(other.address)).await;
    let pool = site.pool().block_urls(["*/script.js"]);
    let webtask = builder().pool(pool).secret("word", "s3cret").build().unwrap();
    for url in [other.url("/page"), site.url("/away"), site.url("/away").replace("127.0.0.1", "localhost")] {
        let page = login_elsewhere(&webtask, login_elsewhere::Input { url: url.clone() }).await.unwrap();
        assert_eq!((page.page.status, page.loaded), (401, false), "{url}");
        let ask = login_ask(&webtask, login_ask::Input { url: url.clone() }).await.unwrap();
        assert_eq!(ask.answer.status, 401, "{url}");
    }
    assert!(other.asked.lock().unwrap().iter().all(|(_, login)| login.is_none()));
    // What is blocked stays so where the login is given.
    let page = login_elsewhere(&webtask, login_elsewhere::Input { url: site.url("/page") }).await.unwrap();
    assert_eq!((page.page.status, page.loaded), (200, false));
    assert!(site.asked("/script.js").is_empty());
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_recording_has_a_login() {
    let site = Guarded::start(None).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("visit.har");
    let webtask = builder().pool(site.pool()).secret("word", "s3cret").record(&file).build().unwrap();
    assert_eq!(opened(&webtask, site.url("/page")).await.title, "in");
    let ask = login_ask(&webtask, login_ask::Input { url: site.url("/page") }).await.unwrap();
    assert_eq!(ask.answer.status, 200);
    webtask.close().await.unwrap();
    let har = std::fs::read_to_string(&file).unwrap();
    assert!(har.contains("/page"));
    assert!(!har.to_lowercase().contains("\"authorization\"") && !har.contains("s3cret"));
    assert!(!har.contains(&STANDARD.encode("ann:s3cret")));
}

#[test]
fn a_login_without_its_secret_is_told_before_anything_starts() {
    let pool = Pool::new("staging").credentials("https://staging.example", "ann", "no_such_secret");
    let error = builder().pool(pool).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let start = "`credentials` of pool `staging`: ";
    assert!(error.message().starts_with(start) && error.message().contains("no_such_secret"), "{error}");
}

#[test]
fn a_file_has_logins_and_hosts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("webtask.toml");
    let build = |text: &str| {
        std::fs::write(&file, text).unwrap();
        builder().settings(&file).secret("word", "s3cret").build()
    };
    let good = "[pools.default]\naccept_invalid_certs = [\"staging.example\"]\n\
                [pools.default.credentials]\n\"https://staging.example\" = { user = \"ann\", secret = \"word\" }\n";
    assert!(build(good).is_ok());
    let error =
        build("[pools.default.credentials]\n\"https://a.test\" = { user = \"ann\", password = \"x\" }\n")
            .unwrap_err();
    assert!(error.message().contains("`credentials` of `https://a.test` should be `{ user = "), "{error}");
}

/// A server with a certificate that nobody trusts.
async fn untrusted() -> (SocketAddr, AbortHandle) {
    let (listener, acceptor) = tls::untrusted().await;
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                if read(&mut stream).await.is_none() {
                    return;
                }
                let body = "<title>in</title>";
                let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n";
                let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    (address, task.abort_handle())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificates_of_some_hosts_are_not_checked() {
    let (address, task) = untrusted().await;
    let (good, bad) = (format!("https://localhost:{}/", address.port()), format!("https://{address}/"));
    let pool = || Pool::new("default").allow_private(true);
    let trusting = builder().pool(pool().accept_invalid_certs(["LOCALHOST"])).build().unwrap();
    let output = opened(&trusting, good.clone()).await;
    assert_eq!((output.title.as_str(), output.page.status, output.fetched), ("in", 200, 200));
    let ask = login_ask(&trusting, login_ask::Input { url: good.clone() }).await.unwrap();
    assert_eq!(ask.answer.status, 200);
    let checking = builder().pool(pool()).build().unwrap();
    for (webtask, url) in [(&trusting, &bad), (&checking, &bad), (&checking, &good)] {
        let page = login_elsewhere(webtask, login_elsewhere::Input { url: url.clone() }).await.unwrap_err();
        assert_eq!((page.kind(), page.retryable()), (ErrorKind::NavigationFailed, false), "{page}");
        assert!(page.message().contains("cannot be reached: net::ERR_CERT_"), "{page}");
        let ask = login_ask(webtask, login_ask::Input { url: url.clone() }).await.unwrap_err();
        assert_eq!((ask.kind(), ask.retryable()), (ErrorKind::NavigationFailed, false), "{ask}");
    }
    // The browser itself stays where it is, without a word.
    for how in ["click", ""] {
        let error = login_goes(&trusting, login_goes::Input { url: good.clone(), how: how.into() })
            .await
            .unwrap_err();
        assert_eq!((error.kind(), error.retryable()), (ErrorKind::NavigationFailed, false), "{how} {error}");
        assert!(
            error.message().starts_with(&format!("`{bad}` cannot be reached: net::ERR_CERT_")),
            "{how} {error}"
        );
    }
    // The window is not spoilt by what was refused in it.
    assert_eq!(opened(&trusting, good).await.title, "in");
    trusting.close().await.unwrap();
    checking.close().await.unwrap();
    task.abort();
}
