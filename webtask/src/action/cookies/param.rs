//! A cookie as a recipe or another program writes it, read into what the browser takes.

use std::time::UNIX_EPOCH;

use chromiumoxide::cdp::browser_protocol::network::{
    CookieParam, CookiePartitionKey, CookiePriority, CookieSameSite, TimeSinceEpoch,
};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use url::{Host, Url};

use crate::Error;
use crate::value::kind;

/// What exports of other programs have besides, and nobody needs.
const IGNORED: &[&str] =
    &["size", "session", "sameParty", "sourceScheme", "sourcePort", "storeId", "id", "firstPartyDomain"];

/// What a cookie may have.
const KNOWN: &[&str] = &[
    "name",
    "value",
    "url",
    "domain",
    "path",
    "secure",
    "httpOnly",
    "expires",
    "expirationDate",
    "expiry",
    "sameSite",
    "priority",
    "partitionKey",
    "partitionKeyOpaque",
    "partitioned",
    "hostOnly",
];

/// A cookie as the browser takes it. What it may not have is a mistake.
pub(super) fn read(cookie: &Value) -> Result<CookieParam, Error> {
    let param = read_exported(cookie)?;
    let is_known = |key: &str| KNOWN.contains(&key) || IGNORED.contains(&key) || key.starts_with('_');
    let keys = cookie.as_object().into_iter().flat_map(Map::keys);
    match keys.map(String::as_str).find(|key| !is_known(key)) {
        Some(key) => {
            let known = KNOWN.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            let name = &param.name;
            Err(Error::step_failed(format!("cookie `{name}` has an unknown `{key}`; it may have {known}")))
        }
        None => Ok(param),
    }
}

/// The same of another program, which may say more of it.
pub(super) fn read_exported(cookie: &Value) -> Result<CookieParam, Error> {
    let Value::Object(cookie) = cookie else {
        return Err(Error::step_failed(format!("a cookie must be a map, not {}", kind(cookie))));
    };
    let name = text(cookie, "", "name")?.ok_or_else(|| Error::step_failed("a cookie has no `name`"))?;
    let value = text(cookie, &name, "value")?
        .ok_or_else(|| Error::step_failed(format!("cookie `{name}` has no `value`")))?;
    let mut param = CookieParam::new(name.clone(), value);
    param.url = text(cookie, &name, "url")?;
    param.domain = text(cookie, &name, "domain")?;
    if let Some(domain) = &mut param.domain {
        // What some programs say beside the domain and not by its dot.
        let plain = domain.trim_start_matches('.');
        match flag(cookie, &name, "hostOnly")? {
            Some(true) => *domain = plain.to_owned(),
            Some(false) if matches!(Host::parse(plain), Ok(Host::Domain(_))) => *domain = format!(".{plain}"),
            _ => {}
        }
    }
    param.path = text(cookie, &name, "path")?;
    param.secure = flag(cookie, &name, "secure")?;
    param.http_only = flag(cookie, &name, "httpOnly")?;
    for key in ["expires", "expirationDate", "expiry"] {
        param.expires = match cookie.get(key) {
            None | Some(Value::Null) => continue,
            // What programs have for those that end with the browser.
            Some(Value::Number(seconds)) if matches!(seconds.as_f64(), Some(-1.0 | 0.0)) => None,
            Some(Value::Number(seconds)) => seconds.as_f64().map(TimeSinceEpoch::new),
            Some(Value::String(text)) if is_session(text) => None,
            Some(other) => match other.as_str().and_then(seconds) {
                Some(seconds) => Some(TimeSinceEpoch::new(seconds)),
                None => return Err(wrong(&name, key, "a number of seconds or a date", other)),
            },
        };
    }
    param.same_site = match text(cookie, &name, "sameSite")?.map(|site| site.to_ascii_lowercase()).as_deref()
    {
        None | Some("unspecified" | "default" | "") => None,
        Some("strict") => Some(CookieSameSite::Strict),
        Some("lax") => Some(CookieSameSite::Lax),
        // Chromium drops one that is not secure without a word; to Firefox it is one that says nothing.
        Some("none" | "no_restriction") => (param.secure == Some(true)).then_some(CookieSameSite::None),
        Some(other) => return Err(wrong(&name, "sameSite", "`Strict`, `Lax` or `None`", &json!(other))),
    };
    param.priority =
        match text(cookie, &name, "priority")?.map(|priority| priority.to_ascii_lowercase()).as_deref() {
            None | Some("") => None,
            Some("low") => Some(CookiePriority::Low),
            Some("medium") => Some(CookiePriority::Medium),
            Some("high") => Some(CookiePriority::High),
            Some(other) => return Err(wrong(&name, "priority", "`Low`, `Medium` or `High`", &json!(other))),
        };
    param.partition_key = partition(cookie, &param)?;
    Ok(param)
}

