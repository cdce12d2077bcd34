//! A request's body as a task's input: bytes counted as they come, then one JSON object. It knows no task.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use futures::FutureExt as _;
use futures::stream::{BoxStream, Stream, StreamExt, TryStreamExt};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_json::error::Category;
use serde_json::map::Entry;
use serde_json::{Map, Value};
use tokio::time::{Instant, timeout_at};

use super::reject::Refusal;
use crate::bom;
use crate::misfit::Misfit;

/// How many letters of a caller's name for something an error shows.
const SHOWN: usize = 100;

/// How long a body may take before it is asked how fast it comes.
const GRACE: Duration = Duration::from_secs(10);

/// Why a body broke off.
type BoxError = Box<dyn StdError + Send + Sync>;

/// A body as it comes from the network.
pub(super) enum Body {
    /// From a connection of ours.
    Whole(Incoming),
    /// From one of somebody else's.
    Stream(BoxStream<'static, Result<Bytes, BoxError>>),
}

impl Body {
    /// A body of anybody's.
    pub(super) fn of<B>(body: B) -> Self
    where
        B: http_body::Body + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::stream(body.into_data_stream())
    }

    /// The bytes of a body, as they come.
    pub(super) fn stream<B: Buf, E: Into<BoxError> + 'static>(
        body: impl Stream<Item = Result<B, E>> + Send + 'static,
    ) -> Self {
        let body = body.map_ok(|mut chunk| chunk.copy_to_bytes(chunk.remaining()));
        Self::Stream(body.map_err(Into::into).boxed())
    }

    /// What comes next of it.
    async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        match self {
            Self::Whole(body) => loop {
                match body.frame().await? {
                    Ok(frame) => {
                        // Trailers say nothing here.
                        if let Ok(chunk) = frame.into_data() {
                            return Some(Ok(chunk));
                        }
                    }
                    Err(error) => return Some(Err(error.into())),
                }
            },
            Self::Stream(body) => body.next().await,
        }
    }
}

/// How much a body may have, and how slowly it may come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) bytes: u64,
    /// How many bytes must come a second, on the average; zero is none.
    pub(super) rate: u64,
    /// How long all of it may take.
    pub(super) time: Duration,
}

impl Limits {
    /// How long a body may take until there is more of it than that.
    fn time_for(&self, came: usize) -> Duration {
        let by_rate =
            (came as u64).checked_div(self.rate).map(|seconds| Duration::from_secs(seconds) + GRACE);
        by_rate.map_or(self.time, |by_rate| by_rate.min(self.time))
    }

    fn too_slow(&self, since: Instant) -> Refusal {
        Refusal::Slow(match since.elapsed() >= self.time {
            true => format!("the body took longer than {:?} to come", self.time),
            false => format!("the body came at less than {} bytes a second", self.rate),
        })
    }
}

/// The bytes of a body that is encoded in no way.
pub(super) async fn collect(headers: &HeaderMap, body: &mut Body, limits: &Limits) -> Result<Bytes, Refusal> {
    let limit = limits.bytes;
    for encoding in headers.get_all(CONTENT_ENCODING) {
        if !encoding.as_bytes().eq_ignore_ascii_case(b"identity") {
            return Err(Refusal::Encoding(String::from_utf8_lossy(encoding.as_bytes()).into_owned()));
        }
    }
    let said = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|length| length > limit) {
        return Err(Refusal::TooLarge(limit));
    }
    let (mut first, mut bytes) = (Bytes::new(), BytesMut::new());
    let since = Instant::now();
    loop {
        // Most bodies are there already, and need no timer.
        let chunk = match body.chunk().now_or_never() {
            Some(chunk) => chunk,
            None => {
                let end = since + limits.time_for(first.len() + bytes.len());
                timeout_at(end, body.chunk()).await.map_err(|_| limits.too_slow(since))?
            }
        };
        let Some(chunk) = chunk else { break };
        let chunk = chunk.map_err(|error| Refusal::Body(format!("the body cannot be read: {error}")))?;
        if (first.len() + bytes.len() + chunk.len()) as u64 > limit {
            return Err(Refusal::TooLarge(limit));
        }
        // Most bodies come as one piece.
        if first.is_empty() && bytes.is_empty() {
            first = chunk;
            continue;
        }
        bytes.extend_from_slice(&std::mem::take(&mut first));
        bytes.extend_from_slice(&chunk);
    }
    Ok(if bytes.is_empty() { first } else { bytes.freeze() })
}

/// The input that the bytes are; none at all are an empty one.
pub(super) fn parse(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let bytes = bom::utf8(bytes);
    if bytes.trim_ascii().is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_slice(&bytes).map(|Object(map)| map).map_err(|error| {
        Refusal::Body(match error.classify() {
            Category::Data => format!("the body is not an input: {}", Misfit::of(&error)),
            Category::Io | Category::Syntax | Category::Eof => {
                format!("the body is not JSON: {}", Misfit::of(&error))
            }
        })
    })
}

