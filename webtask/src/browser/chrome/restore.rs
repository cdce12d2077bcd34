//! What becomes of a window after a run: it is cleaned for the next one, or replaced, which is counted by its reason.

use std::time::Duration;

use super::{Chrome, REMOVE};
use crate::Error;
use crate::browser::clean::Wipe;
use crate::browser::pool::Kind;
use crate::browser::tally::{Remains, Tally};
use crate::browser::watchdog::SILENT;
use crate::browser::window::Window;

/// How long a window may take to be cleaned, before it is replaced.
const CLEAN: Duration = Duration::from_secs(2);

/// Why a window is not used again.
enum Replaced {
    /// It has had as many runs as its pool allows.
    Recycled,
    /// Its page crashed or was closed.
    PageLost,
    /// Something was done in it that no cleaning is sure to remove.
    Doubtful,
    /// The browser keeps something of it that no command removes.
    Remains(Remains),
    /// Something is still there.
    NotClean(Error),
    /// Cleaning it takes too long.
    TooSlow,
}

impl Replaced {
    /// Its label in the counters.
    fn name(&self) -> &'static str {
        match self {
            Self::Recycled => "recycled",
            Self::PageLost => "page_lost",
            Self::Doubtful => "doubtful",
            Self::Remains(Remains::Login) => "login",
            Self::Remains(Remains::Hints) => "client_hints",
            Self::Remains(Remains::Cluster) => "agent_cluster",
            Self::Remains(Remains::Answer) => "late_answer",
            Self::Remains(Remains::Unknown) => "unknown",
            Self::NotClean(_) => "not_clean",
            Self::TooSlow => "too_slow",
        }
    }
}

impl Chrome {
    /// Makes a window ready for its next run, or removes it.
    pub(super) async fn restore(&self, pool: usize, mut window: Window) -> Option<Window> {
        let kind = self.pool(pool).kind();
        let is_worn = window.runs >= self.pool(pool).runs();
        let wipe = match kind {
            // The clipboard is every window's; who uses it now keeps it.
            Kind::Clean => Some(Wipe::Everything { clipboard: self.life().visits == 1 }),
            Kind::Session | Kind::Profile(_) => Some(Wipe::Page),
            Kind::Fresh => None,
        };
        if !self.is_over() {
            if let Some(wipe) = wipe {
                match self.clean(&mut window, wipe, is_worn).await {
                    Ok(()) => return Some(window),
                    Err(_) if self.is_over() => {}
                    Err(reason) => self.tell_replaced(pool, &reason),
                }
            }
            if wipe == Some(Wipe::Page) {
                match tokio::time::timeout(CLEAN, window.renew()).await {
                    Ok(Ok(())) => return Some(window),
                    Ok(Err(error)) => tracing::debug!(%error, "a page cannot be replaced"),
                    Err(_) => tracing::debug!("a page was not replaced within {CLEAN:?}"),
                }
            }
        }
        if let Err(error) = window.dispose(REMOVE).await
            && !self.is_lost()
        {
            tracing::warn!(%error, "a window cannot be removed, so the browser is given up");
            self.kill(SILENT);
        }
        None
    }

    /// Removes what a run has left, or says why the window is not to be used again.
    async fn clean(&self, window: &mut Window, wipe: Wipe, is_worn: bool) -> Result<(), Replaced> {
        if is_worn {
            return Err(Replaced::Recycled);
        }
        if window.session().end().is_some() {
            return Err(Replaced::PageLost);
        }
        if window.is_doubtful() {
            return Err(Replaced::Doubtful);
        }
        if wipe != Wipe::Page && !Tally::is_told(window.session().connection()) {
            return Err(Replaced::Remains(Remains::Unknown));
        }
        let counted = match tokio::time::timeout(CLEAN, window.clean(wipe)).await {
            Ok(Ok(counted)) => counted,
            Ok(Err(_)) if window.session().end().is_some() => return Err(Replaced::PageLost),
            Ok(Err(error)) => return Err(Replaced::NotClean(error)),
            Err(_) => return Err(Replaced::TooSlow),
        };
        if window.is_doubtful() {
            return Err(Replaced::Doubtful);
        }
        match wipe {
            Wipe::Everything { .. } => self.judge(window, counted).await,
            Wipe::Page => Ok(()),
        }
    }

    /// Whether the browser keeps nothing of the run, by what it has counted since that began.
    async fn judge(&self, window: &Window, counted: Option<Tally>) -> Result<(), Replaced> {
        let Some(counted) = counted else { return Err(Replaced::Remains(Remains::Unknown)) };
        self.tally().advance(counted);
        match counted.since(window.before, window.session().connection()).await {
            Ok(None) => Ok(()),
            Ok(Some(remains)) => Err(Replaced::Remains(remains)),
            Err(error) => Err(Replaced::NotClean(error)),
        }
    }

    /// Counts a window that is not used again. What costs every run of a pool its window is told once, too.
    fn tell_replaced(&self, pool: usize, reason: &Replaced) {
        let slots = &self.pools[pool];
        let tag = slots.tag();
        self.meter.replace(tag, reason.name());
        let why = match reason {
            Replaced::NotClean(error) => error.to_string(),
            Replaced::TooSlow => format!("it was not clean within {CLEAN:?}"),
            Replaced::Recycled | Replaced::PageLost | Replaced::Doubtful | Replaced::Remains(_) => return,
        };
        if slots.warn() {
            tracing::warn!(
                pool = tag,
                reason = reason.name(),
                "a window cannot be cleaned and is replaced: {why}; further ones are counted in \
                 `webtask_windows_replaced_total`"
            );
        } else {
            tracing::debug!(pool = tag, reason = reason.name(), "a window is replaced: {why}");
        }
    }
}
