//! Selectors that no browser reads, and where they are wrong.

webtask::webtask! {
    task "selectors_1" {
        input id string default "1";
        click "li:hoverr";
        click "a::before";
        hover "#1a" timeout 5s;
        wait until "a:not(.b, )" visible;
        extract rows from "li:nth-child({{id}} of :chekced)" {
            price text "[data-id={{id}} x]";
            link attr href on "svg|a";
            all count "iframe >> div:contains('x')";
        }
    }
    task "selectors_2" {
        extract rows from "li" limit 5 { text text "."; }
        extract more from "li" limit (3) { text text "."; }
        check "a" timeout "b";
        uncheck "a" text "b";
    }
}

fn main() {}
