//! Lists that are none, and `yield`s that go nowhere.

webtask::webtask! {
    task "loops_1" {
        input map map required;
        for each a in "{{map}}" {
            wait 0;
        }
        for each a in [1] collect b {
            yield each "{{map}}";
        }
    }
    task "loops_2" {
        for each a in [1] collect b {
            status "{{a}}";
        }
        for each a in [1] {
            yield "{{a}}";
        }
        yield 1;
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
    used!(loops_1 loops_2);
}
