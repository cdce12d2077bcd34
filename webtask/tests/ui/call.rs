//! Mistakes in `call`.

webtask::webtask! {
    task "call_1" {
        call;
    }
    task "call_2" {
        call x;
    }
    task "call_3" {
        call a::b;
    }
    task "call_5" {
        call a b::::c;
    }
    task "call_4" {
        call "a" wiht {};
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
    used!(call_1 call_2 call_3 call_4 call_5);
}
