//! What the library logs, on standard error.

use std::io::{self, Write};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::common::Common;
use crate::{out, style};

/// Logs from now on: `least` unless the command line says otherwise.
pub(crate) fn start(common: &Common, least: LevelFilter) {
    let level = match (common.quiet, common.verbose) {
        (true, _) => LevelFilter::OFF,
        (false, 0) => least,
        (false, 1) => LevelFilter::INFO,
        (false, 2) => LevelFilter::DEBUG,
        (false, _) => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer().with_ansi(style::on_stderr()).with_writer(|| Lines);
    let ours = Targets::new().with_target("webtask", level);
    tracing_subscriber::registry().with(lines).with(ours).init();
}

/// Standard error, above the line that lives.
struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        out::error(String::from_utf8_lossy(bytes).trim_end_matches('\n'));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
