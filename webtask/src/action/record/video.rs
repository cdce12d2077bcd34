//! A film by ffmpeg, which is given every picture as pixels. It is killed when nobody waits for it any more.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::mpsc;

use super::still::Still;
use crate::browser::{Picture, Reel};
use crate::files::blocking;
use crate::{Error, ErrorKind};

/// How ffmpeg makes a film of a format.
pub(super) struct Codec {
    arguments: &'static [&'static str],
    /// How much it leaves out when nothing else is said, and at most.
    crf: u64,
    worst: u64,
}

/// How much is left out of a film at least: what leaves out nothing, not every browser plays.
const BEST: u64 = 10;

/// How ffmpeg makes an MP4 that every browser plays.
pub(super) const MP4: Codec = Codec {
    arguments: &["-c:v", "libx264", "-preset", "veryfast", "-movflags", "+faststart", "-f", "mp4"],
    crf: 23,
    worst: 51,
};

/// How ffmpeg makes a WebM.
pub(super) const WEBM: Codec = Codec {
    arguments: &["-c:v", "libvpx-vp9", "-b:v", "0", "-deadline", "realtime", "-cpu-used", "6", "-f", "webm"],
    crf: 32,
    worst: 63,
};

impl Codec {
    /// How much is left out at a quality from 0 to 100.
    fn crf(&self, quality: Option<u64>) -> u64 {
        quality.map_or(self.crf, |quality| self.worst - (self.worst - BEST) * quality.min(100) / 100)
    }
}

/// How much is kept of what ffmpeg says.
const SAYS: u64 = 4096;

/// Makes the film, with so many pictures a second. What is made stands in a file without a name, of which nothing is
/// left whatever happens.
pub(super) async fn encode(
    program: &Path,
    codec: &Codec,
    quality: Option<u64>,
    fps: u64,
    reel: Reel,
) -> Result<Vec<u8>, Error> {
    let cannot = |error: std::io::Error| {
        Error::step_failed(format!("`{}` cannot make the film: {error}", program.display()))
            .with_source(error)
    };
    let (size, mut pictures) = pictures(reel, fps).await?;
    let mut film = tempfile::tempfile().map_err(cannot)?;
    let mut child = Command::new(program)
        .args(["-v", "error", "-y", "-f", "rawvideo", "-pixel_format", "rgba"])
        .args(["-video_size", &size, "-framerate", &fps.to_string(), "-i", "pipe:0", "-an"])
        // Its colours are those of blocks of 2 × 2 pixels.
        .args(["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p"])
        .args(["-crf", &codec.crf(quality).to_string()])
        .args(codec.arguments)
        .arg("/dev/fd/1")
        .stdin(Stdio::piped())
        .stdout(film.try_clone().map_err(cannot)?)
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(cannot)?;
    let (stdin, stderr) = (child.stdin.take(), child.stderr.take());
    let give = async {
        let Some(mut stdin) = stdin else { return Ok(()) };
        while let Some(picture) = pictures.recv().await {
            // When it takes no more it has ended, and says why.
            if stdin.write_all(&picture?).await.is_err() {
                break;
            }
        }
        Ok::<_, Error>(())
    };
    let hear = async {
        let mut said = Vec::new();
        if let Some(mut stderr) = stderr {
            let _ = (&mut stderr).take(SAYS).read_to_end(&mut said).await;
            let _ = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await;
        }
        String::from_utf8_lossy(&said).into_owned()
    };
    let (given, said) = tokio::join!(give, hear);
    given?;
    let status = child.wait().await.map_err(cannot)?;
    if !status.success() {
        let why = said.lines().next().unwrap_or("it said nothing");
        let message = format!("`{}` cannot make the film ({status}): {why}", program.display());
        return Err(Error::step_failed(message));
    }
    blocking(move |_| read(&mut film)).await
}

fn read(film: &mut File) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    film.rewind().and_then(|()| film.read_to_end(&mut bytes)).map_err(|error| {
        Error::step_failed(format!("the film cannot be read: {error}")).with_source(error)
    })?;
    Ok(bytes)
}

/// The film's size, and its pictures as pixels, each as often as it is seen. They are read in a thread of their own, two
/// ahead of whoever takes them.
async fn pictures(
    reel: Reel,
    fps: u64,
) -> Result<(String, mpsc::Receiver<Result<Arc<Vec<u8>>, Error>>), Error> {
    let (sender, receiver) = mpsc::channel(2);
    let (size_of, size) = tokio::sync::oneshot::channel();
    tokio::task::spawn_blocking(move || {
        let mut size_of = Some(size_of);
        let mut film = (0, 0);
        for (picture, times) in reel.pictures.iter().zip(times(&reel.pictures, reel.length, fps)) {
            let still = Still::read(&picture.png).map(|still| match size_of.take() {
                Some(size_of) => {
                    film = (still.width, still.height);
                    let _ = size_of.send(format!("{}x{}", film.0, film.1));
                    still
                }
                None => still.fit(film.0, film.1),
            });
            let pixels = match still {
                Ok(still) => Arc::new(still.pixels),
                Err(error) => {
                    let _ = sender.blocking_send(Err(error));
                    return;
                }
            };
            for _ in 0..times {
                if sender.blocking_send(Ok(pixels.clone())).is_err() {
                    return;
                }
            }
        }
    });
    match size.await {
        Ok(size) => Ok((size, receiver)),
        Err(_) => Err(Error::new(ErrorKind::Internal, "the first picture of a film cannot be read")),
    }
}

/// How often each picture is seen, of so many a second. Of two that fall together the later one is.
fn times(pictures: &[Picture], length: Duration, fps: u64) -> Vec<u64> {
    let slot = |time: Duration| (time.as_secs_f64() * fps as f64).round() as u64;
    let ends = pictures.iter().skip(1).map(|picture| slot(picture.at));
    let last = pictures.last().map_or(0, |picture| slot(picture.at) + 1);
    let mut begin = 0;
    ends.chain([slot(length).max(last)])
        .map(|end| {
            let times = end.saturating_sub(begin);
            begin = begin.max(end);
            times
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_film_leaves_out_less() {
        let crf = |codec: &Codec| [None, Some(0), Some(50), Some(100)].map(|quality| codec.crf(quality));
        assert_eq!(crf(&MP4), [23, 51, 31, 10]);
        assert_eq!(crf(&WEBM), [32, 63, 37, 10]);
    }

    #[test]
    fn each_picture_is_seen_until_the_next() {
        let at = |times: &[u64]| -> Vec<Picture> {
            let picture = |at: &u64| Picture { at: Duration::from_millis(*at), png: Vec::new() };
            times.iter().map(picture).collect()
        };
        assert_eq!(times(&at(&[0, 500, 2000]), Duration::from_secs(3), 10), [5, 15, 10]);
        assert_eq!(times(&at(&[0, 500]), Duration::ZERO, 10), [5, 1]);
        assert_eq!(times(&at(&[0, 20, 30]), Duration::ZERO, 10), [0, 0, 1]);
        assert_eq!(times(&at(&[0]), Duration::ZERO, 10), [1]);
    }
}
