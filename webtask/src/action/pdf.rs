//! `pdf`: the page on paper.

use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::PrintToPdfParams;

use super::capture::{self, Captured};
use crate::browser::Session;
use crate::{Cx, Error};

/// How long printing may take.
const LIMIT: Duration = Duration::from_secs(60);

/// How pages are printed.
#[derive(Clone, Copy, Debug)]
pub struct Print<'a> {
    /// The sheets.
    pub paper: Paper,
    /// Whether their long side lies down.
    pub landscape: bool,
    /// Whether backgrounds are printed.
    pub background: bool,
    /// How large the page is printed, from 0.1 to 2.
    pub scale: f64,
    /// The pages that are kept, as `1-3, 5`; all when it is empty.
    pub pages: &'a str,
    /// The margin on every side, in inches; else it is 1 cm.
    pub margin: Option<f64>,
}

/// The format of a sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 8.5 × 11 inches.
    Letter,
    /// 8.5 × 14 inches.
    Legal,
}

impl Print<'static> {
    /// As nothing else is said.
    pub const NEW: Self =
        Self { paper: Paper::A4, landscape: false, background: true, scale: 1.0, pages: "", margin: None };
}

/// Prints the page, and writes the file when there is a path.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) when there are no such pages, the margins leave no room, or the file
/// cannot be written.
pub async fn pdf(cx: &Cx, path: Option<&str>, print: &Print<'_>) -> Result<Captured, Error> {
    cx.pace().await;
    capture::check(cx, path)?;
    let bytes = on_paper(cx.window()?.session(), print).await?;
    Captured::keep(cx, path, bytes).await
}

/// Prints what a page shows.
pub(super) async fn on_paper(page: &Session, print: &Print<'_>) -> Result<Vec<u8>, Error> {
    if !(0.1..=2.0).contains(&print.scale) {
        return Err(Error::step_failed(format!("bad scale `{}`; it is from 0.1 to 2", print.scale)));
    }
    let (width, height) = match print.paper {
        Paper::A4 => (210.0 / 25.4, 297.0 / 25.4),
        Paper::A3 => (297.0 / 25.4, 420.0 / 25.4),
        Paper::Letter => (8.5, 11.0),
        Paper::Legal => (8.5, 14.0),
    };
    let call = PrintToPdfParams {
        landscape: Some(print.landscape),
        print_background: Some(print.background),
        scale: Some(print.scale),
        paper_width: Some(width),
        paper_height: Some(height),
        margin_top: print.margin,
        margin_right: print.margin,
        margin_bottom: print.margin,
        margin_left: print.margin,
        page_ranges: (!print.pages.is_empty()).then(|| print.pages.to_owned()),
        ..Default::default()
    };
    let data: String = page.call_within(call, LIMIT).await?.data.into();
    capture::decode(&data)
}
