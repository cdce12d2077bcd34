//! Steps on cookies, and on the web without a page.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::{Act, Call, awaits};
use crate::action::{self, Expected, Request};
use crate::policy::{self, Address};
use crate::results::{Cookie, Download, File, Response};
use crate::{Cx, Error};

impl Cx {
    /// Returns the run's cookies.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if the file cannot be written.
    #[track_caller]
    pub fn get_cookies(&self) -> GetCookies<'_> {
        GetCookies { call: Call::new(self, "get cookies"), urls: None, path: None }
    }

    /// Sets cookies: a list of [`Cookie`](crate::results::Cookie)s, or of maps that have `name` and `value`.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if one of them is invalid, or the browser refuses it.
    #[track_caller]
    pub fn set_cookies<'a>(&'a self, cookies: impl Serialize) -> Act<'a> {
        let cookies = crate::value::value(&cookies);
        Call::new(self, "set cookies").act(async move { action::set_cookies(self, cookies?).await })
    }

    /// Sets the cookies of a file that [`path`](GetCookies::path), or an export of another program, has written.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if it has no list of cookies, and as for [`set_cookies`](Self::set_cookies).
    #[track_caller]
    pub fn set_cookies_file<'a>(&'a self, path: &'a str) -> Act<'a> {
        Call::new(self, "set cookies").act(action::set_cookies_file(self, path))
    }

    /// Removes all cookies of the run.
    ///
    /// # Errors
    ///
    /// None of its own.
    #[track_caller]
    pub fn clear_cookies(&self) -> Act<'_> {
        Call::new(self, "clear cookies").act(action::clear_cookies(self))
    }

    /// Sends a request without the browser, and returns the answer, whatever its status.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let answer = cx.http("GET", "https://example.com/a.json").header("accept", "application/json").await?;
    /// println!("{} {}", answer.status, answer.json["title"]);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NavigationFailed`](crate::ErrorKind::NavigationFailed) if the server cannot be reached, or its status is not [expected](Http::expect);
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if it does not answer within 30 seconds.
    #[track_caller]
    pub fn http<'a>(&'a self, method: &'a str, url: &'a str) -> Http<'a> {
        let call = Call::new(self, "http");
        let (headers, expect) = (Vec::new(), Vec::new());
        Http { call, method, url: url.into(), headers, body: Ok(None), expect, timeout: None }
    }

    /// Fetches what each element links to or shows, within 60 seconds.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if an element has no address or cannot be fetched.
    #[track_caller]
    pub fn download_each<'a>(&'a self, selector: &'a str) -> DownloadEach<'a> {
        DownloadEach { call: Call::new(self, "download each"), selector, timeout: None }
    }

    /// Takes what the page's scripts keep in `__webtasks_captures`, a list of `{ name, bytesB64 }`, and writes it into a
    /// folder. What has neither `bytesB64` nor `error` is not done, and stays there.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed), before anything is written, when something is not a capture or has an
    /// `error`.
    #[track_caller]
    pub fn save_page_captures<'a>(&'a self, dir: &'a str, naming: Option<&'a str>) -> Act<'a, Vec<File>> {
        Call::new(self, "save captures").act(action::save_page_captures(self, dir, naming))
    }

    /// Writes captures into a folder, which may be `.`: what [`download_each`](Self::download_each) gives, a
    /// [`Capture`](crate::results::Capture), base64, a `data:` address, or a list of such. What has no name of its own gets
    /// `name`.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed), before anything is written, when something is not a capture.
    #[track_caller]
    pub fn save_captures<'a>(
        &'a self,
        name: &'a str,
        captures: impl Serialize,
        dir: &'a str,
    ) -> SaveCaptures<'a> {
        let (call, captures) = (Call::new(self, "save captures"), crate::value::value(&captures));
        SaveCaptures { call, name, captures, dir, naming: None }
    }
}

/// [`Cx::get_cookies`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct GetCookies<'a> {
    call: Call<'a>,
    urls: Option<&'a [&'a str]>,
    path: Option<&'a str>,
}

impl<'a> GetCookies<'a> {
    /// Only cookies that would be sent to these addresses.
    pub fn urls(mut self, urls: &'a [&'a str]) -> Self {
        self.urls = Some(urls);
        self
    }

    /// Writes them to a file of the [folder of files](crate::Builder::files) too.
    pub fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }
}

awaits!(GetCookies, Vec<Cookie>, |step| action::get_cookies(step.call.cx, step.urls, step.path).await);

/// [`Cx::http`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Http<'a> {
    call: Call<'a>,
    method: &'a str,
    url: Address<'a>,
    headers: Vec<(&'a str, &'a str)>,
    body: Result<Option<Value>, Error>,
    expect: Vec<Expected>,
    timeout: Option<Duration>,
}

impl<'a> Http<'a> {
    /// Adds a header.
    pub fn header(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The URL is a caller's, or a page's: it must [lead to the public web](crate::guide::security), and so must every
    /// redirect, unless the pool [allows more](crate::Pool::allow_private).
    pub fn untrusted(mut self) -> Self {
        self.url = policy::untrusted(self.url.url);
        self
    }

    /// Allows a status from 200 to 299. Every other status is a failure, unless it is allowed too.
    pub fn expect_ok(mut self) -> Self {
        self.expect.push(Expected::Ok);
        self
    }

    /// Allows this status. Every other status is a failure, unless it is allowed too.
    pub fn expect(mut self, status: u16) -> Self {
        self.expect.push(Expected::Code(status));
        self
    }

    /// The request's body: a string is sent as it is, anything else as JSON.
    pub fn body(mut self, body: impl Serialize) -> Self {
        self.body = crate::value::value(&body).map(Some);
        self
    }

    /// How long it may take instead of 30 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(Http, Response, |step| {
    let Http { call, method, url, headers, body, expect, timeout } = step;
    let request = Request { method, url, headers: &headers, body: body?, expect: &expect, timeout };
    action::http(call.cx, request).await
});

/// [`Cx::download_each`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct DownloadEach<'a> {
    call: Call<'a>,
    selector: &'a str,
    timeout: Option<Duration>,
}

impl DownloadEach<'_> {
    /// How long all of it may take instead of 60 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(DownloadEach, Vec<Download>, |step| {
    action::download_each(step.call.cx, step.selector, step.timeout).await
});

/// [`Cx::save_captures`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct SaveCaptures<'a> {
    call: Call<'a>,
    name: &'a str,
    captures: Result<Value, Error>,
    dir: &'a str,
    naming: Option<&'a str>,
}

impl<'a> SaveCaptures<'a> {
    /// The files' names, which may contain `{index}`, `{name}`, `{stem}` and `{ext}`.
    pub fn naming(mut self, pattern: &'a str) -> Self {
        self.naming = Some(pattern);
        self
    }
}

awaits!(SaveCaptures, (), |step| {
    action::save_captures(step.call.cx, step.name, step.captures?, step.dir, step.naming).await
});
