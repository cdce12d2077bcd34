//! Writes trees as text: one line a statement, everything that the tree holds.

mod parts;

use std::fmt::Write as _;

use webtask_grammar::ast::*;

use self::parts::*;

pub(super) fn task(task: &Task) -> String {
    let mut out = String::new();
    if !task.attrs.is_empty() {
        let _ = writeln!(out, "{}", task.attrs);
    }
    if !task.vis.is_empty() {
        let _ = write!(out, "{} ", task.vis);
    }
    let _ = write!(out, "task {:?} as {}", task.slug.value, task.name.text);
    if let Some(ty) = &task.returns {
        let _ = write!(out, " -> {}", rust(ty));
    }
    out.push('\n');
    let mut line = |text: String| {
        let _ = writeln!(out, "  {text}");
    };
    let header = &task.header;
    header.doc.iter().for_each(|doc| line(format!("doc {:?}", doc.value)));
    header.pool.iter().for_each(|pool| line(format!("pool {}", pool.value)));
    header.timeout.iter().for_each(|timeout| line(format!("timeout {:?}", timeout.value)));
    if !header.transports.is_empty() {
        let words: Vec<_> = header.transports.iter().map(|each| format!("{:?}", each.value)).collect();
        line(format!("transport {}", words.join(", ")));
    }
    if let Some(setup) = &header.setup {
        let with = if setup.with.is_empty() { String::new() } else { format!(" with {}", map(&setup.with)) };
        line(format!("setup {:?}{with}", setup.slug.value));
    }
    header.strict.iter().for_each(|_| line("strict".to_owned()));
    header.dialogs.iter().for_each(|dialogs| line(format!("dialogs {:?}", dialogs.value)));
    for input in &header.inputs {
        let ty = match &input.ty {
            InputType::Rust(ty) => format!(": {}", rust(ty)),
            ty => format!(" {ty:?}").to_lowercase(),
        };
        let required = if input.required { " required" } else { "" };
        let default = input.default.as_ref().map_or(String::new(), |v| format!(" default {}", value(v)));
        let doc = input.doc.as_ref().map_or(String::new(), |doc| format!(" doc {:?}", doc.value));
        line(format!("input {}{ty}{required}{default}{doc}", input.name.text));
    }
    header.secrets.iter().for_each(|secret| line(format!("secret {}", secret.text)));
    for setting in &header.settings {
        let default =
            setting.default.as_ref().map_or(String::new(), |text| format!(" default {:?}", text.value));
        line(format!("setting {}{default}", setting.name.text));
    }
    for text in block(&task.body).lines() {
        line(text.to_owned());
    }
    out
}

pub(super) fn block(block: &Block) -> String {
    block.steps.iter().map(|each| step(&each.action)).collect::<Vec<_>>().join("\n")
}

fn expect(statuses: &[Spanned<Expected>]) -> String {
    let words: Vec<_> = statuses.iter().map(|status| format!("{:?}", status.value)).collect();
    if words.is_empty() { String::new() } else { format!(" expect {}", words.join(", ")) }
}

/// A condition, with parentheses around whatever is made of several.
fn condition(asked: &Condition) -> String {
    let several = |parts: &[Condition], word: &str| {
        let parts: Vec<_> = parts.iter().map(condition).collect();
        format!("({})", parts.join(&format!(" {word} ")))
    };
    match asked {
        Condition::Js(js) => format!("js {}", script(js)),
        Condition::Value(asked) => value(asked),
        Condition::Compare(compared) => {
            format!(
                "{} {} {}",
                value(&compared.left),
                compared.comparator.value.text(),
                value(&compared.right)
            )
        }
        Condition::Matches(matches) => format!("{} matches {:?}", value(&matches.text), matches.regex.value),
        Condition::Not(inner) => format!("not {}", condition(inner)),
        Condition::And(parts) => several(parts, "and"),
        Condition::Or(parts) => several(parts, "or"),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("\n  {line}")).collect()
}

