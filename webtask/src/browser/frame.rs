//! A frame of another origin: a world of its own, found from the element that holds it. Where the browser draws it in
//! another process, it has a session of its own too.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::target::GetTargetsParams;
use serde::Deserialize;
use serde_json::{Value, json};

use super::connection::Refusal;
use super::probe::{Root, is_stale};
use super::session::Session;
use super::window::{LIMIT, Window};
use crate::{Error, ErrorKind};

/// The frames of other origins that a selector enters.
const FAR: &str = "selector => selectors.far(selector)";

/// How long a page may take to name them.
const ANSWER: Duration = Duration::from_secs(30);

/// A frame of another origin than what is around it.
#[derive(Debug)]
pub(crate) struct Frame {
    root: Root,
}

/// The element of such a frame, as a function of ours told of it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Far {
    /// The number of the element in the world where it was found.
    pub(crate) pin: u32,
    /// What is left of the selector inside.
    pub(crate) rest: String,
    /// Which part of it is in the window, in pixels of its own.
    pub(crate) edge: Value,
}

impl Frame {
    /// As [`Window::probe`], in this frame.
    pub(crate) async fn probe(
        &self,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> Result<String, Error> {
        self.root.probe(function, argument, limit).await
    }

    /// Whether a call failed because the frame, or its document, went away.
    pub(crate) fn is_gone(&self, error: &Error) -> bool {
        is_stale(error) || self.root.is_over()
    }

    /// Finds it in a session that has what is around it, or else as a target of its own.
    async fn find(around: &Session, id: &str) -> Result<Option<Arc<Self>>, Error> {
        let root = Root::new(around, id);
        if root.is_known().await? {
            return Ok(Some(Arc::new(Self { root })));
        }
        let connection = around.connection();
        for listed in [false, true] {
            if listed {
                // The browser knows a frame as a target only once somebody has asked for all of them.
                connection.call(None, GetTargetsParams::default(), LIMIT).await?;
            }
            match Session::attach(connection, &id.to_owned().into()).await {
                Ok(session) => return Ok(Some(Arc::new(Self { root: Root::new(&session, id) }))),
                Err(error) if Refusal::of(&error).is_some() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}

impl Window {
    /// Enters a frame of another origin, from the page or from such a frame; none when it is gone already.
    pub(crate) async fn enter(
        &self,
        from: Option<&Arc<Frame>>,
        pin: u32,
    ) -> Result<Option<Arc<Frame>>, Error> {
        let tab = self.tab();
        let root = from.map_or(&*tab.root, |frame| &frame.root);
        let id = match root.frame_of(pin).await {
            Ok(Some(id)) => id,
            Ok(None) => return Ok(None),
            Err(_) if from.is_some_and(|frame| frame.root.is_over()) => return Ok(None),
            Err(error) => return Err(error),
        };
        self.frame_in(root.session(), id).await
    }

    /// A frame of the page by its number; none when it is gone.
    pub(super) async fn frame_of(&self, id: &str) -> Result<Option<Arc<Frame>>, Error> {
        self.frame_in(self.session(), id.to_owned()).await
    }

    async fn frame_in(&self, around: &Session, id: String) -> Result<Option<Arc<Frame>>, Error> {
        let tab = self.tab();
        let known = {
            let mut frames = tab.frames.lock().unwrap_or_else(PoisonError::into_inner);
            frames.retain(|_, frame| !frame.root.is_over());
            frames.get(&id).cloned()
        };
        if known.is_some() {
            return Ok(known);
        }
        let entered = Frame::find(around, &id).await?;
        if let Some(frame) = &entered {
            tab.frames.lock().unwrap_or_else(PoisonError::into_inner).insert(id, frame.clone());
        }
        Ok(entered)
    }

    /// Every frame of another origin that a selector enters, with what is left of the selector inside: those of the
    /// page first, each followed by those within. Without `>>` there are none, and nobody is asked.
    pub(crate) async fn frames(&self, selector: &str) -> Result<Vec<(Arc<Frame>, String)>, Error> {
        if !selector.contains(">>") {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        let far = read_far(&self.probe(FAR, &json!(selector), ANSWER).await?)?;
        let mut next: Vec<_> = far.into_iter().rev().map(|far| (None, far)).collect();
        while let Some((from, far)) = next.pop() {
            let Some(frame) = self.enter(from.as_ref(), far.pin).await? else { continue };
            if far.rest.contains(">>") {
                match frame.probe(FAR, &json!(far.rest), ANSWER).await {
                    Ok(text) => {
                        let within = read_far(&text)?;
                        next.extend(within.into_iter().rev().map(|far| (Some(frame.clone()), far)));
                    }
                    Err(error) if frame.is_gone(&error) => continue,
                    Err(error) => return Err(error),
                }
            }
            found.push((frame, far.rest));
        }
        Ok(found)
    }

    /// As [`probe`](Self::probe), in a frame or in the page itself.
    pub(crate) async fn probe_in(
        &self,
        frame: Option<&Arc<Frame>>,
        function: &str,
        argument: &Value,
        limit: Duration,
    ) -> Result<String, Error> {
        match frame {
            Some(frame) => frame.probe(function, argument, limit).await,
            None => self.probe(function, argument, limit).await,
        }
    }
}

fn read_far(text: &str) -> Result<Vec<Far>, Error> {
    serde_json::from_str(text).map_err(|error| {
        Error::new(ErrorKind::Internal, "the page's answer cannot be read").with_source(error)
    })
}
