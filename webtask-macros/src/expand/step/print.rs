//! Steps that print, and the one that changes the device, in Rust.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_grammar::ast::{Emulate, Html, HtmlToPdf, Paper, Pdf, Print, Scheme, Step};
use webtask_grammar::resolve::Info;

use super::Steps;

impl Steps<'_> {
    pub(super) fn pdf(&self, step: &Step, info: &Info, cx: &TokenStream, pdf: &Pdf) -> TokenStream {
        let print = self.print(info, &pdf.print);
        self.kept(step, info, "pdf", cx, &pdf.kept, &quote! { &#print })
    }

    pub(super) fn html_to_pdf(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        html: &HtmlToPdf,
    ) -> TokenStream {
        let rt = self.one.rt();
        let source = match &html.source {
            Some(Html::Content(text)) => {
                let text = self.one.text(info, text);
                quote! { #rt::Html::Content(#text) }
            }
            Some(Html::File(path)) => {
                let path = self.one.text(info, path);
                quote! { #rt::Html::File(#path) }
            }
            None => return TokenStream::new(),
        };
        let css = html.css.as_ref().map_or("", |css| css.value.as_str());
        let print = self.print(info, &html.print);
        self.kept(step, info, "html_to_pdf", cx, &html.kept, &quote! { #source, #css, &#print })
    }

    fn print(&self, info: &Info, print: &Print) -> TokenStream {
        let rt = self.one.rt();
        let mut says = Vec::new();
        match print.format {
            Paper::A4 => {}
            Paper::A3 => says.push(quote! { paper: #rt::Paper::A3 }),
            Paper::Letter => says.push(quote! { paper: #rt::Paper::Letter }),
            Paper::Legal => says.push(quote! { paper: #rt::Paper::Legal }),
        }
        if print.landscape {
            says.push(quote! { landscape: true });
        }
        if print.plain {
            says.push(quote! { background: false });
        }
        if let Some(scale) = &print.scale {
            let scale = self.one.decimal(info, scale);
            says.push(quote! { scale: #scale });
        }
        if let Some(pages) = &print.pages {
            let pages = &pages.value;
            says.push(quote! { pages: #pages });
        }
        if let Some(margins) = print.margins() {
            says.push(quote! { margins: #rt::std::option::Option::Some([#(#margins),*]) });
        }
        for (name, html) in [("header", &print.header), ("footer", &print.footer)] {
            if let Some(html) = html {
                let name = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
                let html = self.one.text(info, html);
                says.push(quote! { #name: #rt::std::option::Option::Some(#html) });
            }
        }
        if says.is_empty() {
            quote! { #rt::Print::NEW }
        } else {
            quote! { #rt::Print { #(#says,)* ..#rt::Print::NEW } }
        }
    }

    pub(super) fn emulate(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        emulate: &Emulate,
    ) -> TokenStream {
        let rt = self.one.rt();
        let some = |value: TokenStream| quote! { #rt::std::option::Option::Some(#value) };
        let mut says = Vec::new();
        if emulate.reset {
            says.push(quote! { reset: true });
        }
        if let Some(scheme) = emulate.scheme {
            let dark = some(if scheme == Scheme::Dark {
                quote! { true }
            } else {
                quote! { false }
            });
            says.push(quote! { dark: #dark });
        }
        if let Some((width, height)) = &emulate.size {
            let (width, height) = (self.one.count(info, width), self.one.count(info, height));
            let size = some(quote! { (#width, #height) });
            says.push(quote! { size: #size });
        }
        if let Some(scale) = &emulate.scale {
            let scale = some(self.one.decimal(info, scale));
            says.push(quote! { scale: #scale });
        }
        if emulate.mobile {
            says.push(quote! { mobile: true });
        }
        let texts = [("locale", &emulate.locale), ("timezone", &emulate.timezone), ("agent", &emulate.agent)];
        for (name, text) in texts {
            if let Some(text) = text {
                let name = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
                let text = some(self.one.text(info, text));
                says.push(quote! { #name: #text });
            }
        }
        self.act(step, "emulate", &quote! { #cx, &#rt::Emulate { #(#says,)* ..#rt::Emulate::NEW } })
    }
}
