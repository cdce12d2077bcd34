//! `record`: a film of the page while steps run.

mod gif;
mod still;
mod video;

use std::future::Future;
use std::time::Duration;

use super::capture::{self, Captured};
use super::wait::while_there;
use crate::browser::{Limits, Reel, beside};
use crate::cx::Thrown;
use crate::{Cx, Error, Event};

pub use webtask_program::Film as FilmFormat;

/// How many pictures a second, when the recipe does not say.
const FPS: u64 = 10;

/// What is filmed, and how.
#[derive(Clone, Copy, Debug)]
pub struct Film<'a> {
    /// The name of the result.
    pub name: Option<&'a str>,
    /// The format.
    pub format: FilmFormat,
    /// How many pictures a second, from 1 to 30; else 10.
    pub fps: Option<u64>,
    /// How many pictures at most that differ.
    pub frames: Option<u64>,
    /// How long it is filmed at most. The steps go on.
    pub time: Option<Duration>,
}

/// How the name of such a file ends.
fn ending(format: FilmFormat) -> &'static str {
    match format {
        FilmFormat::Gif => "gif",
        FilmFormat::Mp4 => "mp4",
        FilmFormat::Webm => "webm",
    }
}

/// Runs steps, and gives a film of the page, or of the tab that they go on in. It is written when there is a path, also
/// when the steps have failed, and a `recording` event then tells of it.
///
/// It begins with a picture of what is there before the steps and ends with one of what is there after them. It stops
/// while the steps go on when it has as many pictures or is as long as the recipe allows, or has 256 MB of pictures.
///
/// # Errors
///
/// [`BrowserLost`](crate::ErrorKind::BrowserLost) when the page is gone, or goes before the steps end, and
/// [`StepFailed`](crate::ErrorKind::StepFailed) when it shows no picture, there is no ffmpeg for the format, or the film
/// of steps that have not failed cannot be made or written.
pub async fn record<R>(
    cx: &Cx,
    path: Option<&str>,
    film: &Film<'_>,
    steps: impl Future<Output = Result<R, Thrown>>,
) -> Result<(Result<R, Thrown>, Captured), Error> {
    made(cx, path, film, None, steps).await
}

/// As [`record`], with a film that looks as good as that, from 0 to 100.
///
/// # Errors
///
/// As [`record`], and for a quality above 100.
pub async fn record_at<R>(
    cx: &Cx,
    path: Option<&str>,
    film: &Film<'_>,
    quality: u64,
    steps: impl Future<Output = Result<R, Thrown>>,
) -> Result<(Result<R, Thrown>, Captured), Error> {
    if quality > 100 {
        return Err(Error::step_failed(format!("bad quality `{quality}`; it is from 0 to 100")));
    }
    made(cx, path, film, Some(quality), steps).await
}

async fn made<R>(
    cx: &Cx,
    path: Option<&str>,
    film: &Film<'_>,
    quality: Option<u64>,
    steps: impl Future<Output = Result<R, Thrown>>,
) -> Result<(Result<R, Thrown>, Captured), Error> {
    let here = cx.place();
    // A folder is what no recipe can write: the film has no name, and gets one of its own there.
    let own = path.filter(|path| path.ends_with('/')).map(|folder| {
        let task = cx.task().slug().replace('/', "-");
        format!("{folder}{task}.{}", ending(film.format))
    });
    let path = own.as_deref().or(path);
    capture::check(cx, path)?;
    let fps = film.fps.unwrap_or(FPS);
    if !(1..=30).contains(&fps) {
        return Err(Error::step_failed(format!("bad fps `{fps}`; it is from 1 to 30")));
    }
    let encoder = match film.format {
        FilmFormat::Gif => None,
        FilmFormat::Mp4 => Some((cx.ffmpeg()?, video::MP4)),
        FilmFormat::Webm => Some((cx.ffmpeg()?, video::WEBM)),
    };
    let window = cx.window()?;
    let limits = Limits {
        pace: Duration::from_secs(1) / u32::try_from(fps).unwrap_or(1),
        frames: film.frames.and_then(|frames| usize::try_from(frames).ok()).unwrap_or(usize::MAX).max(1),
        time: film.time.unwrap_or(Duration::MAX),
    };
    let mut reel = Reel::start(window, limits).await?;
    let ended = beside(while_there(window, steps), reel.run(window)).await;
    if ended.is_err() && path.is_none() {
        return Ok((ended, Captured::default()));
    }
    if ended.is_ok() {
        cx.set_place(here);
    }
    reel.finish(window).await;
    let made = async {
        let bytes = match encoder {
            None => gif::encode(reel, quality).await?,
            Some((program, codec)) => video::encode(&program, &codec, quality, fps, reel).await?,
        };
        let bytes = capture::some("film", bytes)?;
        let size = bytes.len() as u64;
        let new = match &own {
            Some(path) => Some(cx.write_new(path, bytes.clone()).await?),
            None => None,
        };
        let captured = Captured::keep(cx, path.filter(|_| own.is_none()), bytes).await?;
        if let Some(path) = new.as_deref().or(path) {
            let (name, path) = (film.name.map(str::to_owned), path.to_owned());
            cx.tell(Event::Recording { name, path, size }).await;
        }
        Ok(captured)
    };
    match (made.await, ended) {
        (Ok(captured), ended) => Ok((ended, captured)),
        (Err(error), Ok(_)) => Err(error),
        (Err(error), ended) => {
            tracing::warn!(%error, "the film of steps that failed is lost");
            Ok((ended, Captured::default()))
        }
    }
}
