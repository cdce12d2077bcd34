//! Durations that are none.

webtask::webtask! {
    task "duration_1" {
        timeout 5x;
    }
    task "duration_2" {
        wait 5m30s;
    }
    task "duration_3" {
        wait 5 s;
    }
    task "duration_4" {
        wait "5s";
    }
    task "duration_5" {
        wait ();
    }
    task "duration_6" {
        wait 0;;
    }
    task "duration_7" {
        wait 0; pool x;
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
    used!(duration_1 duration_2 duration_3 duration_4 duration_5 duration_6 duration_7);
}
