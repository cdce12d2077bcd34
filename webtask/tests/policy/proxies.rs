//! The proxies of pools: what they are told, and what comes through them.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use webtask::{ErrorKind, Pool, webtask};

use crate::outside::{Names, Outside};
use crate::support::builder;
use crate::support::site::{Answer, Site};

webtask! {
    task "proxied" {
        input url string required;
        goto "{{url}}";
        extract page from "html" { title text "title"; }
    }

    task "proxied/own" {
        goto "http://own.test/plain";
        extract page from "html" { title text "title"; }
    }

    task "proxied/http" {
        input url string required;
        http GET page url "{{url}}";
        set body "{{page.body}}";
    }

    task "proxied/http/own" {
        input secure bool default false;
        if "{{secure}}" {
            http GET page url "https://own.test/plain";
        } else {
            http GET page url "http://own.test/plain";
        }
    }
}

/// A SOCKS5 proxy that wants a user, and leads everything to one server. It gives what it was asked for.
async fn socks(
    to: std::net::SocketAddr,
) -> (std::net::SocketAddr, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, receiver) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let asked = asked.clone();
            tokio::spawn(async move { drop(serve(stream, to, asked).await) });
        }
    });
    (address, receiver)
}

async fn serve(
    mut stream: TcpStream,
    to: std::net::SocketAddr,
    asked: tokio::sync::mpsc::UnboundedSender<String>,
) -> std::io::Result<()> {
    let methods = stream.read_u16().await? & 0xff;
    stream.read_exact(&mut vec![0; methods.into()]).await?;
    stream.write_all(&[5, 2]).await?;
    stream.read_u8().await?;
    let mut words = Vec::new();
    for _ in 0..2 {
        let mut word = vec![0; stream.read_u8().await?.into()];
        stream.read_exact(&mut word).await?;
        words.push(String::from_utf8(word).unwrap());
    }
    let good = words == ["reader", "s cret"];
    stream.write_all(&[1, u8::from(!good)]).await?;
    if !good {
        return Ok(());
    }
    let mut head = [0; 4];
    stream.read_exact(&mut head).await?;
    let host = match head[3] {
        1 => {
            let mut address = [0; 4];
            stream.read_exact(&mut address).await?;
            std::net::Ipv4Addr::from(address).to_string()
        }
        _ => {
            let mut name = vec![0; stream.read_u8().await?.into()];
            stream.read_exact(&mut name).await?;
            String::from_utf8(name).unwrap()
        }
    };
    let port = stream.read_u16().await?;
    asked.send(format!("{host}:{port}")).unwrap();
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    let mut server = TcpStream::connect(to).await?;
    tokio::io::copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socks_proxy_gets_names_of_recipes_and_addresses_for_callers() {
    let site = Site::start().await;
    let (address, mut asked) = socks(site.address()).await;
    let pool = || Pool::new("default").size(1);
    let webtask = builder()
        .resolver(Names::default())
        .pool(pool().proxy(format!("socks5://reader:s%20cret@{address}")))
        .build()
        .unwrap();
    let own = proxied_own(&webtask, proxied_own::Input {}).await.unwrap();
    assert_eq!((own.page.title.as_str(), asked.recv().await.as_deref()), ("Plain", Some("own.test:80")));
    while asked.try_recv().is_ok() {}
    let input = proxied::Input { url: "http://a.test/plain".into() };
    assert_eq!(proxied(&webtask, input).await.unwrap().page.title, "Plain");
    assert_eq!(asked.recv().await.as_deref(), Some("93.184.215.14:80"));
    webtask.close().await.unwrap();

    // With a wrong password nothing comes, and the message does not hold it.
    let webtask = builder()
        .resolver(Names::default())
        .pool(pool().proxy(format!("socks5://reader:wr0ng@{address}")))
        .build()
        .unwrap();
    let error = proxied_own(&webtask, proxied_own::Input {}).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    let expected = format!("`http://own.test/plain` cannot be reached: the proxy `socks5://{address}`: ");
    assert!(error.message().starts_with(&expected) && !error.message().contains("wr0ng"), "{error}");
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_not_there_is_named() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let webtask = builder().pool(Pool::new("default").proxy(format!("http://{gone}"))).build().unwrap();
    let error = proxied_own(&webtask, proxied_own::Input {}).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    let expected = format!("`http://own.test/plain` cannot be reached: the proxy `http://{gone}`: ");
    assert!(error.message().starts_with(&expected), "{error}");
    webtask.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_pool_goes_through_its_proxy() {
    let site = Site::start().await;
    let profiles = tempfile::tempdir().unwrap();
    for pool in [
        Pool::new("default").fresh(),
        Pool::new("default").clean(),
        Pool::new("default").keep_session(),
        Pool::new("default").profile("one"),
    ] {
        let outside = Outside::start(site.address()).await;
        let webtask = builder()
            .resolver(Names::default())
            .profiles(profiles.path())
            .pool(pool.proxy(outside.url()).header("x-reader", "one").locale("de-DE"))
            .build()
            .unwrap();
        for _ in 0..3 {
            let own = proxied_own(&webtask, proxied_own::Input {}).await.unwrap();
            assert_eq!(own.page.title, "Plain");
            let input = proxied::Input { url: "http://a.test/plain".into() };
            assert_eq!(proxied(&webtask, input).await.unwrap().page.title, "Plain");
            let input = proxied::Input { url: format!("http://127.0.0.1:{}/plain", site.port()) };
            let error = proxied(&webtask, input).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UrlNotAllowed);
        }
        // Every request had what the pool gives.
        let asked = outside.asked();
        assert!(asked.iter().any(|head| head.starts_with("GET http://own.test/plain ")), "{asked:?}");
        webtask.close().await.unwrap();
    }
    let heads = site.heads("/plain");
    assert_eq!(heads.len(), 4 * 6);
    for head in heads {
        let head = head.to_lowercase();
        assert!(head.contains("x-reader: one") && head.contains("accept-language: de-de"), "{head}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_without_a_page_goes_through_the_proxy_too() {
    let site = Site::start().await;
    site.answer("/away", Answer::new("302 Found", "location: http://inner.test/plain\r\n", ""));
    let outside = Outside::start(site.address()).await;
    let names = || Names::default().with("inner.test", &[&["10.0.0.7"]]);
    let pool = |url: String| Pool::new("default").proxy(url);
    let webtask = builder().resolver(names()).pool(pool(outside.url())).build().unwrap();
    let own = async |secure| proxied_http_own(&webtask, proxied_http_own::Input { secure }).await;
    let get = async |url: &str| proxied_http(&webtask, proxied_http::Input { url: url.into() }).await;

    // The recipe's own URL by its name, as a request or as a tunnel.
    own(false).await.unwrap();
    assert!(
        outside.asked()[0].starts_with("GET http://own.test/plain HTTP/1.1\r\n"),
        "{:?}",
        outside.asked()
    );
    let error = own(true).await.unwrap_err();
    assert!(outside.asked()[1].starts_with("CONNECT own.test:443 "), "{:?}", outside.asked());
    // The site speaks no TLS.
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);

    // A caller's by the address that was judged, and none that may not be.
    let body = get("http://a.test/plain").await.unwrap().body;
    assert!(body.contains("<title>Plain</title>"), "{body}");
    assert!(outside.asked()[2].starts_with("CONNECT 93.184.215.14:80 "), "{:?}", outside.asked());
    for (url, message) in [
        (format!("http://127.0.0.1:{}/plain", site.port()), "`127.0.0.1` is a loopback address"),
        ("http://inner.test/plain".into(), "`inner.test` has a private address, `10.0.0.7`"),
        ("http://a.test/away".into(), "`inner.test` has a private address, `10.0.0.7`"),
    ] {
        let error = get(&url).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UrlNotAllowed, "{url}: {error}");
        assert!(error.message().contains(message), "{url}: {error}");
    }
    assert_eq!(site.heads("/plain").len(), 2);

    // One that wants a user, and one that is not there.
    let (address, mut asked) = socks(site.address()).await;
    let webtask = builder().pool(pool(format!("socks5://reader:s%20cret@{address}"))).build().unwrap();
    proxied_http_own(&webtask, proxied_http_own::Input { secure: false }).await.unwrap();
    assert_eq!(asked.recv().await.as_deref(), Some("own.test:80"));
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let webtask = builder().pool(pool(format!("http://{gone}"))).build().unwrap();
    let error = proxied_http_own(&webtask, proxied_http_own::Input { secure: false }).await.unwrap_err();
    let expected = format!("`http://own.test/plain` cannot be reached: the proxy `http://{gone}`: ");
    assert_eq!(error.kind(), ErrorKind::NavigationFailed);
    assert!(error.message().starts_with(&expected), "{error}");
}

#[test]
fn a_proxy_serves_one_runtime_after_the_other() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let servers = runtime();
    let (site, outside) = servers.block_on(async {
        let site = Site::start().await;
        let outside = Outside::start(site.address()).await;
        (site, outside)
    });
    let done = std::sync::Arc::new(tokio::sync::Notify::new());
    let until = done.clone();
    let serving = std::thread::spawn(move || servers.block_on(until.notified()));
    let webtask = builder().pool(Pool::new("default").proxy(outside.url())).build().unwrap();
    for _ in 0..2 {
        let call = proxied_http_own(&webtask, proxied_http_own::Input { secure: false });
        runtime().block_on(call.into_future()).unwrap();
    }
    assert_eq!(site.heads("/plain").len(), 2);
    done.notify_one();
    serving.join().unwrap();
}

