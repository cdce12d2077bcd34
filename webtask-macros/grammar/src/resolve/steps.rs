//! One task's steps, walked in the order of the text: each sees what was bound before it.

mod blocks;
mod called;
mod captures;
mod conditions;
mod data;
mod records;
mod tries;
mod values;
mod watches;
mod web;

use std::collections::HashSet;

use crate::ast::{Action, Address, Block, InputType, Name, Place, Set, Step, Task, Text, Value};

use super::calls::Calls;
use super::scope::{Bound, By, Scope};
use super::ty::{Given, Ty, written};
use super::untrusted::is_untrusted;
use super::{End, Info, Plan, Wanted};

pub(super) use values::span;

/// Whether it is the address of a page, as a setting has one.
fn is_web(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// What helps when a task with `-> TYPE` has no `return`.
const LEAVE_OUT: &str = "end it with `return VALUE`, or leave out `-> TYPE`";
/// What helps when it has one that may be passed by.
const EVERY_WAY: &str = "every way through a task with `-> TYPE` must end in a `return`";

/// The walk through one task.
pub(super) struct Walk<'w, 't> {
    calls: &'w mut Calls<'t>,
    task: &'t Task,
    plan: Plan,
    scope: Scope,
    /// What each `return` gives.
    returned: Vec<Ty>,
    /// The inputs whose default was held against a place.
    refused: HashSet<(String, Place)>,
    /// What the `yield`s of each open loop give.
    loops: Vec<Option<Vec<Ty>>>,
    /// The last step after which none of its block can come.
    last: &'static str,
}

/// How a block went.
struct Walked {
    /// What it binds.
    binds: Vec<Bound>,
    /// Whether its end can be reached.
    falls: bool,
    /// Whether there is a `return` in it.
    returns: bool,
}

impl Walked {
    /// What a block does that is not there.
    fn nothing() -> Self {
        Self { binds: Vec::new(), falls: true, returns: false }
    }

    fn end(&self) -> End {
        End { binds: self.binds.clone(), falls: self.falls, returns: self.returns }
    }
}

impl<'w, 't> Walk<'w, 't> {
    pub(super) fn task(calls: &'w mut Calls<'t>, task: &'t Task) -> Plan {
        let mut walk = Self {
            calls,
            task,
            plan: Plan::default(),
            scope: Scope::default(),
            returned: Vec::new(),
            refused: HashSet::new(),
            loops: Vec::new(),
            last: "return",
        };
        walk.header();
        let walked = walk.block(&task.body);
        walk.end(walked);
        walk.check_defaults();
        walk.plan
    }

    fn header(&mut self) {
        for input in &self.task.header.inputs {
            let by = if input.ty == InputType::Path { By::Path } else { By::Input };
            self.scope.add(Bound { name: input.name.clone(), ty: Ty::within_steps(input), by });
            if let Some(Value::Rust(rust)) = &input.default {
                self.rust(rust);
            }
        }
        for secret in &self.task.header.secrets {
            self.plan.secrets.insert(secret.text.clone());
            self.scope.add(Bound { name: secret.clone(), ty: Ty::String, by: By::Secret });
        }
        for setting in &self.task.header.settings {
            let default = setting.default.as_ref().map(|default| default.value.clone());
            self.plan.settings.insert(setting.name.text.clone(), Wanted { default, url: false });
            self.scope.add(Bound { name: setting.name.clone(), ty: Ty::String, by: By::Setting });
        }
        self.plan.header = Info { scope: self.scope.clone(), ..Info::default() };
        let Some(setup) = &self.task.header.setup else { return };
        let with: Vec<_> = setup.with.iter().map(|entry| (entry, self.value(&entry.value))).collect();
        if let Some((task, plan)) = self.calls.callee(self.task, &setup.slug, "setup") {
            self.calls.check_inputs(task, &with, setup.slug.span);
            self.want(&plan);
            self.plan.secrets.extend(plan.secrets);
            self.plan.browser |= plan.browser;
            self.plan.untrusted |= plan.untrusted;
        }
    }

    /// Takes over the settings that another task wants.
    fn want(&mut self, other: &Plan) {
        for (name, wanted) in &other.settings {
            let own = self.plan.settings.entry(name.clone()).or_insert_with(|| wanted.clone());
            own.url |= wanted.url;
            if wanted.default.is_none() {
                own.default = None;
            }
        }
    }

    /// Says which defaults can be no beginning of a URL, where they are used as one.
    fn check_defaults(&mut self) {
        for setting in &self.task.header.settings {
            let Some(default) = &setting.default else { continue };
            let wanted = self.plan.settings.get(&setting.name.text);
            if !wanted.is_some_and(|wanted| wanted.url) || is_web(&default.value) {
                continue;
            }
            let (name, value) = (&setting.name.text, &default.value);
            let help = match is_web(&format!("https://{value}")) {
                true => format!("write it as `\"https://{value}\"`"),
                false => "write it as `\"https://example.com\"`".to_owned(),
            };
            let message =
                format!("the default of `{name}` is used as a URL, and is not an http or https URL");
            self.calls.problems.help(default.span, message, help);
        }
    }

    /// The results, and the type of what the task gives.
    fn end(&mut self, walked: Walked) {
        self.plan.falls = walked.falls;
        self.plan.partial |= !self.task.lost.is_empty();
        match (&self.task.returns, Ty::unify(std::mem::take(&mut self.returned))) {
            (Some(ty), returned) => {
                // What could not be read may have been the `return`.
                if walked.falls && !self.plan.partial {
                    let (message, help) = match returned {
                        None => ("the task returns `TYPE` but has no `return` step", LEAVE_OUT),
                        Some(_) => ("the end of the steps can be reached without a `return`", EVERY_WAY),
                    };
                    let message = message.replace("TYPE", &written(ty));
                    self.calls.problems.help(ty.span, message, help);
                }
                self.plan.returns = Some(Ty::Rust(ty.clone()));
            }
            (None, Some(ty)) => {
                self.plan.returns = Some(if walked.falls { ty.optional() } else { ty }.or_json());
            }
            (None, None) => {
                self.plan.results = walked.binds.into_iter().map(|bound| self.known(bound)).collect();
            }
        }
    }

    /// A name whose type must be known, since it becomes a field; any JSON when it is not, which is then reported.
    fn known(&mut self, bound: Bound) -> Bound {
        if bound.ty.is_known() {
            return bound;
        }
        let name = &bound.name.text;
        let help = match bound.by {
            By::Set => format!("write `set {name}: TYPE …`"),
            _ => format!("write `collect {name}: TYPE`"),
        };
        self.calls.problems.help(bound.name.span, format!("the type of `{name}` is not known"), help);
        Bound { ty: bound.ty.or_json(), ..bound }
    }

    fn block(&mut self, block: &'t Block) -> Walked {
        let mut walked = Walked { binds: Vec::new(), falls: true, returns: false };
        let (mut told, mut ended) = (false, "return");
        for step in &block.steps {
            if !walked.falls && !told {
                told = true;
                let help = format!("remove it, or move the `{ended}`");
                self.calls.problems.help(step.span, format!("`{}` is never reached", step.word), help);
            }
            let index = self.plan.steps.len();
            self.plan.steps.push(Info { scope: self.scope.clone(), ..Info::default() });
            let (falls, returns) = self.step(index, step);
            if walked.falls && !falls && !returns {
                ended = self.last;
            }
            walked.falls &= falls;
            walked.returns |= returns;
            self.plan.steps[index].returns = returns;
            for bound in &self.plan.steps[index].binds {
                walked.binds.push(bound.clone());
            }
        }
        walked
    }

    /// A block whose names do not stay: the scope is as before after it.
    fn inner(&mut self, block: &'t Block) -> Walked {
        let scope = self.scope.clone();
        let walked = self.block(block);
        self.scope.leave(scope);
        walked
    }

    /// Walks one step; whether what follows it can be reached, and whether it holds a `return`.
    fn step(&mut self, index: usize, step: &'t Step) -> (bool, bool) {
        let span = step.span;
        match &step.action {
            Action::Status(text) => self.text(text),
            Action::Emit(emit) => {
                self.text(&emit.text);
                self.values(&emit.data);
            }
            Action::Goto(goto) => {
                self.browser();
                self.url(&goto.url);
                self.plan.untrusted |= is_untrusted(&goto.url, &self.scope);
                self.time(goto.timeout.as_ref());
                if let Some(name) = &goto.name {
                    self.bind(index, name, Ty::Given(Given::Navigation), By::Step);
                }
            }
            Action::Wait(time) => self.time(Some(time)),
            Action::WaitUntil(wait) => {
                self.browser();
                self.text(&wait.selector);
                self.texts(wait.text.as_ref());
                self.time(wait.timeout.as_ref());
            }
            Action::WaitUrl(wait) => {
                self.browser();
                if let Address::Glob(glob) = &wait.address {
                    self.text(glob);
                }
                self.time(wait.timeout.as_ref());
            }
            Action::WaitJs(wait) => {
                self.browser();
                self.time(wait.timeout.as_ref());
            }
            Action::Click(click) => {
                self.browser();
                self.text(&click.selector);
                self.texts(click.text.as_ref());
                self.texts(click.closest.as_ref());
                self.time(click.timeout.as_ref());
            }
            Action::SendKeys(keys) => {
                self.browser();
                self.text(&keys.selector);
                self.text_or_secret(&keys.keys);
                self.time(keys.timeout.as_ref());
            }
            Action::Fill(fill) => {
                self.browser();
                self.text(&fill.selector);
                self.text_or_secret(&fill.value);
                self.time(fill.timeout.as_ref());
            }
            Action::Back | Action::Forward | Action::Reload => self.browser(),
            Action::WaitIdle(wait) => {
                self.browser();
                self.plan.network = true;
                self.time(Some(&wait.quiet));
                self.count(wait.max.as_ref());
                self.time(wait.timeout.as_ref());
            }
            Action::Upload(upload) => {
                self.browser();
                self.text(&upload.selector);
                upload.files.iter().for_each(|file| self.text(file));
                self.time(upload.timeout.as_ref());
            }
            Action::Scroll(scroll) => {
                self.browser();
                self.text(&scroll.selector);
                self.time(scroll.stable.as_ref());
                self.count(scroll.max.as_ref());
            }
            Action::Loop(turns) => return (true, self.turns(index, turns, span)),
            Action::Press(text) => {
                self.browser();
                self.text(text);
            }
            Action::Check(reach) | Action::Uncheck(reach) | Action::Hover(reach) => {
                self.browser();
                self.text(&reach.selector);
                self.time(reach.timeout.as_ref());
            }
            Action::Select(select) => {
                self.browser();
                self.text(&select.selector);
                self.text(&select.option);
                self.time(select.timeout.as_ref());
            }
            Action::Extract(extract) => self.extract(index, extract),
            Action::Js(js) => {
                self.browser();
                for arg in &js.args {
                    self.value_or_secret(arg);
                }
                let ty = js.ty.clone().map_or(Ty::Json, Ty::Rust);
                self.bind(index, &js.name, ty, By::Step);
            }
            Action::Screenshot(shot) => self.screenshot(index, shot),
            Action::ReadFile(read) => self.read_file(index, read),
            Action::WriteFiles(write) => self.write_files(index, write),
            Action::SaveHtml(save) => {
                self.browser();
                self.text(&save.path);
                self.texts(save.selector.as_ref());
            }
            Action::Export(export) => self.export(index, export),
            Action::Pdf(pdf) => self.pdf(index, pdf),
            Action::HtmlToPdf(html) => self.html_to_pdf(index, html),
            Action::Snapshot(kept) => self.kept(index, kept),
            Action::Emulate(emulate) => self.emulate(emulate),
            Action::GetCookies(get) => self.get_cookies(index, get),
            Action::SetCookies(set) => self.set_cookies(set),
            Action::ClearCookies => self.browser(),
            Action::Http(http) => self.http(index, http),
            Action::DownloadEach(download) => {
                self.browser();
                self.text(&download.selector);
                self.time(download.timeout.as_ref());
                let ty = Ty::List(Box::new(Ty::Given(Given::Download)));
                self.bind(index, &download.name, ty, By::Step);
            }
            Action::SaveCaptures(save) => {
                if !save.page {
                    self.value(&save.captures());
                }
                self.text(&save.dir);
                match &save.naming {
                    Some(Text::Template(naming)) => self.placeholders(naming, false),
                    naming => self.texts(naming.as_ref()),
                }
                if save.page {
                    self.browser();
                    self.bind(index, &save.name, Ty::List(Box::new(Ty::Given(Given::File))), By::Step);
                }
            }
            Action::Set(set) => self.set(index, set),
            Action::Call(call) => self.call(index, call),
            Action::ForEach(each) => return (true, self.for_each(index, each)),
            Action::If(branch) => return self.branch(index, branch),
            Action::Download(download) => return self.download(index, download),
            Action::Console(console) => return self.console(index, console),
            Action::Network(network) => return self.network(index, network),
            Action::Record(record) => return self.record_film(index, record),
            Action::Retry(retry) => return self.retry(index, retry),
            Action::Try(attempt) => return self.attempt(index, attempt),
            Action::Break | Action::Continue => {
                self.exit(step.word, span);
                self.last = step.word;
                return (false, false);
            }
            Action::Yield(give) => self.give(give, span),
            Action::Return(value) => {
                let ty = self.value(value);
                if self.task.returns.is_none() && !ty.is_known() {
                    let help = "write `-> TYPE` after the task's slug";
                    self.calls.problems.help(span, "the type of this `return` is not known", help);
                }
                self.returned.push(ty);
                return (false, true);
            }
            Action::Fail(fail) => {
                self.text(&fail.message);
                self.count(fail.status.as_ref());
                self.last = step.word;
                return (false, false);
            }
            Action::Let(rust) | Action::Rust(rust) => self.rust(rust),
        }
        (true, false)
    }

    fn set(&mut self, index: usize, set: &'t Set) {
        let found = self.value(&set.value);
        let ty = set.ty.clone().map_or(found, Ty::Rust);
        match self.scope.get(&set.name.text).cloned() {
            Some(bound) if bound.by == By::Set => {
                self.plan.steps[index].assigns = true;
                let same = bound.ty == ty || bound.ty == ty.clone().optional();
                if set.ty.is_some() {
                    let help = "write the type only where it is first set";
                    self.calls.problems.help(
                        set.name.span,
                        format!("`{}` already has a type", set.name.text),
                        help,
                    );
                } else if !same
                    && !matches!((&bound.ty, &ty), (Ty::Json | Ty::Opaque | Ty::Rust(_), _) | (_, Ty::Opaque))
                {
                    let (one, other) = bound.ty.apart(&ty);
                    let message = format!("`{}` is {one}, not {other}", set.name.text);
                    self.calls.problems.help(set.name.span, message, "use another name for another type");
                }
            }
            _ => self.bind(index, &set.name, ty, By::Set),
        }
    }

    /// Binds a name, unless it is already bound or `_`.
    fn bind(&mut self, index: usize, name: &Name, ty: Ty, by: By) {
        if name.text != "_" && self.is_free(name, "give this one another name") {
            self.add(index, name, ty, by);
        }
    }

    fn add(&mut self, index: usize, name: &Name, ty: Ty, by: By) {
        let bound = Bound { name: name.clone(), ty, by };
        self.scope.add(bound.clone());
        self.plan.steps[index].binds.push(bound);
    }

    /// Whether the name is not bound yet; says so when it is.
    fn is_free(&mut self, name: &Name, help: &str) -> bool {
        let Some(bound) = self.scope.get(&name.text) else { return true };
        let what = match bound.by {
            By::Input | By::Path => "is already an input",
            By::Secret => "is already a secret",
            By::Setting => "is already a setting",
            By::Loop => "is already a loop variable",
            By::Set | By::Step | By::Error => "is already bound",
        };
        self.calls.problems.help(name.span, format!("`{}` {what}", name.text), help);
        false
    }
}
