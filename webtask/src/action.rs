//! What the words of a recipe do at run time: one function for each, called by the recipe's expansion.
//!
//! They know the run's [`Cx`](crate::Cx) and through it its window. They know nothing of how a recipe is written, nor
//! of who called it. Each may be dropped half-way, and each ends by its own deadline or by the run's budget.

mod call;
mod capture;
mod capture_network;
mod caught;
mod check;
mod click;
mod console;
mod cookies;
mod download;
mod download_each;
mod element;
mod emit;
mod emulate;
mod expect;
mod export;
mod extract;
mod fail;
mod file;
mod file_name;
mod fill;
mod given;
mod goto;
mod history;
mod hover;
mod html_to_pdf;
mod http;
mod js;
mod key;
mod network;
mod pdf;
mod press;
mod record;
mod save_captures;
mod screenshot;
mod scroll;
mod select;
mod sendkeys;
mod skipped;
mod snapshot;
mod turns;
mod upload;
mod wait;

use std::time::Duration;

pub use self::call::call;
pub use self::capture::{Capture, Captured};
pub use self::capture_network::{Network, NetworkEntry, capture_network};
pub use self::caught::caught;
pub use self::check::{check, uncheck};
pub use self::click::{Match, click, click_opens_tab};
pub use self::console::console;
pub use self::cookies::{clear_cookies, get_cookies, set_cookies, set_cookies_file};
pub use self::download::download;
pub use self::download_each::download_each;
pub use self::emit::{emit, status};
pub use self::emulate::{Emulate, emulate};
pub use self::expect::Expected;
pub use self::export::{Format, export};
pub use self::extract::{Cast, Field, Source, Spec, ahead, extract};
pub use self::fail::fail;
pub use self::file::{read_file, read_file_optional, save_html, write_files};
pub use self::fill::fill;
pub use self::given::{Cookie, Download, FailedStep, Failure, File, Navigation, PartitionKey, Response};
pub use self::goto::{goto, goto_expecting, goto_named};
pub use self::history::{back, forward, reload};
pub use self::hover::hover;
pub use self::html_to_pdf::{Html, html_to_pdf};
pub use self::http::{Request, http};
pub use self::js::{AsType, as_type, js, js_as, js_test, wait_until_js};
pub use self::network::{wait_network_idle, watch_network};
pub use self::pdf::{Paper, Print, pdf};
pub use self::press::press;
pub use self::record::{Film, FilmFormat, record, record_at};
pub use self::save_captures::{save_captures, save_page_captures};
pub use self::screenshot::{Image, Shot, screenshot};
pub use self::scroll::scroll_until_stable;
pub use self::select::select;
pub use self::sendkeys::sendkeys;
pub use self::skipped::skipped;
pub use self::snapshot::snapshot;
pub use self::turns::Turns;
pub use self::upload::upload;
pub use self::wait::{Awaited, AwaitedUrl, UrlPart, wait, wait_until, wait_until_url};
pub use crate::browser::Until;

/// How long a page may take to answer what waits for nothing.
const ANSWER: Duration = Duration::from_secs(30);
