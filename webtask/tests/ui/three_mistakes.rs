//! Three mistakes are three errors, and what uses the task has none of its own.

webtask::webtask! {
    pub task "shop/price" {
        timeout 5m30s;
        input id string required;
        goto "https://shop.example/{{id}}" until doom;
        extract item from ".item" {
            price text ".price" float;
        }
        clik "a";
    }
}

async fn price(webtask: &webtask::Webtask) -> Result<f64, webtask::Error> {
    let input = shop_price::Input { id: "a".into() };
    let output: shop_price::Output = shop_price(webtask, input).await?;
    Ok(output.item.price)
}

fn main() {
    let _ = price;
    assert_eq!(shop_price::TASK.slug(), "shop/price");
}
