//! What every request needs: the tasks, who may call, the bounds, the runs. It knows no request and no door.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::caller::Callers;
use super::catalog::Catalog;
use super::drain::Drain;
use super::guard::Guard;
use super::mount::Mount;
use super::negotiate::Form;
use super::runs::Runs;
use super::stream::Shape;
use super::tasks::Tasks;
use super::token::Tokens;
use super::{Endpoint, Server, body, openapi};
use crate::clock::at_most;
use crate::settings::Token;
use crate::{Error, ErrorKind, Webtask};

/// What a request needs.
pub(super) struct Service {
    /// The handle that its run gets, with what the request is handed.
    pub(super) webtask: Webtask,
    pub(super) shared: Arc<Shared>,
}

impl Deref for Service {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

/// What every request needs.
pub(super) struct Shared {
    pub(super) tasks: Tasks,
    pub(super) guard: Guard,
    pub(super) body: body::Limits,
    pub(super) heartbeat: Duration,
    /// The places for streams and sockets that are not taken.
    pub(super) streams: Arc<Semaphore>,
    pub(super) tokens: Tokens,
    pub(super) callers: Callers,
    pub(super) mounts: Arc<[Mount]>,
    pub(super) compress: bool,
    pub(super) runs: Arc<Runs>,
    pub(super) drain: Drain,
}

impl Service {
    /// A place for a stream or a socket, until it is dropped.
    pub(super) fn place(&self) -> Result<OwnedSemaphorePermit, Error> {
        self.streams
            .clone()
            .try_acquire_owned()
            .map_err(|_| Error::new(ErrorKind::Overloaded, "too many streams are open; try again later"))
    }

    /// The document that describes these endpoints.
    pub(super) fn openapi(&self, tasks: &Catalog, endpoints: &[Endpoint]) -> Bytes {
        let tasks = tasks.sorted();
        let about = openapi::About { tasks: &tasks, endpoints, token: !self.tokens.is_empty() };
        openapi::document(&about).to_string().into()
    }

    pub(super) fn shape(&self, form: Form, numbered: bool) -> Shape {
        Shape { form, numbered, heartbeat: self.heartbeat }
    }
}

impl Server {
    /// A token's text.
    fn value_of(&self, token: &Token) -> Result<String, Error> {
        match token {
            Token::Plain(value) => Ok(value.clone()),
            Token::Secret(name) => match self.webtask.secret(name) {
                Ok(value) => Ok(value.to_owned()),
                Err(error) => Err(Error::new(error.kind(), format!("`token_secrets`: {}", error.message()))),
            },
        }
    }

    /// What its requests need, or what is wrong with the settings.
    pub(super) fn state(&self) -> Result<Arc<Service>, Error> {
        let terms = &self.terms;
        if terms.heartbeat.is_zero() {
            return Err(Error::new(ErrorKind::Config, "`heartbeat` is zero; leave it out for 15 seconds"));
        }
        self.tasks.check()?;
        let tokens = terms.tokens.iter().map(|token| self.value_of(token)).collect::<Result<Vec<_>, _>>()?;
        let shared = Shared {
            tasks: self.tasks.clone(),
            guard: Guard::new(&terms.hosts, &terms.origins)?,
            body: body::Limits {
                bytes: terms.body_limit,
                rate: terms.body_rate,
                time: at_most(terms.body_time),
            },
            heartbeat: at_most(terms.heartbeat),
            streams: Arc::new(Semaphore::new(terms.streams.min(Semaphore::MAX_PERMITS))),
            tokens: Tokens::new(&tokens)?,
            callers: self.callers.clone(),
            mounts: terms
                .mounts
                .iter()
                .map(|(prefix, folder)| Mount::new(prefix, folder))
                .collect::<Result<_, _>>()?,
            compress: terms.compress,
            runs: Arc::new(Runs {
                event_buffer: terms.event_buffer,
                slow_reader_timeout: terms.slow_reader_timeout,
                ..self.runs.clone()
            }),
            drain: Drain::default(),
        };
        Ok(Arc::new(Service { webtask: self.webtask.clone(), shared: Arc::new(shared) }))
    }
}
