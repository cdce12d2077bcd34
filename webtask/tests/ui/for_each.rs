//! Mistakes in `for each`.

webtask::webtask! {
    task "for_each_1" {
        for each x in rows { wait 0; }
    }
    task "for_each_2" {
        for each _ in "a" { wait 0; }
    }
    task "for_each_3" {
        for each x on [1] { wiat 1; }
    }
    task "for_each_4" {
        for each x in [1] collect a collect b { }
    }
    task "for_each_5" {
        for each cx in [1] collect _ { }
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
    used!(for_each_1 for_each_2 for_each_3 for_each_4 for_each_5);
}
