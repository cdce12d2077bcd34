//! Mistakes in `extract`.

webtask::webtask! {
    task "extract_1" {
        extract from "a" { b text "c"; }
    }
    task "extract_2" {
        extract repeat from "a" { b text "c"; }
    }
    task "extract_3" {
        extract cx from "a" { b text "c"; }
    }
    task "extract_4" {
        extract page from "a";
    }
    task "extract_5" {
        extract page from "a" { };
    }
    task "extract_6" {
        extract page from "a" limit { b text "c"; }
    }
    task "extract_7" {
        extract page from "a" limit 5s { b text "c"; }
    }
    task "extract_8" {
        extract page from "a" reapeat { b text "c"; }
    }
    task "extract_9" {
        extract page from "a" { b; c txt "d"; e text; }
    }
    task "extract_10" {
        extract page from "a" { b text "c" b text "d"; }
    }
    task "extract_11" {
        extract page from "a" { "b" text "c"; _ text "d"; }
    }
    task "extract_12" {
        extract page from "a" { a text "b" lower upper; b text "b" int int; c text "b" required optional; }
    }
    task "extract_13" {
        extract page from "a" { a const 1 int; b count "x" all; c from "x" all { d text "e"; } }
    }
    task "extract_14" {
        extract page from "a" { a text "b" match r"(" lower; b text "x" match "{{a}}"; }
    }
    task "extract_15" {
        extract page from "a" { a attr "x y" on "c"; }
    }
    task "extract_16" {
        extract page from "a" { a attr href on "{{c}}"; b html ""; }
    }
}

/// What uses a broken task has no error of its own.
macro_rules! used {
    ($($task:ident)*) => {
        $(
            let _: fn(&webtask::Webtask, $task::Input) -> webtask::Run<$task::Output> = $task;
            assert_eq!($task::TASK.slug(), stringify!($task));
        )*
    };
}

fn main() {
    used!(extract_1 extract_2 extract_3 extract_4 extract_5 extract_6 extract_7 extract_8 extract_9 extract_10 extract_11 extract_12 extract_13 extract_14 extract_15 extract_16);
}
