//! Some recipes are written inline as well, in the examples' `inline.rs`: both spellings say the same.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use webtask_grammar::ast::Task;
use webtask_grammar::{Problems, Source, parse, parse_text};

const INLINE: &str = include_str!("../../examples/examples/inline.rs");

/// The tasks of every `webtask! { … }` of a Rust source.
fn inline(source: &str) -> Vec<Task> {
    let mut problems = Problems::new();
    let blocks = blocks(source.parse().expect("Rust"));
    let tasks = blocks.into_iter().flat_map(|block| parse(block, &mut problems)).collect();
    assert!(problems.take().is_empty());
    tasks
}

fn blocks(source: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<_> = source.into_iter().collect();
    let is_block = |at: usize| match &tokens[at..] {
        [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(group), ..]
            if name == "webtask" && bang.as_char() == '!' && group.delimiter() == Delimiter::Brace =>
        {
            Some(group.stream())
        }
        _ => None,
    };
    (0..tokens.len()).filter_map(is_block).collect()
}

#[test]
fn both_spellings_give_equal_trees() {
    let tasks = inline(INLINE);
    let slugs: Vec<_> = tasks.iter().map(|task| task.slug.value.as_str()).collect();
    let expected = [
        "streaming/progress",
        "crawl/hackernews-top",
        "control/for-each",
        "control/record-step",
        "demo/metadata-inputs",
        "messenger/session",
        "messenger/chats",
    ];
    assert_eq!(slugs, expected);
    for task in tasks {
        let file = format!("{}/recipes/{}.webtask", env!("CARGO_MANIFEST_DIR"), task.slug.value);
        let text = std::fs::read_to_string(&file).expect("the recipe's file");
        let mut problems = Problems::new();
        let tasks = parse_text(&Source::new(file, &text), &mut problems);
        assert!(problems.take().is_empty());
        assert!(tasks == [task.clone()], "the two spellings of `{}` differ", task.slug.value);
    }
}
