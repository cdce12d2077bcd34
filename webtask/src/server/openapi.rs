//! The endpoints in OpenAPI 3.1, made once from the tasks. It knows no request.

mod schemas;

use serde_json::{Map, Value, json};

use self::schemas::schemas;
use super::Endpoint;
use crate::{Task, Transport};

/// What an error may be, besides those that every request may get.
const RUN_ERRORS: [(&str, &str); 12] = [
    ("400", "The body is not a JSON object: `BAD_BODY`, or a header cannot be meant: `BAD_REQUEST`."),
    ("406", "Nothing that the task offers is acceptable: `NOT_ACCEPTABLE`."),
    ("408", "The body took too long to come: `BODY_TIMEOUT`."),
    ("409", "A run with the same `Idempotency-Key` is still running: `IDEMPOTENCY_IN_FLIGHT`."),
    ("413", "The body is too long: `BODY_TOO_LARGE`."),
    ("415", "The body is encoded: `UNSUPPORTED_ENCODING`."),
    (
        "422",
        "The input is wrong: `INVALID_INPUT`, the key was used with another: `IDEMPOTENCY_MISMATCH`, or the task fails by a code of its own.",
    ),
    ("429", "The pool is busy: `POOL_BUSY`."),
    (
        "500",
        "A step failed: `STEP_FAILED`, the server did: `INTERNAL`, or somebody cancelled the run: `CANCELLED`.",
    ),
    ("502", "A page could not be reached: `NAVIGATION_FAILED`."),
    (
        "503",
        "There is no browser: `BROWSER_LOST`, the server is about to end: `DRAINING`, or has too much to do: `OVERLOADED`.",
    ),
    ("504", "The run exceeded its time limit: `TIMEOUT`."),
];

/// What a WebSocket's handshake may get besides.
const SOCKET_ERRORS: [(&str, &str); 3] = [
    ("400", "The handshake cannot be answered: `BAD_REQUEST`."),
    ("426", "Another version than 13 is asked for: `UPGRADE_REQUIRED`."),
    ("503", "Too many streams are open: `OVERLOADED`, or the server is about to end: `DRAINING`."),
];

/// What the document is about.
pub(super) struct About<'a> {
    pub(super) tasks: &'a [&'a Task],
    pub(super) endpoints: &'a [Endpoint],
    /// Whether a token is asked for.
    pub(super) token: bool,
}

/// The document.
pub(super) fn document(about: &About<'_>) -> Value {
    let has = |endpoint| about.endpoints.contains(&endpoint);
    let mut paths = Map::new();
    for task in about.tasks {
        let mut path = Map::new();
        let socket = has(Endpoint::Run) && task.transports().contains(&Transport::WebSocket);
        if has(Endpoint::Describe) || socket {
            path.insert("get".into(), about.describe(task, has(Endpoint::Describe), socket));
        }
        if has(Endpoint::Run) && task.transports().iter().any(|kind| *kind != Transport::WebSocket) {
            path.insert("post".into(), about.run(task));
        }
        if !path.is_empty() {
            paths.insert(format!("/tasks/{}", task.slug()), Value::Object(path));
        }
    }
    for (endpoint, path, operations) in about.others() {
        if has(endpoint) {
            let entry = paths.entry(path).or_insert_with(|| json!({}));
            if let (Value::Object(entry), Value::Object(operations)) = (entry, operations) {
                entry.extend(operations);
            }
        }
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tasks",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Workflows on web pages, each a path: its input is JSON, its answer JSON or a stream of events.",
        },
        "paths": paths,
        "components": { "schemas": schemas() },
    });
    if about.token {
        document["components"]["securitySchemes"] =
            json!({ "token": { "type": "http", "scheme": "bearer" } });
        document["security"] = json!([{ "token": [] }]);
    }
    document
}

