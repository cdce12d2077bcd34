//! `GET` and `DELETE /runs/ID`: a run as it stands, its events again from any one of them, and its end.

use std::sync::Arc;
use std::time::SystemTime;

use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, VARY};
use serde::Serialize;

use super::Service;
use super::negotiate::{self, Form};
use super::reject::Refusal;
use super::respond::{Response, empty, json};
use super::runs::{Found, RunId, RunRecord, RunState};
use super::stream;
use crate::browser::timestamp;
use crate::event::unsplit;
use crate::large::apart;
use crate::{Error, ErrorKind, Json, Transport};

/// What follows a run: its state, or its events.
pub(super) async fn show(
    service: &Service,
    id: &str,
    headers: &HeaderMap,
    query: &str,
) -> Result<Response, Refusal> {
    let form = negotiate::choose(headers, &[Transport::Rest, Transport::Sse]);
    let after = after(headers, query)?;
    let found = service.runs.find(id).await?;
    let mut response = match form? {
        Form::Json => whole(service.runs.record(&found).await?).await?,
        form => events(service, found, form, after)?,
    };
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// Ends a run, unless it is over, and answers how it stands then.
pub(super) async fn cancel(service: &Service, id: &str) -> Result<Response, Refusal> {
    let record = match service.runs.find(id).await? {
        Found::Going(live) => {
            live.cancel();
            live.over().await?
        }
        Found::Over(record) => record,
    };
    whole(record).await
}

/// A run's state as JSON.
pub(super) async fn state(record: Arc<RunRecord>) -> Result<String, Error> {
    apart(record.size(), move || written(&record)).await
}

fn written(record: &RunRecord) -> Result<String, Error> {
    let RunRecord { id, task, state, started, ended, result, error, .. } = record;
    let time = |time: &Option<SystemTime>| time.map(timestamp);
    let state = State {
        id: *id,
        task,
        state: *state,
        started: time(started),
        ended: time(ended),
        result: result.as_ref(),
        error: error.as_ref(),
    };
    let text = serde_json::to_string(&state)
        .map_err(|error| Error::new(ErrorKind::Internal, "a run's state is not JSON").with_source(error))?;
    Ok(unsplit(text))
}

#[derive(Serialize)]
struct State<'a> {
    id: RunId,
    task: &'a str,
    state: RunState,
    started: Option<String>,
    ended: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'a Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Json>,
}

async fn whole(record: Arc<RunRecord>) -> Result<Response, Refusal> {
    let mut response = json(StatusCode::OK, state(record).await?);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn events(service: &Service, found: Found, form: Form, after: u64) -> Result<Response, Refusal> {
    let place = service.place()?;
    let reader = service.runs.follow(found, after);
    if reader.is_over() {
        // An `EventSource` that came again stops at this.
        return Ok(empty(StatusCode::NO_CONTENT));
    }
    Ok(stream::reply(reader, service.shape(form, true), place))
}

/// The number of the last event that the reader has: what it says on coming again goes before what its URL says.
fn after(headers: &HeaderMap, query: &str) -> Result<u64, Refusal> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.trim().parse().ok());
    if let Some(last) = last {
        return Ok(last);
    }
    match url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "after") {
        None => Ok(0),
        Some((_, number)) => number.parse().map_err(|_| {
            Refusal::Request("`after` is not a number; send that of the last event that was read".to_owned())
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_says_on_coming_again_goes_first() {
        for (id, query, number) in [
            (None, "", Some(0)),
            (None, "after=3", Some(3)),
            (None, "x=1&after=3&after=4", Some(3)),
            (Some("5"), "after=3", Some(5)),
            (Some(""), "after=3", Some(3)),
            (Some("five"), "", Some(0)),
            (Some("7"), "after=x", Some(7)),
            (None, "after=", None),
            (None, "after=-1", None),
            (None, "after=99999999999999999999", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.extend(
                id.map(|id| (http::HeaderName::from_static("last-event-id"), HeaderValue::from_static(id))),
            );
            assert_eq!(after(&headers, query).ok(), number, "{id:?} {query}");
        }
    }
}
