//! Mistakes in `status`.

webtask::webtask! {
    task "status_1" {
        status;
    }
    task "status_2" {
        status 5;
    }
    task "status_3" {
        status b"x";
    }
    task "status_4" {
        status c"x";
    }
    task "status_5" {
        status 'x';
    }
    task "status_6" {
        status "a" "b";
    }
    task "status_7" {
        status "a";
        #
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
    used!(status_1 status_2 status_3 status_4 status_5 status_6 status_7);
}
