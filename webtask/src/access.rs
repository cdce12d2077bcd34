//! What a pool has for some servers alone: the logins that they ask for, and that their certificates are not checked. It
//! knows no window.

use std::fmt;

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, Method};
use http_auth::{PasswordClient, PasswordParams};
use url::{Host, Position, Url};

use crate::Error;

/// The logins, and the hosts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    logins: Vec<Login>,
    unchecked: Vec<String>,
}

/// Who a pool is for one origin.
#[derive(Clone)]
pub(crate) struct Login {
    origin: String,
    user: String,
    /// The secret's name.
    secret: String,
    password: String,
}

impl Access {
    pub(crate) fn add_login(&mut self, origin: String, user: String, secret: String) {
        self.logins.push(Login { origin, user, secret, password: String::new() });
    }

    pub(crate) fn add_unchecked(&mut self, host: String) {
        self.unchecked.push(host);
    }

    /// Whether every server is treated alike.
    pub(crate) fn is_empty(&self) -> bool {
        self.logins.is_empty() && self.unchecked.is_empty()
    }

    pub(crate) fn logins(&self) -> &[Login] {
        &self.logins
    }

    /// The hosts whose certificates are not checked.
    pub(crate) fn unchecked(&self) -> &[String] {
        &self.unchecked
    }

    /// The login of a URL's origin.
    pub(crate) fn login(&self, url: &Url) -> Option<&Login> {
        let origin = url.origin().ascii_serialization();
        self.logins.iter().find(|login| login.origin == origin)
    }

    /// Whether the certificate of a URL's host is not checked.
    pub(crate) fn is_unchecked(&self, url: &Url) -> bool {
        url.host_str().is_some_and(|host| self.unchecked.iter().any(|known| known == host))
    }

    /// The setting that is wrong, and why. What is right gets the form in which URLs have it.
    pub(crate) fn check(&self) -> Result<(), (&'static str, String)> {
        for (index, login) in self.logins.iter().enumerate() {
            let origin = origin(&login.origin).map_err(|why| ("credentials", why))?;
            if self.logins[..index].iter().any(|other| other.origin == origin) {
                return Err(("credentials", format!("`{origin}` has two of them")));
            }
            if login.user.contains(':') {
                let why = format!("the user of `{origin}` has a `:`, which ends a user's name");
                return Err(("credentials", why));
            }
        }
        for host in &self.unchecked {
            host_name(host).map_err(|why| ("accept_invalid_certs", why))?;
        }
        Ok(())
    }

    /// Fetches the passwords, and gives origins and hosts the form in which URLs have them.
    pub(crate) fn resolve<'s>(
        &mut self,
        secret: impl Fn(&str) -> Result<&'s str, Error>,
    ) -> Result<(), Error> {
        for login in &mut self.logins {
            login.password = secret(&login.secret)?.to_owned();
            login.origin = origin(&login.origin).unwrap_or_default();
        }
        for host in &mut self.unchecked {
            *host = host_name(host).unwrap_or_default();
        }
        Ok(())
    }
}

impl Login {
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn user(&self) -> &str {
        &self.user
    }

    pub(crate) fn password(&self) -> &str {
        &self.password
    }

    /// The header that answers a server's challenge; none when it wants something else than a password.
    pub(crate) fn answer(&self, challenges: &HeaderMap, method: &Method, url: &Url) -> Option<HeaderValue> {
        let mut client = PasswordClient::try_from(challenges.get_all(WWW_AUTHENTICATE)).ok()?;
        let answer = client.respond(&PasswordParams {
            username: &self.user,
            password: &self.password,
            uri: &url[Position::BeforePath..Position::AfterQuery],
            method: method.as_str(),
            body: None,
        });
        let mut value = HeaderValue::from_str(&answer.ok()?).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// Without the password.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Login({})", self.origin)
    }
}

