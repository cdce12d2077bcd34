//! The words themselves.

use super::{Choice, Room, Word};

const TIMEOUT: Choice = option("timeout", "D", "how long it may take");

const EXPECT: Choice =
    option("expect", "ok|any|CODE, …", "the statuses that are not failures; `ok` is 200 to 299")
        .or("every one");

const PATH: Choice = option("path", "\"…\"", "the file that it is written into");

/// The options of what is printed.
const PAPER: Choice = option("format", "A4|A3|Letter|Legal", "the paper").or("`A4`");
const LANDSCAPE: Choice = option("landscape", "", "the long side lies down");
const BACKGROUND: Choice = option("background", "true|false", "whether backgrounds are printed").or("`true`");
const SCALE: Choice = option("scale", "N", "how large it is printed, from 0.1 to 2").or("1");
const PAGES: Choice = option("pages", "\"1-3\"", "the pages that are kept").or("all");
const MARGIN: Choice = option(
    "margin",
    "\"1cm\"",
    "the margins: one for all sides, or two, three or four as in CSS; `in`, `cm`, `mm`, `pt` or `px`",
)
.or("what the page says, else 1 cm");
const HEAD: Choice = option("header", "\"…\"", "HTML above each sheet's content");
const FOOT: Choice = option("footer", "\"…\"", "HTML below each sheet's content");

/// The modifiers of a field, in the order in which they are applied.
pub const MODIFIERS: &[Choice] = &[
    option("match", "r\"regex\"", "keeps group 1 of the match, or all of it"),
    option("trim", "", "cuts the space around it, like `text` does anyway"),
    option("lower|upper", "", "changes the case"),
    option("url", "", "makes an address absolute; an empty one stays empty"),
    option("int|float|bool", "", "reads it as a number, or as `true/false/1/0/yes/no/on/off`"),
    option("all", "", "takes every match, as a list"),
    option("optional|required", "", "null when it is missing, or an error"),
];

