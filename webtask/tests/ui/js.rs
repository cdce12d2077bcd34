//! Mistakes in `js`.

webtask::webtask! {
    task "js_1" {
        js x "f({{a}})";
    }
    task "js_2" {
        js x "";
    }
    task "js_3" {
        js x fn "../a.js";
    }
    task "js_4" {
        js x "return 1" await await;
    }
    task "js_5" {
        js x fn "";
    }
    task "js_6" {
        js x "() => document.title";
        loop until js "n += 1; n >= 3" { wait 0; }
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
    used!(js_1 js_2 js_3 js_4 js_5 js_6);
}
