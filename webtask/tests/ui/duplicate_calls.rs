//! One slug in two calls of one module is one mistake; in two modules it is none.

webtask::webtask! {
    task "shop/list" {
        extract rows from "li" repeat {
            title text "a";
        }
    }

    task "shop/one" {
        wait 0;
    }
}

webtask::webtask! {
    task "shop/list" {
        extract rows from "li" repeat {
            title text "a";
        }
    }

    task "shop-one" {
        wait 0;
    }

    task "shop/other" {
        wait 0;
    }
}

mod other {
    webtask::webtask! {
        task "shop/list" {
            wait 0;
        }
    }
}

fn main() {
    let _ = (shop_list::Input {}, shop_other::Input {}, other::shop_list::Input {});
}
