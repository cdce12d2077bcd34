//! Calls the tasks of a remote server with the types that they have here.
//!
//! ```no_run
//! use webtask::client::Client;
//! use webtask::{Event, webtask};
//!
//! webtask! {
//!     pub task "page/title" {
//!         transport rest, sse;
//!         input path string default "";
//!         goto "https://example.com/{{path}}";
//!         extract page from "html" { title text "title"; }
//!     }
//! }
//!
//! # async fn run() -> Result<(), webtask::Error> {
//! let client = Client::new("https://tasks.example.com/api")?.token("s3cret")?;
//!
//! // The same handle as of a run here: await it for the result,
//! let output: page_title::Output = client.run(page_title::Input { path: "news".into() }).await?;
//! println!("{}", output.page.title);
//!
//! // or read its events as they happen.
//! let mut run = client.run(page_title::Input::default());
//! while let Some(event) = run.next().await {
//!     if let Event::Status { text, .. } = event {
//!         println!("{text}");
//!     }
//! }
//! # Ok(()) }
//! # fn main() {}
//! ```
//!
//! A task is called by its slug and with its input as JSON, so the server may have another build of it, or another task
//! of that slug; what it gives must fit the type. The task needs `transport sse` there.
//!
//! Errors have the kind, the task, the step and the wrong inputs that they had on the server. Two kinds are the client's
//! own: [`Unreachable`](ErrorKind::Unreachable), when there is no answer, or not one that a server of tasks gives, and
//! [`Refused`](ErrorKind::Refused), when the server does not serve this call, as without a token.
//!
//! Dropping a [`Run`] closes its connection, and so the server cancels it. One that [began](Client::begin) alone goes on.

mod answer;
mod follow;
mod sse;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, LOCATION};
use http::{HeaderName, Method, StatusCode};
use reqwest::{RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use url::Url;

use self::answer::{broken, refused, unreachable};
use crate::misfit::Misfit;
use crate::{Error, ErrorKind, Input, Json, Run, Transport};

/// What asks for the events of a run.
const EVENTS: HeaderValue = HeaderValue::from_static("text/event-stream");

/// How many bytes an answer may have that is not a stream.
const ANSWER: usize = 64 << 20;

/// A remote server of tasks. A clone is another handle of the same.
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
}

#[derive(Clone)]
struct Settings {
    /// Where the server is, without a slash at the end.
    base: Url,
    http: reqwest::Client,
    token: Option<HeaderValue>,
    silence: Duration,
    event_limit: usize,
}

impl Client {
    /// The server at that address: `http` or `https`, with the prefix below which it is mounted.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) for what is no such address.
    pub fn new(base: &str) -> Result<Self, Error> {
        let wrong = |why: &str| {
            let message = format!("`{base}` {why}; write `https://tasks.example.com/api`");
            Error::new(ErrorKind::Config, message)
        };
        let mut url = Url::parse(base).map_err(|error| wrong(&format!("is not a URL ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("is not the plain address of a server"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("has a user in it, where only a `token` says who calls"));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        let settings = Settings {
            base: url,
            http: crate::net::client()?,
            token: None,
            silence: Duration::from_secs(60),
            event_limit: 64 << 20,
        };
        Ok(Self { settings: Arc::new(settings) })
    }

    /// The token that opens the server: `Authorization: Bearer TOKEN`.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) for what fits into no header.
    pub fn token(self, token: &str) -> Result<Self, Error> {
        let mut value = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| {
            Error::new(ErrorKind::Config, "the `token` has characters that no header may have")
        })?;
        value.set_sensitive(true);
        Ok(self.change(|settings| settings.token = Some(value)))
    }

    /// A client of one's own for the connections: with a proxy, certificates or headers. Without it there is one that
    /// trusts whom the system trusts, and follows no redirect; it takes no proxy from the environment.
    #[must_use]
    pub fn http(self, client: reqwest::Client) -> Self {
        self.change(|settings| settings.http = client)
    }

    /// After how much silence of a stream its server counts as gone: 60 seconds. Servers of tasks say every 15 seconds
    /// that they live.
    #[must_use]
    pub fn silence(self, limit: Duration) -> Self {
        self.change(|settings| settings.silence = limit)
    }

    /// How many bytes one event, the result among them, may have: 64 MiB.
    #[must_use]
    pub fn event_limit(self, bytes: usize) -> Self {
        self.change(|settings| settings.event_limit = bytes)
    }

    fn change(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    /// Runs a task. Nothing is sent before the run is polled; dropping it cancels it.
    #[allow(clippy::needless_pass_by_value, reason = "as the task's own function takes it")]
    pub fn run<I>(&self, input: I) -> Run<I::Output>
    where
        I: Input,
        I::Output: DeserializeOwned,
    {
        self.call(I::task().slug().to_owned(), to_json(&input))
    }

    /// Runs the task of that slug, of which no type is known here.
    pub fn run_json(&self, slug: &str, input: &Map<String, Value>) -> Run<Json> {
        self.call(slug.to_owned(), to_json(input))
    }

    fn call<T: DeserializeOwned + Send + 'static>(
        &self,
        slug: String,
        input: Result<String, Error>,
    ) -> Run<T> {
        let settings = self.settings.clone();
        Run::remote(move |outbox| async move {
            let called = follow::attached(&settings, &slug, input?, &outbox).await;
            called.map_err(|error| error.in_task(slug))
        })
    }

    /// Begins a run that goes on alone, whether somebody follows it or not. The task needs `transport async`.
    ///
    /// ```no_run
    /// # use webtask::{client::Client, webtask};
    /// # webtask! { pub task "report" { transport async; } }
    /// # async fn run(client: Client) -> Result<(), webtask::Error> {
    /// let begun = client.begin(report::Input {}).await?;
    /// println!("{}", begun.id());
    /// let output = begun.follow().await?;
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) when the task has no such transport, and those of the call.
    pub async fn begin<I>(&self, input: I) -> Result<Begun<I::Output>, Error>
    where
        I: Input,
        I::Output: DeserializeOwned,
    {
        let task = I::task();
        if !task.transports().contains(&Transport::Async) {
            let message = format!("`{}` does not run asynchronously; give it `transport async`", task.slug());
            return Err(Error::new(ErrorKind::Config, message));
        }
        let begun = self.settings.begin(task.slug(), to_json(&input)?).await;
        let (url, id) = begun.map_err(|error| error.in_task(task.name()))?;
        Ok(Begun { client: self.clone(), url, id, gives: PhantomData })
    }

