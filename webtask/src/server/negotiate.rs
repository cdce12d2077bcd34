//! Which representation a request gets: RFC 9110's `Accept` against what a task offers. It knows no body.

use http::header::{ACCEPT, HeaderMap};
use mime::Mime;

use super::reject::Refusal;
use crate::Transport;
use crate::header::split;

/// How a run may be answered, the dearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Waits, then one JSON object.
    Json,
    /// Events as they happen, as an event stream.
    Events,
    /// The same events, each a line of JSON.
    Lines,
}

impl Form {
    const ALL: [Self; 3] = [Self::Json, Self::Events, Self::Lines];

    /// The media type.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Events => "text/event-stream",
            Self::Lines => "application/x-ndjson",
        }
    }

    fn transport(self) -> Transport {
        match self {
            Self::Json => Transport::Rest,
            Self::Events | Self::Lines => Transport::Sse,
        }
    }
}

/// The form that fits best; of equal ones the first.
pub(super) fn choose(headers: &HeaderMap, transports: &[Transport]) -> Result<Form, Refusal> {
    if let Some(form) = plainly(headers, transports) {
        return Ok(form);
    }
    let offers = || Form::ALL.into_iter().filter(|form| transports.contains(&form.transport()));
    let ranges = ranges(headers);
    let mut best = None;
    for form in offers() {
        let weight = weight(&ranges, form);
        if weight > best.map_or(0.0, |(weight, _)| weight) {
            best = Some((weight, form));
        }
    }
    best.map(|(_, form)| form).ok_or_else(|| Refusal::Accept {
        offers: offers().map(Form::name).collect(),
        alone: transports.contains(&Transport::Async),
    })
}

/// The form that is asked for by its bare name, as most clients do.
fn plainly(headers: &HeaderMap, transports: &[Transport]) -> Option<Form> {
    let mut lines = headers.get_all(ACCEPT).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    Form::ALL
        .into_iter()
        .find(|form| line == form.name())
        .filter(|form| transports.contains(&form.transport()))
}

/// A media range with its weight, from 0 to 1.
#[derive(Debug)]
struct Range {
    mime: Mime,
    weight: f32,
}

/// The ranges of every `Accept` line. One that cannot be read is as if it were not there; with none left, all is welcome.
fn ranges(headers: &HeaderMap) -> Vec<Range> {
    let mut ranges = Vec::new();
    for line in headers.get_all(ACCEPT) {
        ranges.extend(split(&String::from_utf8_lossy(line.as_bytes())).filter_map(read));
    }
    if ranges.is_empty() {
        ranges.push(Range { mime: mime::STAR_STAR, weight: 1.0 });
    }
    ranges
}

fn read(element: &str) -> Option<Range> {
    // Java's own client sends a lone `*`.
    let any =
        element.strip_prefix('*').filter(|rest| !rest.starts_with('/')).map(|rest| format!("*/*{rest}"));
    let mime: Mime = any.as_deref().unwrap_or(element).parse().ok()?;
    if mime.type_() == mime::STAR && mime.subtype() != mime::STAR {
        return None;
    }
    let weight = match mime.get_param("q") {
        None => 1.0,
        Some(q) => q.as_str().parse::<f32>().ok().filter(|q| *q >= 0.0)?.min(1.0),
    };
    Some(Range { mime, weight })
}

/// The weight that the most specific range gives to a form.
fn weight(ranges: &[Range], form: Form) -> f32 {
    let mut best = (0, 0.0);
    for range in ranges {
        if let Some(specificity) = specificity(&range.mime, form)
            && specificity > best.0
        {
            best = (specificity, range.weight);
        }
    }
    best.1
}