impl About<'_> {
    /// What `GET` does: it describes the task, or runs it over a WebSocket, or either.
    fn describe(&self, task: &Task, describes: bool, socket: bool) -> Value {
        let mut responses = self.errors(if socket { &SOCKET_ERRORS } else { &[] });
        if socket {
            let text = "With `Upgrade: websocket`: the first frame is the input, each one back an `Event`.";
            responses.insert("101".into(), json!({ "description": text }));
        }
        if describes {
            let content = json!({ "application/json": { "schema": reference("Task") } });
            responses.insert("200".into(), json!({ "description": "Its description.", "content": content }));
        }
        let summary = match describes {
            true => format!("What `{}` takes and gives", task.slug()),
            false => format!("Runs `{}` over a WebSocket", task.slug()),
        };
        json!({ "operationId": id("describe", task.slug()), "summary": summary, "responses": responses })
    }

    fn run(&self, task: &Task) -> Value {
        let offers = |kind| task.transports().contains(&kind);
        let mut content = Map::new();
        if offers(Transport::Rest) {
            content.insert("application/json".into(), json!({ "schema": result(&task.output()) }));
        }
        if offers(Transport::Sse) {
            let stream = json!({ "type": "string", "description": EVENTS });
            content.insert("text/event-stream".into(), json!({ "schema": stream }));
            let lines = json!({ "type": "string", "description": "One `Event` a line." });
            content.insert("application/x-ndjson".into(), json!({ "schema": lines }));
        }
        let mut responses = self.errors(&RUN_ERRORS);
        responses.insert(
            "200".into(),
            json!({ "description": "The run's result, or its events.", "content": content }),
        );
        if offers(Transport::Async) {
            let accepted = json!({
                "description": "The run goes on; `Location` says where to ask for it.",
                "content": { "application/json": { "schema": reference("Run") } },
            });
            responses.insert("202".into(), accepted);
        }
        let mut parameters =
            vec![header("Idempotency-Key", "The same key gets the same answer, and one run.")];
        if offers(Transport::Async) {
            parameters.push(header(
                "Prefer",
                "`respond-async` answers at once; `wait=N` beside it after N seconds.",
            ));
        }
        let summary = task.doc().lines().next().filter(|line| !line.is_empty());
        json!({
            "operationId": id("run", task.slug()),
            "summary": summary.map_or_else(|| format!("Runs `{}`", task.slug()), str::to_owned),
            "description": task.doc(),
            "parameters": parameters,
            "requestBody": {
                "required": required(task),
                "content": { "application/json": { "schema": input(task) } },
            },
            "responses": responses,
        })
    }

    /// The endpoints that are about no one task, each with its path.
    fn others(&self) -> Vec<(Endpoint, &'static str, Value)> {
        let get = |name: &str, summary: &str, ok: Value| {
            json!({ "get": {
                "operationId": name,
                "summary": summary,
                "responses": self.responses("200", "OK", &ok, &[]),
            } })
        };
        let probe = |name: &str, summary: &str, errors: &[(&str, &str)]| {
            let mut responses = self.responses("200", "Yes.", &reference("Probe"), &[]);
            for (status, text) in errors {
                responses[*status] = json!({
                    "description": text,
                    "content": { "application/json": { "schema": reference("Probe") } },
                });
            }
            json!({ "get": { "operationId": name, "summary": summary, "security": [], "responses": responses } })
        };
        let run = |name: &str, summary: &str| {
            let mut responses = self.responses(
                "200",
                "Its state.",
                &reference("Run"),
                &[("404", "No run has that id, or it was too long ago: `UNKNOWN_RUN`.")],
            );
            let mut parameters = vec![json!({
                "name": "id", "in": "path", "required": true, "schema": { "type": "string" },
            })];
            if name == "run" {
                responses["400"] = self.error("`after` or `Last-Event-ID` is not a number: `BAD_REQUEST`.");
                responses["204"] = json!({ "description": "Every event was read before." });
                responses["503"] = self.error("Too many streams are open: `OVERLOADED`.");
                responses["406"] = self.error("Nothing that a run offers is acceptable: `NOT_ACCEPTABLE`.");
                responses["200"]["content"]["text/event-stream"] =
                    json!({ "schema": { "type": "string", "description": EVENTS } });
                responses["200"]["content"]["application/x-ndjson"] =
                    json!({ "schema": { "type": "string", "description": "One `Event` a line." } });
                parameters.push(header("Last-Event-ID", "Begins after this event."));
                let after = json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX });
                parameters.push(json!({ "name": "after", "in": "query", "schema": after }));
            }
            json!({ "operationId": name, "summary": summary, "parameters": parameters, "responses": responses })
        };
        vec![
            (
                Endpoint::List,
                "/tasks",
                get("tasks", "All tasks", json!({ "type": "array", "items": reference("Task") })),
            ),
            (Endpoint::Health, "/health", get("health", "How the server stands", reference("Health"))),
            (Endpoint::Live, "/livez", probe("live", "Whether the server is alive", &[])),
            (
                Endpoint::Ready,
                "/readyz",
                probe("ready", "Whether it can take work", &[("503", "Not now; `reason` says why.")]),
            ),
            (Endpoint::Metrics, "/metrics", {
                let mut operation = get("metrics", "Counters in Prometheus's text format", json!({}));
                operation["get"]["responses"]["200"]["content"] =
                    json!({ "text/plain": { "schema": { "type": "string" } } });
                operation
            }),
            (
                Endpoint::OpenApi,
                "/openapi.json",
                get(
                    "openapi",
                    "This document",
                    json!({ "type": "object", "required": ["openapi", "info", "paths"] }),
                ),
            ),
            (Endpoint::Runs, "/runs/{id}", json!({ "get": run("run", "A run's state, or its events") })),
            (Endpoint::Cancel, "/runs/{id}", json!({ "delete": run("cancel", "Cancels a run") })),
        ]
    }

    fn responses(&self, status: &str, text: &str, schema: &Value, errors: &[(&str, &str)]) -> Value {
        let mut responses = self.errors(errors);
        let content = json!({ "application/json": { "schema": schema } });
        responses.insert(status.into(), json!({ "description": text, "content": content }));
        Value::Object(responses)
    }

    /// These errors, and those that every request may get.
    fn errors(&self, errors: &[(&str, &str)]) -> Map<String, Value> {
        let always = [
            self.token.then_some(("401", "The token is missing or wrong: `UNAUTHORIZED`.")),
            Some((
                "403",
                "The caller, or what it asks for, is not allowed: `FORBIDDEN_HOST`, `FORBIDDEN_ORIGIN`, `URL_NOT_ALLOWED`.",
            )),
        ];
        let errors = always.into_iter().flatten().chain(errors.iter().copied());
        errors.map(|(status, text)| (status.to_owned(), self.error(text))).collect()
    }

    fn error(&self, text: &str) -> Value {
        json!({
            "description": text,
            "content": { "application/json": { "schema": reference("Failure") } },
        })
    }
}

