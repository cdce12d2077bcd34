//! Steps that watch a page while others run, in Rust: the block beside the watch, then the names of both.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use webtask_grammar::ast::{Block, Console, Download, Film, Name, Network, Record, Step};
use webtask_grammar::resolve::Info;

use super::capture::given;
use super::{Exits, Flow, Steps, local};

impl Steps<'_> {
    pub(super) fn console(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        console: &Console,
        flow: &Flow,
    ) -> TokenStream {
        let seen = local("seen");
        let name = Some(&console.name);
        self.watched(step, info, ("console", &quote! { #cx }), &console.body, (name, &quote! { #seen }), flow)
    }

    pub(super) fn download(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        download: &Download,
        flow: &Flow,
    ) -> TokenStream {
        let path = self.one.optional_text(info, download.path.as_ref());
        let timeout = self.one.optional_time(info, download.timeout.as_ref());
        let (seen, call) = (local("seen"), ("download", &quote! { #cx, #path, #timeout }));
        self.watched(step, info, call, &download.body, (Some(&download.name), &quote! { #seen }), flow)
    }

    pub(super) fn network(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        network: &Network,
        flow: &Flow,
    ) -> TokenStream {
        let rt = self.one.rt();
        let path = self.one.optional_text(info, network.kept.path.as_ref());
        let (bodies, max) = (network.bodies, self.one.optional_count(info, network.max.as_ref()));
        let url = self.one.optional_text(info, network.url.as_ref());
        let spec = quote! { &#rt::Network { bodies: #bodies, max: #max, url: #url } };
        let (seen, given) = (local("seen"), given(&network.kept));
        let value = match network.list {
            true => quote! { #seen.entries()? },
            false => quote! { #seen.#given() },
        };
        let value = (network.kept.name.as_ref(), &value);
        let call = ("capture_network", &quote! { #cx, #path, #spec });
        self.watched(step, info, call, &network.body, value, flow)
    }

    pub(super) fn record(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        record: &Record,
        flow: &Flow,
    ) -> TokenStream {
        let rt = self.one.rt();
        let path = match record.kept.name {
            // A file of its own in that folder.
            None if record.kept.path.is_none() => quote! { #rt::std::option::Option::Some("recordings/") },
            _ => self.one.optional_text(info, record.kept.path.as_ref()),
        };
        let name = match &record.kept.name {
            Some(name) if name.text != "_" => {
                let name = &name.text;
                quote! { #rt::std::option::Option::Some(#name) }
            }
            _ => quote! { #rt::std::option::Option::None },
        };
        let format = match record.format {
            Film::Gif => quote! { Gif },
            Film::Mp4 => quote! { Mp4 },
            Film::Webm => quote! { Webm },
        };
        let (fps, frames) = (
            self.one.optional_count(info, record.fps.as_ref()),
            self.one.optional_count(info, record.frames.as_ref()),
        );
        let time = self.one.optional_time(info, record.time.as_ref());
        let spec = quote! {
            &#rt::Film { name: #name, format: #rt::FilmFormat::#format, fps: #fps, frames: #frames, time: #time }
        };
        let (seen, given) = (local("seen"), given(&record.kept));
        let value = (record.kept.name.as_ref(), &quote! { #seen.#given() });
        let (function, arguments) = match &record.quality {
            Some(quality) => {
                let quality = self.one.count(info, quality);
                ("record_at", quote! { #cx, #path, #spec, #quality })
            }
            None => ("record", quote! { #cx, #path, #spec }),
        };
        let call = (function, &arguments);
        self.watched(step, info, call, &record.body, value, flow)
    }

    /// A watch beside a block: the function's name with its first arguments, the block, the watch's name with its value.
    fn watched(
        &self,
        step: &Step,
        info: &Info,
        (function, arguments): (&str, &TokenStream),
        body: &Block,
        (name, value): (Option<&Name>, &TokenStream),
        flow: &Flow,
    ) -> TokenStream {
        let rt = self.one.rt();
        let exits = Exits { returns: info.returns, turns: body.exits() };
        let inner = flow.apart(exits);
        let steps = self.block(body, &inner);
        let own = name.filter(|name| info.binds.first().is_some_and(|bound| bound.name == **name));
        let names: Vec<_> =
            info.binds.iter().skip(usize::from(own.is_some())).map(|bound| bound.name.ident()).collect();
        let falls = info.blocks.iter().all(|block| block.falls);
        let left = quote! { (#(#names,)*) };
        let block = self.one.block(exits, &steps, falls.then_some(&left));
        let returned = self.one.returned(flow, exits, None);
        let (ended, seen, kept, error) = (local("ended"), local("seen"), local("names"), local("error"));
        let value = own.map(|_| quote! { #value, });
        // A `()` at a block's end is what clippy would remove.
        let given = (!info.binds.is_empty()).then(|| quote! { (#value #(#names,)*) });
        let next = if falls {
            quote! { { let #left = #kept; #given } }
        } else {
            quote! { match #kept {} }
        };
        let unused = value.is_none().then(|| quote! { let _ = #seen; });
        let called = Ident::new(function, step.span);
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
        self.bind_all(&info.binds, &watched)
    }
}
