//! From a path and a method to an endpoint: the one warp filter. It answers what is ours and lets the rest go by.

use std::sync::Arc;

use http::header::{ALLOW, HeaderMap, HeaderValue};
use http::uri::Authority;
use http::{Method, StatusCode};
use hyper::upgrade::OnUpgrade;
use percent_encoding::percent_decode_str;
use serde_json::{Map, json};
use warp::filters::BoxedFilter;
use warp::path::{FullPath, Tail};
use warp::reply::Response;
use warp::{Filter as _, Reply as _};

use super::body::{self, Body};
use super::call::{Request as Call, call};
use super::catalog::Entry;
use super::reject::Refusal;
use super::respond::json;
use super::{Endpoint, Service, follow, socket};

/// A path of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Path {
    Tasks,
    Task(String),
    Run(String),
    Health,
}

/// What is left of a request when its path is ours.
struct Request {
    path: Path,
    /// What stands before the part of the path that is ours.
    base: String,
    query: String,
    method: Method,
    headers: HeaderMap,
    authority: Option<Authority>,
    upgrade: Option<OnUpgrade>,
    body: Body,
}

/// The filter that answers these endpoints.
pub(super) fn filter(service: Arc<Service>, endpoints: Vec<Endpoint>) -> BoxedFilter<(Response,)> {
    let endpoints: Arc<[Endpoint]> = endpoints.into();
    let known = endpoints.clone();
    // An authority that cannot be read, or is not the same in both places, counts as none.
    let authority = warp::host::optional().or(warp::any().map(|| None)).unify();
    let query = warp::query::raw().or(warp::any().map(String::new)).unify();
    warp::path::full()
        .and(warp::path::tail())
        .and_then(move |full: FullPath, tail: Tail| {
            let path = Path::read(tail.as_str()).filter(|path| !path.allowed(&known).is_empty());
            let base = full.as_str().strip_suffix(tail.as_str()).unwrap_or("/").to_owned();
            async { path.map(|path| (path, base)).ok_or_else(warp::reject::not_found) }
        })
        .untuple_one()
        .and(query)
        .and(warp::method())
        .and(warp::header::headers_cloned())
        .and(authority)
        .and(warp::ext::optional::<OnUpgrade>())
        .and(warp::body::stream().map(body::erase))
        .then(move |path, base, query, method, headers, authority, upgrade, body| {
            let (service, endpoints) = (service.clone(), endpoints.clone());
            let request = Request { path, base, query, method, headers, authority, upgrade, body };
            async move { answer(&service, &endpoints, request).await }
        })
        .boxed()
}

impl Path {
    /// What follows the prefix below which we are mounted; a slash at its end makes no difference.
    fn read(tail: &str) -> Option<Self> {
        match tail.strip_suffix('/').unwrap_or(tail) {
            "tasks" => Some(Self::Tasks),
            "health" => Some(Self::Health),
            other => {
                if let Some(id) = other.strip_prefix("runs/").filter(|id| !id.contains('/')) {
                    return Some(Self::Run(id.to_owned()));
                }
                // Clients that know no path parameter of several segments write its slashes as `%2F`.
                let slug = percent_decode_str(other.strip_prefix("tasks/")?).decode_utf8_lossy();
                Some(Self::Task(slug.into_owned()))
            }
        }
    }

    /// The methods that are answered, as `Allow` lists them; none when the path is not ours.
    fn allowed(&self, endpoints: &[Endpoint]) -> &'static str {
        let has = |endpoint| endpoints.contains(&endpoint);
        match self {
            Self::Tasks if has(Endpoint::List) => "GET, HEAD, OPTIONS",
            Self::Health if has(Endpoint::Health) => "GET, HEAD, OPTIONS",
            Self::Task(_) => match (has(Endpoint::Describe), has(Endpoint::Run)) {
                (true, true) => "GET, HEAD, POST, OPTIONS",
                (true, false) => "GET, HEAD, OPTIONS",
                (false, true) => "POST, OPTIONS",
                (false, false) => "",
            },
            Self::Run(_) if has(Endpoint::Runs) => "GET, HEAD, DELETE, OPTIONS",
            Self::Tasks | Self::Run(_) | Self::Health => "",
        }
    }
}

async fn answer(service: &Arc<Service>, endpoints: &[Endpoint], request: Request) -> Response {
    let head = request.method == Method::HEAD;
    let response = match serve(service, endpoints, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.response(None),
    };
    if head { response.map(|_| Default::default()) } else { response }
}

async fn serve(
    service: &Arc<Service>,
    endpoints: &[Endpoint],
    request: Request,
) -> Result<Response, Refusal> {
    service.guard.check(request.authority.as_ref(), &request.headers)?;
    let entry = match &request.path {
        Path::Task(slug) => Some(service.catalog.find(slug)?),
        Path::Tasks | Path::Run(_) | Path::Health => None,
    };
    let allowed = request.path.allowed(endpoints);
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
        (Path::Health, _) => Ok(json(StatusCode::OK, health(service))),
        (_, None) => Ok(json(StatusCode::OK, service.catalog.list())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_may_have_many_segments() {
        for (tail, path) in [
            ("tasks", Some(Path::Tasks)),
            ("tasks/", Some(Path::Tasks)),
            ("health", Some(Path::Health)),
            ("health/", Some(Path::Health)),
            ("tasks/a", Some(Path::Task("a".into()))),
            ("tasks/streaming/progress", Some(Path::Task("streaming/progress".into()))),
            ("tasks/streaming/progress/", Some(Path::Task("streaming/progress".into()))),
            ("tasks/streaming%2Fprogress", Some(Path::Task("streaming/progress".into()))),
            ("tasks//a", Some(Path::Task("/a".into()))),
            ("runs/1f", Some(Path::Run("1f".into()))),
            ("runs/1f/", Some(Path::Run("1f".into()))),
            ("runs/", None),
            ("runs", None),
            ("runs/1f/events", None),
            ("tasks/%ff", Some(Path::Task("\u{fffd}".into()))),
            ("", None),
            ("task", None),
            ("taskss", None),
            ("healthy", None),
            ("health/a", None),
            ("a/tasks", None),
            ("/tasks", None),
        ] {
            assert_eq!(Path::read(tail), path, "{tail}");
        }
    }
}
