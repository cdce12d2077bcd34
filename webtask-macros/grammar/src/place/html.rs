//! Finds what each placeholder of an HTML text stands in: escaping serves in text and in a quoted attribute only.

use super::{Refused, holes};
use crate::ast::{Part, Place, Template};

/// Where reading has come to in HTML.
#[derive(Clone, Debug, PartialEq)]
enum At {
    Text,
    /// A tag begins, or a comment.
    Open,
    /// Inside a tag, outside of a value; the tag, the attribute's name.
    Tag(String, String),
    /// Inside a value; the quote, the tag, the attribute's name.
    Value(char, String, String),
    Comment,
    /// A script or a style, which ends with its own tag.
    Raw(String),
}

/// Places the placeholders of an HTML text, and says which may not stand where they do.
pub(crate) fn place_html(template: &mut Template) -> Vec<Refused> {
    let mut at = At::Text;
    let mut refused = Vec::new();
    let mut recent = String::new();
    for part in &template.parts {
        match part {
            Part::Text(text) => {
                for c in text.chars() {
                    recent.push(c.to_ascii_lowercase());
                    at = step(at, c, &mut recent);
                }
            }
            Part::Hole(hole) => {
                if let Err(place) = may_stand(&at) {
                    refused.push(Refused::new(hole, place));
                }
                recent.clear();
            }
        }
    }
    holes(template).for_each(|hole| hole.place = Place::Html);
    refused
}

fn may_stand(at: &At) -> Result<(), &'static str> {
    match at {
        At::Text => Ok(()),
        At::Value(_, _, name) if name.starts_with("on") => Err("a script of HTML"),
        At::Value(_, _, name) if ["srcdoc", "style"].contains(&name.as_str()) => {
            Err("an attribute that is code")
        }
        At::Value(..) => Ok(()),
        At::Open | At::Tag(..) => Err("a tag of HTML, outside of quotes"),
        At::Comment => Err("a comment of HTML"),
        At::Raw(tag) if tag == "style" => Err("a style of HTML"),
        At::Raw(_) => Err("a script of HTML"),
    }
}

/// Reads on by one character; `recent` are the last ones, in lower case.
fn step(at: At, c: char, recent: &mut String) -> At {
    match at {
        At::Text if c == '<' => {
            recent.clear();
            At::Open
        }
        At::Open if recent == "!--" => At::Comment,
        At::Open if recent.starts_with('!') && recent.len() < 3 && "!-".contains(c) => At::Open,
        At::Open if c.is_ascii_alphanumeric() || (c == '/' && recent == "/") => At::Open,
        At::Open if recent.len() > 1 && recent.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
            let tag = recent[..recent.len() - c.len_utf8()].to_owned();
            inside(tag, String::new(), c)
        }
        At::Open if recent.starts_with('!') => inside("!".to_owned(), String::new(), c),
        At::Open if c == '<' => {
            recent.clear();
            At::Open
        }
        At::Open => At::Text,
        At::Tag(tag, name) => inside(tag, name, c),
        At::Value(quote, tag, _) if c == quote => At::Tag(tag, String::new()),
        At::Comment if recent.ends_with("-->") => At::Text,
        At::Raw(tag) if c == '>' && recent.contains(&format!("</{tag}")) => At::Text,
        other => other,
    }
}

/// Reads on inside a tag.
fn inside(tag: String, mut name: String, c: char) -> At {
    match c {
        '>' if RAW.contains(&tag.as_str()) => At::Raw(tag),
        '>' => At::Text,
        '"' | '\'' if name.ends_with('=') => At::Value(c, tag, name.trim_end_matches('=').to_owned()),
        c if c.is_whitespace() => {
            // Space may stand around the `=`.
            if !name.ends_with([' ', '=']) && !name.is_empty() {
                name.push(' ');
            }
            At::Tag(tag, name)
        }
        '=' => At::Tag(tag, format!("{}=", name.trim_end())),
        c => {
            if name.ends_with([' ', '=']) || c == '/' {
                name.clear();
            }
            name.push(c.to_ascii_lowercase());
            At::Tag(tag, name)
        }
    }
}

/// What has no tags inside, and means something else than text.
const RAW: [&str; 4] = ["script", "style", "iframe", "noscript"];

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;
    use crate::problem::Problems;
    use crate::template;

    #[test]
    fn places_of_html() {
        for (html, place) in [
            ("{{a}}", ""),
            ("<p>{{a}}</p>", ""),
            ("<p title=\"x\" class = '{{a}}'>", ""),
            ("1 < 2 {{a}}", ""),
            ("<!doctype html><p>{{a}}", ""),
            ("<!-- <p> -->{{a}}", ""),
            ("<script>if (a < b) {}</script><p>{{a}}", ""),
            ("<style>p { color: red }</style >{{a}}", ""),
            ("<input disabled value=\"{{a}}\"/>{{a}}", ""),
            ("<br/>{{a}}", ""),
            ("<{{a}}>", "a tag of HTML, outside of quotes"),
            ("<p {{a}}>", "a tag of HTML, outside of quotes"),
            ("<p class={{a}}>", "a tag of HTML, outside of quotes"),
            ("<p class=x{{a}}>", "a tag of HTML, outside of quotes"),
            ("</p{{a}}>", "a tag of HTML, outside of quotes"),
            ("<!-- {{a}} -->", "a comment of HTML"),
            ("<script>{{a}}</script>", "a script of HTML"),
            ("<SCRIPT type='x'>'</p>' + {{a}}</script>", "a script of HTML"),
            ("<p onclick='{{a}}'>", "a script of HTML"),
            ("<iframe srcdoc='{{a}}'>", "an attribute that is code"),
            ("<p style='{{a}}'>", "an attribute that is code"),
            ("<style>p { color: {{a}} }</style>", "a style of HTML"),
        ] {
            let mut problems = Problems::new();
            let mut template = template::parse(html, &format!("{html:?}"), Span::call_site(), &mut problems);
            let told = place_html(&mut template);
            assert_eq!(told.first().map_or("", |refused| refused.place), place, "{html}");
            assert!(template.holes().all(|hole| hole.place == Place::Html));
        }
    }
}
