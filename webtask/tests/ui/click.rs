//! Mistakes in `click`.

webtask::webtask! {
    task "click_1" {
        click "{{a}}";
    }
    task "click_2" {
        click "a[b" timeout 1s;
    }
    task "click_3" {
        click "a" match exact;
    }
    task "click_4" {
        click "a" text "b" match exactly;
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
    used!(click_1 click_2 click_3 click_4);
}
