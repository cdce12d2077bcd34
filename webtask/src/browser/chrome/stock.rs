//! The windows of a pool that no run has now: which of them a run gets, and how many are still to come. It makes none.

use std::collections::VecDeque;

use crate::browser::window::Window;

/// The windows of a pool that no run has now. Those that a run has had are at the back, and go first.
#[derive(Default)]
pub(super) struct Stock {
    pub(super) windows: VecDeque<Window>,
    /// How many more are being made, without a gate and with one.
    pub(super) coming: [usize; 2],
    /// How many of those somebody waits for.
    pub(super) awaited: [usize; 2],
    /// Whether a run asked for one with a gate.
    pub(super) gated: bool,
}

impl Stock {
    /// The window that was used last, with a gate or without. One with a gate serves everybody.
    pub(super) fn take(&mut self, gated: bool) -> Option<Window> {
        self.gated |= gated;
        let of = |wanted: bool| move |window: &Window| window.gate().is_some() == wanted;
        let exact = self.windows.iter().rposition(of(gated));
        let index = exact.or_else(|| self.windows.iter().rposition(of(true)))?;
        self.windows.remove(index)
    }

    /// How many there are or will be, of all or only with a gate or without.
    pub(super) fn count(&self, gated: bool, only: bool) -> usize {
        let counts = |window: &&Window| !only || window.gate().is_some() == gated;
        let coming: usize = match only {
            true => self.coming[usize::from(gated)],
            false => self.coming.iter().sum(),
        };
        self.windows.iter().filter(counts).count() + coming
    }
}
