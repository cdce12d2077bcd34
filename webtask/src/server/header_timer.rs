//! How long a connection waits for a request's headers, by one timer of the runtime for all its requests. It knows no
//! request.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// A connection's timers, which are asked for one after another: each request has one, and most are dropped before they
/// are over. To put each among the runtime's and take it out again costs more than to look, when the one that stands
/// there is over, whether the last is.
#[derive(Clone)]
pub(super) struct HeaderTimer {
    alarm: Arc<Mutex<Pin<Box<tokio::time::Sleep>>>>,
}

/// One of them.
struct Until {
    deadline: Instant,
    timer: HeaderTimer,
}

impl HeaderTimer {
    pub(super) fn new(first: Duration) -> Self {
        Self { alarm: Arc::new(Mutex::new(Box::pin(tokio::time::sleep(first)))) }
    }
}

impl Timer for HeaderTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Until { deadline, timer: self.clone() })
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into()
    }
}

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let deadline = self.deadline.into();
        let mut alarm = self.timer.alarm.lock().unwrap_or_else(PoisonError::into_inner);
        if alarm.deadline() > deadline {
            alarm.as_mut().reset(deadline);
        }
        while alarm.as_mut().poll(cx).is_ready() {
            if alarm.deadline() >= deadline {
                return Poll::Ready(());
            }
            alarm.as_mut().reset(deadline);
        }
        Poll::Pending
    }
}

impl Sleep for Until {}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_is_over_in_its_own_time() {
        let timer = HeaderTimer::new(Duration::from_secs(10));
        let start = timer.now();
        let at = |seconds| start + Duration::from_secs(seconds);
        drop(timer.sleep_until(at(10)));
        // Later than the runtime's timer, and earlier.
        for seconds in [12, 20, 21] {
            let mut long = timer.sleep_until(at(60));
            assert!(futures::poll!(&mut long).is_pending());
            timer.sleep_until(at(seconds)).await;
            assert_eq!(timer.now(), at(seconds));
        }
        // What is over already.
        timer.sleep_until(at(15)).await;
        assert_eq!(timer.now(), at(21));
    }
}
