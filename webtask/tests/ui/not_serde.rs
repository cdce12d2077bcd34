//! Types that serde, `Clone` or `Debug` do not know: rustc points at the type.

/// Knows nothing.
struct Plain;

webtask::webtask! {
    task "not_serde_1" {
        input plain: Plain;
    }
    task "not_serde_2" -> Plain {
        return (Plain);
    }
    task "not_serde_3" {
        set plain: Plain (Plain);
    }
    task "not_serde_4" {
        for each x in [1] collect all: Vec<Plain> { yield (Plain); }
    }
    task "not_serde_5" {
        js plain: Plain "1";
    }
    task "not_serde_6" {
        call plain nowhere::task;
        call _ self::not_a_task;
    }
}

fn not_a_task() {}

fn main() {}
