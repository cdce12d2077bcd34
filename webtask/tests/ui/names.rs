//! Names that are not known, and second bindings.

webtask::webtask! {
    task "names_1" {
        status "{{nothing}}";
    }
    task "names_2" {
        input query string;
        set total 1;
        status "{{qery}}";
        status "{{anything}}";
    }
    task "names_3" {
        extract rows from "li" repeat {
            price text "b";
            items from "c" repeat {
                size text "d" int;
            }
        }
        status "{{rows.0.prise}} {{rows.0.colour}}";
        status "{{rows.price}}";
        status "{{rows.0.items.0.size.x}}";
    }
    task "names_4" {
        input a int;
        secret b;
        set a 1;
        js b "return 1";
        js c "return 1" args ["{{b}}"];
        js c "return {{{{a: 1}}}}";
        for each d in [1] {
            set d 1;
            js d_index "return 1";
        }
        set a_total "{{a}}";
    }
    task "names_5" {
        extract rows from "a" {
            items from "b" {
                c text "d";
            }
        }
        extract rows_items from "e" {
            f text "g";
        }
        extract input from "h" {
            i text "j";
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
    used!(names_1 names_2 names_3 names_4 names_5);
}
