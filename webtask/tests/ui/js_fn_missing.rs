//! A script file that is not there.

webtask::webtask! {
    task "js_fn_missing_1" {
        js rows fn "nowhere.js";
        if js fn "test/missing.js" {
            wait 0;
        }
        js other fn "../outside.js";
    }
}

/// What uses a broken task has no error of its own.
macro_rules! used {
    ($($task:ident)*) => {
        $(
            let _: fn(&webtask::Webtask, $task::Input) -> webtask::Run<$task::Output> = $task;
            let _ = $task::TASK.slug();
        )*
    };
}

fn main() {
    used!(js_fn_missing_1);
}
