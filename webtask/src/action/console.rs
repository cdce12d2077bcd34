//! `console`: what a page says on its console while steps run, with the errors that nobody caught.

use std::future::Future;

use super::wait::while_there;
use crate::browser::{ConsoleMessage, RawEvent, beside, heard, listen};
use crate::cx::Thrown;
use crate::large::apart;
use crate::secret::Redactor;
use crate::{Cx, Error};

const EVENTS: &[&str] = &["Runtime.consoleAPICalled", "Runtime.exceptionThrown"];

/// How many messages are kept: a page may say without end.
const MESSAGES: usize = 10_000;

/// Runs steps, and gives what the page, and every tab that they go on in, has said meanwhile: the first 10 000 messages, as
/// far as the setting `results` has room for them.
///
/// # Errors
///
/// [`BrowserLost`](crate::ErrorKind::BrowserLost) when the page is gone, or goes before the steps end.
pub async fn console<R>(
    cx: &Cx,
    steps: impl Future<Output = Result<R, Thrown>>,
) -> Result<(Result<R, Thrown>, Vec<ConsoleMessage>), Error> {
    let window = cx.window()?;
    let watch = window.watch(EVENTS, listen).await?;
    let mut messages = Messages { list: Vec::new(), left: cx.results(), redactor: cx.redactor().clone() };
    let watching = async {
        while let Some((_, event)) = watch.next().await {
            messages.keep(event).await;
        }
    };
    let ended = beside(while_there(window, steps), watching).await;
    if ended.is_ok() {
        watch.settle().await;
    }
    while let Some((_, event)) = watch.now() {
        messages.keep(event).await;
    }
    Ok((ended, messages.list))
}

/// What was heard so far.
struct Messages {
    list: Vec<ConsoleMessage>,
    /// How many bytes more are kept.
    left: u64,
    redactor: Redactor,
}

impl Messages {
    /// Keeps what an event says, unless there is no room for it.
    async fn keep(&mut self, event: RawEvent) {
        if self.list.len() == MESSAGES || self.left == 0 {
            return;
        }
        let redactor = self.redactor.clone();
        let said = apart(event.params.get().len(), move || heard(&event, &redactor)).await;
        let Some(message) = said else { return };
        // With what the rest of it takes, about.
        let size = message.text.len() + message.url.as_deref().map_or(0, str::len) + 100;
        self.left = self.left.saturating_sub(size as u64);
        if self.left > 0 {
            self.list.push(message);
        }
    }
}
