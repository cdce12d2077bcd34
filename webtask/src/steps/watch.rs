//! Steps that watch a page while others run. Those others are an `async` block.

use std::future::Future;
use std::time::Duration;

use super::{Act, Call};
use crate::action::{self, Film, FilmFormat, Network};
use crate::cx::Thrown;
use crate::results::{Captured, ConsoleMessage, Download};
use crate::{Cx, Error};

impl Cx {
    /// Runs steps, and returns what the page writes to its console meanwhile, including uncaught errors.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let (count, messages) = cx.console(async {
    ///     cx.click("#more").await?;
    ///     cx.js::<u64>("return document.links.length").await
    /// }).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the steps; [`BrowserLost`](crate::ErrorKind::BrowserLost) if the page goes away before.
    #[track_caller]
    pub fn console<'a, T: Send + 'a>(
        &'a self,
        steps: impl Future<Output = Result<T, Error>> + Send + 'a,
    ) -> Act<'a, (T, Vec<ConsoleMessage>)> {
        Call::new(self, "console")
            .act(async move { with_outcome(action::console(self, thrown(steps)).await?) })
    }

    /// Runs steps, and returns a HAR 1.2 file of the requests that started and were answered meanwhile.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let ((), har) = cx.capture_network().bodies().url("/api/").run(async {
    ///     cx.goto("https://example.com").await
    /// }).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the steps; [`StepFailed`](crate::ErrorKind::StepFailed) if the file cannot be written.
    #[track_caller]
    pub fn capture_network(&self) -> CaptureNetwork<'_> {
        let network = Network { bodies: false, max: None, url: None };
        CaptureNetwork { call: Call::new(self, "capture network"), network, path: None }
    }

    /// Runs steps, and returns the files that they make the page download, in the order in which they begin.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let ((), files) = cx.download().path("reports").run(async {
    ///     cx.click("#export").await
    /// }).await?;
    /// println!("{} has {} bytes", files[0].name, files[0].size);
    /// # Ok(()) }
    /// ```
    ///
    /// It waits until all of them are complete and none has begun for half a second. No two have the same name.
    ///
    /// # Errors
    ///
    /// Those of the steps; [`StepFailed`](crate::ErrorKind::StepFailed) if none begins within 60 seconds after the steps, if one breaks off or is
    /// larger than 64 MiB, or if one cannot be written; [`Config`](crate::ErrorKind::Config) if the browser runs on another machine.
    #[track_caller]
    pub fn download(&self) -> DownloadFiles<'_> {
        DownloadFiles { call: Call::new(self, "download"), path: None, timeout: None }
    }

    /// Films the page while steps run: a GIF with ten pictures a second.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let ((), film) = cx.record().fps(5).path("more.gif").run(async {
    ///     cx.click("#more").await
    /// }).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// With a path, the film is written even if the steps fail, and a `recording` event reports it.
    ///
    /// # Errors
    ///
    /// Those of the steps; [`StepFailed`](crate::ErrorKind::StepFailed) if it cannot be encoded or written, if a number is out of range, and if
    /// there is no ffmpeg for an MP4 or a WebM.
    #[track_caller]
    pub fn record(&self) -> Record<'_> {
        let film = Film { name: None, format: FilmFormat::Gif, fps: None, frames: None, time: None };
        Record { call: Call::new(self, "record"), film, quality: None, path: None }
    }
}

/// [`Cx::record`].
#[derive(Debug)]
#[must_use = "it does nothing until its `run` is awaited"]
pub struct Record<'a> {
    call: Call<'a>,
    film: Film<'a>,
    quality: Option<u64>,
    path: Option<&'a str>,
}

impl<'a> Record<'a> {
    /// The name in its `recording` event.
    pub fn name(mut self, name: &'a str) -> Self {
        self.film.name = Some(name);
        self
    }

    /// An MP4, by an installed ffmpeg.
    pub fn mp4(mut self) -> Self {
        self.film.format = FilmFormat::Mp4;
        self
    }

