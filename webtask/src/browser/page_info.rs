//! What is known of the page that a window shows, once a step has failed. Nothing is listened to before.

use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::target::GetTargetInfoParams;
use serde::Deserialize;
use serde_json::Value;

use super::window::Window;
use crate::PageInfo;
use crate::secret::Redactor;

/// How long it may take. A page that hangs is told of as the browser knows it.
const LIMIT: Duration = Duration::from_millis(500);

/// What a page tells of itself. A form named `title` would stand before the document's own.
const TELL: &str = "() => ({
    url: location.href,
    title: Object.getOwnPropertyDescriptor(Document.prototype, 'title').get.call(document),
    status: performance.getEntriesByType('navigation')[0]?.responseStatus || null,
})";

#[derive(Deserialize)]
struct Told {
    url: String,
    title: String,
    status: Option<u16>,
}

impl Window {
    /// The page; none when nothing was opened yet, or the browser does not know either.
    pub(crate) async fn page_info(&self, redactor: &Redactor) -> Option<PageInfo> {
        let clean = |text: &str| redactor.clean(text).into_owned();
        let connection = self.session().connection();
        let of = GetTargetInfoParams { target_id: Some(self.target().clone()) };
        // Asked at once, for a page that does not answer.
        let known = connection.send(None, of, LIMIT);
        let (told, known) = tokio::join!(self.probe(TELL, &Value::Null, LIMIT), known);
        let told = told.ok().and_then(|text| serde_json::from_str::<Told>(&text).ok());
        match told.filter(|told| !told.url.starts_with("chrome-error:")) {
            Some(Told { url, title, status }) => PageInfo::new(&url, &title, status, clean),
            None => {
                let known = known.ok()?.target_info;
                // An error page of the browser has no title of the site.
                PageInfo::new(&known.url, "", None, clean)
            }
        }
    }
}
