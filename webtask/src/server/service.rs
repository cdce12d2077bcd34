//! The door of tower, and of connections of our own: requests of `http` go straight to their answers. It knows no endpoint.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Request;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use sync_wrapper::SyncWrapper;
use tower_service::Service;
use warp::Filter as _;
use warp::filters::BoxedFilter;

use super::answer::{Offer, Request as Called, answer};
use super::compose::{Front, Handed};
use super::respond::{Response, ResponseBody};
use super::{Endpoint, Server, body, filters, recover, state};
use crate::{Error, ErrorKind, Task, Webtask};

/// All endpoints for these tasks as a service of tower, with what the [settings](crate::guide::settings) say of a server.
///
/// # Errors
///
/// As [`Server::into_service`].
pub fn service(webtask: &Webtask, tasks: impl IntoIterator<Item = Task>) -> Result<HttpService, Error> {
    Server::new(webtask, tasks).into_service()
}

impl Server {
    /// All endpoints as a service of tower: for axum, hyper, or a stack of middleware.
    ///
    /// The extensions of a request, as a middleware has inserted them, are handed to the run:
    /// [`Cx::extension`](crate::Cx::extension) finds them by their types.
    ///
    /// # Errors
    ///
    /// As [`routes`](Self::routes).
    pub fn into_service(self) -> Result<HttpService, Error> {
        self.only_service(Endpoint::ALL)
    }

    /// Some of the endpoints as a service of tower, as [`only`](Self::only).
    ///
    /// # Errors
    ///
    /// As [`routes`](Self::routes).
    pub fn only_service(&self, endpoints: impl IntoIterator<Item = Endpoint>) -> Result<HttpService, Error> {
        Ok(HttpService::new(self.state()?, endpoints.into_iter().collect(), self.front.clone()))
    }
}

/// The endpoints as a [`tower_service::Service`] of HTTP requests. It never fails, and a clone is the same.
///
/// ```
/// use webtask::{Webtask, server};
///
/// # fn main() -> Result<(), webtask::Error> {
/// let webtask = Webtask::builder().build()?;
/// let service = server::service(&webtask, [])?.below("/api")?;
/// let app: axum::Router = axum::Router::new()
///     .route("/hello", axum::routing::get(async || "hello"))
///     .route_service("/api/{*path}", service);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct HttpService {
    behind: Behind,
    /// What stands before our part of a path.
    prefix: Option<Arc<str>>,
}

/// What is behind the door.
#[derive(Clone)]
enum Behind {
    /// The endpoints themselves.
    Endpoints(Arc<(Arc<state::Service>, Offer)>),
    /// A filter of the user's stands in front of them, which only a filter can ask.
    Filter(BoxedFilter<(warp::reply::Response,)>),
}

/// The answer on its way. It stays in a box of its own: what a connection keeps for it would be kept while a stream goes on.
type Answering = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

impl HttpService {
    pub(super) fn new(service: Arc<state::Service>, endpoints: Vec<Endpoint>, front: Front) -> Self {
        let behind = match front.is_empty() {
            true => Behind::Endpoints(Arc::new((service, Offer::new(endpoints)))),
            false => Behind::Filter(filters::filter(service, endpoints, front)),
        };
        Self { behind, prefix: None }
    }

    /// What a filter answers.
    #[cfg(test)]
    pub(super) fn behind(filter: BoxedFilter<(warp::reply::Response,)>) -> Self {
        Self { behind: Behind::Filter(filter), prefix: None }
    }

    /// Answers a request; what a middleware has inserted is handed to the run, if that is wanted.
    fn answer<B>(&self, mut request: Request<B>, body: impl FnOnce(B) -> body::Body, hands: bool) -> Answering
    where
        B: Body + Send + 'static,
        B::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        let ours = match &self.behind {
            Behind::Endpoints(ours) => ours.clone(),
            Behind::Filter(filter) => {
                let mut request = request.map(|body| Alone(SyncWrapper::new(Box::pin(body))));
                if hands {
                    let handed = Handed(request.extensions().clone());
                    request.extensions_mut().insert(handed);
                }
                let called = warp::service(filter.clone().recover(recover).unify()).call(request);
                return Box::pin(async move { Ok(called.await?.map(ResponseBody::of)) });
            }
        };
        let upgrade = request.extensions_mut().remove::<OnUpgrade>();
        let (mut head, given) = request.into_parts();
        let (prefix, mut body) = (self.prefix.clone(), body(given));
        Box::pin(async move {
            let (service, offer) = &*ours;
            let handed;
            let service = match hands {
                true => {
                    handed = Handed(std::mem::take(&mut head.extensions)).to(service);
                    &handed
                }
                false => service,
            };
            let prefix = prefix.as_deref().unwrap_or_default();
            Ok(match Called::read(&head, prefix, upgrade.as_ref(), (offer, &service.mounts)) {
                Some(request) => answer(service, offer, &request, &mut body).await,
                None => recover::not_found(),
            })
        })
    }

    /// The same below a prefix, as `/api`, which is part of the paths that it is called with.
    ///
    /// What takes the prefix away itself, as axum's `nest_service`, needs none; but then the `Location` of a run, which
    /// follows from the path that arrives here, lacks it.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) for what is no path of plain segments.
    pub fn below(mut self, prefix: &str) -> Result<Self, Error> {
        let segments = prefix.trim_matches('/');
        let plain = |segment: &str| {
            !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
        };
        if !prefix.starts_with('/') || !segments.split('/').all(plain) {
            let message = format!("`{prefix}` is not a prefix; write `/api` or `/api/v1`");
            return Err(Error::new(ErrorKind::Config, message));
        }
        if let Behind::Filter(mut filter) = self.behind {
            for segment in segments.split('/').rev() {
                filter = warp::path(segment.to_owned()).and(filter).boxed();
            }
            self.behind = Behind::Filter(filter);
        }
        self.prefix = Some(format!("/{segments}{}", self.prefix.unwrap_or_default()).into());
        Ok(self)
    }
}

impl<B> Service<Request<B>> for HttpService
where
    B: Body + Send + 'static,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    type Response = http::Response<ResponseBody>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        self.answer(request, body::Body::of, true)
    }
}

/// The same for connections of our own, on which no middleware inserts anything.
#[derive(Clone)]
pub(super) struct Own(pub(super) HttpService);

impl hyper::service::Service<Request<Incoming>> for Own {
    type Response = Response;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        self.0.answer(request, body::Body::Whole, false)
    }
}

impl fmt::Debug for HttpService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpService")
            .field("prefix", &self.prefix.as_deref().unwrap_or_default())
            .finish_non_exhaustive()
    }
}

/// A body that only one task holds: warp wants bodies that several could.
struct Alone<B>(SyncWrapper<Pin<Box<B>>>);

impl<B: Body> Body for Alone<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        self.0.get_mut().as_mut().poll_frame(cx)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
