//! The page of a failed run: its HTML and a picture. A page that does not answer is left out, and soon.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chromiumoxide::cdp::browser_protocol::page::CaptureScreenshotParams;
use serde::Deserialize;
use serde_json::json;

use crate::browser::Window;
use crate::large::apart;
use crate::secret::Redactor;

/// How long each of the two may take.
const LIMIT: Duration = Duration::from_secs(2);

/// How many characters of the HTML are kept.
const LENGTH: usize = 4_000_000;

/// The page's HTML, and every text in it that a picture shows though the HTML may not: values of fields, shadow trees,
/// frames. A password's dots are none. The HTML is as `save html` writes it, for its file is UTF-8 too.
const READ: &str = concat!(
    "longest => {
    const shown = [];
    let hidden = false;
    const walk = root => {
        shown.push(root.textContent ?? '');
        for (const element of root.querySelectorAll('*')) {
            if (typeof element.value === 'string' && element.type !== 'password') shown.push(element.value);
            if (element.shadowRoot) walk(element.shadowRoot);
            if (element.localName === 'iframe' || element.localName === 'frame') {
                const inside = element.contentDocument?.documentElement;
                if (inside) { shown.push(inside.outerHTML); walk(inside); } else hidden = true;
            }
        }
    };
    const html = document.documentElement ? (",
    include_str!("../action/file/page.js"),
    ")(null) : '';
    if (document.documentElement) walk(document.documentElement);
    return { html: html.slice(0, longest), cut: html.length > longest, shown: shown.join('\\n').slice(0, longest), hidden };
}"
);

#[derive(Deserialize)]
struct Read {
    html: String,
    cut: bool,
    shown: String,
    hidden: bool,
}

/// What is kept of a page.
#[derive(Default)]
pub(super) struct Page {
    pub(super) html: Option<String>,
    pub(super) picture: Option<Vec<u8>>,
    /// Why something of it is missing.
    pub(super) missing: Vec<&'static str>,
}

impl Page {
    /// What there is of the window's page, without the run's secrets.
    pub(super) async fn of(window: &Window, redactor: &Redactor) -> Self {
        let mut page = Self::default();
        let read = window.probe(READ, &json!(LENGTH), LIMIT).await.ok();
        let Some(read) = read.and_then(|text| serde_json::from_str::<Read>(&text).ok()) else {
            page.missing.push("the page did not answer, so there is no HTML");
            // What it shows may still be seen, unless it may be a secret.
            if redactor.is_empty() {
                page.take_picture(window).await;
            } else {
                page.missing.push("no picture is taken of a page that cannot be searched for secrets");
            }
            return page;
        };
        if read.cut {
            page.missing.push("the HTML is cut");
        }
        let hidden = read.hidden;
        let own = redactor.clone();
        let (html, shows) = apart(read.html.len() + read.shown.len(), move || {
            let clean = own.text(&read.html);
            let shows = clean.is_some() || own.text(&read.shown).is_some();
            (clean.unwrap_or(read.html), shows)
        })
        .await;
        // A picture cannot be redacted.
        if shows {
            page.missing.push("no picture is taken of a page that has a secret in it");
        } else if hidden && !redactor.is_empty() {
            page.missing.push("no picture is taken of frames that cannot be searched for secrets");
        } else {
            page.take_picture(window).await;
        }
        page.html = Some(html);
        page
    }

    async fn take_picture(&mut self, window: &Window) {
        let taken = window.session().call_within(CaptureScreenshotParams::default(), LIMIT).await;
        let image: Option<String> = taken.ok().map(|reply| reply.data.into());
        self.picture = image.and_then(|image| STANDARD.decode(image).ok()).filter(|bytes| !bytes.is_empty());
        if self.picture.is_none() {
            self.missing.push("no picture could be taken");
        }
    }
}
