//! HTTP without a page: through the network, from a replay, or into a recording. It knows no recipe.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE,
    LOCATION, RANGE, USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Client;
use url::{Host, Url};

use crate::access::Access;
use crate::browser::{Asked, Served, Traffic};
use crate::files;
use crate::net::{self, ACCEPTED, Fault, cause, is_tls, reason};
use crate::policy::{self, Denied, Failure, Gate, Names, Proxy};
use crate::{Error, ErrorKind};

/// How many redirects are followed.
const REDIRECTS: usize = 10;

/// How large an answer may be, packed or not.
const SIZE: usize = 64 << 20;

/// What a redirect to another site keeps of the headers: nothing that could be meant for the first one alone.
const KEPT: [HeaderName; 4] = [ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, USER_AGENT];

/// Asks servers. It holds the connections that are kept open.
pub(crate) struct Fetch {
    traffic: Traffic,
    names: Names,
    client: OnceLock<Client>,
    /// Reaches public addresses only.
    guarded: OnceLock<Client>,
    /// Those that do not check the certificates of some hosts, guarded or not.
    trusting: Mutex<HashMap<(Vec<String>, bool), Client>>,
    /// The ways through the proxies of pools, guarded or not.
    proxied: tokio::sync::Mutex<HashMap<Way, Arc<Proxied>>>,
}

/// The way that a request takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route<'a> {
    pub(crate) proxy: Option<&'a Proxy>,
    /// Whether it leads to public addresses only.
    pub(crate) guarded: bool,
    /// What the run has had of a recording.
    pub(crate) served: &'a Arc<Served>,
    /// What the pool has for some servers alone.
    pub(crate) access: Option<&'a Access>,
}

impl Route<'_> {
    /// The hosts whose certificates are not checked.
    fn unchecked(&self) -> &[String] {
        self.access.map_or(&[], Access::unchecked)
    }

    /// What a server gets that asks for a login, unless the recipe has sent one.
    fn authorization(&self, ask: &Ask, reply: &Reply) -> Option<HeaderValue> {
        if reply.status != 401 || ask.headers.contains_key(AUTHORIZATION) {
            return None;
        }
        self.access?.login(&ask.url)?.answer(&reply.headers, &ask.method, &ask.url)
    }
}

/// Which way through a proxy.
#[derive(PartialEq, Eq, Hash)]
struct Way {
    proxy: Proxy,
    unchecked: Vec<String>,
    guarded: bool,
}

/// A way through a proxy: a client, behind a gate that judges and dials as for a window.
struct Proxied {
    client: Client,
    gate: Gate,
}

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Fetch {
    pub(crate) fn new(traffic: Traffic, names: Names) -> Self {
        Self {
            traffic,
            names,
            client: OnceLock::new(),
            guarded: OnceLock::new(),
            trusting: Mutex::default(),
            proxied: tokio::sync::Mutex::default(),
        }
    }

    /// Whether nothing goes to the network.
    pub(crate) fn is_replayed(&self) -> bool {
        self.traffic.is_replayed()
    }

    /// Asks, follows redirects, and gives the answer with the address that it came from.
    pub(crate) async fn ask(&self, mut ask: Ask, route: Route<'_>) -> Result<(Url, Reply), Error> {
        for _ in 0..=REDIRECTS {
            let reply = self.once(&ask, route).await?;
            match next(&mut ask, &reply)? {
                true => {}
                false => return Ok((ask.url, reply)),
            }
        }
        Err(Error::step_failed(format!("more than {REDIRECTS} redirects, the last one to `{}`", ask.url)))
    }

    async fn once(&self, ask: &Ask, route: Route<'_>) -> Result<Reply, Error> {
        if route.guarded {
            policy::check(&ask.url)?;
        }
        let asked = Asked {
            method: ask.method.as_str(),
            url: ask.url.as_str(),
            headers: pairs(&ask.headers),
            body: &ask.body,
            served: route.served,
        };
        if let Some(answer) = self.traffic.answer(&asked).await? {
            return Ok(Reply { status: answer.status, headers: map(answer.headers), body: answer.body });
        }
        let note = self.traffic.begin(&asked);
        let reply = self.log_in(ask, route).await;
        match &reply {
            Ok(reply) => note.end(reply.status, pairs(&reply.headers), &reply.body),
            Err(error) => note.fail(error.message()),
        }
        reply
    }

    /// Sends it, and once more with the pool's login when the server asks for that. No recording sees the login.
    async fn log_in(&self, ask: &Ask, route: Route<'_>) -> Result<Reply, Error> {
        let reply = self.send(ask, route).await?;
        let Some(login) = route.authorization(ask, &reply) else { return Ok(reply) };
        let mut again = ask.clone();
        again.headers.insert(AUTHORIZATION, login);
        self.send(&again, route).await
    }

    async fn send(&self, ask: &Ask, route: Route<'_>) -> Result<Reply, Error> {
        let Some(proxy) = route.proxy else {
            return answer(&self.client(route.guarded, route.unchecked())?, ask).await;
        };
        let way = self.proxied(proxy, route.guarded, route.unchecked()).await?;
        let before = way.gate.mark();
        answer(&way.client, ask).await.map_err(|error| match error.kind() {
            // The gate knows the reason.
            ErrorKind::NavigationFailed => way.gate.why_not(before, &ask.url).unwrap_or(error),
            _ => error,
        })
    }

    /// The way through that proxy. It is as old as the runtime that it was made in.
    async fn proxied(
        &self,
        proxy: &Proxy,
        guarded: bool,
        unchecked: &[String],
    ) -> Result<Arc<Proxied>, Error> {
        let mut ways = self.proxied.lock().await;
        let key = Way { proxy: proxy.clone(), unchecked: unchecked.to_vec(), guarded };
        if let Some(way) = ways.get(&key).filter(|way| !way.gate.is_over()) {
            return Ok(way.clone());
        }
        let gate = Gate::open(&self.names, Some(proxy)).await?;
        if guarded {
            gate.guard();
        }
        let server = reqwest::Proxy::all(gate.server()).map_err(|error| net::no_tls(&error))?;
        let client = net::builder(unchecked)?.proxy(server).build().map_err(|error| net::no_tls(&error))?;
        let way = Arc::new(Proxied { client, gate });
        ways.insert(key, way.clone());
        Ok(way)
    }

    fn client(&self, guarded: bool, unchecked: &[String]) -> Result<Client, Error> {
        let public = guarded.then_some(&self.names);
        if !unchecked.is_empty() {
            let mut trusting = self.trusting.lock().unwrap_or_else(PoisonError::into_inner);
            let key = (unchecked.to_vec(), guarded);
            if let Some(client) = trusting.get(&key) {
                return Ok(client.clone());
            }
            let client = build(public, unchecked)?;
            trusting.insert(key, client.clone());
            return Ok(client);
        }
        let kept = if guarded { &self.guarded } else { &self.client };
        if let Some(client) = kept.get() {
            return Ok(client.clone());
        }
        let client = build(public, &[])?;
        Ok(kept.get_or_init(|| client).clone())
    }
}

