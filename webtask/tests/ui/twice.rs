//! One slug in two calls of a module is one mistake, which says where both are.

webtask::webtask! {
    pub task "shop/price" {
        input a string required;
        set b "{{a}}";
    }
}

webtask::webtask! {
    pub task "shop/price" {
        input a string required;
        extract rows from "li" repeat { name text "."; }
    }
    pub task "shop-price" {
        wait 0;
    }
}

fn main() {
    let _ = shop_price::Input { a: String::new() };
}
