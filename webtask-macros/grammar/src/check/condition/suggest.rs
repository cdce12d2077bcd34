//! Guesses the condition that somebody wrote into a string.

use crate::ast::{Part, Template};

/// A piece of such a string.
#[derive(Debug, PartialEq)]
enum Piece {
    /// A value, as a recipe writes it.
    Value(String),
    /// A word that may be a name or a text.
    Word(String),
    /// An operator between values.
    Operator(&'static str),
    /// `and`, `or`
    Joint(&'static str),
    /// `not`
    Not,
}

/// The condition as it is written in a recipe, when the string reads as one.
pub(super) fn suggest(template: &Template) -> Option<String> {
    let mut pieces = Vec::new();
    for part in &template.parts {
        match part {
            Part::Hole(hole) => pieces.push(Piece::Value(format!("\"{{{{{}}}}}\"", hole.lookup()))),
            Part::Text(text) => split(text, &mut pieces)?,
        }
    }
    let placeholders = template.holes().next().is_some();
    let mut pieces = pieces.into_iter().peekable();
    let (mut out, mut operators) = (Vec::new(), 0);
    loop {
        while pieces.next_if_eq(&Piece::Not).is_some() {
            out.push("not".to_owned());
        }
        out.push(value(&mut pieces, !placeholders)?);
        if let Some(Piece::Operator(operator)) = pieces.next_if(|piece| matches!(piece, Piece::Operator(_))) {
            operators += 1;
            out.push(operator.to_owned());
            let right = value(&mut pieces, false)?;
            out.push(if operator == "matches" { format!("r{right}") } else { right });
        }
        match pieces.next() {
            Some(Piece::Joint(word)) => out.push(word.to_owned()),
            Some(_) => return None,
            None => return (operators > 0).then(|| out.join(" ")),
        }
    }
}

/// The value that comes next; `name` says that a word is one.
fn value(pieces: &mut std::iter::Peekable<std::vec::IntoIter<Piece>>, name: bool) -> Option<String> {
    match pieces.next()? {
        Piece::Value(value) => Some(value),
        Piece::Word(word) if name => Some(format!("\"{{{{{word}}}}}\"")),
        Piece::Word(word) => {
            let mut text = word;
            while let Some(Piece::Word(more)) = pieces.next_if(|piece| matches!(piece, Piece::Word(_))) {
                text.push(' ');
                text.push_str(&more);
            }
            Some(format!("\"{text}\""))
        }
        _ => None,
    }
}

/// The pieces of a text between placeholders.
fn split(text: &str, pieces: &mut Vec<Piece>) -> Option<()> {
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => {
                let close = rest[1..].find(first)? + 1;
                let inside = &rest[1..close];
                if inside.contains(['"', '\\']) {
                    return None;
                }
                pieces.push(Piece::Value(format!("\"{inside}\"")));
                close + 1
            }
            c if "=!<>&|~".contains(c) => {
                let length = rest.find(|c| !"=!<>&|~".contains(c)).unwrap_or(rest.len());
                pieces.push(match &rest[..length] {
                    "=" | "==" | "===" => Piece::Operator("=="),
                    "!=" | "!==" | "<>" => Piece::Operator("!="),
                    "<" => Piece::Operator("<"),
                    "<=" => Piece::Operator("<="),
                    ">" => Piece::Operator(">"),
                    ">=" => Piece::Operator(">="),
                    "=~" => Piece::Operator("matches"),
                    "&&" => Piece::Joint("and"),
                    "||" => Piece::Joint("or"),
                    "!" => Piece::Not,
                    _ => return None,
                });
                length
            }
            c if c.is_alphanumeric() || "_-.".contains(c) => {
                let length =
                    rest.find(|c: char| !c.is_alphanumeric() && !"_-.".contains(c)).unwrap_or(rest.len());
                pieces.push(match &rest[..length] {
                    "and" => Piece::Joint("and"),
                    "or" => Piece::Joint("or"),
                    "not" => Piece::Not,
                    "is" | "equals" => Piece::Operator("=="),
                    "contains" | "includes" => Piece::Operator("contains"),
                    "matches" => Piece::Operator("matches"),
                    word @ ("true" | "false" | "null") => Piece::Value(word.to_owned()),
                    "undefined" | "nil" | "None" => Piece::Value("null".to_owned()),
                    word if word.parse::<i64>().is_ok() => Piece::Value(word.to_owned()),
                    word if word.contains('.') && word.parse::<f64>().is_ok() => {
                        Piece::Value(word.to_owned())
                    }
                    word => Piece::Word(word.to_owned()),
                });
                length
            }
            _ => return None,
        };
        rest = rest[length..].trim_start();
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::suggest;
    use crate::problem::Problems;
    use crate::template;

    #[test]
    fn a_comparison_in_a_string_is_written_out() {
        let cases = [
            ("{{rows.length}} == 0", r#""{{rows.length}}" == 0"#),
            ("{{n}}===-1.5", r#""{{n}}" == -1.5"#),
            ("{{state}} != done for now", r#""{{state}}" != "done for now""#),
            ("{{state}} == 'done' && !{{late}}", r#""{{state}}" == "done" and not "{{late}}""#),
            ("rows.length > 3", r#""{{rows.length}}" > 3"#),
            ("{{a}} is null or {{b}} =~ '^x'", r#""{{a}}" == null or "{{b}}" matches r"^x""#),
            ("{{tags}} includes {{tag}}", r#""{{tags}}" contains "{{tag}}""#),
        ];
        for (text, expected) in cases {
            let mut problems = Problems::new();
            let template = template::parse(text, &format!("{text:?}"), Span::call_site(), &mut problems);
            assert_eq!(suggest(&template).as_deref(), Some(expected), "{text}");
            assert!(problems.take().is_empty());
        }
        for text in ["no", "", "{{a}}x", "{{a}} {{b}}", "{{a}} ==", "== 1", "{{a}} + 1 == 2", "{{a}} == 'b"] {
            let mut problems = Problems::new();
            let template = template::parse(text, &format!("{text:?}"), Span::call_site(), &mut problems);
            assert_eq!(suggest(&template), None, "{text}");
            assert!(problems.take().is_empty());
        }
    }
}
