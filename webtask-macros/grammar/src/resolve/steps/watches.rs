//! Steps that watch a page while others run: what they and their blocks bind.

use crate::ast::{Block, Console, Download, Kept, Name, Network, Record};

use super::Walk;
use crate::resolve::scope::By;
use crate::resolve::ty::{Given, Ty};

impl<'t> Walk<'_, 't> {
    pub(super) fn console(&mut self, index: usize, console: &'t Console) -> (bool, bool) {
        self.browser();
        let ty = Ty::List(Box::new(Ty::Given(Given::ConsoleMessage)));
        self.watched(index, &console.body, Some((&console.name, ty)))
    }

    pub(super) fn network(&mut self, index: usize, network: &'t Network) -> (bool, bool) {
        self.count(network.max.as_ref());
        self.texts(network.url.as_ref());
        let mut bound = self.kept_as(&network.kept);
        if let Some((_, ty)) = bound.as_mut().filter(|_| network.list) {
            *ty = Ty::List(Box::new(Ty::Given(Given::NetworkEntry)));
        }
        self.watched(index, &network.body, bound)
    }

    pub(super) fn record_film(&mut self, index: usize, record: &'t Record) -> (bool, bool) {
        self.count(record.fps.as_ref());
        self.count(record.frames.as_ref());
        self.count(record.quality.as_ref());
        self.time(record.time.as_ref());
        let bound = self.kept_as(&record.kept);
        self.watched(index, &record.body, bound)
    }

    pub(super) fn download(&mut self, index: usize, download: &'t Download) -> (bool, bool) {
        self.browser();
        self.texts(download.path.as_ref());
        self.time(download.timeout.as_ref());
        let ty = Ty::List(Box::new(Ty::Given(Given::Download)));
        self.watched(index, &download.body, Some((&download.name, ty)))
    }

    /// Looks at where a capture goes: its name with its type.
    fn kept_as(&mut self, kept: &'t Kept) -> Option<(&'t Name, Ty)> {
        self.browser();
        self.texts(kept.path.as_ref());
        let ty = if kept.path.is_some() { Ty::Given(Given::Capture) } else { Ty::String };
        kept.name.as_ref().map(|name| (name, ty))
    }

    /// Walks a block whose names stay. The watch has its own name after it, which comes first in the text.
    fn watched(&mut self, index: usize, body: &'t Block, bound: Option<(&Name, Ty)>) -> (bool, bool) {
        let walked = self.inner(body);
        for bound in &walked.binds {
            self.scope.add(bound.clone());
        }
        self.plan.steps[index].blocks = vec![walked.end()];
        if let Some((name, ty)) = bound {
            self.bind(index, name, ty, By::Step);
        }
        self.plan.steps[index].binds.extend(walked.binds);
        (walked.falls, walked.returns)
    }
}
