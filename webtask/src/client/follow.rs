//! A run over its event stream: bound to one connection, or taken up again when that breaks off.

use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::{Method, StatusCode};
use reqwest::Response;
use serde::de::DeserializeOwned;
use tokio::time::{sleep, timeout};
use url::Url;

use super::answer::{broken, event, refused, unreachable};
use super::sse::{Fault, Reader};
use super::{EVENTS, Settings};
use crate::run::Outbox;
use crate::{Error, ErrorKind, Event};

/// How often a run is taken up again without one event more.
const TRIES: u32 = 5;

/// How long to wait before that, when the server does not say.
const PAUSE: Duration = Duration::from_secs(1);

/// How long at most, whatever it says.
const LONGEST: Duration = Duration::from_secs(30);

/// Calls a task and passes its events on, until its last one.
pub(super) async fn attached<T: DeserializeOwned>(
    settings: &Settings,
    slug: &str,
    input: String,
    outbox: &Outbox,
) -> Result<T, Error> {
    let url = settings.url(&format!("tasks/{slug}"));
    let response = settings.post(&url, input, (ACCEPT, EVENTS)).await?;
    if response.status() != StatusCode::OK {
        return Err(refused(response).await);
    }
    outbox.start();
    let mut stream = Stream::new(settings, &url, response)?;
    let end = stream.pass_on(&mut None, outbox).await;
    end.map_err(|cut| cut.error)?
}

/// Follows a run from its first event on, over as many connections as it takes.
pub(super) async fn again<T: DeserializeOwned>(
    settings: &Settings,
    url: &Url,
    outbox: &Outbox,
) -> Result<T, Error> {
    let (mut last, mut tries) = (None, 0);
    loop {
        let before = last;
        let cut = match connect(settings, url, last).await {
            Ok(mut stream) => {
                outbox.start();
                match stream.pass_on(&mut last, outbox).await {
                    Ok(end) => return end,
                    Err(cut) => cut,
                }
            }
            // What is refused stays refused; what cannot be reached may be back soon.
            Err(error) if error.kind() != ErrorKind::Unreachable && error.kind() != ErrorKind::Overloaded => {
                return Err(error);
            }
            Err(error) => Cut { error, pause: PAUSE },
        };
        tries = if last == before { tries + 1 } else { 1 };
        if tries >= TRIES {
            return Err(cut.error);
        }
        sleep(cut.pause.min(LONGEST)).await;
    }
}

async fn connect<'a>(settings: &'a Settings, url: &'a Url, last: Option<u64>) -> Result<Stream<'a>, Error> {
    let response = settings
        .send(Method::GET, url, |request| {
            let request = request.header(ACCEPT, EVENTS);
            match last {
                Some(number) => request.header("last-event-id", HeaderValue::from(number)),
                None => request,
            }
        })
        .await?;
    match response.status() {
        StatusCode::OK => Stream::new(settings, url, response),
        StatusCode::NO_CONTENT => {
            Err(Error::new(ErrorKind::Refused, format!("`{url}` has no events any more")))
        }
        _ => Err(refused(response).await),
    }
}

/// A stream that ended before its run.
struct Cut {
    error: Error,
    /// How long to wait before it is taken up again.
    pause: Duration,
}

/// One connection's events.
struct Stream<'a> {
    settings: &'a Settings,
    url: &'a Url,
    response: Response,
    reader: Reader,
}

impl<'a> Stream<'a> {
    fn new(settings: &'a Settings, url: &'a Url, response: Response) -> Result<Self, Error> {
        let media = response.headers().get(CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or("");
        if !media
            .split(';')
            .next()
            .is_some_and(|media| media.trim().eq_ignore_ascii_case("text/event-stream"))
        {
            return Err(broken(url, "it does not answer with an event stream"));
        }
        Ok(Self { settings, url, response, reader: Reader::new(settings.event_limit) })
    }

    /// Passes events on until the last one, which is the run's end.
    async fn pass_on<T: DeserializeOwned>(
        &mut self,
        last: &mut Option<u64>,
        outbox: &Outbox,
    ) -> Result<Result<T, Error>, Cut> {
        loop {
            let bytes = match timeout(self.settings.silence, self.response.chunk()).await {
                Ok(Ok(Some(bytes))) => bytes,
                Ok(Ok(None)) => return Err(self.cut("the connection ended before the run")),
                Ok(Err(error)) => {
                    let error = unreachable(self.url, error);
                    return Err(Cut { error, pause: self.pause() });
                }
                Err(_) => {
                    let why = format!("nothing came for {:?}", self.settings.silence);
                    return Err(self.cut(&why));
                }
            };
            let frames = match self.reader.read(&bytes) {
                Ok(frames) => frames,
                Err(Fault::TooLarge(limit)) => {
                    let why = format!("an event has more than {limit} bytes; raise `Client::event_limit`");
                    return Ok(Err(broken(self.url, &why)));
                }
                Err(Fault::NoText) => return Ok(Err(broken(self.url, "its events are no UTF-8"))),
            };
            for frame in frames {
                match event::<T>(self.url, &frame) {
                    Ok(Event::Done(value)) => return Ok(Ok(value)),
                    Ok(Event::Failed(error)) => return Ok(Err(error)),
                    Ok(other) => outbox.tell(other.map(|_| Ok(()))).await,
                    Err(error) => return Ok(Err(error)),
                }
                *last = frame.id.or(*last);
            }
        }
    }

    fn cut(&self, why: &str) -> Cut {
        let error = Error::new(ErrorKind::Unreachable, format!("`{}` broke off: {why}", self.url));
        Cut { error, pause: self.pause() }
    }

    fn pause(&self) -> Duration {
        self.reader.retry.map_or(PAUSE, Duration::from_millis)
    }
}
