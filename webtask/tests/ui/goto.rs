//! Mistakes in `goto`.

webtask::webtask! {
    task "goto_1" {
        goto "example.com";
    }
    task "goto_2" {
        goto "https://{{a}}.com";
    }
    task "goto_3" {
        goto "https://a/" until laod;
    }
    task "goto_4" {
        goto "https://a/" untl load;
    }
    task "goto_5" {
        goto "https://a/" foo load;
    }
    task "goto_6" {
        goto "https://a/" timeout 1s timeout 2s;
    }
    task "goto_7" {
        goto "https://a/" wait 0;
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
    used!(goto_1 goto_2 goto_3 goto_4 goto_5 goto_6 goto_7);
}
