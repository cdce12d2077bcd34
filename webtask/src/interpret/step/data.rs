//! Steps about files, cookies and requests.

use serde_json::Value;
use webtask_program::{Http, Line, Op};

use super::{Ended, Frame};
use crate::action::{self, Request};
use crate::cx::{Cx, Thrown};
use crate::{Error, value};

impl Frame<'_> {
    /// Runs a step about files, cookies or requests.
    pub(super) async fn data(&mut self, cx: &Cx, op: &Op) -> Result<Ended, Thrown> {
        match op {
            Op::ReadFile { path, optional: true, into } => {
                let text = action::read_file_optional(cx, &self.text(path)?).await?;
                self.keep_in(*into, text.map(Value::from));
            }
            Op::ReadFile { path, optional: false, into } => {
                let text = action::read_file(cx, &self.text(path)?).await?;
                self.keep_in(*into, Some(Value::from(text)));
            }
            Op::WriteFiles { root, files, into } => {
                let (root, files) = (self.text(root)?, self.json(files)?);
                let written = action::write_files(cx, &root, files).await?;
                self.keep_in(*into, Some(value::plain(&written)));
            }
            Op::SaveHtml { selector, path } => {
                let (selector, path) = (self.texts(selector.as_ref())?, self.text(path)?);
                action::save_html(cx, selector.as_deref(), &path).await?;
            }
            Op::Export { format, data, columns, path, into } => {
                let data = self.json(data)?;
                let columns = columns.as_ref().map(|columns| self.list(columns)).transpose()?;
                let path = self.texts(path.as_ref())?;
                let text = action::export(cx, *format, data, columns.as_deref(), path.as_deref()).await?;
                self.keep_in(*into, Some(Value::from(text)));
            }
            Op::GetCookies { urls, path, into } => {
                let lines = urls.as_ref().map(|urls| urls.iter().map(|url| self.line(url)).collect());
                let lines: Option<Vec<_>> = lines.transpose()?;
                let urls: Option<Vec<_>> =
                    lines.as_ref().map(|urls| urls.iter().map(AsRef::as_ref).collect());
                let path = self.texts(path.as_ref())?;
                let cookies = action::get_cookies(cx, urls.as_deref(), path.as_deref()).await?;
                self.keep_in(*into, Some(value::plain(&cookies)));
            }
            Op::SetCookies { cookies } => action::set_cookies(cx, self.json(cookies)?).await?,
            Op::SetCookiesFile { path } => action::set_cookies_file(cx, &self.text(path)?).await?,
            Op::ClearCookies => action::clear_cookies(cx).await?,
            Op::Http(http) => self.http(cx, http).await?,
            Op::DownloadEach { selector, timeout, into } => {
                let (selector, timeout) = (self.text(selector)?, self.times(timeout.as_ref())?);
                let files = action::download_each(cx, &selector, timeout).await?;
                self.keep_in(*into, Some(value::plain(&files)));
            }
            Op::SaveCaptures { name, captures, dir, naming } => {
                let (dir, naming) = (self.text(dir)?, self.texts(naming.as_ref())?);
                let captures = self.json(captures)?;
                action::save_captures(cx, name, captures, &dir, naming.as_deref()).await?;
            }
            Op::SavePageCaptures { dir, naming, into } => {
                let (dir, naming) = (self.text(dir)?, self.texts(naming.as_ref())?);
                let files = action::save_page_captures(cx, &dir, naming.as_deref()).await?;
                self.keep_in(*into, Some(value::plain(&files)));
            }
            other => unreachable!("{other:?} is not about data"),
        }
        Ok(Ended::Next)
    }

    async fn http(&mut self, cx: &Cx, http: &Http) -> Result<(), Error> {
        let text = self.text(&http.url.text)?;
        let line = |(name, value): &'_ (String, Line)| Ok((name.clone(), self.line(value)?.into_owned()));
        let lines = http.headers.iter().map(line).collect::<Result<Vec<_>, Error>>()?;
        let headers: Vec<_> = lines.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let request = Request {
            method: &http.method,
            url: self.address(&http.url, &text),
            headers: &headers,
            body: http.body.as_ref().map(|body| self.json(body)).transpose()?,
            expect: &http.expect,
            timeout: self.times(http.timeout.as_ref())?,
        };
        let answer = action::http(cx, request).await?;
        self.keep_in(http.into, Some(value::plain(&answer)));
        Ok(())
    }
}
