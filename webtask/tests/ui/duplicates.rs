//! Two tasks of one slug or of one function, two inputs, two secrets, two fields of one name.

webtask::webtask! {
    task "shop/price" {
        input a string required;
        set b "{{a}}";
    }
    task "shop/price" {
        input a string required;
        set b "{{a}}";
    }
    task "shop-price" {
        extract rows from "a" {
            c text "d";
        }
    }
    task "shop_item" {
        input a string;
        input a int;
        secret b;
        secret b;
        secret a;
        extract c from "d" {
            e text "f";
            e text "g" int;
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
    used!(shop_price shop_item);
}
