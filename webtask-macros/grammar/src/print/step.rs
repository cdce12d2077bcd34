//! Writes steps, each with its options in the order of the reference.

use super::Page;
use crate::ast::{
    Action, Address, Arg, Awaited, Condition, Emulate, Expected, Film, Format, Html, Image, Kept, Paper,
    Print, Reach, Scheme, SetCookies, Spanned, Target, Text, Until,
};
use std::time::Duration;

impl Page {
    pub(super) fn step(&mut self, action: &Action) {
        match self.leaf(action) {
            Some(line) => self.line(&line),
            None => self.with_block(action),
        }
    }

    fn with_block(&mut self, action: &Action) {
        let head = match action {
            Action::ForEach(each) => {
                let list = self.value(&each.list);
                let collect = self.collect(each.collect.as_ref());
                let continues = flag(each.continues, "continue on error");
                format!("for each {} in {list}{collect}{continues}", each.item.text)
            }
            Action::Loop(turns) => {
                let asked = match &turns.condition {
                    Some(condition) => {
                        let word = if turns.until { "until" } else { "while" };
                        format!(" {word} {}", self.condition(condition))
                    }
                    None => String::new(),
                };
                let (pause, max) = (self.opt_time("pause", &turns.pause), self.opt_count("max", &turns.max));
                format!("loop{asked}{pause}{max}{}", self.collect(turns.collect.as_ref()))
            }
            Action::Retry(retry) => {
                format!("retry {}{}", self.count(&retry.times), self.opt_time("pause", &retry.pause))
            }
            Action::Console(console) => format!("console {}", console.name.text),
            Action::Network(network) => {
                let (name, path) = self.kept(&network.kept);
                let max = self.opt_count("max bytes", &network.max);
                let url = self.opt_text("url", network.url.as_ref());
                let (bodies, list) = (flag(network.bodies, "bodies"), flag(network.list, "as list"));
                format!("capture network{name}{bodies}{max}{url}{list}{path}")
            }
            Action::Record(record) => {
                let (name, path) = self.kept(&record.kept);
                let format = match record.format {
                    Film::Gif => "",
                    Film::Mp4 => " format mp4",
                    Film::Webm => " format webm",
                };
                let (fps, frames) =
                    (self.opt_count("fps", &record.fps), self.opt_count("frames", &record.frames));
                format!(
                    "record{name}{format}{fps}{frames}{}{}{path}",
                    self.opt_time("for", &record.time),
                    self.opt_count("quality", &record.quality)
                )
            }
            Action::Download(download) => {
                let path = self.opt_text("path", download.path.as_ref());
                format!(
                    "download {}{path}{}",
                    download.name.text,
                    self.opt_time("timeout", &download.timeout)
                )
            }
            Action::Extract(extract) => {
                let from = self.text(&extract.from);
                let head =
                    format!("extract {} from {from}{}", extract.name.text, flag(extract.repeat, "repeat"));
                let head = format!("{head}{}", self.opt_count("limit", &extract.limit));
                self.open(&head);
                self.fields(&extract.fields);
                return self.close();
            }
            Action::Rust(rust) => {
                let tokens = self.rust(rust);
                self.indent();
                self.out.push_str(&format!("rust {{ {tokens} }}\n"));
                return;
            }
            Action::If(branch) => {
                for (index, (condition, block)) in branch.branches.iter().enumerate() {
                    let condition = self.condition(condition);
                    match index {
                        0 => self.open(&format!("if {condition}")),
                        _ => self.reopen(&format!("else if {condition}")),
                    }
                    self.block(block);
                }
                if let Some(block) = &branch.otherwise {
                    self.reopen("else");
                    self.block(block);
                }
                return self.close();
            }
            Action::Try(attempt) => {
                self.open("try");
                self.block(&attempt.body);
                if let Some(otherwise) = &attempt.otherwise {
                    match &otherwise.error {
                        Some(name) => self.reopen(&format!("else as {}", name.text)),
                        None => self.reopen("else"),
                    }
                    self.block(&otherwise.body);
                }
                return self.close();
            }
            _ => return,
        };
        self.open(&head);
        for block in action.blocks() {
            self.block(block);
        }
        self.close();
    }

