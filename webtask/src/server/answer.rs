//! From a request to its answer, in types of `http`: who may have it, and which endpoint gives it. It knows no connection and
//! no door.

use std::pin::pin;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, HOST, HeaderMap, HeaderValue};
use http::request::Parts;
use http::uri::Authority;
use http::{Method, StatusCode, Uri};
use http_body::Body as _;
use hyper::upgrade::OnUpgrade;
use serde_json::{Map, json};
use tracing::Instrument as _;

use super::body::Body;
use super::call::call;
use super::catalog::Catalog;
use super::mount::Mount;
use super::path::Path;
use super::reject::Refusal;
use super::respond::{Response, empty, json};
use super::{Endpoint, Service, cors, follow, metrics, socket, trace, zip};

/// What is answered.
pub(super) struct Offer {
    pub(super) endpoints: Vec<Endpoint>,
    /// The document that describes them, once somebody has asked for it.
    openapi: ArcSwapOption<Document>,
}

/// What describes the endpoints for some tasks.
struct Document {
    tasks: Arc<Catalog>,
    text: Bytes,
}

impl Offer {
    pub(super) fn new(endpoints: Vec<Endpoint>) -> Self {
        Self { endpoints, openapi: ArcSwapOption::empty() }
    }

    /// The document for the tasks that there are now.
    fn openapi(&self, service: &Service) -> Bytes {
        let tasks = service.tasks.catalog();
        if let Some(known) = &*self.openapi.load()
            && Arc::ptr_eq(&known.tasks, &tasks)
        {
            return known.text.clone();
        }
        let text = service.openapi(&tasks, &self.endpoints);
        self.openapi.store(Some(Arc::new(Document { tasks, text: text.clone() })));
        text
    }
}

/// A request whose path is ours, but for its body.
pub(super) struct Request<'r> {
    pub(super) path: Path<'r>,
    pub(super) full: &'r str,
    /// What stands before the part of the path that is ours.
    pub(super) base: &'r str,
    pub(super) query: &'r str,
    pub(super) method: &'r Method,
    pub(super) headers: &'r HeaderMap,
    /// None when it cannot be read, or is not the same wherever it stands.
    pub(super) authority: Option<&'r str>,
    pub(super) upgrade: Option<&'r OnUpgrade>,
}

impl<'r> Request<'r> {
    /// The request below a prefix, if its path is one of those endpoints'.
    pub(super) fn read(
        head: &'r Parts,
        prefix: &str,
        upgrade: Option<&'r OnUpgrade>,
        (offer, mounts): (&Offer, &[Mount]),
    ) -> Option<Self> {
        let full = head.uri.path();
        let below = full.strip_prefix(prefix)?;
        let tail = below.strip_prefix('/').or(prefix.is_empty().then_some(below))?;
        let path = Path::read(tail, mounts).filter(|path| !path.allowed(&offer.endpoints).is_empty())?;
        let base = &full[..full.len() - tail.len()];
        Some(Request {
            path,
            full,
            base: if base.is_empty() { "/" } else { base },
            query: head.uri.query().unwrap_or_default(),
            authority: authority(&head.uri, &head.headers),
            method: &head.method,
            headers: &head.headers,
            upgrade,
        })
    }
}

/// Who is called: what the URI says, or `Host`, or both when they say the same.
fn authority<'r>(uri: &'r Uri, headers: &'r HeaderMap) -> Option<&'r str> {
    let host = headers.get(HOST).map(HeaderValue::to_str);
    match (uri.authority().map(Authority::as_str), host) {
        (Some(authority), None) => Some(authority),
        (None, Some(Ok(host))) => Some(host),
        (Some(authority), Some(Ok(host))) if authority.eq_ignore_ascii_case(host) => Some(host),
        _ => None,
    }
}

/// What is served, or why it is not, as the request wants to have it; within the request's span.
pub(super) async fn answer(
    service: &Arc<Service>,
    offer: &Offer,
    request: &Request<'_>,
    body: &mut Body,
) -> Response {
    let span = trace::span(request.method, request.full, request.headers);
    let reply = pin!(reply(service, offer, request, body));
    // To go into a span and out of it again takes its time, even when nobody listens.
    if span.is_disabled() { reply.await } else { reply.instrument(span).await }
}

