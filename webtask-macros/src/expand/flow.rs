//! Where a step stands among blocks: what `return`, `break`, `continue` and `yield` are in Rust there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Lifetime;
use webtask_program::{Exits, Sink};

use super::{One, local};

/// The blocks around a step.
#[derive(Clone, Default)]
pub(super) struct Flow {
    /// Whether it stands in an async block of its own, which gives `Flow`.
    inner: bool,
    /// Whether that block may be left for a loop around it, and so gives `Exit` where others give a value.
    exits: bool,
    /// The innermost loop.
    turn: Option<Turn>,
}

/// A loop as its steps see it.
#[derive(Clone)]
struct Turn {
    /// Its label, when a step of it says `break` or `continue`.
    label: Lifetime,
    /// Whether the step stands in an async block of its own in it.
    apart: bool,
}

/// How a step leaves what is around it for its loop.
#[derive(Clone, Copy)]
pub(super) enum Exit {
    Break,
    Continue,
}

impl Flow {
    /// The steps of a block of its own.
    pub(super) fn apart(&self, exits: Exits) -> Self {
        let turn = self.turn.clone().map(|turn| Turn { apart: true, ..turn });
        Self { inner: true, exits: exits.turns, turn }
    }

    /// The steps of a loop of that number in the same block.
    pub(super) fn within(&self, number: usize) -> Self {
        let label = Lifetime::new(&format!("'__loop_{number}"), Span::mixed_site());
        Self { turn: Some(Turn { label, apart: false }), ..self.clone() }
    }

    /// What stands before the loop whose steps these are; nothing where no step needs it.
    pub(super) fn label(&self, needed: bool) -> TokenStream {
        match &self.turn {
            Some(Turn { label, .. }) if needed => quote! { #[allow(clippy::never_loop)] #label: },
            _ => TokenStream::new(),
        }
    }
}

/// The name of a list that is given to.
pub(super) fn sink(sink: Sink) -> Ident {
    match sink {
        Sink::Collected(number) => local(&format!("collected_{number}")),
        Sink::Gathered(_) => local("gathered"),
        Sink::Tried(number) => local(&format!("tried_{number}")),
    }
}

impl One<'_> {
    /// Ends the run, or the block, with the run's value.
    pub(super) fn leave(&self, flow: &Flow, value: &TokenStream) -> TokenStream {
        let rt = self.rt();
        if flow.inner && flow.exits {
            quote! { return #rt::std::result::Result::Ok(#rt::Flow::Return(#rt::Exit::Return(#value))); }
        } else if flow.inner {
            quote! { return #rt::std::result::Result::Ok(#rt::Flow::Return(#value)); }
        } else {
            quote! { return #rt::std::result::Result::Ok(#value); }
        }
    }

    /// Ends the innermost loop, or its iteration.
    pub(super) fn exit(&self, flow: &Flow, exit: Exit) -> TokenStream {
        let rt = self.rt();
        let variant = match exit {
            Exit::Break => quote! { Break },
            Exit::Continue => quote! { Continue },
        };
        match (&flow.turn, exit) {
            // There is a problem with it.
            (None, _) => TokenStream::new(),
            (Some(Turn { apart: true, .. }), _) => {
                quote! { return #rt::std::result::Result::Ok(#rt::Flow::Return(#rt::Exit::#variant)); }
            }
            (Some(Turn { label, .. }), Exit::Break) => quote! { break #label; },
            (Some(Turn { label, .. }), Exit::Continue) => quote! { continue #label; },
        }
    }

    /// A block of its own: steps that may fail or return without leaving what is around them. It leaves those names,
    /// unless its end cannot be reached.
    pub(super) fn apart(
        &self,
        exits: Exits,
        steps: &TokenStream,
        names: Option<&TokenStream>,
    ) -> TokenStream {
        let block = self.block(exits, steps, names);
        quote! { #block.await }
    }

    /// The same, as a future that somebody else waits for.
    pub(super) fn block(
        &self,
        exits: Exits,
        steps: &TokenStream,
        names: Option<&TokenStream>,
    ) -> TokenStream {
        let rt = self.rt();
        let returned = if exits.returns {
            let output = self.of("Output");
            quote! { #output }
        } else {
            quote! { #rt::std::convert::Infallible }
        };
        let returned = if exits.turns {
            quote! { #rt::Exit<#returned> }
        } else {
            returned
        };
        let (left, end) = match names {
            Some(names) => (quote! { _ }, quote! { #rt::std::result::Result::Ok(#rt::Flow::Next(#names)) }),
            None => (quote! { #rt::std::convert::Infallible }, TokenStream::new()),
        };
        quote! { #rt::block::<#returned, #left, _>(async { #steps #end }) }
    }

    /// What to do when such a block returned; what it has gathered is kept.
    pub(super) fn returned(&self, flow: &Flow, exits: Exits, keep: Option<&TokenStream>) -> TokenStream {
        let rt = self.rt();
        let value = local("value");
        if exits.turns {
            let leave = match exits.returns {
                true => self.leave(flow, &quote! { #value }),
                false => quote! { match #value {} },
            };
            let (ends, goes_on) = (self.exit(flow, Exit::Break), self.exit(flow, Exit::Continue));
            quote! {
                #rt::std::result::Result::Ok(#rt::Flow::Return(#value)) => {
                    #keep
                    match #value {
                        #rt::Exit::Return(#value) => { #leave }
                        #rt::Exit::Break => { #ends }
                        #rt::Exit::Continue => { #goes_on }
                    }
                }
            }
        } else if exits.returns {
            let leave = self.leave(flow, &quote! { #value });
            quote! { #rt::std::result::Result::Ok(#rt::Flow::Return(#value)) => { #leave } }
        } else {
            quote! { #rt::std::result::Result::Ok(#rt::Flow::Return(#value)) => match #value {}, }
        }
    }
}
