//! Steps that capture, in Rust: what is captured, and where it goes.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_grammar::ast::{Image, Kept, Screenshot, Step};
use webtask_grammar::resolve::Info;

use super::Steps;

impl Steps<'_> {
    pub(super) fn screenshot(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        shot: &Screenshot,
    ) -> TokenStream {
        let rt = self.one.rt();
        let selector = self.one.optional_text(info, shot.selector.as_ref());
        let full = shot.full;
        let format = match shot.format {
            Image::Png => quote! { Png },
            Image::Jpeg => quote! { Jpeg },
            Image::Webp => quote! { Webp },
        };
        let quality = self.one.optional_count(info, shot.quality.as_ref());
        let spec = quote! {
            &#rt::Shot { selector: #selector, full: #full, format: #rt::Image::#format, quality: #quality }
        };
        self.kept(step, info, "screenshot", cx, &shot.kept, &spec)
    }

    /// The call of a capturing step, with its name bound to what it gives.
    pub(super) fn kept(
        &self,
        step: &Step,
        info: &Info,
        function: &str,
        cx: &TokenStream,
        kept: &Kept,
        spec: &TokenStream,
    ) -> TokenStream {
        let path = self.one.optional_text(info, kept.path.as_ref());
        let call = self.call_of(step, function, &quote! { #cx, #path, #spec });
        match info.binds.first() {
            Some(bound) => {
                let given = given(kept);
                self.bind(bound, &quote! { #call.#given() })
            }
            None => quote! { #call; },
        }
    }
}

/// How what was captured becomes the value of its name.
pub(super) fn given(kept: &Kept) -> TokenStream {
    match kept.path {
        Some(_) => quote! { capture },
        None => quote! { base64 },
    }
}