    /// A statement without a block; none where there is one.
    fn leaf(&mut self, action: &Action) -> Option<String> {
        Some(match action {
            Action::Status(text) => format!("status {}", self.text(text)),
            Action::Emit(emit) => {
                let (kind, text) = (self.word(&emit.kind.value, &["data"]), self.text(&emit.text));
                let data =
                    emit.data.as_ref().map_or(String::new(), |data| format!(" data {}", self.value(data)));
                format!("emit {kind} {text}{data}")
            }
            Action::Goto(goto) => {
                let name = goto.name.as_ref().map_or(String::new(), |name| format!("{} ", name.text));
                let until = match goto.until {
                    Until::Load => "",
                    Until::Dom => " until dom",
                    Until::Idle => " until idle",
                };
                let (url, expect) = (self.text(&goto.url), expect(&goto.expect));
                format!("goto {name}{url}{expect}{until}{}", self.opt_time("timeout", &goto.timeout))
            }
            Action::Back => "back".to_owned(),
            Action::Forward => "forward".to_owned(),
            Action::Reload => "reload".to_owned(),
            Action::Wait(time) => format!("wait {}", self.time(time)),
            Action::WaitUntil(wait) => {
                let state = match wait.state {
                    Awaited::Present => "",
                    Awaited::Visible => " visible",
                    Awaited::Gone => " gone",
                };
                let (selector, text) = (self.text(&wait.selector), self.opt_text("text", wait.text.as_ref()));
                format!("wait until {selector}{state}{text}{}", self.opt_time("timeout", &wait.timeout))
            }
            Action::WaitUrl(wait) => {
                let address = match &wait.address {
                    Address::Glob(glob) => self.text(glob),
                    Address::Matches(regex) => format!("matches {}", self.quoted(&regex.value)),
                };
                format!("wait until url {address}{}", self.opt_time("timeout", &wait.timeout))
            }
            Action::WaitJs(wait) => {
                format!(
                    "wait until js {}{}",
                    self.script(&wait.script),
                    self.opt_time("timeout", &wait.timeout)
                )
            }
            Action::WaitIdle(wait) => {
                let (quiet, max) = (self.time(&wait.quiet), self.opt_count("max", &wait.max));
                format!("wait network idle {quiet}{max}{}", self.opt_time("timeout", &wait.timeout))
            }
            Action::Click(click) => {
                let (selector, text) =
                    (self.text(&click.selector), self.opt_text("text", click.text.as_ref()));
                let closest = self.opt_text("closest", click.closest.as_ref());
                let (exact, tab) = (flag(click.exact, "match exact"), flag(click.tab, "opens tab"));
                let timeout = self.opt_time("timeout", &click.timeout);
                format!("click {selector}{text}{exact}{closest}{tab}{timeout}")
            }
            Action::SendKeys(typed) => {
                let (selector, keys) = (self.text(&typed.selector), self.text(&typed.keys));
                format!("sendkeys {selector} keys {keys}{}", self.opt_time("timeout", &typed.timeout))
            }
            Action::Fill(fill) => {
                let (selector, value) = (self.text(&fill.selector), self.text(&fill.value));
                format!("fill {selector} with {value}{}", self.opt_time("timeout", &fill.timeout))
            }
            Action::Press(keys) => format!("press {}", self.text(keys)),
            Action::Select(select) => {
                let (selector, option) = (self.text(&select.selector), self.text(&select.option));
                format!("select {selector} option {option}{}", self.opt_time("timeout", &select.timeout))
            }
            Action::Check(reach) => self.reach("check", reach),
            Action::Uncheck(reach) => self.reach("uncheck", reach),
            Action::Hover(reach) => self.reach("hover", reach),
            Action::Upload(upload) => {
                let (selector, files) = (self.text(&upload.selector), self.texts(&upload.files));
                format!("upload {selector} files {files}{}", self.opt_time("timeout", &upload.timeout))
            }
            Action::Scroll(scroll) => {
                let (selector, up) = (self.text(&scroll.selector), flag(scroll.up, "direction up"));
                let stable = self.opt_time("stable", &scroll.stable);
                format!("scroll until stable {selector}{up}{stable}{}", self.opt_count("max", &scroll.max))
            }
            Action::Js(js) => {
                let (ty, script) = (self.typed(js.ty.as_ref()), self.script(&js.script));
                let args =
                    if js.args.is_empty() { String::new() } else { format!(" args {}", self.list(&js.args)) };
                format!("js {}{ty} {script}{args}{}", js.name.text, flag(js.awaits, "await"))
            }
            Action::Screenshot(shot) => {
                let (name, path) = self.kept(&shot.kept);
                let selector = self.opt_text("selector", shot.selector.as_ref());
                let format = match shot.format {
                    Image::Png => "",
                    Image::Jpeg => " format jpeg",
                    Image::Webp => " format webp",
                };
                let (full, quality) =
                    (flag(shot.full, "full page"), self.opt_count("quality", &shot.quality));
                format!("screenshot{name}{selector}{full}{format}{quality}{path}")
            }
            Action::ReadFile(read) => {
                let path = self.text(&read.path);
                format!("read file {} path {path}{}", read.name.text, flag(read.optional, "optional"))
            }
            Action::WriteFiles(write) => {
                let (root, files) = (self.text(&write.root), self.value(&write.files));
                format!("write files {} root {root} files {files}", write.name.text)
            }
            Action::SaveHtml(save) => {
                format!(
                    "save html path {}{}",
                    self.text(&save.path),
                    self.opt_text("selector", save.selector.as_ref())
                )
            }
            Action::Export(export) => {
                let format = match export.format {
                    Format::Csv => "csv",
                    Format::Ndjson => "ndjson",
                    Format::Json => "json",
                    Format::Md => "md",
                };
                let name = export.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
                let data = self.value(&export.data);
                let columns = match &export.columns {
                    Some(columns) => format!(" columns {}", self.list(columns)),
                    None => String::new(),
                };
                format!(
                    "export {format}{name} data {data}{columns}{}",
                    self.opt_text("path", export.path.as_ref())
                )
            }
            Action::Pdf(pdf) => {
                let (name, path) = self.kept(&pdf.kept);
                format!("pdf{name}{path}{}", self.print(&pdf.print))
            }
            Action::HtmlToPdf(html) => {
                let (name, path) = self.kept(&html.kept);
                let source = match &html.source {
                    Some(Html::Content(text)) => format!(" content {}", self.text(text)),
                    Some(Html::File(text)) => format!(" file {}", self.text(text)),
                    None => String::new(),
                };
                let css = html
                    .css
                    .as_ref()
                    .map_or(String::new(), |css| format!(" css {}", self.quoted(&css.value)));
                format!("html to pdf{name}{source}{css}{path}{}", self.print(&html.print))
            }
            Action::Snapshot(kept) => {
                let (name, path) = self.kept(kept);
                format!("snapshot{name}{path}")
            }
            Action::Emulate(emulate) => self.emulate(emulate),
            Action::GetCookies(get) => {
                let urls =
                    get.urls.as_ref().map_or(String::new(), |urls| format!(" urls {}", self.list(urls)));
                format!("get cookies {}{urls}{}", get.name.text, self.opt_text("path", get.path.as_ref()))
            }
            Action::SetCookies(SetCookies::Value(cookies)) => format!("set cookies {}", self.value(cookies)),
            Action::SetCookies(SetCookies::File(file)) => format!("set cookies file {}", self.text(file)),
            Action::ClearCookies => "clear cookies".to_owned(),
            Action::Http(http) => {
                let url = self.text(&http.url);
                let headers = match &http.headers {
                    Some(headers) => format!(" headers {}", self.map(&headers.value)),
                    None => String::new(),
                };
                let body =
                    http.body.as_ref().map_or(String::new(), |body| format!(" body {}", self.value(body)));
                let (expect, timeout) = (expect(&http.expect), self.opt_time("timeout", &http.timeout));
                format!("http {} {} url {url}{headers}{body}{expect}{timeout}", http.method, http.name.text)
            }
            Action::DownloadEach(download) => {
                let (selector, timeout) =
                    (self.text(&download.selector), self.opt_time("timeout", &download.timeout));
                format!("download each {} selector {selector}{timeout}", download.name.text)
            }
            Action::SaveCaptures(save) => {
                let (dir, naming) = (self.text(&save.dir), self.opt_text("naming", save.naming.as_ref()));
                format!("save captures {} dir {dir}{}{naming}", save.name.text, flag(save.page, "from page"))
            }
            Action::Set(set) => {
                format!("set {}{} {}", set.name.text, self.typed(set.ty.as_ref()), self.value(&set.value))
            }
            Action::Call(call) => {
                let name = call.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
                let target = match &call.target {
                    Target::Slug(slug) => self.quoted(&slug.value),
                    Target::Path(path) => self.rust(path),
                };
                let with = if call.with.is_empty() {
                    String::new()
                } else {
                    format!(" with {}", self.map(&call.with))
                };
                format!("call{name} {target}{with}")
            }
            Action::Break => "break".to_owned(),
            Action::Continue => "continue".to_owned(),
            Action::Yield(given) => {
                format!("yield{} {}", flag(given.each, "each"), self.value(&given.value))
            }
            Action::Return(value) => format!("return {}", self.value(value)),
            Action::Fail(fail) => {
                let code = fail.code.as_ref().map_or(String::new(), |code| format!(" code {}", code.text));
                format!("fail {}{code}{}", self.text(&fail.message), self.opt_count("status", &fail.status))
            }
            Action::Let(rust) => format!("let {}", self.rust(rust)),
            Action::ForEach(_)
            | Action::Loop(_)
            | Action::If(_)
            | Action::Retry(_)
            | Action::Try(_)
            | Action::Console(_)
            | Action::Network(_)
            | Action::Record(_)
            | Action::Download(_)
            | Action::Extract(_)
            | Action::Rust(_) => return None,
        })
    }

