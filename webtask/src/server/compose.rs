//! What stands in front of our endpoints, and how its values reach a run. It knows no endpoint.

use std::sync::Arc;

use http::Extensions;
use warp::Filter;
use warp::Rejection;
use warp::filters::BoxedFilter;

use super::{Server, Service};

/// The filters in front of the endpoints, as one.
#[derive(Clone, Debug, Default)]
pub(super) struct Front {
    filter: Option<BoxedFilter<(Handed,)>>,
}

/// The values that a request is handed by what stands in front.
#[derive(Clone, Debug, Default)]
pub(super) struct Handed(pub(super) Extensions);

impl Handed {
    /// What that request needs.
    pub(super) fn to(self, service: &Arc<Service>) -> Arc<Service> {
        if self.0.is_empty() {
            return service.clone();
        }
        Arc::new(Service { webtask: service.webtask.with_all(self.0), shared: service.shared.clone() })
    }
}

impl Front {
    /// Whether nothing stands in front.
    pub(super) fn is_empty(&self) -> bool {
        self.filter.is_none()
    }

    /// All of them, after what a middleware has handed over; a rejection is one that may not count.
    pub(super) fn filter(self) -> BoxedFilter<(Result<Handed, Rejection>,)> {
        let handed = warp::ext::optional().map(Option::unwrap_or_default);
        match self.filter {
            Some(filter) => {
                let asked = filter.map(Ok).or_else(async |reason| Ok::<_, Rejection>((Err(reason),)));
                let join = |before, after: Result<_, Rejection>| after.map(|after| join(before, after));
                handed.and(asked).map(join).boxed()
            }
            None => handed.map(Ok).boxed(),
        }
    }
}

fn join(mut before: Handed, after: Handed) -> Handed {
    before.0.extend(after.0);
    before
}

impl Server {
    /// Puts a filter in front of every endpoint, as one that asks who calls: what it rejects is not served, and what it
    /// extracts is handed to the run, where [`Cx::extension`](crate::Cx::extension) finds it by its type.
    ///
    /// ```no_run
    /// use warp::Filter;
    /// use webtask::server::{self, Server, Unauthorized};
    /// use webtask::{Cx, Error, Webtask, tasks};
    ///
    /// #[derive(Clone)]
    /// struct User(String);
    ///
    /// #[webtask::task("greet", browser = false)]
    /// async fn greet(cx: &Cx) -> Result<String, Error> {
    ///     Ok(format!("hello {}", cx.extension::<User>().expect("the filter lets nobody else in").0))
    /// }
    ///
    /// # async fn run() -> Result<(), Error> {
    /// let user = warp::header::optional::<String>("x-user").and_then(async |name: Option<String>| {
    ///     let reason = || Unauthorized::new("say who you are by `X-User`");
    ///     name.map(User).ok_or_else(|| warp::Rejection::from(reason()))
    /// });
    /// let webtask = Webtask::builder().build()?;
    /// let routes = Server::new(&webtask, tasks![greet]).with(user).routes()?;
    /// warp::serve(routes.recover(server::recover)).run(([127, 0, 0, 1], 8080)).await;
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    ///
    /// It is asked for paths of ours alone, before a body is read, and its rejection does not count at `/livez`, at `/readyz`
    /// and for the preflight of a browser. Of several each is asked, in their order.
    pub fn with<T, F>(mut self, filter: F) -> Self
    where
        F: Filter<Extract = (T,), Error = Rejection> + Clone + Send + Sync + 'static,
        T: Clone + Send + Sync + 'static,
    {
        let filter = filter.map(|value| {
            let mut handed = Handed::default();
            handed.0.insert(value);
            handed
        });
        self.front.filter = Some(match self.front.filter.take() {
            Some(before) => before.and(filter).map(join).boxed(),
            None => filter.boxed(),
        });
        self
    }
}
