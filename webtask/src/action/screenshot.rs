//! `screenshot`: an image of the window, of the whole page, or of one element.

use chromiumoxide::cdp::browser_protocol::page::{
    CaptureScreenshotFormat, CaptureScreenshotParams, GetLayoutMetricsParams, Viewport,
};

use serde_json::Value;

use super::ANSWER;
use super::capture::{self, Captured};
use super::element::{self, Found, Need, Want};
use crate::browser::Window;
use crate::{Cx, Error};

pub use webtask_program::Image;

/// How many pixels an image may have: a page can be of any height, and more than this is not a picture any more.
const PIXELS: f64 = 268_435_456.0;

/// Shows again what an element's picture has hidden.
const COVER: &str = "() => { selectors.cover?.(); return null; }";

/// Whether the page goes on to the left, as where Arabic is written.
const LEFTWARDS: &str = "() => [document.documentElement, document.body].some(element => {
    const { direction, writingMode } = element === null ? {} : getComputedStyle(element);
    return writingMode?.endsWith('-rl') || (writingMode === 'horizontal-tb' && direction === 'rtl');
})";

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

/// Takes an image, and writes it when there is a path.
///
/// An element is waited for until it can be seen and is at rest (10 s).
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when the element is not there in time, the page is too large for an
/// image of the format, or the file cannot be written.
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
    let (part, alone) = part(window, shot).await?;
    let size = part.as_ref().map(|part| (part.width, part.height));
    if let Some(part) = part {
        call.clip = Some(part);
        call.capture_beyond_viewport = Some(true);
    }
    let image = window.session().call(call).await;
    if let Some(found) = alone {
        cover(window, &found).await;
    }
    let image: String = image?.data.into();
    let image = capture::decode(&image)?;
    if image.is_empty() {
        return Err(refused(shot.format, size, window.device().scale));
    }
    Captured::keep(cx, path, image).await
}

/// What helps when the browser makes no image: it says nothing itself.
fn refused(format: Image, size: Option<(f64, f64)>, scale: Option<f64>) -> Error {
    let scale = scale.unwrap_or(1.0);
    let of = size.map_or(String::new(), |(width, height)| {
        format!(" of {}×{} pixels", (width * scale).ceil(), (height * scale).ceil())
    });
    // Measured, for the last few that JPEG itself allows are refused too.
    let (name, help) = match format {
        Image::Webp => (
            "webp",
            "a webp has at most 16383 pixels a side; write `format png`, or show a part by `selector`",
        ),
        Image::Jpeg => (
            "jpeg",
            "a jpeg has at most 65500 pixels a side; write `format png`, or show a part by `selector`",
        ),
        Image::Png => ("png", "it is too large for the browser; show a part by `selector`"),
    };
    Error::step_failed(format!("the browser cannot make a {name}{of}: {help}"))
}

/// Shows again what was hidden around an element.
async fn cover(window: &Window, found: &Found) {
    let shown = match found.frame() {
        Some(frame) => frame.probe(COVER, &Value::Null, ANSWER).await,
        None => window.probe(COVER, &Value::Null, ANSWER).await,
    };
    if let Err(error) = shown {
        tracing::debug!(%error, "what is around an element cannot be shown again");
    }
}

/// The part of the page that is shown, none for what is in the window; and the element that alone is.
async fn part(window: &Window, shot: &Shot<'_>) -> Result<(Option<Viewport>, Option<Found>), Error> {
    let mut alone = None;
    let (what, x, y, width, height) = if let Some(selector) = shot.selector {
        let found = element::wait(window, &Want::new(selector, Need::Picture), None).await?;
        let metrics = window.session().call(GetLayoutMetricsParams::default()).await?;
        let (view, page) = (metrics.css_visual_viewport, metrics.css_content_size);
        // A page that goes on to the left begins at its right end, and an image's numbers at its left one.
        let begin = |whole: i64, seen: f64, offset: f64| (whole as f64 - (seen - offset)).round();
        let (x, y) = (
            found.x + view.page_x + begin(metrics.css_layout_viewport.page_x, view.page_x, view.offset_x),
            found.y + view.page_y + begin(metrics.css_layout_viewport.page_y, view.page_y, view.offset_y),
        );
        let (mut right, bottom) = (x + found.width, y + found.height);
        alone = Some(found).filter(|found| found.alone);
        // What lies before the page's own beginning nobody can see, and Chromium's image of it is blank all over.
        let (x, y) = (x.max(page.x.min(0.0)), y.max(page.y.min(0.0)));
        if right > page.x + page.width && window.probe(LEFTWARDS, &Value::Null, ANSWER).await? == "true" {
            right = page.x + page.width;
        }
        if right <= x || bottom <= y {
            if let Some(found) = alone {
                cover(window, &found).await;
            }
            let message = format!(
                "`{selector}` could not be shown: it lies outside the page, before its beginning, where nobody can scroll"
            );
            return Err(Error::step_failed(message));
        }
        (format!("`{selector}`"), x, y, right - x, bottom - y)
    } else if shot.full {
        let page = window.session().call(GetLayoutMetricsParams::default()).await?.css_content_size;
        ("the page".to_owned(), page.x, page.y, page.width, page.height)
    } else {
        return Ok((None, None));
    };
    // Chromium would wait for ever for an image without pixels.
    let (width, height) = (width.max(1.0), height.max(1.0));
    let scale = window.device().scale.unwrap_or(1.0);
    if width * height * scale * scale > PIXELS {
        if let Some(found) = alone {
            cover(window, &found).await;
        }
        return Err(Error::step_failed(format!(
            "{what} is {width}×{height} and too large for an image, which has at most {PIXELS} pixels"
        )));
    }
    Ok((Some(Viewport { x, y, width, height, scale: 1.0 }), alone))
}
