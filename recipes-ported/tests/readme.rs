//! The README shows a recipe that is compiled here.

const README: &str = include_str!("../../README.md");
const INLINE: &str = include_str!("../../examples/examples/inline.rs");

/// The code blocks of the README in that language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_recipe_is_the_one_of_the_catalogue() {
    let recipe = blocks("rust,ignore")[0];
    assert!(recipe.starts_with("webtask! {\n"), "{recipe}");
    assert!(INLINE.contains(recipe), "the README shows another recipe than `streaming/progress`:\n{recipe}");
}
