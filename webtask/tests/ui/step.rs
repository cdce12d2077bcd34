//! What is not a step.

webtask::webtask! {
    task "step_1" {
        /// x
        input a string doc "b";
    }
    task "step_2" {
        clik "a";
    }
    task "step_3" {
        frobnicate x;
    }
    task "step_4" {
        "a";
    }
    task "step_5" {
        /// doc
        wait 0;
    }
    task "step_6" {
        #[x] wait 0;
    }
    task "step_7" {
        for x in [1] { wait 0; }
    }
    task "step_8" {
        else { }
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
    used!(step_1 step_2 step_3 step_4 step_5 step_6 step_7 step_8);
}
