//! Reads the steps that watch a page while others run.

use super::super::reader::{Parsed, Reader};
use super::block;
use super::capture::{kept, path};
use crate::ast::{Action, Block, Console, Kept, Network};

pub(super) fn console(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = reader.free_name("NAME");
    if name.is_err() {
        reader.skip();
    }
    let body = block(reader).unwrap_or_default();
    Ok(Action::Console(Console { name: name?, body }))
}

pub(super) fn network(reader: &mut Reader<'_>) -> Parsed<Action> {
    let place = kept(reader);
    let mut network =
        Network { kept: Kept::default(), bodies: false, max: None, url: None, body: Block::default() };
    match place {
        Err(_) => reader.skip(),
        Ok(kept) => {
            network.kept = kept;
            reader.options(|reader, option| {
                match option {
                    "bodies" => network.bodies = true,
                    "max bytes" => network.max = Some(reader.count("N")?),
                    "url" => network.url = Some(reader.text("\"…\"")?),
                    _ => return path(reader, &mut network.kept),
                }
                Ok(())
            });
        }
    }
    network.body = block(reader).unwrap_or_default();
    Ok(Action::Network(network))
}
