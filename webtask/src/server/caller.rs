//! Who calls, as far as one caller must be told from another. It lets nobody in and knows no key.

use std::fmt;
use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE, HeaderMap};
use sha2::{Digest as _, Sha256};

use super::Server;
use crate::Webtask;

/// Says who calls by what a run is handed.
type Name = dyn Fn(&Webtask) -> Option<String> + Send + Sync;

/// What callers are told apart by.
#[derive(Clone, Default)]
pub(super) struct Callers(Option<Arc<Name>>);

impl Callers {
    /// A digest that is another for each caller: of the name, if there is one, else of the credentials.
    pub(super) fn digest(&self, webtask: &Webtask, headers: &HeaderMap) -> [u8; 32] {
        let mut digest = Sha256::new();
        if let Some(name) = self.0.as_ref().and_then(|name| name(webtask)) {
            digest.update(name);
            return digest.finalize().into();
        }
        // Who is handed nothing was asked for no cookie, and its cookies may be anybody's.
        let cookie = webtask.is_handed().then_some(COOKIE);
        for header in [Some(AUTHORIZATION), cookie].into_iter().flatten() {
            for line in headers.get_all(&header) {
                // A length before each, so that no two lists of lines read the same.
                digest.update([0]);
                digest.update(header.as_str());
                digest.update((line.len() as u64).to_be_bytes());
                digest.update(line);
            }
        }
        digest.finalize().into()
    }
}

impl Server {
    /// Says who calls, by a value that a [filter in front](Self::with) or a middleware hands over. An `Idempotency-Key` is
    /// each caller's own: another one's call with the same key runs, and is never answered with what this one got.
    ///
    /// Without it, callers are told apart by their `Authorization` and, when anything is handed over, by their `Cookie`.
    /// Say it when you know callers by something else, or when one caller's credentials change between two calls.
    ///
    /// ```
    /// use warp::Filter;
    /// use webtask::{Webtask, server::Server};
    ///
    /// #[derive(Clone)]
    /// struct User(String);
    ///
    /// # fn main() -> Result<(), webtask::Error> {
    /// let webtask = Webtask::builder().build()?;
    /// let user = warp::header("x-user").map(User);
    /// let routes = Server::new(&webtask, []).with(user).caller(|User(name)| name.clone()).routes()?;
    /// # Ok(()) }
    /// ```
    pub fn caller<T: Send + Sync + 'static>(
        mut self,
        name: impl Fn(&T) -> String + Send + Sync + 'static,
    ) -> Self {
        self.callers = Callers(Some(Arc::new(move |webtask| webtask.extension().map(&name))));
        self
    }
}

impl fmt::Debug for Callers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "named" } else { "by credentials" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn callers_differ_by_what_they_show() {
        let plain = Webtask::builder().build().expect("good settings");
        let handed = plain.with(7_u8);
        let of = |webtask: &Webtask, lines: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in lines {
                headers.append(*name, value.parse().expect("a value"));
            }
            Callers::default().digest(webtask, &headers)
        };
        let (one, other) = (("authorization", "Bearer one"), ("authorization", "Bearer other"));
        assert_eq!(of(&plain, &[one]), of(&plain, &[one]));
        assert_ne!(of(&plain, &[one]), of(&plain, &[other]));
        assert_ne!(of(&plain, &[one]), of(&plain, &[]));
        assert_ne!(of(&plain, &[one]), of(&plain, &[one, one]));
        let cookie = ("cookie", "session=1");
        assert_eq!(of(&plain, &[cookie]), of(&plain, &[]));
        assert_ne!(of(&handed, &[cookie]), of(&handed, &[]));
        assert_ne!(of(&handed, &[("authorization", "a"), ("cookie", "b")]), of(&handed, &[("cookie", "b")]));

        let named = Callers(Some(Arc::new(|webtask| webtask.extension::<u8>().map(u8::to_string))));
        let empty = HeaderMap::new();
        assert_ne!(named.digest(&handed, &empty), named.digest(&plain.with(8_u8), &empty));
        assert_eq!(named.digest(&plain, &empty), of(&plain, &[]));
    }
}
