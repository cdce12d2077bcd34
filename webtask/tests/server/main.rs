//! The server over real sockets.

#![allow(clippy::unwrap_used)]

#[path = "../support/spans.rs"]
mod spans;

mod bounds;
mod calls;
mod clients;
mod compose;
mod connections;
mod exchange;
mod filters;
mod guide;
mod idempotency;
mod kept;
mod large;
mod leaving;
mod lines;
mod log;
mod operate;
mod pages;
mod programs;
mod property;
mod recipes;
mod runs;
mod settings;
mod shutdown;
mod sockets;
mod streams;
mod tasks;
mod traces;
mod visitors;
mod windows;
mod wire;

use std::net::SocketAddr;

use tokio::task::JoinHandle;
use webtask::server::{Server, Stop};
use webtask::{Error, Webtask};

/// A server on a port of its own.
struct Running {
    address: SocketAddr,
    stop: Stop,
    serving: JoinHandle<Result<(), Error>>,
}

impl Running {
    /// With every task of these tests, and the default settings.
    async fn new() -> Self {
        Self::with(|server| server).await
    }

    async fn with(settings: impl FnOnce(Server) -> Server) -> Self {
        Self::start(settings(Server::new(&webtask(), tasks::all()))).await
    }

    async fn start(server: Server) -> Self {
        let listening = server.address(([127, 0, 0, 1], 0).into()).bind().await.expect("a free port");
        let (address, stop) = (listening.address(), listening.stop());
        Self { address, stop, serving: tokio::spawn(listening.run()) }
    }

    /// Waits for the end of a server that was told to stop.
    async fn stopped(self) {
        wire::within(self.serving).await.expect("no panic").expect("a good end");
    }

    async fn end(self) {
        self.stop.now();
        self.stopped().await;
    }
}

fn webtask() -> Webtask {
    Webtask::builder().build().expect("default settings")
}

#[tokio::test]
async fn two_tasks_with_one_slug_are_refused() {
    let twice = [tasks::PROGRESS.clone(), tasks::PROGRESS.clone()];
    let error = webtask::server::routes(&webtask(), twice).expect_err("a duplicate");
    assert_eq!(error.to_string(), "two tasks have the slug `streaming/progress`; give one of them another");
}
