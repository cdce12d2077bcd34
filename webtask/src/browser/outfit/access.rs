//! Answers servers that ask a page for a login, and judges the certificates that the browser does not trust.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use chromiumoxide::cdp::browser_protocol::fetch::{
    AuthChallengeResponse, AuthChallengeResponseResponse, ContinueWithAuthParams,
};
use chromiumoxide::cdp::browser_protocol::security;
use chromiumoxide::types::MethodId;
use chromiumoxide::{Command, Method};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::Error;
use crate::access::Access;
use crate::browser::connection::RawEvent;
use crate::browser::session::Session;

/// How many answered requests are remembered; one that is asked again is so at once.
const REMEMBERED: usize = 256;

/// The requests that have had their login.
#[derive(Debug, Default)]
pub(super) struct Answered(VecDeque<String>);

/// A server, or a proxy, that asks for a login.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    request_id: String,
    auth_challenge: Challenge,
}

#[derive(Deserialize)]
struct Challenge {
    #[serde(default)]
    source: String,
    origin: String,
}

impl Answered {
    /// Gives the login, once; who asks again has refused it, and shows its 401.
    pub(super) fn answer(&mut self, access: &Access, session: &Session, event: &RawEvent) {
        let Ok(asked) = event.parse::<Asked>() else { return };
        let Asked { request_id: id, auth_challenge: Challenge { source, origin } } = asked;
        let login = Url::parse(&origin).ok().and_then(|origin| access.login(&origin));
        let response = match login {
            Some(login) if source == "Server" && !self.0.contains(&id) => {
                self.0.push_back(id.clone());
                if self.0.len() > REMEMBERED {
                    self.0.pop_front();
                }
                AuthChallengeResponse {
                    response: AuthChallengeResponseResponse::ProvideCredentials,
                    username: Some(login.user().to_owned()),
                    password: Some(login.password().to_owned()),
                }
            }
            Some(_) if source == "Server" => AuthChallengeResponse {
                response: AuthChallengeResponseResponse::CancelAuth,
                username: None,
                password: None,
            },
            _ => AuthChallengeResponse {
                response: AuthChallengeResponseResponse::Default,
                username: None,
                password: None,
            },
        };
        drop(session.send(ContinueWithAuthParams::new(id, response)));
    }
}

/// The certificate that was refused last. A clone is another handle of the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused(Arc<Mutex<Option<Untrusted>>>);

/// A certificate that was refused.
#[derive(Debug)]
pub(in crate::browser) struct Untrusted {
    /// What was asked for with it.
    pub(in crate::browser) url: String,
    /// What is wrong with it, as the browser calls that.
    pub(in crate::browser) reason: String,
}

/// A certificate that the browser does not trust. `chromiumoxide` does not know it, nor the commands below.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CertificateError {
    event_id: i64,
    error_type: String,
    #[serde(rename = "requestURL")]
    url: String,
}

/// Lets us judge certificates. Without it the browser refuses every one that it does not trust.
#[derive(Serialize)]
struct Override {
    r#override: bool,
}

impl Method for Override {
    fn identifier(&self) -> MethodId {
        "Security.setOverrideCertificateErrors".into()
    }
}

impl Command for Override {
    type Response = IgnoredAny;
}

/// Judges one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Judge {
    event_id: i64,
    action: &'static str,
}

impl Method for Judge {
    fn identifier(&self) -> MethodId {
        "Security.handleCertificateError".into()
    }
}

impl Command for Judge {
    type Response = IgnoredAny;
}

/// Asks the browser to have certificates judged here, when some host's are not checked.
pub(super) async fn judge_certificates(access: &Access, session: &Session) -> Result<(), Error> {
    if access.unchecked().is_empty() {
        return Ok(());
    }
    session.call(security::EnableParams::default()).await?;
    session.call(Override { r#override: true }).await?;
    Ok(())
}

impl Refused {
    pub(super) fn judge(&self, access: &Access, session: &Session, event: &RawEvent) {
        let Ok(CertificateError { event_id, error_type, url }) = event.parse() else { return };
        let is_taken = Url::parse(&url).is_ok_and(|url| access.is_unchecked(&url));
        if !is_taken {
            // Before the browser is told: a navigation ends with that, and then asks here for the reason.
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(Untrusted { url, reason: format!("net::{error_type}") });
        }
        let action = if is_taken { "continue" } else { "cancel" };
        drop(session.send(Judge { event_id, action }));
    }

    pub(super) fn take(&self) -> Option<Untrusted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Whether a URL matches a pattern of the browser's: `*` is any text, `?` one character, and `\\` takes what follows as it
/// is.
pub(super) fn matches(pattern: &str, url: &str) -> bool {
    let (pattern, url): (Vec<_>, Vec<_>) = (pattern.chars().collect(), url.chars().collect());
    let (mut at, mut read) = (0, 0);
    // Where the last `*` stands, and how much it has taken.
    let mut star: Option<(usize, usize)> = None;
    while read < url.len() {
        let step = match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
                continue;
            }
            Some('?') => Some(1),
            Some('\\') if pattern.get(at + 1) == Some(&url[read]) => Some(2),
            Some('\\') => None,
            Some(other) if *other == url[read] => Some(1),
            _ => None,
        };
        match (step, star) {
            (Some(step), _) => {
                at += step;
                read += 1;
            }
            (None, Some((begin, taken))) => {
                star = Some((begin, taken + 1));
                (at, read) = (begin + 1, taken + 1);
            }
            (None, None) => return false,
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_pattern_is_read_as_the_browser_does() {
        for (pattern, url, expected) in [
            ("*", "http://a/", true),
            ("http://a/*", "http://a/", true),
            ("http://a/*", "http://b/", false),
            ("*://*.ads.example/*", "https://x.ads.example/y?z", true),
            ("*://*.ads.example/*", "https://ads.example/", false),
            ("*.png", "http://a/b.png", true),
            ("*.png", "http://a/b.png?c", false),
            ("http://a/?", "http://a/b", true),
            ("http://a/?", "http://a/bc", false),
            ("http://a/\\?b", "http://a/?b", true),
            ("http://a/\\?b", "http://a/xb", false),
            ("a*b*c", "axbxbyc", true),
        ] {
            assert_eq!(matches(pattern, url), expected, "{pattern} {url}");
        }
    }
}