/// What a stream of events holds.
const EVENTS: &str =
    "Server-sent events: the name of each is `event` of `Event`, its data `data` of `Event`.";

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn header(name: &str, text: &str) -> Value {
    json!({ "name": name, "in": "header", "description": text, "schema": { "type": "string" } })
}

fn result(output: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["ok", "data"],
        "properties": { "ok": { "const": true }, "data": output },
    })
}

fn required(task: &Task) -> bool {
    task.input_schema()["required"].as_array().is_some_and(|names| !names.is_empty())
}

/// The inputs' schema, with what the recipe says of each.
fn input(task: &Task) -> Value {
    let (mut schema, said) = (task.input_schema(), task.input());
    if let Some(properties) = schema["properties"].as_object_mut() {
        for (name, property) in properties {
            let Some(property) = property.as_object_mut() else { continue };
            if property.get("type").is_some_and(|ty| ty == "integer") && !property.contains_key("format") {
                property.extend([
                    ("minimum".to_owned(), i64::MIN.into()),
                    ("maximum".to_owned(), i64::MAX.into()),
                ]);
            }
            if let Some(doc) = said[name]["doc"].as_str().filter(|doc| !doc.is_empty()) {
                property.insert("description".into(), doc.into());
            }
            let default = &said[name]["default"];
            if !default.is_null() {
                property.insert("default".into(), default.clone());
            }
        }
    }
    schema
}

/// A name of an operation that no other slug gives: none has a dot.
fn id(verb: &str, slug: &str) -> String {
    format!("{verb}.{}", slug.replace('/', "."))
}