/// Every word, in the order of the reference.
pub const WORDS: &[Word] = &[
    Word {
        name: "task",
        room: Room::Recipe,
        parts: "\"SLUG\"",
        options: &[
            option("as", "NAME", "names the function and its module"),
            option("->", "TYPE", "the type that `return` gives"),
        ],
        block: "{ … }",
        doc: "a task, which becomes a function and a module",
        rust: false,
    },
    header("doc", "\"…\"", &[], "says what the task does"),
    header("pool", "TAG", &[], "the pool that the window is taken from"),
    header("timeout", "DURATION", &[], "the time limit of the whole run"),
    header("transport", "rest|sse|websocket|async, …", &[], "how the task may be called"),
    header(
        "setup",
        "\"SLUG\"",
        &[option("with", "{…}", "the inputs of the other task")],
        "another task, run first in each new window",
    ),
    header("dialogs", "dismiss|accept", &[], "how page dialogs are answered"),
    header("strict", "", &[], "fails a step on an element when several visible ones match"),
    header(
        "input",
        "NAME string|int|float|bool|list|map|path",
        &[
            option("required", "", "the caller must give it"),
            option("default", "LIT", "what it is when the caller leaves it out"),
            option("doc", "\"…\"", "says what it means"),
        ],
        "declares an input",
    ),
    header("secret", "NAME", &[], "declares a secret"),
    header(
        "setting",
        "NAME",
        &[option("default", "\"…\"", "what it is when the operator says nothing")],
        "declares a setting of the operator",
    ),
    step("status", "\"…\"", &[], "", "emits a `status` event"),
    step(
        "emit",
        "KIND \"…\"",
        &[option("data", "{…}", "what the event carries")],
        "",
        "emits an event of a kind",
    ),
    step(
        "goto",
        "[NAME] \"URL\"",
        &[EXPECT, option("until", "load|dom|idle", "what is waited for").or("`load`"), TIMEOUT.or("30 s")],
        "",
        "navigates and waits",
    ),
    step("back", "", &[], "", "goes back in the page's history"),
    step("forward", "", &[], "", "goes forward in the page's history"),
    step("reload", "", &[], "", "loads the page again"),
    step("wait", "D", &[], "", "pauses"),
    step(
        "wait until",
        "\"SEL\"",
        &[
            option("visible|gone", "", "to be seen, or not to be seen").or("in the page"),
            option("text", "\"…\"", "a text that it must contain"),
            TIMEOUT.or("10 s"),
        ],
        "",
        "waits in the page for an element",
    ),
    step(
        "wait until url",
        "\"GLOB\"|matches r\"regex\"",
        &[TIMEOUT.or("30 s")],
        "",
        "waits until the page is at an address",
    ),
    step(
        "wait until js",
        "\"source\"|fn \"path\"",
        &[TIMEOUT.or("10 s")],
        "",
        "waits in the page until a script's value is truthy",
    ),
    step(
        "wait network idle",
        "D",
        &[option("max", "N", "how many requests may be under way meanwhile").or("0"), TIMEOUT.or("15 s")],
        "",
        "waits until the network is silent for a time",
    ),
    step(
        "click",
        "\"SEL\"",
        &[
            option("text", "\"…\"", "a text that it must have"),
            Choice {
                name: "match",
                parts: "exact|contains",
                after: "text",
                doc: "whether that is its whole text",
                default: "`contains`",
            },
            option("closest", "\"SEL\"", "the nearest ancestor to click instead"),
            option("opens tab", "", "goes on in the tab that the click opens"),
            TIMEOUT.or("10 s"),
        ],
        "",
        "waits until it can be clicked, then clicks",
    ),
    step("sendkeys", "\"SEL\" keys \"…\"", &[TIMEOUT.or("10 s")], "", "types a text, key by key"),
    step(
        "fill",
        "\"SEL\" with \"…\"",
        &[TIMEOUT.or("10 s")],
        "",
        "sets a field's value at once, in place of what was there",
    ),
    step("press", "\"KEY\"", &[], "", "presses a key, or several at once"),
    step(
        "select",
        "\"SEL\" option \"…\"",
        &[TIMEOUT.or("10 s")],
        "",
        "selects an option by its value, else by its label",
    ),
    step(
        "check",
        "\"SEL\"",
        &[TIMEOUT.or("10 s")],
        "",
        "checks a box or a radio button, unless it is checked",
    ),
    step("uncheck", "\"SEL\"", &[TIMEOUT.or("10 s")], "", "unchecks a box, unless it is unchecked"),
    step("hover", "\"SEL\"", &[TIMEOUT.or("10 s")], "", "moves the mouse onto an element"),
    step("upload", "\"SEL\" files [\"path\", …]", &[TIMEOUT.or("10 s")], "", "gives files to a file input"),
    step(
        "scroll until stable",
        "\"SEL\"",
        &[
            option("direction", "up|down", "where to").or("`down`"),
            option("stable", "D", "how long nothing must have been added").or("1 s"),
            option("max", "N", "how often it scrolls at most; 0 is without a limit").or("100"),
        ],
        "",
        "scrolls to the end until nothing is added there",
    ),
    step(
        "extract",
        "NAME from \"SEL\"",
        &[
            option("repeat", "", "a list of objects instead of one"),
            option("limit", "N", "at most so many").or("all"),
        ],
        "{ fields }",
        "reads an object or a list of them from the page",
    ),
    step(
        "js",
        "NAME[: TYPE] \"source\"|fn \"path\"",
        &[
            option("args", "[…]", "what `arguments` holds"),
            option("await", "", "makes the function asynchronous"),
        ],
        "",
        "runs a script in the page",
    ),
    step(
        "screenshot",
        "[NAME]",
        &[
            option("selector", "\"SEL\"", "the element that is shown alone"),
            option("full page", "", "all of the page, not only what is in the window"),
            option("format", "png|jpeg|webp", "the image's format").or("`png`"),
            option("quality", "N", "from 0 to 100, not of a png"),
            PATH,
        ],
        "",
        "takes an image",
    ),
    step(
        "read file",
        "NAME path \"…\"",
        &[option("optional", "", "null when there is no such file")],
        "",
        "reads a text file",
    ),
    step("write files", "NAME root \"…\" files VALUE", &[], "", "writes files into a folder"),
    step(
        "save html",
        "path \"…\"",
        &[option("selector", "\"SEL\"", "an element instead of the whole page")],
        "",
        "writes the page's HTML to a file",
    ),
    step(
        "export",
        "csv|ndjson|json|md [NAME] data VALUE",
        &[
            option("columns", "[…]", "the columns, in their order").or("all keys, as they first occur"),
            option("path", "\"…\"", "the file that it is written to"),
        ],
        "",
        "writes rows in a format",
    ),
    step(
        "pdf",
        "[NAME]",
        &[PATH, PAPER, LANDSCAPE, BACKGROUND, SCALE, PAGES, MARGIN, HEAD, FOOT],
        "",
        "prints the page",
    ),
    step(
        "html to pdf",
        "[NAME]",
        &[
            option("content|file", "\"…\"", "the HTML, or a file in the folder of files"),
            option("css", "\"…\"", "a style besides"),
            PATH,
            PAPER,
            LANDSCAPE,
            BACKGROUND,
            SCALE,
            PAGES,
            MARGIN,
            HEAD,
            FOOT,
        ],
        "",
        "prints HTML that is given",
    ),
    step("snapshot", "[NAME]", &[PATH], "", "keeps the page in one MHTML file"),
    step(
        "emulate",
        "",
        &[
            option("dark|light", "", "the colours that the page is asked for"),
            option("width", "N height N", "the size of the window"),
            option("scale", "N", "pixels of the device for one of the page"),
            option("mobile", "", "a mobile device, with touch"),
            option("locale", "\"…\"", "the language, like `de-CH`"),
            option("timezone", "\"…\"", "the zone of time, like `Europe/Berlin`"),
            option("user agent", "\"…\"", "what the browser says that it is"),
            option("reset", "", "ends what was emulated before"),
        ],
        "",
        "changes the device that the page sees",
    ),
    step(
        "get cookies",
        "NAME",
        &[
            option("urls", "[…]", "those that would be sent there"),
            option("path", "\"…\"", "the file that they are written to"),
        ],
        "",
        "gives the cookies",
    ),
    step("set cookies", "LIST|file \"…\"", &[], "", "sets cookies"),
    step("clear cookies", "", &[], "", "removes all cookies"),
    step(
        "http",
        "METHOD NAME url \"…\"",
        &[
            option("headers", "{…}", "what is said besides"),
            option("body", "VALUE", "what is sent: a text as it is, anything else as JSON"),
            EXPECT,
            TIMEOUT.or("30 s"),
        ],
        "",
        "asks a server without the browser",
    ),
    step("console", "NAME", &[], "{ steps }", "keeps console messages and uncaught errors of its steps"),
    step(
        "capture network",
        "[NAME]",
        &[
            option("bodies", "", "with the bodies of answers"),
            option("max bytes", "N", "how large a body may be that is kept").or("10 MB"),
            option("url", "\"…\"", "a text that the URL must contain"),
            option("as list", "", "the name is a list of the requests").or("a HAR file"),
            PATH,
        ],
        "{ steps }",
        "keeps the requests of its steps with their answers, as HAR",
    ),
    step(
        "record",
        "[NAME]",
        &[
            option("format", "gif|mp4|webm", "what the film is; the last two need an installed ffmpeg")
                .or("`gif`"),
            option("fps", "N", "how many pictures a second, from 1 to 30").or("10"),
            option("frames", "N", "how many pictures that differ at most"),
            option("for", "D", "how long it films at most"),
            option("quality", "N", "from 0 to 100: how good it looks, and how large it is").or("in between"),
            PATH,
        ],
        "{ steps }",
        "films the page while its steps run; without a block, during the next step alone",
    ),
    step(
        "download",
        "NAME",
        &[
            option("path", "\"…\"", "the file, or without a `.` in its last name the folder of the files"),
            option("timeout", "D", "how long the files may take after the steps").or("60 s"),
        ],
        "{ steps }",
        "gives the files that its steps make the page download",
    ),
    step(
        "download each",
        "NAME selector \"SEL\"",
        &[TIMEOUT.or("60 s")],
        "",
        "fetches what each element links to or shows",
    ),
    step(
        "save captures",
        "NAME dir \"…\"",
        &[
            option("from page", "", "what the page keeps, and the name is a list of the files")
                .or("what NAME is"),
            option("naming", "\"…\"", "the files' names, with `{index}`, `{name}`, `{stem}` and `{ext}`")
                .or("`{name}`"),
        ],
        "",
        "writes what was downloaded or captured into a folder",
    ),
    step("set", "NAME[: TYPE] VALUE", &[], "", "binds or assigns a value"),
    step(
        "call",
        "[NAME] \"SLUG\"|NAME path::to::task",
        &[option("with", "{…}", "the inputs of the other task")],
        "",
        "runs the steps of another task",
    ),
    step(
        "for each",
        "ITEM in LIST",
        &[
            option("collect", "NAME[: TYPE]", "the list of what the turns give"),
            option("continue on error", "", "skips a turn that fails"),
        ],
        "{ steps }",
        "runs its steps for each element of a list",
    ),
    step(
        "loop",
        "[[while|until] \"{{name}}\" [== VALUE]|js \"…\"|(expr)]",
        &[
            option("pause", "D", "how long it waits between two turns").or("0"),
            option("max", "N", "how many turns it takes at most; 0 is without a limit")
                .or("1000, and then an error"),
            option("collect", "NAME[: TYPE]", "the list of what the turns give"),
        ],
        "{ steps }",
        "runs its steps again and again: while a condition holds, until it does, or until `break`",
    ),
    step(
        "if",
        "\"{{name}}\" [== VALUE]|js \"…\"|(expr)",
        &[],
        "{ steps } [else if … { steps }] [else { steps }]",
        "runs its steps when a condition holds",
    ),
    step(
        "retry",
        "N",
        &[option("pause", "D", "how long it waits before each further try").or("0")],
        "{ steps }",
        "runs its steps again when one fails",
    ),
    step(
        "try",
        "",
        &[],
        "{ steps } [else [as NAME] { steps }]",
        "runs steps that may fail, and others when one of them does",
    ),
    step("break", "", &[], "", "ends the innermost loop"),
    step("continue", "", &[], "", "ends this iteration of the innermost loop"),
    step("yield", "VALUE", &[], "", "gives a value to the innermost `collect`"),
    step("yield each", "LIST", &[], "", "gives every element to the innermost `collect`"),
    step("return", "VALUE", &[], "", "ends the run with a value"),
    step(
        "fail",
        "\"…\"",
        &[
            option("code", "NAME", "what its callers tell it by").or("`FAILED`"),
            option("status", "N", "its HTTP status").or("422"),
        ],
        "",
        "fails, for a reason of the recipe's own",
    ),
    Word { rust: true, ..step("let", "PATTERN = EXPR", &[], "", "a Rust binding") },
    Word { rust: true, ..step("rust", "", &[], "{ … }", "Rust with every binding in scope") },
    field("text", "\"SEL\"", MODIFIERS, "", "the text of an element"),
    field("attr", "ATTR on \"SEL\"", MODIFIERS, "", "an attribute of an element"),
    field("html", "\"SEL\"", MODIFIERS, "", "the HTML inside an element"),
    field("const", "VALUE", &[], "", "a value written in the recipe"),
    field("count", "\"SEL\"", &[], "", "how many elements match"),
    field(
        "from",
        "\"SEL\"",
        &[
            option("repeat", "", "a list of objects instead of one"),
            option("optional|required", "", "null when it is missing, or an error"),
        ],
        "{ fields }",
        "an object, or a list of them, of its own fields",
    ),
];

const fn option(name: &'static str, parts: &'static str, doc: &'static str) -> Choice {
    Choice { name, parts, after: "", doc, default: "" }
}

const fn header(
    name: &'static str,
    parts: &'static str,
    options: &'static [Choice],
    doc: &'static str,
) -> Word {
    Word { name, room: Room::Header, parts, options, block: "", doc, rust: false }
}

const fn step(
    name: &'static str,
    parts: &'static str,
    options: &'static [Choice],
    block: &'static str,
    doc: &'static str,
) -> Word {
    Word { name, room: Room::Step, parts, options, block, doc, rust: false }
}

const fn field(
    name: &'static str,
    parts: &'static str,
    options: &'static [Choice],
    block: &'static str,
    doc: &'static str,
) -> Word {
    Word { name, room: Room::Field, parts, options, block, doc, rust: false }
}
