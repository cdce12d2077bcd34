//! Our endpoints below axum, with what a middleware knows handed to the runs, on 127.0.0.1:8080.
//!
//! ```text
//! curl localhost:8080/hello
//! curl -X POST localhost:8080/api/tasks/whoami -H 'X-User: Ann'
//! ```

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use webtask::{Cx, Error, Webtask, server, tasks};

/// Who calls.
#[derive(Clone)]
struct User(String);

/// Says who calls.
#[webtask::task("whoami", browser = false)]
async fn whoami(cx: &Cx) -> Result<String, Error> {
    Ok(cx.extension::<User>().map_or_else(|| "nobody knows".to_owned(), |user| user.0.clone()))
}

/// The application's own middleware.
async fn user(mut request: Request, next: Next) -> Response {
    if let Some(name) = request.headers().get("x-user").and_then(|name| name.to_str().ok()) {
        let user = User(name.to_owned());
        request.extensions_mut().insert(user);
    }
    next.run(request).await
}

/// A route of the application, with the same user.
async fn hello(user: Option<Extension<User>>) -> String {
    format!("hello {}", user.map_or_else(|| "you".to_owned(), |user| user.0.0))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let webtask = Webtask::builder().build()?;
    let tasks = server::service(&webtask, tasks![whoami])?.below("/api")?;
    let app =
        Router::new().route("/hello", get(hello)).route_service("/api/{*path}", tasks).layer(from_fn(user));

    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    println!("listening on http://127.0.0.1:8080");
    axum::serve(listener, app).await?;
    Ok(())
}
