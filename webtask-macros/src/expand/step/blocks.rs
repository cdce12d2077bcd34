//! Steps that hold others in Rust: loops, branches and tries, each with the names that it leaves.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use webtask_grammar::ast::{Action, Block, Collect, Condition, ForEach, If, Loop, Name, Retry, Step, Value};
use webtask_grammar::resolve::{Bound, Info, Ty};

use super::{Flow, Sink, Steps, local, mangled, script};

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
        let list_name = local(&format!("collected_{}", self.next.get()));
        let gathered = local("gathered");
        let target = if each.continues { &gathered } else { &list_name };
        let inner = Flow {
            inner: each.continues || flow.inner,
            sink: each.collect.as_ref().map(|collect| Sink::new(target.clone(), collect, collected)),
        };
        let steps = self.block(&each.body, &inner);
        let push = info.turn.as_ref().map(|record| {
            let (record, names) =
                (mangled(&record.task, &record.name), record.fields.iter().map(|(name, _)| name.ident()));
            quote! { #target.extend([#record { #(#names),* }]); }
        });
        let turn_steps = quote! { #bind_item #steps #push };
        let body = if each.continues {
            let (ended, error) = (local("ended"), local("error"));
            let apart = self.one.apart(info.returns, &turn_steps, Some(&quote! { () }));
            let returned = self.one.returned(flow, info.returns);
            let here = self.one.cx();
            let gather =
                each.collect.is_some().then(|| quote! { let mut #gathered = #rt::std::vec::Vec::new(); });
            let keep = each.collect.is_some().then(|| quote! { #list_name.extend(#gathered); });
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
        quote! {
            #cx;
            #gathering
            for (#number, #turn) in #rt::turns(#list) {
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
        let (source, until) = (script::source(&turns.script), turns.until);
        let max = self.one.optional_count(info, turns.max.as_ref());
        let pause = match &turns.pause {
            Some(pause) => self.one.time(info, pause),
            None => quote! { #rt::std::time::Duration::ZERO },
        };
        let collected = info.binds.first();
        let list = local(&format!("collected_{}", self.next.get()));
        let inner = Flow {
            inner: flow.inner,
            sink: turns.collect.as_ref().map(|collect| Sink::new(list.clone(), collect, collected)),
        };
        let steps = self.block(&turns.body, &inner);
        let push = info.turn.as_ref().map(|record| {
            let (record, names) =
                (mangled(&record.task, &record.name), record.fields.iter().map(|(name, _)| name.ident()));
            quote! { #list.extend([#record { #(#names),* }]); }
        });
        let gathering = self.gathering(&list, turns.collect.as_ref(), collected);
        let result = collected.map(|bound| self.bind(bound, &quote! { #list }));
        let (turn, counter) = (local("turns"), Ident::new("loop_index", step.span));
        quote! {
            #cx;
            #gathering
            let mut #turn = #rt::Turns::new(#source, #until, #max, #pause);
            while let #rt::std::option::Option::Some(#turn) = #turn.next(#cx).await? {
                #[allow(unused_variables)]
                let #counter: i64 = #turn;
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
        let rt = self.one.rt();
        let mut ways = TokenStream::new();
        for (number, (condition, block)) in branch.branches.iter().enumerate() {
            let condition = match condition {
                Condition::Js(source) => {
                    let source = script::source(source);
                    quote! { #rt::js_test(#cx, #source).await? }
                }
                Condition::Value(Value::Rust(rust)) => {
                    let tokens = &rust.tokens;
                    quote! { { #cx; #tokens } }
                }
                Condition::Value(Value::Text(template))
                    if template.single().is_some_and(|hole| hole.fallback.is_none()) =>
                {
                    let hole = template.single().expect("it was one just now");
                    let found = self.one.found(info, hole);
                    quote! { #rt::holds(#found) }
                }
                Condition::Value(value) => {
                    let value = self.one.json(info, value);
                    quote! { #rt::truthy(&#value) }
                }
            };
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
    fn names(&self, info: &Info, branch: usize) -> TokenStream {
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

    pub(super) fn retry(&self, info: &Info, cx: &TokenStream, retry: &Retry, flow: &Flow) -> TokenStream {
        let rt = self.one.rt();
        let times = self.one.count(info, &retry.times);
        let pause = match &retry.pause {
            Some(pause) => self.one.time(info, pause),
            None => quote! { #rt::std::time::Duration::ZERO },
        };
        // What a try that fails has yielded is dropped with it.
        let sink = flow.sink.as_ref().filter(|_| yields(&retry.body));
        let gathered = local(&format!("tried_{}", self.next.get()));
        let mut inner = Flow { inner: true, ..flow.clone() };
        if sink.is_some() {
            inner.sink = sink.map(|sink| Sink { list: gathered.clone(), ..sink.clone() });
        }
        let gather = sink.map(|_| quote! { let mut #gathered = #rt::std::vec::Vec::new(); });
        let keep = sink.map(|sink| {
            let list = &sink.list;
            quote! { #list.extend(#gathered); }
        });
        let steps = self.block(&retry.body, &inner);
        let names = info.binds.iter().map(|bound| bound.name.ident());
        let left = quote! { (#(#names,)*) };
        let falls = info.blocks.iter().all(|block| block.falls);
        let apart = self.one.apart(info.returns, &steps, falls.then_some(&left));
        let returned = self.one.returned(flow, info.returns);
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
}

/// Whether a step of the block gives to a loop outside of it.
fn yields(block: &Block) -> bool {
    block.steps.iter().any(|step| match &step.action {
        Action::Yield(_) => true,
        Action::Retry(retry) => yields(&retry.body),
        Action::Console(console) => yields(&console.body),
        Action::Download(download) => yields(&download.body),
        Action::Network(network) => yields(&network.body),
        Action::Record(record) => yields(&record.body),
        Action::If(branch) => {
            branch.branches.iter().map(|(_, block)| block).chain(&branch.otherwise).any(yields)
        }
        _ => false,
    })
}
