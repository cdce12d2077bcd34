//! What `#[webtask::task]` makes of a function, and what it says of one that can be no task.
//!
//! `WEBTASK_BLESS=1 cargo test -p webtask-macros` writes the golden files anew; read the diff.

use std::path::Path;

use proc_macro2::{Group, TokenStream, TokenTree};

/// What the attribute makes of a function.
fn tokens(options: &str, item: &str) -> TokenStream {
    let parse = |text: &str| text.parse().expect("these are tokens");
    super::attribute(parse(options), parse(item))
}

/// The problems that it tells, each with its help.
fn problems(options: &str, item: &str) -> Vec<String> {
    let file = syn::parse2::<syn::File>(tokens(options, item)).expect("an expansion is items");
    let macros = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Macro(item) => Some(item.mac.tokens),
        _ => None,
    });
    macros.map(|text| syn::parse2::<syn::LitStr>(text).expect("a message").value()).collect()
}

fn golden(name: &str, found: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/func").join(name);
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        std::fs::write(&file, found).expect("the folder can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected, "`{name}` is something else; bless it and read the diff:\n{found}");
}

const EVERYTHING: &str = r#"
    /// The links of a page.
    #[inline]
    pub async fn links(
        cx: &Cx,
        /// The page's path.
        path: String,
        #[input(default = 10)] mut limit: u64,
        #[input(default)] r#type: Kind,
        search: Option<String>,
    ) -> Result<Vec<Link>, anyhow::Error> {
        cx.wait_network_idle(limit).await?;
    }
"#;

const OPTIONS: &str = r#""page/links", pool = "crawl", timeout = "30s", transport = "rest, sse", dialogs = "accept",
    secret = "token", setup = shop::login, crate = wt"#;

#[test]
fn a_function_and_what_stands_beside_it() {
    let file = syn::parse2(tokens(OPTIONS, EVERYTHING)).expect("an expansion is items");
    golden("links.rs", &prettyplease::unparse(&file));
}

#[test]
fn the_function_is_all_that_an_option_cannot_name() {
    assert_eq!(problems("", "async fn f(_: &Cx) -> Result<(), E> {}"), Vec::<String>::new());
    // Words of the language are good names of inputs.
    for name in ["input", "doc", "default", "required", "goto", "pool", "secret", "r#fn", "webtask", "url"] {
        let item =
            format!("async fn f(_: &Cx, {name}: Vec<String>, #[input(default)] z: u8) -> Result<u8, E> {{}}");
        assert_eq!(problems("", &item), Vec::<String>::new(), "{name}");
    }
    for output in
        ["std::io::Result<u8>", "Result<u8, Box<dyn Error + Send + Sync>>", "anyhow::Result<(u8, [u8; 2])>"]
    {
        let item = format!("pub(crate) async fn f(cx: &webtask::Cx, a: Vec<(u8, [u8; 2])>) -> {output} {{}}");
        assert_eq!(problems("", &item), Vec::<String>::new(), "{output}");
    }
}

/// Every mistake, a line each: the options, the function, and what is said of it.
#[test]
fn every_mistake_is_told_with_its_help() {
    let good = "async fn f(cx: &Cx, a: u8) -> Result<u8, E> {}";
    let signatures = [
        "fn f(cx: &Cx) -> Result<u8, E> {}",
        "async fn f() -> Result<u8, E> {}",
        "async fn f(a: u8) -> Result<u8, E> {}",
        "async fn f(cx: Cx) -> Result<u8, E> {}",
        "async fn f(cx: &mut Cx) -> Result<u8, E> {}",
        "async fn f(cx: &'static Cx) -> Result<u8, E> {}",
        "async fn f<'a>(cx: &'a Cx) -> Result<u8, E> {}",
        "async fn f<T>(cx: &Cx, a: T) -> Result<u8, E> {}",
        "async fn f(cx: &Cx) -> Result<u8, E> where u8: Copy {}",
        "async fn f(&self, cx: &Cx) -> Result<u8, E> {}",
        "async fn f(cx: &Cx) {}",
        "async fn f(cx: &Cx) -> u8 {}",
        "async fn f(cx: &Cx) -> Result {}",
        "async fn f(cx: &Cx, (a, b): (u8, u8)) -> Result<u8, E> {}",
        "async fn f(cx: &Cx, Point { x, .. }: Point) -> Result<u8, E> {}",
        "async fn f(cx: &Cx, _: u8) -> Result<u8, E> {}",
        "async fn f(cx: &Cx, a: &str) -> Result<u8, E> {}",
        "async fn f(cx: &Cx, a: impl Copy) -> Result<u8, E> {}",
        "async fn f(cx: &Cx, a: u8, a: u8) -> Result<u8, E> {}",
        "async fn f(cx: &Cx, cx: u8) -> Result<u8, E> {}",
        "async fn f(cx: &Cx, #[input(defualt = 1)] a: u8) -> Result<u8, E> {}",
        "async fn f(cx: &Cx, #[input(default = )] a: u8) -> Result<u8, E> {}",
        "async fn f(#[input(default)] cx: &Cx) -> Result<u8, E> {}",
        "async extern \"C\" fn f(cx: &Cx) -> Result<u8, E> {}",
        "async fn F(cx: &Cx) -> Result<u8, E> {}",
        "#[cfg(test)] async fn f(cx: &Cx) -> Result<u8, E> {}",
        "#[webtask::task] async fn f(cx: &Cx) -> Result<u8, E> {}",
        "struct F;",
        "async fn f(cx: &Cx) -> Result<u8, E>;",
        // All at once.
        "fn f(cx: Cx, &a: &str, b: &str) {}",
    ];
    let options = [
        "\"A b\"",
        "\"\"",
        "pool = crawl",
        "timeout = \"5 m\"",
        "timeout = \"\"",
        "timeout = 30",
        "timeout = \"1s; pool x\"",
        "transport = \"rest, soap\"",
        "transport = \"rest, rest\"",
        "transport = \"rest\", transport = \"sse\"",
        "dialogs = \"ignore\"",
        "secret = \"cx\"",
        "secret = \"a\"",
        "secret = \"b\", secret = \"b\"",
        "setup = \"shop/login\"",
        "browser = \"no\"",
        "crate = 1",
        "time = \"1s\"",
        "nonsense = \"1s\"",
        "pool",
        "pool =",
        "pool = \"a\" timeout = \"1s\"",
        "pool = \"a\", \"slug\"",
    ];
    let all = signatures.map(|item| ("", item)).into_iter().chain(options.map(|options| (options, good)));
    let mut report = String::new();
    for (options, item) in all {
        let told = problems(options, item);
        assert!(!told.is_empty(), "nothing is wrong with #[webtask::task({options})] {item}");
        report += &format!("#[webtask::task({options})] {item}\n");
        for problem in told {
            report += &format!("    {}\n", problem.replace('\n', "\n    "));
        }
    }
    golden("mistakes.txt", &report);
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

/// The body is there whatever is wrong, since an editor completes in it.
#[test]
fn a_broken_function_still_has_its_body() {
    let item: TokenStream = EVERYTHING.parse().expect("these are tokens");
    let body = item.clone().into_iter().last().expect("a body").to_string();
    let body = body.as_str();
    for broken in without_one(&item) {
        let text = broken.to_string();
        let expanded = super::attribute(OPTIONS.parse().expect("tokens"), broken.clone()).to_string();
        assert!(!text.ends_with(body) || expanded.contains(body), "{expanded}\nof {text}");
    }
    for options in without_one(&OPTIONS.parse().expect("these are tokens")) {
        let expanded = super::attribute(options, item.clone());
        assert!(expanded.to_string().contains(body));
        assert!(syn::parse2::<syn::File>(expanded).is_ok());
    }
    // What an editor sends while somebody types.
    let typed = tokens("", "async fn f(cx: &Cx) -> Result<u8, E> { cx. }").to_string();
    assert!(typed.contains("{ cx . }"), "{typed}");
}
