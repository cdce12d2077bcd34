//! The settings of a pool's windows: given, and checked as far as no browser is needed for it.

use std::path::PathBuf;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use webtask_words::nearest;

use crate::access::Access;
use crate::browser::pool::Pool;
use crate::policy::Proxy;
use crate::secret::Redactor;

/// What does not change from run to run.
#[derive(Clone, Debug, Default)]
pub(in crate::browser) struct Outfit {
    pub(super) access: Access,
    pub(super) allow_private: bool,
    pub(super) proxy: Option<Result<Proxy, String>>,
    pub(super) window_size: Option<(u32, u32)>,
    /// An empty text is the browser's own.
    pub(super) locale: String,
    pub(super) timezone: String,
    pub(super) user_agent: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) block_types: Vec<String>,
    pub(super) block_urls: Vec<String>,
    pub(super) downloads: Option<PathBuf>,
    pub(super) permissions: Vec<String>,
    /// What takes every secret out.
    pub(in crate::browser) redactor: Redactor,
}

/// Kinds of what a page loads, and Chromium's names of them.
const RESOURCES: &[(&str, &str)] = &[
    ("event-source", "EventSource"),
    ("fetch", "Fetch"),
    ("font", "Font"),
    ("image", "Image"),
    ("manifest", "Manifest"),
    ("media", "Media"),
    ("other", "Other"),
    ("ping", "Ping"),
    ("prefetch", "Prefetch"),
    ("script", "Script"),
    ("stylesheet", "Stylesheet"),
    ("text-track", "TextTrack"),
    ("xhr", "XHR"),
];

/// What a page may ask to do, and Chromium's names of it.
const PERMISSIONS: &[(&str, &str)] = &[
    ("audio-capture", "audioCapture"),
    ("background-fetch", "backgroundFetch"),
    ("background-sync", "backgroundSync"),
    ("clipboard-read-write", "clipboardReadWrite"),
    ("clipboard-sanitized-write", "clipboardSanitizedWrite"),
    ("display-capture", "displayCapture"),
    ("durable-storage", "durableStorage"),
    ("geolocation", "geolocation"),
    ("idle-detection", "idleDetection"),
    ("local-fonts", "localFonts"),
    ("local-network-access", "localNetworkAccess"),
    ("midi", "midi"),
    ("midi-sysex", "midiSysex"),
    ("nfc", "nfc"),
    ("notifications", "notifications"),
    ("payment-handler", "paymentHandler"),
    ("periodic-background-sync", "periodicBackgroundSync"),
    ("protected-media-identifier", "protectedMediaIdentifier"),
    ("sensors", "sensors"),
    ("storage-access", "storageAccess"),
    ("top-level-storage-access", "topLevelStorageAccess"),
    ("video-capture", "videoCapture"),
    ("wake-lock-screen", "wakeLockScreen"),
    ("window-management", "windowManagement"),
];

/// Headers that are the connection's, or the browser's alone.
const OWN: &[&str] = &[
    "connection",
    "content-length",
    "cookie",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Chromium's name of a kind of resource.
pub(super) fn resource(name: &str) -> Option<&'static str> {
    RESOURCES.iter().find(|(known, _)| *known == name).map(|(_, name)| *name)
}

/// Chromium's name of a permission.
pub(super) fn permission(name: &str) -> Option<&'static str> {
    PERMISSIONS.iter().find(|(known, _)| *known == name).map(|(_, name)| *name)
}

impl Pool {
    /// Whether the URLs of callers may lead to private, loopback and link-local addresses, too. They may not by default.
    ///
    /// A URL is a caller's when an `input`, or anything else that the recipe does not write itself, is all of it or its
    /// host. [Security](crate::guide::security) says more.
    #[must_use]
    pub fn allow_private(self, allowed: bool) -> Self {
        self.change("allow_private", |outfit| outfit.allow_private = allowed)
    }

    /// The proxy that its windows go through: `http://`, `https://` or `socks5://`, with `USER:PASSWORD@` before the host
    /// when it wants that, percent-encoded as in every URL. The step `http` goes through it, too, and it is asked for
    /// this machine's addresses.
    ///
    /// ```
    /// let pool = webtask::Pool::new("abroad").proxy("http://reader:s%20cret@proxy.example:3128");
    /// ```
    #[must_use]
    pub fn proxy(self, url: impl AsRef<str>) -> Self {
        self.change("proxy", |outfit| outfit.proxy = Some(Proxy::parse(url.as_ref())))
    }