impl fmt::Debug for Fetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetch").finish_non_exhaustive()
    }
}

/// Asks once, and reads and unpacks what comes.
async fn answer(client: &Client, ask: &Ask) -> Result<Reply, Error> {
    let mut headers = ask.headers.clone();
    // A part of what is packed cannot be unpacked.
    if !headers.contains_key(RANGE) {
        headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static(ACCEPTED));
    }
    let request = client.request(ask.method.clone(), ask.url.clone());
    let request = request.headers(headers).body(ask.body.clone());
    let mut response = request.send().await.map_err(|error| failed(&ask.url, error))?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&ask.url, error))? {
        if body.len() + chunk.len() > SIZE {
            let message = format!("`{}` answers more than {} MiB", ask.url, SIZE >> 20);
            return Err(Error::step_failed(message));
        }
        body.extend_from_slice(&chunk);
    }
    unpacked(&ask.url, Reply { status, headers, body }).await
}

/// The answer without its content encodings. The headers that tell of them, and of the packed length, go with them.
async fn unpacked(url: &Url, mut reply: Reply) -> Result<Reply, Error> {
    // So the answers to HEAD, 204 and 304 keep what they say.
    if reply.body.is_empty() {
        return Ok(reply);
    }
    let wrong = |fault| undecoded(url, &fault);
    let codings = net::codings(&reply.headers).map_err(wrong)?;
    if codings.is_empty() {
        return Ok(reply);
    }
    let body = std::mem::take(&mut reply.body);
    let unpacked = files::blocking(move |_| Ok(net::unpack(&codings, body, SIZE))).await?;
    reply.body = unpacked.map_err(wrong)?;
    reply.headers.remove(CONTENT_ENCODING);
    reply.headers.remove(CONTENT_LENGTH);
    Ok(reply)
}

/// Why a body cannot be unpacked.
fn undecoded(url: &Url, fault: &Fault) -> Error {
    match fault {
        Fault::Unknown(name) => Error::step_failed(format!(
            "`{url}` answers with the content encoding `{name}`, which cannot be decoded; ask for another one with \
             `headers {{ \"accept-encoding\": \"gzip\" }}`"
        )),
        Fault::Many => Error::step_failed(format!("`{url}` answers with too many content encodings")),
        Fault::Large(coding) => Error::step_failed(format!(
            "`{url}` answers more than {} MiB once its content encoding `{coding}` is undone",
            SIZE >> 20
        )),
        Fault::Broken(coding, why) => Error::new(
            ErrorKind::NavigationFailed,
            format!("`{url}` answers with a body that is not `{coding}`, though it says so: {why}"),
        ),
    }
}

