//! The endpoints for connections of our own: a request is taken apart without warp's filters, which cost as much as a
//! small task. It knows no socket.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::Uri;
use http::header::{HOST, HeaderMap, HeaderValue};
use http::request::Parts;
use http::uri::Authority;
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use hyper_util::service::TowerToHyperService;
use warp::Filter as _;
use warp::filters::BoxedFilter;
use warp::reply::Response;

use super::answer::{Offer, Request, answer};
use super::body::Body;
use super::compose::Front;
use super::mount::Mount;
use super::path::Path;
use super::{Endpoint, Service, filters, recover};

/// What answers the requests of a connection.
#[derive(Clone)]
pub(super) enum Answers {
    /// Nobody stands in front.
    Direct(Arc<(Arc<Service>, Offer)>),
    /// A filter of the user's does, which only a filter can ask.
    Filtered(BoxedFilter<(Response,)>),
}

/// The answer on its way. It stays in a box of its own: what a connection keeps for it would be kept while a stream goes on.
type Answering = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

impl Answers {
    pub(super) fn new(service: &Arc<Service>, front: Front) -> Self {
        if front.is_empty() {
            return Self::Direct(Arc::new((service.clone(), Offer::new(Endpoint::ALL.to_vec()))));
        }
        let filter = filters::filter(service.clone(), Endpoint::ALL.to_vec(), front);
        Self::Filtered(filter.recover(recover).unify().boxed())
    }
}

impl hyper::service::Service<http::Request<Incoming>> for Answers {
    type Response = Response;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: http::Request<Incoming>) -> Answering {
        match self {
            Self::Direct(ours) => {
                let ours = ours.clone();
                let (mut head, body) = request.into_parts();
                let upgrade = head.extensions.remove::<OnUpgrade>();
                let mut body = Body::Whole(body);
                Box::pin(async move {
                    let (service, offer) = &*ours;
                    let Some(request) = read(&head, upgrade.as_ref(), &service.mounts) else {
                        return Ok(recover::not_found());
                    };
                    Ok(answer(service, offer, &request, &mut body).await)
                })
            }
            Self::Filtered(filter) => {
                let filtered = TowerToHyperService::new(warp::service(filter.clone()));
                Box::pin(hyper::service::Service::call(&filtered, request))
            }
        }
    }
}

/// The request, when its path is ours.
fn read<'r>(head: &'r Parts, upgrade: Option<&'r OnUpgrade>, mounts: &[Mount]) -> Option<Request<'r>> {
    let full = head.uri.path();
    Some(Request {
        path: Path::read(full.strip_prefix('/').unwrap_or(full), mounts)?,
        full,
        base: "/",
        query: head.uri.query().unwrap_or_default(),
        authority: authority(&head.uri, &head.headers),
        method: &head.method,
        headers: &head.headers,
        upgrade,
    })
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
