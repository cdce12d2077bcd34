//! Mistakes in `emit`.

webtask::webtask! {
    task "emit_1" {
        emit "x";
    }
    task "emit_2" {
        emit done "x";
    }
    task "emit_3" {
        emit "a b" "x";
    }
    task "emit_4" {
        emit a-b "x";
    }
    task "emit_5" {
        emit data "x";
    }
    task "emit_6" {
        emit a "x" data 5;
    }
    task "emit_7" {
        emit a "x" data { b: 1, b: 2 };
    }
    task "emit_8" {
        emit a "x" data { b 1, c: d };
    }
    task "emit_9" {
        emit a "x" data { b: 1 c: 2 };
    }
    task "emit_10" {
        emit a "x" date { };
    }
    task "emit_11" {
        emit a "x" data { 5: 1, "{{b}}": 2 };
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
    used!(emit_1 emit_2 emit_3 emit_4 emit_5 emit_6 emit_7 emit_8 emit_9 emit_10 emit_11);
}
