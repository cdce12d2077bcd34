//! Places the placeholders of a URL by letting the `url` crate take it apart.

use url::{ParseError, Url};

use super::{Placed, Refused, filled, holes};
use crate::ast::{Part, Place, Template};

/// What is wrong with a URL.
pub(crate) enum UrlProblem {
    /// A placeholder stands where none may.
    Refused(Refused),
    /// It is none, for that reason.
    Bad(String),
}

/// Places the placeholders of a URL, and says what is wrong with it.
pub(crate) fn place_url(template: &mut Template) -> Vec<UrlProblem> {
    if template.single().is_some() {
        holes(template).for_each(|hole| hole.place = Place::UrlWhole);
        return Vec::new();
    }
    let based = match template.parts.as_slice() {
        [Part::Hole(_), Part::Text(next), ..] if next.starts_with(['/', '?', '#']) => true,
        [Part::Hole(hole), ..] => {
            return vec![UrlProblem::Refused(Refused::new(hole, Refused::BEGINNING))];
        }
        _ => false,
    };
    let marks = Marks::new(template);
    let mut text = filled(template, |index| marks.of(index));
    if based {
        text.insert_str(0, "https://");
    }
    let url = match Url::parse(&text) {
        Ok(url) => url,
        Err(error) => return vec![unreadable(template, &marks, error)],
    };
    if let Some(problem) = hostless(&url, &text) {
        return vec![UrlProblem::Bad(problem)];
    }
    let mut problems = Vec::new();
    for (index, hole) in holes(template).enumerate() {
        if based && index == 0 {
            hole.place = Place::UrlBase;
            continue;
        }
        match place(&url, &marks.of(index)) {
            Ok(place) => hole.place = place,
            Err(place) => problems.push(UrlProblem::Refused(Refused::new(hole, place))),
        }
    }
    problems
}

/// The scheme of a URL, unless a placeholder is all of it or it cannot be read.
pub(crate) fn scheme(template: &Template) -> Option<String> {
    let marks = Marks::new(template);
    let url = Url::parse(&filled(template, |index| marks.of(index))).ok()?;
    let blank = url.scheme() == "about" && url.path() == "blank";
    template
        .single()
        .is_none()
        .then(|| if blank { "about:blank".to_owned() } else { url.scheme().to_owned() })
}

/// Finds the part of the URL in which a placeholder's mark has come out.
fn place(url: &Url, mark: &str) -> Placed {
    let within = |text: Option<&str>| text.is_some_and(|text| text.contains(mark));
    if within(Some(url.scheme())) {
        Err(Refused::BEGINNING)
    } else if url.cannot_be_a_base() && within(Some(url.path())) {
        Err("a URL without a host")
    } else if url.host_str() == Some(mark) {
        Ok(Place::UrlHost)
    } else if within(url.host_str()) {
        Err("a part of a URL's host")
    } else if within(Some(url.username())) || within(url.password()) {
        Err("the user of a URL")
    } else if within(url.query()) {
        Ok(Place::UrlQuery)
    } else if within(url.fragment()) {
        Ok(Place::UrlFragment)
    } else {
        // Also where `..` has taken it away again.
        Ok(Place::UrlPath)
    }
}

/// Says why a URL cannot be read, with a placeholder as the reason if it is one.
fn unreadable(template: &Template, marks: &Marks, error: ParseError) -> UrlProblem {
    if error == ParseError::InvalidPort {
        for (index, hole) in template.holes().enumerate() {
            // It stands in the port if a digit in its stead makes the port whole.
            let text = filled(template, |at| if at <= index { "1".to_owned() } else { marks.of(at) });
            if Url::parse(&text).is_ok() {
                return UrlProblem::Refused(Refused::new(hole, "the port of a URL"));
            }
        }
    }
    UrlProblem::Bad(error.to_string())
}

/// What the `url` crate repairs, but nobody means: `https:/path`, `https:///path`.
fn hostless(url: &Url, text: &str) -> Option<String> {
    let web = ["http", "https", "ws", "wss", "ftp"].contains(&url.scheme());
    let rest = text.trim_start().get(url.scheme().len() + 1..)?;
    let host = rest.strip_prefix("//").is_some_and(|rest| !rest.starts_with(['/', '\\']));
    (web && !host).then(|| "empty host".to_owned())
}

/// A text for each placeholder that the URL does not contain.
struct Marks {
    stem: String,
}

