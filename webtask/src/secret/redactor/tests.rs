use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::json;
use url::Url;

use super::*;

/// A way of writing a text.
type Writes = fn(&str) -> String;

fn json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// As PHP does: with `\/`, and ASCII alone.
fn php(text: &str) -> String {
    python(text).replace('/', "\\/")
}

/// As Go does.
fn go(text: &str) -> String {
    json(text).replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

/// As Python does: ASCII alone.
fn python(text: &str) -> String {
    let mut written = String::new();
    for char in json(text).chars() {
        match char {
            ' '..='~' => written.push(char),
            _ => char.encode_utf16(&mut [0; 2]).iter().for_each(|unit| written += &format!("\\u{unit:04x}")),
        }
    }
    written
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn attribute(text: &str) -> String {
    html(text).replace('"', "&quot;").replace('\'', "&#39;")
}

/// As PHP's `htmlentities`, for what the tests have.
fn entities(text: &str) -> String {
    attribute(text).replace('ö', "&ouml;").replace('É', "&Eacute;").replace('ß', "&szlig;")
}

fn numbers(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_alphanumeric() { c.to_string() } else { format!("&#x{:X};", u32::from(c)) })
        .collect()
}

fn percent(text: &str, kept: &str) -> String {
    let keeps = |byte: &u8| byte.is_ascii_alphanumeric() || kept.as_bytes().contains(byte);
    text.bytes().map(|b| if keeps(&b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn component(text: &str) -> String {
    percent(text, "-_.!~*'()")
}

/// JavaScript's `encodeURI`.
fn uri(text: &str) -> String {
    percent(text, "-_.!~*'();/?:@&=+$,#")
}

fn form(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

const WRITES: [(&str, Writes); 14] = [
    ("plain", |text| text.to_owned()),
    ("json", json),
    ("php", php),
    ("go", go),
    ("python", python),
    ("html", html),
    ("attribute", attribute),
    ("entities", entities),
    ("numbers", numbers),
    ("component", component),
    ("uri", uri),
    ("form", form),
    ("small", |text| percent(text, "-_.~").replace("%C", "%c").replace("%E", "%e")),
    ("latin form", |text| {
        let latin = |c: char| {
            u8::try_from(u32::from(c)).map_or_else(|_| component(&c.to_string()), |b| format!("%{b:02X}"))
        };
        text.chars().map(|c| if c.is_ascii() { component(&c.to_string()) } else { latin(c) }).collect()
    }),
];

/// Whether a text tells the value in any of the ways that are known.
fn tells(text: &str, value: &str) -> bool {
    let mut now = text.as_bytes().to_vec();
    loop {
        if now.windows(value.len()).any(|window| window == value.as_bytes()) {
            return true;
        }
        match decode(&now) {
            Some(decoded) => now = decoded.text,
            None => return false,
        }
    }
}

fn value() -> impl Strategy<Value = String> {
    let chars = prop_oneof![
        4 => proptest::char::range('a', 'z'),
        2 => proptest::char::range('0', '9'),
        3 => proptest::sample::select("/&<>\"'\\+%=? #@:.-_~!*()[]{}|^$,;`".chars().collect::<Vec<_>>()),
        1 => proptest::sample::select(vec!['ö', 'É', 'ß', '€', '😀', 'я']),
    ];
    proptest::collection::vec(chars, 6..24).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_leaves(
        secret in value(), other in value(), first in 0..WRITES.len(), second in 0..WRITES.len(),
        before in "[a-zA-Z0-9 .,:<>\"{}-]{0,12}", after in "[ .,:<>\"{}-]{0,12}",
    ) {
        let redactor = Redactor::new([secret.as_str(), other.as_str()].into_iter());
        let latin_fits = secret.chars().all(|c| u32::from(c) < 256);
        for ways in [vec![first], vec![first, second]] {
            let names: Vec<_> = ways.iter().map(|way| WRITES[*way].0).collect();
            // Bytes of two character sets in one value are not text of anybody's.
            prop_assume!(latin_fits || !names.contains(&"latin form"));
            let written = ways.iter().fold(secret.clone(), |text, way| WRITES[*way].1(&text));
            let text = format!("{before}{written}{after}");
            let clean = redactor.text(&text);
            let clean = clean.ok_or_else(|| TestCaseError::fail(format!("{names:?}: {text:?} stays")))?;
            prop_assert!(!tells(&clean, &secret), "{:?}: {:?} is still in {:?}", names, secret, clean);
            prop_assert!(!clean.contains(&written) || written.len() < 3, "{:?}: {:?}", names, clean);
            prop_assert!(redactor.bytes(text.clone().into_bytes()) == clean.as_bytes(), "bytes differ");
            let (value, wanted) = (json!([{ text.as_str(): text.as_str() }]), json!([{ clean.as_str(): clean.as_str() }]));
            prop_assert_eq!(redactor.value(value), wanted);
        }
    }

    #[test]
    fn no_base64_of_anything_longer_leaves(
        secret in value(), before in proptest::collection::vec(any::<u8>(), 0..9),
        after in proptest::collection::vec(any::<u8>(), 0..9), engine in 0..4_usize, writes in 0..WRITES.len() - 1,
    ) {
        let redactor = Redactor::new([secret.as_str()].into_iter());
        let engine = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD][engine];
        let packed = engine.encode([&before, secret.as_bytes(), &after].concat());
        let clean = redactor.text(&WRITES[writes].1(&packed));
        let clean = clean.ok_or_else(|| TestCaseError::fail(format!("{packed} stays")))?;
        // What is left are ends of less than the secret's first and last bytes.
        let (head, tail) = clean.split_once(MASK).expect("it is masked");
        let whole = |bytes: usize| (bytes * 8).div_ceil(6);
        prop_assert!(decoded_length(head) <= whole(before.len()) && decoded_length(tail) <= whole(after.len()) + 2,
            "{packed}: {clean}");
    }

    #[test]
    fn what_is_no_secret_stays(secret in "[a-z]{8,20}", text in "[A-Z0-9 %&+\\\\;#]{0,60}") {
        prop_assert_eq!(Redactor::new([secret.as_str()].into_iter()).text(&text), None);
    }
}

/// How many characters of base64 a text has, whatever it is written in.
fn decoded_length(text: &str) -> usize {
    let mut now = text.as_bytes().to_vec();
    while let Some(decoded) = decode(&now) {
        now = decoded.text;
    }
    now.iter().filter(|byte| byte.is_ascii_alphanumeric() || b"+/-_ ".contains(byte)).count()
}

#[test]
fn takes_every_spelling_out_of_a_value() {
    let redactor = Redactor::new(["p&ss \"w\"/é"].into_iter());
    for text in [
        "p&ss \"w\"/é",
        "p%26ss+%22w%22%2F%C3%A9",
        "p&ss \\\"w\\\"/é",
        "p&amp;ss &quot;w&quot;/é",
        "p\\u0026ss \\\"w\\\"\\/\\u00e9",
        "p&ss%20%22w%22/%C3%A9",
        "p&ss _w__é",
    ] {
        assert_eq!(redactor.text(&format!("a {text} b")).as_deref(), Some("a [redacted] b"), "{text}");
    }
    let encoded = STANDARD.encode("p&ss \"w\"/é");
    assert_eq!(
        redactor.value(json!({ "a": [encoded], "p&ss \"w\"/é": 1 })),
        json!({ "a": ["[redacted]"], "[redacted]": 1 })
    );
}

#[test]
fn a_secret_that_looks_like_escapes_is_known_in_every_spelling() {
    for (secret, text) in [
        (r"aa\öaa", entities(r"aa\öaa")),
        (r"a\+aaa", json(r"a\+aaa")),
        (r"a\%4aa", json(r"a\%4aa")),
        (r"a\%00a", numbers(&json(r"a\%00a"))),
    ] {
        let clean = Redactor::new([secret].into_iter()).text(&text);
        assert_eq!(clean.as_deref(), Some(MASK), "{secret}: {text}");
    }
}

#[test]
fn the_parts_of_a_url_are_known() {
    let secret = "Päss/Wörd 1\\&=?";
    let redactor = Redactor::new([secret].into_iter());
    let mut url = Url::parse("https://a.test/").unwrap();
    url.set_query(Some(&format!("q={secret}")));
    assert_eq!(redactor.text(url.as_str()).as_deref(), Some("https://a.test/?q=[redacted]"));
    url.set_query(None);
    url.query_pairs_mut().append_pair("q", secret);
    assert_eq!(redactor.text(url.as_str()).as_deref(), Some("https://a.test/?q=[redacted]"));
    let url = Url::parse("https://KeyOfMine99.a.test/").unwrap();
    let redactor = Redactor::new(["KeyOfMine99"].into_iter());
    assert_eq!(redactor.text(url.as_str()).as_deref(), Some("https://[redacted].a.test/"));
}

#[test]
fn a_login_in_base64_is_known() {
    let redactor = Redactor::new(["hunter2!"].into_iter());
    for user in ["a", "ab", "abc", "someone"] {
        let header = format!("Basic {}", STANDARD.encode(format!("{user}:hunter2!")));
        let clean = redactor.text(&header).unwrap();
        let left = clean.trim_end_matches('=').strip_suffix(MASK).expect("nothing stands after it");
        assert!(
            header.starts_with(left) && left.len() <= "Basic ".len() + (user.len() + 1) * 8 / 6,
            "{clean}"
        );
    }
}

#[test]
fn secrets_that_look_like_escapes_take_nothing_else_out() {
    let redactor = Redactor::new(["%20", "&amp;", "a"].into_iter());
    assert_eq!(redactor.text("x y & z"), None);
    assert_eq!(redactor.text("x%20y&amp;z").as_deref(), Some("x[redacted]y[redacted]z"));
}

#[test]
fn secrets_over_each_other_are_both_taken_out() {
    let redactor = Redactor::new(["abcdef", "defghi", "aa"].into_iter());
    assert_eq!(redactor.text("-abcdefghi-aaa-").as_deref(), Some("-[redacted]-[redacted]-"));
}

#[test]
fn leaves_a_text_without_secrets_alone() {
    assert_eq!(Redactor::new(["secret"].into_iter()).text("nothing here"), None);
    assert!(Redactor::new(std::iter::empty()).is_empty());
}

/// Prints how long it takes per byte: `cargo test --release -- --ignored --nocapture speed`.
#[test]
#[ignore = "it measures"]
fn speed() {
    let secrets: Vec<_> = (0..8).map(|n| format!("secret/{n} of ä {n}{n}")).collect();
    let redactor = Redactor::new(secrets.iter().map(String::as_str));
    let repeats = Redactor::new(std::iter::once("aaaaaaaa"));
    for size in [1 << 20, 4 << 20, 16 << 20] {
        let texts = [
            ("plain", "some text of a page ".repeat(size / 20)),
            ("escapes", "%2525\\u0026&amp;+".repeat(size / 17)),
            (
                "base64",
                STANDARD.encode((0..size * 3 / 4).map(|n| (n * n / 7).to_le_bytes()[0]).collect::<Vec<_>>()),
            ),
            ("ampersands", "&".repeat(size)),
            ("repeats", "a".repeat(size)),
        ];
        for (name, text) in texts {
            let start = std::time::Instant::now();
            let redactor = if name == "repeats" { &repeats } else { &redactor };
            redactor.text(&text);
            println!("{name} {size}: {:?}", start.elapsed());
        }
    }
}
