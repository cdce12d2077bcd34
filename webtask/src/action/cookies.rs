//! `get cookies`, `set cookies`, `clear cookies`: those of the run's own browser context, and of no other run.

use chromiumoxide::cdp::browser_protocol::network::{self, CookieParam, CookieSameSite, TimeSinceEpoch};
use chromiumoxide::cdp::browser_protocol::storage;
use futures::future::join_all;
use serde_json::{Map, Value, json};

use super::ANSWER;
use crate::results::Cookie;
use crate::value::kind;
use crate::{Cx, Error};

/// What exports of other programs have besides, and nobody needs.
const IGNORED: &[&str] = &[
    "size",
    "session",
    "priority",
    "sameParty",
    "sourceScheme",
    "sourcePort",
    "partitionKey",
    "partitionKeyOpaque",
    "hostOnly",
    "storeId",
    "id",
];

/// The cookies of the run, or those that would be sent to these addresses, sorted by domain, path and name; also written
/// to a file as JSON.
///
/// # Errors
///
/// When the file cannot be written.
pub async fn get_cookies(cx: &Cx, urls: Option<&[&str]>, path: Option<&str>) -> Result<Vec<Cookie>, Error> {
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

/// Sets cookies: a list of maps as `get cookies` gives, in which only `name` and `value` must be there. One without
/// `domain` and `url` is the page's own.
///
/// # Errors
///
/// When one of them is none, or the browser refuses it; the others may be set then.
pub async fn set_cookies(cx: &Cx, cookies: Value) -> Result<(), Error> {
    cx.pace().await;
    let Value::Array(cookies) = cookies else {
        let message = format!("`set cookies` needs a list, not {}", kind(&cookies));
        return Err(Error::step_failed(message));
    };
    let cookies = cookies.iter().map(param).collect::<Result<Vec<_>, _>>()?;
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

/// Sets the cookies of a file that `get cookies` wrote.
///
/// # Errors
///
/// When there is no such file, or it holds no list of cookies.
pub async fn set_cookies_file(cx: &Cx, path: &str) -> Result<(), Error> {
    let text = super::file::read_file(cx, path).await?;
    let cookies = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        Error::step_failed(format!("file `{path}` is no JSON: {error}")).with_source(error)
    })?;
    set_cookies(cx, cookies).await
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
    Ok(cookies.into_iter().map(given).collect())
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
    }
}

/// Whether nothing says of which site it is.
fn is_homeless(cookie: &CookieParam) -> bool {
    cookie.url.is_none() && cookie.domain.is_none()
}

/// A cookie as the browser takes it.
fn param(cookie: &Value) -> Result<CookieParam, Error> {
    let Value::Object(cookie) = cookie else {
        return Err(Error::step_failed(format!("a cookie must be a map, not {}", kind(cookie))));
    };
    let name = text(cookie, "", "name")?.ok_or_else(|| Error::step_failed("a cookie has no `name`"))?;
    let value = text(cookie, &name, "value")?
        .ok_or_else(|| Error::step_failed(format!("cookie `{name}` has no `value`")))?;
    let mut param = CookieParam::new(name.clone(), value);
    param.url = text(cookie, &name, "url")?;
    param.domain = text(cookie, &name, "domain")?;
    param.path = text(cookie, &name, "path")?;
    param.secure = flag(cookie, &name, "secure")?;
    param.http_only = flag(cookie, &name, "httpOnly")?;
    for key in ["expires", "expirationDate"] {
        param.expires = match cookie.get(key) {
            None | Some(Value::Null) => continue,
            // What the protocol has for those that end with the browser.
            Some(Value::Number(seconds)) if seconds.as_f64() == Some(-1.0) => None,
            Some(Value::Number(seconds)) => seconds.as_f64().map(TimeSinceEpoch::new),
            Some(other) => return Err(wrong(&name, key, "a number of seconds", other)),
        };
    }
    param.same_site = match text(cookie, &name, "sameSite")?.map(|site| site.to_ascii_lowercase()).as_deref()
    {
        None | Some("unspecified" | "") => None,
        Some("strict") => Some(CookieSameSite::Strict),
        Some("lax") => Some(CookieSameSite::Lax),
        Some("none" | "no_restriction") => Some(CookieSameSite::None),
        Some(other) => return Err(wrong(&name, "sameSite", "`Strict`, `Lax` or `None`", &json!(other))),
    };
    let known = [
        "name",
        "value",
        "url",
        "domain",
        "path",
        "secure",
        "httpOnly",
        "expires",
        "expirationDate",
        "sameSite",
    ];
    match cookie.keys().find(|key| !known.contains(&key.as_str()) && !IGNORED.contains(&key.as_str())) {
        Some(key) => {
            let known = known.map(|key| format!("`{key}`")).join(", ");
            Err(Error::step_failed(format!("cookie `{name}` has an unknown `{key}`; it may have {known}")))
        }
        None => Ok(param),
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
        param(cookie).expect_err("it is wrong").to_string()
    }

    #[test]
    fn a_cookie_of_other_programs_is_taken() {
        let cookie = param(&json!({
            "name": "a", "value": "b", "domain": ".x.example", "hostOnly": false, "session": false, "storeId": "0",
            "expirationDate": 1.5, "httpOnly": true, "sameSite": "no_restriction", "path": null,
        }));
        let cookie = cookie.expect("a cookie");
        assert_eq!(cookie.expires.map(|time| *time.inner()), Some(1.5));
        assert_eq!(cookie.same_site, Some(CookieSameSite::None));
        assert_eq!((cookie.http_only, cookie.secure, cookie.path), (Some(true), None, None));
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
                "`expires` of cookie `a` must be a number of seconds, not `never`",
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
}
