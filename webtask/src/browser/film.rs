//! A film of the window: pictures of the page that the run is in, one after the other. It knows no film's format.
//!
//! Each picture is asked for, not waited for as a screencast's are: those come only when the page draws, a few of them
//! are dropped while the browser is busy, and they would have to be asked for anew in every tab.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chromiumoxide::cdp::browser_protocol::page::{CaptureScreenshotFormat, CaptureScreenshotParams};
use tokio::time::Instant;

use super::window::Window;
use crate::{Error, ErrorKind};

/// How many bytes of pictures are kept, as the PNGs that they are.
const BYTES: usize = 256 << 20;

/// How long the first picture may take.
const FIRST: Duration = Duration::from_secs(10);

/// How long a later one may take: a page that is busy, or gives way to another, may show none.
const LATER: Duration = Duration::from_secs(2);

/// A picture of the page.
pub(crate) struct Picture {
    /// When it was taken, from the film's beginning.
    pub(crate) at: Duration,
    /// The picture, as PNG.
    pub(crate) png: Vec<u8>,
}

/// How much is filmed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The time between two pictures.
    pub(crate) pace: Duration,
    /// How many pictures are kept.
    pub(crate) frames: usize,
    /// How long it is filmed.
    pub(crate) time: Duration,
}

/// What has been filmed so far. There is always a picture.
pub(crate) struct Reel {
    pub(crate) pictures: Vec<Picture>,
    /// From the film's beginning to its end.
    pub(crate) length: Duration,
    bytes: usize,
    begin: Instant,
    limits: Limits,
}

impl Reel {
    /// Begins with a picture of what is there.
    pub(crate) async fn start(window: &Window, limits: Limits) -> Result<Self, Error> {
        let png = shoot(window, FIRST).await?;
        let bytes = png.len();
        let first = Picture { at: Duration::ZERO, png };
        Ok(Self { pictures: vec![first], length: Duration::ZERO, bytes, begin: Instant::now(), limits })
    }

    /// Films on, as long as it may and there is a page.
    pub(crate) async fn run(&mut self, window: &Window) {
        let mut next = self.begin;
        while !self.is_full() {
            next = (next + self.limits.pace).max(Instant::now());
            if next.duration_since(self.begin) > self.limits.time {
                return;
            }
            tokio::time::sleep_until(next).await;
            self.take(window).await;
            if window.session().end().is_some() {
                return;
            }
        }
    }

    /// Ends with a picture of what is there now, unless the film is over.
    pub(crate) async fn finish(&mut self, window: &Window) {
        let elapsed = self.begin.elapsed();
        if elapsed <= self.limits.time && !self.is_full() {
            self.take(window).await;
        }
        let last = self.pictures.last().map_or(Duration::ZERO, |picture| picture.at + self.limits.pace);
        self.length = match self.is_full() {
            true => last,
            false => last.max(elapsed.min(self.limits.time)),
        };
    }

    fn is_full(&self) -> bool {
        self.pictures.len() >= self.limits.frames || self.bytes >= BYTES
    }

    /// Takes a picture, and keeps it when it is another than the last.
    async fn take(&mut self, window: &Window) {
        let at = self.begin.elapsed();
        if let Ok(png) = shoot(window, LATER).await
            && self.pictures.last().is_none_or(|last| last.png != png)
        {
            self.bytes += png.len();
            self.pictures.push(Picture { at, png });
        }
    }
}

/// What the window shows.
async fn shoot(window: &Window, limit: Duration) -> Result<Vec<u8>, Error> {
    let call = CaptureScreenshotParams {
        format: Some(CaptureScreenshotFormat::Png),
        optimize_for_speed: Some(true),
        ..Default::default()
    };
    let picture: String = window.session().call_within(call, limit).await?.data.into();
    STANDARD.decode(picture).map_err(|error| {
        Error::new(ErrorKind::Internal, "a picture of the browser is not base64").with_source(error)
    })
}
