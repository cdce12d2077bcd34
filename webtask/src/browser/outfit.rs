//! What a pool's windows are given: the network that they see, how they look to pages, and what pages may do in them.
//! It knows no run.

mod access;
mod settings;

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use chromiumoxide::cdp::browser_protocol::browser::{
    BrowserContextId, PermissionType, SetDownloadBehaviorBehavior, SetDownloadBehaviorParams,
};
use chromiumoxide::cdp::browser_protocol::fetch::{
    self, ContinueRequestParams, FailRequestParams, RequestPattern,
};
use chromiumoxide::cdp::browser_protocol::network::{
    self, ErrorReason, Headers, ResourceType, SetExtraHttpHeadersParams,
};
use chromiumoxide::cdp::browser_protocol::target::{EventAttachedToTarget, SetAutoAttachParams, TargetId};
use chromiumoxide::cdp::js_protocol::runtime::{EvaluateParams, RunIfWaitingForDebuggerParams};
use chromiumoxide::types::MethodId;
use chromiumoxide::{Command, Method};
use futures::future::BoxFuture;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::task::{AbortHandle, JoinSet};

use super::connection::{Connection, Events};
use super::device::Device;
use super::session::Session;
use super::window::LIMIT;
use crate::access::Access;
use crate::policy::Proxy;
use crate::{Error, ErrorKind};
pub(super) use access::Untrusted;
use access::{Answered, Refused};
pub(super) use settings::Outfit;

/// Whether the browser knows a zone of time; it would take any name.
const ZONE: &str = "(() => { try { new Intl.DateTimeFormat('en', { timeZone: ZONE }); return true } catch { return false } })()";

impl Outfit {
    pub(super) fn allows_private(&self) -> bool {
        self.allow_private
    }

    pub(super) fn has_proxy(&self) -> bool {
        self.proxy.is_some()
    }

    pub(crate) fn proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()?.as_ref().ok()
    }

    pub(crate) fn access(&self) -> &Access {
        &self.access
    }

    pub(super) fn access_mut(&mut self) -> &mut Access {
        &mut self.access
    }

    /// The device that pages see while nothing is emulated.
    pub(super) fn device(&self) -> Device {
        Device {
            size: self.window_size,
            locale: self.locale.clone(),
            timezone: self.timezone.clone(),
            agent: self.user_agent.clone(),
            ..Device::default()
        }
    }

    /// What holds in a context, whatever a run has changed there: where downloads go, and what pages may do. It is
    /// written now.
    pub(super) fn settle(
        &self,
        connection: &Connection,
        context: Option<&BrowserContextId>,
        kept: Option<&Path>,
    ) -> impl Future<Output = Result<(), Error>> + Send + use<> {
        let downloads = self.settle_downloads(connection, context, kept);
        let permissions = Grant { permissions: self.granted(), browser_context_id: context.cloned() };
        let permissions = connection.send(None, permissions, LIMIT);
        async move {
            downloads.await?;
            permissions.await?;
            Ok(())
        }
    }

    /// The directory that downloads go into.
    pub(super) fn downloads(&self) -> Option<&Path> {
        self.downloads.as_deref()
    }

    /// Where the downloads of a context go: to what brings them on, if there is one. It is written now.
    pub(super) fn settle_downloads(
        &self,
        connection: &Connection,
        context: Option<&BrowserContextId>,
        kept: Option<&Path>,
    ) -> impl Future<Output = Result<(), Error>> + Send + use<> {
        let (behavior, path) = match (kept, &self.downloads) {
            (Some(kept), _) => (SetDownloadBehaviorBehavior::AllowAndName, Some(kept)),
            (None, Some(folder)) => (SetDownloadBehaviorBehavior::Allow, Some(folder.as_path())),
            (None, None) => (SetDownloadBehaviorBehavior::Deny, None),
        };
        let mut downloads = SetDownloadBehaviorParams::new(behavior);
        downloads.download_path = path.map(shown);
        downloads.browser_context_id = context.cloned();
        let settled = connection.send(None, downloads, LIMIT);
        async move { settled.await.map(drop) }
    }

    fn granted(&self) -> Vec<PermissionType> {
        let known = |name: &String| PermissionType::from_str(settings::permission(name)?).ok();
        self.permissions.iter().filter_map(known).collect()
    }

    /// Says what is wrong with what only the browser can judge.
    pub(super) async fn try_on(&self, session: &Session) -> Result<(), Error> {
        if self.timezone.is_empty() {
            return Ok(());
        }
        let zone = Value::from(self.timezone.as_str()).to_string();
        let known = session.call(EvaluateParams::new(ZONE.replace("ZONE", &zone))).await?;
        match known.result.value {
            Some(Value::Bool(false)) => Err(Error::new(
                ErrorKind::Config,
                format!(
                    "the pool's `timezone` is `{}`, and the browser knows none of that name",
                    self.timezone
                ),
            )),
            _ => Ok(()),
        }
    }

    /// Dresses a page with what it sends and what it may not load, and all frames and workers in it as they come.
    pub(super) async fn dress(
        self: &Arc<Self>,
        connection: &Connection,
        target: &TargetId,
    ) -> Result<Option<Worn>, Error> {
        let loads_all = self.block_types.is_empty() && self.block_urls.is_empty();
        if self.headers.is_empty() && loads_all && self.access.is_empty() {
            return Ok(None);
        }
        // A session of its own: what a step switches on and off in the page's does not touch it.
        let session = Session::attach(connection, target).await?;
        let events = session.events(EVENTS);
        for reply in self.apply(&session) {
            reply.await?;
        }
        // A page's own session tells of all frames and workers in it.
        access::judge_certificates(&self.access, &session).await?;
        let refused = Refused::default();
        let keeping = keep(self.clone(), session.clone(), events, refused.clone());
        let task = tokio::spawn(keeping).abort_handle();
        Ok(Some(Worn { session, task, refused }))
    }

    /// Writes all that a target is told.
    fn apply(&self, session: &Session) -> Vec<BoxFuture<'static, Result<(), Error>>> {
        let mut replies: Vec<BoxFuture<'static, Result<(), Error>>> = Vec::new();
        if !self.headers.is_empty() {
            let buffers = network::EnableParams {
                max_total_buffer_size: Some(0),
                max_resource_buffer_size: Some(0),
                ..Default::default()
            };
            replies.push(done(session.send(buffers)));
            let headers = self.headers.iter().map(|(name, value)| (name.clone(), value.clone().into()));
            let headers = Headers::new(Value::Object(headers.collect()));
            replies.push(done(session.send(SetExtraHttpHeadersParams::new(headers))));
        }
        let patterns = self.patterns();
        if !patterns.is_empty() {
            let logs_in = !self.access.logins().is_empty();
            let enable =
                fetch::EnableParams { patterns: Some(patterns), handle_auth_requests: Some(logs_in) };
            replies.push(done(session.send(enable)));
        }
        let mut children = SetAutoAttachParams::new(true, true);
        children.flatten = Some(true);
        replies.push(done(session.send(children)));
        replies
    }

    fn patterns(&self) -> Vec<RequestPattern> {
        let types = self.block_types.iter().filter_map(|name| {
            let kind = ResourceType::from_str(settings::resource(name)?).ok()?;
            Some(RequestPattern { resource_type: Some(kind), ..Default::default() })
        });
        let urls = self
            .block_urls
            .iter()
            .map(|pattern| RequestPattern { url_pattern: Some(pattern.clone()), ..Default::default() });
        let logins = self.access.logins().iter().map(|login| {
            let pattern = format!("{}/*", login.origin());
            RequestPattern { url_pattern: Some(pattern), ..Default::default() }
        });
        types.chain(urls).chain(logins).collect()
    }

    /// Whether a paused request is one that is not loaded; else it was paused for a login that may be asked for.
    fn blocks(&self, request: &Paused) -> bool {
        self.access.logins().is_empty()
            || self.block_types.iter().any(|name| settings::resource(name) == Some(&request.resource_type))
            || self.block_urls.iter().any(|pattern| access::matches(pattern, &request.request.url))
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn done<T: Send>(
    reply: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> BoxFuture<'static, Result<(), Error>> {
    Box::pin(async move { reply.await.map(drop) })
}

const EVENTS: &[&str] =
    &["Fetch.requestPaused", "Fetch.authRequired", "Security.certificateError", "Target.attachedToTarget"];

/// Grants these permissions and denies all others; `chromiumoxide` does not know it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Grant {
    permissions: Vec<PermissionType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    browser_context_id: Option<BrowserContextId>,
}

