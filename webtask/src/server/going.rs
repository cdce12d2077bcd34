//! What goes on over a connection: how many requests are not answered whole, and since when there is none. It knows no
//! endpoint and no socket.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::service::Service;
use tokio::time::{Instant, sleep, sleep_until};

/// How much of an answer is handed over at a time, so that a large one goes on until most of it has left.
const PIECE: usize = 64 * 1024;

/// A connection's requests. A clone is another handle of the same.
#[derive(Clone)]
pub(super) struct Going(Arc<Mutex<State>>);

struct State {
    open: usize,
    /// Whether there was any.
    begun: bool,
    /// When the last one was over.
    since: Instant,
}

impl Going {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(State { open: 0, begun: false, since: Instant::now() })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) -> Open {
        let mut state = self.state();
        state.open += 1;
        state.begun = true;
        Open(self.clone())
    }

    /// Waits until there was no request for so long, and says whether there was one ever; the first one has a time of its
    /// own.
    pub(super) async fn idle(&self, first: Duration, limit: Duration) -> bool {
        loop {
            let (open, begun, since) = {
                let state = self.state();
                (state.open, state.begun, state.since)
            };
            let limit = if begun { limit } else { first };
            if open > 0 {
                sleep(limit).await;
                continue;
            }
            let end = since + limit;
            if end <= Instant::now() {
                return begun;
            }
            sleep_until(end).await;
        }
    }
}

/// A request that goes on, until it is dropped.
struct Open(Going);

impl Drop for Open {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.open -= 1;
        state.since = Instant::now();
    }
}

/// A service whose requests are counted, when somebody asks for that.
#[derive(Clone)]
pub(super) struct Counting<S> {
    service: S,
    going: Option<Going>,
}

impl<S> Counting<S> {
    pub(super) fn new(service: S, going: Option<Going>) -> Self {
        Self { service, going }
    }
}

impl<S, B> Service<http::Request<Incoming>> for Counting<S>
where
    S: Service<http::Request<Incoming>, Response = http::Response<B>>,
    S::Future: Unpin,
{
    type Response = http::Response<Counted<B>>;
    type Error = S::Error;
    type Future = Answering<S::Future>;

    fn call(&self, request: http::Request<Incoming>) -> Self::Future {
        let open = self.going.as_ref().map(Going::begin);
        Answering { answer: self.service.call(request), open }
    }
}

/// An answer on its way.
pub(super) struct Answering<F> {
    answer: F,
    open: Option<Open>,
}

impl<F, B, E> Future for Answering<F>
where
    F: Future<Output = Result<http::Response<B>, E>> + Unpin,
{
    type Output = Result<http::Response<Counted<B>>, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(Pin::new(&mut self.answer).poll(cx));
        let open = self.open.take();
        Poll::Ready(answer.map(|response| response.map(|body| Counted { body, rest: Bytes::new(), open })))
    }
}

/// The body of an answer, whose request goes on until all of it is handed over.
pub(super) struct Counted<B> {
    body: B,
    /// What is left of the last piece.
    rest: Bytes,
    open: Option<Open>,
}

impl<B: Body<Data = Bytes> + Unpin> Body for Counted<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let Self { body, rest, open } = &mut *self;
        if rest.is_empty() {
            let frame = match ready!(Pin::new(body).poll_frame(cx)) {
                Some(Ok(frame)) => frame,
                end => return Poll::Ready(end),
            };
            match frame.into_data() {
                Ok(bytes) => *rest = bytes,
                Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
            }
        }
        let piece = if open.is_none() { rest.len() } else { rest.len().min(PIECE) };
        Poll::Ready(Some(Ok(Frame::data(rest.split_to(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, inner) = (self.rest.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(inner.lower().saturating_add(rest));
        if let Some(upper) = inner.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{BodyExt as _, Full};

    use super::*;

    const FIRST: Duration = Duration::from_secs(10);
    const LIMIT: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_idle_when_its_last_request_is_over_for_long() {
        let start = Instant::now();
        assert!(!Going::new().idle(FIRST, LIMIT).await);
        assert_eq!(start.elapsed(), FIRST);

        let (start, going) = (Instant::now(), Going::new());
        let (one, two) = (going.begin(), going.begin());
        let ends = async {
            sleep(Duration::from_secs(3600)).await;
            drop(one);
            sleep(Duration::from_secs(3600)).await;
            drop(two);
        };
        let (begun, ()) = tokio::join!(going.idle(FIRST, LIMIT), ends);
        assert!(begun);
        assert_eq!(start.elapsed(), Duration::from_secs(7200) + LIMIT);
    }

    #[tokio::test]
    async fn a_large_answer_goes_on_until_its_last_piece() {
        let going = Going::new();
        let text = "x".repeat(3 * PIECE + 1);
        let body = Full::new(Bytes::from(text.clone()));
        let mut body = Counted { body, rest: Bytes::new(), open: Some(going.begin()) };
        assert_eq!(body.size_hint().exact(), Some(text.len() as u64));
        let first = body.frame().await.expect("a piece").expect("no error").into_data().expect("data");
        assert_eq!(first.len(), PIECE);
        assert_eq!(body.size_hint().exact(), Some((text.len() - PIECE) as u64));
        assert!(!body.is_end_stream());
        let rest = body.collect().await.expect("the rest").to_bytes();
        assert_eq!(rest.len(), text.len() - PIECE);
        assert_eq!(going.state().open, 0);
    }
}