/// How closely a range names a form, when it covers it.
fn specificity(range: &Mime, form: Form) -> Option<usize> {
    // What stands after the weight was never part of the media type.
    let mut parameters = range.params().take_while(|(name, _)| *name != "q");
    let count = parameters.try_fold(0, |count, (name, value)| {
        // All that we send is UTF-8.
        (name == "charset" && value.as_str().eq_ignore_ascii_case("utf-8")).then_some(count + 1)
    })?;
    let (name, essence) = (form.name(), range.essence_str());
    match essence.strip_suffix('*') {
        Some("*/") => Some(1),
        Some(kind) if name.starts_with(kind) => Some(2),
        None if name == essence => Some(3 + count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: &[Transport] = &[Transport::Sse, Transport::Rest];

    fn answer(lines: &[&str], transports: &[Transport]) -> &'static str {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(ACCEPT, http::HeaderValue::from_bytes(line.as_bytes()).expect("a value"));
        }
        match choose(&headers, transports) {
            Ok(Form::Json) => "json",
            Ok(Form::Events) => "events",
            Ok(Form::Lines) => "lines",
            Err(_) => "406",
        }
    }

    #[test]
    fn every_accept_header_gets_what_it_asks_for() {
        for (accept, expected) in [
            // Plain and wild.
            ("*/*", "json"),
            ("application/json", "json"),
            ("text/event-stream", "events"),
            ("application/*", "json"),
            ("text/*", "events"),
            ("APPLICATION/JSON", "json"),
            ("Text/Event-Stream", "events"),
            ("application/x-ndjson", "lines"),
            ("Application/X-NDJSON; charset=utf-8", "lines"),
            ("image/png", "406"),
            ("text/html", "406"),
            ("application/xml, image/*", "406"),
            // Equal weights go to the earlier offer, whatever the order and however close the range.
            ("text/event-stream, application/json", "json"),
            ("text/event-stream, */*", "json"),
            ("text/*, application/*", "json"),
            ("text/event-stream;q=0.5, application/json;q=0.5", "json"),
            ("application/x-ndjson, text/event-stream", "events"),
            ("application/x-ndjson, application/*", "json"),
            // Weights.
            ("application/json;q=0.5, text/event-stream", "events"),
            ("application/json;q=0.5, text/event-stream;q=0.4", "json"),
            ("text/event-stream, */*;q=0.1", "events"),
            ("text/event-stream; q=1.0 , application/json ; q=0.999", "events"),
            ("application/json;Q=0.2, text/event-stream;q=0.3", "events"),
            ("application/json;q=0.001", "json"),
            ("application/x-ndjson;q=0.3, text/event-stream;q=0.2, application/json;q=0.1", "lines"),
            ("application/json;q=0, application/*", "lines"),
            ("application/x-ndjson;q=0, text/event-stream;q=0, */*", "json"),
            ("application/x-ndjson, */*;q=0.5", "lines"),
            // The most specific range has the word.
            ("application/json;q=0.1, application/*, text/event-stream;q=0.2", "lines"),
            ("application/json;q=0.1, application/*;q=0.1, text/event-stream;q=0.2", "events"),
            ("*/*, application/json;q=0", "events"),
            ("application/json;q=0, */*", "events"),
            ("text/*;q=0, */*;q=0.1", "json"),
            ("application/json;charset=utf-8;q=0.1, application/json, text/event-stream;q=0.5", "events"),
            // Nothing at all.
            ("application/json;q=0", "406"),
            ("*/*;q=0", "406"),
            ("application/json;q=0.0, text/event-stream;q=0.000", "406"),
            // Parameters.
            ("application/json;charset=utf-8", "json"),
            ("text/event-stream; charset=\"UTF-8\"", "events"),
            ("application/json;charset=latin1", "406"),
            ("application/json;version=2", "406"),
            ("application/json;version=2, */*;q=0.1", "json"),
            ("application/json;q=1;ext=\"a,b\"", "json"),
            ("application/xml;note=\"a, application/json, b\"", "406"),
            ("application/xml;note=\"\\\", application/json\", text/event-stream", "events"),
            ("application/vnd.api+json", "406"),
            ("application/json+ld", "406"),
            // What real clients send.
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "json"),
            ("application/json, text/plain, */*", "json"),
            ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "json"),
            // Not quite a header.
            ("", "json"),
            (" , ,", "json"),
            ("application/json,,text/event-stream;q=0.5", "json"),
            ("nonsense", "json"),
            ("nonsense, text/event-stream", "events"),
            ("*/json, text/event-stream", "events"),
            ("application/json;q=high, text/event-stream;q=0.1", "events"),
            ("application/json;q=-1, text/event-stream;q=0.1", "events"),
            ("application/json;q=7, text/event-stream", "json"),
            ("application/json;q=NaN, text/event-stream;q=0.1", "events"),
            ("application/json é, text/event-stream", "events"),
            ("\"unclosed, application/json", "json"),
        ] {
            assert_eq!(answer(&[accept], BOTH), expected, "Accept: {accept}");
        }
    }

    #[test]
    fn no_header_is_anything_and_several_are_one_list() {
        assert_eq!(answer(&[], BOTH), "json");
        assert_eq!(answer(&["image/png", "text/event-stream"], BOTH), "events");
        assert_eq!(answer(&["application/json;q=0.1", "text/event-stream;q=0.2"], BOTH), "events");
    }

    #[test]
    fn a_task_gives_only_what_its_transports_allow() {
        assert_eq!(answer(&["*/*"], &[Transport::Sse]), "events");
        assert_eq!(answer(&["text/event-stream, */*;q=0.1"], &[Transport::Rest]), "json");
        assert_eq!(answer(&["application/json"], &[Transport::Sse]), "406");
        assert_eq!(answer(&["text/event-stream"], &[Transport::Rest]), "406");
        assert_eq!(answer(&["application/*"], &[Transport::Sse]), "lines");
        assert_eq!(answer(&["application/x-ndjson"], &[Transport::Rest]), "406");
        assert_eq!(answer(&["*/*"], &[Transport::WebSocket, Transport::Async]), "406");
    }
}