async fn reply(service: &Arc<Service>, offer: &Offer, request: &Request<'_>, body: &mut Body) -> Response {
    let since = trace::begin();
    let head = request.method == Method::HEAD;
    let origin = service.guard.foreign(request.headers).cloned();
    let zipped = service.compress.then(|| zip::is_wanted(request.headers));
    let mut response = match serve(service, offer, request, body).await {
        Ok(response) => response,
        Err(refusal) => refusal.response(None),
    };
    if service.guard.has_origins() {
        cors::open(&mut response, origin.as_ref());
    }
    if let Some(wanted) = zipped {
        response = Box::pin(zip::zip(wanted, response)).await;
    }
    trace::answered(&response, since);
    if head { without_body(response) } else { response }
}

/// The same without its body, whose length it tells all the same.
fn without_body(mut response: Response) -> Response {
    if let Some(length) = response.body().size_hint().exact().filter(|length| *length > 0) {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    response.map(|_| Default::default())
}

/// Each endpoint's future has a box of its own: the room for all that may be waited for is dear, and would be every
/// request's.
async fn serve(
    service: &Arc<Service>,
    offer: &Offer,
    request: &Request<'_>,
    body: &mut Body,
) -> Result<Response, Refusal> {
    let endpoints = &offer.endpoints;
    let allowed = request.path.allowed(endpoints);
    if !request.path.is_probe() {
        service.guard.check(request.authority, request.headers)?;
        // A browser asks without the token.
        if cors::is_preflight(request.method, request.headers) {
            return Ok(cors::preflight(allowed));
        }
        service.tokens.check(request.headers)?;
    }
    let entry = match &request.path {
        Path::Task(slug) => Some(service.tasks.find(slug)?),
        _ => None,
    };
    let method = if request.method == Method::HEAD { &Method::GET } else { request.method };
    if method == Method::OPTIONS {
        return Ok(options(allowed));
    }
    if let Some(entry) = &entry
        && endpoints.contains(&Endpoint::Run)
        && request.method == Method::GET
        && socket::is_wanted(request.headers)
    {
        return socket::open(service, &entry.task, request.headers, request.upgrade.cloned());
    }
    if !allowed
        .as_bytes()
        .split(|byte| *byte == b',')
        .any(|known| known.trim_ascii() == method.as_str().as_bytes())
    {
        return Err(Refusal::Method(allowed));
    }
    match (&request.path, &entry) {
        (_, Some(entry)) if method == Method::POST => {
            let base = endpoints.contains(&Endpoint::Runs).then_some(request.base);
            Ok(Box::pin(call(service, &entry.task, request.headers, body, base)).await)
        }
        (_, Some(entry)) => Ok(json(StatusCode::OK, entry.description.clone())),
        (Path::Run(id), _) if method == Method::DELETE => Box::pin(follow::cancel(service, id)).await,
        (Path::Run(id), _) => Box::pin(follow::show(service, id, request.headers, request.query)).await,
        (Path::Files(index, rest), _) => Box::pin(service.mounts[*index].reply(rest, request.headers)).await,
        (Path::Health, _) => Ok(json(StatusCode::OK, health(service))),
        (Path::Live, _) => Ok(probe(None)),
        (Path::Ready, _) => Ok(probe(unready(service))),
        (Path::Metrics, _) => metrics::reply(&service.webtask),
        (Path::OpenApi, _) => Ok(json(StatusCode::OK, offer.openapi(service))),
        (Path::Tasks | Path::Task(_), _) => Ok(json(StatusCode::OK, service.tasks.catalog().list())),
    }
}

fn options(allowed: &'static str) -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

fn health(service: &Service) -> String {
    let pools: Map<_, _> =
        service.webtask.pools().into_iter().map(|(tag, state)| (tag, json!(state))).collect();
    json!({ "ok": true, "taskCount": service.tasks.catalog().tasks().len(), "pools": pools }).to_string()
}

/// Why the server takes no work now.
fn unready(service: &Service) -> Option<String> {
    match service.drain.is_open() {
        true => service.webtask.unready(),
        false => Some("the server is shutting down".to_owned()),
    }
}

fn probe(reason: Option<String>) -> Response {
    let mut response = match reason {
        None => json(StatusCode::OK, r#"{"ok":true}"#),
        Some(reason) => {
            json(StatusCode::SERVICE_UNAVAILABLE, json!({ "ok": false, "reason": reason }).to_string())
        }
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
