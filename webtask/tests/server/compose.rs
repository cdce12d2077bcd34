//! Our endpoints among other people's: behind a filter that knows who calls, below hyper and axum.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tower_service::Service;
use warp::Filter as _;
use warp::filters::BoxedFilter;
use warp::http::StatusCode;
use warp::reply::{Reply as _, Response};
use webtask::server::{self, Endpoint, HttpService, Server, Unauthorized, recover};
use webtask::{Cx, Error, ErrorKind, Webtask, tasks};

use crate::webtask;
use crate::wire::{ask, open, within};

/// Who calls.
#[derive(Clone, Debug)]
struct User(String);

/// On whose behalf.
#[derive(Clone, Debug)]
struct Tenant(u32);

/// Says who is known to call.
#[webtask::task("who", transport = "rest, sse", browser = false)]
async fn who(cx: &Cx) -> Result<String, Error> {
    let user = cx.extension::<User>().map_or("nobody", |user| user.0.as_str());
    let tenant = cx.extension::<Tenant>().map_or(0, |tenant| tenant.0);
    cx.status(user).await;
    Ok(format!("{user} of {tenant}"))
}

/// What tells that a run has begun, and ended.
#[derive(Clone, Debug, Default)]
struct Watch(Arc<Notify>);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[webtask::task("endless", transport = "sse", browser = false)]
async fn endless(cx: &Cx) -> Result<(), Error> {
    let _held = cx.extension::<Arc<Notify>>().map(|notify| Watch(notify.clone()));
    loop {
        cx.status("again").await;
        cx.wait(std::time::Duration::from_millis(1)).await?;
    }
}

/// A server that is none of ours.
struct Own {
    address: SocketAddr,
    serving: AbortHandle,
}

impl Own {
    async fn listener() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        (listener, address)
    }

    async fn warp(filter: BoxedFilter<(Response,)>) -> Self {
        let (listener, address) = Self::listener().await;
        let serving = tokio::spawn(warp::serve(filter).incoming(listener).run()).abort_handle();
        Self { address, serving }
    }

    async fn axum(app: Router) -> Self {
        let (listener, address) = Self::listener().await;
        let serving =
            tokio::spawn(async { axum::serve(listener, app).await.expect("serves") }).abort_handle();
        Self { address, serving }
    }

    async fn hyper(service: HttpService) -> Self {
        let (listener, address) = Self::listener().await;
        let serving = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                let service = TowerToHyperService::new(service.clone());
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service).with_upgrades());
            }
        });
        Self { address, serving: serving.abort_handle() }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Who calls, by a header.
fn user() -> impl warp::Filter<Extract = (User,), Error = warp::Rejection> + Clone + Send + Sync + 'static {
    warp::header::optional::<String>("x-user").and_then(async |name: Option<String>| {
        name.map(User).ok_or_else(|| warp::Rejection::from(Unauthorized::new("say who you are by `X-User`")))
    })
}

fn tenant() -> impl warp::Filter<Extract = (Tenant,), Error = warp::Rejection> + Clone + Send + Sync + 'static
{
    warp::header::<u32>("x-tenant").map(Tenant)
}