    /// The login for one origin: what a server there gets that asks for it by HTTP's Basic or Digest. The password is a
    /// [secret](crate::guide::security), by its name.
    ///
    /// It answers for pages with all that they load, for `http` and for `download each`, and goes to no other origin,
    /// wherever that one redirects to, and to no proxy. A login that the server refuses is not tried again: the answer is its 401.
    ///
    /// ```
    /// use webtask::{Pool, Webtask};
    ///
    /// let pool = Pool::new("staging").credentials("https://staging.example", "ann", "staging_password");
    /// let webtask = Webtask::builder().pool(pool).secret("staging_password", "a word").build()?;
    /// # Ok::<(), webtask::Error>(())
    /// ```
    #[must_use]
    pub fn credentials(
        self,
        origin: impl Into<String>,
        user: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        self.change("credentials", |outfit| {
            outfit.access.add_login(origin.into(), user.into(), secret.into());
        })
    }

    /// Hosts whose certificates are not checked, for a server of tests with one of its own. Those of every other host are
    /// checked as always.
    ///
    /// ```
    /// let pool = webtask::Pool::new("staging").accept_invalid_certs(["staging.example"]);
    /// ```
    #[must_use]
    pub fn accept_invalid_certs(self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.change("accept_invalid_certs", |outfit| {
            hosts.into_iter().for_each(|host| outfit.access.add_unchecked(host.into()));
        })
    }

    /// The size of the page in pixels: width and height, 1280 × 720 if nothing is said.
    #[must_use]
    pub fn window_size(self, width: u32, height: u32) -> Self {
        self.change("window_size", |outfit| outfit.window_size = Some((width, height)))
    }

    /// The language of pages, such as `de-CH`: of numbers, dates and `Accept-Language`.
    #[must_use]
    pub fn locale(self, locale: impl Into<String>) -> Self {
        self.change("locale", |outfit| outfit.locale = locale.into())
    }

    /// The zone of time, by its IANA name: `Europe/Zurich`.
    #[must_use]
    pub fn timezone(self, zone: impl Into<String>) -> Self {
        self.change("timezone", |outfit| outfit.timezone = zone.into())
    }

    /// What the browser says that it is.
    #[must_use]
    pub fn user_agent(self, agent: impl Into<String>) -> Self {
        self.change("user_agent", |outfit| outfit.user_agent = agent.into())
    }

    /// A header that each request of its pages has, besides what the browser says by itself.
    #[must_use]
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change("headers", |outfit| outfit.headers.push((name.into(), value.into())))
    }

    /// Kinds of what a page includes that are not loaded: `image`, `font`, `media`, `stylesheet`, `script`, `xhr`,
    /// `fetch`, `event-source`, `manifest`, `ping`, `prefetch`, `text-track` and `other`.
    ///
    /// ```
    /// let pool = webtask::Pool::new("text").block_types(["image", "font", "media"]);
    /// ```
    #[must_use]
    pub fn block_types(self, types: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.change("block_types", |outfit| outfit.block_types.extend(types.into_iter().map(Into::into)))
    }

    /// URLs that are not loaded, documents too. In a pattern `*` stands for any text, `?` for one character:
    /// `*://*.ads.example/*`. WebSockets are not blocked.
    #[must_use]
    pub fn block_urls(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.change("block_urls", |outfit| outfit.block_urls.extend(patterns.into_iter().map(Into::into)))
    }

    /// The directory that downloads of pages go into when they are whole, under the names that they say; of two with one
    /// name the second gets a number. Without it they are refused. It is
    /// made when it is missing.
    #[must_use]
    pub fn downloads(self, directory: impl Into<PathBuf>) -> Self {
        self.change("downloads", |outfit| outfit.downloads = Some(directory.into()))
    }

    /// What pages may do that a user would be asked for: `geolocation`, `notifications`, `clipboard-read-write`,
    /// `clipboard-sanitized-write`, `video-capture` and so on, by Chromium's names with hyphens. All else is denied.
    #[must_use]
    pub fn permissions(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.change("permissions", |outfit| outfit.permissions.extend(names.into_iter().map(Into::into)))
    }

    fn change(mut self, key: &'static str, change: impl FnOnce(&mut Outfit)) -> Self {
        change(Arc::make_mut(&mut self.outfit));
        self.say(key)
    }
}

