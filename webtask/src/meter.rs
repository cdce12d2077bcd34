//! What is counted of runs, steps and browsers, for an operator to read. It knows no server.

use std::fmt;
use std::fmt::Write as _;
use std::time::Duration;

use prometheus::{
    HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TextEncoder,
};
use tokio::time::Instant;

use crate::{Error, ErrorKind};

/// Bounds of the buckets of durations, in seconds.
const SECONDS: [f64; 13] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];

/// How a pool stands.
pub(crate) struct PoolCounts<'a> {
    pub(crate) tag: &'a str,
    pub(crate) size: usize,
    pub(crate) free: usize,
    pub(crate) busy: usize,
    pub(crate) waiting: usize,
}

/// One gauge of a pool: its name, what it says, and its value.
type Gauge = (&'static str, &'static str, fn(&PoolCounts<'_>) -> usize);

const GAUGES: [Gauge; 4] = [
    ("webtask_pool_size", "Windows that there may be at once.", |pool| pool.size),
    ("webtask_pool_free", "Windows that a run could have now.", |pool| pool.free),
    ("webtask_pool_busy", "Windows that runs have, or that are being cleaned up.", |pool| pool.busy),
    ("webtask_pool_waiting", "Runs that wait for a window.", |pool| pool.waiting),
];

/// The counters of one [`Webtask`](crate::Webtask).
pub(crate) struct Meter {
    registry: Registry,
    runs: IntCounterVec,
    running: IntGauge,
    seconds: HistogramVec,
    waits: HistogramVec,
    steps: IntCounterVec,
    launches: IntCounter,
    failed_launches: IntCounter,
    replaced: IntCounterVec,
}

/// A run that is counted: as cancelled, unless it is told how it ended.
pub(crate) struct Counted<'a> {
    meter: &'a Meter,
    task: &'a str,
    /// The pool of whose windows it waits for one, and since when, if it needs one.
    waits: Option<(&'a str, Instant)>,
    /// When it had what it needs.
    since: Option<Instant>,
    outcome: &'static str,
}

impl Meter {
    pub(crate) fn new() -> Self {
        let registry = Registry::new();
        let counters = |name, help, labels: &[&str]| {
            let counters = IntCounterVec::new(Opts::new(name, help), labels).expect("a constant, good name");
            registry.register(Box::new(counters.clone())).expect("each name is taken once");
            counters
        };
        let counter = |name, help| {
            let counter = IntCounter::new(name, help).expect("a constant, good name");
            registry.register(Box::new(counter.clone())).expect("each name is taken once");
            counter
        };
        let histogram = |name, help, labels: &[&str]| {
            let options = HistogramOpts::new(name, help).buckets(SECONDS.to_vec());
            let histogram = HistogramVec::new(options, labels).expect("a constant, good name");
            registry.register(Box::new(histogram.clone())).expect("each name is taken once");
            histogram
        };
        let runs = counters(
            "webtask_runs_total",
            "Runs that ended, by task and outcome: `done`, or the code of the error.",
            &["task", "outcome"],
        );
        let seconds = histogram(
            "webtask_run_duration_seconds",
            "How long runs took from having their window to their end.",
            &["task"],
        );
        let waits =
            histogram("webtask_run_wait_seconds", "How long runs waited for their window.", &["pool"]);
        let steps = counters("webtask_steps_total", "Steps that began, by word.", &["step"]);
        let launches =
            counter("webtask_browser_launches_total", "Browsers that were started or connected to.");
        let failed_launches = counter(
            "webtask_browser_launch_failures_total",
            "Browsers that could not be started or reached.",
        );
        let running =
            IntGauge::new("webtask_runs_running", "Runs that go on, those that wait for a window too.")
                .expect("a constant, good name");
        registry.register(Box::new(running.clone())).expect("each name is taken once");
        let replaced = counters(
            "webtask_windows_replaced_total",
            "Windows that were replaced and not used again, by pool and reason.",
            &["pool", "reason"],
        );
        Self { registry, runs, running, seconds, waits, steps, launches, failed_launches, replaced }
    }

    /// Counts a run from now on. With a pool, it waits for a window of that.
    pub(crate) fn run<'a>(&'a self, task: &'a str, pool: Option<&'a str>) -> Counted<'a> {
        self.running.inc();
        let waits = pool.map(|pool| (pool, Instant::now()));
        Counted { meter: self, task, waits, since: None, outcome: "CANCELLED" }
    }

    pub(crate) fn step(&self, name: &'static str) {
        self.steps.with_label_values(&[name]).inc();
    }

    /// Counts a browser that was started, or was not.
    pub(crate) fn launch<T>(&self, result: &Result<T, Error>) {
        match result {
            Ok(_) => self.launches.inc(),
            Err(_) => self.failed_launches.inc(),
        }
    }

    /// Counts a window that is not used again.
    pub(crate) fn replace(&self, pool: &str, reason: &'static str) {
        self.replaced.with_label_values(&[pool, reason]).inc();
    }

    /// All counters, and how these pools stand, in Prometheus's text format.
    pub(crate) fn text(&self, pools: &[PoolCounts<'_>]) -> Result<String, Error> {
        let mut text = TextEncoder::new().encode_to_string(&self.registry.gather()).map_err(|error| {
            Error::new(ErrorKind::Internal, "the counters cannot be written").with_source(error)
        })?;
        for (name, help, value) in GAUGES {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
            for pool in pools {
                let tag = pool.tag.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
                let _ = writeln!(text, "{name}{{pool=\"{tag}\"}} {}", value(pool));
            }
        }
        Ok(text)
    }
}

impl Counted<'_> {
    /// The run has its window, from now on.
    pub(crate) fn begin(&mut self) -> Instant {
        let now = Instant::now();
        if let Some((pool, waits)) = self.waits {
            let wait = now.duration_since(waits).as_secs_f64();
            self.meter.waits.with_label_values(&[pool]).observe(wait);
        }
        self.since = Some(now);
        now
    }

    /// How long ago that was; none when it never had it.
    pub(crate) fn took(&self) -> Option<Duration> {
        self.since.map(|since| since.elapsed())
    }

    /// The run ended so.
    pub(crate) fn end<T>(&mut self, result: &Result<T, Error>) {
        self.outcome = match result {
            Ok(_) => "done",
            Err(error) => error.kind().code(),
        };
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        let Self { meter, task, .. } = self;
        meter.running.dec();
        meter.runs.with_label_values(&[*task, self.outcome]).inc();
        if let Some(since) = self.since {
            meter.seconds.with_label_values(&[*task]).observe(since.elapsed().as_secs_f64());
        }
    }
}

impl fmt::Debug for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meter").finish_non_exhaustive()
    }
}
