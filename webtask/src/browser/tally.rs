//! What a window's context keeps that no command of the browser removes, told by what the browser has counted.
//!
//! Chromium counts what it does in histograms. Those of logins, client hints and requests that outlive their page say
//! whether anything of that kind has happened at all, by whatever way a page brought it about. They are the whole browser's:
//! what another window has done at the same time is taken for this one's, so a window may be replaced without need, and is
//! never kept without being clean.

use std::future::Future;

use chromiumoxide::cdp::browser_protocol::browser::{GetHistogramParams, Histogram};

use super::connection::{Connection, Refusal};
use super::window::LIMIT;
use crate::Error;

/// Servers that asked for a login, with whatever came of it.
const LOGINS: &str = "Net.HttpAuthCount";

/// Client hints that were kept for an origin, in a whole browser.
const HINTS: &str = "ClientHints.UpdateEventCount";

/// Headers that may be such a wish of a site's, in headless shell, which does not count the wishes.
const LISTS: &str = "Net.StructuredHeaders.ParseList.Success";

/// Documents of pages, by whether a service worker has answered for them (1): no header of those is counted.
const SERVED: &str = "ServiceWorker.MainFrame.MainResource.FetchResult";

/// Documents, by whether they wish their origin to be, or not to be, an agent cluster of its own. The browser keeps the wish
/// for as long as there is a page that came from another in the window. From 4 to 7 are those that say so by
/// `Origin-Agent-Cluster`; the others say nothing.
const CLUSTERS: &str = "Navigation.OriginAgentCluster.Result";
const WISHES: std::ops::RangeInclusive<i64> = 4..=7;

/// Requests that outlive their page, when they begin (0) and end (1).
const OUTLIVING: &str = "FetchKeepAlive.Requests2.Network";

/// Those that ended with their context.
const DISPOSED: &str = "FetchKeepAlive.Requests2.Shutdown.IsStarted.Browser";

/// Downloads that were asked for beside the page, and those of them that had an answer.
const DOWNLOADS: &str = "Download.Memory.UrlChainLength.CreateResponseHandler";
const ANSWERED: &str = "Download.NetworkConnectionType.StartNew.FromRenderer";

/// How the browser refuses to tell of what has never happened.
const NEVER: &str = "Cannot find histogram";

/// What was counted up to some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    logins: i64,
    hints: i64,
    clusters: i64,
    outliving: i64,
    ended: i64,
    downloads: i64,
}

/// What may still be there after all that can be removed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remains {
    /// The browser sends a login again.
    Login,
    /// The browser tells a site more of itself than others.
    Hints,
    /// A site's documents are put together as an earlier one of them wished.
    Cluster,
    /// An answer may come, and a cookie with it.
    Answer,
    /// The browser does not tell.
    Unknown,
}

impl Tally {
    /// Whether the browser counts all that matters: what a process apart counts does not reach it.
    pub(super) fn is_told(connection: &Connection) -> bool {
        connection.network().is_within()
    }

    /// Asks for the counts. It is written now.
    pub(super) fn ask(
        connection: &Connection,
    ) -> impl Future<Output = Result<Option<Self>, Error>> + Send + use<> {
        let asked = Self::is_told(connection).then(|| {
            let hints = if connection.is_whole() { HINTS } else { LISTS };
            [LOGINS, hints, SERVED, CLUSTERS, OUTLIVING, DOWNLOADS].map(|name| histogram(connection, name))
        });
        async move {
            let Some([logins, hints, served, clusters, outliving, downloads]) = asked else {
                return Ok(None);
            };
            let logins = total(logins.await?.as_ref());
            let hints = total(hints.await?.as_ref()) + buckets(served.await?.as_ref(), 1..=1);
            let clusters = buckets(clusters.await?.as_ref(), WISHES);
            let outliving = outliving.await?;
            let (begun, ended) = (buckets(outliving.as_ref(), 0..=0), buckets(outliving.as_ref(), 1..=1));
            let downloads = total(downloads.await?.as_ref());
            Ok(Some(Self { logins, hints, clusters, outliving: begun, ended, downloads }))
        }
    }

    /// What may be left of what came after that earlier moment.
    pub(super) async fn since(
        self,
        earlier: Self,
        connection: &Connection,
    ) -> Result<Option<Remains>, Error> {
        if self.logins > earlier.logins {
            return Ok(Some(Remains::Login));
        }
        if self.hints > earlier.hints {
            return Ok(Some(Remains::Hints));
        }
        if self.clusters > earlier.clusters {
            return Ok(Some(Remains::Cluster));
        }
        if self.outliving > earlier.outliving {
            let disposed = total(histogram(connection, DISPOSED).await?.as_ref());
            if self.outliving > self.ended + disposed {
                return Ok(Some(Remains::Answer));
            }
        }
        if self.downloads > earlier.downloads
            && self.downloads > total(histogram(connection, ANSWERED).await?.as_ref())
        {
            return Ok(Some(Remains::Answer));
        }
        Ok(None)
    }

    /// Takes over what another has counted later.
    pub(super) fn advance(&mut self, other: Self) {
        self.logins = self.logins.max(other.logins);
        self.hints = self.hints.max(other.hints);
        self.clusters = self.clusters.max(other.clusters);
        self.outliving = self.outliving.max(other.outliving);
        self.ended = self.ended.max(other.ended);
        self.downloads = self.downloads.max(other.downloads);
    }
}

/// One histogram; none of what has never happened.
fn histogram(
    connection: &Connection,
    name: &'static str,
) -> impl Future<Output = Result<Option<Histogram>, Error>> + Send + use<> {
    let asked = connection.send(None, GetHistogramParams::new(name), LIMIT);
    async move {
        match asked.await {
            Ok(told) => Ok(Some(told.histogram)),
            Err(error) if Refusal::of(&error).is_some_and(|why| why.message().contains(NEVER)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn total(histogram: Option<&Histogram>) -> i64 {
    histogram.map_or(0, |histogram| histogram.count)
}

fn buckets(histogram: Option<&Histogram>, lows: std::ops::RangeInclusive<i64>) -> i64 {
    let buckets = histogram.into_iter().flat_map(|histogram| &histogram.buckets);
    buckets.filter(|bucket| lows.contains(&bucket.low)).map(|bucket| bucket.count).sum()
}
