//! Calls of tasks that are not there, that call back, or that want something else.

webtask::webtask! {
    task "calls_1" {
        call "helpr";
        status "{{helped}}";
        call other "far/away";
        status "{{other.thing}}";
    }
    task "calls_2" {
        call "calls/3";
    }
    task "calls/3" {
        retry 2 {
            call back "calls_2";
        }
    }
    task "calls_4" {
        call "helper";
        call one "helper" with { nam: "a", size: 1 };
        call two "helper" with { name: 1, size: "big" };
        call three "helper" with { name: "a", colour: "red" };
    }
    task "calls_5" {
        set helped 1;
        call "helper" with { name: "a" };
        call "gives";
    }
    task "calls_8" {
        input size int;
        input name int;
        call one "helper" with { name: "{{name}}" };
        if "{{size}}" {
            set big true;
        }
        set big "yes";
        call two "gives" with { size: 1 };
    }
    task "calls_6" {
        setup "helper";
        wait 0;
    }
    task "calls_7" {
        setup "gone";
        wait 0;
    }
    task "helper" {
        input name string required;
        input size float default 1;
        set helped "{{name}} {{size}}";
    }
    task "gives" {
        return 1;
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
    used!(calls_1 calls_2 calls_3 calls_4 calls_5 calls_6 calls_7 calls_8 helper gives);
}