    fn condition(&mut self, condition: &Condition) -> String {
        match condition {
            Condition::Js(script) => format!("js {}", self.script(script)),
            Condition::Value(value) => self.value(value),
            Condition::Compare(compared) => {
                let word = compared.comparator.value.text();
                format!("{} {word} {}", self.value(&compared.left), self.value(&compared.right))
            }
            Condition::Matches(matches) => {
                format!("{} matches {}", self.value(&matches.text), self.quoted(&matches.regex.value))
            }
            Condition::Not(inner) => format!("not {}", self.grouped(inner)),
            Condition::And(parts) => self.joined(parts, " and "),
            Condition::Or(parts) => self.joined(parts, " or "),
        }
    }

    fn joined(&mut self, parts: &[Condition], word: &str) -> String {
        let parts: Vec<_> = parts.iter().map(|part| self.grouped(part)).collect();
        parts.join(word)
    }

    /// A part of a condition, in brackets where it has parts of its own.
    fn grouped(&mut self, part: &Condition) -> String {
        let text = self.condition(part);
        match part {
            Condition::And(_) | Condition::Or(_) => format!("({text})"),
            _ => text,
        }
    }

    fn opt_text(&mut self, word: &str, text: Option<&Text>) -> String {
        text.map_or(String::new(), |text| format!(" {word} {}", self.text(text)))
    }