    /// A WebM, by an installed ffmpeg.
    pub fn webm(mut self) -> Self {
        self.film.format = FilmFormat::Webm;
        self
    }

    /// How many pictures a second, from 1 to 30, instead of 10.
    pub fn fps(mut self, pictures: u64) -> Self {
        self.film.fps = Some(pictures);
        self
    }

    /// How many pictures at most that differ.
    pub fn frames(mut self, pictures: u64) -> Self {
        self.film.frames = Some(pictures);
        self
    }

    /// How long it films at most; the steps go on.
    pub fn limit(mut self, time: Duration) -> Self {
        self.film.time = Some(time);
        self
    }

    /// How good it looks, from 0 to 100, and how large it is.
    pub fn quality(mut self, quality: u64) -> Self {
        self.quality = Some(quality);
        self
    }

    /// Writes it to a file of the [folder of files](crate::Builder::files) too.
    pub fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// Runs the steps.
    pub fn run<T: Send + 'a>(
        self,
        steps: impl Future<Output = Result<T, Error>> + Send + 'a,
    ) -> Act<'a, (T, Captured)> {
        let Self { call, film, quality, path } = self;
        call.act(async move {
            with_outcome(match quality {
                Some(quality) => action::record_at(call.cx, path, &film, quality, thrown(steps)).await?,
                None => action::record(call.cx, path, &film, thrown(steps)).await?,
            })
        })
    }
}

/// [`Cx::capture_network`].
#[derive(Debug)]
#[must_use = "it does nothing until its `run` is awaited"]
pub struct CaptureNetwork<'a> {
    call: Call<'a>,
    network: Network<'a>,
    path: Option<&'a str>,
}

impl<'a> CaptureNetwork<'a> {
    /// With the bodies of answers.
    pub fn bodies(mut self) -> Self {
        self.network.bodies = true;
        self
    }

    /// How large a body may be that is kept, in bytes, instead of 10 000 000.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.network.max = Some(bytes);
        self
    }

    /// A text that the URL of a request must contain.
    pub fn url(mut self, text: &'a str) -> Self {
        self.network.url = Some(text);
        self
    }

    /// Writes it to a file of the [folder of files](crate::Builder::files) too.
    pub fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// Runs the steps.
    pub fn run<T: Send + 'a>(
        self,
        steps: impl Future<Output = Result<T, Error>> + Send + 'a,
    ) -> Act<'a, (T, Captured)> {
        let Self { call, network, path } = self;
        call.act(async move {
            with_outcome(action::capture_network(call.cx, path, &network, thrown(steps)).await?)
        })
    }
}

/// [`Cx::download`].
#[derive(Debug)]
#[must_use = "it does nothing until its `run` is awaited"]
pub struct DownloadFiles<'a> {
    call: Call<'a>,
    path: Option<&'a str>,
    timeout: Option<Duration>,
}

impl<'a> DownloadFiles<'a> {
    /// Writes the files below the [folder of files](crate::Builder::files) too: to this one when its last name has a
    /// `.`, else into this folder. None is put in the place of another: it gets a number.
    pub fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// How long the files may take after the steps instead of 60 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Runs the steps.
    pub fn run<T: Send + 'a>(
        self,
        steps: impl Future<Output = Result<T, Error>> + Send + 'a,
    ) -> Act<'a, (T, Vec<Download>)> {
        let Self { call, path, timeout } = self;
        call.act(async move { with_outcome(action::download(call.cx, path, timeout, thrown(steps)).await?) })
    }
}

/// The steps as an action runs them.
async fn thrown<T>(steps: impl Future<Output = Result<T, Error>>) -> Result<T, Thrown> {
    Ok(steps.await?)
}

/// What the steps gave, with what was seen meanwhile.
fn with_outcome<T, S>((ended, seen): (Result<T, Thrown>, S)) -> Result<(T, S), Error> {
    Ok((ended.map_err(Error::from_any)?, seen))
}
