//! A film as GIF: of each picture the part that changed, in up to 256 colours of its own.

use std::sync::Weak;
use std::time::Duration;

use gif::{Encoder, EncodingError, Frame, Repeat};

use super::still::Still;
use crate::browser::{Picture, Reel};
use crate::files::blocking;
use crate::{Error, ErrorKind};

/// How much of a picture with more colours is looked at to choose 256 of them: from 1, all, to 30.
const SPEED: i32 = 10;

/// The shortest time that every program shows a picture, in hundredths of a second.
const SHORTEST: u64 = 2;

/// Makes the film, in a thread of its own. It ends early when nobody waits for it any more.
pub(super) async fn encode(reel: Reel, quality: Option<u64>) -> Result<Vec<u8>, Error> {
    let speed =
        quality.map_or(SPEED, |quality| 30 - 29 * i32::try_from(quality.min(100)).unwrap_or(100) / 100);
    blocking(move |alive| film(&reel.pictures, reel.length, speed, alive)).await
}

fn film(pictures: &[Picture], length: Duration, speed: i32, alive: &Weak<()>) -> Result<Vec<u8>, Error> {
    let Some(first) = pictures.first() else {
        return Err(Error::new(ErrorKind::Internal, "a film without a picture"));
    };
    let mut canvas = Still::read(&first.png)?;
    let (width, height) = (canvas.width, canvas.height);
    let (Ok(wide), Ok(high)) = (u16::try_from(width), u16::try_from(height)) else {
        return Err(Error::step_failed(format!("the page is {width}×{height} and too large for a gif")));
    };
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, wide, high, &[]).map_err(failed)?;
    encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
    let whole = Part { left: 0, top: 0, right: width, bottom: height };
    let mut shown = (whole.frame(&canvas, speed), first.at);
    for picture in &pictures[1..] {
        if alive.strong_count() == 0 {
            return Err(Error::new(ErrorKind::Cancelled, "nobody waits for the film"));
        }
        let next = Still::read(&picture.png)?.fit(width, height);
        let Some(part) = Part::changed(&canvas, &next) else { continue };
        let before = std::mem::replace(&mut shown, (part.frame(&next, speed), picture.at));
        write(&mut encoder, before, picture.at)?;
        canvas = next;
    }
    write(&mut encoder, shown, length)?;
    drop(encoder);
    Ok(file)
}

/// Writes what was shown from its own time to another.
fn write(
    encoder: &mut Encoder<&mut Vec<u8>>,
    (mut frame, from): (Frame<'static>, Duration),
    to: Duration,
) -> Result<(), Error> {
    // Of the times themselves, so that rounding does not add up.
    let hundredths = |time: Duration| (time.as_millis() as u64 + 5) / 10;
    let delay = hundredths(to).saturating_sub(hundredths(from)).max(SHORTEST);
    frame.delay = u16::try_from(delay).unwrap_or(u16::MAX);
    encoder.write_frame(&frame).map_err(failed)
}

fn failed(error: EncodingError) -> Error {
    Error::step_failed(format!("the gif cannot be made: {error}")).with_source(error)
}

/// A part of the picture; its right and bottom edges are outside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Part {
    /// The smallest part outside of which two pictures of one size are the same; none when they are everywhere.
    fn changed(one: &Still, other: &Still) -> Option<Self> {
        let row = one.width * 4;
        let rows = || one.pixels.chunks_exact(row).zip(other.pixels.chunks_exact(row));
        let top = rows().position(|(one, other)| one != other)?;
        let bottom = rows().rposition(|(one, other)| one != other)? + 1;
        let (mut left, mut right) = (one.width, 0);
        for (one, other) in rows().take(bottom).skip(top) {
            let differ = |at: &usize| one[at * 4..at * 4 + 4] != other[at * 4..at * 4 + 4];
            left = (0..left).find(differ).unwrap_or(left);
            right = (right..one.len() / 4).rfind(differ).map_or(right, |at| at + 1);
        }
        Some(Self { left, top, right, bottom })
    }

    /// That part of a picture, which is no larger than the film.
    fn frame(self, still: &Still, speed: i32) -> Frame<'static> {
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        let mut pixels = Vec::with_capacity(width * height * 4);
        for y in self.top..self.bottom {
            let row = y * still.width;
            pixels.extend_from_slice(&still.pixels[(row + self.left) * 4..(row + self.right) * 4]);
        }
        let mut frame = Frame::from_rgba_speed(width as u16, height as u16, &mut pixels, speed);
        (frame.left, frame.top) = (self.left as u16, self.top as u16);
        frame
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// A picture of 4 × 3 pixels, white but for those.
    fn picture(at: u64, red: &[(usize, usize)]) -> Picture {
        let mut pixels = vec![255; 4 * 3 * 3];
        for (x, y) in red {
            pixels[(y * 4 + x) * 3..][..3].copy_from_slice(&[255, 0, 0]);
        }
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, 4, 3);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        Picture { at: Duration::from_millis(at), png }
    }

    /// Each frame: its place and size, and its delay.
    fn frames(file: &[u8]) -> Vec<([u16; 4], u16)> {
        let mut decoder = gif::DecodeOptions::new().read_info(file).unwrap();
        assert_eq!((decoder.width(), decoder.height()), (4, 3));
        let mut frames = Vec::new();
        while let Some(frame) = decoder.read_next_frame().unwrap() {
            frames.push(([frame.left, frame.top, frame.width, frame.height], frame.delay));
        }
        frames
    }

    #[test]
    fn of_each_picture_the_part_that_changed_is_shown_for_its_time() {
        let alive = Arc::new(());
        let pictures = [
            picture(0, &[]),
            picture(104, &[(1, 1), (2, 2)]),
            picture(150, &[(1, 1), (2, 2)]),
            picture(1000, &[]),
        ];
        let file = film(&pictures, Duration::from_millis(1001), SPEED, &Arc::downgrade(&alive)).unwrap();
        assert_eq!(frames(&file), [([0, 0, 4, 3], 10), ([1, 1, 2, 2], 90), ([1, 1, 2, 2], SHORTEST as u16)]);
        assert!(file.windows(11).any(|bytes| bytes == b"NETSCAPE2.0"), "it repeats");
    }

    #[test]
    fn a_page_that_does_not_change_is_one_frame() {
        let alive = Arc::new(());
        let file =
            film(&[picture(0, &[(0, 0)])], Duration::from_secs(3), SPEED, &Arc::downgrade(&alive)).unwrap();
        assert_eq!(frames(&file), [([0, 0, 4, 3], 300)]);
    }

    #[test]
    fn it_ends_when_nobody_waits() {
        let error =
            film(&[picture(0, &[]), picture(10, &[])], Duration::ZERO, SPEED, &Weak::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
    }
}
