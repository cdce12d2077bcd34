//! Where a step stands among blocks: what `return` and `yield` mean there.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use webtask_grammar::ast::Collect;
use webtask_grammar::resolve::{Bound, Ty};

use super::One;

/// The blocks around a step.
#[derive(Clone, Default)]
pub(super) struct Flow {
    /// Whether it stands in an async block of its own, which gives `Flow`.
    pub(super) inner: bool,
    /// Where the innermost loop's `yield`s go, and the element's type.
    pub(super) sink: Option<Sink>,
}

/// Where `yield`s go.
#[derive(Clone)]
pub(super) struct Sink {
    /// The list.
    pub(super) list: Ident,
    /// The type of its elements; none when only rustc knows.
    pub(super) element: Option<Ty>,
}

impl Sink {
    pub(super) fn new(list: Ident, collect: &Collect, bound: Option<&Bound>) -> Self {
        let element = match bound.map(|bound| &bound.ty) {
            Some(Ty::List(item)) if collect.ty.is_none() => Some((**item).clone()),
            _ => None,
        };
        Self { list, element }
    }
}

impl One<'_> {
    /// Ends the run, or the block, with the run's value.
    pub(super) fn leave(&self, flow: &Flow, value: &TokenStream) -> TokenStream {
        let rt = self.rt();
        if flow.inner {
            quote! { return #rt::std::result::Result::Ok(#rt::Flow::Return(#value)); }
        } else {
            quote! { return #rt::std::result::Result::Ok(#value); }
        }
    }

    /// A block of its own: steps that may fail or return without leaving what is around them. It leaves those names,
    /// unless its end cannot be reached.
    pub(super) fn apart(
        &self,
        returns: bool,
        steps: &TokenStream,
        names: Option<&TokenStream>,
    ) -> TokenStream {
        let block = self.block(returns, steps, names);
        quote! { #block.await }
    }

    /// The same, as a future that somebody else waits for.
    pub(super) fn block(
        &self,
        returns: bool,
        steps: &TokenStream,
        names: Option<&TokenStream>,
    ) -> TokenStream {
        let rt = self.rt();
        let returned = if returns {
            let output = self.item("Output");
            quote! { #output }
        } else {
            quote! { #rt::std::convert::Infallible }
        };
        let (left, end) = match names {
            Some(names) => (quote! { _ }, quote! { #rt::std::result::Result::Ok(#rt::Flow::Next(#names)) }),
            None => (quote! { #rt::std::convert::Infallible }, TokenStream::new()),
        };
        quote! { #rt::block::<#returned, #left, _>(async { #steps #end }) }
    }

    /// What to do when such a block returned.
    pub(super) fn returned(&self, flow: &Flow, returns: bool) -> TokenStream {
        let rt = self.rt();
        let value = super::local("value");
        if returns {
            let leave = self.leave(flow, &quote! { #value });
            quote! { #rt::std::result::Result::Ok(#rt::Flow::Return(#value)) => { #leave } }
        } else {
            quote! { #rt::std::result::Result::Ok(#rt::Flow::Return(#value)) => match #value {}, }
        }
    }
}
