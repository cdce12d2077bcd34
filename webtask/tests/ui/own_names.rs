//! rustc shows the types of tasks by the names that a user knows.

webtask::webtask! {
    pub task "shop" {
        input query string required;
        input limit int default 3;
        extract rows from "li" repeat {
            title text "h2";
            price text "b" float optional;
            tags from "i" repeat { name text "."; }
        }
        set total "{{limit}}";
    }

    task "other" -> Vec<u8> {
        input id int required;
        return (vec![id as u8]);
    }
}

async fn inputs(webtask: &webtask::Webtask) -> Result<(), webtask::Error> {
    shop(webtask, shop::Input { query: "a".into(), limit: 1, wrong: 1 }).await?;
    shop(webtask, shop::Input { query: "a".into() }).await?;
    shop(webtask, shop::Input { query: 1, limit: 1 }).await?;
    shop(webtask, other::Input { id: 1 }).await?;
    shop(webtask, "a").await?;
    shop(webtask).await?;
    shop(webtask, shop::Input::default()).await?;
    shop(webtask, shop::Input { query: "a".into(), limit: 1 }).awiat?;
    Ok(())
}

async fn outputs(webtask: &webtask::Webtask) -> Result<(), webtask::Error> {
    let output = shop(webtask, shop::Input { query: "a".into(), limit: 1 }).await?;
    let _ = output.row;
    let _: String = output.rows[0].titel;
    let _: f64 = output.rows[0].price;
    let _ = output.rows[0].shout();
    let _ = output.rows[0].tags[0] + 1;
    for row in output {}
    let _: other::Output = output.rows;
    let _: String = other(webtask, other::Input { id: 1 }).await?;
    println!("{}", output);
    Ok(())
}

fn others() {
    let _: u8 = shop;
    let _: u8 = shop::TASK;
    let _ = shop::TASK.slugg();
    let _ = shop::Ouput;
    let _: Option<shop::Row> = None;
    let _: Option<other::Rows> = None;
    let _ = shopp;
    let _: shop::Input = serde_json::Value::Null;
}

fn main() {}
