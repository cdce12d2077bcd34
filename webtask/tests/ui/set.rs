//! Mistakes in `set`.

webtask::webtask! {
    task "set_1" {
        set _ 5;
    }
    task "set_8" {
        set deep [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]];
        set text b"a";
    }
    task "set_2" {
        set x 5u8;
    }
    task "set_3" {
        set x 9223372036854775808;
    }
    task "set_4" {
        set x "a"b;
    }
    task "set_5" {
        set x: (5);
    }
    task "set_6" {
        set x 5 6;
    }
    task "set_7" {
        set x [1; 2];
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
    used!(set_1 set_2 set_3 set_4 set_5 set_6 set_7);
}