impl Outfit {
    /// The setting that is wrong, and why. The downloads' directory is made.
    pub(in crate::browser) fn check(&self) -> Result<(), (&'static str, String)> {
        if let Some(Err(why)) = &self.proxy {
            return Err(("proxy", format!("it {why}")));
        }
        self.access.check()?;
        if let Some((width, height)) = self.window_size
            && !((1..=16_384).contains(&width) && (1..=16_384).contains(&height))
        {
            return Err(("window_size", format!("{width} × {height}; each side is from 1 to 16384")));
        }
        let is_tag = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if !self.locale.is_empty() && !self.locale.split('-').all(is_tag) {
            return Err((
                "locale",
                format!("`{}` is not a language; write one such as `de-CH`", self.locale),
            ));
        }
        let is_zone = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte);
        if !self.timezone.bytes().all(is_zone) {
            return Err((
                "timezone",
                format!("`{}` is not a zone; write one such as `Europe/Zurich`", self.timezone),
            ));
        }
        if HeaderValue::from_str(&self.user_agent).is_err() {
            return Err(("user_agent", "it is more than one line of text".into()));
        }
        for (name, value) in &self.headers {
            if name.parse::<HeaderName>().is_err() {
                return Err(("headers", format!("`{name}` is not a header name")));
            }
            if OWN.contains(&name.to_ascii_lowercase().as_str()) {
                return Err(("headers", format!("`{name}` is the browser's own to say")));
            }
            if HeaderValue::from_str(value).is_err() {
                return Err(("headers", format!("the value of `{name}` is more than one line of text")));
            }
        }
        for name in &self.block_types {
            known("block_types", name, RESOURCES)?;
        }
        if self.block_urls.iter().any(String::is_empty) {
            return Err(("block_urls", "an empty pattern matches no URL; `*` matches every URL".into()));
        }
        if let Some(downloads) = &self.downloads
            && let Err(error) = std::fs::create_dir_all(downloads)
        {
            return Err(("downloads", format!("`{}` cannot be made: {error}", downloads.display())));
        }
        for name in &self.permissions {
            known("permissions", name, PERMISSIONS)?;
        }
        Ok(())
    }
}

/// Whether a name is one of a table's; else the nearest one is told.
fn known(key: &'static str, name: &str, table: &[(&str, &str)]) -> Result<(), (&'static str, String)> {
    if table.iter().any(|(known, _)| *known == name) {
        return Ok(());
    }
    Err((
        key,
        match nearest(name, table.iter().map(|(known, _)| *known)) {
            Some(near) => format!("unknown name `{name}`; did you mean `{near}`?"),
            None => {
                let names: Vec<_> = table.iter().map(|(known, _)| format!("`{known}`")).collect();
                format!("unknown name `{name}`; there are {}", names.join(", "))
            }
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_setting_is_named() {
        let pool = || Pool::new("default");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        std::fs::write(&file, "").expect("a file");
        for (pool, wrong) in [
            (
                pool().proxy("ftp://a"),
                "`proxy`: it has the scheme `ftp`; write `http://`, `https://` or `socks5://`",
            ),
            (
                pool().credentials("a.test", "ann", "word"),
                "`credentials`: `a.test` is not an origin: relative URL without a base; write an origin such as \
                 `https://staging.example`",
            ),
            (
                pool().accept_invalid_certs(["https://a.test"]),
                "`accept_invalid_certs`: `https://a.test` is not a host; write one such as `staging.example`, without scheme \
                 and port",
            ),
            (pool().window_size(0, 720), "`window_size`: 0 × 720; each side is from 1 to 16384"),
            (pool().locale("de_CH"), "`locale`: `de_CH` is not a language; write one such as `de-CH`"),
            (
                pool().timezone("New York"),
                "`timezone`: `New York` is not a zone; write one such as `Europe/Zurich`",
            ),
            (pool().user_agent("a\nb"), "`user_agent`: it is more than one line of text"),
            (pool().header("a b", "c"), "`headers`: `a b` is not a header name"),
            (pool().header("Host", "c"), "`headers`: `Host` is the browser's own to say"),
            (pool().header("x-a", "c\r\nd"), "`headers`: the value of `x-a` is more than one line of text"),
            (pool().block_types(["images"]), "`block_types`: unknown name `images`; did you mean `image`?"),
            (pool().block_urls([""]), "`block_urls`: an empty pattern matches no URL; `*` matches every URL"),
            (
                pool().permissions(["geolocatoin"]),
                "`permissions`: unknown name `geolocatoin`; did you mean `geolocation`?",
            ),
        ] {
            let error = pool.check().expect_err(wrong);
            assert_eq!(error.message(), format!("pool `default` has a wrong {wrong}"));
        }
        let error = pool().downloads(file.join("below")).check().expect_err("it is below a file");
        assert!(error.message().starts_with("pool `default` has a wrong `downloads`: `"), "{error}");
        let good = pool().window_size(800, 600).locale("zh-Hant-TW").timezone("Etc/GMT+1").header("x-a", "b");
        assert!(good.block_types(["image"]).permissions(["midi"]).check().is_ok());
    }

    #[test]
    fn every_name_is_chromiums() {
        use chromiumoxide::cdp::browser_protocol::{browser::PermissionType, network::ResourceType};
        assert!(RESOURCES.iter().all(|(_, name)| name.parse::<ResourceType>().is_ok()));
        assert!(PERMISSIONS.iter().all(|(_, name)| name.parse::<PermissionType>().is_ok()));
    }
}
