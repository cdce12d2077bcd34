//! Takes the secrets of one run out of what leaves it. All that leaves comes through here: events, results, errors, logs,
//! HAR files, what is kept of failures, and names of files.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use serde_json::Value;

use super::decode::{Decoded, Kinds, decode, decode_only};
use super::spelling::{Spelling, spellings};
use crate::{Error, Event};

/// What stands where a secret stood.
const MASK: &str = "[redacted]";

/// How often escapes are undone in what comes of undoing them.
const DEPTH: usize = 4;

/// How often escapes of one kind alone are undone: a text is rarely written in more than two, one over the other.
const KINDS_DEPTH: usize = 2;

/// Takes the secrets of one run out of what leaves it. A clone is another handle of the same.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    finder: Option<Arc<Finder>>,
}

/// Finds every spelling of every secret.
struct Finder {
    /// The longest first.
    spellings: Vec<Spelling>,
    automaton: AhoCorasick,
}

impl Redactor {
    pub(crate) fn new<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut spellings: Vec<Spelling> =
            values.filter(|value| !value.is_empty()).flat_map(spellings).collect();
        if spellings.is_empty() {
            return Self::default();
        }
        spellings.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.cmp(b)));
        spellings.dedup();
        let texts = spellings.iter().map(|spelling| &spelling.text);
        let automaton = AhoCorasick::new(texts).expect("no secret is as large as the memory");
        Self { finder: Some(Arc::new(Finder { spellings, automaton })) }
    }

    /// Whether there is nothing to take out.
    pub(crate) fn is_empty(&self) -> bool {
        self.finder.is_none()
    }

    /// The text without secrets, when it had some.
    pub(crate) fn text(&self, text: &str) -> Option<String> {
        let mut parts = self.finder.as_ref()?.parts(text.as_bytes());
        for (start, end) in &mut parts {
            *start = text.floor_char_boundary(*start);
            *end = text.ceil_char_boundary(*end);
        }
        // What was cut out of bytes that are a text is cut at its characters.
        (!parts.is_empty()).then(|| String::from_utf8_lossy(&without(text.as_bytes(), &parts)).into_owned())
    }

    /// The bytes without secrets.
    pub(crate) fn bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        let Some(finder) = &self.finder else { return bytes };
        match finder.parts(&bytes).as_slice() {
            [] => bytes,
            parts => without(&bytes, parts),
        }
    }

    /// The value without secrets, in keys too.
    pub(crate) fn value(&self, value: Value) -> Value {
        if self.is_empty() {
            return value;
        }
        match value {
            Value::String(text) => Value::String(self.text(&text).unwrap_or(text)),
            Value::Array(items) => items.into_iter().map(|item| self.value(item)).collect(),
            Value::Object(map) => map
                .into_iter()
                .map(|(key, value)| (self.text(&key).unwrap_or(key), self.value(value)))
                .collect(),
            other => other,
        }
    }

    pub(crate) fn event(&self, event: Event<()>) -> Event<()> {
        if self.is_empty() {
            return event;
        }
        let clean = |text: String| self.text(&text).unwrap_or(text);
        match event {
            Event::Status { text, data } => Event::Status { text: clean(text), data: self.value(data) },
            Event::Custom { kind, text, data } => {
                Event::Custom { kind, text: clean(text), data: self.value(data) }
            }
            Event::Skipped { index, message, step } => {
                Event::Skipped { index, message: clean(message), step }
            }
            Event::Recording { name, path, size } => {
                Event::Recording { name: name.map(clean), path: clean(path), size }
            }
            Event::Failed(error) => Event::Failed(self.error(error)),
            Event::Done(()) => Event::Done(()),
        }
    }

    pub(crate) fn error(&self, error: Error) -> Error {
        if self.is_empty() { error } else { error.rewrite(|text| self.text(text)) }
    }

    /// The text without secrets.
    pub(crate) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.text(text).map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

impl Finder {
    /// Where secrets stand, in order, none over another.
    fn parts(&self, text: &[u8]) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        self.find(text, &[], &mut parts);
        let mut levels: Vec<Decoded> = Vec::new();
        while levels.len() < DEPTH
            && let Some(decoded) = decode(levels.last().map_or(text, |level| &level.text))
        {
            levels.push(decoded);
            self.find(text, &levels, &mut parts);
        }
        // Where one kind alone stood, all escapes and those of each kind are the same.
        let same = levels.iter().take_while(|level| level.kinds.is_one()).count();
        if same < KINDS_DEPTH
            && let Some(kinds) = levels.get(same).map(|level| level.kinds)
        {
            levels.truncate(same);
            self.find_kinds(text, &mut levels, kinds, &mut parts);
        }
        merge(parts)
    }

    /// Adds what stands in the newest of those levels with the escapes of each of these kinds undone alone.
    fn find_kinds(
        &self,
        text: &[u8],
        levels: &mut Vec<Decoded>,
        kinds: Kinds,
        parts: &mut Vec<(usize, usize)>,
    ) {
        for kind in kinds.each() {
            let read = levels.last().map_or(text, |level| &level.text);
            let Some(decoded) = decode_only(read, kind) else { continue };
            levels.push(decoded);
            self.find(text, levels, parts);
            if levels.len() < KINDS_DEPTH
                && let Some(next) = levels.last().and_then(|level| decode(&level.text))
            {
                self.find_kinds(text, levels, next.kinds, parts);
            }
            levels.pop();
        }
    }

    /// Adds what stands in the newest of those levels, or in the text itself.
    fn find(&self, text: &[u8], levels: &[Decoded], parts: &mut Vec<(usize, usize)>) {
        let read = levels.last().map_or(text, |level| &level.text);
        for found in self.automaton.find_overlapping_iter(read) {
            let spills = self.spellings[found.pattern().as_usize()].spills;
            let mut part = widened(read, (found.start(), found.end()), spills);
            for level in levels.iter().rev() {
                part = level.origin(part);
            }
            match parts.last_mut() {
                // A value that repeats itself is found over itself many times.
                Some((start, end)) if part.0 < *end && *start < part.1 => {
                    (*start, *end) = (part.0.min(*start), part.1.max(*end));
                }
                _ => parts.push(part),
            }
        }
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

/// A part of base64 with the characters beside it, which may hold some bits of it.
fn widened(text: &[u8], (start, end): (usize, usize), (before, after): (bool, bool)) -> (usize, usize) {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_ ".contains(byte);
    let before = before && start > 0 && is_base64(&text[start - 1]);
    let after = after && text.get(end).is_some_and(is_base64);
    (start - usize::from(before), end + usize::from(after))
}

/// Parts in order, those as one that stand over each other.
fn merge(mut parts: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    parts.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(parts.len().min(1024));
    for (start, end) in parts {
        match merged.last_mut() {
            Some((_, last)) if start < *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    merged
}

/// The bytes with the mask in the place of each part.
fn without(bytes: &[u8], parts: &[(usize, usize)]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    for (start, end) in parts {
        clean.extend_from_slice(&bytes[copied.min(*start)..*start]);
        clean.extend_from_slice(MASK.as_bytes());
        copied = *end;
    }
    clean.extend_from_slice(&bytes[copied..]);
    clean
}

#[cfg(test)]
mod tests;
