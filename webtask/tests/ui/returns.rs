//! Steps after a `return`, and tasks that promise one.

webtask::webtask! {
    task "returns_1" {
        return 1;
        wait 0;
        wait 0;
    }
    task "returns_2" {
        input a string;
        if "{{a|or:}}" {
            return 1;
        } else {
            return "b";
        }
        status "c";
    }
    task "returns_3" -> Vec<u8> {
        wait 0;
    }
    task "returns_4" -> u8 {
        for each a in [1] {
            return (u8::default());
        }
    }
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
    used!(returns_1 returns_2 returns_3 returns_4);
}
