//! Writes what is known of a task as one line: what it gives, its types, what it needs.

use webtask_grammar::ast::Task;
use webtask_grammar::resolve::{Plan, Record, Ty};

/// `NAME(inputs) -> { result: type } [browser] [secrets …]`, with the structs after it.
pub(super) fn line(task: &Task, plan: &Plan) -> String {
    let mut line = task.name.text.clone();
    match &plan.returns {
        Some(returned) => line += &format!(" -> {}", ty(returned)),
        None => line += &format!(" {}", fields(plan.results.iter().map(|b| (b.name.text.as_str(), &b.ty)))),
    }
    for record in &plan.records {
        line += &format!(" {}{}", record.name, record_fields(record));
    }
    if plan.browser {
        line += " browser";
    }
    if plan.untrusted {
        line += " untrusted";
    }
    for input in &plan.urls {
        line += &format!(" url {input}");
    }
    for secret in &plan.secrets {
        let used = if plan.used.contains(secret) { "" } else { "?" };
        line += &format!(" secret {secret}{used}");
    }
    for (name, wanted) in &plan.settings {
        let default = wanted.default.as_ref().map_or(String::new(), |text| format!("={text}"));
        line += &format!(" setting {name}{default}{}", if wanted.url { " (url)" } else { "" });
    }
    for path in &plan.paths {
        line += &format!(" path {}", path.tokens.to_string().replace(' ', ""));
    }
    line
}

fn record_fields(record: &Record) -> String {
    fields(record.fields.iter().map(|(name, ty)| (name.text.as_str(), ty)))
}

fn fields<'a>(fields: impl Iterator<Item = (&'a str, &'a Ty)>) -> String {
    let fields: Vec<_> = fields.map(|(name, of)| format!("{name}: {}", ty(of))).collect();
    format!("{{{}}}", fields.join(", "))
}

fn ty(of: &Ty) -> String {
    match of {
        Ty::String => "string".into(),
        Ty::Int => "int".into(),
        Ty::Float => "float".into(),
        Ty::Bool => "bool".into(),
        Ty::Json => "json".into(),
        Ty::Map => "map".into(),
        Ty::List(item) => format!("[{}]", ty(item)),
        Ty::Option(item) => format!("{}?", ty(item)),
        Ty::Record(record) => format!("{}::{}", record.task, record.name),
        Ty::Given(given) => given.name().into(),
        Ty::Rust(rust) => format!("`{}`", rust.tokens.to_string().replace(' ', "")),
        Ty::Opaque => "_".into(),
    }
}
