//! `GET /metrics`: what the runs count, and how the pools stand, in Prometheus's text format.

use std::fmt::Write as _;

use http::header::{CONTENT_TYPE, HeaderValue};
use warp::Reply as _;
use warp::reply::Response;

use super::reject::Refusal;
use crate::{Error, ErrorKind, PoolState, Webtask};

/// One gauge of a pool: its name, what it says, and its value.
type Gauge = (&'static str, &'static str, fn(&PoolState) -> usize);

const GAUGES: [Gauge; 4] = [
    ("webtask_pool_size", "Windows that there may be at once.", |pool| pool.size),
    ("webtask_pool_free", "Windows that a run could have now.", |pool| pool.free),
    ("webtask_pool_busy", "Windows that runs have, or that are being cleaned up.", |pool| pool.busy),
    ("webtask_pool_waiting", "Runs that wait for a window.", |pool| pool.waiting),
];

/// The counters as they are now.
pub(super) fn reply(webtask: &Webtask) -> Result<Response, Refusal> {
    let mut text = webtask.meter().text().map_err(|error| {
        Error::new(ErrorKind::Internal, "the counters cannot be written").with_source(error)
    })?;
    pools(&webtask.pools(), &mut text);
    let mut response = http::Response::new(text).into_response();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}

fn pools(pools: &[(String, PoolState)], text: &mut String) {
    for (name, help, value) in GAUGES {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
        for (tag, state) in pools {
            let tag = tag.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = writeln!(text, "{name}{{pool=\"{tag}\"}} {}", value(state));
        }
    }
}