/// Whether a text means that the cookie ends with the browser.
fn is_session(text: &str) -> bool {
    ["", "session", "-1", "0"].iter().any(|name| text.trim().eq_ignore_ascii_case(name))
}

/// A time as other programs write it, in seconds since 1970: a number, a date of HTTP, or one of ISO 8601.
fn seconds(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return seconds.is_finite().then_some(seconds);
    }
    match httpdate::parse_http_date(text) {
        Ok(time) => time.duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs_f64()),
        Err(_) => iso_seconds(text),
    }
}

/// `2026-01-31`, with a time of day and a zone or without: UTC then.
fn iso_seconds(text: &str) -> Option<f64> {
    let time: Timestamp = text.parse().ok().or_else(|| {
        let date: DateTime = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(date).ok()
    })?;
    Some(time.as_duration().as_secs_f64())
}

/// Of a partitioned cookie, the pages in which it is sent: a site, or a map of it and of what is around the cookie's
/// frame.
fn partition(cookie: &Map<String, Value>, param: &CookieParam) -> Result<Option<CookiePartitionKey>, Error> {
    let name = param.name.as_str();
    let lacking = |why: &str| {
        let wanted =
            "set it with `partitionKey: { topLevelSite: \"https://…\", hasCrossSiteAncestor: true }`";
        Error::step_failed(format!("cookie `{name}` is partitioned, but {why}; {wanted}"))
    };
    if flag(cookie, name, "partitionKeyOpaque")? == Some(true) {
        return Err(lacking("of a page without an origin, which never comes again"));
    }
    let (site, ancestor) = match cookie.get("partitionKey") {
        None | Some(Value::Null) => (None, None),
        Some(Value::String(site)) => (Some(site.clone()), None),
        Some(Value::Object(key)) => {
            let site = match text(key, name, "topLevelSite")? {
                None => text(key, name, "sourceOrigin")?,
                site => site,
            };
            (site, flag(key, name, "hasCrossSiteAncestor")?)
        }
        Some(other) => return Err(wrong(name, "partitionKey", "a map with `topLevelSite`", other)),
    };
    let Some(site) = site.filter(|site| !site.is_empty()) else {
        return match flag(cookie, name, "partitioned")? {
            Some(true) => Err(lacking("nothing says in which pages it is sent")),
            _ => Ok(None),
        };
    };
    let parsed = Url::parse(&site).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(host) = parsed.as_ref().and_then(|url| url.host_str()) else {
        return Err(wrong(name, "topLevelSite", "a site such as `https://shop.example`", &json!(site)));
    };
    let ancestor = match ancestor {
        Some(known) => known,
        None => match flag(cookie, name, "_crHasCrossSiteAncestor")? {
            Some(known) => known,
            // Most are of a frame of another site.
            None => !super::is_within(&own_host(param), host),
        },
    };
    Ok(Some(CookiePartitionKey::new(site, ancestor)))
}

/// The host that a cookie is of.
fn own_host(param: &CookieParam) -> String {
    match (&param.domain, &param.url) {
        (Some(domain), _) => domain.trim_start_matches('.').to_ascii_lowercase(),
        (None, Some(url)) => {
            Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
        }
        (None, None) => String::new(),
    }
}

fn text(cookie: &Map<String, Value>, name: &str, key: &str) -> Result<Option<String>, Error> {
    match cookie.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) if key == "value" => Ok(Some(number.to_string())),
        Some(other) => Err(wrong(name, key, "a string", other)),
    }
}

fn flag(cookie: &Map<String, Value>, name: &str, key: &str) -> Result<Option<bool>, Error> {
    match cookie.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(other) => Err(wrong(name, key, "a bool", other)),
    }
}

