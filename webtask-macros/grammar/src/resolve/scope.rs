//! The names that a step sees, and what a placeholder finds through them.

use crate::ast::{Hole, Name, Value};
use crate::keyword::nearest;

use super::ty::Ty;

pub use webtask_program::Take;

/// A name with its type.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The name.
    pub name: Name,
    /// Its type.
    pub ty: Ty,
    /// What bound it.
    pub by: By,
}

/// What other tools keep their values in.
const MAPS: &[&str] =
    &["args", "config", "ctx", "env", "input", "inputs", "params", "process", "secrets", "vars", "variables"];

/// The words of a name whose value nobody is to see.
const HIDDEN: &[&str] = &[
    "apikey",
    "auth",
    "credential",
    "credentials",
    "key",
    "otp",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pw",
    "pwd",
    "secret",
    "token",
];

/// What bound a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// `input`
    Input,
    /// `input` of type `path`
    Path,
    /// `secret`
    Secret,
    /// `setting`
    Setting,
    /// A loop: its variable or its index.
    Loop,
    /// `set`, which may assign to it again.
    Set,
    /// Any other step.
    Step,
    /// The `else` of a `try`.
    Error,
}

/// The names in scope, the innermost last.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    names: Vec<Bound>,
    /// The names that are seen no more, with what bound them.
    left: Vec<(String, By)>,
}

/// The way from a name in scope to the value that a placeholder means.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The name at its start.
    pub root: Bound,
    /// What is taken, one after the other.
    pub takes: Vec<Take>,
    /// The type at its end.
    pub ty: Ty,
}

impl Access {
    /// Whether there may be nothing at its end.
    #[must_use]
    pub fn may_miss(&self) -> bool {
        self.ty == Ty::Json
            || self.takes.iter().any(|take| !matches!(take, Take::Field { .. } | Take::Length))
    }
}

impl Scope {
    /// Adds a name.
    pub fn add(&mut self, bound: Bound) {
        self.names.push(bound);
    }

    /// Goes back to the scope around a block, whose names are seen no more.
    pub(super) fn leave(&mut self, outer: Self) {
        let inner = std::mem::replace(self, outer);
        self.left = inner.left;
        let names = inner.names.into_iter().skip(self.names.len());
        self.left.extend(names.map(|bound| (bound.name.text, bound.by)));
    }

