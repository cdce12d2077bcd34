//! The inline spelling: whatever is made of tokens is read without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;
use webtask_grammar::{Problems, parse, resolve};

fuzz_target!(|source: &str| {
    if let Ok(tokens) = source.parse::<TokenStream>() {
        let mut problems = Problems::new();
        let tasks = parse(tokens, &mut problems);
        resolve(&tasks, &mut problems);
        let _ = problems.take();
    }
});
