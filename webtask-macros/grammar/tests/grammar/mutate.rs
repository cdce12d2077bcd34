//! A large recipe, broken in every place: nothing panics or hangs, and what is lost is told.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use webtask_grammar::ast::{Block, Task};
use webtask_grammar::{Problems, parse};

const RECIPE: &str = r#"
    /// Doc.
    #[deprecated]
    pub(crate) task "shop/price" as prices -> Vec<u8> {
        pool big; timeout 1.5s; transport rest, sse; setup "a/b"; dialogs accept;
        /// Input.
        input query string required;
        input limit int default 10 doc "How many.";
        input page: Option<Vec<u8>> = None;
        secret password;
        status "a {{query}}";
        emit progress "x" data { a: [1, -2, true], "b": null };
        goto "https://h/{{query}}" until dom timeout 5s;
        wait 800ms;
        wait until ".a" visible text "b" timeout 1m;
        click "a" text "x" match exact closest "b" timeout (t);
        sendkeys "input" keys "{{password}}";
        fill "input" with "{{password}}";
        back; forward; reload; press "Control+a"; select "select" option "{{query}}"; check ".a"; uncheck ".b"; hover "c"; upload "d" files ["e", "{{query}}"];
        wait network idle 1s max 2 timeout 5s; scroll until stable "html" direction up stable 1s max 3; click "d" opens tab;
        loop until js "return 1" pause 1s max 3 collect turned { yield "{{loop_index}}"; }
        extract rows from "li" repeat limit 10 {
            title text "a" match r"(x)" trim lower int all optional;
            link attr data-href on "a" url required;
            inner from "." repeat { n count "b"; k const { a: 1 }; }
        }
        js info: Vec<u8> "return 1" args [1, "{{query}}"] await;
        set total: f64 (a + b);
        call x "a/b" with { q: "{{query}}" };
        call y crate::other;
        for each row in "{{rows}}" collect all: Vec<u8> continue on error {
            if js "return 1" { yield "{{row}}"; } else if (b) { yield each [1]; } else { wait 0; }
        }
        retry 3 pause 1s { wait 0; }
        let (a, b) = f(x)?;
        rust { cx.page().await?; }
        if (b) { fail "no {{row}}" code SOLD_OUT status 409; }
        return "{{rows}}";
    }
    task "other" { wait 0; }
"#;

/// A change of one stream of tokens, among all that can be made.
type Change<'c> = &'c dyn Fn(&[TokenTree], usize) -> Option<Vec<TokenTree>>;

/// Makes the `at`th change in the tokens, wherever they are nested.
fn changed(tokens: TokenStream, at: &mut usize, change: Change<'_>) -> TokenStream {
    let tokens: Vec<_> = tokens.into_iter().collect();
    if *at < tokens.len() {
        let here = *at;
        *at = usize::MAX;
        return change(&tokens, here).unwrap_or(tokens).into_iter().collect();
    }
    if *at != usize::MAX {
        *at -= tokens.len();
    }
    let inner = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) if *at != usize::MAX => {
            let mut new = Group::new(group.delimiter(), changed(group.stream(), at, change));
            new.set_span(group.span());
            TokenTree::Group(new)
        }
        token => token,
    });
    inner.collect()
}

fn size(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 1 + size(group.stream()),
            _ => 1,
        })
        .sum()
}

/// Reads tokens, and gives the tasks, how many steps there are in them, and the problems.
fn read(tokens: TokenStream) -> (Vec<Task>, usize, Vec<String>) {
    let mut problems = Problems::new();
    let tasks = parse(tokens, &mut problems);
    let count = tasks.iter().map(|task| steps(&task.body)).sum();
    (tasks, count, problems.take().into_iter().map(|problem| problem.message).collect())
}

fn steps(block: &Block) -> usize {
    block.steps.iter().map(|step| 1 + step.action.blocks().into_iter().map(steps).sum::<usize>()).sum()
}

/// Every change of the recipe: without a problem nothing is lost, and no mistake makes more than `noise` of them.
fn every(name: &str, noise: usize, change: Change<'_>) {
    let recipe: TokenStream = RECIPE.parse().expect("tokens");
    let (tasks, before, problems) = read(recipe.clone());
    assert_eq!((tasks.len(), problems), (2, Vec::new()));
    let mut report = String::new();
    for index in 0..size(recipe.clone()) {
        let mut at = index;
        let tokens = changed(recipe.clone(), &mut at, change);
        let (found, after, problems) = read(tokens);
        if problems.len() > noise {
            let _ = writeln!(report, "{name} {index}: {problems:?}");
        }
        if problems.is_empty() && (found.len() < tasks.len() || after + 1 < before) {
            let _ = writeln!(report, "{name} {index}: {after} of {before} steps without a problem");
        }
        if found.is_empty() {
            let _ = writeln!(report, "{name} {index}: no task");
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_token_dropped() {
    every("drop", 2, &|tokens, at| {
        let mut tokens = tokens.to_vec();
        tokens.remove(at);
        Some(tokens)
    });
}

#[test]
fn every_token_twice() {
    every("twice", 1, &|tokens, at| {
        let mut tokens = tokens.to_vec();
        tokens.insert(at, tokens[at].clone());
        Some(tokens)
    });
}

#[test]
fn every_two_tokens_swapped() {
    every("swap", 3, &|tokens, at| {
        let mut tokens = tokens.to_vec();
        (at + 1 < tokens.len()).then(|| tokens.swap(at, at + 1))?;
        Some(tokens)
    });
}

#[test]
fn every_end() {
    let recipe: TokenStream = RECIPE.parse().expect("tokens");
    for index in 0..size(recipe.clone()) {
        let mut at = index;
        let cut = |tokens: &[TokenTree], at: usize| Some(tokens[..at].to_vec());
        let tokens = changed(recipe.clone(), &mut at, &cut);
        let words = tokens.clone().into_iter().filter(|token| token.to_string() == "task").count();
        let (tasks, ..) = read(tokens);
        assert_eq!(tasks.len(), words, "{index}");
    }
}

#[test]
fn every_token_wrapped_as_by_macro_rules() {
    let recipe: TokenStream = RECIPE.parse().expect("tokens");
    let (plain, ..) = read(recipe.clone());
    let wrap = |tokens: &[TokenTree], at: usize| {
        let mut tokens = tokens.to_vec();
        if !matches!(tokens[at], TokenTree::Punct(_)) {
            let group = Group::new(Delimiter::None, tokens[at].clone().into());
            tokens[at] = TokenTree::Group(group);
        }
        Some(tokens)
    };
    for index in 0..size(recipe.clone()) {
        let mut at = index;
        let (tasks, _, problems) = read(changed(recipe.clone(), &mut at, &wrap));
        // Opaque Rust keeps its wrapping, and prints differently for it.
        assert_eq!(problems, Vec::<String>::new(), "{index}");
        assert_eq!(tasks.len(), plain.len(), "{index}");
    }
}
