//! Each step in Rust: one statement, with one call into the run-time crate.

mod blocks;
mod capture;
mod data;
mod print;
mod tries;
mod watch;
mod web;

use std::cell::{Cell, RefCell};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use webtask_grammar::ast::{
    Action, Address, Arg, Awaited, Block, Call, Case, Cast, Click, Emit, Extract, Field, Js, Part, Reach,
    Set, Source, Step, Target, Template, Text, Until, Value, WaitUntil, WaitUrl,
};
use webtask_grammar::resolve::{Bound, By, Info, Ty};

use super::flow::{Exit, Exits, Flow, Sink};
use super::{One, local, mangled, script};

/// The steps of one task, on their way into Rust.
pub(super) struct Steps<'a> {
    pub(super) one: One<'a>,
    next: Cell<usize>,
    /// The next step's `extract` is said already.
    ahead: Cell<bool>,
    /// Each step's word and place.
    table: RefCell<Vec<TokenStream>>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(one: One<'a>) -> Self {
        Self { one, next: Cell::new(0), ahead: Cell::new(false), table: RefCell::default() }
    }

    /// The words and places of all steps that were expanded.
    pub(super) fn table(self) -> Vec<TokenStream> {
        self.table.into_inner()
    }

    pub(super) fn block(&self, block: &Block, flow: &Flow) -> TokenStream {
        let next = block.steps.iter().skip(1).map(Some).chain([None]);
        block.steps.iter().zip(next).map(|(step, next)| self.step(step, next, flow)).collect()
    }

    fn step(&self, step: &Step, next: Option<&Step>, flow: &Flow) -> TokenStream {
        let index = self.next.replace(self.next.get() + 1);
        let info = &self.one.plan.steps[index];
        let (rt, word, at) = (self.one.rt(), step.word, (self.one.all.place)(step.span));
        self.table.borrow_mut().push(quote! { #rt::Step { index: #index, name: #word, at: #at } });
        let mut cx = self.at(index);
        if self.one.task.header.strict.is_some() && wants_one(&step.action) {
            cx = quote! { #rt::strict(#cx) };
        }
        match &step.action {
            Action::Status(text) => {
                let text = self.one.text(info, text);
                self.act(step, "status", &quote! { #cx, #text })
            }
            Action::Emit(emit) => self.emit(step, info, &cx, emit),
            Action::Goto(goto) => {
                let (url, timeout) =
                    (self.one.url(info, &goto.url), self.one.optional_time(info, goto.timeout.as_ref()));
                let until = match goto.until {
                    Until::Load => quote! { Load },
                    Until::Dom => quote! { Dom },
                    Until::Idle => quote! { Idle },
                };
                let ahead = next.map(|next| self.ahead(index, next));
                let arguments = quote! { #cx, #url, #rt::Until::#until, #timeout };
                let expect = self.expect(&goto.expect);
                let goto = match (&goto.name, goto.expect.is_empty()) {
                    (Some(_), _) => {
                        self.give(info, &self.call_of(step, "goto_named", &quote! { #arguments, #expect }))
                    }
                    (None, false) => self.act(step, "goto_expecting", &quote! { #arguments, #expect }),
                    (None, true) => self.act(step, "goto", &arguments),
                };
                quote! { #ahead #goto }
            }
            Action::Wait(time) => {
                let time = self.one.time(info, time);
                self.act(step, "wait", &quote! { #cx, #time })
            }
            Action::WaitUntil(wait) => self.wait_until(step, info, &cx, wait),
            Action::WaitUrl(wait) => self.wait_url(step, info, &cx, wait),
            Action::WaitJs(wait) => {
                let source = script::source(&wait.script);
                let timeout = self.one.optional_time(info, wait.timeout.as_ref());
                self.act(step, "wait_until_js", &quote! { #cx, #source, #timeout })
            }
            Action::Click(click) => self.click(step, info, &cx, click),
            Action::SendKeys(typed) => {
                let (selector, keys) =
                    (self.one.text(info, &typed.selector), self.one.text(info, &typed.keys));
                let timeout = self.one.optional_time(info, typed.timeout.as_ref());
                self.act(step, "sendkeys", &quote! { #cx, #selector, #keys, #timeout })
            }
            Action::Fill(fill) => {
                let (selector, value) =
                    (self.one.text(info, &fill.selector), self.one.text(info, &fill.value));
                let timeout = self.one.optional_time(info, fill.timeout.as_ref());
                self.act(step, "fill", &quote! { #cx, #selector, #value, #timeout })
            }
            Action::WaitIdle(wait) => {
                let (quiet, max) =
                    (self.one.time(info, &wait.quiet), self.one.optional_count(info, wait.max.as_ref()));
                let timeout = self.one.optional_time(info, wait.timeout.as_ref());
                self.act(step, "wait_network_idle", &quote! { #cx, #quiet, #max, #timeout })
            }
            Action::Upload(upload) => {
                let selector = self.one.text(info, &upload.selector);
                let files = upload.files.iter().map(|file| self.one.text(info, file));
                let timeout = self.one.optional_time(info, upload.timeout.as_ref());
                self.act(step, "upload", &quote! { #cx, #selector, &[#(#files),*], #timeout })
            }
            Action::Scroll(scroll) => {
                let (selector, up) = (self.one.text(info, &scroll.selector), scroll.up);
                let (stable, max) = (
                    self.one.optional_time(info, scroll.stable.as_ref()),
                    self.one.optional_count(info, scroll.max.as_ref()),
                );
                self.act(step, "scroll_until_stable", &quote! { #cx, #selector, #up, #stable, #max })
            }
            Action::Loop(turns) => self.turns(step, info, &cx, turns, flow),
            Action::Back => self.act(step, "back", &cx),
            Action::Forward => self.act(step, "forward", &cx),
            Action::Reload => self.act(step, "reload", &cx),
            Action::Press(keys) => {
                let keys = self.one.text(info, keys);
                self.act(step, "press", &quote! { #cx, #keys })
            }
            Action::Select(select) => {
                let (selector, option) =
                    (self.one.text(info, &select.selector), self.one.text(info, &select.option));
                let timeout = self.one.optional_time(info, select.timeout.as_ref());
                self.act(step, "select", &quote! { #cx, #selector, #option, #timeout })
            }
            Action::Check(reach) => self.reach(step, info, "check", &cx, reach),
            Action::Uncheck(reach) => self.reach(step, info, "uncheck", &cx, reach),
            Action::Hover(reach) => self.reach(step, info, "hover", &cx, reach),
            Action::Extract(extract) => self.extract(step, info, &cx, extract),
            Action::Js(js) => self.js(step, info, &cx, js),
            Action::Screenshot(shot) => self.screenshot(step, info, &cx, shot),
            Action::ReadFile(read) => self.read_file(step, info, &cx, read),
            Action::WriteFiles(write) => self.write_files(step, info, &cx, write),
            Action::SaveHtml(save) => self.save_html(step, info, &cx, save),
            Action::Export(export) => self.export(step, info, &cx, export),
            Action::Pdf(pdf) => self.pdf(step, info, &cx, pdf),
            Action::HtmlToPdf(html) => self.html_to_pdf(step, info, &cx, html),
            Action::Snapshot(kept) => self.kept(step, info, "snapshot", &cx, kept, &TokenStream::new()),
            Action::Emulate(emulate) => self.emulate(step, info, &cx, emulate),
            Action::GetCookies(get) => self.get_cookies(step, info, &cx, get),
            Action::SetCookies(set) => self.set_cookies(step, info, &cx, set),
            Action::ClearCookies => self.act(step, "clear_cookies", &quote! { #cx }),
            Action::Http(http) => self.http(step, info, &cx, http),
            Action::Download(download) => self.download(step, info, &cx, download, flow),
            Action::DownloadEach(download) => self.download_each(step, info, &cx, download),
            Action::SaveCaptures(save) => self.save_captures(step, info, &cx, save),
            Action::Set(set) => self.set(info, &cx, set),
            Action::Call(call) => self.call(info, &cx, call),
            Action::ForEach(each) => self.for_each(info, &cx, each, flow),
            Action::If(branch) => self.branch(info, &cx, branch, flow),
            Action::Console(console) => self.console(step, info, &cx, console, flow),
            Action::Network(network) => self.network(step, info, &cx, network, flow),
            Action::Record(record) => self.record(step, info, &cx, record, flow),
            Action::Retry(retry) => self.retry(info, &cx, retry, flow),
            Action::Try(attempt) => self.attempt(info, &cx, attempt, flow),
            Action::Break => {
                let exit = self.one.exit(flow, Exit::Break);
                quote! { #cx; #exit }
            }
            Action::Continue => {
                let exit = self.one.exit(flow, Exit::Continue);
                quote! { #cx; #exit }
            }
            Action::Yield(give) => {
                let Some(sink) = &flow.sink else { return TokenStream::new() };
                let list = &sink.list;
                if give.each {
                    let ty = Ty::List(Box::new(sink.element.clone().unwrap_or(Ty::Opaque)));
                    let value = match (&give.value, &sink.element) {
                        (value, Some(Ty::Json)) => {
                            let value = self.one.json(info, value);
                            quote! { #rt::items("yield each", #value)? }
                        }
                        (Value::Rust(rust), _) => {
                            let tokens = &rust.tokens;
                            quote! { #rt::each(#tokens) }
                        }
                        (value, _) => self.one.convert(info, value, &ty, "yield each"),
                    };
                    quote! { #cx; #list.extend(#value); }
                } else {
                    let ty = sink.element.clone().unwrap_or(Ty::Opaque);
                    let value = self.one.convert(info, &give.value, &ty, "yield");
                    quote! { #cx; #list.extend([#value]); }
                }
            }
            Action::Return(value) => {
                let ty = self.one.plan.returns.clone().unwrap_or(Ty::Json);
                let value = self.one.convert(info, value, &ty, "return");
                // rustc then holds the expression against the written type, and nothing of ours comes between.
                let value = match &ty {
                    Ty::Rust(rust) => {
                        let (returned, ty) = (local("returned"), &rust.tokens);
                        quote! {{ let #returned: #ty = #value; #returned }}
                    }
                    _ => value,
                };
                let leave = self.one.leave(flow, &value);
                quote! { #cx; #leave }
            }
            Action::Fail(fail) => {
                let message = self.one.text(info, &fail.message);
                let code = fail.code.as_ref().map_or("FAILED", |code| code.text.as_str());
                let status = match &fail.status {
                    Some(status) => self.one.count(info, status),
                    None => quote! { 422 },
                };
                quote! {
                    return #rt::std::result::Result::Err(#rt::fail(#cx, #message, #code, #status));
                }
            }
            Action::Let(rust) => {
                let tokens = &rust.tokens;
                quote! { #cx; let #tokens; }
            }
            Action::Rust(rust) => {
                let tokens = &rust.tokens;
                quote! { #cx; #rt::rust(async { #tokens; #rt::std::result::Result::Ok(()) }).await?; }
            }
        }
    }

    /// `cx`, with the step noted in it.
    fn at(&self, index: usize) -> TokenStream {
        let (rt, cx, table) = (self.one.rt(), self.one.cx(), self.one.item("STEPS"));
        quote! { #rt::at(#cx, &#table[#index]) }
    }

    /// A call of the step's function, whose name has the keyword's place.
    fn call_of(&self, step: &Step, function: &str, arguments: &TokenStream) -> TokenStream {
        let rt = self.one.rt();
        let function = Ident::new(function, step.span);
        quote! { #rt::#function(#arguments).await? }
    }

    fn act(&self, step: &Step, function: &str, arguments: &TokenStream) -> TokenStream {
        let call = self.call_of(step, function, arguments);
        quote! { #call; }
    }

    /// A step whose only part is a text.
    fn reach(
        &self,
        step: &Step,
        info: &Info,
        function: &str,
        cx: &TokenStream,
        reach: &Reach,
    ) -> TokenStream {
        let selector = self.one.text(info, &reach.selector);
        let timeout = self.one.optional_time(info, reach.timeout.as_ref());
        self.act(step, function, &quote! { #cx, #selector, #timeout })
    }

    fn emit(&self, step: &Step, info: &Info, cx: &TokenStream, emit: &Emit) -> TokenStream {
        let rt = self.one.rt();
        let (kind, text) = (&emit.kind.value, self.one.text(info, &emit.text));
        let data = match &emit.data {
            Some(data) => self.one.json(info, data),
            None => quote! { #rt::serde_json::Value::Null },
        };
        self.act(step, "emit", &quote! { #cx, #kind, #text, #data })
    }

    fn wait_until(&self, step: &Step, info: &Info, cx: &TokenStream, wait: &WaitUntil) -> TokenStream {
        let rt = self.one.rt();
        let state = match wait.state {
            Awaited::Present => quote! { Present },
            Awaited::Visible => quote! { Visible },
            Awaited::Gone => quote! { Gone },
        };
        let (selector, text) =
            (self.one.text(info, &wait.selector), self.one.optional_text(info, wait.text.as_ref()));
        let timeout = self.one.optional_time(info, wait.timeout.as_ref());
        self.act(step, "wait_until", &quote! { #cx, #selector, #rt::Awaited::#state, #text, #timeout })
    }

    fn wait_url(&self, step: &Step, info: &Info, cx: &TokenStream, wait: &WaitUrl) -> TokenStream {
        let rt = self.one.rt();
        let address = match &wait.address {
            Address::Matches(regex) => {
                let regex = &regex.value;
                quote! { #rt::AwaitedUrl::Matches(#regex) }
            }
            Address::Glob(Text::Rust(rust)) => {
                let glob = self.one.text(info, &Text::Rust(rust.clone()));
                quote! { #rt::AwaitedUrl::Glob(&[#rt::UrlPart::Pattern(#glob)]) }
            }
            Address::Glob(Text::Template(template)) => {
                let parts = template.parts.iter().map(|part| match part {
                    Part::Text(text) => quote! { #rt::UrlPart::Pattern(#text) },
                    hole => {
                        let one = Template { parts: vec![hole.clone()], span: template.span, escaped: false };
                        let text = self.one.text(info, &Text::Template(one));
                        quote! { #rt::UrlPart::Letters(#text) }
                    }
                });
                quote! { #rt::AwaitedUrl::Glob(&[#(#parts),*]) }
            }
        };
        let timeout = self.one.optional_time(info, wait.timeout.as_ref());
        self.act(step, "wait_until_url", &quote! { #cx, #address, #timeout })
    }

    fn click(&self, step: &Step, info: &Info, cx: &TokenStream, click: &Click) -> TokenStream {
        let rt = self.one.rt();
        let selector = self.one.text(info, &click.selector);
        let text = match &click.text {
            Some(text) => {
                let (text, exact) = (self.one.text(info, text), click.exact);
                quote! { #rt::std::option::Option::Some(#rt::Match { text: #text, exact: #exact }) }
            }
            None => quote! { #rt::std::option::Option::None },
        };
        let closest = self.one.optional_text(info, click.closest.as_ref());
        let timeout = self.one.optional_time(info, click.timeout.as_ref());
        let function = if click.tab { "click_opens_tab" } else { "click" };
        self.act(step, function, &quote! { #cx, #selector, #text, #closest, #timeout })
    }

    /// Says at a `goto` what the step after it extracts, when that is known before.
    fn ahead(&self, index: usize, next: &Step) -> TokenStream {
        let Action::Extract(extract) = &next.action else { return TokenStream::new() };
        if !is_fixed(extract) {
            return TokenStream::new();
        }
        let (rt, here, name) = (self.one.rt(), self.one.cx(), local("ahead"));
        let spec = self.spec(&self.one.plan.steps[index + 1], extract);
        self.ahead.set(true);
        quote! {
            let #name = #spec;
            #rt::ahead(#here, #name);
        }
    }

    fn extract(&self, step: &Step, info: &Info, cx: &TokenStream, extract: &Extract) -> TokenStream {
        let rt = self.one.rt();
        // Said already at the `goto` before.
        let spec = match self.ahead.take() {
            true => local("ahead").into_token_stream(),
            false => self.spec(info, extract),
        };
        // Without a name to bind it to, nothing else gives the type.
        let call = self.call_of(step, "extract", &quote! { #cx, #spec });
        match info.binds.first() {
            Some(bound) => self.bind(bound, &call),
            None => quote! { let _: #rt::serde_json::Value = #call; },
        }
    }

    fn spec(&self, info: &Info, extract: &Extract) -> TokenStream {
        let rt = self.one.rt();
        let (name, from, repeat) = (&extract.name.text, self.one.text(info, &extract.from), extract.repeat);
        let limit = self.one.optional_count(info, extract.limit.as_ref());
        let fields = self.fields(info, &extract.fields);
        quote! { &#rt::Spec { name: #name, from: #from, repeat: #repeat, limit: #limit, fields: #fields } }
    }

    pub(super) fn fields(&self, info: &Info, fields: &[Field]) -> TokenStream {
        let fields = fields.iter().map(|field| self.field(info, field));
        quote! { &[#(#fields),*] }
    }

    fn field(&self, info: &Info, field: &Field) -> TokenStream {
        let rt = self.one.rt();
        let name = &field.name.text;
        let source = match &field.source {
            Source::Text(selector) => {
                let selector = self.one.text(info, selector);
                quote! { Text(#selector) }
            }
            Source::Attr(attr, selector) => {
                let (attr, selector) = (&attr.value, self.one.text(info, selector));
                quote! { Attr(#attr, #selector) }
            }
            Source::Html(selector) => {
                let selector = self.one.text(info, selector);
                quote! { Html(#selector) }
            }
            Source::Const(value) => {
                let value = self.one.json(info, value);
                quote! { Const(#value) }
            }
            Source::Count(selector) => {
                let selector = self.one.text(info, selector);
                quote! { Count(#selector) }
            }
            Source::Nested { from, repeat, fields } => {
                let (from, fields) = (self.one.text(info, from), self.fields(info, fields));
                quote! { Nested { from: #from, repeat: #repeat, fields: #fields } }
            }
        };
        let some = quote! { #rt::std::option::Option::Some };
        let mut says = Vec::new();
        if let Some(regex) = &field.matches {
            let regex = &regex.value;
            says.push(quote! { matches: #some(#regex) });
        }
        for (flag, said) in [
            ("trim", field.trim),
            ("lower", field.case == Some(Case::Lower)),
            ("upper", field.case == Some(Case::Upper)),
            ("url", field.url),
            ("all", field.all),
            ("optional", field.optional),
            ("required", field.required),
        ] {
            if said {
                let flag = Ident::new(flag, Span::call_site());
                says.push(quote! { #flag: true });
            }
        }
        if let Some(cast) = field.cast {
            let cast = match cast {
                Cast::Int => quote! { Int },
                Cast::Float => quote! { Float },
                Cast::Bool => quote! { Bool },
            };
            says.push(quote! { cast: #some(#rt::Cast::#cast) });
        }
        let new = quote! { #rt::Field::new(#name, #rt::Source::#source) };
        if says.is_empty() {
            new
        } else {
            quote! { #rt::Field { #(#says,)* ..#new } }
        }
    }

    fn js(&self, step: &Step, info: &Info, cx: &TokenStream, js: &Js) -> TokenStream {
        let (name, source, awaits) = (&js.name.text, script::source(&js.script), js.awaits);
        let args = js.args.iter().map(|arg| self.one.json(info, arg));
        let call = self.call_of(step, "js", &quote! { #cx, #name, #source, &[#(#args),*], #awaits });
        match (info.binds.first(), &js.ty) {
            (Some(bound), _) => self.bind(bound, &call),
            (None, Some(ty)) => {
                let ty = self.one.ty(&Ty::Rust(ty.clone()));
                quote! { let _: #ty = #call; }
            }
            // A value that nobody wants may be any, also one that is no JSON.
            (None, None) => quote! { let () = #call; },
        }
    }

    fn set(&self, info: &Info, cx: &TokenStream, set: &Set) -> TokenStream {
        let name = &set.name;
        if info.assigns {
            let ty = info.scope.get(&name.text).map_or(Ty::Opaque, |bound| bound.ty.clone());
            let (ident, value) = (name.ident(), self.one.convert(info, &set.value, &ty, &name.text));
            return quote! { #cx; #ident = #value; };
        }
        match info.binds.first() {
            Some(bound) => {
                let value = self.one.convert(info, &set.value, &bound.ty, &name.text);
                let bound = self.bind(bound, &value);
                quote! { #cx; #bound }
            }
            None => {
                let value = self.one.typed(info, &set.value);
                quote! { #cx; let _ = #value; }
            }
        }
    }

    fn call(&self, info: &Info, cx: &TokenStream, call: &Call) -> TokenStream {
        let rt = self.one.rt();
        let here = self.one.cx();
        match &call.target {
            Target::Path(path) => {
                let (tokens, with) = (&path.tokens, self.one.map(info, &call.with));
                let called = quote_spanned! { path.span =>
                    #rt::call(#cx, #tokens::__body(#here, #rt::decode::<#tokens::Input>("with", #rt::serde_json::Value::Object(#with))?)).await?
                };
                match info.binds.first() {
                    Some(bound) => self.bind(bound, &called),
                    None => quote! { #called; },
                }
            }
            Target::Slug(slug) => {
                let Some(callee) = self.one.all.by_slug(&slug.value) else { return TokenStream::new() };
                let inputs = self.one.inputs_of(&callee, info, &call.with);
                let (body, input) = (callee.item("body"), callee.item("Input"));
                let called = quote! { #rt::call(#cx, #body(#here, #input { #inputs })).await? };
                match (&call.name, info.binds.as_slice()) {
                    (Some(_), [bound]) => self.bind(bound, &called),
                    (None, [_, ..]) => {
                        let output = mangled(&callee.task.name.text, "Output");
                        let names = info.binds.iter().map(|bound| bound.name.ident());
                        quote! {
                            #[allow(unused_variables)]
                            let #output { #(#names),* } = #called;
                        }
                    }
                    _ => quote! { #called; },
                }
            }
        }
    }

    fn bind(&self, bound: &Bound, value: &TokenStream) -> TokenStream {
        let (name, ty, mutable) = (bound.name.ident(), self.one.ty(&bound.ty), mutable(bound));
        quote! {
            #[allow(unused_variables, unused_mut)]
            let #mutable #name: #ty = #value;
        }
    }

    fn bind_all(&self, bound: &[Bound], value: &TokenStream) -> TokenStream {
        if bound.is_empty() {
            return quote! { let () = #value; };
        }
        let names = bound.iter().map(|bound| {
            let (name, mutable) = (bound.name.ident(), mutable(bound));
            quote! { #mutable #name }
        });
        let types = bound.iter().map(|bound| self.one.ty(&bound.ty));
        quote! {
            #[allow(unused_variables, unused_mut)]
            let (#(#names,)*): (#(#types,)*) = #value;
        }
    }
}

/// Whether a step does something with one element.
fn wants_one(action: &Action) -> bool {
    matches!(
        action,
        Action::Click(_)
            | Action::SendKeys(_)
            | Action::Fill(_)
            | Action::Select(_)
            | Action::Check(_)
            | Action::Uncheck(_)
            | Action::Hover(_)
            | Action::Upload(_)
    )
}

/// Whether an `extract` says the same whenever it is asked. Rows within rows hold what lives no longer than one
/// statement.
fn is_fixed(extract: &Extract) -> bool {
    !matches!(extract.limit, Some(Arg::Rust(_)))
        && is_literal(&extract.from)
        && extract.fields.iter().all(|field| match &field.source {
            Source::Text(text) | Source::Attr(_, text) | Source::Html(text) | Source::Count(text) => {
                is_literal(text)
            }
            Source::Const(_) | Source::Nested { .. } => false,
        })
}

fn is_literal(text: &Text) -> bool {
    matches!(text, Text::Template(template) if template.literal().is_some())
}

/// A name that `set` bound may be assigned to.
fn mutable(bound: &Bound) -> Option<TokenStream> {
    (bound.by == By::Set).then(|| quote! { mut })
}
