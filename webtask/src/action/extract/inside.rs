//! What an `extract` reads in frames of other origins: each of them is asked for its part, which comes after the rest.

use std::sync::Arc;

use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::base::Base;
use super::read::{Answer, Late};
use crate::action::ANSWER;
use crate::browser::{Frame, Window};
use crate::collect::COLLECT;
use crate::large::apart;
use crate::{Error, ErrorKind};

/// What was collected.
pub(super) struct Collected {
    /// How many bytes it is.
    pub(super) size: usize,
    pub(super) answer: Answer,
    /// Whether the page went on to another document by itself, which this is of.
    pub(super) went_on: bool,
}

/// Asks the page, or a frame of another origin in it, and the frames within. The page's own answer may be there early.
pub(super) fn collect<'a>(
    window: &'a Window,
    from: Option<&'a Arc<Frame>>,
    plan: &'a Value,
    early: Option<String>,
) -> BoxFuture<'a, Result<Collected, Error>> {
    Box::pin(async move {
        let (text, went_on) = match (early, from) {
            (Some(text), _) => (text, false),
            (None, None) => window.probe_parsed(COLLECT, plan, ANSWER).await?,
            (None, Some(_)) => (window.probe_in(from, COLLECT, plan, ANSWER).await?, false),
        };
        let mut size = text.len();
        let mut answer = read(text).await?;
        if let Answer::Rows { rows, late, far, .. } = &mut answer {
            for Late { at, pin, field } in std::mem::take(late) {
                let within = json!({ "cell": field });
                let Some((more, base, mut found)) = part(window, from, pin, &within).await? else { continue };
                size += more;
                if let Some(cell) = rows.pointer_mut(&at)
                    && let Some(found) = found.pointer_mut("/0/0")
                {
                    merge(cell, found.take(), &field, &base);
                }
            }
            let limit = plan["limit"].as_u64();
            for far in std::mem::take(far) {
                let (Value::Array(rows), mut within) = (&mut *rows, plan.clone()) else { break };
                within["from"] = far.rest.into();
                if let Some((more, base, Value::Array(found))) = part(window, from, far.pin, &within).await? {
                    size += more;
                    rows.extend(found.into_iter().map(|row| each(row, &base)));
                }
                cut(rows, limit);
            }
        }
        Ok(Collected { size, answer, went_on })
    })
}

/// The rows of a frame with their size and what their URLs are relative to; none when it is gone.
async fn part(
    window: &Window,
    from: Option<&Arc<Frame>>,
    pin: u32,
    plan: &Value,
) -> Result<Option<(usize, Base, Value)>, Error> {
    let Some(frame) = window.enter(from, pin).await? else { return Ok(None) };
    match collect(window, Some(&frame), plan, None).await {
        Ok(Collected { size, answer: Answer::Rows { base, rows, .. }, .. }) => Ok(Some((size, base, rows))),
        // The page itself has found that it is good.
        Ok(Collected { answer: Answer::Invalid { .. }, .. }) => Ok(None),
        Err(error) if frame.is_gone(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn read(text: String) -> Result<Answer, Error> {
    apart(text.len(), move || serde_json::from_str(&text)).await.map_err(|error| {
        Error::new(ErrorKind::Internal, "the page's answer cannot be read").with_source(error)
    })
}

/// Adds to a cell what a frame has of it.
fn merge(cell: &mut Value, found: Value, field: &Value, base: &Base) {
    match (cell, found) {
        (Value::Number(sum), Value::Number(more)) if field["kind"] == "count" => {
            *sum = (sum.as_u64().unwrap_or_default() + more.as_u64().unwrap_or_default()).into();
        }
        (Value::Array(list), Value::Array(more)) => {
            let is_rows = field["kind"] == "rows";
            list.extend(more.into_iter().map(|one| if is_rows { each(one, base) } else { based(one, base) }));
            cut(list, field["limit"].as_u64());
        }
        (cell @ Value::Null, found) if !found.is_null() => *cell = based(found, base),
        _ => {}
    }
}

/// A row of a frame.
fn each(row: Value, base: &Base) -> Value {
    match row {
        Value::Array(cells) => cells.into_iter().map(|cell| based(cell, base)).collect(),
        other => other,
    }
}

/// A cell of a frame, with what its URLs are relative to.
fn based(cell: Value, base: &Base) -> Value {
    match cell {
        Value::String(_) | Value::Array(_) => json!({ "base": base, "cell": cell }),
        other => other,
    }
}

fn cut(list: &mut Vec<Value>, limit: Option<u64>) {
    if let Some(limit) = limit.and_then(|limit| usize::try_from(limit).ok()) {
        list.truncate(limit);
    }
}