/// An origin as URLs have it.
fn origin(text: &str) -> Result<String, String> {
    let wrong = |why: &str| format!("`{text}` {why}; write an origin such as `https://staging.example`");
    let url = Url::parse(text).map_err(|error| wrong(&format!("is not an origin: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("is not an `http` or `https` origin"));
    }
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !is_bare || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("has more than a host and a port"));
    }
    Ok(url.origin().ascii_serialization())
}

/// A host as URLs have it.
fn host_name(text: &str) -> Result<String, String> {
    match Host::parse(text) {
        Ok(host) if !text.contains('*') => Ok(host.to_string()),
        _ => Err(format!(
            "`{text}` is not a host; write one such as `staging.example`, without scheme and port"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(logins: &[(&str, &str)], hosts: &[&str]) -> Access {
        let mut access = Access::default();
        for (origin, user) in logins {
            access.add_login((*origin).into(), (*user).into(), "word".into());
        }
        hosts.iter().for_each(|host| access.add_unchecked((*host).into()));
        access
    }

    fn ready(logins: &[(&str, &str)], hosts: &[&str]) -> Access {
        let mut access = access(logins, hosts);
        access.check().expect("good settings");
        access.resolve(|_| Ok("s3cret")).expect("it is set");
        access
    }

    #[test]
    fn a_wrong_origin_or_host_is_named() {
        let help = "; write an origin such as `https://staging.example`";
        for (origin, why) in [
            ("staging.example", "is not an origin: relative URL without a base"),
            ("ftp://a.test", "is not an `http` or `https` origin"),
            ("https://a.test/b", "has more than a host and a port"),
            ("https://ann:word@a.test", "has more than a host and a port"),
        ] {
            let told = access(&[(origin, "ann")], &[]).check().expect_err(origin);
            assert_eq!(told, ("credentials", format!("`{origin}` {why}{help}")));
        }
        let twice = access(&[("https://a.test", "ann"), ("https://A.test:443/", "bob")], &[]).check();
        assert_eq!(twice, Err(("credentials", "`https://a.test` has two of them".to_owned())));
        assert!(access(&[("https://a.test", "a:b")], &[]).check().is_err());
        for host in ["https://a.test", "a.test:443", "*.test", ""] {
            assert_eq!(access(&[], &[host]).check().expect_err(host).0, "accept_invalid_certs");
        }
    }

    #[test]
    fn a_login_is_for_its_origin_alone() {
        let access =
            ready(&[("https://A.test:443", "ann"), ("http://a.test:8080", "bob")], &["A.test", "[::1]"]);
        let user = |url: &str| access.login(&Url::parse(url).expect(url)).map(Login::user);
        assert_eq!(user("https://a.test/b?c"), Some("ann"));
        assert_eq!(user("http://a.test:8080/"), Some("bob"));
        for url in ["http://a.test/", "https://a.test:8443/", "https://b.a.test/", "https://a.test.b/"] {
            assert_eq!(user(url), None, "{url}");
        }
        let unchecked = |url: &str| access.is_unchecked(&Url::parse(url).expect(url));
        assert!(unchecked("https://a.test:8443/") && unchecked("wss://[::1]/"));
        assert!(!unchecked("https://b.a.test/") && !unchecked("https://a.test.b/"));
        assert!(!format!("{access:?}").contains("s3cret"));
    }

    #[test]
    fn a_challenge_is_answered() {
        let access = ready(&[("https://a.test", "ann")], &[]);
        let url = Url::parse("https://a.test/b?c=d").expect("a URL");
        let answer = |challenge: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
            let value = access.login(&url)?.answer(&headers, &Method::GET, &url)?;
            Some(value.to_str().expect("it is ASCII").to_owned())
        };
        assert_eq!(answer("Basic realm=\"x\"").as_deref(), Some("Basic YW5uOnMzY3JldA=="));
        let digest = answer("Digest realm=\"x\", nonce=\"n\", qop=\"auth\"").expect("it is answered");
        assert!(
            digest.starts_with("Digest username=\"ann\"") && digest.contains("uri=\"/b?c=d\""),
            "{digest}"
        );
        assert_eq!(answer("Negotiate"), None);
    }
}
