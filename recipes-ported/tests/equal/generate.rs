//! Writes recipes of control flow by chance. A number makes the same ones again.
//!
//! A recipe may turn out to be wrong, such as one that reads a name that is not always there: whoever calls this asks the
//! grammar, and takes the next one.

use std::fmt::Write as _;

/// How deep blocks are nested at most.
const DEPTH: usize = 4;

/// Numbers by chance: SplitMix64.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below that.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// What kind of value a name has.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Int,
    Text,
    Bool,
    List,
    Rows,
    Map,
    /// A value that may be missing.
    Maybe,
    /// The error of a `try`.
    Failure,
}

/// What stands around a step.
#[derive(Clone, Copy, Default)]
struct Around {
    depth: usize,
    /// Whether a loop is around it, and whether the innermost collects.
    looped: bool,
    collects: bool,
}

/// A recipe on its way.
pub(crate) struct Recipe<'c> {
    chance: &'c mut Chance,
    text: String,
    names: Vec<(String, Kind)>,
    /// The tasks that it may call.
    others: &'c [String],
    count: usize,
}

impl<'c> Recipe<'c> {
    /// Writes a task of that slug, which may call these.
    pub(crate) fn write(chance: &'c mut Chance, slug: &str, others: &'c [String]) -> String {
        let inputs = [
            ("n", Kind::Int, "input n int default 2"),
            ("name", Kind::Text, "input name string default \"ada\""),
            ("flag", Kind::Bool, "input flag bool default false"),
            ("items", Kind::List, "input items list default [\"a\", \"b\", \"c\"]"),
            ("maybe", Kind::Maybe, "input maybe string"),
            (
                "rows",
                Kind::Rows,
                "input rows list default [{ key: \"x\", size: 1 }, { key: \"y\", size: 2 }]",
            ),
        ];
        let mut recipe = Recipe { chance, text: String::new(), names: Vec::new(), others, count: 0 };
        let _ = writeln!(recipe.text, "task \"{slug}\"");
        for (name, kind, line) in inputs {
            if recipe.chance.below(3) > 0 {
                let _ = writeln!(recipe.text, "    {line}");
                recipe.names.push((name.to_owned(), kind));
            }
        }
        let _ = writeln!(recipe.text);
        let steps = 2 + recipe.chance.below(5);
        recipe.steps(steps, Around::default());
        if recipe.chance.one_in(4) {
            let value = recipe.value();
            recipe.line(0, &format!("return {value}"));
        }
        recipe.text.push_str("end\n");
        recipe.text
    }

    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.text, "{}{text}", "    ".repeat(depth + 1));
    }

    /// A new name.
    fn fresh(&mut self, kind: Kind) -> String {
        self.count += 1;
        let name = format!("v{}", self.count);
        self.names.push((name.clone(), kind));
        name
    }

    fn known(&mut self, kind: Kind) -> Option<String> {
        let names: Vec<_> = self.names.iter().filter(|(_, known)| *known == kind).collect();
        if names.is_empty() { None } else { Some(self.chance.pick(&names).0.clone()) }
    }

    /// A text that shows a name.
    fn shown(&mut self) -> String {
        if self.names.is_empty() {
            return "nothing".to_owned();
        }
        let (name, kind) = self.chance.pick(&self.names).clone();
        match kind {
            Kind::Rows => format!("{{{{{name}.length}}}} rows, {{{{{name}.0.key|or:none}}}}"),
            Kind::Map => format!("{{{{{name}.size}}}} of {{{{{name}.key}}}}"),
            Kind::Maybe => format!("{{{{{name}|or:none}}}}"),
            Kind::Failure => format!("{{{{{name}.code}}}}: {{{{{name}.message}}}}"),
            Kind::List => format!("{{{{{name}}}}} ({{{{{name}.length}}}})"),
            Kind::Int | Kind::Text | Kind::Bool => format!("<{{{{{name}}}}}>"),
        }
    }

    fn of(&mut self, kind: Kind) -> String {
        if self.chance.below(3) > 0
            && let Some(name) = self.known(kind)
        {
            return format!("\"{{{{{name}}}}}\"");
        }
        match kind {
            Kind::Int => self.chance.below(5).to_string(),
            Kind::Text | Kind::Maybe | Kind::Failure => format!("\"{}\"", self.shown()),
            Kind::Bool => self.chance.one_in(2).to_string(),
            Kind::List => "[\"d\", \"e\"]".to_owned(),
            Kind::Rows => "[{ key: \"z\", size: 3 }]".to_owned(),
            Kind::Map => format!("{{ key: \"{}\", size: {} }}", self.shown(), self.chance.below(9)),
        }
    }

    fn value(&mut self) -> String {
        let kind = *self.chance.pick(&[
            Kind::Int,
            Kind::Text,
            Kind::Text,
            Kind::Bool,
            Kind::List,
            Kind::Rows,
            Kind::Map,
            Kind::Maybe,
        ]);
        self.of(kind)
    }

    fn condition(&mut self) -> String {
        let simple = match self.chance.below(7) {
            0 => self.known(Kind::Bool).map(|name| format!("\"{{{{{name}}}}}\"")),
            1 => self.known(Kind::Maybe).map(|name| format!("\"{{{{{name}}}}}\"")),
            2 => self
                .known(Kind::List)
                .map(|name| format!("\"{{{{{name}.length}}}}\" >= {}", self.chance.below(4))),
            3 => self.known(Kind::Text).map(|name| format!("\"{{{{{name}}}}}\" contains \"a\"")),
            4 => self.known(Kind::Text).map(|name| format!("\"{{{{{name}}}}}\" matches r\"^[a-c]\"")),
            5 => self.known(Kind::List).map(|name| format!("\"{{{{{name}}}}}\" contains \"b\"")),
            _ => None,
        };
        let simple = simple.or_else(|| {
            let compare = *self.chance.pick(&["==", "!=", "<", ">="]);
            self.known(Kind::Int).map(|name| format!("\"{{{{{name}}}}}\" {compare} {}", self.chance.below(4)))
        });
        let Some(simple) = simple else { return "\"{{name}}\" == \"ada\"".to_owned() };
        match self.chance.below(8) {
            0 => format!("not {simple}"),
            1 => format!("{simple} and {}", self.condition()),
            2 => format!("({simple} or {})", self.condition()),
            _ => simple,
        }
    }

    fn steps(&mut self, count: usize, around: Around) {
        for _ in 0..count {
            self.step(around);
        }
    }

    /// Steps whose names are not seen after them.
    fn block(&mut self, around: Around) {
        let seen = self.names.len();
        let count = 1 + self.chance.below(3);
        self.steps(count, Around { depth: around.depth + 1, ..around });
        self.names.truncate(seen);
    }

    fn step(&mut self, around: Around) {
        let depth = around.depth;
        let simple = depth >= DEPTH || self.text.len() > 2_000;
        match self.chance.below(if simple { 9 } else { 16 }) {
            0 => {
                let line = format!("status \"{}\"", self.shown());
                self.line(depth, &line);
            }
            1 => {
                let line = format!("emit note \"{}\" data {}", self.shown(), self.value());
                self.line(depth, &line);
            }
            2 | 3 => {
                let kind = *self.chance.pick(&[
                    Kind::Int,
                    Kind::Text,
                    Kind::Bool,
                    Kind::List,
                    Kind::Map,
                    Kind::Rows,
                ]);
                let value = self.of(kind);
                let name = self.fresh(kind);
                self.line(depth, &format!("set {name} {value}"));
            }
            4 => {
                let set: Vec<_> =
                    self.names.iter().filter(|(name, _)| name.starts_with('v')).cloned().collect();
                if !set.is_empty() {
                    let (name, kind) = self.chance.pick(&set).clone();
                    let value = self.of(kind);
                    self.line(depth, &format!("set {name} {value}"));
                }
            }
            5 if around.collects => {
                let line = match self.known(Kind::List).filter(|_| self.chance.one_in(3)) {
                    Some(name) => format!("yield each \"{{{{{name}}}}}\""),
                    None => format!("yield {}", self.value()),
                };
                self.line(depth, &line);
            }
            6 if around.looped => {
                let condition = self.condition();
                let word = *self.chance.pick(&["break", "continue"]);
                self.line(depth, &format!("if {condition}"));
                self.line(depth + 1, word);
                self.line(depth, "end");
            }
            7 => {
                let condition = self.condition();
                let end = match self.chance.below(3) {
                    0 => format!("return {}", self.value()),
                    1 => format!("fail \"{}\" code STOP status 409", self.shown()),
                    _ => format!("fail \"{}\"", self.shown()),
                };
                self.line(depth, &format!("if {condition}"));
                self.line(depth + 1, &end);
                self.line(depth, "end");
            }
            8 if !self.others.is_empty() => {
                let slug = self.chance.pick(self.others).clone();
                let with = if self.chance.one_in(2) { "" } else { " with { }" };
                if self.chance.one_in(4) {
                    self.line(depth, &format!("call \"{slug}\""));
                } else {
                    let name = format!("c{}", self.text.len());
                    self.line(depth, &format!("call {name} \"{slug}\"{with}"));
                    self.line(depth, &format!("emit called \"\" data \"{{{{{name}}}}}\""));
                }
            }
            9 | 10 => self.branch(around),
            11 => self.each(around),
            12 => self.turns(around),
            13 => self.retry(around),
            14 | 15 => self.attempt(around),
            _ => {
                let line = format!("status \"at {depth}: {}\"", self.shown());
                self.line(depth, &line);
            }
        }
    }

    fn branch(&mut self, around: Around) {
        let depth = around.depth;
        let condition = self.condition();
        self.line(depth, &format!("if {condition}"));
        // A name that one branch binds may be missing after it.
        let bound = self.chance.one_in(2).then(|| format!("b{}", self.text.len()));
        self.block(around);
        if let Some(name) = &bound {
            let value = self.of(Kind::Text);
            self.line(depth + 1, &format!("set {name} {value}"));
        }
        if self.chance.one_in(2) {
            let condition = self.condition();
            self.line(depth, &format!("else if {condition}"));
            self.block(around);
        }
        let both = self.chance.one_in(2);
        if both || self.chance.one_in(2) {
            self.line(depth, "else");
            self.block(around);
            if let Some(name) = bound.as_ref().filter(|_| both) {
                let value = self.of(Kind::Text);
                self.line(depth + 1, &format!("set {name} {value}"));
            }
        }
        self.line(depth, "end");
        if let Some(name) = bound {
            self.line(depth, &format!("status \"left {{{{{name}|or:nothing}}}}\""));
            self.names.push((name, Kind::Maybe));
        }
    }

    fn each(&mut self, around: Around) {
        let depth = around.depth;
        let (list, item) = match self.known(Kind::Rows).filter(|_| self.chance.one_in(2)) {
            Some(list) => (list, Kind::Maybe),
            None => match self.known(Kind::List) {
                Some(list) => (list, Kind::Maybe),
                None => return,
            },
        };
        let name = format!("e{}", self.text.len());
        let collects = self.chance.below(3) > 0;
        let collect = if collects { format!(" collect {name}s") } else { String::new() };
        let error = if self.chance.one_in(3) { " continue on error" } else { "" };
        self.line(depth, &format!("for each {name} in \"{{{{{list}}}}}\"{collect}{error}"));
        let seen = self.names.len();
        self.names.push((name.clone(), item));
        self.names.push((format!("{name}_index"), Kind::Int));
        self.block(Around { looped: true, collects, ..around });
        self.names.truncate(seen);
        self.line(depth, "end");
        if collects {
            self.names.push((format!("{name}s"), Kind::List));
        }
    }

    fn turns(&mut self, around: Around) {
        let depth = around.depth;
        let collects = self.chance.below(3) > 0;
        let name = format!("l{}", self.text.len());
        let collect = if collects { format!(" collect {name}") } else { String::new() };
        let asked = match self.chance.below(3) {
            0 => format!(" while {}", self.condition()),
            1 => format!(" until {}", self.condition()),
            _ => String::new(),
        };
        let max = self.chance.below(4) + 1;
        self.line(depth, &format!("loop{asked} max {max}{collect}"));
        let seen = self.names.len();
        self.names.push(("loop_index".to_owned(), Kind::Int));
        self.block(Around { looped: true, collects, ..around });
        self.names.truncate(seen);
        self.line(depth, "end");
        if collects {
            self.names.push((name, Kind::List));
        }
    }

    fn retry(&mut self, around: Around) {
        let depth = around.depth;
        let known = self.fresh(Kind::Bool);
        self.line(depth, &format!("set {known} false"));
        let times = 1 + self.chance.below(3);
        self.line(depth, &format!("retry {times}"));
        let count = 1 + self.chance.below(2);
        self.steps(count, Around { depth: depth + 1, ..around });
        self.line(depth + 1, &format!("if not \"{{{{{known}}}}}\""));
        self.line(depth + 2, &format!("set {known} true"));
        let shown = self.shown();
        self.line(depth + 2, &format!("fail \"once: {shown}\" code ONCE"));
        self.line(depth + 1, "end");
        let count = self.chance.below(2);
        self.steps(count, Around { depth: depth + 1, ..around });
        self.line(depth, "end");
    }

    fn attempt(&mut self, around: Around) {
        let depth = around.depth;
        self.line(depth, "try");
        let bound = self.chance.one_in(2).then(|| format!("t{}", self.text.len()));
        self.block(around);
        if let Some(name) = &bound {
            let value = self.of(Kind::Text);
            self.line(depth + 1, &format!("set {name} {value}"));
        }
        if self.chance.below(3) > 0 {
            let condition = self.condition();
            let shown = self.shown();
            self.line(depth + 1, &format!("if {condition}"));
            self.line(depth + 2, &format!("fail \"{shown}\" code TRIED"));
            self.line(depth + 1, "end");
        }
        if self.chance.below(4) > 0 {
            let name = format!("f{}", self.text.len());
            self.line(depth, &format!("else as {name}"));
            let seen = self.names.len();
            self.names.push((name, Kind::Failure));
            self.block(around);
            self.names.truncate(seen);
        }
        self.line(depth, "end");
        if let Some(name) = bound {
            self.line(depth, &format!("status \"left {{{{{name}|or:nothing}}}}\""));
            self.names.push((name, Kind::Maybe));
        }
    }
}
