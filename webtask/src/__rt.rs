//! All that an expansion may name: the crate's public face towards generated code, and towards nobody else.
//!
//! It grows and changes without notice. What an expansion would otherwise spell out again and again stands here.

pub use schemars;
pub use serde;
pub use serde_json;
pub use std;
pub use webtask_macros::{expand, expand_dir, expand_extract, expand_file};

pub use crate::action::{
    AsType, Awaited, AwaitedUrl, Cast, Expected, Field, Match, Source, Spec, Turns, Until, UrlPart, ahead,
    as_type, back, call, caught, check, click, click_opens_tab, emit, extract, fail, fill, forward, goto,
    goto_expecting, goto_named, hover, js, js_as, js_test, press, reload, scroll_until_stable, select,
    sendkeys, skipped, status, uncheck, upload, wait, wait_network_idle, wait_until, wait_until_js,
    wait_until_url, watch_network,
};
pub use crate::action::{
    Emulate, Film, FilmFormat, Html, Image, Network, Paper, Print, Shot, capture_network, console, emulate,
    html_to_pdf, pdf, record, record_at, screenshot, snapshot,
};
pub use crate::action::{Format, export, read_file, read_file_optional, save_html, write_files};
pub use crate::action::{Request, clear_cookies, get_cookies, http, set_cookies, set_cookies_file};
pub use crate::action::{download, download_each, save_captures, save_page_captures};
pub use crate::cx::{Cx, Thrown};
pub use crate::event::Json;
pub use crate::flow::{
    Exit, Flow, Given, Opened, Retry, Step, at, block, body, each, ended, prelude, rust, secret, setting,
    strict, turns,
};
pub use crate::input::{Inputs, input_of};
pub use crate::own;
pub use crate::policy::{Address, untrusted};
pub use crate::results;
pub use crate::run::{Body, Run, redacted, run};
pub use crate::schema::{Described, Plain, describe, schema};
pub use crate::setting::Wanted;
pub use crate::steps::{Extracted, Fields};
pub use crate::task::{Dialogs, Input, Parts, Setup, Shared, Task, Transport};
pub use crate::template::{Hole, Piece, Place, text};
pub use crate::value::{
    Comparator, Dig, compare, count, decode, dig_rust, given, held_count, held_number, held_time, holds,
    items, length, map, matches, or, or_json, or_value, plain, shown, shown_text, str, there, value,
};
pub use crate::{Error, Event, Webtask};
