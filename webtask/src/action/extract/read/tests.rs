//! What fields make of raw strings.

use futures::executor::block_on;
use serde_json::json;

use super::*;

fn field(source: Source<'static>) -> Field<'static> {
    Field::new("f", source)
}

fn text() -> Field<'static> {
    field(Source::Text(".f"))
}

fn attr() -> Field<'static> {
    field(Source::Attr("data-f", ".f"))
}

/// Reads one row of one field.
#[allow(clippy::needless_pass_by_value)]
fn read(field: &Field<'_>, cell: Value) -> Result<Value, String> {
    let fields = std::slice::from_ref(field);
    let spec = Spec { name: "rows", from: ".row", repeat: true, limit: None, fields };
    let answer = Answer::Rows {
        base: Base { url: "https://a.b/c/d?e".into(), charset: "UTF-8".into() },
        rows: Value::Array(vec![Value::Array(vec![cell])]),
        late: Vec::new(),
        far: Vec::new(),
    };
    let value = Columns::new(fields)
        .and_then(|columns| block_on(columns.read(&spec, answer)))
        .map_err(|error| error.to_string())?;
    Ok(value[0]["f"].clone())
}

fn error(field: &Field<'_>, cell: Value) -> String {
    read(field, cell).expect_err("has no value")
}

#[test]
fn a_text_is_trimmed_and_nothing_else() {
    assert_eq!(read(&text(), json!(" a  b\u{a0}\n")), Ok(json!("a  b")));
    assert_eq!(read(&attr(), json!(" a ")), Ok(json!(" a ")));
    assert_eq!(read(&Field { trim: true, ..attr() }, json!(" a ")), Ok(json!("a")));
}

#[test]
fn modifiers_have_one_order() {
    let field = Field { matches: Some("=( .*)$"), upper: true, url: true, ..attr() };
    // Matched first: the space stays, as nothing trims an attribute; then capitals; then the URL.
    assert_eq!(read(&field, json!("x= /y")), Ok(json!("https://a.b/Y")));
    let field = Field { matches: Some("[0-9.]+"), cast: Some(Cast::Float), ..text() };
    assert_eq!(read(&field, json!("$ 12.50 each")), Ok(json!(12.5)));
}

#[test]
fn a_match_is_its_group_or_the_whole() {
    for (regex, expected) in [("b(.)", "c"), ("bc", "bc"), ("b(x)?", "b"), ("(?:b)c", "bc")] {
        assert_eq!(
            read(&Field { matches: Some(regex), ..text() }, json!("abcd")),
            Ok(json!(expected)),
            "{regex}"
        );
    }
}

#[test]
fn a_url_is_absolute() {
    let field = Field { url: true, ..attr() };
    for (href, expected) in [
        ("", ""),
        ("/x y", "https://a.b/x%20y"),
        ("x", "https://a.b/c/x"),
        ("?q", "https://a.b/c/d?q"),
        ("//h/i", "https://h/i"),
        ("mailto:a@b", "mailto:a@b"),
        ("http://[", "http://["),
    ] {
        assert_eq!(read(&field, json!(href)), Ok(json!(expected)), "{href}");
    }
}

#[test]
fn a_srcset_has_several_urls() {
    let source = || field(Source::Attr("srcset", ".f"));
    let each = Field { url: true, ..source() };
    assert_eq!(read(&each, json!("x 1x, /y 2x")), Ok(json!("https://a.b/c/x 1x, https://a.b/y 2x")));
    let one = Field { url: true, matches: Some(r"(\S+) 2x"), ..source() };
    assert_eq!(read(&one, json!("x 1x, /y 2x")), Ok(json!("https://a.b/y")));
}

#[test]
fn what_is_missing_is_empty_null_or_an_error() {
    let matched = Field { matches: Some("x+"), ..text() };
    for (field, cell) in [(text(), json!(null)), (attr(), json!(false)), (matched.clone(), json!("abc"))] {
        assert_eq!(read(&field, cell.clone()), Ok(json!("")));
        assert_eq!(read(&Field { optional: true, ..field.clone() }, cell.clone()), Ok(json!(null)));
        let required = Field { required: true, ..field };
        assert!(read(&required, cell).is_err());
    }
    let required = |field| Field { required: true, ..field };
    assert_eq!(error(&required(text()), json!(null)), "`rows[0].f`: no element matches `.f`");
    assert_eq!(
        error(&required(attr()), json!(false)),
        "`rows[0].f`: the element at `.f` has no attribute `data-f`"
    );
    assert_eq!(error(&required(matched), json!("abc")), "`rows[0].f`: `abc` at `.f` does not match `x+`");
    assert_eq!(read(&required(text()), json!("")), Ok(json!("")));
}

