//! Reads the steps that work on cookies and on the web without a page.

use super::super::reader::{Parsed, Reader};
use crate::ast::{Action, DownloadEach, Expected, GetCookies, Http, SaveCaptures, SetCookies, Spanned};

const METHODS: &str = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS";

pub(super) fn get_cookies(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut get = GetCookies { name: reader.free_name("NAME")?, urls: None, path: None };
    reader.options(|reader, option| {
        match option {
            "urls" => get.urls = Some(reader.list("[…]")?),
            _ => get.path = Some(reader.text("\"…\"")?),
        }
        Ok(())
    });
    Ok(Action::GetCookies(get))
}

pub(super) fn set_cookies(reader: &mut Reader<'_>) -> Parsed<Action> {
    if reader.eat_words("file") {
        return Ok(Action::SetCookies(SetCookies::File(reader.text("\"…\"")?)));
    }
    if reader.peek_ident().is_some() {
        return Err(reader.expected("LIST|file \"…\""));
    }
    Ok(Action::SetCookies(SetCookies::Value(reader.value("LIST|file \"…\"")?)))
}

pub(super) fn http(reader: &mut Reader<'_>) -> Parsed<Action> {
    let found = reader.peek_ident().unwrap_or_default();
    let method = match METHODS.split('|').find(|method| method.eq_ignore_ascii_case(&found)) {
        Some(method) => {
            reader.next();
            method
        }
        None => reader.choice("method", METHODS)?,
    };
    let name = reader.free_name("NAME")?;
    reader.expect_words("url")?;
    let url = reader.text("\"…\"")?;
    let mut http = Http { method, name, url, headers: None, body: None, expect: Vec::new(), timeout: None };
    reader.options(|reader, option| {
        match option {
            "headers" => http.headers = Some(reader.map("{…}")?),
            "body" => http.body = Some(reader.value("VALUE")?),
            "expect" => http.expect = expect(reader)?,
            _ => http.timeout = Some(reader.duration("D")?),
        }
        Ok(())
    });
    Ok(Action::Http(http))
}

/// Reads the statuses after `expect`.
pub(super) fn expect(reader: &mut Reader<'_>) -> Parsed<Vec<Spanned<Expected>>> {
    let mut statuses = Vec::new();
    loop {
        let span = reader.here();
        let value = match reader.peek_ident() {
            Some(_) if !reader.new_statement() => match reader.choice("status", "ok|any")? {
                "ok" => Expected::Ok,
                _ => Expected::Any,
            },
            _ => Expected::Code(reader.status("ok|any|CODE, …")?),
        };
        statuses.push(Spanned { value, span });
        if !reader.eat_punct(',') {
            return Ok(statuses);
        }
    }
}

pub(super) fn download_each(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = reader.free_name("NAME")?;
    reader.expect_words("selector")?;
    let mut download = DownloadEach { name, selector: reader.text("\"SEL\"")?, timeout: None };
    reader.options(|reader, _| {
        download.timeout = Some(reader.duration("D")?);
        Ok(())
    });
    Ok(Action::DownloadEach(download))
}

pub(super) fn save_captures(reader: &mut Reader<'_>) -> Parsed<Action> {
    let name = reader.free_name("NAME")?;
    reader.expect_words("dir")?;
    let mut save = SaveCaptures { name, page: false, dir: reader.text("\"…\"")?, naming: None };
    reader.options(|reader, option| {
        match option {
            "from page" => save.page = true,
            _ => save.naming = Some(reader.text("\"…\"")?),
        }
        Ok(())
    });
    Ok(Action::SaveCaptures(save))
}