    /// A run that began before, by its id: as [`Begun::id`] gave it, maybe to another program.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) for what is no id.
    pub fn begun<T: DeserializeOwned + Send + 'static>(&self, id: &str) -> Result<Begun<T>, Error> {
        if id.is_empty()
            || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        {
            return Err(Error::new(ErrorKind::Config, format!("`{id}` is not a run id")));
        }
        let url = self.settings.url(&format!("runs/{id}"));
        Ok(Begun { client: self.clone(), url, id: id.to_owned(), gives: PhantomData })
    }
}

/// A run that goes on alone on its server.
pub struct Begun<T> {
    client: Client,
    url: Url,
    id: String,
    gives: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + Send + 'static> Begun<T> {
    /// What the server calls it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its events from the first one on, and its result. When the connection breaks off it is taken up again behind the
    /// last event; where the server no longer has what followed, there is an event of the kind `gap`.
    ///
    /// Dropping it ends the reading, not the run.
    pub fn follow(&self) -> Run<T> {
        let (settings, url) = (self.client.settings.clone(), self.url.clone());
        Run::remote(move |outbox| async move { follow::again(&settings, &url, &outbox).await })
    }

    /// Ends it, unless it is over.
    ///
    /// # Errors
    ///
    /// [`UnknownRun`](ErrorKind::UnknownRun) when the server does not keep it any more.
    pub async fn cancel(&self) -> Result<(), Error> {
        let settings = &self.client.settings;
        let response = settings.send(Method::DELETE, &self.url, |request| request).await?;
        match response.status() {
            StatusCode::OK => Ok(()),
            _ => Err(refused(response).await),
        }
    }
}

impl Settings {
    /// The address of an endpoint.
    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}/{path}", self.base.path().trim_end_matches('/')));
        url
    }

    async fn send(
        &self,
        method: Method,
        url: &Url,
        add: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, Error> {
        let mut request = self.http.request(method, url.clone());
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, token);
        }
        add(request).send().await.map_err(|error| unreachable(url, error))
    }

    async fn post(
        &self,
        url: &Url,
        input: String,
        header: (HeaderName, HeaderValue),
    ) -> Result<Response, Error> {
        let json = HeaderValue::from_static("application/json");
        self.send(Method::POST, url, |request| {
            request.header(CONTENT_TYPE, json).header(header.0, header.1).body(input)
        })
        .await
    }

    /// Begins a run alone, and gives its address and id.
    async fn begin(&self, slug: &str, input: String) -> Result<(Url, String), Error> {
        #[derive(serde::Deserialize)]
        struct State {
            id: String,
        }
        let url = self.url(&format!("tasks/{slug}"));
        let prefer = (HeaderName::from_static("prefer"), HeaderValue::from_static("respond-async"));
        let response = self.post(&url, input, prefer).await?;
        match response.status() {
            StatusCode::ACCEPTED => {}
            StatusCode::OK => {
                return Err(Error::new(
                    ErrorKind::Refused,
                    "the server ran it synchronously: it does not run asynchronously there",
                ));
            }
            _ => return Err(refused(response).await),
        }
        let place = response.headers().get(LOCATION).and_then(|place| place.to_str().ok());
        let run = place.and_then(|place| url.join(place).ok());
        let run = run.ok_or_else(|| broken(&url, "it has no `Location` header"))?;
        if run.origin() != url.origin() {
            return Err(broken(&url, "the run is on another server"));
        }
        let body = answer::body(response).await?;
        let state: State = serde_json::from_slice(&body)
            .map_err(|error| broken(&url, "the run's state cannot be read").with_source(error))?;
        Ok((run, state.id))
    }
}

fn to_json<T: Serialize + ?Sized>(input: &T) -> Result<String, Error> {
    serde_json::to_string(input).map_err(|error| {
        let why = Misfit::of(&error);
        Error::new(ErrorKind::Config, format!("the input is not JSON: {why}")).with_source(error)
    })
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.settings.base.as_str()).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Begun<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Begun").field("id", &self.id).finish_non_exhaustive()
    }
}
