//! From a path and a method to an endpoint: the one warp filter. It answers what is ours and lets the rest go by.

use std::sync::Arc;

use http::header::{ALLOW, HeaderMap, HeaderValue};
use http::uri::Authority;
use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Map, json};
use warp::filters::BoxedFilter;
use warp::path::Tail;
use warp::reply::Response;
use warp::{Filter as _, Reply as _};

use super::body::{self, Body};
use super::call::call;
use super::catalog::Entry;
use super::compose::{Front, Handed};
use super::reject::Refusal;
use super::respond::json;
use super::{Endpoint, Service};

/// A path of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Path {
    Tasks,
    Task(String),
    Health,
}

/// What is left of a request when its path is ours.
struct Request {
    path: Path,
    method: Method,
    headers: HeaderMap,
    authority: Option<Authority>,
    body: Body,
}

/// The filter that answers these endpoints.
pub(super) fn filter(
    service: Arc<Service>,
    endpoints: Vec<Endpoint>,
    front: Front,
) -> BoxedFilter<(Response,)> {
    let endpoints: Arc<[Endpoint]> = endpoints.into();
    let known = endpoints.clone();
    // An authority that cannot be read, or is not the same in both places, counts as none.
    let authority = warp::host::optional().or(warp::any().map(|| None)).unify();
    warp::path::tail()
        .and_then(move |tail: Tail| {
            let path = Path::read(tail.as_str()).filter(|path| !path.allowed(&known).is_empty());
            async { path.ok_or_else(warp::reject::not_found) }
        })
        .and(front.filter())
        .and(warp::method())
        .and(warp::header::headers_cloned())
        .and(authority)
        .and(warp::body::stream().map(body::erase))
        .then(move |path, handed: Handed, method, headers, authority, body| {
            let (service, endpoints) = (handed.to(&service), endpoints.clone());
            let request = Request { path, method, headers, authority, body };
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
            Self::Tasks | Self::Health => "",
        }
    }
}

async fn answer(service: &Service, endpoints: &[Endpoint], request: Request) -> Response {
    let head = request.method == Method::HEAD;
    let response = match serve(service, endpoints, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.response(None),
    };
    if head { response.map(|_| Default::default()) } else { response }
}

async fn serve(service: &Service, endpoints: &[Endpoint], request: Request) -> Result<Response, Refusal> {
    service.guard.check(request.authority.as_ref(), &request.headers)?;
    let entry = match &request.path {
        Path::Task(slug) => Some(service.catalog.find(slug)?),
        Path::Tasks | Path::Health => None,
    };
    let allowed = request.path.allowed(endpoints);
    let method = if request.method == Method::HEAD { Method::GET } else { request.method };
    if method == Method::OPTIONS {
        return Ok(options(allowed));
    }
    if !allowed.split(", ").any(|known| known == method.as_str()) {
        return Err(Refusal::Method(allowed));
    }
    Ok(match (request.path, entry) {
        (_, Some(Entry { task, .. })) if method == Method::POST => {
            call(service, task, &request.headers, request.body).await
        }
        (_, Some(Entry { description, .. })) => json(StatusCode::OK, description.clone()),
        (Path::Health, _) => json(StatusCode::OK, health(service)),
        (_, None) => json(StatusCode::OK, service.catalog.list()),
    })
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
