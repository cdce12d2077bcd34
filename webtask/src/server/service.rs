//! The endpoints as a service of tower, for those who do not serve with warp. It knows no endpoint.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Request;
use http_body::{Body, Frame, SizeHint};
use sync_wrapper::SyncWrapper;
use tower_service::Service;
use warp::Filter as _;
use warp::filters::BoxedFilter;
use warp::reply::Response;

use super::compose::Handed;
use super::{Endpoint, Server, recover};
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
        Ok(HttpService { filter: self.only(endpoints)?, prefix: String::new() })
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
    filter: BoxedFilter<(Response,)>,
    prefix: String,
}

impl HttpService {
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
            let message = format!("`{prefix}` is no prefix; write `/api` or `/api/v1`");
            return Err(Error::new(ErrorKind::Config, message));
        }
        for segment in segments.split('/').rev() {
            self.filter = warp::path(segment.to_owned()).and(self.filter).boxed();
        }
        self.prefix = format!("/{segments}{}", self.prefix);
        Ok(self)
    }
}

impl<B> Service<Request<B>> for HttpService
where
    B: Body + Send + 'static,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let mut request = request.map(|body| Alone(SyncWrapper::new(Box::pin(body))));
        let handed = Handed(request.extensions().clone());
        request.extensions_mut().insert(handed);
        let filter = self.filter.clone().recover(recover).unify();
        Box::pin(warp::service(filter).call(request))
    }
}

impl fmt::Debug for HttpService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpService").field("prefix", &self.prefix).finish_non_exhaustive()
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
