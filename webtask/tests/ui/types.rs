//! Values whose type does not fit, or is not known.

webtask::webtask! {
    task "types_1" {
        set a 1;
        set a "b";
        set b: u8 (1);
        set b: u8 (2);
        set c 1;
        set c null;
        if "{{c}}" {
            set d (1);
        } else {
            set d 1;
        }
    }
    task "types_2" {
        set a (1);
        for each b in (vec![1]) collect c {
            yield "{{b}}";
        }
        for each b in (vec![1]) collect d {
            set e "{{b}}";
        }
    }
    task "types_3" {
        input kind string;
        if "{{kind}}" {
            set a 1;
        } else {
            set a "b";
        }
    }
    task "types_4" {
        return (1);
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
    used!(types_1 types_2 types_3 types_4);
}
