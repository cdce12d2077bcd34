//! Steps that hold others in Rust: loops and branches, each with the names that it leaves.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use webtask_grammar::ast::{Collect, ForEach, If, Loop, Name, Step, Value};
use webtask_grammar::resolve::{Bound, Info, Ty};

use super::{Exits, Flow, Sink, Steps, local, mangled};

impl Steps<'_> {
    pub(super) fn for_each(&self, info: &Info, cx: &TokenStream, each: &ForEach, flow: &Flow) -> TokenStream {
        let rt = self.one.rt();
        let item_ty = info.item.clone().unwrap_or(Ty::Json);
        let list = match (&each.list, info.scope.type_of(&each.list)) {
            (Value::Rust(rust), _) => rust.tokens.clone(),
            (value, Ty::List(_)) => self.one.typed(info, value),
            (value, _) => {
                let value = self.one.json(info, value);
                quote! { #rt::items("for each", #value)? }
            }
        };
        let item = each.item.ident();
        let (number, turn) = (local("number"), local("turn"));
        let bind_item = if each.item.text == "_" {
            TokenStream::new()
        } else {
            let counter = Name { text: format!("{}_index", each.item.text), span: each.item.span }.ident();
            let ty = self.one.ty(&item_ty);
            quote! {
                #[allow(unused_variables)]
                let (#item, #counter): (#ty, i64) = (#turn, #number as i64);
            }
        };
        let collected = info.binds.first();
        let number_of = self.next.get();
        let list_name = local(&format!("collected_{number_of}"));
        let gathered = local("gathered");
        let target = if each.continues { &gathered } else { &list_name };
        let sink = each.collect.as_ref().map(|collect| Sink::new(target.clone(), collect, collected));
        let turns = flow.within(number_of, sink);
        let exits = Exits { returns: info.returns, turns: each.body.exits() };
        let inner = if each.continues { turns.apart(exits) } else { turns.clone() };
        let steps = self.block(&each.body, &inner);
        let push = info.turn.as_ref().map(|record| {
            let (record, names) =
                (mangled(&record.task, &record.name), record.fields.iter().map(|(name, _)| name.ident()));
            quote! { #target.extend([#record { #(#names),* }]); }
        });
        let turn_steps = quote! { #bind_item #steps #push };
        let body = if each.continues {
            let (ended, error) = (local("ended"), local("error"));
            let apart = self.one.apart(exits, &turn_steps, Some(&quote! { () }));
            let here = self.one.cx();
            let gather =
                each.collect.is_some().then(|| quote! { let mut #gathered = #rt::std::vec::Vec::new(); });
            let keep = each.collect.is_some().then(|| quote! { #list_name.extend(#gathered); });
            let returned = self.one.returned(&turns, exits, keep.as_ref());
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
        let gathering = self.gathering(&list_name, each.collect.as_ref(), collected);
        let result = collected.map(|bound| self.bind(bound, &quote! { #list_name }));
        let label = turns.label(&each.body);
        quote! {
            #cx;
            #gathering
            #label for (#number, #turn) in #rt::turns(#list) {
                #body
            }
            #result
        }
    }

    pub(super) fn turns(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        turns: &Loop,
        flow: &Flow,
    ) -> TokenStream {
        let rt = self.one.rt();
        let max = self.one.optional_count(info, turns.max.as_ref());
        let pause = match &turns.pause {
            Some(pause) => self.one.time(info, pause),
            None => quote! { #rt::std::time::Duration::ZERO },
        };
        let collected = info.binds.first();
        let number = self.next.get();
        let list = local(&format!("collected_{number}"));
        let sink = turns.collect.as_ref().map(|collect| Sink::new(list.clone(), collect, collected));
        let inner = flow.within(number, sink);
        let steps = self.block(&turns.body, &inner);
        let push = info.turn.as_ref().map(|record| {
            let (record, names) =
                (mangled(&record.task, &record.name), record.fields.iter().map(|(name, _)| name.ident()));
            quote! { #list.extend([#record { #(#names),* }]); }
        });
        let gathering = self.gathering(&list, turns.collect.as_ref(), collected);
        let result = collected.map(|bound| self.bind(bound, &quote! { #list }));
        let (turn, number, counter) = (local("turns"), local("number"), Ident::new("loop_index", step.span));
        let ends = turns.condition.as_ref().map(|condition| {
            let condition = self.one.condition(info, cx, condition);
            let ends = if turns.until {
                condition
            } else {
                quote! { !(#condition) }
            };
            quote! { if #ends { break; } }
        });
        let label = inner.label(&turns.body);
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

    /// The list that the turns of a loop give to.
    fn gathering(
        &self,
        list_name: &Ident,
        collect: Option<&Collect>,
        collected: Option<&Bound>,
    ) -> TokenStream {
        let rt = self.one.rt();
        match (collect, collected) {
            (Some(collect), Some(bound)) => {
                let ty = match &collect.ty {
                    Some(ty) => ty.tokens.clone(),
                    None => self.one.ty(&bound.ty),
                };
                quote! { let mut #list_name: #ty = #rt::std::default::Default::default(); }
            }
            // `collect _`: run, and drop.
            (Some(_), None) => quote! { let mut #list_name = #rt::std::vec::Vec::new(); },
            (None, _) => TokenStream::new(),
        }
    }

    pub(super) fn branch(&self, info: &Info, cx: &TokenStream, branch: &If, flow: &Flow) -> TokenStream {
        let mut ways = TokenStream::new();
        for (number, (condition, block)) in branch.branches.iter().enumerate() {
            let condition = self.one.condition(info, cx, condition);
            let (steps, names) = (self.block(block, flow), self.names(info, number));
            let word = if number == 0 {
                quote! { if }
            } else {
                quote! { else if }
            };
            ways.extend(quote! { #word #condition { #steps #names } });
        }
        match &branch.otherwise {
            Some(block) => {
                let (steps, names) = (self.block(block, flow), self.names(info, branch.branches.len()));
                ways.extend(quote! { else { #steps #names } });
            }
            None if !info.binds.is_empty() => {
                let names = self.names(info, branch.branches.len());
                ways.extend(quote! { else { #names } });
            }
            None => {}
        }
        self.bind_all(&info.binds, &ways)
    }

    /// What a branch leaves: a tuple of the names that are bound after the `if`.
    pub(super) fn names(&self, info: &Info, branch: usize) -> TokenStream {
        let rt = self.one.rt();
        let end = &info.blocks[branch];
        if info.binds.is_empty() || !end.falls {
            return TokenStream::new();
        }
        let names =
            info.binds.iter().map(|after| match end.binds.iter().find(|bound| bound.name == after.name) {
                Some(bound) => {
                    let name = bound.name.ident();
                    if bound.ty == after.ty {
                        quote! { #name }
                    } else {
                        quote! { #rt::std::option::Option::Some(#name) }
                    }
                }
                None => quote! { #rt::std::option::Option::None },
            });
        quote! { (#(#names,)*) }
    }
}
