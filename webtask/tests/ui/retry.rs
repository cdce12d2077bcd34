//! Mistakes in `retry`.

webtask::webtask! {
    task "retry_1" {
        retry { wait 0; }
    }
    task "retry_2" {
        retry 0 { wait 0; }
    }
    task "retry_3" {
        retry 3 { wait 0; };
    }
    task "retry_4" {
        retry 3 { pool x; }
    }
    task "retry_5" {
        retry 1.5 { }
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
    used!(retry_1 retry_2 retry_3 retry_4 retry_5);
}
