//! The schemas of what the endpoints say themselves: events, errors, runs.

use serde_json::{Value, json};

use super::reference;

pub(super) fn schemas() -> Value {
    let string = json!({ "type": "string" });
    let count = json!({ "type": "integer", "minimum": 0 });
    let time = json!({ "type": "string", "format": "date-time" });
    let nullable = |schema: Value| json!({ "anyOf": [schema, { "type": "null" }] });
    let told = json!({
        "type": "object",
        "required": ["text", "data"],
        "properties": { "text": string, "data": {} },
    });
    let event = |name: Value, data: Value| {
        json!({
            "type": "object",
            "required": ["event", "data"],
            "properties": {
                "id": { "type": "integer", "minimum": 1, "description": "Its number, in the events of a run." },
                "event": name,
                "data": data,
            },
        })
    };
    let named = |name: &str| json!({ "const": name });
    let kept = json!({
        "type": "string",
        "description": "The name of the folder that the run has left, for the operator.",
    });
    let own_status = json!({
        "type": "integer",
        "description": "The status of a failure that the task itself tells, with a code of its own.",
    });
    let reserved = json!({ "enum": ["status", "skipped", "recording", "done", "error", "gap", "ping"] });
    json!({
        "Step": {
            "type": "object",
            "description": "A step of a recipe.",
            "required": ["index", "name", "at"],
            "properties": {
                "index": count,
                "name": { "type": "string", "description": "Its word." },
                "at": { "type": "string", "description": "Where it is written: `FILE:LINE:COLUMN`." },
            },
        },
        "Page": {
            "type": "object",
            "description": "The page that the run was on when a step failed.",
            "required": ["url", "title", "status"],
            "properties": {
                "url": { "type": "string", "description": "Without user info, without the values of its query." },
                "title": string,
                "status": nullable(json!({ "type": "integer" })),
            },
        },
        "Failure": {
            "type": "object",
            "required": ["ok", "error"],
            "properties": { "ok": { "const": false }, "error": reference("Error") },
        },
        "Error": {
            "type": "object",
            "required": ["code", "message", "task", "step", "retryable"],
            "properties": {
                "code": { "type": "string", "pattern": "^[A-Z][A-Z0-9_]*$" },
                "message": string,
                "task": nullable(string.clone()),
                "step": nullable(reference("Step")),
                "retryable": { "type": "boolean", "description": "Whether the same call may succeed a little later." },
                "page": reference("Page"),
                "status": own_status,
                "failure": kept,
                "errors": {
                    "type": "array",
                    "description": "Every fault of the input.",
                    "items": {
                        "type": "object",
                        "required": ["pointer", "message"],
                        "properties": { "pointer": string, "message": string },
                    },
                },
                "offers": { "type": "array", "items": string },
            },
        },
        "Event": {
            "description": "What a run tells: any number of the first kinds, then one `done` or `error`.",
            "oneOf": [
                event(named("status"), told.clone()),
                event(json!({ "type": "string", "pattern": "^[A-Za-z0-9_.-]+$", "not": reserved }), told),
                event(named("skipped"), json!({
                    "type": "object",
                    "required": ["index", "message", "step"],
                    "properties": { "index": count, "message": string, "step": nullable(reference("Step")) },
                })),
                event(named("recording"), json!({
                    "type": "object",
                    "required": ["name", "path", "size"],
                    "properties": { "name": nullable(string.clone()), "path": string, "size": count },
                })),
                event(named("gap"), json!({
                    "type": "object",
                    "description": "What lies between these numbers is no longer held.",
                    "required": ["after", "next"],
                    "properties": { "after": count, "next": count },
                })),
                event(named("ping"), json!({ "type": "null", "description": "The run is silent." })),
                event(named("done"), json!({
                    "type": "object",
                    "required": ["ok", "data"],
                    "properties": { "ok": { "const": true }, "data": {} },
                })),
                event(named("error"), json!({
                    "type": "object",
                    "required": ["message", "code", "step", "retryable"],
                    "properties": {
                        "message": string,
                        "code": string,
                        "step": nullable(reference("Step")),
                        "retryable": { "type": "boolean" },
                        "page": reference("Page"),
                        "status": own_status,
                        "failure": kept,
                "failure": kept,
                    },
                })),
            ],
        },
        "Task": {
            "type": "object",
            "required": ["name", "poolTag", "transports", "timeoutMs", "doc", "input", "output"],
            "properties": {
                "name": string,
                "poolTag": string,
                "transports": {
                    "type": "array",
                    "items": { "enum": ["rest", "sse", "websocket", "async"] },
                },
                "timeoutMs": count,
                "doc": string,
                "input": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "required": ["type", "required", "default", "doc"],
                        "properties": {
                            "type": string,
                            "required": { "type": "boolean" },
                            "default": {},
                            "doc": string,
                        },
                    },
                },
                "output": { "type": ["object", "boolean"], "description": "A JSON Schema." },
            },
        },
        "Run": {
            "type": "object",
            "required": ["id", "task", "state", "started", "ended"],
            "properties": {
                "id": string,
                "task": string,
                "state": { "enum": ["queued", "running", "done", "failed", "cancelled"] },
                "started": nullable(time.clone()),
                "ended": nullable(time),
                "result": {},
                "error": reference("Error"),
            },
        },
        "Health": {
            "type": "object",
            "required": ["ok", "taskCount", "pools"],
            "properties": {
                "ok": { "const": true },
                "taskCount": count,
                "pools": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "required": ["size", "free", "busy", "waiting"],
                        "properties": { "size": count, "free": count, "busy": count, "waiting": count },
                    },
                },
            },
        },
        "Probe": {
            "type": "object",
            "required": ["ok"],
            "properties": { "ok": { "type": "boolean" }, "reason": string },
        },
    })
}