/// A JSON object in which no name stands twice: which of two values was meant, nobody can know.
struct Object(Map<String, Value>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    /// Without the text itself, which may be as long as the body.
    fn visit_str<E: Error>(self, _: &str) -> Result<Object, E> {
        Err(E::invalid_type(Unexpected::Other("a string"), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Object, A::Error> {
        let mut map = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            match map.entry(name) {
                Entry::Vacant(place) => place.insert(entries.next_value()?),
                Entry::Occupied(place) => {
                    let name: String = place.key().chars().take(SHOWN).collect();
                    return Err(A::Error::custom(format_args!("duplicate key `{name}`")));
                }
            };
        }
        Ok(Object(map))
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures::stream;
    use serde_json::json;

    use super::*;

    fn read_chunks(
        headers: &[(&'static str, &str)],
        chunks: &[&'static str],
        limit: u64,
    ) -> Result<Value, String> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().expect("a value"));
        }
        let chunks: Vec<_> =
            chunks.iter().map(|chunk| Ok::<_, Infallible>(Bytes::from_static(chunk.as_bytes()))).collect();
        let mut body = Body::stream(stream::iter(chunks));
        let limits = Limits { bytes: limit, rate: 0, time: Duration::MAX };
        let bytes = futures::executor::block_on(collect(&map, &mut body, &limits));
        match bytes.and_then(|bytes| parse(&bytes)) {
            Ok(map) => Ok(Value::Object(map)),
            Err(Refusal::Body(message)) => Err(message),
            Err(other) => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn reads_an_object_from_however_many_chunks() {
        assert_eq!(read_chunks(&[], &["{\"a\"", ":1}"], 100), Ok(json!({ "a": 1 })));
        assert_eq!(read_chunks(&[], &[], 0), Ok(json!({})));
        assert_eq!(read_chunks(&[], &[" \r\n"], 100), Ok(json!({})));
        assert_eq!(read_chunks(&[], &["\u{feff}{\"a\"", ":1}"], 100), Ok(json!({ "a": 1 })));
        assert_eq!(read_chunks(&[], &["\u{feff}"], 100), Ok(json!({})));
        assert_eq!(read_chunks(&[("content-encoding", "Identity")], &["{}"], 100), Ok(json!({})));
    }

    #[test]
    fn says_where_a_body_is_wrong() {
        for (body, message) in [
            ("{", "the body is not JSON: it breaks off inside an object at line 1 column 1"),
            (
                "{\n  \"a\": nope\n}",
                "the body is not JSON: unknown word; only `true`, `false` and `null` are written without quotes at line 2 column 9",
            ),
            ("{} {}", "the body is not JSON: something follows its end at line 1 column 4"),
            ("a=1", "the body is not JSON: a value is missing at line 1 column 1"),
            ("[1]", "the body is not an input: it must be a JSON object, not a list at line 1 column 1"),
            ("\"{}\"", "the body is not an input: it must be a JSON object, not a string at line 1 column 4"),
            ("null", "the body is not an input: it must be a JSON object, not null at line 1 column 4"),
            ("{\"a\":1,\n\"a\":2}", "the body is not an input: duplicate key `a` at line 2 column 3"),
            (
                "{\"a\":\"\\ud800\"}",
                "the body is not JSON: a `\\u` escape is half of a character at line 1 column 13",
            ),
        ] {
            assert_eq!(read_chunks(&[], &[body], 100), Err(message.to_owned()), "{body}");
        }
    }

    #[test]
    fn a_nested_bomb_is_an_error() {
        let bomb: &'static str = Box::leak(format!("{{\"a\":{}", "[".repeat(100_000)).into_boxed_str());
        let error = read_chunks(&[], &[bomb], 1_000_000).expect_err("too deep");
        assert!(error.contains("it is nested too deeply"), "{error}");
    }

    #[test]
    fn counts_the_bytes_that_come() {
        assert_eq!(read_chunks(&[], &["{}", "   "], 5), Ok(json!({})));
        assert_eq!(read_chunks(&[], &["{}", "    "], 5), Err("TooLarge(5)".into()));
        assert_eq!(read_chunks(&[("content-length", "6")], &[], 5), Err("TooLarge(5)".into()));
        assert_eq!(
            read_chunks(&[("content-encoding", "gzip")], &["{}"], 5),
            Err("Encoding(\"gzip\")".into())
        );
    }

    /// A body of that many bytes, one in each interval, and what becomes of it after how long.
    async fn drip(count: usize, interval: Duration, limits: Limits) -> (Result<usize, String>, Duration) {
        let drops = stream::iter(0..count).then(move |_| async move {
            tokio::time::sleep(interval).await;
            Ok::<_, Infallible>(Bytes::from_static(b" "))
        });
        let since = Instant::now();
        let came = collect(&HeaderMap::new(), &mut Body::stream(drops), &limits).await;
        let came = came.map(|bytes| bytes.len()).map_err(|refusal| match refusal {
            Refusal::Slow(message) => message,
            other => format!("{other:?}"),
        });
        (came, since.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_drips_or_never_comes_is_let_go() {
        let seconds = Duration::from_secs;
        let limits = Limits { bytes: 1_000_000, rate: 10, time: seconds(300) };
        let slow = Err("the body came at less than 10 bytes a second".to_owned());
        let late = Err("the body took longer than 300s to come".to_owned());
        // Nothing comes; a byte a second; just enough, but for ever; enough.
        assert_eq!(drip(1, seconds(86_400), limits).await, (slow.clone(), seconds(10)));
        assert_eq!(drip(1000, seconds(1), limits).await.0, slow);
        assert_eq!(drip(100_000, Duration::from_millis(50), limits).await, (late.clone(), seconds(300)));
        assert_eq!(drip(1000, Duration::from_millis(50), limits).await.0, Ok(1000));
        // No rate is asked for; no time is.
        let patient = Limits { rate: 0, ..limits };
        assert_eq!(drip(100, seconds(2), patient).await.0, Ok(100));
        assert_eq!(drip(2, seconds(200), patient).await, (late, seconds(300)));
        let endless = Limits { time: crate::clock::at_most(Duration::MAX), ..patient };
        assert_eq!(drip(2, seconds(100_000), endless).await.0, Ok(2));
    }
}
