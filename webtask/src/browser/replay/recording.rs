//! Answers requests from a HAR file: by method and URL, then by what is sent, then in the order of the file. It knows no
//! browser.

use std::collections::HashMap;

use url::Url;

use super::super::har::{self, Har};
use super::{Answer, Found, Request, Sent, Served};
use crate::net::{Coding, is_packed};
use crate::secret::Redactor;

/// How much a body that may still be compressed is unpacked to at most, to see whether it is.
const UNPACKED: usize = 64 << 20;

/// The answers of a HAR file.
pub(super) struct Recording {
    entries: Vec<Entry>,
    /// The entries of each request, in the order of the file.
    requests: HashMap<Key, Vec<usize>>,
}

/// A method and a URL without its fragment.
type Key = (String, String);

/// What one request got.
struct Entry {
    /// What it sent; none when it sent nothing, or that was not kept.
    sent: Option<Sent>,
    /// Which part it asked for.
    range: Option<String>,
    recorded: Recorded,
}

enum Recorded {
    Answer(Answer),
    /// There was none.
    Failure,
    /// The file does not hold it.
    Unusable(String),
}

impl Recording {
    pub(super) fn new(har: Har) -> Self {
        let (mut entries, mut requests) = (Vec::new(), HashMap::<Key, Vec<usize>>::new());
        for har::Entry { request, response, .. } in har.log.entries {
            let sent = request.post_data.as_ref().and_then(Sent::of);
            let range = range(&request, &response);
            let key = (request.method.to_ascii_uppercase(), plain(&request.url));
            requests.entry(key).or_default().push(entries.len());
            entries.push(Entry { sent, range, recorded: Recorded::of(response) });
        }
        Self { entries, requests }
    }

    /// What answers a request. A file of ours holds no secrets: where the request has one, it is looked for without.
    pub(super) fn find(&self, request: &Request, redactor: &Redactor, served: &Served) -> Found {
        let entries = self.get(&request.method, &request.url).or_else(|| {
            let url = redactor.text(&request.url)?;
            self.get(&request.method, &url)
        });
        let Some(entries) = entries else {
            return Found::Missing(format!("the HAR file has no {} request for it", request.method));
        };
        let entries = match self.of_range(entries, request) {
            Ok(entries) => entries,
            Err(reason) => return Found::Missing(reason),
        };
        let chosen = match request.sent().filter(|_| !request.is_read()) {
            // Nobody knows what is sent, so that the order is all there is.
            None => entries,
            Some(sent) => match self.fitting(&entries, &sent, redactor) {
                Ok(chosen) => chosen,
                Err(reason) => return Found::Missing(reason),
            },
        };
        // A `HEAD` that is answered by a `GET` leaves that for the `GET`.
        let is_own = request.method != "HEAD" || self.get_own("HEAD", &request.url).is_some();
        let entry = if is_own { served.next(&chosen) } else { served.peek(&chosen) };
        let Some(entry) = entry else {
            return Found::Missing(format!("the HAR file has no {} request for it", request.method));
        };
        match &self.entries[entry].recorded {
            Recorded::Answer(answer) => Found::Answer(answer.clone()),
            Recorded::Failure => Found::Failure,
            Recorded::Unusable(reason) => Found::Missing(reason.clone()),
        }
    }

    /// Those that asked for the same part, or else for all of it: a server need not answer with a part.
    fn of_range(&self, entries: &[usize], request: &Request) -> Result<Vec<usize>, String> {
        let asked = request.header("range").map(bare);
        let of = |range: Option<&str>| -> Vec<usize> {
            entries.iter().copied().filter(|entry| self.entries[*entry].range.as_deref() == range).collect()
        };
        let same = of(asked.as_deref());
        let fitting = if same.is_empty() { of(None) } else { same };
        match (fitting.is_empty(), asked) {
            (false, _) => Ok(fitting),
            (true, Some(asked)) => {
                Err(format!("{} of the HAR file, but none asks for `{asked}`", many(entries.len())))
            }
            (true, None) => Err(format!(
                "{} of the HAR file, but they all ask for a part of it (`Range`)",
                many(entries.len())
            )),
        }
    }

    /// Those that sent the same, or else those of which nobody knows what they sent.
    fn fitting(&self, entries: &[usize], sent: &Sent, redactor: &Redactor) -> Result<Vec<usize>, String> {
        let of = |is: &dyn Fn(&Option<Sent>) -> bool| -> Vec<usize> {
            entries.iter().copied().filter(|entry| is(&self.entries[*entry].sent)).collect()
        };
        let unknown = || of(&|kept| kept.is_none());
        if sent.body.is_empty() {
            let fitting = unknown();
            return match fitting.is_empty() {
                true => Err(format!("{} of the HAR file, but they all send something", many(entries.len()))),
                false => Ok(fitting),
            };
        }
        let exact = of(&|kept| kept.as_ref().is_some_and(|kept| kept.body == sent.body));
        if !exact.is_empty() {
            return Ok(exact);
        }
        let clean = Sent::new(sent.mime_type.clone(), redactor.bytes(sent.body.clone()));
        let alike = of(&|kept| kept.as_ref().is_some_and(|kept| kept.is_like(&clean)));
        if !alike.is_empty() {
            return Ok(alike);
        }
        let fitting = unknown();
        match fitting.is_empty() {
            true => {
                Err(format!("{} of the HAR file, but none sends `{}`", many(entries.len()), clean.shown()))
            }
            false => Ok(fitting),
        }
    }

