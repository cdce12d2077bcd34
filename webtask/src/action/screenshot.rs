//! `screenshot`: an image of the window, of the whole page, or of one element.

use chromiumoxide::cdp::browser_protocol::page::{
    CaptureScreenshotFormat, CaptureScreenshotParams, GetLayoutMetricsParams, Viewport,
};

use super::capture::{self, Captured};
use super::element::{self, Need, Want};
use crate::browser::Window;
use crate::{Cx, Error};

/// How many pixels an image may have: a page can be of any height, and more than this is no picture any more.
const PIXELS: f64 = 268_435_456.0;

/// What an image shows, and how.
#[derive(Clone, Copy, Debug)]
pub struct Shot<'a> {
    /// The element that is shown alone.
    pub selector: Option<&'a str>,
    /// Whether all of the page is shown, not only what is in the window.
    pub full: bool,
    /// The format.
    pub format: Image,
    /// The quality, from 0 to 100; not of a PNG.
    pub quality: Option<u64>,
}

/// The format of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Image {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

/// Takes an image, and writes it when there is a path.
///
/// An element is waited for until it can be seen and is at rest (10 s).
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the element is not there in time, the page is too large for an
/// image, or the file cannot be written.
pub async fn screenshot(cx: &Cx, path: Option<&str>, shot: &Shot<'_>) -> Result<Captured, Error> {
    cx.pace().await;
    capture::check(cx, path)?;
    let window = cx.window()?;
    let mut call = CaptureScreenshotParams {
        format: Some(match shot.format {
            Image::Png => CaptureScreenshotFormat::Png,
            Image::Jpeg => CaptureScreenshotFormat::Jpeg,
            Image::Webp => CaptureScreenshotFormat::Webp,
        }),
        ..Default::default()
    };
    if let Some(quality) = shot.quality {
        if quality > 100 {
            return Err(Error::step_failed(format!("bad quality `{quality}`; it is from 0 to 100")));
        }
        call.quality = i64::try_from(quality).ok();
    }
    if let Some(part) = part(window, shot).await? {
        call.clip = Some(part);
        call.capture_beyond_viewport = Some(true);
    }
    let image: String = window.session().call(call).await?.data.into();
    Captured::keep(cx, path, capture::decode(&image)?).await
}

/// The part of the page that is shown; none for what is in the window.
async fn part(window: &Window, shot: &Shot<'_>) -> Result<Option<Viewport>, Error> {
    let (what, x, y, width, height) = if let Some(selector) = shot.selector {
        let found = element::wait(window, &Want::new(selector, Need::Picture), None).await?;
        let view = window.session().call(GetLayoutMetricsParams::default()).await?.css_visual_viewport;
        (format!("`{selector}`"), found.x + view.page_x, found.y + view.page_y, found.width, found.height)
    } else if shot.full {
        let page = window.session().call(GetLayoutMetricsParams::default()).await?.css_content_size;
        ("the page".to_owned(), page.x, page.y, page.width, page.height)
    } else {
        return Ok(None);
    };
    // Chromium would wait for ever for an image without pixels.
    let (width, height) = (width.max(1.0), height.max(1.0));
    if width * height > PIXELS {
        return Err(Error::step_failed(format!("{what} is {width}×{height} and too large for an image")));
    }
    Ok(Some(Viewport { x, y, width, height, scale: 1.0 }))
}
