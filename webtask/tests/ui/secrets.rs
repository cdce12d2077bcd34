//! Secrets where they may not stand.

webtask::webtask! {
    task "secrets_1" {
        secret password;
        status "{{password}}";
        set copy "{{password}}";
        if "{{password}}" {
            click "[value='{{password}}']";
        }
        return { password: "{{password}}" };
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
    used!(secrets_1);
}