impl Method for Grant {
    fn identifier(&self) -> MethodId {
        "Browser.grantPermissions".into()
    }
}

impl Command for Grant {
    type Response = IgnoredAny;
}

/// What a page wears, until it is dropped.
#[derive(Debug)]
pub(super) struct Worn {
    session: Session,
    task: AbortHandle,
    refused: Refused,
}

impl Worn {
    /// The certificate that was refused last, by what is wrong with it; told once.
    pub(super) fn refused(&self) -> Option<Untrusted> {
        self.refused.take()
    }
}

impl Drop for Worn {
    fn drop(&mut self) {
        self.task.abort();
        drop(self.session.detach());
    }
}

/// A request that is paused. The protocol's own type would refuse what a newer browser adds to it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Paused {
    request_id: String,
    request: PausedRequest,
    #[serde(default)]
    resource_type: String,
}

#[derive(Deserialize)]
struct PausedRequest {
    url: String,
}

/// Refuses what is blocked, answers who asks for a login, and dresses what the target starts.
fn keep(
    outfit: Arc<Outfit>,
    session: Session,
    mut events: Events,
    refused: Refused,
) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let mut children = JoinSet::new();
        let mut answered = Answered::default();
        loop {
            tokio::select! {
                event = events.next() => {
                    let Some(event) = event else { return };
                    match event.method {
                        "Fetch.requestPaused" => match event.parse::<Paused>() {
                            Ok(paused) if outfit.blocks(&paused) => {
                                let reason = ErrorReason::BlockedByClient;
                                drop(session.send(FailRequestParams::new(paused.request_id, reason)));
                            }
                            Ok(paused) => {
                                drop(session.send(ContinueRequestParams::new(paused.request_id)));
                            }
                            Err(_) => {}
                        },
                        "Fetch.authRequired" => answered.answer(&outfit.access, &session, &event),
                        "Security.certificateError" => refused.judge(&outfit.access, &session, &event),
                        _ => {
                            if let Ok(attached) = event.parse::<EventAttachedToTarget>() {
                                children.spawn(child(outfit.clone(), session.connection().clone(), attached));
                            }
                        }
                    }
                }
                Some(_) = children.join_next() => {}
            }
        }
    })
}

/// Dresses a frame of another process, or a worker, before it runs.
async fn child(outfit: Arc<Outfit>, connection: Connection, attached: EventAttachedToTarget) {
    let session = Session::new(&connection, attached.session_id);
    let events = session.events(EVENTS);
    // A worker does not know all of it.
    let replies = outfit.apply(&session);
    drop(replies);
    drop(session.send(RunIfWaitingForDebuggerParams::default()));
    keep(outfit, session, events, Refused::default()).await;
}
