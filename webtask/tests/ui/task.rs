//! Mistakes in what stands outside of the steps: the word, the slug, the name, the type.

webtask::webtask! {
    tsk "task_1" {
        wait 0;
    }
    task task_2 {
        wait 0;
    }
    task "Shop//Price list" as task_3 {
        wait 0;
    }
    task "task_4" az b {
        wait 0;
    }
    task "task_5" as b as c {
        wait 0;
    }
    task "task_6" -> 5 {
        wait 0;
    }
    task "task_7" -> Vec<u8> -> u8 {
        return (Vec::<u8>::new());
    }
    task "task_8" as cx {
        wait 0;
    }
    /// One.
    task "task_9" {
        doc "Two.";
    }
    wait 0;
    #[]
    pub() task "task_10" {
        wait 0;
    }
    task ""
    pub(crate)
}

/// What uses a broken task has no error of its own.
macro_rules! used {
    ($($task:ident)*) => {
        $(
            let _: fn(&webtask::Webtask, $task::Input) -> webtask::Run<$task::Output> = $task;
            let _ = $task::TASK.slug();
        )*
    };
}

fn main() {
    used!(b task_7 task_9);
}
