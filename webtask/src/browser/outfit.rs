//! What a pool's windows are given when they are opened: the network that they see, and how they look to pages.

use std::sync::Arc;

use super::pool::Pool;
use crate::policy::Proxy;

/// The settings of a window that do not change from run to run.
#[derive(Clone, Debug, Default)]
pub(super) struct Outfit {
    allow_private: bool,
    proxy: Option<Result<Proxy, String>>,
}

impl Pool {
    /// Whether the URLs of callers may lead to private, loopback and link-local addresses, too. They may not by default.
    ///
    /// A URL is a caller's when an `input`, or anything else that the recipe does not write itself, is all of it or its
    /// host. [Security](crate::guide::security) says more.
    #[must_use]
    pub fn allow_private(mut self, allowed: bool) -> Self {
        Arc::make_mut(&mut self.outfit).allow_private = allowed;
        self
    }

    /// The proxy that its windows go through: `http://`, `https://` or `socks5://`, with `USER:PASSWORD@` before the host
    /// when it wants that, percent-encoded as in every URL. It is asked for this machine's addresses, too.
    #[must_use]
    pub fn proxy(mut self, url: impl AsRef<str>) -> Self {
        Arc::make_mut(&mut self.outfit).proxy = Some(Proxy::parse(url.as_ref()));
        self
    }
}

impl Outfit {
    /// The setting that is wrong, and why.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        match &self.proxy {
            Some(Err(why)) => Err(("proxy", why.clone())),
            _ => Ok(()),
        }
    }

    pub(super) fn allows_private(&self) -> bool {
        self.allow_private
    }

    pub(super) fn has_proxy(&self) -> bool {
        self.proxy.is_some()
    }

    pub(super) fn proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()?.as_ref().ok()
    }
}
