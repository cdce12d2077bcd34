//! Elements in frames of other origins: each is asked in turn, and what it says is seen from the window.
//!
//! No function of ours can wait in two worlds at once. So each frame is looked into for a moment, and then its
//! element, the frames beside it and what is around them are looked at again.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::{Answer, Found, GRACE, Need, WAIT, Want, argument, now, read};
use crate::Error;
use crate::browser::{Far, Frame, Window};

/// What sees a point of a frame from outside.
const THROUGH: &str = include_str!("through.js");

/// What notices the mouse in a frame, and in those within that are of its process.
const POINTED: &str = "() => {
    const moved = globalThis.pointed === true;
    globalThis.pointed = false;
    const add = (view) => {
        try {
            view.document.documentElement;
        } catch {
            return;
        }
        view.addEventListener('mousemove', () => (globalThis.pointed = true), { capture: true, once: true });
        for (let i = 0; i < view.length; i++) add(view[i]);
    };
    if (!moved) add(window);
    return moved;
}";

/// How long a frame is waited in before all of them are looked for anew, in milliseconds.
const SLICE: f64 = 250.0;

/// How often the mouse is moved until the frame notices it: a frame that has just been drawn may not get it yet.
const MOVES: usize = 30;

/// How long to wait between two looks at several frames.
const PAUSE: Duration = Duration::from_millis(30);

/// Looks into frames, one after the other, for what is wanted. The answer is of the first that has it, or of the last
/// that has something like it.
pub(super) fn look<'a>(
    window: &'a Window,
    from: Option<&'a Arc<Frame>>,
    frames: Vec<Far>,
    here: Option<Box<Answer>>,
    argument: &'a Value,
) -> BoxFuture<'a, Result<Answer, Error>> {
    Box::pin(async move {
        let (is_gone, is_alone) = (argument["need"] == json!(Need::Gone), frames.len() == 1);
        let mut best = here.map(|here| *here);
        let mut entered = false;
        for far in frames {
            let Some(frame) = window.enter(from, far.pin).await? else { continue };
            entered = true;
            let answer = match in_frame(window, &frame, &far, argument, is_alone).await? {
                Some(Answer::Found(found)) => seen(window, from, &far, found, argument).await?,
                Some(answer) => answer,
                // It went away meanwhile; what holds it will say more.
                None => Answer::Absent,
            };
            match answer {
                Answer::Found(_) if is_gone => {}
                answer if answer.is_end() => return Ok(answer),
                Answer::Absent if best.is_some() || is_gone => {}
                answer => best = Some(answer),
            }
        }
        Ok(match best {
            Some(answer) => answer,
            None if is_gone => Answer::Found(Found::default()),
            None if entered => Answer::Absent,
            None => {
                let part = argument["selector"].as_str().unwrap_or_default();
                let part = part.split(">>").next().unwrap_or_default().trim().to_owned();
                Answer::Shut { part, frame: true }
            }
        })
    })
}

/// What a frame says; none when it is gone.
async fn in_frame(
    window: &Window,
    frame: &Arc<Frame>,
    far: &Far,
    argument: &Value,
    is_alone: bool,
) -> Result<Option<Answer>, Error> {
    let until = argument["until"].as_f64().unwrap_or_default();
    let mut inner = argument.clone();
    inner["selector"] = far.rest.as_str().into();
    inner["edge"] = far.edge.clone();
    // Where there are several it is looked for once in each, and waited for only where it is in part.
    let mut slice = if is_alone { SLICE } else { 0.0 };
    loop {
        inner["until"] = until.min(now() + slice).into();
        let text = match frame.probe(WAIT, &inner, Duration::from_secs_f64(slice / 1000.0) + 10 * GRACE).await
        {
            Ok(text) => text,
            Err(error) if frame.is_gone(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let answer = match read(&text)? {
            Answer::Found(found) => {
                Answer::Found(Found { inside: Some((frame.clone(), far.rest.clone())), ..found })
            }
            Answer::Far { frames, here } => {
                inner["until"] = until.into();
                return look(window, Some(frame), frames, here, &inner).await.map(Some);
            }
            answer => answer,
        };
        let is_far_off = matches!(answer, Answer::Absent | Answer::Text { .. } | Answer::There { .. });
        if slice > 0.0 || is_far_off || answer.is_end() || now() >= until {
            return Ok(Some(answer));
        }
        slice = SLICE;
    }
}

/// What was found in a frame, as it is seen from around it.
async fn seen(
    window: &Window,
    from: Option<&Arc<Frame>>,
    far: &Far,
    found: Found,
    argument: &Value,
) -> Result<Answer, Error> {
    let is = |needs: &[Need]| needs.iter().any(|need| argument["need"] == json!(need));
    let hits = is(&[Need::Click, Need::Hover, Need::Check, Need::Uncheck]);
    if found.done || !(hits || is(&[Need::Picture])) {
        return Ok(Answer::Found(found));
    }
    let Found { x, y, width, height, .. } = found;
    let point = json!({ "pin": far.pin, "x": x, "y": y, "width": width, "height": height, "hits": hits });
    let text = match window.probe_in(from, THROUGH, &point, 10 * GRACE).await {
        Ok(text) => text,
        Err(error) if from.is_some_and(|frame| frame.is_gone(&error)) => return Ok(Answer::Absent),
        Err(error) => return Err(error),
    };
    Ok(match read(&text)? {
        Answer::Found(outer) => {
            Answer::Found(Found { x: outer.x, y: outer.y, width: outer.width, height: outer.height, ..found })
        }
        answer => answer,
    })
}

/// Waits in a frame that was entered.
pub(super) async fn stay(frame: &Arc<Frame>, want: &Want<'_>, limit: Duration) -> Result<Answer, Error> {
    match frame.probe(WAIT, &argument(want, limit)?, limit.saturating_add(2 * GRACE)).await {
        Ok(text) => read(&text),
        Err(error) if frame.is_gone(&error) => Ok(Answer::Left),
        Err(error) => Err(error),
    }
}

/// Moves the mouse on an element in a frame, until the frame has noticed.
pub(super) async fn point(window: &Window, frame: &Arc<Frame>, found: &Found) -> Result<(), Error> {
    for _ in 0..MOVES {
        match frame.probe(POINTED, &Value::Null, 10 * GRACE).await {
            Ok(moved) if moved == "true" => return Ok(()),
            Ok(_) => window.move_to(found.x, found.y).await?,
            // Where it was is clicked all the same, as on a page that goes on at that moment.
            Err(error) if frame.is_gone(&error) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    // A page may keep such events to itself.
    Ok(())
}

pub(super) async fn pause() {
    tokio::time::sleep(PAUSE).await;
}
