//! Mistakes in `yield`, `return`, `let` and `rust`.

webtask::webtask! {
    task "give_1" {
        yield each 5;
    }
    task "give_2" {
        return 1, 2;
    }
    task "give_3" {
        let x = 5 goto "https://a/";
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
    used!(give_1 give_2 give_3);
}
