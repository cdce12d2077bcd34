//! A task is as visible as it says, with its types, in whatever module.

#![deny(warnings, missing_docs, unreachable_pub)]

/// Tasks for the crate's users.
pub mod shop {
    webtask::webtask! {
        /// For everybody.
        pub task "shop/all" {
            /// How many.
            input limit int default 3;
            call inner "shop/own" with { limit: "{{limit}}" };
            call "shop/near";
            set a "{{inner.rows.0.name}}";
        }

        task "shop/own" {
            input limit int;
            extract rows from "li" repeat limit (limit.unwrap_or(1)) {
                name text ".";
            }
        }

        pub(self) task "shop/self" {
            status "a";
        }

        pub(super) task "shop/near" {
            extract page from "html" {
                title text "title";
            }
        }

        pub(crate) task "shop/crate" {
            status "b";
        }
    }

    mod deep {
        webtask::webtask! {
            pub(in super::super::shop) task "shop/in" {
                set a 1;
            }
            pub(in crate::shop) task "shop/in/crate" {
                set a 1;
            }
        }
    }

    /// Uses what is private.
    pub fn used(webtask: &webtask::Webtask) -> usize {
        let _ = shop_own(webtask, shop_own::Input::default());
        let _ = shop_self(webtask, shop_self::Input {});
        let _ = deep::shop_in(webtask, deep::shop_in::Input {});
        let _: Option<deep::shop_in_crate::Output> = None;
        let _ = deep::shop_in_crate;
        shop_own::TASK.slug().len()
    }
}

fn main() {
    let _ = shop::used;
    let _: fn(&webtask::Webtask, shop::shop_all::Input) -> webtask::Run<shop::shop_all::Output> = shop::shop_all;
    let _: Option<shop::shop_near::Page> = None;
    let tasks: [webtask::Task; 3] =
        webtask::tasks![shop::shop_all, shop::shop_near, shop::shop_crate];
    assert_eq!(tasks.each_ref().map(webtask::Task::slug), ["shop/all", "shop/near", "shop/crate"]);
}
