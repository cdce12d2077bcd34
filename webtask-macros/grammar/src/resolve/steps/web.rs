//! The steps that work on cookies and on the web without a page.

use crate::ast::{GetCookies, Http, SetCookies};

use super::Walk;
use crate::resolve::scope::By;
use crate::resolve::ty::{Given, Ty};

impl<'t> Walk<'_, 't> {
    pub(super) fn get_cookies(&mut self, index: usize, get: &'t GetCookies) {
        self.browser();
        for url in get.urls.iter().flatten() {
            self.value(url);
        }
        self.texts(get.path.as_ref());
        self.bind(index, &get.name, Ty::List(Box::new(Ty::Given(Given::Cookie))), By::Step);
    }

    pub(super) fn set_cookies(&mut self, set: &'t SetCookies) {
        self.browser();
        match set {
            SetCookies::Value(cookies) => {
                self.value_or_secret(cookies);
            }
            SetCookies::File(path) => self.text(path),
        }
    }

    pub(super) fn http(&mut self, index: usize, http: &'t Http) {
        self.url(&http.url);
        for header in http.headers.iter().flat_map(|headers| &headers.value) {
            self.value_or_secret(&header.value);
        }
        if let Some(body) = &http.body {
            self.value_or_secret(body);
        }
        self.time(http.timeout.as_ref());
        self.bind(index, &http.name, Ty::Given(Given::Response), By::Step);
    }
}
