//! A task whose body is a function of the user's own: what stands beside that function.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::{One, local};
use crate::func::Func;

impl One<'_> {
    /// The body: the function's call.
    pub(super) fn called(&self, func: &Func) -> TokenStream {
        let rt = self.rt();
        let (body, input, output) = (self.item("body"), self.of("Input"), self.of("Output"));
        let (cx, given) = (local("cx"), local("input"));
        let names: Vec<_> = self.task.header.inputs.iter().map(|input| input.name.ident()).collect();
        let values: Vec<Ident> = (0..names.len()).map(|index| local(&format!("input_{index}"))).collect();
        let network = func.network.then(|| quote! { #rt::watch_network(#cx).await?; });
        // rustc says what is wrong with the function's future at its name, with its error at that type.
        let name = &func.name;
        let mut given_cx = cx.clone();
        given_cx.set_span(cx.span().located_at(func.context));
        let call = quote_spanned! { func.name.span() => #name(#given_cx, #(#values),*).await };
        let gave = Ident::new("__gave", func.name.span());
        let ended = quote_spanned! { func.error => #rt::ended(#gave) };
        let steps = quote_spanned! { func.name.span() => #rt::body(async move { let #input { #(#names: #values),* } = #given; #network let #gave = #rt::Given(#call).opened(); #ended }) };
        quote! {
            #[allow(non_snake_case)]
            fn #body<'a>(#cx: &'a #rt::Cx, #given: #input) -> #rt::Body<'a, #output> {
                #[allow(unused_imports)]
                use #rt::Opened as _;
                #steps
            }
        }
    }
}
