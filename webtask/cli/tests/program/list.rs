//! `webtask list` and `webtask show`.

use serde_json::Value;

use crate::support::{call, folder};

const TWO: &str = r#"task "shop/price"
    doc "The price of a thing."
    input name string required doc "what it is called"
    input limit int default 10
    transport rest, sse
    return "{{name}} {{limit}}"
end

task "shop/size"
    goto "https://shop.example"
end
"#;

#[test]
fn tasks_are_listed_with_their_inputs() {
    let folder = folder(&[("recipes/shop.webtask", TWO)]);
    let (code, out, errors) = call(folder.path(), &["list"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(
        out,
        "shop/price  name [limit]  rest,sse  The price of a thing.\nshop/size                 rest\n"
    );
    let (_, out, _) = call(folder.path(), &["list", "--format", "json"]);
    let tasks: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(tasks[0]["name"], "shop/price");
    assert_eq!(tasks[0]["input"]["limit"]["default"], 10);
}

#[test]
fn a_task_is_shown_with_all_that_a_caller_needs() {
    let folder = folder(&[("recipes/shop.webtask", TWO)]);
    let (code, out, errors) = call(folder.path(), &["show", "shop/price"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(out.starts_with("shop/price\nThe price of a thing.\n\nInputs\n"), "{out}");
    assert!(
        out.contains("\n  name   string  required    what it is called\n  limit  int     default 10\n"),
        "{out}"
    );
    assert!(
        out.contains("  pool default, timeout 60s, transports rest, sse\n  without a browser\n"),
        "{out}"
    );
    assert!(out.contains("    \"additionalProperties\": false\n"), "{out}");
    assert!(out.contains("\n  webtask run shop/price -i name=…\n"), "{out}");
    assert!(out.contains(r#"  curl -s -X POST localhost:8765/tasks/shop/price -d '{"name":"…"}'"#), "{out}");
}

#[test]
fn a_name_that_is_not_one_leads_to_the_right_one() {
    let folder = folder(&[("recipes/shop.webtask", TWO)]);
    let (code, _, errors) = call(folder.path(), &["show", "shop/prise"]);
    assert_eq!(code, 2);
    assert_eq!(errors, "error: no task `shop/prise` in `recipes`; did you mean `shop/price`?\n");
    let (code, _, errors) = call(folder.path(), &["show", "recipes/shop.webtask"]);
    assert_eq!(code, 2);
    assert_eq!(
        errors,
        "error: `recipes/shop.webtask` has 2 tasks; choose one: `recipes/shop.webtask#shop/price`, \
         `recipes/shop.webtask#shop/size`\n"
    );
    assert_eq!(call(folder.path(), &["show", "recipes/shop.webtask#shop/size"]).0, 0);
    let (code, _, errors) = call(folder.path(), &["show", "no.webtask"]);
    assert_eq!(code, 2);
    assert!(errors.contains("cannot read `no.webtask`"), "{errors}");
}