#[test]
fn numbers_are_strict() {
    let int = Field { cast: Some(Cast::Int), ..attr() };
    let float = Field { cast: Some(Cast::Float), ..attr() };
    for (text, expected) in
        [("12", 12), (" -3\n", -3), ("+7", 7), ("007", 7), ("9223372036854775807", i64::MAX)]
    {
        assert_eq!(read(&int, json!(text)), Ok(json!(expected)), "{text}");
    }
    for (text, expected) in [("1.5", 1.5), (" -2 ", -2.0), ("1e3", 1000.0), (".5", 0.5)] {
        assert_eq!(read(&float, json!(text)), Ok(json!(expected)), "{text}");
    }
    for text in ["", "1,234", "1.0", "1_000", "0x10", "12 €", "١"] {
        assert_eq!(
            error(&int, json!(text)),
            format!("`rows[0].f`: `{text}` at `.f` is not a valid int; write `optional` to take null")
        );
    }
    for text in ["", "1,5", "nan", "inf", "-Infinity"] {
        assert_eq!(
            error(&float, json!(text)),
            format!("`rows[0].f`: `{text}` at `.f` is not a valid float; write `optional` to take null")
        );
    }
    assert_eq!(
        error(&int, json!("9223372036854775808")),
        "`rows[0].f`: `9223372036854775808` at `.f` is not a valid int: an int is from -9223372036854775808 to \
         9223372036854775807; write `optional` to take null"
    );
    assert_eq!(
        error(&Field { required: true, ..float.clone() }, json!("-1e999")),
        "`rows[0].f`: `-1e999` at `.f` is not a valid float: a float is from -1.7976931348623157e308 to 1.7976931348623157e308"
    );
    assert_eq!(read(&Field { optional: true, ..int.clone() }, json!("n/a")), Ok(json!(null)));
    assert_eq!(
        error(&int, json!(null)),
        "`rows[0].f`: no element matches `.f`; write `optional` to take null"
    );
}

#[test]
fn a_bool_has_eight_words() {
    let field = Field { cast: Some(Cast::Bool), ..text() };
    for (words, expected) in [(["true", "1", "YES", "On"], true), (["False", "0", "no", "off"], false)] {
        for word in words {
            assert_eq!(read(&field, json!(word)), Ok(json!(expected)), "{word}");
        }
    }
    assert_eq!(
        error(&field, json!("maybe")),
        "`rows[0].f`: `maybe` at `.f` is not a valid bool; write `optional` to take null"
    );
}

#[test]
fn a_long_text_is_shortened_in_an_error() {
    let field = Field { cast: Some(Cast::Int), required: true, ..text() };
    let told = error(&field, json!("é".repeat(100)));
    assert_eq!(told, format!("`rows[0].f`: `{}…` at `.f` is not a valid int", "é".repeat(80)));
}

#[test]
fn all_is_a_list_of_what_there_is() {
    let field = Field { all: true, ..attr() };
    assert_eq!(read(&field, json!(["a", false, ""])), Ok(json!(["a", ""])));
    assert_eq!(read(&field, json!([])), Ok(json!([])));
    assert_eq!(read(&Field { optional: true, ..field.clone() }, json!([false])), Ok(json!(null)));
    assert_eq!(
        error(&Field { required: true, ..field.clone() }, json!([])),
        "`rows[0].f`: nothing is found at `.f`"
    );
    let ints = Field { cast: Some(Cast::Int), ..field };
    assert_eq!(
        error(&ints, json!(["1", "x"])),
        "`rows[0].f[1]`: `x` at `.f` is not a valid int; write `optional` to take null"
    );
    assert_eq!(read(&Field { optional: true, ..ints }, json!(["1", "x", "3"])), Ok(json!([1, 3])));
}

#[test]
fn rows_within_rows() {
    let fields = vec![
        Field { name: "n", cast: Some(Cast::Int), ..text() },
        Field { name: "c", ..field(Source::Const(json!([1]))) },
    ];
    let fields: &'static [Field<'static>] = fields.leak();
    let nested = |repeat| field(Source::Nested { from: "li", repeat, fields });
    assert_eq!(read(&nested(false), json!([["1"]])), Ok(json!({ "n": 1, "c": [1] })));
    assert_eq!(
        read(&nested(true), json!([["1"], ["2"]])),
        Ok(json!([{ "n": 1, "c": [1] }, { "n": 2, "c": [1] }]))
    );
    assert_eq!(read(&nested(true), json!([])), Ok(json!([])));
    assert_eq!(
        error(&nested(false), json!([])),
        "`rows[0].f`: no element matches `li`; write `optional` to take null"
    );
    assert_eq!(read(&Field { optional: true, ..nested(false) }, json!([])), Ok(json!(null)));
    assert_eq!(
        error(&nested(true), json!([["1"], ["x"]])),
        "`rows[0].f[1].n`: `x` at `.f` is not a valid int; write `optional` to take null"
    );
}

#[test]
fn one_object_needs_its_element() {
    let spec = Spec { name: "page", from: "main", repeat: false, limit: None, fields: &[] };
    let columns = Columns::new(&[]).expect("has no regex");
    let base = Base { url: "about:blank".into(), charset: "UTF-8".into() };
    let answer = Answer::Rows { base, rows: json!([]), late: Vec::new(), far: Vec::new() };
    assert_eq!(
        block_on(columns.read(&spec, answer)).expect_err("no element").to_string(),
        "`page`: no element matches `main`; wait for it with `wait until`, or write `repeat` for a list that may be empty"
    );
    let answer = Answer::Invalid { invalid: "a[".into() };
    assert_eq!(
        block_on(columns.read(&spec, answer)).expect_err("no selector").to_string(),
        "`a[` is not a valid selector"
    );
}
