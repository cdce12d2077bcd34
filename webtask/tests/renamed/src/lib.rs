//! Recipes of a crate that depends on `webtask` alone, and under another name.

// An expansion is clean wherever it stands.
#![deny(clippy::pedantic)]

/// Another module, whose task is called by its path.
pub mod elsewhere {
    wt::webtask! {
        /// Doubles a number.
        pub task "elsewhere/double" -> i64 {
            input number int required;
            return (number * 2);
        }
    }
}

wt::webtask! {
    /// Every part of an expansion that names the crate: types, defaults, schemas, secrets, a setup and calls.
    pub task "renamed/all" {
        pool default;
        setup "renamed/prepare";
        secret token;
        input query string default "a";
        input tags list default ["b", { c: 1 }];
        input more map default {};
        input size: u32 = 3;
        input deep bool;

        status "{{query}} {{tags.1.c}} {{more.d|or:none}} {{size}} {{deep|or:?}}";
        goto "https://example.com/{{query}}?token={{token}}" until dom timeout 5s;
        wait until ".row" visible timeout 1s;
        click "a" text "next" match exact;
        sendkeys "input" keys "{{token}}";
        extract rows from ".row" repeat limit 5 {
            name text "b" match r"\w+" optional;
            cost text "i" float;
            kind const "row";
        }
        js total: u64 "return arguments[0]" args ["{{rows.length}}"] await;
        for each row in "{{rows}}" collect names continue on error {
            if "{{row.name}}" { yield "{{row.name}}"; }
        }
        retry 2 pause 1s { set first "{{names.0}}"; }
        emit found "rows" data { count: "{{rows.length}}", all: [1, null] };
    }

    /// What a new window needs.
    pub task "renamed/prepare" {
        wait 0;
    }

    /// Runs without a window.
    pub task "renamed/plain" {
        input number int default 20;
        status (format!("doubling {number}"));
        status (number.to_string());
        emit half "{{number}}" data { half: (number / 2), text: (format!("{number}")) };
        call doubled elsewhere::elsewhere_double with { number: "{{number}}" };
        for each item in [1, 2] collect squares {
            let value = item.as_i64().unwrap_or_default();
            set square: i64 (value * value);
        }
    }
}

wt::extract! {
    /// A link.
    pub struct Link {
        text text ".";
        parts from "b" repeat { text text "."; }
    }
}

/// A function as a task, with every option that names the crate.
///
/// # Errors
///
/// Those of its steps.
#[wt::task("renamed/links", secret = "token", setup = renamed_double, crate = wt)]
pub async fn renamed_links(
    cx: &wt::Cx,
    /// Where they are.
    path: String,
    #[input(default)] limit: u64,
) -> Result<Vec<Link>, wt::Error> {
    cx.goto(&format!("https://example.com/{path}?{}", cx.secret("token")?)).await?;
    cx.extract("a").repeat().limit(limit).await
}

/// Runs without a window.
///
/// # Errors
///
/// Never.
#[wt::task(crate = wt, browser = false)]
pub async fn renamed_double(cx: &wt::Cx, #[input(default = 21)] number: i64) -> Result<i64, wt::Error> {
    cx.status(number.to_string()).await;
    Ok(number * 2)
}

#[cfg(test)]
mod tests {
    use super::{renamed_all, renamed_double, renamed_links, renamed_plain};

    #[tokio::test]
    async fn a_recipe_runs_under_another_name() -> Result<(), wt::Error> {
        let webtask = wt::Webtask::builder().build()?;
        let output = renamed_plain(&webtask, renamed_plain::Input::default()).await?;
        assert_eq!(output.doubled, 40);
        assert_eq!(output.squares.iter().map(|turn| turn.square).collect::<Vec<_>>(), [1, 4]);
        Ok(())
    }

    #[test]
    fn its_description_is_there() {
        let tasks = wt::tasks![renamed_all, renamed_plain, renamed_links, renamed_double];
        let slugs = ["renamed/all", "renamed/plain", "renamed/links", "renamed_double"];
        assert_eq!(tasks.each_ref().map(wt::Task::slug), slugs);
        assert_eq!(tasks.each_ref().map(wt::Task::needs_browser), [true, false, true, false]);
    }

    #[tokio::test]
    async fn a_function_runs_under_another_name() -> Result<(), wt::Error> {
        let webtask = wt::Webtask::builder().build()?;
        assert_eq!(renamed_double::run(&webtask, renamed_double::Input::default()).await?, 42);
        Ok(())
    }
}
