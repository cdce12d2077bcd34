//! Expansions as a reader would see them: pretty-printed, compared with golden files.
//!
//! `WEBTASK_BLESS=1 cargo test -p webtask-macros` writes the files anew; read the diff.

use std::path::Path;

use proc_macro2::{Group, TokenStream, TokenTree};

/// What `webtask!` makes of a recipe.
fn tokens(recipe: &str) -> TokenStream {
    super::webtask(format!("webtask; {recipe}").parse().expect("the recipe is made of tokens"))
}

/// The same, pretty-printed.
fn expansion(recipe: &str) -> String {
    let file = syn::parse2(tokens(recipe)).expect("an expansion is items");
    prettyplease::unparse(&file)
}

/// The size of what a recipe expands to, in bytes of its tokens with a space between them.
fn size(recipe: &str) -> usize {
    tokens(recipe).to_string().len()
}

fn golden(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    let recipe = std::fs::read_to_string(folder.join(format!("{name}.recipe"))).expect("the recipe is there");
    let expanded = expansion(&recipe);
    assert!(!expanded.contains("compile_error"), "`{name}` has a mistake: see the end of\n{expanded}");
    let file = folder.join(format!("{name}.rs"));
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        std::fs::write(&file, &expanded).expect("the folder can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        expanded == expected,
        "`{name}` expands to something else; bless it and read the diff:\n{expanded}"
    );
}

#[test]
fn the_example_of_the_readme() {
    golden("progress");
}

#[test]
fn every_step() {
    golden("steps");
}

/// Every way to leave one token out, whatever group it stands in.
fn without_one(tokens: &TokenStream) -> Vec<TokenStream> {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut broken = Vec::new();
    for (index, token) in all.iter().enumerate() {
        let put = |here: Option<TokenTree>| {
            all[..index].iter().cloned().chain(here).chain(all[index + 1..].iter().cloned()).collect()
        };
        broken.push(put(None));
        if let TokenTree::Group(group) = token {
            for inner in without_one(&group.stream()) {
                broken.push(put(Some(Group::new(group.delimiter(), inner).into())));
            }
        }
    }
    broken
}

/// The recipe of all steps, broken in every way, and tasks of strange names.
fn broken() -> Vec<TokenStream> {
    let recipe = include_str!("../../tests/expand/steps.recipe");
    let mut broken = without_one(&recipe.parse().expect("the recipe is made of tokens"));
    for task in [r#""""#, r#""/""#, r#""ä""#, r#""self""#, r#""_""#, r#""1""#, "", r#""a" as"#, r#""a" as 1"#]
    {
        broken.push(format!("task {task} {{ set a 1; }}").parse().expect("these are tokens"));
    }
    broken
}

#[test]
fn a_broken_recipe_still_expands_to_items() {
    // Tokens stay in their thread, so each breaks the recipe itself and takes its share.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = |first: usize| {
        for recipe in broken().into_iter().skip(first).step_by(threads) {
            let door: TokenStream = "webtask;".parse().expect("these are tokens");
            let expanded = super::webtask(door.into_iter().chain(recipe.clone()).collect());
            if let Err(error) = syn::parse2::<syn::File>(expanded) {
                panic!("{error} in the expansion of {recipe}");
            }
        }
    };
    std::thread::scope(|scope| (0..threads).for_each(|first| drop(scope.spawn(move || share(first)))));
}

/// rustc reads, checks and compiles every byte of an expansion, at each build of the crate that has the recipe.
#[test]
fn an_expansion_stays_small() {
    let example = include_str!("../../tests/expand/progress.recipe");
    let found = size(example);
    assert!(found <= 8_500, "the example of the readme expands to {found} bytes");
}

#[test]
fn a_step_adds_little() {
    let steps: &[(&str, usize)] = &[
        (r#"status "a";"#, 220),
        (r#"emit a "b" data { c: 1 };"#, 370),
        (r#"goto "https://example.com";"#, 330),
        ("wait 1s;", 280),
        (r#"wait until "a" visible text "b" timeout 1s;"#, 460),
        (r#"click "a" text "b" closest "c" timeout 1s;"#, 530),
        (r#"sendkeys "a" keys "{{input}}";"#, 580),
        (r#"js a "return 1" args ["{{input}}"];"#, 470),
        (r#"extract a from "b" { c text "d"; }"#, 1_200),
        ("screenshot a;", 600),
        (r#"pdf a path "b" scale 0.5;"#, 620),
        (r#"html to pdf a content "{{input}}" css "b";"#, 900),
        ("snapshot a;", 420),
        ("emulate dark width 1 height 2;", 520),
        ("console a { set b 1; }", 1_300),
        ("capture network a bodies { set b 1; }", 1_400),
        ("download a path \"b\" { set c 1; }", 1_400),
        ("record a fps 5 { set b 1; }", 1_600),
        (r#"set a "{{input}}";"#, 400),
        (r#"for each a in "{{list}}" { }"#, 660),
        (r#"for each a in "{{list}}" collect b continue on error { set c "{{a}}"; }"#, 2_800),
        (r#"if "{{input}}" { set a 1; } else { set a 2; }"#, 950),
        ("retry 3 { set a 1; }", 1_200),
        (r#"call a "other";"#, 330),
    ];
    let around = |step: &str| {
        size(&format!(
            r#"task "t" {{ input input string required; input list list; {step} return 1; }} task "other" {{ }}"#
        ))
    };
    let empty = around("");
    for (step, budget) in steps {
        let found = around(step) - empty;
        assert!(found <= *budget, "`{step}` adds {found} bytes");
    }
}
