//! Mistakes in `if`.

webtask::webtask! {
    task "if_1" {
        if { wait 0; }
    }
    task "if_2" {
        if js "{{a}}" { wait 0; }
    }
    task "if_3" {
        if (a) { } else { } else { }
    }
    task "if_4" {
        input rows list default [];
        if "{{rows.length}} == 0" { wait 0; }
        else if "{{rows}}" { wait 0; }
        else if "{{rows.length}}" == "0" { wait 0; }
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
    used!(if_1 if_2 if_3 if_4);
}
