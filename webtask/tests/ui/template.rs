//! Placeholders that are not closed or not written well.

webtask::webtask! {
    task "template_1" {
        status "{{ a }}";
    }
    task "template_2" {
        status "{{a";
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
    used!(template_1 template_2);
}
