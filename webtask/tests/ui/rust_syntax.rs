//! What is not even Rust, or leaves its step, does not take the rest of the expansion along.

webtask::webtask! {
    task "rust_syntax_1" {
        input size: u8 = 1 +;
        status (format!);
        wait (+);
        set list: Vec<u8> (a b);
        let b 5;
        let c = ;
        rust {
            d e;
        }
    }
    task "rust_syntax_2" {
        rust {
            return;
        }
        let Some(a) = Some(1) else { return };
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
    used!(rust_syntax_1 rust_syntax_2);
}
