//! The words that other tools begin a step with.

use super::{At, Foreign, Group};

const fn row(words: &'static [&'static str], write: &'static [&'static str]) -> Foreign {
    Foreign { words, write, note: "" }
}

const fn note(words: &'static [&'static str], note: &'static str) -> Foreign {
    Foreign { words, write: &[], note }
}

const fn group(title: &'static str, rows: &'static [Foreign]) -> Group {
    Group { title, at: At::Step, rows }
}

/// The words that would begin a step, or a line of the header.
pub const STEPS: &[Group] = &[
    group(
        "Pages",
        &[
            row(
                &[
                    "visit",
                    "navigate",
                    "navigate to",
                    "go to",
                    "open",
                    "open page",
                    "open url",
                    "load",
                    "load page",
                    "browse",
                    "url",
                    "go",
                ],
                &["goto \"URL\""],
            ),
            row(&["get"], &["goto \"URL\"", "extract NAME from \"SEL\""]),
            row(&["go back", "navigate back"], &["back"]),
            row(&["go forward", "navigate forward"], &["forward"]),
            row(&["refresh", "reload page"], &["reload"]),
            note(
                &[
                    "close",
                    "quit",
                    "close browser",
                    "close page",
                    "close tab",
                    "launch",
                    "start browser",
                    "open browser",
                    "new browser",
                    "new page",
                    "new context",
                    "new tab",
                ],
                "leave it out: a run has its window from its first step to its end",
            ),
            note(
                &[
                    "frame",
                    "iframe",
                    "switch to frame",
                    "switch frame",
                    "frame locator",
                    "within",
                    "switch to",
                ],
                "name the frame in the selector, like `\"iframe >> #name\"`",
            ),
            note(
                &["switch tab", "switch to tab", "switch window", "switch to window", "bring to front"],
                "write `opens tab` after the `click`: the steps go on in the tab that it opens",
            ),
            row(
                &[
                    "accept alert",
                    "accept dialog",
                    "alert",
                    "dialog",
                    "on dialog",
                    "handle dialog",
                    "confirm",
                ],
                &["dialogs accept"],
            ),
            row(&["dismiss alert", "dismiss dialog"], &["dialogs dismiss"]),
            row(
                &[
                    "viewport",
                    "set-viewport",
                    "set-viewport-size",
                    "resize",
                    "set-window-size",
                    "window size",
                ],
                &["emulate width 1280 height 800"],
            ),
            row(&["user agent", "set-user-agent"], &["emulate user agent \"…\""]),
        ],
    ),
    group(
        "Mouse and keyboard",
        &[
            row(
                &[
                    "click on",
                    "click button",
                    "click link",
                    "click element",
                    "left click",
                    "mouse click",
                    "tap",
                    "press button",
                ],
                &["click \"SEL\""],
            ),
            row(&["submit", "submit form"], &["press \"Enter\"", "click \"[type=submit]\""]),
            row(
                &[
                    "type",
                    "type text",
                    "type in",
                    "type into",
                    "send keys",
                    "enter text",
                    "enter",
                    "write text",
                    "press sequentially",
                    "insert text",
                    "keyboard type",
                ],
                &["sendkeys \"SEL\" keys \"…\"", "fill \"SEL\" with \"…\""],
            ),
            row(
                &["set-value", "fill in", "fill field", "fill form", "set-field"],
                &["fill \"SEL\" with \"…\""],
            ),
            row(&["clear", "clear field", "clear input"], &["fill \"SEL\" with \"\""]),
            row(
                &[
                    "press key",
                    "key press",
                    "keyboard press",
                    "keyboard",
                    "send key",
                    "key down",
                    "hit key",
                    "hit",
                    "key",
                ],
                &["press \"KEY\""],
            ),
            row(
                &["mouse over", "move to", "move to element", "hover over", "mouse move"],
                &["hover \"SEL\""],
            ),
            row(
                &["select option", "select by label", "select by value", "choose", "pick", "dropdown"],
                &["select \"SEL\" option \"…\""],
            ),
            row(&["tick", "check box", "set-checked"], &["check \"SEL\""]),
            row(&["untick", "clear check box"], &["uncheck \"SEL\""]),
            row(
                &[
                    "attach",
                    "attach file",
                    "upload file",
                    "set-input-files",
                    "set-files",
                    "file upload",
                    "select file",
                    "choose file",
                ],
                &["upload \"SEL\" files [\"path\"]"],
            ),
            row(
                &[
                    "scroll",
                    "scroll down",
                    "scroll to bottom",
                    "scroll to end",
                    "infinite scroll",
                    "auto scroll",
                ],
                &["scroll until stable \"SEL\""],
            ),
        ],
    ),
    group(
        "Waiting",
        &[
            row(
                &[
                    "sleep",
                    "pause",
                    "delay",
                    "wait for timeout",
                    "wait seconds",
                    "wait ms",
                    "implicitly wait",
                    "implicit wait",
                ],
                &["wait 2s"],
            ),
            row(&["wait for", "wait to"], &["wait until \"SEL\" visible", "wait 2s"]),
            row(
                &[
                    "wait for selector",
                    "wait for element",
                    "wait for visible",
                    "wait visible",
                    "wait element",
                    "wait until visible",
                    "wait until element",
                    "expect visible",
                    "should be visible",
                    "wait selector",
                    "wait on",
                ],
                &["wait until \"SEL\" visible"],
            ),
            row(
                &[
                    "wait for hidden",
                    "wait hidden",
                    "wait until hidden",
                    "wait until gone",
                    "wait not visible",
                ],
                &["wait until \"SEL\" gone"],
            ),
            row(&["wait for url", "wait url", "wait for address"], &["wait until url \"**/done\""]),
            row(&["wait for text", "wait until text"], &["wait until \"body\" text \"…\""]),
            note(
                &[
                    "wait for navigation",
                    "wait for load",
                    "wait for load state",
                    "wait for page",
                    "wait for page load",
                    "wait load",
                    "wait navigation",
                    "wait until load",
                    "wait until loaded",
                ],
                "leave it out: a step that leads to another page ends when that page is loaded",
            ),
            row(
                &["wait for network idle", "wait for network", "wait idle", "network idle", "wait for idle"],
                &["wait network idle 500ms"],
            ),
            row(
                &["wait for function", "wait for condition", "wait for js", "wait for expression"],
                &["wait until js \"…\""],
            ),
        ],
    ),
    group(
        "Reading",
        &[
            row(
                &[
                    "scrape",
                    "find",
                    "find element",
                    "find elements",
                    "query selector",
                    "query selector all",
                    "locator",
                    "get element",
                    "get text",
                    "get attribute",
                    "inner text",
                    "text content",
                    "xpath",
                    "css",
                    "parse",
                ],
                &["extract NAME from \"SEL\""],
            ),
            row(
                &[
                    "eval",
                    "evaluate",
                    "execute",
                    "execute script",
                    "execute js",
                    "javascript",
                    "script",
                    "run script",
                    "exec",
                    "exec js",
                    "run js",
                ],
                &["js NAME \"…\""],
            ),
            row(
                &[
                    "take screenshot",
                    "capture screenshot",
                    "save screenshot",
                    "screen shot",
                    "capture",
                    "snap",
                ],
                &["screenshot NAME"],
            ),
            row(&["print pdf", "save pdf", "save as pdf", "to pdf", "export pdf", "page pdf"], &["pdf NAME"]),
            row(
                &["content", "page content", "page source", "get html", "source", "save page"],
                &["save html path \"page.html\""],
            ),
            row(&["cookies", "get cookie", "get all cookies", "save cookies"], &["get cookies NAME"]),
            row(
                &["add cookie", "add cookies", "set-cookie", "load cookies", "import cookies"],
                &["set cookies file \"cookies.json\""],
            ),
            row(
                &["delete cookies", "delete all cookies", "clear cookie", "remove cookies"],
                &["clear cookies"],
            ),
            row(&["har", "record-har", "start har"], &["capture network NAME"]),
            row(&["video", "record-video", "start recording", "screencast", "start video"], &["record NAME"]),
        ],
    ),
    group(
        "Checks and messages",
        &[
            row(
                &[
                    "assert",
                    "asserts",
                    "assert text",
                    "assert equal",
                    "assert that",
                    "verify",
                    "expect",
                    "expect text",
                    "should",
                    "should contain",
                    "ensure",
                    "check that",
                    "check text",
                ],
                &["wait until \"SEL\" text \"…\"", "wait until \"SEL\"", "if CONDITION"],
            ),
            row(
                &[
                    "log",
                    "print",
                    "println",
                    "echo",
                    "puts",
                    "say",
                    "debug",
                    "info",
                    "message",
                    "notify",
                    "write line",
                    "report",
                ],
                &["status \"…\""],
            ),
            row(&["throw", "raise", "error", "abort", "panic", "exit", "stop"], &["fail \"…\""]),
        ],
    ),
    group(
        "Values and other tasks",
        &[
            row(
                &["var", "const", "assign", "store", "define", "variable", "set-variable", "set-var"],
                &["set NAME \"…\""],
            ),
            row(
                &["param", "params", "parameter", "parameters", "arg", "args", "argument", "inputs"],
                &["input NAME string"],
            ),
            row(
                &[
                    "env",
                    "environment",
                    "credential",
                    "credentials",
                    "password",
                    "token",
                    "api key",
                    "secrets",
                ],
                &["secret NAME"],
            ),
            row(&["name", "description", "desc", "summary"], &["doc \"…\""]),
            row(&["browser", "session", "profile", "context"], &["pool NAME"]),
            row(&["method", "endpoint", "route", "protocol", "transports"], &["transport rest"]),
            row(&["before", "before each", "before all", "on start"], &["setup \"SLUG\""]),
            row(
                &["time limit", "max time", "default timeout", "set-timeout", "set-default-timeout"],
                &["timeout 30s"],
            ),
            row(
                &[
                    "run",
                    "run task",
                    "include",
                    "import",
                    "require",
                    "use",
                    "invoke",
                    "execute task",
                    "exec task",
                ],
                &["call \"SLUG\""],
            ),
            note(
                &["function", "def", "func", "sub", "procedure", "test", "describe", "scenario", "it"],
                "write another `task \"SLUG\"` beside this one, and `call \"SLUG\"` here",
            ),
        ],
    ),
    group(
        "Flow",
        &[
            row(&["while", "do while", "repeat while"], &["loop while CONDITION"]),
            row(
                &["repeat", "repeat until", "do"],
                &["loop until CONDITION", "loop max 3", "for each ITEM in \"{{LIST}}\""],
            ),
            row(
                &["for", "for all", "for every", "each", "for in", "iterate"],
                &["for each ITEM in \"{{LIST}}\""],
            ),
            row(&["elif", "elsif", "elseif"], &["else if CONDITION"]),
            row(&["unless", "when", "switch", "case"], &["if CONDITION"]),
            row(
                &[
                    "end",
                    "end if",
                    "end for",
                    "end each",
                    "end foreach",
                    "end while",
                    "end loop",
                    "end task",
                    "end extract",
                    "fi",
                    "done",
                    "esac",
                ],
                &["end"],
            ),
            note(
                &["catch", "except", "rescue", "finally", "on error"],
                "write `else as error` after the block of the `try`",
            ),
            note(&["then", "begin", "pass", "async"], "leave it out"),
            note(&["await"], "leave it out: a step ends before the next one begins"),
        ],
    ),
    group(
        "Servers and files",
        &[
            row(
                &["http-get", "fetch", "request", "curl", "ajax", "axios", "http request", "api"],
                &["http GET NAME url \"URL\""],
            ),
            row(&["http-post", "post", "post json"], &["http POST NAME url \"URL\""]),
            row(&["http-put", "put"], &["http PUT NAME url \"URL\""]),
            row(&["http-delete", "delete"], &["http DELETE NAME url \"URL\""]),
            row(&["http-patch", "patch"], &["http PATCH NAME url \"URL\""]),
            row(&["http-head"], &["http HEAD NAME url \"URL\""]),
            row(&["save captures to dir", "save downloads"], &["save captures NAME dir \"files\""]),
            row(
                &[
                    "save",
                    "save json",
                    "write json",
                    "to json",
                    "save to file",
                    "write to file",
                    "dump",
                    "write file",
                    "save file",
                ],
                &["export json data \"{{NAME}}\" path \"rows.json\""],
            ),
            row(
                &["save csv", "write csv", "to csv", "csv"],
                &["export csv data \"{{NAME}}\" path \"rows.csv\""],
            ),
            row(&["read", "load file", "open file", "read json"], &["read file NAME path \"…\""]),
        ],
    ),
];
