//! What `extract!` makes of structs, and what it says of them.

use proc_macro2::TokenStream;

fn tokens(structs: &str) -> TokenStream {
    super::extract(format!("webtask; {structs}").parse().expect("these are tokens"))
}

fn problems(structs: &str) -> Vec<String> {
    let file = syn::parse2::<syn::File>(tokens(structs)).expect("an expansion is items");
    let macros = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Macro(item) => Some(item.mac.tokens),
        _ => None,
    });
    macros.map(|text| syn::parse2::<syn::LitStr>(text).expect("a message").value()).collect()
}

#[test]
fn a_struct_has_the_types_that_its_lines_give() {
    let expanded = syn::parse2(tokens(
        r#"
        /// A row.
        #[derive(Eq)]
        pub(crate) struct Row {
            title text "h2";
            count count "li";
            price attr data-price on "." match r"\d+" float optional;
            tags from ".tag" repeat { name text "."; deep from "i" optional { all text "b" all; } }
        }
        struct Other { a html "."; }
        "#,
    ))
    .expect("an expansion is items");
    let text = prettyplease::unparse(&expanded).replace("webtask::__rt::", "").replace("std::", "");
    for line in [
        "pub(crate) struct Row {",
        "pub title: string::String,",
        "pub count: i64,",
        "pub price: option::Option<f64>,",
        "pub tags: vec::Vec<RowTags>,",
        "pub(crate) struct RowTags {",
        "pub deep: option::Option<RowTagsDeep>,",
        "pub all: vec::Vec<string::String>,",
        "struct Other {",
        "impl Fields for Row {",
        "impl Fields for Other {",
    ] {
        assert!(text.contains(line), "no `{line}` in {text}");
    }
    assert_eq!(text.matches("#[derive(Eq)]").count(), 1);
}

#[test]
fn a_mistake_is_told_in_the_words_of_a_recipe() {
    for (structs, message) in [
        (r#"struct Row { title text "h2["; }"#, "bad selector at character 3: unclosed `[`"),
        (r#"struct Row { title txt "h2"; }"#, "unknown"),
        (r#"struct Row { title text "h2"; title text "h3"; }"#, "duplicate field `title`"),
        (r#"struct Row { title text "{{x}}"; }"#, "placeholder `{{x}}` in the place of a selector"),
        (r#"struct Row { title: String }"#, "expected"),
        (r#"enum Row { A }"#, "expected `struct`"),
        (r#"struct Row(u8);"#, "expected `{ … }`"),
    ] {
        let told = problems(structs);
        assert!(
            told.first().is_some_and(|first| !message.is_empty() && first.starts_with(message)),
            "{structs}: {told:?}"
        );
    }
}
