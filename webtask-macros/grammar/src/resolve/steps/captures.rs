//! Steps that capture: what the name of one is.

use crate::ast::{Emulate, Html, HtmlToPdf, Kept, Pdf, Print, Screenshot};

use super::Walk;
use crate::resolve::scope::By;
use crate::resolve::ty::{Given, Ty};

impl<'t> Walk<'_, 't> {
    pub(super) fn screenshot(&mut self, index: usize, shot: &'t Screenshot) {
        self.texts(shot.selector.as_ref());
        self.count(shot.quality.as_ref());
        self.kept(index, &shot.kept);
    }

    pub(super) fn pdf(&mut self, index: usize, pdf: &'t Pdf) {
        self.print(&pdf.print);
        self.kept(index, &pdf.kept);
    }

    pub(super) fn html_to_pdf(&mut self, index: usize, html: &'t HtmlToPdf) {
        if let Some(Html::Content(text) | Html::File(text)) = &html.source {
            self.text(text);
        }
        self.print(&html.print);
        self.kept(index, &html.kept);
    }

    fn print(&mut self, print: &'t Print) {
        self.number(print.scale.as_ref());
        self.texts(print.header.as_ref());
        self.texts(print.footer.as_ref());
    }

    pub(super) fn emulate(&mut self, emulate: &'t Emulate) {
        self.browser();
        if let Some((width, height)) = &emulate.size {
            self.count(Some(width));
            self.count(Some(height));
        }
        self.number(emulate.scale.as_ref());
        for text in [&emulate.locale, &emulate.timezone, &emulate.agent] {
            self.texts(text.as_ref());
        }
    }

    /// Binds the name of what is captured in the run's window.
    pub(super) fn kept(&mut self, index: usize, kept: &'t Kept) {
        self.browser();
        self.texts(kept.path.as_ref());
        if let Some(name) = &kept.name {
            let ty = if kept.path.is_some() { Ty::Given(Given::Capture) } else { Ty::String };
            self.bind(index, name, ty, By::Step);
        }
    }
}
