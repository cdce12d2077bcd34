//! Steps that hold what may fail, in Rust: again and again, or with other steps in its place.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_program::{Apart, Count, Slot, Time, Tried, Try};

use super::{Flow, One, local, sink};

impl One<'_> {
    /// The list of what a try yields, and how it is kept.
    fn tried(&self, tried: Option<Tried>) -> (Option<TokenStream>, Option<TokenStream>) {
        let rt = self.rt();
        let Some(Tried { list, to }) = tried else { return (None, None) };
        let (list, gathered) = (sink(to), sink(list));
        let gather = quote! { let mut #gathered = #rt::std::vec::Vec::new(); };
        (Some(gather), Some(quote! { #list.extend(#gathered); }))
    }

    pub(super) fn retry(
        &self,
        cx: &TokenStream,
        (times, pause): (&Count, Option<&Time>),
        (body, tried): (&Apart, Option<Tried>),
        binds: &[Slot],
        flow: &Flow,
    ) -> TokenStream {
        let rt = self.rt();
        let times = self.count(times);
        let pause = match pause {
            Some(pause) => self.time(pause),
            None => quote! { #rt::std::time::Duration::ZERO },
        };
        let (gather, keep) = self.tried(tried);
        let steps = self.steps(&body.block, &flow.apart(body.exits));
        let left = body.names.as_ref().map(|names| self.tuple(names));
        let apart = self.apart(body.exits, &steps, left.as_ref());
        let returned = self.returned(flow, body.exits, keep.as_ref());
        let (ended, left, names, error) = (local("ended"), local("retry"), local("names"), local("error"));
        let next = match &body.names {
            Some(_) => quote! { { #keep break #names; } },
            None => quote! { match #names {} },
        };
        let tried = quote! {
            {
                #cx;
                let mut #left = #rt::Retry::new(#times, #pause);
                loop {
                    #gather
                    let #ended = #apart;
                    match #ended {
                        #rt::std::result::Result::Ok(#rt::Flow::Next(#names)) => #next,
                        #returned
                        #rt::std::result::Result::Err(#error) => #left.failed(#error).await?,
                    }
                }
            }
        };
        self.bind_all(binds, &tried)
    }

    pub(super) fn attempt(&self, cx: &TokenStream, attempt: &Try, flow: &Flow) -> TokenStream {
        let rt = self.rt();
        let exits = attempt.body.exits;
        let (gather, keep) = self.tried(attempt.tried);
        let steps = self.steps(&attempt.body.block, &flow.apart(exits));
        let left = attempt.body.names.as_ref().map(|names| self.tuple(names));
        let apart = self.apart(exits, &steps, left.as_ref());
        let returned = self.returned(flow, exits, keep.as_ref());
        let (ended, error, tried) = (local("ended"), local("error"), local("names"));
        let next = match &left {
            Some(left) => {
                let given = self.leaves(attempt.leaves.as_deref());
                quote! { { let #left = #tried; #keep #given } }
            }
            None => quote! { match #tried {} },
        };
        let here = self.cx();
        let caught = quote! { #rt::caught(#here, #error)? };
        let bound = match attempt.error {
            Some(slot) => {
                let name = self.slot(slot);
                quote! { let #name: #rt::results::Failure = #caught; }
            }
            None => quote! { #caught; },
        };
        let other = self.way(&attempt.otherwise, flow);
        let tried = quote! {
            {
                #cx;
                #gather
                let #ended = #apart;
                match #ended {
                    #rt::std::result::Result::Ok(#rt::Flow::Next(#tried)) => #next,
                    #returned
                    #rt::std::result::Result::Err(#error) => { #bound #other }
                }
            }
        };
        self.bind_all(&attempt.binds, &tried)
    }
}
