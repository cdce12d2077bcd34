//! Reads the steps that print, and the one that changes the device.

use proc_macro2::TokenTree;

use super::super::reader::{Parsed, Reader, Told};
use super::capture::{kept, path};
use crate::ast::{Action, Arg, Emulate, Html, HtmlToPdf, Paper, Pdf, Print, Scheme, Spanned, Template, Text};

pub(super) fn pdf(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut pdf = Pdf { kept: kept(reader)?, print: Print::default() };
    reader.options(|reader, option| match option {
        "path" => path(reader, &mut pdf.kept),
        _ => print(reader, option, &mut pdf.print),
    });
    Ok(Action::Pdf(pdf))
}

pub(super) fn html_to_pdf(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut html = HtmlToPdf { kept: kept(reader)?, source: None, css: None, print: Print::default() };
    reader.options(|reader, option| {
        match option {
            "content" | "file" => {
                let span = reader.here();
                // A source that could not be read is one all the same.
                html.source.get_or_insert(Html::Content(Text::Template(Template {
                    parts: Vec::new(),
                    span,
                    escaped: false,
                })));
                let text = reader.text("\"…\"")?;
                html.source = Some(if option == "file" { Html::File(text) } else { Html::Content(text) });
            }
            "css" => html.css = Some(reader.str("\"…\"")?),
            "path" => return path(reader, &mut html.kept),
            _ => return print(reader, option, &mut html.print),
        }
        Ok(())
    });
    Ok(Action::HtmlToPdf(html))
}

/// Reads what follows an option of printing.
fn print(reader: &mut Reader<'_>, option: &str, print: &mut Print) -> Parsed<()> {
    match option {
        "format" => {
            print.format = match reader.choice_of_any_case("format", "A4|A3|Letter|Legal")? {
                "A3" => Paper::A3,
                "Letter" => Paper::Letter,
                "Legal" => Paper::Legal,
                _ => Paper::A4,
            }
        }
        "landscape" => print.landscape = true,
        "background" => print.plain = reader.choice("word", "true|false")? == "false",
        "scale" => print.scale = Some(number(reader, "N")?),
        "pages" => print.pages = Some(reader.str("\"1-3\"")?),
        "header" => print.header = Some(reader.text("\"…\"")?),
        "footer" => print.footer = Some(reader.text("\"…\"")?),
        _ => print.margin = Some(reader.str("\"1cm\"")?),
    }
    Ok(())
}

pub(super) fn emulate(reader: &mut Reader<'_>) -> Parsed<Action> {
    let mut emulate = Emulate::default();
    let before = reader.problems.len();
    reader.options(|reader, option| {
        match option {
            "dark" => emulate.scheme = Some(Scheme::Dark),
            "light" => emulate.scheme = Some(Scheme::Light),
            "width" => {
                let width = reader.count("N")?;
                reader.expect_words("height")?;
                emulate.size = Some((width, reader.count("N")?));
            }
            "scale" => emulate.scale = Some(number(reader, "N")?),
            "mobile" => emulate.mobile = true,
            "locale" => emulate.locale = Some(reader.text("\"…\"")?),
            "timezone" => emulate.timezone = Some(reader.text("\"…\"")?),
            "user agent" => emulate.agent = Some(reader.text("\"…\"")?),
            _ => emulate.reset = true,
        }
        Ok(())
    });
    // What could not be read changes something all the same.
    emulate.reset |= reader.problems.len() > before;
    Ok(Action::Emulate(emulate))
}

/// Reads a number that need not be whole, or what gives one.
fn number(reader: &mut Reader<'_>, part: &str) -> Parsed<Arg<f64>> {
    let decimal = |repr: &str| repr.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite());
    let help = format!("write `{part}` as a number, like `0.5`");
    if let Some(given) = reader.given(part, decimal, &help)? {
        return Ok(given);
    }
    let span = reader.here();
    if reader.is_string() || !matches!(reader.peek(), Some(TokenTree::Literal(_))) {
        return Err(reader.expected_or(part, help));
    }
    let repr = reader.next().map(|token| token.to_string()).unwrap_or_default();
    match decimal(&repr) {
        Some(value) => Ok(Arg::Literal(Spanned { value, span })),
        None => {
            reader.problems.help(span, format!("bad number `{repr}`"), "write a number, like `0.5`");
            Err(Told)
        }
    }
}
