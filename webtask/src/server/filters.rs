//! From a path and a method to an endpoint: the one warp filter. It answers what is ours and lets the rest go by.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, HeaderMap, HeaderValue};
use http::uri::Authority;
use http::{Method, StatusCode};
use hyper::upgrade::OnUpgrade;
use serde_json::{Map, json};
use tracing::Instrument as _;
use warp::filters::BoxedFilter;
use warp::path::{FullPath, Tail};
use warp::reply::Response;
use warp::{Filter as _, Rejection, Reply as _};

use super::body::{self, Body};
use super::call::{Request as Call, call};
use super::catalog::Entry;
use super::compose::{Front, Handed};
use super::path::Path;
use super::reject::Refusal;
use super::respond::json;
use super::{Endpoint, Service, cors, follow, metrics, socket, trace, zip};

/// What is left of a request when its path is ours.
struct Request {
    path: Path,
    full: String,
    /// What stands before the part of the path that is ours.
    base: String,
    query: String,
    method: Method,
    headers: HeaderMap,
    authority: Option<Authority>,
    upgrade: Option<OnUpgrade>,
    body: Body,
}

/// What a filter answers.
struct Offer {
    endpoints: Vec<Endpoint>,
    /// The document that describes them, once somebody has asked for it.
    openapi: OnceLock<Bytes>,
}

/// The filter that answers these endpoints.
pub(super) fn filter(
    service: Arc<Service>,
    endpoints: Vec<Endpoint>,
    front: Front,
) -> BoxedFilter<(Response,)> {
    let offer = Arc::new(Offer { endpoints, openapi: OnceLock::new() });
    let (known, mounts) = (offer.clone(), service.mounts.clone());
    // An authority that cannot be read, or is not the same in both places, counts as none.
    let authority = warp::host::optional().or(warp::any().map(|| None)).unify();
    let query = warp::query::raw().or(warp::any().map(String::new)).unify();
    warp::path::full()
        .and(warp::path::tail())
        .and_then(move |full: FullPath, tail: Tail| {
            let path =
                Path::read(tail.as_str(), &mounts).filter(|path| !path.allowed(&known.endpoints).is_empty());
            let base = full.as_str().strip_suffix(tail.as_str()).unwrap_or("/").to_owned();
            let full = full.as_str().to_owned();
            async { path.map(|path| (path, full, base)).ok_or_else(warp::reject::not_found) }
        })
        .untuple_one()
        .and(warp::method())
        .and(warp::header::headers_cloned())
        .and(front.filter())
        .and_then(async |path: Path, full, base, method, headers, handed: Result<Handed, Rejection>| {
            let handed = match handed {
                // Nobody asks a probe who he is, and a browser asks before it says who it is.
                Err(_) if path.is_probe() || cors::is_preflight(&method, &headers) => Handed::default(),
                handed => handed?,
            };
            Ok::<_, Rejection>((path, full, base, method, headers, handed))
        })
        .untuple_one()
        .and(query)
        .and(authority)
        .and(warp::ext::optional::<OnUpgrade>())
        .and(warp::body::stream().map(body::erase))
        .then(move |path, full, base, method, headers, handed: Handed, query, authority, upgrade, body| {
            let (service, offer) = (handed.to(&service), offer.clone());
            let request = Request { path, full, base, query, method, headers, authority, upgrade, body };
            let span = trace::span(&request.method, &request.full, &request.headers);
            async move { answer(&service, &offer, request).await }.instrument(span)
        })
        .boxed()
}

/// What is served, or why it is not, as the request wants to have it.
async fn answer(service: &Arc<Service>, offer: &Offer, request: Request) -> Response {
    let since = Instant::now();
    let head = request.method == Method::HEAD;
    let origin = service.guard.foreign(&request.headers).cloned();
    let zipped = service.compress.then(|| zip::is_wanted(&request.headers));
    let mut response = match serve(service, offer, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.response(None),
    };
    if service.guard.has_origins() {
        cors::open(&mut response, origin.as_ref());
    }
    if let Some(wanted) = zipped {
        response = zip::zip(wanted, response);
    }
    trace::answered(&response, since);
    if head { response.map(|_| Default::default()) } else { response }
}

async fn serve(service: &Arc<Service>, offer: &Offer, request: Request) -> Result<Response, Refusal> {
    let Offer { endpoints, openapi } = offer;
    let allowed = request.path.allowed(endpoints);
    if !request.path.is_probe() {
        service.guard.check(request.authority.as_ref(), &request.headers)?;
        // A browser asks without the token.
        if cors::is_preflight(&request.method, &request.headers) {
            return Ok(cors::preflight(allowed));
        }
        service.tokens.check(&request.headers)?;
    }
    let entry = match &request.path {
        Path::Task(slug) => Some(service.catalog.find(slug)?),
        _ => None,
    };
    let method = if request.method == Method::HEAD { &Method::GET } else { &request.method };
    if method == Method::OPTIONS {
        return Ok(options(allowed));
    }
    if let Some(Entry { task, .. }) = entry
        && endpoints.contains(&Endpoint::Run)
        && request.method == Method::GET
        && socket::is_wanted(&request.headers)
    {
        return socket::open(service, task, &request.headers, request.upgrade);
    }
    if !allowed.split(", ").any(|known| known == method.as_str()) {
        return Err(Refusal::Method(allowed));
    }
    match (&request.path, entry) {
        (_, Some(Entry { task, .. })) if method == Method::POST => {
            let base = endpoints.contains(&Endpoint::Runs).then_some(request.base);
            Ok(call(service, task, Call { headers: request.headers, body: request.body, base }).await)
        }
        (_, Some(Entry { description, .. })) => Ok(json(StatusCode::OK, description.clone())),
        (Path::Run(id), _) if method == Method::DELETE => follow::cancel(service, id).await,
        (Path::Run(id), _) => follow::show(service, id, &request.headers, &request.query).await,
        (Path::Files(index, rest), _) => service.mounts[*index].reply(rest, &request.headers).await,
        (Path::Health, _) => Ok(json(StatusCode::OK, health(service))),
        (Path::Live, _) => Ok(probe(None)),
        (Path::Ready, _) => Ok(probe(unready(service))),
        (Path::Metrics, _) => metrics::reply(&service.webtask),
        (Path::OpenApi, _) => {
            Ok(json(StatusCode::OK, openapi.get_or_init(|| service.openapi(endpoints)).clone()))
        }
        (Path::Tasks | Path::Task(_), _) => Ok(json(StatusCode::OK, service.catalog.list())),
    }
}

fn options(allowed: &'static str) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

fn health(service: &Service) -> String {
    let pools: Map<_, _> =
        service.webtask.pools().into_iter().map(|(tag, state)| (tag, json!(state))).collect();
    json!({ "ok": true, "taskCount": service.catalog.len(), "pools": pools }).to_string()
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
