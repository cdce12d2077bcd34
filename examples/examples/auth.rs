//! Tasks behind a filter of one's own that says who calls, on 127.0.0.1:8080.
//!
//! ```text
//! curl -X POST localhost:8080/api/tasks/greet
//! curl -X POST localhost:8080/api/tasks/greet -H 'Cookie: session=12345'
//! ```

use warp::Filter;
use webtask::server::{self, Server, Unauthorized};
use webtask::{Cx, Error, Webtask, tasks};

/// Who calls.
#[derive(Clone)]
struct User {
    name: &'static str,
}

/// Greets whoever calls.
#[webtask::task("greet", browser = false)]
async fn greet(cx: &Cx) -> Result<String, Error> {
    let user = cx.extension::<User>().expect("the filter lets nobody else in");
    Ok(format!("hello {}", user.name))
}

/// What an application's own sessions know.
async fn known(session: Option<String>) -> Result<User, warp::Rejection> {
    match session.as_deref() {
        Some("12345") => Ok(User { name: "Ann" }),
        _ => Err(Unauthorized::new("log in first").into()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let webtask = Webtask::builder().build()?;
    let user = warp::cookie::optional("session").and_then(known);
    let tasks = Server::new(&webtask, tasks![greet]).with(user).routes()?;
    let hello = warp::path!("hello").map(|| "hello, whoever you are");

    println!("listening on http://127.0.0.1:8080");
    let all = hello.or(warp::path("api").and(tasks)).recover(server::recover);
    warp::serve(all).run(([127, 0, 0, 1], 8080)).await;
    Ok(())
}