    fn opt_time(&mut self, word: &str, time: &Option<Arg<Duration>>) -> String {
        time.as_ref().map_or(String::new(), |time| format!(" {word} {}", self.time(time)))
    }

    fn opt_count(&mut self, word: &str, count: &Option<Arg<u64>>) -> String {
        count.as_ref().map_or(String::new(), |count| format!(" {word} {}", self.count(count)))
    }

    fn reach(&mut self, word: &str, reach: &Reach) -> String {
        format!("{word} {}{}", self.text(&reach.selector), self.opt_time("timeout", &reach.timeout))
    }

    /// The name of a capture, and its path.
    fn kept(&mut self, kept: &Kept) -> (String, String) {
        let name = kept.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
        (name, self.opt_text("path", kept.path.as_ref()))
    }

    fn print(&mut self, print: &Print) -> String {
        let format = match print.format {
            Paper::A4 => "",
            Paper::A3 => " format A3",
            Paper::Letter => " format Letter",
            Paper::Legal => " format Legal",
        };
        let mut out = format!(
            "{format}{}{}",
            flag(print.landscape, "landscape"),
            flag(print.plain, "background false")
        );
        if let Some(scale) = &print.scale {
            out += &format!(" scale {}", self.number(scale));
        }
        for (word, text) in [("pages", &print.pages), ("margin", &print.margin)] {
            if let Some(text) = text {
                out += &format!(" {word} {}", self.quoted(&text.value));
            }
        }
        out += &self.opt_text("header", print.header.as_ref());
        out += &self.opt_text("footer", print.footer.as_ref());
        out
    }

    fn emulate(&mut self, emulate: &Emulate) -> String {
        let mut out = format!("emulate{}", flag(emulate.reset, "reset"));
        out += match emulate.scheme {
            Some(Scheme::Dark) => " dark",
            Some(Scheme::Light) => " light",
            None => "",
        };
        if let Some((width, height)) = &emulate.size {
            out += &format!(" width {} height {}", self.count(width), self.count(height));
        }
        if let Some(scale) = &emulate.scale {
            out += &format!(" scale {}", self.number(scale));
        }
        out += &flag(emulate.mobile, "mobile");
        out += &self.opt_text("locale", emulate.locale.as_ref());
        out += &self.opt_text("timezone", emulate.timezone.as_ref());
        out += &self.opt_text("user agent", emulate.agent.as_ref());
        out
    }
}

fn flag(set: bool, word: &str) -> String {
    if set { format!(" {word}") } else { String::new() }
}

fn expect(statuses: &[Spanned<Expected>]) -> String {
    let words: Vec<_> = statuses
        .iter()
        .map(|status| match status.value {
            Expected::Ok => "ok".to_owned(),
            Expected::Any => "any".to_owned(),
            Expected::Code(code) => code.to_string(),
        })
        .collect();
    if words.is_empty() { String::new() } else { format!(" expect {}", words.join(", ")) }
}
