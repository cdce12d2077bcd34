//! What a window does in advance that its first page would have to wait for: our functions are compiled, and text is laid
//! out, for which the page's new process asks for the fonts. It loads nothing, and the document in which that was done, which
//! may tell of a long task, goes before a run has the window.

use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::page::ResetNavigationHistoryParams;
use futures::future::try_join;
use serde_json::{Value, json};

use super::ahead::Question;
use super::clean::Wipe;
use super::navigate::Until;
use super::window::Window;
use crate::Error;

/// How long it may take; a window that needs longer is not used.
pub(super) const LIMIT: Duration = Duration::from_secs(2);

/// Lays out text of every kind that pages begin with. It goes again in the same task, so nothing is painted.
const LAYOUT: &str = "() => {
    const host = document.createElement('div');
    host.innerHTML = ['serif', 'sans-serif', 'monospace', 'system-ui', 'Arial, Helvetica']
        .map(font => `<div style='font: 16px ${font}'><h1>Aa</h1><h2>Aa</h2><h3>Aa</h3>
            <p>Aa <a href='#'>a</a> <b>b</b> <i>i</i> <small>s</small></p>
            <ul><li>Aa</ul><table><tr><td>Aa</table><form><input><button>Aa</button></form></div>`)
        .join('');
    document.body.append(host);
    host.getBoundingClientRect();
    host.remove();
}";

impl Window {
    /// Does it in the blank page of a window that no run has had. After a failure, something may still be there.
    pub(super) async fn rehearse(&self, function: &str) -> Result<(), Error> {
        let root = &self.tab().root;
        let world = root.make_world().await?;
        let texts = json!({ "kind": "text", "from": ".", "all": false });
        let links = json!({ "kind": "attr", "attr": "href", "from": "a", "all": false });
        let plan = json!({ "kind": "rows", "from": "html", "limit": 1, "fields": [texts, links] });
        // To the letter what a `goto` asks first: its text is what is known again.
        let question = Question { function, argument: &plan };
        let (function, argument) = question.when(Until::Load);
        let asked = root.ask(&world, &function, &argument, LIMIT);
        try_join(asked, root.probe(LAYOUT, &Value::Null, LIMIT)).await?;
        self.leave().await?;
        self.session().call(ResetNavigationHistoryParams::default()).await?;
        self.blank(Wipe::Page).await
    }
}
