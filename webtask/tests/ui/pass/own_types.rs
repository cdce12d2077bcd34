//! Types beside the macro call that are named like the ones that an expansion needs.

#![deny(warnings)]
#![allow(dead_code, unused_macros)]

struct Input;
struct Output;
struct Rows;
struct String;
struct Vec;
struct Value;
struct Task;
struct Webtask;
struct Run;
struct Box;
enum Option {}
enum Some {}
type Result = ();
mod std {}
mod core {}
mod serde {}
mod serde_json {}
mod alloc {}

/// Not the one of the crate.
macro_rules! vec {
    () => {};
}

webtask::webtask! {
    task "own" {
        input query string required;
        input tags list default ["a"];
        input more map default { a: 1 };
        input deep bool;
        secret token;

        goto "https://example.com/{{query}}/{{token}}";
        extract rows from "li" repeat {
            name text "." optional;
            items from "b" repeat { size text "." int; }
        }
        for each row in "{{rows}}" collect names continue on error {
            if "{{row.name}}" { yield "{{row.name}}"; }
        }
        retry 2 { set total "{{names.length}}"; }
        if "{{deep}}" { set all "{{tags}} {{more}}"; }
        click "a" text "b" timeout 1s;
        emit found "x" data { a: [1, "{{rows.0.name}}"] };
    }

    task "own/type" -> u8 {
        if (true) { return (1); }
        return (2);
    }
}

fn main() {
    let _ = own;
    let _: fn(&webtask::Webtask, own_type::Input) -> webtask::Run<u8> = own_type;
}
