//! `POST /tasks/SLUG`: a request becomes a run, and the run an answer.

use http::StatusCode;
use http::header::{HeaderMap, HeaderValue, VARY};
use warp::reply::Response;

use super::body::{self, Body};
use super::negotiate::{self, Form};
use super::reject::Refusal;
use super::respond::json;
use super::{Service, stream};
use crate::{Event, Json, Run, Task};

/// What a run is when the headers can go out.
enum Outcome {
    Over(Json),
    Started(Run<Json>),
}

/// Runs a task. Dropping the future, or the response's body, ends the run.
pub(super) async fn call(
    service: &Service,
    task: &'static Task,
    headers: &HeaderMap,
    body: Body,
) -> Response {
    let mut response = match answer(service, task, headers, body).await {
        Ok(response) => response,
        Err(refusal) => refusal.response(Some(task.slug())),
    };
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept, Prefer"));
    response
}

async fn answer(
    service: &Service,
    task: &'static Task,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let form = negotiate::choose(headers, task.transports())?;
    let mut work = service.drain.enter()?;
    let outcome = work.within(async {
        let input = body::read(headers, body, service.body_limit).await?;
        let mut run = task.start(&service.webtask, input)?;
        match form {
            Form::Json => Ok::<_, Refusal>(Outcome::Over(run.await?)),
            Form::Events => {
                run.start().await?;
                Ok(Outcome::Started(run))
            }
        }
    });
    Ok(match outcome.await? {
        Outcome::Over(result) => json(StatusCode::OK, Event::Done(result).data()),
        Outcome::Started(run) => stream::reply(run, work, service.heartbeat, service.patience),
    })
}