fn build(public: Option<&Names>, unchecked: &[String]) -> Result<Client, Error> {
    let client = match public {
        Some(names) => net::builder(unchecked)?.dns_resolver(Arc::new(Public(names.clone()))),
        None => net::builder(unchecked)?,
    };
    client.build().map_err(|error| net::no_tls(&error))
}

/// Finds public addresses only.
struct Public(Names);

impl reqwest::dns::Resolve for Public {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let (names, host) = (self.0.clone(), Host::Domain(name.as_str().to_owned()));
        Box::pin(async move {
            match policy::addresses(&names, &host, 0, true).await {
                Ok(found) => Ok(Box::new(found.into_iter()) as reqwest::dns::Addrs),
                Err(Failure::Denied(denied)) => Err(denied.into()),
                Err(Failure::Unreachable(reason)) => Err(reason.into()),
            }
        })
    }
}

/// Whether an answer leads elsewhere; then it is asked next.
fn next(ask: &mut Ask, reply: &Reply) -> Result<bool, Error> {
    if !matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
        return Ok(false);
    }
    let Some(location) = reply.headers.get(LOCATION) else { return Ok(false) };
    let location = String::from_utf8_lossy(location.as_bytes());
    let wrong = |why: String| Error::step_failed(format!("`{}` redirects to `{location}`: {why}", ask.url));
    let url = ask.url.join(&location).map_err(|error| wrong(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("only http and https are followed".into()));
    }
    let turns = match reply.status {
        303 => ask.method != Method::HEAD,
        301 | 302 => ask.method == Method::POST,
        _ => false,
    };
    if turns {
        ask.method = Method::GET;
        ask.body.clear();
        ask.headers.remove(CONTENT_TYPE);
    }
    if url.origin() != ask.url.origin() {
        let kept = std::mem::take(&mut ask.headers);
        ask.headers.extend(
            kept.into_iter().filter(|(name, _)| name.as_ref().is_some_and(|name| KEPT.contains(name))),
        );
    }
    ask.url = url;
    Ok(true)
}

/// What went wrong, down to its cause.
fn failed(url: &Url, error: reqwest::Error) -> Error {
    let error = error.without_url();
    if let Some(denied) = cause(&error).downcast_ref::<Denied>() {
        return denied.error(url);
    }
    let failed =
        Error::new(ErrorKind::NavigationFailed, format!("`{url}` cannot be reached: {}", reason(&error)));
    match is_tls(&error) {
        // A certificate that is not trusted, or no common version: the next try finds the same.
        true => failed.with_retryable(false).with_source(error),
        false => failed.with_source(error),
    }
}

/// Headers as texts.
fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// Headers from texts, without those that are none.
fn map(pairs: Vec<(String, String)>) -> HeaderMap {
    pairs
        .into_iter()
        .filter_map(|(name, value)| {
            Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(&value).ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: Method, url: &str) -> Ask {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "x-key", "accept", "content-type", "cookie"] {
            headers.insert(name, HeaderValue::from_static("x"));
        }
        Ask { method, url: Url::parse(url).expect("a URL"), headers, body: b"body".to_vec() }
    }

    fn reply(status: u16, location: &str) -> Reply {
        Reply { status, headers: map(vec![("location".into(), location.into())]), body: Vec::new() }
    }

    #[test]
    fn what_is_said_to_one_site_is_not_said_to_another() {
        for (location, kept) in [
            ("/b", 5),
            ("https://a.example/b", 5),
            ("https://b.example/", 2),
            ("http://a.example/", 2),
            ("https://a.example:444/", 2),
        ] {
            let mut ask = ask(Method::PUT, "https://a.example/a");
            assert!(next(&mut ask, &reply(307, location)).expect("it can be followed"));
            assert_eq!(ask.headers.len(), kept, "{location}");
            assert_eq!(ask.body, b"body");
        }
    }

    #[test]
    fn a_redirect_of_a_form_is_a_plain_read() {
        for (method, status, after) in [
            (Method::POST, 301, Method::GET),
            (Method::POST, 302, Method::GET),
            (Method::PUT, 302, Method::PUT),
            (Method::PUT, 303, Method::GET),
            (Method::HEAD, 303, Method::HEAD),
            (Method::POST, 308, Method::POST),
        ] {
            let mut ask = ask(method.clone(), "https://a.example/");
            assert!(next(&mut ask, &reply(status, "/b")).expect("it can be followed"));
            assert_eq!(ask.method, after, "{method} {status}");
            assert_eq!(ask.body.is_empty(), ask.method != method);
        }
        let mut ask = ask(Method::GET, "https://a.example/");
        assert!(!next(&mut ask, &reply(304, "/b")).expect("no redirect"));
        let error = next(&mut ask, &reply(302, "file:///etc/passwd")).expect_err("no web address");
        assert_eq!(
            error.message(),
            "`https://a.example/` redirects to `file:///etc/passwd`: only http and https are followed"
        );
    }
}
