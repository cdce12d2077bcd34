//! Tasks of one call, and of two, may have results and types of the same names.

#![deny(warnings)]

webtask::webtask! {
    task "one" {
        extract rows from "a" repeat {
            name text "b";
        }
        set total "{{rows.length}}";
    }

    task "two" {
        extract rows from "c" {
            size text "d" int;
        }
        set total "many";
        call one "one";
    }
}

webtask::webtask! {
    task "three" {
        extract rows from "e" repeat {
            name text "f" all;
        }
        set total 1.5;
    }
}

async fn run(webtask: &webtask::Webtask) -> Result<(), webtask::Error> {
    let one: one::Output = one(webtask, one::Input {}).await?;
    let _: (&str, i64) = (&one.rows[0].name, one.total);
    let two: two::Output = two(webtask, two::Input::default()).await?;
    let _: (i64, &str, &one::Output) = (two.rows.size, &two.total, &two.one);
    let three: three::Output = three(webtask, three::Input {}).await?;
    let rows: &[three::Rows] = &three.rows;
    let _: (&[String], f64) = (&rows[0].name, three.total);
    assert_eq!(two.one, one);
    Ok(())
}

fn main() {
    let _ = run;
}
