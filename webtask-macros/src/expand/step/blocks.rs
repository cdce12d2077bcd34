//! Steps that hold others in Rust: loops and branches, each with the names that it leaves.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use webtask_program::{Collect, Condition, ForEach, Items, Leave, Loop, RustId, Slot, Step, Turn, Way};

use super::{Flow, One, local, located, sink};

impl One<'_> {
    pub(super) fn for_each(&self, step: &Step, cx: &TokenStream, each: &ForEach, flow: &Flow) -> TokenStream {
        let rt = self.rt();
        let (mut number, mut turn) = (local("number"), local("turn"));
        let list = match &each.items {
            Items::Rust(id) => {
                let span = self.rust(*id).span;
                for name in [&mut number, &mut turn] {
                    name.set_span(name.span().located_at(span));
                }
                self.items_of("turns", *id)
            }
            Items::List(list) => {
                let list = self.expr(list);
                quote! { #rt::turns(#list) }
            }
            Items::Json(value) => {
                let value = self.expr(value);
                quote! { #rt::turns(#rt::items("for each", #value)?) }
            }
        };
        let bind_item = each.item.map(|(item, counter)| {
            let (ty, item, counter) = (self.shape_of(item), self.slot(item), self.slot(counter));
            quote! {
                #[allow(unused_variables)]
                let (#item, #counter): (#ty, i64) = (#turn, #number as i64);
            }
        });
        let turns = flow.within(step.index + 1);
        let inner = if each.continues { turns.apart(each.exits) } else { turns.clone() };
        let (steps, push) = (self.steps(&each.body, &inner), self.push(each.turn.as_ref()));
        let turn_steps = quote! { #bind_item #steps #push };
        let body = if each.continues {
            let (ended, error, here) = (local("ended"), local("error"), self.cx());
            let apart = self.apart(each.exits, &turn_steps, Some(&quote! { () }));
            let gathered = local("gathered");
            let lists = each.collect.as_ref().map(|collect| sink(collect.list));
            let gather = lists.as_ref().map(|_| quote! { let mut #gathered = #rt::std::vec::Vec::new(); });
            let keep = lists.map(|list| quote! { #list.extend(#gathered); });
            let returned = self.returned(&turns, each.exits, keep.as_ref());
            quote! {
                #gather
                let #ended = #apart;
                match #ended {
                    #rt::std::result::Result::Ok(#rt::Flow::Next(())) => { #keep }
                    #returned
                    #rt::std::result::Result::Err(#error) => #rt::skipped(#here, #number as u64, #error).await?,
                }
            }
        } else {
            turn_steps
        };
        let (gathering, result) = self.collected(each.collect.as_ref());
        let label = turns.label(each.exits.turns);
        quote! {
            #cx;
            #gathering
            #label for (#number, #turn) in #list {
                #body
            }
            #result
        }
    }

    /// What a Rust expression iterates over, by that function.
    pub(super) fn items_of(&self, function: &str, list: RustId) -> TokenStream {
        let (rt, list) = (self.rt(), self.rust(list));
        let (function, tokens) = (Ident::new(function, Span::call_site()), &list.tokens);
        let function = located(quote! { #rt::#function }, list.span);
        quote_spanned! { list.span => #function(#tokens) }
    }

    pub(super) fn turns(&self, step: &Step, cx: &TokenStream, turns: &Loop, flow: &Flow) -> TokenStream {
        let rt = self.rt();
        let max = self.optional_count(turns.max.as_ref());
        let pause = match &turns.pause {
            Some(pause) => self.time(pause),
            None => quote! { #rt::std::time::Duration::ZERO },
        };
        let inner = flow.within(step.index + 1);
        let (steps, push) = (self.steps(&turns.body, &inner), self.push(turns.turn.as_ref()));
        let (gathering, result) = self.collected(turns.collect.as_ref());
        let (turn, number, counter) = (local("turns"), local("number"), self.slot(turns.counter));
        let ends = turns.condition.as_ref().map(|condition| {
            let condition = self.condition(cx, condition);
            let ends = if turns.until {
                condition
            } else {
                quote! { !(#condition) }
            };
            quote! { if #ends { break; } }
        });
        let label = inner.label(turns.leaves);
        quote! {
            #cx;
            #gathering
            let mut #turn = #rt::Turns::new(#max, #pause);
            #label while let #rt::std::option::Option::Some(#number) = #turn.next(#cx).await? {
                #[allow(unused_variables)]
                let #counter: i64 = #number;
                #ends
                #turn.begin()?;
                #steps
                #push
            }
            #result
        }
    }

    /// What an iteration gives at its end.
    fn push(&self, turn: Option<&Turn>) -> Option<TokenStream> {
        turn.map(|Turn { list, record, fields }| {
            let (list, record) = (sink(*list), self.record_path(&record.task, &record.name, false));
            let names = fields.iter().map(|slot| self.slot(*slot));
            quote! { #list.extend([#record { #(#names),* }]); }
        })
    }

    /// The list that the iterations of a loop give to, and what it is bound to after the loop.
    fn collected(&self, collect: Option<&Collect>) -> (TokenStream, Option<TokenStream>) {
        let rt = self.rt();
        let Some(Collect { list, shape, into }) = collect else { return (TokenStream::new(), None) };
        let list = sink(*list);
        let gathering = match shape {
            Some(shape) => {
                let ty = self.shape(shape);
                quote! { let mut #list: #ty = #rt::std::default::Default::default(); }
            }
            // `collect _`: run, and drop.
            None => quote! { let mut #list = #rt::std::vec::Vec::new(); },
        };
        (gathering, into.map(|slot| self.bind(slot, &quote! { #list })))
    }

    pub(super) fn branch(
        &self,
        cx: &TokenStream,
        branches: &[(Condition, Way)],
        otherwise: Option<&Way>,
        binds: &[Slot],
        flow: &Flow,
    ) -> TokenStream {
        let mut ways = TokenStream::new();
        for (number, (condition, way)) in branches.iter().enumerate() {
            let (condition, way) = (self.condition(cx, condition), self.way(way, flow));
            let word = if number == 0 {
                quote! { if }
            } else {
                quote! { else if }
            };
            ways.extend(quote! { #word #condition { #way } });
        }
        if let Some(way) = otherwise {
            let way = self.way(way, flow);
            ways.extend(quote! { else { #way } });
        }
        self.bind_all(binds, &ways)
    }

    /// The steps of a way, and what they leave.
    pub(super) fn way(&self, way: &Way, flow: &Flow) -> TokenStream {
        let (steps, leaves) = (self.steps(&way.block, flow), self.leaves(way.leaves.as_deref()));
        quote! { #steps #leaves }
    }

    /// What a way leaves: a tuple of the names that are bound after the step.
    pub(super) fn leaves(&self, leaves: Option<&[Leave]>) -> Option<TokenStream> {
        let rt = self.rt();
        let leave = |leave: &Leave| match leave {
            Leave::Local(slot) => {
                let name = self.slot(*slot);
                quote! { #name }
            }
            Leave::Present(slot) => {
                let name = self.slot(*slot);
                quote! { #rt::std::option::Option::Some(#name) }
            }
            Leave::Missing => quote! { #rt::std::option::Option::None },
        };
        let leaves = leaves?.iter().map(leave);
        Some(quote! { (#(#leaves,)*) })
    }
}
