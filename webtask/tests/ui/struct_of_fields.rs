//! `extract!`: a mistake is told in the words of a recipe.

webtask::extract! {
    struct Row {
        title txt "h2";
        title text "h2[";
        price text ".price" flaot;
    }

    enum Other {}
}

fn main() {}
