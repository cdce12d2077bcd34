//! Rust expressions of the wrong type, where a recipe wants a list, a count, a text or a time.

webtask::webtask! {
    task "rust_types_1" {
        input limit: f64 = 1.5;
        for each x in (limit) { status "{{x_index}}"; }
        for each x in (limit) collect all: Vec<f64> { yield (x); }
        extract rows from "li" repeat limit (limit) { text text "."; }
        extract more from "li" repeat limit ("3") { text text "."; }
        retry (limit) { wait 0; }
    }
    task "rust_types_2" {
        input limit: f64 = 1.5;
        click (limit);
        sendkeys "a" keys (limit as u8);
        wait (limit);
        goto "https://a.b" timeout (3);
        for each x in [1] collect all: Vec<i64> { yield each (limit); }
    }
}

fn main() {}
