//! Steps that hold what may fail, in Rust: again and again, or with other steps in its place.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_grammar::ast::{Block, Retry, Try};
use webtask_grammar::resolve::Info;

use super::{Exits, Flow, Sink, Steps, local};

/// What is around the steps of a try: what it yields is kept only when it does not fail.
struct Tried {
    gather: Option<TokenStream>,
    keep: Option<TokenStream>,
    inner: Flow,
}

impl Steps<'_> {
    fn tried(&self, body: &Block, exits: Exits, flow: &Flow) -> Tried {
        let rt = self.one.rt();
        let mut inner = flow.apart(exits);
        let Some(sink) = flow.sink.as_ref().filter(|_| body.yields()) else {
            return Tried { gather: None, keep: None, inner };
        };
        let (list, gathered) = (&sink.list, local(&format!("tried_{}", self.next.get())));
        let gather = Some(quote! { let mut #gathered = #rt::std::vec::Vec::new(); });
        let keep = Some(quote! { #list.extend(#gathered); });
        inner.sink = Some(Sink { list: gathered, ..sink.clone() });
        Tried { gather, keep, inner }
    }

    pub(super) fn retry(&self, info: &Info, cx: &TokenStream, retry: &Retry, flow: &Flow) -> TokenStream {
        let rt = self.one.rt();
        let times = self.one.count(info, &retry.times);
        let pause = match &retry.pause {
            Some(pause) => self.one.time(info, pause),
            None => quote! { #rt::std::time::Duration::ZERO },
        };
        let exits = Exits { returns: info.returns, turns: retry.body.exits() };
        let Tried { gather, keep, inner } = self.tried(&retry.body, exits, flow);
        let steps = self.block(&retry.body, &inner);
        let names = info.binds.iter().map(|bound| bound.name.ident());
        let left = quote! { (#(#names,)*) };
        let falls = info.blocks.iter().all(|block| block.falls);
        let apart = self.one.apart(exits, &steps, falls.then_some(&left));
        let returned = self.one.returned(flow, exits, keep.as_ref());
        let (ended, left) = (local("ended"), local("retry"));
        let (names, error) = (local("names"), local("error"));
        let next = if falls {
            quote! { { #keep break #names; } }
        } else {
            quote! { match #names {} }
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
        self.bind_all(&info.binds, &tried)
    }

    pub(super) fn attempt(&self, info: &Info, cx: &TokenStream, attempt: &Try, flow: &Flow) -> TokenStream {
        let rt = self.one.rt();
        let exits = Exits { returns: info.blocks[0].returns, turns: attempt.body.exits() };
        let Tried { gather, keep, inner } = self.tried(&attempt.body, exits, flow);
        let steps = self.block(&attempt.body, &inner);
        let end = &info.blocks[0];
        let bound =
            info.binds.iter().filter_map(|after| end.binds.iter().find(|bound| bound.name == after.name));
        let names: Vec<_> = bound.map(|bound| bound.name.ident()).collect();
        let left = quote! { (#(#names,)*) };
        let apart = self.one.apart(exits, &steps, end.falls.then_some(&left));
        let returned = self.one.returned(flow, exits, keep.as_ref());
        let (ended, error, tried) = (local("ended"), local("error"), local("names"));
        let next = if end.falls {
            let given = self.names(info, 0);
            quote! { { let #left = #tried; #keep #given } }
        } else {
            quote! { match #tried {} }
        };
        let here = self.one.cx();
        let caught = quote! { #rt::caught(#here, #error)? };
        let other = match &attempt.otherwise {
            Some(otherwise) => {
                let bound = match &otherwise.error {
                    Some(name) => {
                        let name = name.ident();
                        quote! { let #name: #rt::results::Failure = #caught; }
                    }
                    None => quote! { #caught; },
                };
                let (steps, names) = (self.block(&otherwise.body, flow), self.names(info, 1));
                quote! { #bound #steps #names }
            }
            None => {
                let names = self.names(info, 1);
                quote! { #caught; #names }
            }
        };
        let tried = quote! {
            {
                #cx;
                #gather
                let #ended = #apart;
                match #ended {
                    #rt::std::result::Result::Ok(#rt::Flow::Next(#tried)) => #next,
                    #returned
                    #rt::std::result::Result::Err(#error) => { #other }
                }
            }
        };
        self.bind_all(&info.binds, &tried)
    }
}
