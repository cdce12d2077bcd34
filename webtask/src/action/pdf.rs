//! `pdf`: the page on paper.
//!
//! What the step says wins over the page's rules for sheets (`@page`). For Chromium, the page's rules win over its own
//! parameters, so the step's are put into the page as rules while it is printed.

use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::{
    CreateIsolatedWorldParams, GetFrameTreeParams, PrintToPdfParams,
};
use chromiumoxide::cdp::js_protocol::runtime::{CallArgument, CallFunctionOnParams, ExecutionContextId};
use serde_json::{Value, json};

use super::capture::{self, Captured};
use crate::browser::{Session, is_stale};
use crate::{Cx, Error, ErrorKind};

pub use webtask_program::Paper;

/// How long printing may take.
const LIMIT: Duration = Duration::from_secs(60);

/// What sets the page's rules for sheets, and sets them back.
const SHEETS: &str = include_str!("pdf/sheets.js");

/// The margin where nobody says one, in inches.
const MARGIN: f64 = 0.4;

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
    /// The margins at the top, right, bottom and left in inches; else they are what the page says, or 1 cm.
    pub margins: Option<[f64; 4]>,
    /// HTML above each sheet's content.
    pub header: Option<&'a str>,
    /// HTML below each sheet's content.
    pub footer: Option<&'a str>,
}

impl Print<'static> {
    /// As nothing else is said.
    pub const NEW: Self = Self {
        paper: Paper::A4,
        landscape: false,
        background: true,
        scale: 1.0,
        pages: "",
        margins: None,
        header: None,
        footer: None,
    };
}

/// The sides of a sheet in pixels, of which an inch has 96, as Chromium rounds them.
fn pixels(paper: Paper) -> (u32, u32) {
    match paper {
        Paper::A4 => (794, 1123),
        Paper::A3 => (1123, 1588),
        Paper::Letter => (816, 1056),
        Paper::Legal => (816, 1344),
    }
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
    let sheets = Sheets::set(page, print).await?;
    let printed = page.call_within(call(print), LIMIT).await;
    sheets.unset(page).await?;
    let data: String = printed?.data.into();
    capture::some("pdf", capture::decode(&data)?)
}

/// What Chromium is asked.
fn call(print: &Print<'_>) -> PrintToPdfParams {
    let (width, height) = pixels(print.paper);
    let [top, right, bottom, left] = print.margins.map_or([None; 4], |sides| sides.map(Some));
    let decorated = print.header.is_some() || print.footer.is_some();
    // One that is missing would be Chromium's own, with the date and the title.
    let template = |html: Option<&str>| match html {
        Some(html) => format!(
            "<div style=\"box-sizing:border-box;width:100%;padding:0 {}in 0 {}in;font-size:8pt\">{html}</div>",
            right.unwrap_or(MARGIN),
            left.unwrap_or(MARGIN)
        ),
        None => "<span></span>".to_owned(),
    };
    PrintToPdfParams {
        prefer_css_page_size: Some(true),
        print_background: Some(print.background),
        scale: Some(print.scale),
        paper_width: Some(f64::from(width) / 96.0),
        paper_height: Some(f64::from(height) / 96.0),
        margin_top: top,
        margin_right: right,
        margin_bottom: bottom,
        margin_left: left,
        page_ranges: (!print.pages.is_empty()).then(|| print.pages.to_owned()),
        display_header_footer: decorated.then_some(true),
        header_template: decorated.then(|| template(print.header)),
        footer_template: decorated.then(|| template(print.footer)),
        ..Default::default()
    }
}

/// The page's rules for sheets, as the step wants them.
struct Sheets {
    world: ExecutionContextId,
}

impl Sheets {
    async fn set(page: &Session, print: &Print<'_>) -> Result<Self, Error> {
        let tree = page.call(GetFrameTreeParams::default()).await?;
        let mut world = CreateIsolatedWorldParams::new(tree.frame_tree.frame.id);
        world.world_name = Some("webtask print".to_owned());
        let sheets = Self { world: page.call(world).await?.execution_context_id };
        let (width, height) = pixels(print.paper);
        let argument = json!({
            "width": width, "height": height, "landscape": print.landscape, "margins": print.margins
        });
        sheets.run(page, Some(argument)).await?;
        Ok(sheets)
    }

    /// Leaves the page as it was.
    async fn unset(self, page: &Session) -> Result<(), Error> {
        match self.run(page, None).await {
            // The page that had them is gone.
            Err(error) if is_stale(&error) => Ok(()),
            result => result,
        }
    }

    async fn run(&self, page: &Session, sheets: Option<Value>) -> Result<(), Error> {
        let mut call = CallFunctionOnParams::new(SHEETS);
        call.execution_context_id = Some(self.world);
        call.arguments = Some(vec![CallArgument { value: Some(sheets.into()), ..CallArgument::default() }]);
        match page.call(call).await?.exception_details {
            None => Ok(()),
            Some(thrown) => {
                Err(Error::new(ErrorKind::Internal, format!("the page's sheets: {}", thrown.text)))
            }
        }
    }
}
