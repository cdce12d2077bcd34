//! What Rust in a recipe means is told by rustc, at its own tokens.

webtask::webtask! {
    task "rust" {
        set size: u8 ("b");
        js info: Missing "return 1";
        call _ nowhere::task;
        let a: u8 = "c";
        rust {
            missing();
        }
        status (5);
    }
}

fn main() {
    let _ = rust;
}
