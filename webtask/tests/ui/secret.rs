//! Mistakes in `secret`.

webtask::webtask! {
    task "secret_1" {
        secret a; secret a; input b int; secret b; secret _;
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
    used!(secret_1);
}