#[tokio::test]
async fn a_filter_in_front_hands_a_value_to_the_run() {
    let ours = Server::new(&webtask(), tasks![who]).with(user()).routes().expect("good settings");
    let after = warp::path("own").map(|| "own".into_response());
    let all = warp::path("api").and(ours).or(after).unify().recover(recover).unify();
    let own = Own::warp(all.boxed()).await;

    let answer = ask(own.address, "POST /api/tasks/who", &[("X-User", "Ann")], "").await;
    assert_eq!(answer.body, r#"{"ok":true,"data":"Ann of 0"}"#);
    let accept = [("X-User", "Ann"), ("Accept", "text/event-stream")];
    let answer = ask(own.address, "POST /api/tasks/who", &accept, "").await;
    assert_eq!(
        answer.body,
        "event: status\ndata: {\"text\":\"Ann\",\"data\":null}\n\nevent: done\ndata: {\"ok\":true,\"data\":\"Ann of 0\"}\n\n"
    );
    // No run knows of another one's caller.
    let answer = ask(own.address, "POST /api/tasks/who", &[("X-User", "Bob")], "").await;
    assert_eq!(answer.body, r#"{"ok":true,"data":"Bob of 0"}"#);

    for line in
        ["POST /api/tasks/who", "GET /api/tasks/who", "GET /api/tasks", "GET /api/health", "PUT /api/health"]
    {
        let answer = ask(own.address, line, &[], "").await;
        assert_eq!((answer.status, answer.code().as_str()), (401, "UNAUTHORIZED"), "{line}");
        assert_eq!(answer.message(), "say who you are by `X-User`");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    // It is not asked for what is not ours.
    assert_eq!(ask(own.address, "GET /own", &[], "").await.body, "own");
    let answer = ask(own.address, "GET /api/none", &[], "").await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"));
    let answer = ask(own.address, "POST /api/tasks/none", &[("X-User", "Ann")], "").await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "UNKNOWN_TASK"));
}

#[tokio::test]
async fn several_filters_are_asked_in_their_order_and_recover_may_be_left() {
    let server = Server::new(&webtask().with(Tenant(1)), tasks![who]);
    let ours = server.clone().with(user()).with(tenant()).only([Endpoint::Run]).expect("good settings");
    let own = Own::warp(
        ours.recover(async |rejection: warp::Rejection| match rejection.find::<Unauthorized>() {
            Some(_) => Ok(StatusCode::IM_A_TEAPOT.into_response()),
            None => recover(rejection).await,
        })
        .unify()
        .boxed(),
    )
    .await;
    let both = [("X-User", "Ann"), ("X-Tenant", "7")];
    assert_eq!(ask(own.address, "POST /tasks/who", &both, "").await.body, r#"{"ok":true,"data":"Ann of 7"}"#);
    assert_eq!(ask(own.address, "POST /tasks/who", &both[1..], "").await.status, 418);
    // Another filter's rejection goes on: warp itself answers.
    assert_eq!(ask(own.address, "POST /tasks/who", &both[..1], "").await.status, 400);
    let own = Own::warp(server.with(user()).routes().expect("good settings")).await;
    assert_eq!(ask(own.address, "POST /tasks/who", &both, "").await.body, r#"{"ok":true,"data":"Ann of 1"}"#);
}

#[tokio::test]
async fn a_filter_in_front_stands_before_a_server_of_ours_too() {
    let server = Server::new(&webtask(), tasks![who]).with(user()).address(([127, 0, 0, 1], 0).into());
    let listening = server.bind().await.expect("a free port");
    let (address, stop) = (listening.address(), listening.stop());
    let serving = tokio::spawn(listening.run());
    let answer = ask(address, "POST /tasks/who", &[("X-User", "Ann")], "").await;
    assert_eq!(answer.body, r#"{"ok":true,"data":"Ann of 0"}"#);
    let answer = ask(address, "POST /tasks/who", &[], "").await;
    assert_eq!((answer.status, answer.code().as_str()), (401, "UNAUTHORIZED"));
    stop.now();
    within(serving).await.expect("no panic").expect("a good end");
}

#[tokio::test]
async fn rust_hands_values_to_its_own_runs() {
    let webtask = webtask();
    let ann = webtask.with(User("Ann".into()));
    let both = ann.with(Tenant(3)).with(User("Eve".into()));
    assert_eq!(who::run(&both, who::Input {}).await.expect("runs"), "Eve of 3");
    assert_eq!(who::run(&ann, who::Input {}).await.expect("runs"), "Ann of 0");
    assert_eq!(who::run(&webtask, who::Input {}).await.expect("runs"), "nobody of 0");
}

#[tokio::test]
async fn hyper_serves_our_service() {
    let own = Own::hyper(server::service(&webtask(), tasks![who, endless]).expect("good settings")).await;
    speaks_http(own.address, "").await;
    let below = server::service(&webtask(), tasks![who, endless]).expect("good settings");
    let own = Own::hyper(below.below("/v1").expect("a prefix").below("/api/").expect("a prefix")).await;
    speaks_http(own.address, "/api/v1").await;
    let answer = ask(own.address, "GET /health", &[], "").await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn axum_nests_our_service() {
    let ours = || server::service(&webtask(), tasks![who, endless]).expect("good settings");
    let app = Router::new()
        .route("/hello", axum::routing::get(async || "hello"))
        .nest_service("/nested", ours())
        .route_service("/api/{*path}", ours().below("/api").expect("a prefix"));
    let own = Own::axum(app).await;
    assert_eq!(ask(own.address, "GET /hello", &[], "").await.body, "hello");
    speaks_http(own.address, "/nested").await;
    speaks_http(own.address, "/api").await;
}

/// A POST, a stream, a list and errors, below that prefix.
async fn speaks_http(address: SocketAddr, prefix: &str) {
    let line = |line: &str| line.replace('~', prefix);
    let answer = ask(address, &line("POST ~/tasks/who"), &[], "{}").await;
    assert_eq!(answer.body, r#"{"ok":true,"data":"nobody of 0"}"#);
    let accept = [("Accept", "text/event-stream")];
    let answer = ask(address, &line("POST ~/tasks/who"), &accept, "").await;
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    assert!(
        answer.body.starts_with("event: status\n") && answer.body.contains("event: done\n"),
        "{}",
        answer.body
    );
    assert_eq!(ask(address, &line("GET ~/tasks"), &[], "").await.json()[0]["name"], "who");
    for (request, headers, body, status, code) in [
        ("POST ~/tasks/hwo", &[][..], "", 404, "UNKNOWN_TASK"),
        ("PUT ~/tasks/who", &[], "", 405, "METHOD_NOT_ALLOWED"),
        ("POST ~/tasks/who", &[], "{", 400, "BAD_BODY"),
        ("POST ~/tasks/who", &[], r#"{"a":1}"#, 422, "INVALID_INPUT"),
        ("POST ~/tasks/who", &[("Accept", "image/png")], "", 406, "NOT_ACCEPTABLE"),
        ("POST ~/tasks/who", &[("Host", "evil.example")], "", 403, "FORBIDDEN_HOST"),
        ("POST ~/tasks/who", &[("Host", "localhost"), ("Host", "evil.example")], "", 403, "FORBIDDEN_HOST"),
        ("POST ~/tasks/who", &[("Origin", "http://evil.example")], "", 403, "FORBIDDEN_ORIGIN"),
        ("GET ~/none", &[], "", 404, "NOT_FOUND"),
    ] {
        let answer = ask(address, &line(request), headers, body).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{request}");
    }
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(1024 * 1024));
    let answer = ask(address, &line("POST ~/tasks/who"), &[], &long).await;
    assert_eq!((answer.status, answer.code().as_str()), (413, "BODY_TOO_LARGE"));
}

/// A middleware, as tower has them: it says who calls.
#[derive(Clone)]
struct Known<S>(S, Arc<Notify>);

impl<S: Service<axum::extract::Request>> Service<axum::extract::Request> for Known<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, mut request: axum::extract::Request) -> S::Future {
        request.extensions_mut().insert(User("Ann".into()));
        request.extensions_mut().insert(self.1.clone());
        self.0.call(request)
    }
}

#[tokio::test]
async fn what_a_middleware_inserts_is_handed_to_the_run() {
    let ended = Arc::new(Notify::new());
    let service = Server::new(&webtask(), tasks![who, endless]).with(tenant()).into_service();
    let known = Known(service.expect("good settings"), ended.clone());
    let own = Own::axum(Router::new().nest_service("/api", known)).await;
    let answer = ask(own.address, "POST /api/tasks/who", &[("X-Tenant", "9")], "").await;
    assert_eq!(answer.body, r#"{"ok":true,"data":"Ann of 9"}"#);

    // A client that leaves ends its run, below axum as below us.
    let headers = [("X-Tenant", "9"), ("Accept", "text/event-stream")];
    let mut stream = open(own.address, "POST /api/tasks/endless", &headers, "").await;
    assert!(stream.event().await.expect("an event").contains("again"));
    drop(stream);
    within(ended.notified()).await;
}

#[test]
fn a_prefix_is_a_path() {
    let service =
        || server::service(&Webtask::builder().build().expect("default settings"), []).expect("no tasks");
    for good in ["/api", "/api/", "/api/v1.2/a~b_c-d"] {
        assert!(service().below(good).is_ok(), "{good}");
    }
    for bad in ["", "/", "api", "//", "/a//b", "/a b", "/{id}", "/a?b", "/%41"] {
        assert_eq!(service().below(bad).map(drop).expect_err(bad).kind(), ErrorKind::Config, "{bad}");
    }
    fn is_service<S: Service<http::Request<axum::body::Body>, Error = Infallible> + Clone + Send + Sync>(
        _: &S,
    ) {
    }
    is_service(&service());
}
