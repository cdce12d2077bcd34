//! `get cookies`, `set cookies`, `clear cookies`: those of the run's own browser context, and of no other run.

mod param;

use chromiumoxide::cdp::browser_protocol::network::{self, CookieParam};
use chromiumoxide::cdp::browser_protocol::storage;
use futures::future::join_all;
use serde_json::Value;
use url::Url;

use super::ANSWER;
use super::given::{Cookie, PartitionKey};
use crate::misfit::Misfit;
use crate::value::kind;
use crate::{Cx, Error};

/// The cookies of the run, or those that would be sent to these addresses, sorted by domain, path and name; also written
/// to a file as JSON.
///
/// # Errors
///
/// When the file cannot be written.
pub async fn get_cookies(cx: &Cx, urls: Option<&[&str]>, path: Option<&str>) -> Result<Vec<Cookie>, Error> {
    cx.pace().await;
    if let Some(path) = path {
        cx.files().check(path)?;
    }
    let mut cookies = stored(cx, urls).await?;
    // The browser has them in no order that would last.
    cookies.sort_by(|a, b| (&a.domain, &a.path, &a.name).cmp(&(&b.domain, &b.path, &b.name)));
    if let Some(path) = path {
        let text = serde_json::to_string_pretty(&cookies).expect("texts and numbers are JSON");
        cx.write(path, format!("{text}\n")).await?;
    }
    Ok(cookies)
}

/// Sets cookies: a list of maps as `get cookies` gives, in which only `name` and `value` must be there, or a map that has
/// such a list as `cookies`. One without `domain` and `url` is the page's own.
///
/// # Errors
///
/// When one of them is none, or the browser refuses it; the others may be set then.
pub async fn set_cookies(cx: &Cx, cookies: Value) -> Result<(), Error> {
    cx.pace().await;
    set(cx, &cookies, param::read).await
}

async fn set(cx: &Cx, cookies: &Value, read: fn(&Value) -> Result<CookieParam, Error>) -> Result<(), Error> {
    let list = match cookies {
        Value::Array(list) => Some(list),
        // What some programs keep beside them is of no use here.
        Value::Object(map) => map.get("cookies").and_then(Value::as_array),
        _ => None,
    };
    let Some(list) = list else {
        let message = format!("`set cookies` needs a list, not {}", kind(cookies));
        return Err(Error::step_failed(message));
    };
    let cookies = list.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut page = None;
    if cookies.iter().any(is_homeless) {
        let url = cx.window()?.probe("() => location.href", &Value::Null, ANSWER).await?;
        page = serde_json::from_str::<String>(&url).ok().filter(|url| url.starts_with("http"));
    }
    let session = cx.window()?.session();
    let mut calls = Vec::with_capacity(cookies.len());
    for mut cookie in cookies {
        let name = cookie.name.clone();
        if is_homeless(&cookie) {
            cookie.url = Some(page.clone().ok_or_else(|| {
                Error::step_failed(format!(
                    "cookie `{name}` has no `domain` and no `url`, and the page has no address that it could be of"
                ))
            })?);
        }
        let call = session.send(network::SetCookiesParams::new(vec![cookie]));
        calls.push(async move {
            call.await.map_err(|error| {
                Error::step_failed(format!("the browser refuses the cookie `{name}`: {error}"))
                    .with_source(error)
            })
        });
    }
    join_all(calls).await.into_iter().collect::<Result<Vec<_>, _>>().map(drop)
}

/// Sets the cookies of a file that `get cookies` or another program wrote. Fields that nobody here knows do not matter.
///
/// # Errors
///
/// When there is no such file, or it holds no list of cookies.
pub async fn set_cookies_file(cx: &Cx, path: &str) -> Result<(), Error> {
    cx.pace().await;
    let text = super::file::read_file(cx, path).await?;
    let cookies = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        Error::step_failed(format!("file `{path}` is not JSON: {}", Misfit::of(&error))).with_source(error)
    })?;
    set(cx, &cookies, param::read_exported).await
}

/// Removes all cookies of the run.
///
/// # Errors
///
/// When the browser does not answer.
pub async fn clear_cookies(cx: &Cx) -> Result<(), Error> {
    cx.pace().await;
    let window = cx.window()?;
    let clear = storage::ClearCookiesParams { browser_context_id: window.context().cloned() };
    window.session().connection().call(None, clear, ANSWER).await?;
    Ok(())
}

/// The cookies that the browser has for the run.
pub(super) async fn stored(cx: &Cx, urls: Option<&[&str]>) -> Result<Vec<Cookie>, Error> {
    let window = cx.window()?;
    let cookies = match urls {
        Some(urls) => {
            let urls = urls.iter().map(|url| (*url).to_owned()).collect();
            window.session().call(network::GetCookiesParams { urls: Some(urls) }).await?.cookies
        }
        None => {
            let get = storage::GetCookiesParams { browser_context_id: window.context().cloned() };
            window.session().connection().call(None, get, ANSWER).await?.cookies
        }
    };
    // One of a page without an origin is never sent again, and cannot be told from one that everybody gets.
    let lasting = cookies.into_iter().filter(|cookie| cookie.partition_key_opaque != Some(true));
    Ok(lasting.map(given).collect())
}

/// Whether a cookie that the browser has for an address is also sent there by what is in a page.
pub(super) fn is_sent_in(cookie: &Cookie, page: &str) -> bool {
    let Some(key) = &cookie.partition_key else { return true };
    let host = |url: &str| Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    match (host(page), host(&key.top_level_site)) {
        (Some(page), Some(site)) => is_within(&page, &site),
        _ => false,
    }
}

/// Whether a host is that one or below it.
fn is_within(host: &str, site: &str) -> bool {
    host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn given(cookie: network::Cookie) -> Cookie {
    Cookie {
        name: cookie.name,
        value: cookie.value,
        domain: cookie.domain,
        path: cookie.path,
        expires: (!cookie.session).then_some(cookie.expires),
        http_only: cookie.http_only,
        secure: cookie.secure,
        same_site: cookie.same_site.map(|site| site.as_ref().to_owned()),
        partition_key: cookie.partition_key.map(|key| PartitionKey {
            top_level_site: key.top_level_site,
            has_cross_site_ancestor: key.has_cross_site_ancestor,
        }),
    }
}

/// Whether nothing says of which site it is.
fn is_homeless(cookie: &CookieParam) -> bool {
    cookie.url.is_none() && cookie.domain.is_none()
}
