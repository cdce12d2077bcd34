//! Steps that watch a page while others run.

use webtask_program::{Entries, Exits, Op, Record, Text, Watch};

use crate::ast::{Block, Console, Download, Name, Network, Record as Film};

use super::Lower;
use super::blocks::Flow;

impl Lower<'_> {
    pub(super) fn console(&mut self, index: usize, console: &Console, flow: &Flow) -> Op {
        Op::Console(self.watch(index, &console.body, Some(&console.name), flow))
    }

    pub(super) fn download(&mut self, index: usize, download: &Download, flow: &Flow) -> Op {
        let info = self.info(index);
        let path = self.texts(info, download.path.as_ref());
        let timeout = self.times(info, download.timeout.as_ref());
        let watch = self.watch(index, &download.body, Some(&download.name), flow);
        Op::Download { path, timeout, watch }
    }

    pub(super) fn network(&mut self, index: usize, network: &Network, flow: &Flow) -> Op {
        let info = self.info(index);
        let path = self.texts(info, network.kept.path.as_ref());
        let max = self.counts(info, network.max.as_ref());
        let url = self.texts(info, network.url.as_ref());
        let gives = match (network.list, &path) {
            (true, _) => Entries::List,
            (false, Some(_)) => Entries::File,
            (false, None) => Entries::Base64,
        };
        let watch = self.watch(index, &network.body, network.kept.name.as_ref(), flow);
        Op::Network { path, bodies: network.bodies, max, url, gives, watch }
    }

    pub(super) fn film(&mut self, index: usize, film: &Film, flow: &Flow) -> Op {
        let info = self.info(index);
        let name = film.kept.name.as_ref();
        let path = match (name, &film.kept.path) {
            // A file of its own in that folder.
            (None, None) => Some(Text::Literal("recordings/".to_owned())),
            (_, path) => self.texts(info, path.as_ref()),
        };
        Op::Record(Box::new(Record {
            path,
            name: name.filter(|name| name.text != "_").map(|name| name.text.clone()),
            format: film.format,
            fps: self.counts(info, film.fps.as_ref()),
            frames: self.counts(info, film.frames.as_ref()),
            time: self.times(info, film.time.as_ref()),
            quality: self.counts(info, film.quality.as_ref()),
            watch: self.watch(index, &film.body, name, flow),
        }))
    }

    /// A block beside a watch, and the names of both.
    fn watch(&mut self, index: usize, body: &Block, name: Option<&Name>, flow: &Flow) -> Watch {
        let info = self.info(index);
        let exits = Exits { returns: info.returns, turns: body.exits() };
        let own = name.is_some_and(|name| info.binds.first().is_some_and(|bound| bound.name == *name));
        let kept = &info.binds[usize::from(own)..];
        let falls = info.blocks.iter().all(|block| block.falls);
        let names = falls.then(|| kept.iter().map(|bound| &bound.name));
        let body = self.apart(body, flow, exits, names);
        let own = own.then(|| self.bind(&info.binds[0]));
        Watch { body, own, binds: self.binds(kept) }
    }
}
