//! `POST /tasks/SLUG`: a request becomes a run, and the run an answer.

use std::pin::pin;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderMap, HeaderValue, LOCATION, VARY};
use tokio::time::timeout;

use super::body::{self, Body};
use super::follow::state;
use super::negotiate::{self, Form};
use super::prefer::Prefer;
use super::reject::{Refusal, failed};
use super::respond::{Response, json};
use super::runs::{Attendance, Begun, Found, RunId, RunKey, RunRecord, Way};
use super::start::{Admission, Start};
use super::stream;
use super::{Service, idempotency};
use crate::event::done;
use crate::large::apart;
use crate::{Error, ErrorKind, Task, Transport};

/// Runs a task. Dropping the future, or the response's body, ends the run, unless it goes on alone.
///
/// `base` is what stands before `tasks/…` in the path; none when the runs cannot be asked for.
pub(super) async fn call(
    service: &Service,
    task: &Task,
    headers: &HeaderMap,
    body: &mut Body,
    base: Option<&str>,
) -> Response {
    let mut response = match answer(service, task, headers, body, base).await {
        Ok(response) => response,
        Err(refusal) => refusal.response(Some(task.slug())),
    };
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept, Prefer"));
    response
}

/// How a call is answered.
#[derive(Clone, Copy)]
enum Manner {
    Form(Form),
    /// At once, or after some time, while the run goes on alone.
    Later(Prefer),
}

impl Manner {
    fn choose(headers: &HeaderMap, task: &Task) -> Result<Self, Refusal> {
        let prefer = Prefer::read(headers);
        let alone = prefer.respond_async && task.transports().contains(&Transport::Async);
        if alone && negotiate::choose(headers, &[Transport::Rest]).is_ok() {
            return Ok(Self::Later(prefer));
        }
        negotiate::choose(headers, task.transports()).map(Self::Form)
    }

    fn way(self) -> Way {
        match self {
            Self::Form(Form::Json) => Way::Result,
            Self::Form(Form::Events | Form::Lines) => Way::Events,
            Self::Later(_) => Way::Detached,
        }
    }
}

async fn answer(
    service: &Service,
    task: &Task,
    headers: &HeaderMap,
    body: &mut Body,
    base: Option<&str>,
) -> Result<Response, Refusal> {
    let manner = Manner::choose(headers, task)?;
    let key = idempotency::key(headers)?;
    let Admission { mut work, place } = service.admit(manner.way())?;
    let input = work.within(pin!(body::collect(headers, body, &service.body))).await?;
    let key = key.map(|key| {
        let caller = service.callers.digest(&service.webtask, headers);
        idempotency::bind(&key, caller, task.slug(), &input)
    });
    let start = Start { task, input, way: manner.way(), key: key.clone(), work };
    let (id, answer) = match service.start(start).await? {
        Begun::New(attendance) => (attendance.live().id, first(service, manner, attendance, place).await),
        Begun::Known(record) => {
            let id = record.id;
            (id, again(service, manner, &record, key.as_ref(), place).await)
        }
    };
    let mut response = answer.unwrap_or_else(|refusal| refusal.response(Some(task.slug())));
    if let Some(location) = base.and_then(|base| location(base, id)) {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

type Place = Option<tokio::sync::OwnedSemaphorePermit>;

/// The answer of a run that was begun for it.
async fn first(
    service: &Service,
    manner: Manner,
    attendance: Attendance,
    place: Place,
) -> Result<Response, Refusal> {
    match (manner, place) {
        (Manner::Form(form), Some(place)) => {
            Ok(stream::reply(service.runs.own(attendance), service.shape(form, false), place))
        }
        (Manner::Form(_), None) => Ok(finished(attendance.live().over().await?).await),
        (Manner::Later(prefer), _) => later(service, Found::Going(attendance.share()), prefer).await,
    }
}

/// The answer of a run that was begun before, with the same key.
async fn again(
    service: &Service,
    manner: Manner,
    record: &RunRecord,
    key: Option<&RunKey>,
    place: Place,
) -> Result<Response, Refusal> {
    if record.key.as_ref() != key {
        return Err(Refusal::KeyMismatch);
    }
    match (manner, service.runs.find(&record.id.to_string()).await?, place) {
        (Manner::Later(prefer), found, _) if record.detached => later(service, found, prefer).await,
        (_, Found::Going(_), _) => Err(Refusal::KeyInFlight),
        (Manner::Form(form), found @ Found::Over(_), Some(place)) => {
            Ok(stream::reply(service.runs.follow(found, 0), service.shape(form, false), place))
        }
        (_, Found::Over(record), _) => Ok(finished(record).await),
    }
}

/// The answer of a run that goes on alone: its result, when the caller waits and it comes in time, else its state.
async fn later(service: &Service, found: Found, prefer: Prefer) -> Result<Response, Refusal> {
    let over = match (&found, prefer.wait) {
        (_, None) => None,
        (Found::Going(live), Some(wait)) => timeout(wait, live.over()).await.ok().transpose()?,
        (Found::Over(record), Some(_)) => Some(record.clone()),
    };
    let mut response = match over {
        Some(record) => finished(record).await,
        None => json(StatusCode::ACCEPTED, state(service.runs.record(&found).await?).await?),
    };
    if let Ok(applied) = HeaderValue::from_str(&prefer.applied()) {
        response.headers_mut().insert("preference-applied", applied);
    }
    Ok(response)
}

/// The answer of a run that is over.
async fn finished(record: Arc<RunRecord>) -> Response {
    apart(record.size(), move || told(&record)).await
}

fn told(record: &RunRecord) -> Response {
    match (&record.result, &record.error) {
        (Some(result), _) => json(StatusCode::OK, done(result.get())),
        (None, Some(error)) => failed(error),
        (None, None) => Refusal::Run(Error::new(ErrorKind::Internal, "a run ended without a word"))
            .response(Some(&record.task)),
    }
}

fn location(base: &str, id: RunId) -> Option<HeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from([base.as_bytes(), b"runs/", &id.digits()].concat())).ok()
}
