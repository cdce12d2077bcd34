//! What the steps hold that hold others, and what leaves them.

use std::time::Duration;

use super::{Arg, Block, Condition, Name, Rust, Text, Value};

/// `for each ITEM in LIST [collect NAME[: TYPE]] [continue on error] { steps }`
#[derive(Clone, Debug, PartialEq)]
pub struct ForEach {
    /// The loop's variable.
    pub item: Name,
    /// What it goes through.
    pub list: Value,
    /// Where the turns' values go.
    pub collect: Option<Collect>,
    /// Whether a turn that fails is skipped.
    pub continues: bool,
    /// The steps of a turn.
    pub body: Block,
}

/// `fail "…" [code NAME] [status N]`
#[derive(Clone, Debug, PartialEq)]
pub struct Fail {
    /// What happened.
    pub message: Text,
    /// Its code on the wire.
    pub code: Option<Name>,
    /// Its HTTP status.
    pub status: Option<Arg<u64>>,
}

impl Fail {
    /// The codes that say something else, those of the library and of its server.
    pub const CODES: &[&str] = &[
        "BAD_BODY",
        "BAD_REQUEST",
        "BODY_TIMEOUT",
        "BODY_TOO_LARGE",
        "BROWSER_LOST",
        "CANCELLED",
        "CONSUMED",
        "DRAINING",
        "FORBIDDEN_HOST",
        "FORBIDDEN_ORIGIN",
        "IDEMPOTENCY_IN_FLIGHT",
        "IDEMPOTENCY_MISMATCH",
        "INTERNAL",
        "INVALID_INPUT",
        "METHOD_NOT_ALLOWED",
        "NAVIGATION_FAILED",
        "NOT_ACCEPTABLE",
        "NOT_FOUND",
        "OVERLOADED",
        "POOL_BUSY",
        "REFUSED",
        "SLOW_READER",
        "STEP_FAILED",
        "TIMEOUT",
        "UNAUTHORIZED",
        "UNKNOWN_RUN",
        "UNKNOWN_TASK",
        "UNREACHABLE",
        "UNSUPPORTED_ENCODING",
        "UPGRADE_REQUIRED",
        "URL_NOT_ALLOWED",
    ];

    /// The statuses that a failure can have. The others say something of the exchange itself.
    pub const STATUSES: &[u16] =
        &[400, 402, 403, 404, 409, 410, 412, 418, 422, 423, 424, 428, 429, 451, 500, 501, 502, 503, 504];
}

/// `collect NAME[: TYPE]`
#[derive(Clone, Debug, PartialEq)]
pub struct Collect {
    /// The list's name.
    pub name: Name,
    /// Its Rust type (of the whole list).
    pub ty: Option<Rust>,
}

/// `if … { } else if … { } else { }`
#[derive(Clone, Debug, PartialEq)]
pub struct If {
    /// The conditions and their blocks, in their order.
    pub branches: Vec<(Condition, Block)>,
    /// The block when none holds.
    pub otherwise: Option<Block>,
}

/// `retry N [pause D] { steps }`
#[derive(Clone, Debug, PartialEq)]
pub struct Retry {
    /// How often the block runs at most.
    pub times: Arg<u64>,
    /// How long it pauses before each further try.
    pub pause: Option<Arg<Duration>>,
    /// The steps.
    pub body: Block,
}

/// `try { steps } [else [as NAME] { steps }]`
#[derive(Clone, Debug, PartialEq)]
pub struct Try {
    /// The steps that may fail.
    pub body: Block,
    /// What runs when one of them does.
    pub otherwise: Option<Otherwise>,
}

/// The `else` of a `try`.
#[derive(Clone, Debug, PartialEq)]
pub struct Otherwise {
    /// The name of the error.
    pub error: Option<Name>,
    /// The steps.
    pub body: Block,
}

/// `yield VALUE`, `yield each LIST`
#[derive(Clone, Debug, PartialEq)]
pub struct Yield {
    /// Whether the value's elements are taken one by one.
    pub each: bool,
    /// The value.
    pub value: Value,
}
