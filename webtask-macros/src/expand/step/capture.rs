//! Steps that capture and print, and the one that changes the device, in Rust.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use webtask_program::{Count, Emulate, Html, Image, Kept, Paper, Print, Scheme, Step, Text};

use super::{One, variant};

impl One<'_> {
    pub(super) fn screenshot(
        &self,
        step: &Step,
        cx: &TokenStream,
        kept: &Kept,
        (selector, full, format, quality): (Option<&Text>, bool, Image, Option<&Count>),
    ) -> TokenStream {
        let rt = self.rt();
        let (selector, format) = (self.optional_text(selector), variant(format));
        let quality = self.optional_count(quality);
        let spec = quote! {
            &#rt::Shot { selector: #selector, full: #full, format: #rt::Image::#format, quality: #quality }
        };
        self.kept(step, "screenshot", cx, kept, &spec)
    }

    /// The call of a capturing step, with its name bound to what it gives.
    pub(super) fn kept(
        &self,
        step: &Step,
        function: &str,
        cx: &TokenStream,
        kept: &Kept,
        spec: &TokenStream,
    ) -> TokenStream {
        let path = self.optional_text(kept.path.as_ref());
        let call = self.call_of(step, function, &quote! { #cx, #path, #spec });
        match kept.into {
            Some(slot) => {
                let given = given(kept.path.is_some());
                self.bind(slot, &quote! { #call.#given() })
            }
            None => quote! { #call; },
        }
    }

    pub(super) fn html(&self, html: &Html) -> TokenStream {
        let rt = self.rt();
        match html {
            Html::Content(text) => {
                let text = self.text(text);
                quote! { #rt::Html::Content(#text) }
            }
            Html::File(path) => {
                let path = self.text(path);
                quote! { #rt::Html::File(#path) }
            }
        }
    }

    pub(super) fn print(&self, print: &Print) -> TokenStream {
        let rt = self.rt();
        let mut says = Vec::new();
        if print.paper != Paper::A4 {
            let paper = variant(print.paper);
            says.push(quote! { paper: #rt::Paper::#paper });
        }
        if print.landscape {
            says.push(quote! { landscape: true });
        }
        if print.plain {
            says.push(quote! { background: false });
        }
        if let Some(scale) = &print.scale {
            let scale = self.decimal(scale);
            says.push(quote! { scale: #scale });
        }
        if let Some(pages) = &print.pages {
            says.push(quote! { pages: #pages });
        }
        if let Some(margins) = print.margins {
            says.push(quote! { margins: #rt::std::option::Option::Some([#(#margins),*]) });
        }
        for (name, html) in [("header", &print.header), ("footer", &print.footer)] {
            if let Some(html) = html {
                let (name, html) = (format_ident!("{name}"), self.text(html));
                says.push(quote! { #name: #rt::std::option::Option::Some(#html) });
            }
        }
        if says.is_empty() {
            quote! { #rt::Print::NEW }
        } else {
            quote! { #rt::Print { #(#says,)* ..#rt::Print::NEW } }
        }
    }

    pub(super) fn emulate(&self, step: &Step, cx: &TokenStream, emulate: &Emulate) -> TokenStream {
        let rt = self.rt();
        let some = |value: TokenStream| quote! { #rt::std::option::Option::Some(#value) };
        let mut says = Vec::new();
        if emulate.reset {
            says.push(quote! { reset: true });
        }
        if let Some(scheme) = emulate.scheme {
            let dark = scheme == Scheme::Dark;
            let dark = some(quote! { #dark });
            says.push(quote! { dark: #dark });
        }
        if let Some((width, height)) = &emulate.size {
            let (width, height) = (self.count(width), self.count(height));
            let size = some(quote! { (#width, #height) });
            says.push(quote! { size: #size });
        }
        if let Some(scale) = &emulate.scale {
            let scale = some(self.decimal(scale));
            says.push(quote! { scale: #scale });
        }
        if emulate.mobile {
            says.push(quote! { mobile: true });
        }
        let texts = [("locale", &emulate.locale), ("timezone", &emulate.timezone), ("agent", &emulate.agent)];
        for (name, text) in texts {
            if let Some(text) = text {
                let (name, text) = (format_ident!("{name}"), some(self.text(text)));
                says.push(quote! { #name: #text });
            }
        }
        self.act(step, "emulate", &quote! { #cx, &#rt::Emulate { #(#says,)* ..#rt::Emulate::NEW } })
    }
}

/// How what was captured becomes the value of its name.
pub(super) fn given(file: bool) -> TokenStream {
    match file {
        true => quote! { capture },
        false => quote! { base64 },
    }
}
