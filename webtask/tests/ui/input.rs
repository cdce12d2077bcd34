//! Mistakes in `input`.

webtask::webtask! {
    task "input_1" {
        input;
    }
    task "input_2" {
        input a strin;
    }
    task "input_3" {
        input required string;
    }
    task "input_4" {
        input a string required default "x";
    }
    task "input_5" {
        input a int default "x"; input a int; input b list default ["{{x}}"]; input cx bool default (x);
    }
    task "input_6" {
        input a: u8 = ;
    }
    task "input_7" {
        input a: u8 required;
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
    used!(input_1 input_2 input_3 input_4 input_5 input_6 input_7);
}
