//! The steps that work on cookies and on the web without a page.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_program::{Expected, Http, Line, Slot, Step, Text};

use super::One;

impl One<'_> {
    pub(super) fn get_cookies(
        &self,
        step: &Step,
        cx: &TokenStream,
        urls: Option<&[Line]>,
        path: Option<&Text>,
        into: Option<Slot>,
    ) -> TokenStream {
        let urls = self.optional(urls.as_ref(), |urls| {
            let urls = urls.iter().map(|url| self.line(url));
            quote! { &[#(#urls),*] }
        });
        let path = self.optional_text(path);
        self.give(into, &self.call_of(step, "get_cookies", &quote! { #cx, #urls, #path }))
    }

    pub(super) fn http(&self, step: &Step, cx: &TokenStream, http: &Http) -> TokenStream {
        let rt = self.rt();
        let (method, url) = (&http.method, self.url(&http.url));
        let headers = http.headers.iter().map(|(name, value)| {
            let value = self.line(value);
            quote! { (#name, #value) }
        });
        let body = self.optional(http.body.as_ref(), |body| self.expr(body));
        let expect = self.expect(&http.expect);
        let timeout = self.optional_time(http.timeout.as_ref());
        let request = quote! {
            #rt::Request { method: #method, url: #rt::Address::from(#url), headers: &[#(#headers),*], body: #body, expect: #expect, timeout: #timeout }
        };
        self.give(http.into, &self.call_of(step, "http", &quote! { #cx, #request }))
    }

    /// The statuses that are not failures.
    pub(super) fn expect(&self, statuses: &[Expected]) -> TokenStream {
        let rt = self.rt();
        let statuses = statuses.iter().map(|status| match status {
            Expected::Ok => quote! { #rt::Expected::Ok },
            Expected::Any => quote! { #rt::Expected::Any },
            Expected::Code(code) => quote! { #rt::Expected::Code(#code) },
        });
        quote! { &[#(#statuses),*] }
    }

    /// A value as a text within its place, as `&str`.
    fn line(&self, line: &Line) -> TokenStream {
        let rt = self.rt();
        match line {
            Line::Text(text) => self.text(text),
            Line::Json(value) => {
                let value = self.expr(value);
                quote! { &#rt::shown_text(#value) }
            }
        }
    }
}
