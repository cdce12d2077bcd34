//! The browser: found, started, watched, and shared out as windows. It knows pages and the protocol, no recipe.

mod address;
mod ahead;
mod caused;
mod chrome;
mod circuit;
mod clean;
mod connection;
mod console;
mod device;
mod dial;
mod documents;
mod downloads;
mod far;
mod film;
mod find;
mod frame;
mod group;
mod har;
mod history;
mod host;
mod keeper;
mod launch;
mod lease;
mod lifeline;
mod locale;
mod memory;
mod navigate;
mod net_error;
mod network;
mod outfit;
mod page_info;
mod pool;
mod popup;
mod probe;
mod profile;
mod quit;
mod record;
mod rehearse;
mod relay;
mod remote;
mod replay;
mod requests;
mod scratch;
mod session;
mod settings;
mod sheet;
mod tab;
mod tally;
mod traffic;
mod travels;
mod watch;
mod watchdog;
mod whole;
mod window;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use ahead::{Ahead, Answer, Question};
pub(crate) use caused::{Miss, Missed};
pub(crate) use connection::RawEvent;
pub use console::ConsoleMessage;
pub(crate) use console::{heard, listen};
pub(crate) use documents::{DocumentResponse, Documents};
pub(crate) use downloads::{Downloads, State};
pub(crate) use film::{Limits, Picture, Reel};
pub(crate) use frame::{Far, Frame};
pub(crate) use har::timestamp;
pub(crate) use history::Way;
pub(crate) use lease::Lease;
pub(crate) use navigate::Outcome;
pub use navigate::Until;
pub use pool::{Pool, PoolState};
pub(crate) use probe::{LEFT, is_stale};
pub(crate) use record::Seen;
pub(crate) use remote::Endpoint;
pub(crate) use session::Session;
pub(crate) use settings::Settings;
pub(crate) use watch::{Begun, Watch, beside};
pub(crate) use window::Window;

use crate::access::Access;
use crate::meter::Meter;
use crate::policy::Proxy;
use crate::secret::Redactor;
use crate::{Error, ErrorKind};
use host::Host;
use pool::{House, Slots};
pub(crate) use traffic::{Asked, Served, Traffic};
use webtask_program::Dialogs;

/// All windows of a [`Webtask`](crate::Webtask): the pools, and the browsers that they share. Dropping it ends the browsers.
#[derive(Debug)]
pub(crate) struct Browsers {
    traffic: Traffic,
    hosts: Vec<Arc<Host>>,
    pools: Vec<Place>,
}

/// Where a pool is.
#[derive(Debug)]
struct Place {
    slots: Arc<Slots>,
    host: usize,
    /// Its number there.
    number: usize,
}

impl Browsers {
    /// Checks the settings; nothing starts yet. The redactor knows every secret that is set.
    pub(crate) fn new(settings: Settings, redactor: Redactor, meter: &Arc<Meter>) -> Result<Self, Error> {
        let mut pools = settings.pools.clone();
        if pools.is_empty() {
            pools.push(Pool::new("default"));
        }
        let (mut tags, mut profiles) = (HashSet::new(), HashSet::new());
        for pool in &pools {
            pool.check()?;
            let wrong = |what: String| Err(Error::new(ErrorKind::Config, what));
            if !tags.insert(pool.tag()) {
                return wrong(format!("pool `{}` is set twice", pool.tag()));
            }
            if let Some(profile) = pool.house().profile
                && !profiles.insert(profile.clone())
            {
                return wrong(format!("the profile `{profile}` is set for two pools; one can use it"));
            }
        }
        settings.check_connect(&pools)?;
        if settings.connect.is_none() {
            find::check(settings.browser.as_deref())?;
        }
        let traffic = Traffic::open(&settings, redactor)?;
        let settings = Arc::new(settings);
        let mut houses: Vec<(House, Vec<Arc<Slots>>)> = Vec::new();
        let mut places = Vec::new();
        for pool in pools {
            let house = pool.house();
            let slots = Arc::new(Slots::new(pool));
            let host = houses.iter().position(|(known, _)| *known == house).unwrap_or_else(|| {
                houses.push((house, Vec::new()));
                houses.len() - 1
            });
            let number = houses[host].1.len();
            houses[host].1.push(slots.clone());
            places.push(Place { slots, host, number });
        }
        let hosts = houses
            .into_iter()
            .map(|(house, pools)| Host::new(&settings, &traffic, meter, house, pools).map(Arc::new));
        Ok(Self { hosts: hosts.collect::<Result<_, _>>()?, traffic, pools: places })
    }

    /// Where requests go, those too that no browser asks.
    pub(crate) fn traffic(&self) -> Traffic {
        self.traffic.clone()
    }

