//! Rust's keywords are names like any other.

#![deny(warnings)]

webtask::webtask! {
    task "match" {
        input type string required;
        input self: u8 = 1;
        input fn int;

        set struct "{{type}} {{self}} {{fn|or:none}}";
        extract loop from "html" repeat {
            crate text "title";
            Self text "h1";
            async from "p" { mod text "."; }
        }
        for each super in "{{loop}}" collect use {
            set dyn "{{super.crate}} {{super.async.mod}} {{super_index}}";
        }
        set let: usize (r#type.len() + usize::from(self_));
    }
}

async fn run(webtask: &webtask::Webtask) -> Result<(), webtask::Error> {
    let output = r#match(webtask, r#match::Input { r#type: "a".into(), self_: 2, r#fn: None }).await?;
    let _: &str = &output.r#loop[0].crate_;
    let _: &str = &output.r#loop[0].r#async.r#mod;
    let _: &str = &output.r#use[0].r#dyn;
    let _: usize = output.r#let;
    Ok(())
}

fn main() {
    let _ = run;
    assert_eq!(r#match::TASK.slug(), "match");
    let json = serde_json::json!({ "type": "a", "self": 3 });
    let input: r#match::Input = serde_json::from_value(json).unwrap();
    assert_eq!(input.self_, 3);
}