fn step(action: &Action) -> String {
    match action {
        Action::Status(status) => format!("status {}", text(status)),
        Action::Emit(emit) => {
            format!("emit {} {}{}", emit.kind.value, text(&emit.text), option("data", &emit.data, value))
        }
        Action::Goto(goto) => {
            let name = goto.name.as_ref().map_or(String::new(), |name| format!("{} ", name.text));
            let timeout = option("timeout", &goto.timeout, time);
            format!("goto {name}{} {:?}{}{timeout}", text(&goto.url), goto.until, expect(&goto.expect))
        }
        Action::Wait(wait) => format!("wait {}", time(wait)),
        Action::WaitUntil(wait) => format!(
            "wait until {} {:?}{}{}",
            text(&wait.selector),
            wait.state,
            option("text", &wait.text, text),
            option("timeout", &wait.timeout, time)
        ),
        Action::WaitUrl(wait) => {
            let address = match &wait.address {
                Address::Glob(glob) => text(glob),
                Address::Matches(regex) => format!("matches {:?}", regex.value),
            };
            format!("wait until url {address}{}", option("timeout", &wait.timeout, time))
        }
        Action::WaitJs(wait) => {
            format!("wait until js {}{}", script(&wait.script), option("timeout", &wait.timeout, time))
        }
        Action::Click(click) => format!(
            "click {}{}{}{}{}{}",
            text(&click.selector),
            option("text", &click.text, text),
            flag(click.exact, "exact"),
            option("closest", &click.closest, text),
            flag(click.tab, "opens tab"),
            option("timeout", &click.timeout, time)
        ),
        Action::SendKeys(keys) => format!(
            "sendkeys {} {}{}",
            text(&keys.selector),
            text(&keys.keys),
            option("timeout", &keys.timeout, time)
        ),
        Action::Fill(fill) => format!(
            "fill {} {}{}",
            text(&fill.selector),
            text(&fill.value),
            option("timeout", &fill.timeout, time)
        ),
        Action::WaitIdle(wait) => format!(
            "wait network idle {}{}{}",
            time(&wait.quiet),
            option("max", &wait.max, count),
            option("timeout", &wait.timeout, time)
        ),
        Action::Upload(upload) => format!(
            "upload {} [{}]{}",
            text(&upload.selector),
            upload.files.iter().map(text).collect::<Vec<_>>().join(", "),
            option("timeout", &upload.timeout, time)
        ),
        Action::Scroll(scroll) => format!(
            "scroll until stable {}{}{}{}",
            text(&scroll.selector),
            flag(scroll.up, "up"),
            option("stable", &scroll.stable, time),
            option("max", &scroll.max, count)
        ),
        Action::Loop(turns) => format!(
            "loop{}{}{}{}{}",
            turns.condition.as_ref().map_or(String::new(), |asked| {
                format!(" {} {}", if turns.until { "until" } else { "while" }, condition(asked))
            }),
            option("pause", &turns.pause, time),
            option("max", &turns.max, count),
            option("collect", &turns.collect, |collect: &Collect| format!(
                "{}{}",
                collect.name.text,
                typed(&collect.ty)
            )),
            indented(&block(&turns.body))
        ),
        Action::Back => "back".to_owned(),
        Action::Forward => "forward".to_owned(),
        Action::Reload => "reload".to_owned(),
        Action::Press(keys) => format!("press {}", text(keys)),
        Action::Select(select) => {
            let timeout = option("timeout", &select.timeout, time);
            format!("select {} option {}{timeout}", text(&select.selector), text(&select.option))
        }
        Action::Check(selector) => reach("check", selector),
        Action::Uncheck(selector) => reach("uncheck", selector),
        Action::Hover(selector) => reach("hover", selector),
        Action::Extract(extract) => format!(
            "extract {} from {}{}{}{}",
            extract.name.text,
            text(&extract.from),
            flag(extract.repeat, "repeat"),
            option("limit", &extract.limit, count),
            fields(&extract.fields)
        ),
        Action::Js(js) => format!(
            "js {}{} {}{}{}",
            js.name.text,
            typed(&js.ty),
            script(&js.script),
            if js.args.is_empty() { String::new() } else { format!(" args [{}]", values(&js.args)) },
            flag(js.awaits, "await")
        ),
        Action::Screenshot(shot) => format!(
            "screenshot{}{}{} {:?}{}",
            kept(&shot.kept),
            option("selector", &shot.selector, text),
            flag(shot.full, "full page"),
            shot.format,
            option("quality", &shot.quality, count)
        ),
        Action::ReadFile(read) => {
            format!("read file {} {}{}", read.name.text, text(&read.path), flag(read.optional, "optional"))
        }
        Action::WriteFiles(write) => {
            format!("write files {} {} {}", write.name.text, text(&write.root), value(&write.files))
        }
        Action::SaveHtml(save) => {
            format!("save html {}{}", text(&save.path), option("selector", &save.selector, text))
        }
        Action::Export(export) => format!(
            "export {:?}{} {}{}{}",
            export.format,
            export.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text)),
            value(&export.data),
            option("columns", &export.columns, |columns| format!("[{}]", values(columns))),
            option("path", &export.path, text)
        ),
        Action::Pdf(pdf) => format!("pdf{}{}", kept(&pdf.kept), print(&pdf.print)),
        Action::HtmlToPdf(html) => {
            let source = match &html.source {
                Some(Html::Content(content)) => format!(" content {}", text(content)),
                Some(Html::File(file)) => format!(" file {}", text(file)),
                None => String::new(),
            };
            let css = option("css", &html.css, |css| format!("{:?}", css.value));
            format!("html to pdf{}{source}{css}{}", kept(&html.kept), print(&html.print))
        }
        Action::Snapshot(place) => format!("snapshot{}", kept(place)),
        Action::Emulate(emulate) => format!(
            "emulate{}{}{}{}{}{}{}{}",
            flag(emulate.reset, "reset"),
            option("", &emulate.scheme, |scheme| format!("{scheme:?}")),
            option("size", &emulate.size, |(width, height)| format!("{} {}", count(width), count(height))),
            option("scale", &emulate.scale, decimal),
            flag(emulate.mobile, "mobile"),
            option("locale", &emulate.locale, text),
            option("timezone", &emulate.timezone, text),
            option("agent", &emulate.agent, text)
        ),
        Action::GetCookies(get) => format!(
            "get cookies {}{}{}",
            get.name.text,
            option("urls", &get.urls, |urls| format!("[{}]", values(urls))),
            option("path", &get.path, text)
        ),
        Action::SetCookies(SetCookies::Value(cookies)) => format!("set cookies {}", value(cookies)),
        Action::SetCookies(SetCookies::File(path)) => format!("set cookies file {}", text(path)),
        Action::ClearCookies => "clear cookies".to_owned(),
        Action::Http(http) => format!(
            "http {} {} {}{}{}{}{}",
            http.method,
            http.name.text,
            text(&http.url),
            option("headers", &http.headers, |headers| map(&headers.value)),
            option("body", &http.body, value),
            expect(&http.expect),
            option("timeout", &http.timeout, time)
        ),
        Action::DownloadEach(download) => format!(
            "download each {} {}{}",
            download.name.text,
            text(&download.selector),
            option("timeout", &download.timeout, time)
        ),
        Action::SaveCaptures(save) => format!(
            "save captures {} {}{}{}",
            save.name.text,
            text(&save.dir),
            flag(save.page, "from page"),
            option("naming", &save.naming, text)
        ),
        Action::Set(set) => format!("set {}{} {}", set.name.text, typed(&set.ty), value(&set.value)),
        Action::Call(call) => {
            let name = call.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
            let target = match &call.target {
                Target::Slug(slug) => format!("{:?}", slug.value),
                Target::Path(path) => rust(path),
            };
            let with =
                if call.with.is_empty() { String::new() } else { format!(" with {}", map(&call.with)) };
            format!("call{name} {target}{with}")
        }
        Action::ForEach(each) => {
            let collect = |collect: &Collect| format!("{}{}", collect.name.text, typed(&collect.ty));
            format!(
                "for each {} in {}{}{}{}",
                each.item.text,
                value(&each.list),
                option("collect", &each.collect, collect),
                flag(each.continues, "continue on error"),
                indented(&block(&each.body))
            )
        }
        Action::If(branches) => {
            let mut out = String::new();
            for (asked, body) in &branches.branches {
                out.push_str(if out.is_empty() { "if " } else { "\nelse if " });
                out.push_str(&condition(asked));
                out.push_str(&indented(&block(body)));
            }
            if let Some(otherwise) = &branches.otherwise {
                out.push_str("\nelse");
                out.push_str(&indented(&block(otherwise)));
            }
            out
        }
        Action::Console(console) => {
            format!("console {}{}", console.name.text, indented(&block(&console.body)))
        }
        Action::Download(download) => format!(
            "download {}{}{}{}",
            download.name.text,
            option("path", &download.path, text),
            option("timeout", &download.timeout, time),
            indented(&block(&download.body))
        ),
        Action::Network(network) => format!(
            "capture network{}{}{}{}{}{}",
            kept(&network.kept),
            flag(network.bodies, "bodies"),
            option("max", &network.max, count),
            option("url", &network.url, text),
            flag(network.list, "as list"),
            indented(&block(&network.body))
        ),
        Action::Record(record) => format!(
            "record{} {:?}{}{}{}{}{}",
            kept(&record.kept),
            record.format,
            option("fps", &record.fps, count),
            option("frames", &record.frames, count),
            option("for", &record.time, time),
            option("quality", &record.quality, count),
            indented(&block(&record.body))
        ),
        Action::Retry(retry) => format!(
            "retry {}{}{}",
            count(&retry.times),
            option("pause", &retry.pause, time),
            indented(&block(&retry.body))
        ),
        Action::Try(attempt) => {
            let mut out = format!("try{}", indented(&block(&attempt.body)));
            if let Some(otherwise) = &attempt.otherwise {
                let name =
                    otherwise.error.as_ref().map_or(String::new(), |name| format!(" as {}", name.text));
                let _ = write!(out, "\nelse{name}{}", indented(&block(&otherwise.body)));
            }
            out
        }
        Action::Break => "break".to_owned(),
        Action::Continue => "continue".to_owned(),
        Action::Yield(given) => format!("yield{} {}", flag(given.each, "each"), value(&given.value)),
        Action::Return(returned) => format!("return {}", value(returned)),
        Action::Fail(fail) => format!(
            "fail {}{}{}",
            text(&fail.message),
            option("code", &fail.code, |code| code.text.clone()),
            option("status", &fail.status, count)
        ),
        Action::Let(tokens) => format!("let {}", rust(tokens)),
        Action::Rust(tokens) => format!("rust {{ {} }}", rust(tokens)),
    }
}

/// How pages are printed.
fn print(print: &Print) -> String {
    format!(
        " {:?}{}{}{}{}{}{}{}",
        print.format,
        flag(print.landscape, "landscape"),
        flag(print.plain, "plain"),
        option("scale", &print.scale, decimal),
        option("pages", &print.pages, |pages| pages.value.clone()),
        option("margin", &print.margins(), |sides| {
            let sides = sides.map(|inches| format!("{inches:.3}in"));
            if sides.iter().all(|side| *side == sides[0]) { sides[0].clone() } else { sides.join(" ") }
        }),
        option("header", &print.header, text),
        option("footer", &print.footer, text)
    )
}
