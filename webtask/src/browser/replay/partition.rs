//! `Set-Cookie` with `Partitioned`: of an answer that is given by hand Chromium keeps such a cookie for every page, so that
//! it is set by hand as well.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chromiumoxide::cdp::browser_protocol::network::{
    CookieParam, CookiePartitionKey, CookieSameSite, TimeSinceEpoch,
};
use chromiumoxide::cdp::browser_protocol::storage::SetCookiesParams;
use chromiumoxide::cdp::browser_protocol::target::GetTargetInfoParams;
use url::Url;

use super::super::connection::Connection;
use super::served::Page;
use super::{Answer, LIMIT, Request};
use crate::Error;

/// Sets the partitioned cookies of an answer in the page that it is for, and takes them out of it.
pub(super) async fn keep(
    answer: &mut Answer,
    request: &Request,
    page: &Page,
    is_top: bool,
    connection: &Connection,
) -> Result<(), Error> {
    let is_partitioned = |(name, value): &(String, String)| {
        name.eq_ignore_ascii_case("set-cookie") && attributes(value).any(|(name, _)| name == "partitioned")
    };
    if !answer.headers.iter().any(is_partitioned) {
        return Ok(());
    }
    let top = if is_top {
        request.url.clone()
    } else {
        let info = GetTargetInfoParams { target_id: Some(page.target.clone()) };
        connection.call(None, info, LIMIT).await?.target_info.url
    };
    let lines = answer.headers.extract_if(.., |header| is_partitioned(header));
    let cookies: Vec<_> =
        lines.filter_map(|(_, line)| cookie(&line, &request.url, &top, SystemTime::now())).collect();
    let set = SetCookiesParams { cookies, browser_context_id: page.context.clone() };
    connection.call(None, set, LIMIT).await.map(drop)
}

/// The names of a cookie's attributes in small letters, with their values.
fn attributes(line: &str) -> impl Iterator<Item = (String, &str)> {
    line.split(';').skip(1).map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (name.trim().to_ascii_lowercase(), value.trim())
    })
}

/// What a line of `Set-Cookie` sets in the pages of a site; none when browsers refuse it.
fn cookie(line: &str, url: &str, top: &str, now: SystemTime) -> Option<CookieParam> {
    let (name, value) = line.split(';').next()?.split_once('=')?;
    let mut cookie = CookieParam::new(name.trim(), value.trim());
    let mut lasts = None;
    for (name, value) in attributes(line) {
        match name.as_str() {
            "domain" if !value.is_empty() => {
                cookie.domain = Some(format!(".{}", value.trim_start_matches('.')));
            }
            "path" if value.starts_with('/') => cookie.path = Some(value.to_owned()),
            "secure" => cookie.secure = Some(true),
            "httponly" => cookie.http_only = Some(true),
            "samesite" => {
                cookie.same_site = match value.to_ascii_lowercase().as_str() {
                    "none" => Some(CookieSameSite::None),
                    "lax" => Some(CookieSameSite::Lax),
                    "strict" => Some(CookieSameSite::Strict),
                    _ => None,
                };
            }
            // It wins over a date.
            "max-age" => {
                if let Ok(seconds) = value.parse::<i64>() {
                    let until = now + Duration::from_secs(seconds.clamp(0, 400 * 86_400).unsigned_abs());
                    lasts = Some(if seconds > 0 { until } else { UNIX_EPOCH + Duration::from_secs(1) });
                }
            }
            "expires" => lasts = lasts.or_else(|| date(value)),
            _ => {}
        }
    }
    let seconds = |time: SystemTime| time.duration_since(UNIX_EPOCH).map_or(1.0, |since| since.as_secs_f64());
    cookie.expires = lasts.map(|time| TimeSinceEpoch::new(seconds(time).max(1.0)));
    cookie.url = Some(url.to_owned());
    cookie.partition_key = Some(CookiePartitionKey::new(top, is_foreign(url, top)));
    // Nothing else may be partitioned.
    (cookie.secure == Some(true)).then_some(cookie)
}

/// A date as servers write it, with spaces or dashes.
fn date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).or_else(|_| httpdate::parse_http_date(&text.replace('-', " "))).ok()
}

/// Whether an address is of another site than the page around it.
fn is_foreign(url: &str, top: &str) -> bool {
    let host = |url: &str| Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let (Some(own), Some(top)) = (host(url), host(top)) else { return true };
    let is_below = |below: &str, above: &str| {
        below.strip_suffix(above).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !is_below(&own, &top) && !is_below(&top, &own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<CookieParam> {
        cookie(line, "https://w.test/a", "https://top.test/", UNIX_EPOCH + Duration::from_secs(100))
    }

    #[test]
    fn a_line_is_read_as_browsers_read_it() {
        let cookie =
            read("a=b=c; PATH=/; Secure; httponly; SameSite=none; Domain=w.test; Max-Age=5; Partitioned");
        let cookie = cookie.expect("a cookie");
        assert_eq!((cookie.name.as_str(), cookie.value.as_str()), ("a", "b=c"));
        assert_eq!((cookie.path.as_deref(), cookie.domain.as_deref()), (Some("/"), Some(".w.test")));
        assert_eq!((cookie.http_only, cookie.same_site), (Some(true), Some(CookieSameSite::None)));
        assert_eq!(cookie.expires.map(|time| *time.inner()), Some(105.0));
        let key = cookie.partition_key.expect("a partition");
        assert_eq!((key.top_level_site.as_str(), key.has_cross_site_ancestor), ("https://top.test/", true));
        assert!(read("a=b; Partitioned").is_none());
    }

    #[test]
    fn a_cookie_ends_when_the_line_says_so() {
        for (line, ends) in [
            ("a=b; Secure", None),
            ("a=b; Secure; Max-Age=0; Expires=Tue, 19 Jan 2038 03:14:07 GMT", Some(1.0)),
            ("a=b; Secure; Expires=Thu, 01-Jan-1970 00:00:00 GMT", Some(1.0)),
            ("a=b; Secure; Expires=Tue, 19 Jan 2038 03:14:07 GMT", Some(2_147_483_647.0)),
            ("a=b; Secure; Expires=soon", None),
        ] {
            let cookie = read(line).expect("a cookie");
            assert_eq!(cookie.expires.map(|time| *time.inner()), ends, "{line}");
        }
    }

    #[test]
    fn a_page_of_the_same_site_is_not_foreign() {
        for (url, top, is) in [
            ("https://w.test/", "https://top.test/", true),
            ("https://a.top.test/", "https://top.test/x", false),
            ("https://top.test/", "https://www.top.test/", false),
            ("https://nottop.test/", "https://top.test/", true),
        ] {
            assert_eq!(is_foreign(url, top), is, "{url} {top}");
        }
    }
}
