//! The steps that work on cookies and on the web without a page.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_grammar::ast::{
    DownloadEach, Expected, GetCookies, Http, SaveCaptures, SetCookies, Spanned, Step, Text, Value,
};
use webtask_grammar::resolve::Info;

use super::Steps;

impl Steps<'_> {
    pub(super) fn get_cookies(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        get: &GetCookies,
    ) -> TokenStream {
        let rt = self.one.rt();
        let urls = match &get.urls {
            Some(urls) => {
                let urls = urls.iter().map(|url| self.line(info, url));
                quote! { #rt::std::option::Option::Some(&[#(#urls),*]) }
            }
            None => quote! { #rt::std::option::Option::None },
        };
        let path = self.one.optional_text(info, get.path.as_ref());
        self.give(info, &self.call_of(step, "get_cookies", &quote! { #cx, #urls, #path }))
    }

    pub(super) fn set_cookies(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        set: &SetCookies,
    ) -> TokenStream {
        match set {
            SetCookies::Value(cookies) => {
                let cookies = self.one.json(info, cookies);
                self.act(step, "set_cookies", &quote! { #cx, #cookies })
            }
            SetCookies::File(path) => {
                let path = self.one.text(info, path);
                self.act(step, "set_cookies_file", &quote! { #cx, #path })
            }
        }
    }

    pub(super) fn http(&self, step: &Step, info: &Info, cx: &TokenStream, http: &Http) -> TokenStream {
        let rt = self.one.rt();
        let (method, url) = (http.method, self.one.url(info, &http.url));
        let headers = http.headers.iter().flat_map(|headers| &headers.value).map(|entry| {
            let (name, value) = (&entry.key.value, self.line(info, &entry.value));
            quote! { (#name, #value) }
        });
        let body = match &http.body {
            Some(body) => {
                let body = self.one.json(info, body);
                quote! { #rt::std::option::Option::Some(#body) }
            }
            None => quote! { #rt::std::option::Option::None },
        };
        let expect = self.expect(&http.expect);
        let timeout = self.one.optional_time(info, http.timeout.as_ref());
        let request = quote! {
            #rt::Request { method: #method, url: #rt::Address::from(#url), headers: &[#(#headers),*], body: #body, expect: #expect, timeout: #timeout }
        };
        self.give(info, &self.call_of(step, "http", &quote! { #cx, #request }))
    }

    /// The statuses that are no failure.
    pub(super) fn expect(&self, statuses: &[Spanned<Expected>]) -> TokenStream {
        let rt = self.one.rt();
        let statuses = statuses.iter().map(|status| match status.value {
            Expected::Ok => quote! { #rt::Expected::Ok },
            Expected::Any => quote! { #rt::Expected::Any },
            Expected::Code(code) => quote! { #rt::Expected::Code(#code) },
        });
        quote! { &[#(#statuses),*] }
    }

    pub(super) fn download_each(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        download: &DownloadEach,
    ) -> TokenStream {
        let selector = self.one.text(info, &download.selector);
        let timeout = self.one.optional_time(info, download.timeout.as_ref());
        self.give(info, &self.call_of(step, "download_each", &quote! { #cx, #selector, #timeout }))
    }

    pub(super) fn save_captures(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        save: &SaveCaptures,
    ) -> TokenStream {
        let dir = self.one.text(info, &save.dir);
        let naming = self.one.optional_text(info, save.naming.as_ref());
        if save.page {
            return self
                .give(info, &self.call_of(step, "save_page_captures", &quote! { #cx, #dir, #naming }));
        }
        let (name, captures) = (&save.name.text, self.one.json(info, &save.captures()));
        self.act(step, "save_captures", &quote! { #cx, #name, #captures, #dir, #naming })
    }

    /// A value as a text within its place, as `&str`: a string as it is, anything else as JSON.
    fn line(&self, info: &Info, value: &Value) -> TokenStream {
        let rt = self.one.rt();
        match value {
            Value::Text(template) => self.one.text(info, &Text::Template(template.clone())),
            other => {
                let value = self.one.json(info, other);
                quote! { &#rt::shown_text(#value) }
            }
        }
    }
}
