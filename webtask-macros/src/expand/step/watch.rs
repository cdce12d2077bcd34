//! Steps that watch a page while others run, in Rust: the block beside the watch, then the names of both.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_program::{Count, Entries, Record, Step, Text, Watch};

use super::capture::given;
use super::{Flow, One, local, variant};

impl One<'_> {
    pub(super) fn console(&self, step: &Step, cx: &TokenStream, watch: &Watch, flow: &Flow) -> TokenStream {
        let seen = local("seen");
        self.watched(step, ("console", cx), watch, &quote! { #seen }, flow)
    }

    pub(super) fn download(
        &self,
        step: &Step,
        arguments: &TokenStream,
        watch: &Watch,
        flow: &Flow,
    ) -> TokenStream {
        let seen = local("seen");
        self.watched(step, ("download", arguments), watch, &quote! { #seen }, flow)
    }

    pub(super) fn network(
        &self,
        step: &Step,
        cx: &TokenStream,
        path: Option<&Text>,
        (bodies, max, url, gives): (bool, Option<&Count>, Option<&Text>, Entries),
        watch: &Watch,
        flow: &Flow,
    ) -> TokenStream {
        let rt = self.rt();
        let path = self.optional_text(path);
        let (max, url) = (self.optional_count(max), self.optional_text(url));
        let spec = quote! { &#rt::Network { bodies: #bodies, max: #max, url: #url } };
        let seen = local("seen");
        let value = match gives {
            Entries::List => quote! { #seen.entries()? },
            Entries::File => quote! { #seen.capture() },
            Entries::Base64 => quote! { #seen.base64() },
        };
        self.watched(step, ("capture_network", &quote! { #cx, #path, #spec }), watch, &value, flow)
    }

    pub(super) fn film(&self, step: &Step, cx: &TokenStream, film: &Record, flow: &Flow) -> TokenStream {
        let rt = self.rt();
        let path = self.optional_text(film.path.as_ref());
        let name = self.optional(film.name.as_ref(), |name| quote! { #name });
        let format = variant(film.format);
        let (fps, frames) =
            (self.optional_count(film.fps.as_ref()), self.optional_count(film.frames.as_ref()));
        let time = self.optional_time(film.time.as_ref());
        let spec = quote! {
            &#rt::Film { name: #name, format: #rt::FilmFormat::#format, fps: #fps, frames: #frames, time: #time }
        };
        let (seen, given) = (local("seen"), given(film.path.is_some()));
        let (function, arguments) = match &film.quality {
            Some(quality) => {
                let quality = self.count(quality);
                ("record_at", quote! { #cx, #path, #spec, #quality })
            }
            None => ("record", quote! { #cx, #path, #spec }),
        };
        self.watched(step, (function, &arguments), &film.watch, &quote! { #seen.#given() }, flow)
    }

    /// A watch beside a block: the function's name with its first arguments, the block, and the watch's value.
    fn watched(
        &self,
        step: &Step,
        (function, arguments): (&str, &TokenStream),
        watch: &Watch,
        value: &TokenStream,
        flow: &Flow,
    ) -> TokenStream {
        let rt = self.rt();
        let exits = watch.body.exits;
        let steps = self.steps(&watch.body.block, &flow.apart(exits));
        let left = watch.body.names.as_ref().map(|names| self.tuple(names));
        let block = self.block(exits, &steps, left.as_ref());
        let returned = self.returned(flow, exits, None);
        let (ended, seen, kept, error) = (local("ended"), local("seen"), local("names"), local("error"));
        let value = watch.own.map(|_| quote! { #value, });
        let binds: Vec<_> = watch.own.iter().chain(&watch.binds).copied().collect();
        let names = watch.body.names.iter().flatten().map(|slot| self.slot(*slot));
        // A `()` at a block's end is what clippy would remove.
        let given = (!binds.is_empty()).then(|| quote! { (#value #(#names,)*) });
        let next = match &left {
            Some(left) => quote! { { let #left = #kept; #given } },
            None => quote! { match #kept {} },
        };
        let unused = value.is_none().then(|| quote! { let _ = #seen; });
        let called = self.function_at(step, function);
        let watched = quote! {
            {
                let (#ended, #seen) = #rt::#called(#arguments, #block).await?;
                #unused
                match #ended {
                    #rt::std::result::Result::Ok(#rt::Flow::Next(#kept)) => #next,
                    #returned
                    #rt::std::result::Result::Err(#error) => return #rt::std::result::Result::Err(#error),
                }
            }
        };
        self.bind_all(&binds, &watched)
    }
}