/// What the environment says of proxies, and where the site is.
const SITE: &str = "WEBTASK_TEST_SITE";

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_of_the_environment_is_not_asked() {
    let site = Site::start().await;
    let outside = Outside::start(site.address()).await;
    let mut inner = tokio::process::Command::new(std::env::current_exe().unwrap());
    inner.args(["--exact", "proxies::asks_no_proxy", "--ignored", "--nocapture"]);
    inner.env(SITE, site.url("/plain")).env_remove("no_proxy").env_remove("NO_PROXY");
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        inner.env(name, outside.url());
    }
    let ended = inner.output().await.unwrap();
    let told = String::from_utf8_lossy(&ended.stdout);
    assert!(
        ended.status.success() && told.contains("1 passed"),
        "{told}{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    assert_eq!(outside.asked(), Vec::<String>::new());
    assert!(site.asked("/plain") >= 4, "{}", site.asked("/plain"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "`the_proxy_of_the_environment_is_not_asked` runs it"]
async fn asks_no_proxy() {
    let url = std::env::var(SITE).unwrap();
    let profiles = tempfile::tempdir().unwrap();
    let pools = [
        Pool::new("default").size(1).allow_private(true),
        Pool::new("default").size(1).allow_private(true).fresh(),
        Pool::new("default").size(1).allow_private(true).profile("own"),
    ];
    for pool in pools {
        let webtask = builder().profiles(profiles.path()).pool(pool).build().unwrap();
        assert_eq!(proxied(&webtask, proxied::Input { url: url.clone() }).await.unwrap().page.title, "Plain");
        let asked = proxied_http(&webtask, proxied_http::Input { url: url.clone() }).await.unwrap();
        assert!(asked.body.contains("Plain"), "{}", asked.body);
        // No server of that name answers, but a proxy would.
        let own = proxied_own(&webtask, proxied_own::Input {}).await.unwrap_err();
        assert_eq!(own.kind(), ErrorKind::NavigationFailed);
        for secure in [false, true] {
            let own = proxied_http_own(&webtask, proxied_http_own::Input { secure }).await.unwrap_err();
            assert_eq!(own.kind(), ErrorKind::NavigationFailed);
        }
        webtask.close().await.unwrap();
    }
}
