//! The endpoints for connections of our own: a request is taken apart without warp's filters, which cost as much as a
//! small task. It knows no socket.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::HeaderMap;
use http::Uri;
use http::header::HOST;
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
use super::path::Path;
use super::{Endpoint, Service, filters, recover};

/// What answers the requests of a connection.
#[derive(Clone)]
pub(super) enum Answers {
    /// Nobody stands in front.
    Direct(Arc<Service>, Arc<Offer>),
    /// A filter of the user's does, which only a filter can ask.
    Filtered(BoxedFilter<(Response,)>),
}

/// The answer on its way. It stays in a box of its own: what a connection keeps for it would be kept while a stream goes on.
type Answering = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

impl Answers {
    pub(super) fn new(service: &Arc<Service>, front: Front) -> Self {
        if front.is_empty() {
            return Self::Direct(service.clone(), Arc::new(Offer::new(Endpoint::ALL.to_vec())));
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
            Self::Direct(service, offer) => {
                let (service, offer) = (service.clone(), offer.clone());
                Box::pin(async move { Ok(direct(&service, &offer, request).await) })
            }
            Self::Filtered(filter) => {
                let filtered = TowerToHyperService::new(warp::service(filter.clone()));
                Box::pin(hyper::service::Service::call(&filtered, request))
            }
        }
    }
}

async fn direct(service: &Arc<Service>, offer: &Offer, request: http::Request<Incoming>) -> Response {
    let (mut head, body) = request.into_parts();
    let full = head.uri.path();
    let Some(path) = Path::read(full.strip_prefix('/').unwrap_or(full), &service.mounts) else {
        return recover::not_found();
    };
    let request = Request {
        path,
        full: full.to_owned(),
        base: "/".into(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        authority: authority(&head.uri, &head.headers),
        method: head.method,
        headers: head.headers,
        upgrade: head.extensions.remove::<OnUpgrade>(),
    };
    answer(service, offer, request, Body::Whole(body)).await
}

/// Who is called: what the URI says, or `Host`, or both when they say the same.
fn authority(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    let host = headers.get(HOST).map(|host| Authority::try_from(host.as_bytes()));
    match (uri.authority(), host) {
        (Some(authority), None) => Some(authority.clone()),
        (None, Some(Ok(host))) => Some(host),
        (Some(authority), Some(Ok(host))) if *authority == host => Some(host),
        _ => None,
    }
}
