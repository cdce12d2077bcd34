//! Each step as an operation.

use webtask_program::{
    Address, Argument, Call, Emulate, GlobPart, Goto, Html, Http, Into, Js, Kept, Match, Op, Print, Script,
    Step, StepInfo,
};

use crate::ast::{self, Action, Part, SetCookies, Target, Template, Text};
use crate::resolve::{Info, Ty};

use super::blocks::Flow;
use super::{Lower, extract};

impl Lower<'_> {
    /// A step; `ahead` tells of its `extract` that the `goto` before has it.
    pub(super) fn step(
        &mut self,
        step: &ast::Step,
        next: Option<&ast::Step>,
        ahead: &mut bool,
        flow: &Flow,
    ) -> Step {
        let index = self.steps.len();
        self.steps.push(StepInfo { word: step.word.to_owned(), at: (self.place)(step.span) });
        self.side.spans.push(step.span);
        let strict = self.task.header.strict.is_some() && wants_one(&step.action);
        let known = std::mem::take(ahead);
        let op = match (&step.action, next.and_then(extract::fixed)) {
            (Action::Goto(goto), Some(extract)) => {
                let spec = self.spec(self.info(index + 1), extract);
                *ahead = true;
                self.goto(index, goto, Some(spec))
            }
            (Action::Extract(_), _) if known => Op::Extract { spec: None, into: self.into(self.info(index)) },
            _ => self.op(step, index, flow),
        };
        Step { index, strict, op }
    }

    fn op(&mut self, step: &ast::Step, index: usize, flow: &Flow) -> Op {
        let info = self.info(index);
        match &step.action {
            Action::Status(text) => Op::Status { text: self.text(info, text) },
            Action::Emit(emit) => Op::Emit {
                kind: emit.kind.value.clone(),
                text: self.text(info, &emit.text),
                data: emit.data.as_ref().map(|data| self.json(info, data)),
            },
            Action::Goto(goto) => self.goto(index, goto, None),
            Action::Back => Op::Back,
            Action::Forward => Op::Forward,
            Action::Reload => Op::Reload,
            Action::Wait(time) => Op::Wait { time: self.time(info, time) },
            Action::WaitUntil(wait) => Op::WaitUntil {
                selector: self.text(info, &wait.selector),
                state: wait.state,
                text: self.texts(info, wait.text.as_ref()),
                timeout: self.times(info, wait.timeout.as_ref()),
            },
            Action::WaitUrl(wait) => Op::WaitUrl {
                address: self.address(info, &wait.address),
                timeout: self.times(info, wait.timeout.as_ref()),
            },
            Action::WaitJs(wait) => {
                Op::WaitJs { script: script(&wait.script), timeout: self.times(info, wait.timeout.as_ref()) }
            }
            Action::WaitIdle(wait) => Op::WaitIdle {
                quiet: self.time(info, &wait.quiet),
                max: self.counts(info, wait.max.as_ref()),
                timeout: self.times(info, wait.timeout.as_ref()),
            },
            Action::Click(click) => Op::Click {
                selector: self.text(info, &click.selector),
                text: click
                    .text
                    .as_ref()
                    .map(|text| Match { text: self.text(info, text), exact: click.exact }),
                closest: self.texts(info, click.closest.as_ref()),
                tab: click.tab,
                timeout: self.times(info, click.timeout.as_ref()),
            },
            Action::SendKeys(typed) => Op::SendKeys {
                selector: self.text(info, &typed.selector),
                keys: self.text(info, &typed.keys),
                timeout: self.times(info, typed.timeout.as_ref()),
            },
            Action::Fill(fill) => Op::Fill {
                selector: self.text(info, &fill.selector),
                value: self.text(info, &fill.value),
                timeout: self.times(info, fill.timeout.as_ref()),
            },
            Action::Press(keys) => Op::Press { keys: self.text(info, keys) },
            Action::Select(select) => Op::Select {
                selector: self.text(info, &select.selector),
                option: self.text(info, &select.option),
                timeout: self.times(info, select.timeout.as_ref()),
            },
            Action::Check(reach) => Op::Check {
                selector: self.text(info, &reach.selector),
                timeout: self.times(info, reach.timeout.as_ref()),
            },
            Action::Uncheck(reach) => Op::Uncheck {
                selector: self.text(info, &reach.selector),
                timeout: self.times(info, reach.timeout.as_ref()),
            },
            Action::Hover(reach) => Op::Hover {
                selector: self.text(info, &reach.selector),
                timeout: self.times(info, reach.timeout.as_ref()),
            },
            Action::Upload(upload) => Op::Upload {
                selector: self.text(info, &upload.selector),
                files: upload.files.iter().map(|file| self.text(info, file)).collect(),
                timeout: self.times(info, upload.timeout.as_ref()),
            },
            Action::Scroll(scroll) => Op::Scroll {
                selector: self.text(info, &scroll.selector),
                up: scroll.up,
                stable: self.times(info, scroll.stable.as_ref()),
                max: self.counts(info, scroll.max.as_ref()),
            },
            Action::Extract(extract) => {
                let spec = self.spec(info, extract);
                Op::Extract { spec: Some(spec), into: self.into(info) }
            }
            Action::Js(js) => self.js(info, js),
            Action::Screenshot(shot) => {
                let (kept, selector) =
                    (self.kept(info, &shot.kept), self.texts(info, shot.selector.as_ref()));
                let quality = self.counts(info, shot.quality.as_ref());
                Op::Screenshot { kept, selector, full: shot.full, format: shot.format, quality }
            }
            Action::ReadFile(read) => {
                let path = self.text(info, &read.path);
                Op::ReadFile { path, optional: read.optional, into: self.into(info) }
            }
            Action::WriteFiles(write) => {
                let (root, files) = (self.text(info, &write.root), self.json(info, &write.files));
                Op::WriteFiles { root, files, into: self.into(info) }
            }
            Action::SaveHtml(save) => Op::SaveHtml {
                selector: self.texts(info, save.selector.as_ref()),
                path: self.text(info, &save.path),
            },
            Action::Export(export) => {
                let data = self.json(info, &export.data);
                let columns = export.columns.as_ref();
                let columns = columns.map(|all| all.iter().map(|one| self.json(info, one)).collect());
                let path = self.texts(info, export.path.as_ref());
                Op::Export { format: export.format, data, columns, path, into: self.into(info) }
            }
            Action::Pdf(pdf) => {
                let print = self.print(info, &pdf.print);
                Op::Pdf { kept: self.kept(info, &pdf.kept), print }
            }
            Action::HtmlToPdf(html) => {
                let source = match html.source.as_ref().expect("a recipe without mistakes has a source") {
                    ast::Html::Content(text) => Html::Content(self.text(info, text)),
                    ast::Html::File(path) => Html::File(self.text(info, path)),
                };
                let css = html.css.as_ref().map_or_else(String::new, |css| css.value.clone());
                let print = self.print(info, &html.print);
                Op::HtmlToPdf { kept: self.kept(info, &html.kept), source, css, print }
            }
            Action::Snapshot(kept) => Op::Snapshot { kept: self.kept(info, kept) },
            Action::Emulate(emulate) => Op::Emulate(self.emulate(info, emulate)),
            Action::GetCookies(get) => {
                let urls = get.urls.as_ref();
                let urls = urls.map(|urls| urls.iter().map(|url| self.line(info, url)).collect());
                let path = self.texts(info, get.path.as_ref());
                Op::GetCookies { urls, path, into: self.into(info) }
            }
            Action::SetCookies(SetCookies::Value(cookies)) => {
                Op::SetCookies { cookies: self.json(info, cookies) }
            }
            Action::SetCookies(SetCookies::File(path)) => Op::SetCookiesFile { path: self.text(info, path) },
            Action::ClearCookies => Op::ClearCookies,
            Action::Http(http) => self.http(info, http),
            Action::DownloadEach(download) => {
                let selector = self.text(info, &download.selector);
                let timeout = self.times(info, download.timeout.as_ref());
                Op::DownloadEach { selector, timeout, into: self.into(info) }
            }
            Action::SaveCaptures(save) => {
                let (dir, naming) = (self.text(info, &save.dir), self.texts(info, save.naming.as_ref()));
                if save.page {
                    return Op::SavePageCaptures { dir, naming, into: self.into(info) };
                }
                let captures = self.json(info, &save.captures());
                Op::SaveCaptures { name: save.name.text.clone(), captures, dir, naming }
            }
            Action::Set(set) => self.set(info, set),
            Action::Call(call) => self.call(info, call),
            Action::Console(console) => self.console(index, console, flow),
            Action::Network(network) => self.network(index, network, flow),
            Action::Record(film) => self.film(index, film, flow),
            Action::Download(download) => self.download(index, download, flow),
            Action::ForEach(each) => self.for_each(index, each),
            Action::Loop(turns) => self.turns(step, index, turns),
            Action::If(branch) => self.branch(index, branch, flow),
            Action::Retry(retry) => self.retry(index, retry, flow),
            Action::Try(attempt) => self.attempt(index, attempt, flow),
            Action::Break => Op::Break,
            Action::Continue => Op::Continue,
            Action::Yield(give) => self.give(info, give, flow),
            Action::Return(value) => Op::Return { value: self.returned(info, value) },
            Action::Fail(fail) => Op::Fail {
                message: self.text(info, &fail.message),
                code: fail.code.as_ref().map_or("FAILED", |code| code.text.as_str()).to_owned(),
                status: self.counts(info, fail.status.as_ref()),
            },
            Action::Let(rust) => Op::Let { rust: self.rust(rust) },
            Action::Rust(rust) => Op::Rust { rust: self.rust(rust) },
        }
    }

    fn goto(&mut self, index: usize, goto: &ast::Goto, ahead: Option<webtask_program::Spec>) -> Op {
        let info = self.info(index);
        let url = self.url(info, &goto.url);
        let timeout = self.times(info, goto.timeout.as_ref());
        let into = self.into(info);
        Op::Goto(Goto {
            url,
            until: goto.until,
            timeout,
            expect: goto.expect.iter().map(|status| status.value).collect(),
            named: goto.name.is_some(),
            into,
            ahead,
        })
    }

    fn address(&mut self, info: &Info, address: &ast::Address) -> Address {
        match address {
            ast::Address::Matches(regex) => Address::Matches(regex.value.clone()),
            ast::Address::Glob(Text::Rust(rust)) => Address::Rust(self.text(info, &Text::Rust(rust.clone()))),
            ast::Address::Glob(Text::Template(template)) => {
                let parts = template.parts.iter().map(|part| match part {
                    Part::Text(text) => GlobPart::Pattern(text.clone()),
                    hole => {
                        let one = Template { parts: vec![hole.clone()], ..template.clone() };
                        GlobPart::Letters(self.text(info, &Text::Template(one)))
                    }
                });
                Address::Glob(parts.collect())
            }
        }
    }

    fn js(&mut self, info: &Info, js: &ast::Js) -> Op {
        let args = js.args.iter().map(|arg| self.json(info, arg)).collect();
        let into = self.into(info);
        let dropped = js.ty.as_ref().filter(|_| into.is_none());
        let dropped = dropped.map(|ty| self.shape(&Ty::Rust(ty.clone())));
        let script = script(&js.script);
        Op::Js(Js { name: js.name.text.clone(), script, args, awaits: js.awaits, into, dropped })
    }

    fn kept(&mut self, info: &Info, kept: &ast::Kept) -> Kept {
        Kept { path: self.texts(info, kept.path.as_ref()), into: self.into(info) }
    }

    fn print(&mut self, info: &Info, print: &ast::Print) -> Print {
        Print {
            paper: print.format,
            landscape: print.landscape,
            plain: print.plain,
            scale: print.scale.as_ref().map(|scale| self.arg(info, scale)),
            pages: print.pages.as_ref().map(|pages| pages.value.clone()),
            margins: print.margins(),
            header: self.texts(info, print.header.as_ref()),
            footer: self.texts(info, print.footer.as_ref()),
        }
    }

    fn emulate(&mut self, info: &Info, emulate: &ast::Emulate) -> Emulate {
        let size = emulate.size.as_ref();
        Emulate {
            scheme: emulate.scheme,
            size: size.map(|(width, height)| (self.arg(info, width), self.arg(info, height))),
            scale: emulate.scale.as_ref().map(|scale| self.arg(info, scale)),
            mobile: emulate.mobile,
            locale: self.texts(info, emulate.locale.as_ref()),
            timezone: self.texts(info, emulate.timezone.as_ref()),
            agent: self.texts(info, emulate.agent.as_ref()),
            reset: emulate.reset,
        }
    }

    fn http(&mut self, info: &Info, http: &ast::Http) -> Op {
        let headers = http.headers.iter().flat_map(|headers| &headers.value);
        Op::Http(Http {
            method: http.method.to_owned(),
            url: self.url(info, &http.url),
            headers: headers.map(|entry| (entry.key.value.clone(), self.line(info, &entry.value))).collect(),
            body: http.body.as_ref().map(|body| self.json(info, body)),
            expect: http.expect.iter().map(|status| status.value).collect(),
            timeout: self.times(info, http.timeout.as_ref()),
            into: self.into(info),
        })
    }

    fn set(&mut self, info: &Info, set: &ast::Set) -> Op {
        let name = &set.name.text;
        if info.assigns {
            let ty = info.scope.get(name).map_or(Ty::Opaque, |bound| bound.ty.clone());
            return Op::Assign { slot: self.slot(name), value: self.convert(info, &set.value, &ty, name) };
        }
        match info.binds.first() {
            Some(bound) => {
                let value = self.convert(info, &set.value, &bound.ty, name);
                Op::Set { into: Some(self.bind(bound)), value }
            }
            None => Op::Set { into: None, value: self.typed(info, &set.value) },
        }
    }

    fn call(&mut self, info: &Info, call: &ast::Call) -> Op {
        let slug = match &call.target {
            Target::Path(path) => {
                let (path, with) = (self.rust(path), self.entries(info, &call.with));
                return Op::CallPath { path, with, into: self.into(info) };
            }
            Target::Slug(slug) => slug,
        };
        let callee = self.tasks.iter().find(|task| task.slug == *slug);
        let callee = callee.expect("a recipe without mistakes calls what is there");
        let inputs = self.arguments(info, callee, &call.with);
        let into = match (&call.name, info.binds.as_slice()) {
            (Some(_), [bound]) => Into::Local(self.bind(bound)),
            (None, binds @ [_, ..]) => Into::Fields(self.binds(binds)),
            _ => Into::Nothing,
        };
        Op::Call(Call { slug: slug.value.clone(), inputs, into })
    }

    /// The inputs of another task, of what is given to it.
    pub(super) fn arguments(
        &mut self,
        info: &Info,
        callee: &ast::Task,
        with: &[ast::Entry],
    ) -> Vec<(String, Argument)> {
        let inputs = callee.header.inputs.iter().map(|input| {
            let argument = match with.iter().find(|entry| entry.key.value == input.name.text) {
                Some(entry) => {
                    let ty = Ty::within_steps(input);
                    Argument::Value(self.convert(info, &entry.value, &ty, &input.name.text))
                }
                None if input.default.is_some() => Argument::Default,
                None => Argument::Missing,
            };
            (input.name.text.clone(), argument)
        });
        inputs.collect()
    }
}

/// Where JavaScript comes from.
pub(super) fn script(script: &ast::Script) -> Script {
    match script {
        ast::Script::Inline(source) => Script::Inline(source.value.clone()),
        ast::Script::File(path) => Script::File(path.value.clone()),
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
