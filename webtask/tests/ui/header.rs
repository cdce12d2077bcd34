//! Mistakes in the lines of a header.

webtask::webtask! {
    task "header_1" {
        transport rest, ftp, rest, sse ws;
    }
    task "header_2" {
        pool 5;
    }
    task "header_3" {
        pool a; pool b;
    }
    task "header_4" {
        dialogs acept;
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
    used!(header_1 header_2 header_3 header_4);
}
