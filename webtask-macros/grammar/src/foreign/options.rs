//! The words that other tools write after a step's, an input's or a field's name.

use super::{At, Foreign, Group};

const fn row(words: &'static [&'static str], write: &'static [&'static str]) -> Foreign {
    Foreign { words, write, note: "" }
}

const fn note(words: &'static [&'static str], note: &'static str) -> Foreign {
    Foreign { words, write: &[], note }
}

const fn of(word: &'static str, rows: &'static [Foreign]) -> Group {
    Group { title: word, at: At::Option(word), rows }
}

/// The words that would stand after others.
pub const OPTIONS: &[Group] = &[
    of(
        "",
        &[
            row(&["within", "max wait", "wait at most", "timeout ms"], &["timeout 10s"]),
            note(
                &["as", "into", "save as", "store as", "store in", "returning"],
                "leave it out: the name stands right after the step's word, like `extract NAME`",
            ),
            note(&["and", "then", "or"], "write the next step by itself"),
            note(&["force", "no wait after", "delay"], "leave it out: there is no such option"),
        ],
    ),
    of(
        "goto",
        &[
            row(&["wait until"], &["until load"]),
            row(&["status"], &["expect ok"]),
            note(&["referer", "headers"], "leave it out: there is no such option"),
        ],
    ),
    of(
        "wait until",
        &[
            row(
                &["hidden", "invisible", "disappears", "detached", "absent", "removed", "not visible"],
                &["gone"],
            ),
            row(&["displayed", "shown", "appears", "is visible", "clickable", "enabled"], &["visible"]),
            row(&["contains", "containing", "has text", "with text"], &["text \"…\""]),
            note(
                &["exists", "present", "attached", "exist"],
                "leave it out: without a word, to be in the page is enough",
            ),
        ],
    ),
    of(
        "click",
        &[
            row(&["has text", "with text", "contains", "containing", "named"], &["text \"…\""]),
            row(&["new tab", "in new tab", "opens", "popup", "opens popup", "opens window"], &["opens tab"]),
        ],
    ),
    of("sendkeys", &[row(&["text", "value", "with", "type"], &["keys \"…\""])]),
    of("fill", &[row(&["value", "text", "keys", "in", "to"], &["with \"…\""])]),
    of(
        "select",
        &[row(&["value", "label", "text", "by", "by label", "by value", "with"], &["option \"…\""])],
    ),
    of("upload", &[row(&["file", "path", "with", "paths"], &["files [\"…\"]"])]),
    of(
        "scroll until stable",
        &[row(&["for", "wait", "idle"], &["stable 1s"]), row(&["times", "limit"], &["max 100"])],
    ),
    of("wait network idle", &[row(&["max inflight", "max requests"], &["max 0"])]),
    of(
        "extract",
        &[
            row(&["all", "many", "list", "multiple", "each", "every"], &["repeat"]),
            row(&["max", "first", "top"], &["repeat limit 10"]),
            row(&["in", "at", "selector", "on", "using"], &["from \"SEL\""]),
        ],
    ),
    of(
        "js",
        &[
            row(&["file", "from", "src"], &["fn \"…\""]),
            row(&["with", "arguments", "params"], &["args [\"…\"]"]),
            row(&["async", "wait"], &["await"]),
            note(
                &["script", "code", "source", "eval"],
                "leave it out: the source stands right after the name",
            ),
        ],
    ),
    of(
        "screenshot",
        &[
            row(&["full", "fullpage", "whole page", "entire page"], &["full page"]),
            row(&["element", "of", "locator"], &["selector \"SEL\""]),
            row(&["file", "to", "save", "in", "output"], &["path \"…\""]),
            row(&["type"], &["format png"]),
        ],
    ),
    of("read file", &[row(&["from", "file", "name"], &["path \"…\""])]),
    of("write files", &[row(&["dir", "folder", "to", "in"], &["root \"…\""])]),
    of(
        "save html",
        &[row(&["file", "to", "in"], &["path \"…\""]), row(&["of", "element"], &["selector \"SEL\""])],
    ),
    of(
        "export",
        &[
            row(&["from", "rows", "value", "of"], &["data \"{{NAME}}\""]),
            row(&["to", "file", "in"], &["path \"…\""]),
            row(&["fields", "headers", "keys"], &["columns [\"…\"]"]),
        ],
    ),
    of(
        "pdf",
        &[
            row(&["file", "to", "in", "output"], &["path \"…\""]),
            row(&["size", "paper", "paper size"], &["format A4"]),
            row(&["print background", "backgrounds"], &["background true"]),
            row(&["page ranges", "range"], &["pages \"1-3\""]),
            row(&["margins"], &["margin \"1cm\""]),
        ],
    ),
    of(
        "html to pdf",
        &[
            row(&["html", "source", "body"], &["content \"…\""]),
            row(&["to", "output"], &["path \"…\""]),
            row(&["style", "styles"], &["css \"…\""]),
            row(&["print background", "backgrounds"], &["background true"]),
            row(&["page ranges", "range"], &["pages \"1-3\""]),
        ],
    ),
    of("snapshot", &[row(&["file", "to", "in"], &["path \"…\""])]),
    of(
        "emulate",
        &[
            row(&["device scale factor", "dpr", "pixel ratio"], &["scale 2"]),
            row(&["color scheme", "colour scheme", "dark mode"], &["dark"]),
            row(&["light mode"], &["light"]),
            row(&["viewport", "size"], &["width 1280 height 800"]),
            row(&["is mobile", "touch", "has touch", "device"], &["mobile"]),
            row(&["language", "lang"], &["locale \"de-CH\""]),
            row(&["timezone id", "tz"], &["timezone \"Europe/Berlin\""]),
            row(&["ua", "agent"], &["user agent \"…\""]),
        ],
    ),
    of(
        "get cookies",
        &[row(&["url", "for", "of"], &["urls [\"URL\"]"]), row(&["file", "to"], &["path \"…\""])],
    ),
    of(
        "set cookies",
        &[
            note(&["cookies", "list"], "leave it out: the list stands right after `set cookies`"),
            row(&["path", "from"], &["file \"…\""]),
        ],
    ),
    of(
        "http",
        &[
            row(&["json", "data", "payload", "form"], &["body { key: \"…\" }"]),
            row(&["header"], &["headers { accept: \"text/html\" }"]),
            row(&["status", "ok"], &["expect ok"]),
            note(&["params", "query"], "write it into the URL, like `\"https://example.com/?q={{name}}\"`"),
        ],
    ),
    of(
        "capture network",
        &[
            row(&["include bodies", "with bodies", "body"], &["bodies"]),
            row(&["max body bytes", "max size"], &["max bytes 1000000"]),
            row(&["url filter", "filter", "matching", "urls"], &["url \"…\""]),
            row(&["file", "to"], &["path \"…\""]),
        ],
    ),
    of(
        "record",
        &[
            row(&["max frames"], &["frames 300"]),
            row(&["max duration", "max duration ms", "duration", "seconds"], &["for 30s"]),
            row(&["file", "to"], &["path \"…\""]),
            row(&["rate", "frame rate"], &["fps 10"]),
        ],
    ),
    of("download", &[row(&["to", "dir", "folder", "file"], &["path \"…\""])]),
    of("download each", &[row(&["from", "of", "on"], &["selector \"SEL\""])]),
    of(
        "save captures",
        &[
            row(&["to", "folder", "path", "in"], &["dir \"…\""]),
            row(&["name", "names"], &["naming \"{name}\""]),
        ],
    ),
    of("call", &[row(&["args", "params", "inputs", "input", "using"], &["with { name: \"…\" }"])]),
    of(
        "for each",
        &[
            row(&["of", "from", "on"], &["in \"{{LIST}}\""]),
            row(&["continue", "ignore errors", "skip errors"], &["continue on error"]),
            row(&["gather", "yield"], &["collect NAME"]),
        ],
    ),
    of(
        "loop",
        &[
            row(&["times", "limit", "max turns"], &["max 10"]),
            row(&["delay", "every", "interval", "sleep", "wait"], &["pause 1s"]),
            row(&["gather", "yield"], &["collect NAME"]),
        ],
    ),
    of(
        "retry",
        &[
            row(&["delay", "every", "interval", "sleep", "wait", "backoff", "after"], &["pause 1s"]),
            note(&["times", "attempts", "tries"], "leave it out: the number says how often"),
        ],
    ),
    of("fail", &[row(&["with", "name", "error"], &["code NAME"])]),
    of(
        "input",
        &[
            note(
                &["optional", "nullable"],
                "leave it out: an input without `required` and `default` may be missing",
            ),
            row(&["description", "desc", "help", "comment"], &["doc \"…\""]),
            row(&["defaults", "or", "value"], &["default \"…\""]),
            row(&["mandatory", "must", "needed"], &["required"]),
        ],
    ),
    of(
        "secret",
        &[note(
            &["default", "required", "string", "doc", "value", "from", "env"],
            "leave it out: the operator gives the value, by `WEBTASK_SECRET_NAME` or `Builder::secret`",
        )],
    ),
    of("transport", &[note(&["rest", "sse", "websocket", "async", "and"], "write `,` before it")]),
    of("if", &[note(&["then"], "leave it out")]),
    Group {
        title: "The type of an input",
        at: At::Type,
        rows: &[
            row(
                &[
                    "str", "text", "varchar", "char", "url", "uri", "email", "file", "date", "datetime",
                    "regex",
                ],
                &["string"],
            ),
            row(
                &["integer", "number", "num", "long", "i32", "i64", "u32", "u64", "usize", "duration"],
                &["int"],
            ),
            row(&["double", "decimal", "real", "f32", "f64"], &["float"]),
            row(&["boolean", "flag"], &["bool"]),
            row(&["array", "vec", "strings", "tuple", "set"], &["list"]),
            row(&["object", "dict", "hash", "record", "json", "struct"], &["map"]),
            note(
                &["password", "secret", "token"],
                "write `secret NAME` on a line of its own for what callers may not give",
            ),
        ],
    },
    Group {
        title: "What a field reads",
        at: At::Field,
        rows: &[
            row(
                &[
                    "text content",
                    "inner text",
                    "string",
                    "css",
                    "selector",
                    "content",
                    "str",
                    "strip",
                    "text of",
                    "find",
                ],
                &["text \"SEL\""],
            ),
            row(&["href", "link"], &["attr href on \"SEL\"", "attr href on \"SEL\" url"]),
            row(&["src", "image"], &["attr src on \"SEL\""]),
            row(
                &["attribute", "attrs", "prop", "property", "get attribute", "value"],
                &["attr value on \"SEL\""],
            ),
            row(&["inner html", "outer html"], &["html \"SEL\""]),
            row(&["literal", "constant", "static"], &["const \"…\""]),
            row(&["length", "size", "number of"], &["count \"SEL\""]),
            row(&["int", "integer", "number"], &["text \"SEL\" int"]),
            row(&["float", "double", "decimal", "price"], &["text \"SEL\" float"]),
            row(&["bool", "boolean"], &["text \"SEL\" bool"]),
            row(&["list", "all", "array", "texts"], &["text \"SEL\" all"]),
            row(&["each", "children", "nested", "object", "extract"], &["from \"SEL\" repeat"]),
        ],
    },
    Group {
        title: "What is made of a field",
        at: At::Modifier,
        rows: &[
            row(&["integer"], &["int"]),
            row(&["number", "decimal", "double", "parse float", "numeric"], &["float"]),
            row(&["boolean"], &["bool"]),
            row(&["strip", "trimmed"], &["trim"]),
            row(&["lowercase", "downcase", "to lower"], &["lower"]),
            row(&["uppercase", "upcase", "to upper"], &["upper"]),
            row(&["regex", "regexp", "pattern", "matches", "extract"], &["match r\"(.+)\""]),
            row(&["list", "many", "multiple", "array", "every"], &["all"]),
            row(&["nullable", "maybe", "default"], &["optional"]),
            row(&["absolute", "absolute url", "resolve"], &["url"]),
            row(&["not null", "mandatory"], &["required"]),
        ],
    },
];