    fn get(&self, method: &str, url: &str) -> Option<&[usize]> {
        let found = self.get_own(method, url);
        if method == "HEAD" { found.or_else(|| self.get_own("GET", url)) } else { found }
    }

    fn get_own(&self, method: &str, url: &str) -> Option<&[usize]> {
        self.requests.get(&(method.to_owned(), plain(url))).map(Vec::as_slice)
    }
}

impl Recorded {
    fn of(response: har::Response) -> Self {
        if response.status <= 0 {
            return Self::Failure;
        }
        let body = match response.content.body() {
            Ok(Some(body)) => body,
            // Nothing is shown of a redirect's body, so most tools keep none.
            Ok(None) if matches!(response.status, 204 | 205 | 300..400) => Vec::new(),
            Ok(None) => {
                return Self::Unusable("the HAR file has it without its body; save it with content".into());
            }
            Err(reason) => return Self::Unusable(format!("the HAR file has it, but {reason}")),
        };
        let status = match response.status {
            // The browser had the body from before, and so had the tool.
            304 if !body.is_empty() => 200,
            status => match u16::try_from(status) {
                Ok(status @ 200..=599) => status,
                _ => return Self::Unusable(format!("the HAR file has it with the status {status}")),
            },
        };
        // Text was decoded by the tool, whatever its charset was.
        let is_text = response.content.is_text();
        let is_decoded = |mime: &str| is_text && (!body.is_ascii() || har::is_wide(mime));
        let typed = |mime: &str| if is_decoded(mime) { har::as_utf8(mime) } else { mime.to_owned() };
        if let Some(coding) = packed(&response, &body) {
            return Self::Unusable(format!(
                "the HAR file has it as it was sent, still in `{coding}`; save it with decoded content"
            ));
        }
        let mut headers: Vec<(String, String)> = Vec::new();
        for pair in response.headers.into_iter().filter(|pair| !is_transport(&pair.name)) {
            let is_type = pair.name.eq_ignore_ascii_case("content-type");
            // Some tools write a header that came several times as lines.
            for value in pair.value.lines() {
                let value = if is_type { typed(value) } else { value.to_owned() };
                headers.push((pair.name.clone(), value));
            }
        }
        let lacks = |name: &str| !headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        let mime = response.content.mime_type;
        let mime =
            (!mime.is_empty() && lacks("content-type")).then(|| ("content-type".to_owned(), typed(&mime)));
        let location = response.redirect_url;
        let location = (!location.is_empty() && lacks("location")).then(|| ("location".to_owned(), location));
        headers.extend(location.into_iter().chain(mime));
        Self::Answer(Answer { status, headers, body })
    }
}

/// Which part a request asked for; where its headers were not kept, which one it got.
fn range(request: &har::Request, response: &har::Response) -> Option<String> {
    let of = |headers: &[har::Pair], name: &str| {
        headers.iter().find(|pair| pair.name.eq_ignore_ascii_case(name)).map(|pair| bare(&pair.value))
    };
    if !request.headers.is_empty() || response.status != 206 {
        return of(&request.headers, "range");
    }
    let got = of(&response.headers, "content-range")?;
    Some(format!("bytes={}", got.strip_prefix("bytes")?.split('/').next()?))
}

/// The value of a header without white space.
fn bare(value: &str) -> String {
    value.split_ascii_whitespace().collect::<String>().to_ascii_lowercase()
}

/// How a body is still compressed that should have been decoded.
fn packed(response: &har::Response, body: &[u8]) -> Option<&'static str> {
    let said = response.headers.iter().filter(|pair| pair.name.eq_ignore_ascii_case("content-encoding"));
    let said = said.map(|pair| pair.value.to_ascii_lowercase()).collect::<Vec<_>>().join(",");
    // These two have no mark of their own, but a text that is none.
    let unpacks = |coding| std::str::from_utf8(body).is_err() && is_packed(coding, body, UNPACKED);
    let is = |coding: &str| match coding {
        "gzip" => body.starts_with(b"\x1f\x8b\x08"),
        "zstd" => body.starts_with(b"\x28\xb5\x2f\xfd"),
        "deflate" => unpacks(Coding::Deflate),
        _ => unpacks(Coding::Brotli),
    };
    let names = |coding: &&str| said.split(',').any(|name| name.trim().trim_start_matches("x-") == *coding);
    let coding = ["gzip", "zstd", "deflate", "br"].into_iter().filter(names).find(|coding| is(coding))?;
    // A file that is compressed itself stays so.
    let mime = response.content.mime_type.to_ascii_lowercase();
    let is_file = coding != "br" && mime.contains(coding) || mime == "application/octet-stream";
    (!is_file).then_some(coding)
}

/// How many requests have the same method and URL, to begin a reason with.
fn many(count: usize) -> String {
    match count {
        1 => "its method and URL fit one request".into(),
        count => format!("its method and URL fit {count} requests"),
    }
}

/// Whether a header is about how the body came, which a replayed one does not come like; or none that can be sent.
fn is_transport(name: &str) -> bool {
    const NAMES: [&str; 7] = [
        "content-encoding",
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "trailer",
        "upgrade",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)) || http::HeaderName::try_from(name).is_err()
}

/// A URL as it is looked for: written in the one way, without the fragment.
fn plain(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut url) => {
            url.set_fragment(None);
            url.into()
        }
        Err(_) => url.split('#').next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests;