    /// Whether there is a pool for each of these tasks that needs a window, by their slugs.
    pub(crate) fn need<'t>(&self, tasks: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<(), Error> {
        let missing: Vec<_> = tasks.into_iter().filter(|(_, pool)| self.place(pool).is_err()).collect();
        let Some((_, pool)) = missing.first() else { return Ok(()) };
        let tasks: Vec<_> =
            missing.iter().map(|(slug, pool)| format!("task `{slug}` wants `{pool}`")).collect();
        let known: Vec<_> = self.pools.iter().map(|pool| format!("`{}`", pool.slots.tag())).collect();
        let message = format!(
            "no such pool: {}; there are: {}; add it by `.pool(Pool::new(\"{pool}\"))` or by `[pools.{pool}]` in the file of \
             settings",
            tasks.join(", "),
            known.join(", "),
        );
        Err(Error::new(ErrorKind::Config, message))
    }

    /// Starts the browsers, and makes a first window for each pool.
    pub(crate) async fn ready(&self) -> Result<(), Error> {
        for host in &self.hosts {
            host.ready().await?;
        }
        Ok(())
    }

    /// Ends the browsers for good, waits until nothing of them is left, and writes what was recorded.
    pub(crate) async fn close(&self) -> Result<(), Error> {
        futures::future::join_all(self.hosts.iter().map(|host| host.close())).await;
        self.traffic.save().await
    }

    /// Why runs cannot have a window now: the browser of a pool keeps failing to start. That of a profile counts only
    /// when there is no other, for a program that is to replace this one, or is replaced by it, may have it.
    pub(crate) fn unready(&self) -> Option<String> {
        let failing: Vec<_> = self.hosts.iter().filter_map(|host| Some((host, host.unready()?))).collect();
        if failing.len() < self.hosts.len() && failing.iter().all(|(host, _)| host.is_private()) {
            return None;
        }
        let reasons = failing.iter().map(|(host, error)| {
            let tags: Vec<_> = host.tags().map(|tag| format!("`{tag}`")).collect();
            format!("pool {}: {}", tags.join(", "), error.message())
        });
        Some(reasons.collect::<Vec<_>>().join("; "))
    }

    /// How each pool stands.
    pub(crate) fn pools(&self) -> Vec<(String, PoolState)> {
        self.pools.iter().map(|pool| (pool.slots.tag().to_owned(), pool.slots.state())).collect()
    }

    /// Waits for a window of that pool, for a run that opens the URLs of callers or for one that does not.
    pub(crate) async fn lease(&self, tag: &str, dialogs: Dialogs, untrusted: bool) -> Result<Lease, Error> {
        let place = self.place(tag)?;
        self.hosts[place.host].lease(place.number, dialogs, untrusted).await
    }

    /// Whether the URLs of callers may lead anywhere in that pool.
    pub(crate) fn allows_private(&self, tag: &str) -> Result<bool, Error> {
        Ok(self.place(tag)?.slots.pool().outfit().allows_private())
    }

    /// The proxy of that pool; none when there is no such pool, which who needs no window need not have.
    pub(crate) fn proxy(&self, tag: &str) -> Option<&Proxy> {
        self.place(tag).ok()?.slots.pool().outfit().proxy()
    }

    /// How long runs in that pool wait before each step.
    pub(crate) fn pause(&self, tag: &str) -> Option<Duration> {
        self.place(tag).ok()?.slots.pool().pause()
    }

    /// What that pool has for some servers alone.
    pub(crate) fn access(&self, tag: &str) -> Option<&Access> {
        Some(self.place(tag).ok()?.slots.pool().outfit().access())
    }

    fn place(&self, tag: &str) -> Result<&Place, Error> {
        self.pools.iter().find(|pool| pool.slots.tag() == tag).ok_or_else(|| {
            let known: Vec<_> = self.pools.iter().map(|pool| format!("`{}`", pool.slots.tag())).collect();
            let message = format!("no pool is called `{tag}`; there are: {}", known.join(", "));
            Error::new(ErrorKind::Config, message)
        })
    }
}

impl Drop for Browsers {
    fn drop(&mut self) {
        for host in &self.hosts {
            // What tries in the background may hold it for a moment yet.
            host.give_up();
        }
    }
}

impl Settings {
    /// Whether all of it can be had from a browser that somebody else started.
    fn check_connect(&self, pools: &[Pool]) -> Result<(), Error> {
        let Some(url) = &self.connect else { return Ok(()) };
        remote::check(url)?;
        let has = |pools: &[Pool], has: fn(&House) -> bool| {
            pools.iter().find(|pool| has(&pool.house())).map(|pool| pool.tag().to_owned())
        };
        let wrong = match () {
            () if self.browser.is_some() => Some("names its program".to_owned()),
            () if self.sandbox == Some(true) => Some("sets its sandbox".to_owned()),
            () if self.default_flags => Some("sets its flags".to_owned()),
            // Both work in the whole browser, in what others do in it too.
            () if self.replay.is_some() => Some("replays its pages".to_owned()),
            () if self.record.is_some() => Some("records its pages".to_owned()),
            () => None,
        };
        let wrong = wrong
            .or_else(|| {
                Some(format!("has the profile of pool `{}`", has(pools, |house| house.profile.is_some())?))
            })
            .or_else(|| {
                Some(format!("recycles it for pool `{}`", has(pools, |house| house.bound.is_some())?))
            })
            .or_else(|| Some(format!("shows the windows of pool `{}`", has(pools, |house| house.visible)?)))
            .or_else(|| {
                Some(format!("has switches for pool `{}`", has(pools, |house| !house.flags.is_empty())?))
            });
        match wrong {
            Some(what) => Err(Error::new(
                ErrorKind::Config,
                format!(
                    "`connect` uses a browser that is started elsewhere, but a setting {what}; leave one of them out"
                ),
            )),
            None => Ok(()),
        }
    }
}
