//! Files of cases: found, read, and written.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use webtask::{Recipes, Task};

use crate::recipes;

/// How many differences are shown.
const SHOWN: usize = 10;

/// What a task should give for an input.
pub(super) struct Case {
    pub(super) task: String,
    pub(super) input: Map<String, Value>,
    pub(super) expected: Expected,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expected {
    Result(Value),
    /// A code.
    Error(String),
    /// Nobody has said it.
    Unknown,
}

/// The cases of all files.
pub(super) struct Cases {
    files: Vec<(PathBuf, Vec<Case>)>,
}

impl Cases {
    /// The cases of these recipes. With `bless`, a task without a case gets one.
    pub(super) fn find(path: &Path, recipes: &Recipes, bless: bool) -> Result<Self, String> {
        let mut found = Vec::new();
        collect(path, &mut found)?;
        let mut files = Vec::new();
        for recipe in found {
            let file = recipe.with_extension("expected.json");
            let mut cases = if file.exists() { read(&file)? } else { Vec::new() };
            if bless {
                let is_new = |task: &Task| !cases.iter().any(|case| case.task == task.slug());
                let new: Vec<_> = recipes::own(&recipe, recipes).into_iter().filter(is_new).collect();
                cases.extend(new.iter().filter(|task| !requires(task)).map(Case::new));
            }
            if !cases.is_empty() {
                files.push((file, cases));
            }
        }
        match files.is_empty() {
            true => Err(format!(
                "no cases in `{}`; `webtask test --bless` writes one for each task",
                path.display()
            )),
            false => Ok(Self { files }),
        }
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Case> {
        self.files.iter_mut().flat_map(|(_, cases)| cases)
    }

    /// Writes every file whose cases say something else.
    pub(super) fn write(&self) -> Result<(), String> {
        for (path, cases) in &self.files {
            let text = format!("{:#}\n", Value::Array(cases.iter().map(Case::json).collect()));
            if fs::read_to_string(path).ok().as_ref() != Some(&text) {
                fs::write(path, text)
                    .map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
            }
        }
        Ok(())
    }
}

impl Case {
    fn new(task: &Task) -> Self {
        Self { task: task.slug().to_owned(), input: Map::new(), expected: Expected::Unknown }
    }

    fn json(&self) -> Value {
        let mut case = json!({ "task": self.task, "input": self.input });
        match &self.expected {
            Expected::Result(value) => case["result"] = value.clone(),
            Expected::Error(code) => case["error"] = code.as_str().into(),
            Expected::Unknown => {}
        }
        case
    }
}

/// Whether a task cannot run without an input.
fn requires(task: &Task) -> bool {
    task.input().as_object().is_some_and(|inputs| inputs.values().any(|input| input["required"] == true))
}

/// Every recipe's file there, in the order of their names.
fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    if !path.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let entries =
        recipes::entries(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    // The library does not load hidden files.
    entries.iter().filter(|entry| !recipes::is_hidden(entry)).try_for_each(|entry| collect(entry, found))
}

fn read(path: &Path) -> Result<Vec<Case>, String> {
    let wrong = |why: &str| format!("`{}`: {why}", path.display());
    let text = fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?;
    let value: Value =
        serde_json::from_str(&text).map_err(|error| wrong(&format!("it is not JSON: {error}")))?;
    let list =
        value.as_array().ok_or_else(|| wrong("write a list of cases: `[{ \"task\": …, \"result\": … }]`"))?;
    list.iter()
        .enumerate()
        .map(|(n, case)| one(case).map_err(|why| wrong(&format!("case {}: {why}", n + 1))))
        .collect()
}

fn one(case: &Value) -> Result<Case, String> {
    let fields = case.as_object().ok_or("write an object: `{ \"task\": …, \"result\": … }`")?;
    if let Some(key) = fields.keys().find(|key| !["task", "input", "result", "error"].contains(&key.as_str()))
    {
        return Err(format!("unknown key `{key}`; known are `task`, `input`, `result`, `error`"));
    }
    let task = case["task"].as_str().ok_or("`task` is missing: the slug")?.to_owned();
    let input = match fields.get("input") {
        None => Map::new(),
        Some(Value::Object(input)) => input.clone(),
        Some(_) => return Err("`input` must be an object".into()),
    };
    let expected = match (fields.get("result"), fields.get("error")) {
        (Some(_), Some(_)) => return Err("it has a `result` and an `error`".into()),
        (Some(result), None) => Expected::Result(result.clone()),
        (None, Some(Value::String(code))) => Expected::Error(code.clone()),
        (None, Some(_)) => return Err("`error` must be a code, such as `\"STEP_FAILED\"`".into()),
        (None, None) => Expected::Unknown,
    };
    Ok(Case { task, input, expected })
}

/// What is not as expected, in a line each.
pub(super) fn differences(expected: &Expected, found: &Expected) -> Vec<String> {
    let told = |end: &Expected| match end {
        Expected::Result(_) => "a result".to_owned(),
        Expected::Error(code) => format!("the error {code}"),
        Expected::Unknown => "`result` or `error`, which `--bless` writes".to_owned(),
    };
    let (Expected::Result(wanted), Expected::Result(given)) = (expected, found) else {
        return vec![format!("expected {}, found {}", told(expected), told(found))];
    };
    let mut lines = Vec::new();
    compare("", Some(wanted), Some(given), &mut lines);
    let more = lines.len().saturating_sub(SHOWN);
    lines.truncate(SHOWN);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines
}

fn compare(at: &str, wanted: Option<&Value>, given: Option<&Value>, lines: &mut Vec<String>) {
    match (wanted, given) {
        (Some(Value::Object(wanted)), Some(Value::Object(given))) => {
            for key in wanted.keys().chain(given.keys().filter(|key| !wanted.contains_key(*key))) {
                compare(&format!("{at}/{key}"), wanted.get(key), given.get(key), lines);
            }
        }
        (Some(Value::Array(wanted)), Some(Value::Array(given))) => {
            for n in 0..wanted.len().max(given.len()) {
                compare(&format!("{at}/{n}"), wanted.get(n), given.get(n), lines);
            }
        }
        (wanted, given) if wanted == given => {}
        (wanted, given) => {
            let text = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
            lines.push(format!("{at}: expected {}, found {}", text(wanted), text(given)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_by_their_places() {
        let wanted = Expected::Result(json!({ "a": [1, 2], "b": "x" }));
        let given = Expected::Result(json!({ "a": [1, 3, 4], "c": null }));
        assert_eq!(
            differences(&wanted, &given),
            [
                "/a/1: expected 2, found 3",
                "/a/2: expected nothing, found 4",
                "/b: expected \"x\", found nothing",
                "/c: expected nothing, found null",
            ]
        );
        let failed = Expected::Error("TIMEOUT".into());
        assert_eq!(differences(&wanted, &failed), ["expected a result, found the error TIMEOUT"]);
    }

    #[test]
    fn a_wrong_case_is_told() {
        for (case, why) in [
            (json!({ "result": 1 }), "`task` is missing: the slug"),
            (
                json!({ "task": "a", "reslt": 1 }),
                "unknown key `reslt`; known are `task`, `input`, `result`, `error`",
            ),
            (json!({ "task": "a", "result": 1, "error": "B" }), "it has a `result` and an `error`"),
        ] {
            assert_eq!(one(&case).map(|_| ()).unwrap_err(), why);
        }
    }
}
