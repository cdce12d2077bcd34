//! What listens to `tracing` and keeps every span of ours as text.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Debug;
use std::sync::atomic::{AtomicIsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// A span as it is written, with its parent's number.
pub(crate) type Known = (String, Option<usize>);

/// Every span, written as `TARGET NAME FIELD=VALUE …` with its parent's number.
#[derive(Clone, Default)]
pub(crate) struct Spans {
    known: Arc<Mutex<Vec<Known>>>,
    inside: Arc<AtomicIsize>,
}

/// A second subscriber. Beside it, `tracing` asks every subscriber whether it wants a span; else it would keep the answer of
/// whichever thread came first, and that one may not listen.
static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Registry::default()));

/// Which of them a span is.
struct Number(usize);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.is_span() && metadata.target().starts_with("webtask::")
    }

    fn on_new_span(&self, new: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut text = format!("{} {}", new.metadata().target(), new.metadata().name());
        new.record(&mut Fields(&mut text));
        let span = context.span(id).unwrap();
        let parent = span.parent().map(|parent| parent.extensions().get::<Number>().unwrap().0);
        let mut known = self.known.lock().unwrap();
        span.extensions_mut().insert(Number(known.len()));
        known.push((text, parent));
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        let number = context.span(id).unwrap().extensions().get::<Number>().unwrap().0;
        record.record(&mut Fields(&mut self.known.lock().unwrap()[number].0));
    }

    fn on_enter(&self, _: &Id, _: Context<'_, S>) {
        self.inside.fetch_add(1, Ordering::SeqCst);
    }

    fn on_exit(&self, _: &Id, _: Context<'_, S>) {
        self.inside.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Has it listen on this thread as long as the guard is kept.
pub(crate) fn listen(subscriber: impl Into<Dispatch>) -> DefaultGuard {
    LazyLock::force(&SECOND);
    tracing::dispatcher::set_default(&subscriber.into())
}

impl Spans {
    /// Listens on this thread as long as the guard is kept.
    pub(crate) fn listen(&self) -> DefaultGuard {
        listen(Registry::default().with(self.clone()))
    }

    /// All of them, in the order in which they were made.
    pub(crate) fn known(&self) -> Vec<Known> {
        self.known.lock().unwrap().clone()
    }

    /// Whether all that was entered was left.
    pub(crate) fn are_left(&self) -> bool {
        self.inside.load(Ordering::SeqCst) == 0
    }

    /// The span with that number.
    pub(crate) fn parent(&self, parent: Option<usize>) -> Option<String> {
        Some(self.known.lock().unwrap()[parent?].0.clone())
    }
}
