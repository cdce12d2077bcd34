//! Each operation in Rust: one statement, with one call into the run-time crate.

mod blocks;
mod capture;
mod extract;
mod tries;
mod watch;
mod web;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use webtask_program::{
    Address, Block, Call, Expr, GlobPart, Goto, Into, Items, Js, Match, Op, Output, RustId, Shape, Slot,
    Step, Text, Time,
};

use super::flow::{Exit, Flow, sink};
use super::site::located;
use super::{One, local, script, variant};

impl One<'_> {
    /// The words and places of all steps.
    pub(super) fn table(&self) -> Vec<TokenStream> {
        let rt = self.rt();
        let steps = self.lowered.task.steps.iter().enumerate();
        steps
            .map(|(index, step)| {
                let (word, at) = (&step.word, &step.at);
                quote! { #rt::Step { index: #index, name: #word, at: #at } }
            })
            .collect()
    }

    pub(super) fn steps(&self, block: &Block, flow: &Flow) -> TokenStream {
        block.steps.iter().map(|step| self.step(step, flow)).collect()
    }

    fn step(&self, step: &Step, flow: &Flow) -> TokenStream {
        let rt = self.rt();
        let mut cx = self.at(step.index);
        if step.strict {
            cx = quote! { #rt::strict(#cx) };
        }
        match &step.op {
            Op::Status { text } => {
                let text = self.text(text);
                self.act(step, "status", &quote! { #cx, #text })
            }
            Op::Emit { kind, text, data } => {
                let text = self.text(text);
                let data = match data {
                    Some(data) => self.expr(data),
                    None => quote! { #rt::serde_json::Value::Null },
                };
                self.act(step, "emit", &quote! { #cx, #kind, #text, #data })
            }
            Op::Goto(goto) => self.goto(step, &cx, goto),
            Op::Back => self.act(step, "back", &cx),
            Op::Forward => self.act(step, "forward", &cx),
            Op::Reload => self.act(step, "reload", &cx),
            Op::Wait { time } => {
                let time = self.time(time);
                self.act(step, "wait", &quote! { #cx, #time })
            }
            Op::WaitUntil { selector, state, text, timeout } => {
                let (state, selector) = (variant(state), self.text(selector));
                let (text, timeout) =
                    (self.optional_text(text.as_ref()), self.optional_time(timeout.as_ref()));
                let arguments = quote! { #cx, #selector, #rt::Awaited::#state, #text, #timeout };
                self.act(step, "wait_until", &arguments)
            }
            Op::WaitUrl { address, timeout } => {
                let (address, timeout) = (self.address(address), self.optional_time(timeout.as_ref()));
                self.act(step, "wait_until_url", &quote! { #cx, #address, #timeout })
            }
            Op::WaitJs { script, timeout } => {
                let (source, timeout) = (script::source(script), self.optional_time(timeout.as_ref()));
                self.act(step, "wait_until_js", &quote! { #cx, #source, #timeout })
            }
            Op::WaitIdle { quiet, max, timeout } => {
                let (quiet, max) = (self.time(quiet), self.optional_count(max.as_ref()));
                let timeout = self.optional_time(timeout.as_ref());
                self.act(step, "wait_network_idle", &quote! { #cx, #quiet, #max, #timeout })
            }
            Op::Click { selector, text, closest, tab, timeout } => {
                let selector = self.text(selector);
                let text = self.optional(text.as_ref(), |Match { text, exact }| {
                    let text = self.text(text);
                    quote! { #rt::Match { text: #text, exact: #exact } }
                });
                let closest = self.optional_text(closest.as_ref());
                let timeout = self.optional_time(timeout.as_ref());
                let function = if *tab { "click_opens_tab" } else { "click" };
                self.act(step, function, &quote! { #cx, #selector, #text, #closest, #timeout })
            }
            Op::SendKeys { selector, keys, timeout } => {
                self.two(step, "sendkeys", &cx, (selector, keys), timeout.as_ref())
            }
            Op::Fill { selector, value, timeout } => {
                self.two(step, "fill", &cx, (selector, value), timeout.as_ref())
            }
            Op::Select { selector, option, timeout } => {
                self.two(step, "select", &cx, (selector, option), timeout.as_ref())
            }
            Op::Press { keys } => {
                let keys = self.text(keys);
                self.act(step, "press", &quote! { #cx, #keys })
            }
            Op::Check { selector, timeout } => self.reach(step, "check", &cx, selector, timeout.as_ref()),
            Op::Uncheck { selector, timeout } => self.reach(step, "uncheck", &cx, selector, timeout.as_ref()),
            Op::Hover { selector, timeout } => self.reach(step, "hover", &cx, selector, timeout.as_ref()),
            Op::Upload { selector, files, timeout } => {
                let selector = self.text(selector);
                let files = files.iter().map(|file| self.text(file));
                let timeout = self.optional_time(timeout.as_ref());
                self.act(step, "upload", &quote! { #cx, #selector, &[#(#files),*], #timeout })
            }
            Op::Scroll { selector, up, stable, max } => {
                let selector = self.text(selector);
                let (stable, max) = (self.optional_time(stable.as_ref()), self.optional_count(max.as_ref()));
                self.act(step, "scroll_until_stable", &quote! { #cx, #selector, #up, #stable, #max })
            }
            Op::Extract { spec, into } => self.extract(step, &cx, spec.as_ref(), *into),
            Op::Js(js) => self.js(step, &cx, js),
            Op::Screenshot { kept, selector, full, format, quality } => {
                self.screenshot(step, &cx, kept, (selector.as_ref(), *full, *format, quality.as_ref()))
            }
            Op::ReadFile { path, optional, into } => {
                let path = self.text(path);
                let function = if *optional { "read_file_optional" } else { "read_file" };
                self.give(*into, &self.call_of(step, function, &quote! { #cx, #path }))
            }
            Op::WriteFiles { root, files, into } => {
                let (root, files) = (self.text(root), self.expr(files));
                self.give(*into, &self.call_of(step, "write_files", &quote! { #cx, #root, #files }))
            }
            Op::SaveHtml { selector, path } => {
                let (selector, path) = (self.optional_text(selector.as_ref()), self.text(path));
                self.act(step, "save_html", &quote! { #cx, #selector, #path })
            }
            Op::Export { format, data, columns, path, into } => {
                let (format, data) = (variant(format), self.expr(data));
                let columns = self.optional(columns.as_ref(), |columns| {
                    let columns = columns.iter().map(|column| self.expr(column));
                    quote! { &[#(#columns),*] }
                });
                let path = self.optional_text(path.as_ref());
                let arguments = quote! { #cx, #rt::Format::#format, #data, #columns, #path };
                self.give(*into, &self.call_of(step, "export", &arguments))
            }
            Op::Pdf { kept, print } => {
                let print = self.print(print);
                self.kept(step, "pdf", &cx, kept, &quote! { &#print })
            }
            Op::HtmlToPdf { kept, source, css, print } => {
                let (source, print) = (self.html(source), self.print(print));
                self.kept(step, "html_to_pdf", &cx, kept, &quote! { #source, #css, &#print })
            }
            Op::Snapshot { kept } => self.kept(step, "snapshot", &cx, kept, &TokenStream::new()),
            Op::Emulate(emulate) => self.emulate(step, &cx, emulate),
            Op::GetCookies { urls, path, into } => {
                self.get_cookies(step, &cx, urls.as_deref(), path.as_ref(), *into)
            }
            Op::SetCookies { cookies } => {
                let cookies = self.expr(cookies);
                self.act(step, "set_cookies", &quote! { #cx, #cookies })
            }
            Op::SetCookiesFile { path } => {
                let path = self.text(path);
                self.act(step, "set_cookies_file", &quote! { #cx, #path })
            }
            Op::ClearCookies => self.act(step, "clear_cookies", &cx),
            Op::Http(http) => self.http(step, &cx, http),
            Op::DownloadEach { selector, timeout, into } => {
                let (selector, timeout) = (self.text(selector), self.optional_time(timeout.as_ref()));
                self.give(*into, &self.call_of(step, "download_each", &quote! { #cx, #selector, #timeout }))
            }
            Op::SaveCaptures { name, captures, dir, naming } => {
                let (dir, naming) = (self.text(dir), self.optional_text(naming.as_ref()));
                let captures = self.expr(captures);
                self.act(step, "save_captures", &quote! { #cx, #name, #captures, #dir, #naming })
            }
            Op::SavePageCaptures { dir, naming, into } => {
                let (dir, naming) = (self.text(dir), self.optional_text(naming.as_ref()));
                self.give(*into, &self.call_of(step, "save_page_captures", &quote! { #cx, #dir, #naming }))
            }
            Op::Set { into, value } => {
                let value = self.expr(value);
                match into {
                    Some(slot) => {
                        let bound = self.bind(*slot, &value);
                        quote! { #cx; #bound }
                    }
                    None => quote! { #cx; let _ = #value; },
                }
            }
            Op::Assign { slot, value } => {
                let (name, value) = (self.slot(*slot), self.expr(value));
                quote! { #cx; #name = #value; }
            }
            Op::Call(call) => self.call(&cx, call),
            Op::CallPath { path, with, into } => self.call_path(&cx, *path, with, *into),
            Op::Console(watch) => self.console(step, &cx, watch, flow),
            Op::Network { path, bodies, max, url, gives, watch } => {
                let spec = (*bodies, max.as_ref(), url.as_ref(), *gives);
                self.network(step, &cx, path.as_ref(), spec, watch, flow)
            }
            Op::Record(record) => self.film(step, &cx, record, flow),
            Op::Download { path, timeout, watch } => {
                let path = self.optional_text(path.as_ref());
                let timeout = self.optional_time(timeout.as_ref());
                self.download(step, &quote! { #cx, #path, #timeout }, watch, flow)
            }
            Op::ForEach(each) => self.for_each(step, &cx, each, flow),
            Op::Loop(turns) => self.turns(step, &cx, turns, flow),
            Op::If { branches, otherwise, binds } => {
                self.branch(&cx, branches, otherwise.as_ref(), binds, flow)
            }
            Op::Retry { times, pause, body, tried, binds } => {
                self.retry(&cx, (times, pause.as_ref()), (body, *tried), binds, flow)
            }
            Op::Try(attempt) => self.attempt(&cx, attempt, flow),
            Op::Break => {
                let exit = self.exit(flow, Exit::Break);
                quote! { #cx; #exit }
            }
            Op::Continue => {
                let exit = self.exit(flow, Exit::Continue);
                quote! { #cx; #exit }
            }
            Op::Yield { list, value } => {
                let (list, value) = (sink(*list), self.expr(value));
                quote! { #cx; #list.extend([#value]); }
            }
            Op::YieldEach { list, values } => {
                let list = sink(*list);
                let values = match values {
                    Items::Json(value) => {
                        let value = self.expr(value);
                        quote! { #rt::items("yield each", #value)? }
                    }
                    Items::Rust(id) => self.items_of("each", *id),
                    Items::List(value) => self.expr(value),
                };
                quote! { #cx; #list.extend(#values); }
            }
            Op::Return { value } => {
                let leave = self.leave(flow, &self.returned_value(value));
                quote! { #cx; #leave }
            }
            Op::Fail { message, code, status } => {
                let message = self.text(message);
                let status = match status {
                    Some(status) => self.count(status),
                    None => quote! { 422 },
                };
                quote! {
                    return #rt::std::result::Result::Err(#rt::fail(#cx, #message, #code, #status));
                }
            }
            Op::Let { rust } => {
                let tokens = &self.rust(*rust).tokens;
                quote! { #cx; let #tokens; }
            }
            Op::Rust { rust } => {
                let tokens = &self.rust(*rust).tokens;
                quote! { #cx; #rt::rust(async { #tokens; #rt::std::result::Result::Ok(()) }).await?; }
            }
        }
    }

    /// What `return` gives.
    fn returned_value(&self, value: &Expr) -> TokenStream {
        let value = self.expr(value);
        // rustc then holds the expression against the written type, and nothing of ours comes between.
        match &self.lowered.task.output {
            Output::Value { shape: Shape::Rust(id), .. } => {
                let (returned, ty) = (local("returned"), &self.rust(*id).tokens);
                quote! {{ let #returned: #ty = #value; #returned }}
            }
            Output::Value { .. } | Output::Fields(_) => value,
        }
    }

    /// `cx`, with the step noted in it.
    fn at(&self, index: usize) -> TokenStream {
        let (rt, cx, table) = (self.rt(), self.cx(), self.item("at"));
        quote! { #rt::at(#cx, &#table[#index]) }
    }

    /// A call of the step's function, whose name has the keyword's place.
    fn call_of(&self, step: &Step, function: &str, arguments: &TokenStream) -> TokenStream {
        let rt = self.rt();
        let function = self.function_at(step, function);
        quote! { #rt::#function(#arguments).await? }
    }

    /// The name of a step's function, at the keyword's place.
    fn function_at(&self, step: &Step, function: &str) -> Ident {
        Ident::new(function, self.lowered.side.spans[step.index])
    }

    fn act(&self, step: &Step, function: &str, arguments: &TokenStream) -> TokenStream {
        let call = self.call_of(step, function, arguments);
        quote! { #call; }
    }

    /// A step that is a selector and a time limit.
    fn reach(
        &self,
        step: &Step,
        function: &str,
        cx: &TokenStream,
        selector: &Text,
        timeout: Option<&Time>,
    ) -> TokenStream {
        let (selector, timeout) = (self.text(selector), self.optional_time(timeout));
        self.act(step, function, &quote! { #cx, #selector, #timeout })
    }

    /// A step that is a selector, a text and a time limit.
    fn two(
        &self,
        step: &Step,
        function: &str,
        cx: &TokenStream,
        (selector, text): (&Text, &Text),
        timeout: Option<&Time>,
    ) -> TokenStream {
        let (selector, text, timeout) = (self.text(selector), self.text(text), self.optional_time(timeout));
        self.act(step, function, &quote! { #cx, #selector, #text, #timeout })
    }

    fn goto(&self, step: &Step, cx: &TokenStream, goto: &Goto) -> TokenStream {
        let rt = self.rt();
        let (url, timeout) = (self.url(&goto.url), self.optional_time(goto.timeout.as_ref()));
        let until = variant(goto.until);
        // Says what the step after it extracts.
        let ahead = goto.ahead.as_ref().map(|spec| {
            let (here, name, spec) = (self.cx(), local("ahead"), self.spec(spec));
            quote! {
                let #name = #spec;
                #rt::ahead(#here, #name);
            }
        });
        let arguments = quote! { #cx, #url, #rt::Until::#until, #timeout };
        let expect = self.expect(&goto.expect);
        let goto = match (goto.named, goto.expect.is_empty()) {
            (true, _) => {
                self.give(goto.into, &self.call_of(step, "goto_named", &quote! { #arguments, #expect }))
            }
            (false, false) => self.act(step, "goto_expecting", &quote! { #arguments, #expect }),
            (false, true) => self.act(step, "goto", &arguments),
        };
        quote! { #ahead #goto }
    }

    fn address(&self, address: &Address) -> TokenStream {
        let rt = self.rt();
        match address {
            Address::Matches(regex) => quote! { #rt::AwaitedUrl::Matches(#regex) },
            Address::Rust(glob) => {
                let glob = self.text(glob);
                quote! { #rt::AwaitedUrl::Glob(&[#rt::UrlPart::Pattern(#glob)]) }
            }
            Address::Glob(parts) => {
                let parts = parts.iter().map(|part| match part {
                    GlobPart::Pattern(text) => quote! { #rt::UrlPart::Pattern(#text) },
                    GlobPart::Letters(text) => {
                        let text = self.text(text);
                        quote! { #rt::UrlPart::Letters(#text) }
                    }
                });
                quote! { #rt::AwaitedUrl::Glob(&[#(#parts),*]) }
            }
        }
    }

    fn js(&self, step: &Step, cx: &TokenStream, js: &Js) -> TokenStream {
        let (name, source, awaits) = (&js.name, script::source(&js.script), js.awaits);
        let args = js.args.iter().map(|arg| self.expr(arg));
        let arguments = quote! { #cx, #name, #source, &[#(#args),*], #awaits };
        let shape = js.into.map(|slot| &self.lowered.task.locals[slot].shape).or(js.dropped.as_ref());
        let call = match shape {
            // What is wrong with a type of the recipe's is told where it is written.
            Some(shape @ Shape::Rust(_)) => {
                let (rt, function, ty) = (self.rt(), self.function_at(step, "js_as"), self.shape(shape));
                quote! { #rt::#function(#arguments, #rt::as_type::<#ty>()).await? }
            }
            _ => self.call_of(step, "js", &arguments),
        };
        match (js.into, &js.dropped) {
            (Some(slot), _) => self.bind(slot, &call),
            (None, Some(shape)) => {
                let ty = self.shape(shape);
                quote! { let _: #ty = #call; }
            }
            // A value that nobody wants may be any, also one that is not JSON.
            (None, None) => quote! { let () = #call; },
        }
    }

    fn call_path(
        &self,
        cx: &TokenStream,
        path: RustId,
        with: &[(String, Expr)],
        into: Option<Slot>,
    ) -> TokenStream {
        let (rt, here, path, with) = (self.rt(), self.cx(), self.rust(path), self.map(with));
        let tokens = &path.tokens;
        let called = quote_spanned! { path.span =>
            #rt::call(#cx, #rt::Input::steps(#rt::decode::<#tokens::Input>("with", #rt::serde_json::Value::Object(#with))?, #here)).await?
        };
        match into {
            Some(slot) => self.bind(slot, &called),
            None => quote! { #called; },
        }
    }

    fn call(&self, cx: &TokenStream, call: &Call) -> TokenStream {
        let (rt, here) = (self.rt(), self.cx());
        let Some(callee) = self.all.by_slug(&call.slug) else { return TokenStream::new() };
        let inputs = self.inputs_of(&callee, &call.inputs);
        let input = callee.of("Input");
        let called = quote! { #rt::call(#cx, #rt::Input::steps(#input { #inputs }, #here)).await? };
        match &call.into {
            Into::Local(slot) => self.bind(*slot, &called),
            Into::Fields(slots) => {
                let output = callee.of("Output");
                let names = slots.iter().map(|slot| self.slot(*slot));
                quote! {
                    #[allow(unused_variables)]
                    let #output { #(#names),* } = #called;
                }
            }
            Into::Nothing => quote! { #called; },
        }
    }

    /// Binds what a step gives to its local, if it has one.
    fn give(&self, into: Option<Slot>, call: &TokenStream) -> TokenStream {
        match into {
            Some(slot) => self.bind(slot, call),
            None => quote! { let _ = #call; },
        }
    }

    fn bind(&self, slot: Slot, value: &TokenStream) -> TokenStream {
        let (name, ty, mutable) = (self.slot(slot), self.shape_of(slot), self.mutable(slot));
        quote! {
            #[allow(unused_variables, unused_mut)]
            let #mutable #name: #ty = #value;
        }
    }

    fn bind_all(&self, slots: &[Slot], value: &TokenStream) -> TokenStream {
        if slots.is_empty() {
            return quote! { let () = #value; };
        }
        let names = slots.iter().map(|slot| {
            let (name, mutable) = (self.slot(*slot), self.mutable(*slot));
            quote! { #mutable #name }
        });
        let types = slots.iter().map(|slot| self.shape_of(*slot));
        quote! {
            #[allow(unused_variables, unused_mut)]
            let (#(#names,)*): (#(#types,)*) = #value;
        }
    }

    /// A local's type.
    fn shape_of(&self, slot: Slot) -> TokenStream {
        self.shape(&self.lowered.task.locals[slot].shape)
    }

    /// What stands before a local that may be assigned to.
    fn mutable(&self, slot: Slot) -> Option<TokenStream> {
        self.lowered.task.locals[slot].mutable.then(|| quote! { mut })
    }

    /// The locals as a tuple.
    fn tuple(&self, slots: &[Slot]) -> TokenStream {
        let names = slots.iter().map(|slot| self.slot(*slot).into_token_stream());
        quote! { (#(#names,)*) }
    }
}
