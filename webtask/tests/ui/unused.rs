//! An input or a secret that nothing uses is a warning, at its name; what is used is none.

#![deny(dead_code)]

webtask::webtask! {
    pub(crate) task "unused" {
        input idle_input string required;
        input used_in_text string required;
        input used_in_rust int required;
        input used_in_with int required;
        input used_as_list list required;
        secret idle_secret;
        secret used_secret;

        status "{{used_in_text}}";
        status (used_in_rust.to_string());
        call "helper" with { size: "{{used_in_with}}" };
        for each item in "{{used_as_list}}" {
            wait 0;
        }
        goto "https://example.com/{{used_secret}}";
        let idle_let = 1;
    }

    task "helper" {
        input size int required;
        js _ "return 1" args ["{{size}}"];
    }
}

/// The only error, so that the warnings are shown.
fn dead() {}

fn main() {
    let _ = unused;
}