fn wrong(name: &str, key: &str, wanted: &str, found: &Value) -> Error {
    let found = match found {
        Value::String(text) => format!("`{text}`"),
        other => kind(other).to_owned(),
    };
    Error::step_failed(format!("`{key}` of cookie `{name}` must be {wanted}, not {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(cookie: &Value) -> String {
        read(cookie).expect_err("it is wrong").to_string()
    }

    #[test]
    fn a_cookie_of_other_programs_is_taken() {
        let cookie = read(&json!({
            "name": "a", "value": "b", "domain": ".x.example", "hostOnly": false, "session": false, "storeId": "0",
            "expirationDate": 1.5, "httpOnly": true, "secure": true, "sameSite": "no_restriction", "path": null,
        }));
        let cookie = cookie.expect("a cookie");
        assert_eq!(cookie.expires.map(|time| *time.inner()), Some(1.5));
        assert_eq!(cookie.same_site, Some(CookieSameSite::None));
        assert_eq!((cookie.http_only, cookie.secure, cookie.path), (Some(true), Some(true), None));
    }

    #[test]
    fn a_time_is_taken_in_every_form() {
        for (text, time) in [
            (json!("1700000000"), Some(1_700_000_000.0)),
            (json!("1700000000.25"), Some(1_700_000_000.25)),
            (json!("Tue, 14 Nov 2023 22:13:20 GMT"), Some(1_700_000_000.0)),
            (json!("2023-11-14T22:13:20.250Z"), Some(1_700_000_000.25)),
            (json!("2023-11-14 23:13:20+01:00"), Some(1_700_000_000.0)),
            (json!("2023-11-14T17:43:20-0430"), Some(1_700_000_000.0)),
            (json!("2024-02-29"), Some(1_709_164_800.0)),
            (json!("2024-03-01T00:00Z"), Some(1_709_251_200.0)),
            (json!("1970-01-01T00:00:00Z"), Some(0.0)),
            (json!("Session"), None),
            (json!(""), None),
            (json!("-1"), None),
        ] {
            let cookie = read(&json!({ "name": "a", "value": "b", "expires": text })).expect("a cookie");
            assert_eq!(cookie.expires.map(|time| *time.inner()), time, "{text}");
        }
        for text in
            ["2024-13-01", "2024-02", "2024-02-29T25:00", "2024-02-29T10:00 CET", "soon", "inf", "1e999"]
        {
            assert!(
                refused(&json!({ "name": "a", "value": "b", "expires": text })).contains("or a date"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_another_program_says_besides_does_not_matter() {
        let cookie =
            json!({ "name": "a", "value": "b", "creation": 1, "lastAccessed": 2, "isThirdParty": true });
        assert_eq!(read_exported(&cookie).expect("a cookie").name, "a");
        assert!(refused(&cookie).contains("unknown `creation`"));
        assert!(read_exported(&json!({ "name": "a", "value": "b", "secure": "yes" })).is_err());
    }

    #[test]
    fn whether_a_cookie_is_of_one_host_alone_is_heard() {
        for (domain, alone, read_as) in [
            (".x.example", json!(true), "x.example"),
            ("x.example", json!(false), ".x.example"),
            (".x.example", json!(false), ".x.example"),
            (".x.example", json!(null), ".x.example"),
            ("x.example", json!(null), "x.example"),
            ("127.0.0.1", json!(false), "127.0.0.1"),
        ] {
            let cookie = read(&json!({ "name": "a", "value": "b", "domain": domain, "hostOnly": alone }))
                .expect("a cookie");
            assert_eq!(cookie.domain.as_deref(), Some(read_as), "{domain} {alone}");
        }
    }

    #[test]
    fn a_cookie_that_chromium_would_drop_is_one_that_it_keeps() {
        let site = |secure: bool| {
            read(&json!({ "name": "a", "value": "b", "secure": secure, "sameSite": "None", "expires": 0 }))
                .expect("a cookie")
        };
        assert_eq!((site(false).same_site, site(false).expires), (None, None));
        assert_eq!(site(true).same_site, Some(CookieSameSite::None));
    }

    #[test]
    fn a_wrong_cookie_says_what_is_wrong() {
        for (cookie, why) in [
            (json!("a=b"), "a cookie must be a map, not a string"),
            (json!({ "value": "b" }), "a cookie has no `name`"),
            (json!({ "name": "a" }), "cookie `a` has no `value`"),
            (json!({ "name": "a", "value": [1] }), "`value` of cookie `a` must be a string, not a list"),
            (
                json!({ "name": "a", "value": "b", "secure": "yes" }),
                "`secure` of cookie `a` must be a bool, not `yes`",
            ),
            (
                json!({ "name": "a", "value": "b", "expires": "never" }),
                "`expires` of cookie `a` must be a number of seconds or a date, not `never`",
            ),
            (
                json!({ "name": "a", "value": "b", "sameSite": "loose" }),
                "`sameSite` of cookie `a` must be `Strict`, `Lax` or `None`, not `loose`",
            ),
        ] {
            assert_eq!(refused(&cookie), why);
        }
        let unknown = refused(&json!({ "name": "a", "value": "b", "htpOnly": true }));
        assert!(
            unknown.starts_with("cookie `a` has an unknown `htpOnly`; it may have `name`, `value`, "),
            "{unknown}"
        );
    }

    #[test]
    fn a_partition_is_taken_in_every_form() {
        let key = |cookie: Value| {
            let Value::Object(mut cookie) = cookie else { panic!("a map") };
            cookie.extend([("name".to_owned(), json!("a")), ("value".to_owned(), json!("b"))]);
            let key = read(&Value::Object(cookie)).expect("a cookie").partition_key;
            key.map(|key| (key.top_level_site, key.has_cross_site_ancestor))
        };
        let of = |ancestor| Some(("https://top.test".to_owned(), ancestor));
        let site = "https://top.test";
        assert_eq!(
            key(json!({ "partitionKey": { "topLevelSite": site, "hasCrossSiteAncestor": false } })),
            of(false)
        );
        assert_eq!(key(json!({ "partitionKey": site, "domain": "w.test" })), of(true));
        assert_eq!(key(json!({ "partitionKey": site, "domain": ".a.top.test" })), of(false));
        assert_eq!(key(json!({ "partitionKey": site, "url": "https://nottop.test/" })), of(true));
        assert_eq!(key(json!({ "partitionKey": site, "_crHasCrossSiteAncestor": false })), of(false));
        assert_eq!(key(json!({ "partitionKey": { "sourceOrigin": site }, "partitioned": true })), of(true));
        for none in [json!(null), json!(""), json!({}), json!({ "topLevelSite": "" })] {
            assert_eq!(key(json!({ "partitionKey": none, "partitioned": false })), None);
        }
    }

    #[test]
    fn a_partition_that_is_not_known_is_an_error() {
        for (more, why) in [
            (
                json!({ "partitioned": true }),
                "cookie `a` is partitioned, but nothing says in which pages it is sent; ",
            ),
            (
                json!({ "partitionKeyOpaque": true }),
                "cookie `a` is partitioned, but of a page without an origin",
            ),
            (
                json!({ "partitionKey": 1 }),
                "`partitionKey` of cookie `a` must be a map with `topLevelSite`, not an int",
            ),
            (
                json!({ "partitionKey": "top.test" }),
                "`topLevelSite` of cookie `a` must be a site such as `https://shop.example`, not `top.test`",
            ),
            (
                json!({ "priority": "urgent" }),
                "`priority` of cookie `a` must be `Low`, `Medium` or `High`, not `urgent`",
            ),
        ] {
            let Value::Object(mut cookie) = more else { panic!("a map") };
            cookie.extend([("name".to_owned(), json!("a")), ("value".to_owned(), json!("b"))]);
            let told = refused(&Value::Object(cookie));
            assert!(told.starts_with(why), "{told}");
        }
    }

    #[test]
    fn a_cookie_of_selenium_or_playwright_is_taken() {
        let cookie = read(&json!({
            "name": "a", "value": "b", "domain": "x.example", "expiry": 12, "sameSite": "Lax", "_own": 1, "priority": "High",
        }));
        let cookie = cookie.expect("a cookie");
        assert_eq!(cookie.expires.map(|time| *time.inner()), Some(12.0));
        assert_eq!(cookie.priority, Some(CookiePriority::High));
        assert_eq!(
            read(&json!({ "name": "a", "value": "b", "expires": -1 })).expect("a cookie").expires,
            None
        );
    }
}
