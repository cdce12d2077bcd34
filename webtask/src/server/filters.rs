//! The door of warp: a filter that takes a request apart, has it answered if it is ours, and lets the rest go by.

use std::sync::Arc;

use http::header::HeaderMap;
use http::uri::Authority;
use http_body_util::BodyExt as _;
use hyper::upgrade::OnUpgrade;
use sync_wrapper::SyncStream;
use warp::filters::BoxedFilter;
use warp::path::{FullPath, Tail};
use warp::{Filter as _, Rejection, Reply as _};

use super::answer::{Offer, Request, answer};
use super::body::Body;
use super::compose::{Front, Handed};
use super::path::Path;
use super::respond::Response;
use super::{Endpoint, Service, cors};

/// The filter that answers these endpoints.
pub(super) fn filter(
    service: Arc<Service>,
    endpoints: Vec<Endpoint>,
    front: Front,
) -> BoxedFilter<(warp::reply::Response,)> {
    let offer = Arc::new(Offer::new(endpoints));
    let (known, mounts) = (offer.clone(), service.mounts.clone());
    // An authority that cannot be read, or is not the same in both places, counts as none.
    let authority = warp::host::optional().or(warp::any().map(|| None)).unify();
    let query = warp::query::raw().or(warp::any().map(String::new)).unify();
    warp::path::full()
        .and(warp::path::tail())
        .and_then(move |full: FullPath, tail: Tail| {
            let path =
                Path::read(tail.as_str(), &mounts).filter(|path| !path.allowed(&known.endpoints).is_empty());
            let path = path.map(Path::into_owned);
            let base = full.as_str().strip_suffix(tail.as_str()).unwrap_or("/").to_owned();
            let full = full.as_str().to_owned();
            async { path.map(|path| (path, full, base)).ok_or_else(warp::reject::not_found) }
        })
        .untuple_one()
        .and(warp::method())
        .and(warp::header::headers_cloned())
        .and(front.filter())
        .and_then(
            async |path: Path<'static>, full, base, method, headers, handed: Result<Handed, Rejection>| {
                let handed = match handed {
                    // Probes need no authentication, and a browser's preflight carries none.
                    Err(_) if path.is_probe() || cors::is_preflight(&method, &headers) => Handed::default(),
                    handed => handed?,
                };
                Ok::<_, Rejection>((path, full, base, method, headers, handed))
            },
        )
        .untuple_one()
        .and(query)
        .and(authority)
        .and(warp::ext::optional::<OnUpgrade>())
        .and(warp::body::stream().map(Body::stream))
        .then(
            move |path,
                  full: String,
                  base: String,
                  method,
                  headers: HeaderMap,
                  handed: Handed,
                  query: String,
                  authority: Option<Authority>,
                  upgrade: Option<OnUpgrade>,
                  mut body| {
                let (service, offer) = (handed.to(&service), offer.clone());
                async move {
                    let request = Request {
                        path,
                        full: &full,
                        base: &base,
                        query: &query,
                        method: &method,
                        headers: &headers,
                        authority: authority.as_ref().map(Authority::as_str),
                        upgrade: upgrade.as_ref(),
                    };
                    warped(answer(&service, &offer, &request, &mut body).await)
                }
            },
        )
        .boxed()
}

/// A response as warp has it, whose bodies several threads could share.
pub(super) fn warped(response: Response) -> warp::reply::Response {
    response.map(|body| match body.whole() {
        Ok(bytes) => bytes.into(),
        Err(body) => {
            warp::reply::stream(SyncStream::new(body.into_data_stream())).into_response().into_body()
        }
    })
}
