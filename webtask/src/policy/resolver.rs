//! Who knows the addresses of names.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

/// Finds the addresses of a host's name, in place of the system, wherever the addresses must be known before anything is
/// sent: for the URLs of callers. Pages that a recipe opens by itself are none of those; Chromium asks for their names.
///
/// ```
/// use std::future::Future;
/// use std::io;
/// use std::net::IpAddr;
/// use std::pin::Pin;
/// use webtask::{Resolver, Webtask};
///
/// /// Knows one name.
/// struct One;
///
/// impl Resolver for One {
///     fn resolve<'a>(&'a self, host: &'a str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
///         Box::pin(async move {
///             match host {
///                 "a.test" => Ok(vec![IpAddr::from([192, 0, 2, 1])]),
///                 _ => Err(io::Error::new(io::ErrorKind::NotFound, "there is no such name")),
///             }
///         })
///     }
/// }
///
/// # fn main() -> Result<(), webtask::Error> {
/// let webtask = Webtask::builder().resolver(One).build()?;
/// # Ok(()) }
/// ```
pub trait Resolver: Send + Sync + 'static {
    /// The addresses of a name, the best ones first.
    fn resolve<'a>(
        &'a self,
        host: &'a str,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;
}

/// The one that was set, or the system.
#[derive(Clone, Default)]
pub(crate) struct Names {
    own: Option<Arc<dyn Resolver>>,
}

impl Names {
    pub(crate) fn new(resolver: impl Resolver) -> Self {
        Self { own: Some(Arc::new(resolver)) }
    }

    pub(crate) async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let found = match &self.own {
            Some(own) => own.resolve(host).await?,
            None => tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect(),
        };
        match found.is_empty() {
            true => Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address")),
            false => Ok(found),
        }
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names").field("own", &self.own.is_some()).finish()
    }
}