impl Marks {
    fn new(template: &Template) -> Self {
        let text = filled(template, |_| String::new()).to_lowercase();
        let mut stem = "hole".to_owned();
        while text.contains(&stem) {
            stem.push('e');
        }
        Marks { stem }
    }

    fn of(&self, index: usize) -> String {
        format!("{}{index}x", self.stem)
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;
    use crate::problem::Problems;
    use crate::template;

    fn places(url: &str) -> String {
        let mut problems = Problems::new();
        let mut template = template::parse(url, &format!("{url:?}"), Span::call_site(), &mut problems);
        assert!(problems.take().is_empty(), "{url}");
        let told = place_url(&mut template);
        let mut out: Vec<_> = told
            .into_iter()
            .map(|problem| match problem {
                UrlProblem::Refused(refused) => format!("{} in {}", refused.hole, refused.place),
                UrlProblem::Bad(why) => why,
            })
            .collect();
        if out.is_empty() {
            out = template.holes().map(|hole| format!("{:?}", hole.place)).collect();
        }
        out.join(", ")
    }

    #[test]
    fn places_of_a_url() {
        let cases = [
            ("{{a}}", "UrlWhole"),
            ("{{a}}/x/{{b}}?q={{c}}#{{d}}", "UrlBase, UrlPath, UrlQuery, UrlFragment"),
            ("{{a}}?{{b}}", "UrlBase, UrlQuery"),
            ("https://example.com/", ""),
            ("about:blank", ""),
            ("data:text/html,<p>", ""),
            ("file:///tmp/{{a}}", "UrlPath"),
            ("https://{{a}}", "UrlHost"),
            ("https://{{a}}:8080/x", "UrlHost"),
            ("https://user@{{a}}/", "UrlHost"),
            ("https://h/{{a}}", "UrlPath"),
            (
                "https://h/x{{a}}/{{b}}y?q={{c}}&r={{d}}#{{e}}",
                "UrlPath, UrlPath, UrlQuery, UrlQuery, UrlFragment",
            ),
            ("https://h?{{a}}", "UrlQuery"),
            ("https://h/#a?{{a}}", "UrlFragment"),
            ("https://h/{{a}}/../x", "UrlPath"),
            ("https://h/{{a|or:http://x:y@z:1/?#}}", "UrlPath"),
            ("https://hole0x.example/hole/{{a}}", "UrlPath"),
            ("https://h\\{{a}}", "UrlPath"),
        ];
        for (url, expected) in cases {
            assert_eq!(places(url), expected, "{url}");
        }
    }

    #[test]
    fn refused_places_of_a_url() {
        let cases = [
            ("{{a}}x", "{{a}} in the beginning of a URL"),
            ("{{a}}{{b}}/x", "{{a}} in the beginning of a URL"),
            ("{{a}}.example/", "{{a}} in the beginning of a URL"),
            ("{{a}}@h/", "{{a}} in the beginning of a URL"),
            ("{{a}}://h", "{{a}} in the beginning of a URL"),
            ("ht{{a}}://h", "{{a}} in the beginning of a URL"),
            ("https://{{a}}.com/", "{{a}} in a part of a URL's host"),
            ("https://www.{{a}}/", "{{a}} in a part of a URL's host"),
            ("https://{{a}}{{b}}/", "{{a}} in a part of a URL's host, {{b}} in a part of a URL's host"),
            ("https://{{a}}@h/", "{{a}} in the user of a URL"),
            ("https://u:{{a}}@h/{{b}}", "{{a}} in the user of a URL"),
            ("https://h:{{a}}/", "{{a}} in the port of a URL"),
            ("https://{{h}}:80{{a.b|or:1}}/", "{{a.b|or:1}} in the port of a URL"),
            ("data:text/html,{{a}}", "{{a}} in a URL without a host"),
            ("javascript:{{a}}", "{{a}} in a URL without a host"),
            ("https:/{{a}}", "empty host"),
            ("https:///{{a}}/x", "empty host"),
        ];
        for (url, expected) in cases {
            assert_eq!(places(url), expected, "{url}");
        }
    }

    #[test]
    fn what_is_no_url() {
        let cases = [
            ("", "relative URL without a base"),
            ("example.com", "relative URL without a base"),
            ("/path", "relative URL without a base"),
            ("https://", "empty host"),
            ("https://h:99999/", "invalid port number"),
            ("https://a b/", "invalid international domain name"),
            ("https://[::1", "invalid IPv6 address"),
        ];
        for (url, expected) in cases {
            assert_eq!(places(url), expected, "{url}");
        }
    }
}