    /// The name, when it is in scope.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Bound> {
        self.names.iter().rev().find(|bound| bound.name.text == name)
    }

    /// Every name, in the order of their binding.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|bound| bound.name.text.as_str())
    }

    /// What a placeholder finds; otherwise what is wrong with it, and the help.
    ///
    /// # Errors
    ///
    /// An unknown name, or a path that its type does not have.
    pub fn find(&self, hole: &Hole) -> Result<Access, (String, Option<String>)> {
        let Some(root) = self.get(&hole.name) else {
            let message = format!("unknown name `{}` in a placeholder", hole.name);
            return Err((message, Some(self.instead_of(hole))));
        };
        let mut access = Access { root: root.clone(), takes: Vec::new(), ty: root.ty.clone() };
        let mut path = hole.path.as_slice();
        loop {
            if let Ty::Option(inner) = &access.ty {
                access.ty = (**inner).clone();
                access.takes.push(Take::Some);
                continue;
            }
            let Some((segment, rest)) = path.split_first() else { return Ok(access) };
            let (take, ty) = match &access.ty {
                Ty::Json | Ty::Map => {
                    access.takes.push(Take::Json(path.to_vec()));
                    access.ty = Ty::Json;
                    return Ok(access);
                }
                Ty::Rust(_) | Ty::Opaque => {
                    access.takes.push(Take::Rust(path.to_vec()));
                    access.ty = Ty::Json;
                    return Ok(access);
                }
                Ty::Record(record) => match record.fields.iter().find(|(name, _)| name.text == *segment) {
                    Some((name, ty)) => {
                        (Take::Field { json: name.text.clone(), rust: name.text.clone() }, ty.clone())
                    }
                    // An `extract` without fields is reported already.
                    None if record.fields.is_empty() => {
                        access.takes.push(Take::Json(path.to_vec()));
                        access.ty = Ty::Json;
                        return Ok(access);
                    }
                    None => {
                        let known: Vec<_> =
                            record.fields.iter().map(|(name, _)| name.text.as_str()).collect();
                        return Err(no_field(&so_far(hole, path), segment, &known));
                    }
                },
                Ty::Given(given) => {
                    let fields = given.fields();
                    match fields.iter().find(|field| field.json == segment) {
                        Some(field) => {
                            let take = Take::Field { json: field.json.into(), rust: field.rust.into() };
                            (take, Ty::of_shape(&field.shape))
                        }
                        None => {
                            let known: Vec<_> = fields.iter().map(|field| field.json).collect();
                            return Err(no_field(&so_far(hole, path), segment, &known));
                        }
                    }
                }
                Ty::List(_) if segment == "length" => (Take::Length, Ty::Int),
                Ty::List(item) => match segment.parse() {
                    Ok(index) => (Take::Index(index), (**item).clone()),
                    Err(_) => {
                        let at = so_far(hole, path);
                        return Err((
                            format!("`{at}` is a list and has no `{segment}`"),
                            Some(format!(
                                "write `{{{{{at}.0}}}}`, `{{{{{at}.length}}}}`, or loop over it with `for each`"
                            )),
                        ));
                    }
                },
                plain => {
                    return Err((
                        format!("`{}` is {} and has no `{segment}`", so_far(hole, path), plain.words()),
                        Some(format!("write `{{{{{}}}}}`", so_far(hole, path))),
                    ));
                }
            };
            access.takes.push(take);
            access.ty = ty;
            path = rest;
        }
    }

    /// What to write instead of a name that is not known.
    fn instead_of(&self, hole: &Hole) -> String {
        let name = &hole.name;
        // Other tools keep them in a map, as `inputs.query`.
        if let [inner, rest @ ..] = hole.path.as_slice()
            && self.get(inner).is_some()
            && MAPS.contains(&name.to_ascii_lowercase().as_str())
        {
            let path: String = rest.iter().map(|segment| format!(".{segment}")).collect();
            return format!("write `{{{{{inner}{path}}}}}`");
        }
        if let Some((_, by)) = self.left.iter().rev().find(|(left, _)| left == name) {
            return match by {
                By::Loop => format!("`{name}` is known only in its loop"),
                By::Error => format!("`{name}` is known only in its `else`"),
                _ => format!(
                    "`{name}` is bound in another block: write this there, or `set` it before the block"
                ),
            };
        }
        if let Some(near) = nearest(name, self.names()) {
            return format!("did you mean `{near}`?");
        }
        let wanted = match hole.path.first() {
            Some(inner) if MAPS.contains(&name.to_ascii_lowercase().as_str()) => inner,
            _ => name,
        };
        let (lower, upper) =
            (wanted.to_ascii_lowercase(), !wanted.contains(|c: char| c.is_ascii_lowercase()));
        if HIDDEN.iter().any(|part| lower.split('_').any(|word| word == *part)) {
            return format!("declare it: `secret {wanted}`");
        }
        if upper {
            return format!(
                "declare it: `secret {wanted}`, or `input {lower} string` if callers may give it"
            );
        }
        match self.names.is_empty() {
            true => format!("declare it: `input {wanted} string`"),
            false => format!("known here: {}", list(self.names())),
        }
    }

    /// The type of a value; of one with a mistake in it, any JSON.
    #[must_use]
    pub fn type_of(&self, value: &Value) -> Ty {
        match value {
            Value::Text(template) => match template.single() {
                Some(hole) => self.find(hole).map_or(Ty::Json, |access| match (&hole.fallback, access.ty) {
                    (None, ty) | (Some(_), ty @ Ty::String) => ty,
                    (Some(_), _) => Ty::Json,
                }),
                None => Ty::String,
            },
            Value::Int(_) => Ty::Int,
            Value::Float(_) => Ty::Float,
            Value::Bool(_) => Ty::Bool,
            Value::Null(_) => Ty::Json,
            Value::List(_) => Ty::List(Box::new(Ty::Json)),
            Value::Map(_) => Ty::Map,
            Value::Rust(_) => Ty::Opaque,
        }
    }
}

/// That there is no such field, and which there are.
fn no_field(at: &str, field: &str, known: &[&str]) -> (String, Option<String>) {
    let help = match nearest(field, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("it has {}", list(known.iter().copied())),
    };
    (format!("`{at}` has no field `{field}`"), Some(help))
}

/// The part of a placeholder before what is left of its path.
fn so_far(hole: &Hole, left: &[String]) -> String {
    let taken = &hole.path[..hole.path.len() - left.len()];
    std::iter::once(&hole.name).chain(taken).map(String::as_str).collect::<Vec<_>>().join(".")
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
