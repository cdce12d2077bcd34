//! Mistakes in `wait until`.

webtask::webtask! {
    task "wait_until_1" {
        wait until "";
    }
    task "wait_until_2" {
        wait until "." visible;
    }
    task "wait_until_3" {
        wait until "a" visible gone;
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
    used!(wait_until_1 wait_until_2 wait_until_3);
}
