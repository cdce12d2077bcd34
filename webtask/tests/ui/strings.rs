//! Literals that are not strings, a `pub` without a task, and inputs that a task does not take.

webtask::webtask! {
    /// Nothing comes after this.
    pub
}

webtask::webtask! {
    task "strings_1" {
        status b"bytes";
        status c"text";
        goto 'a';
        click "a" text b'x';
    }
    task "strings_2" {
        call "strings_3" with { name: "x" };
    }
    task "strings_3" {
        wait 0;
    }
}

fn main() {}
