//! The grammar of CSS selectors, by Servo's parser: what Chromium takes, but for what can never find an element.
//!
//! What is refused though Chromium takes it: pseudo-elements, which are not elements; the classes of scrollbars, which no
//! element has; a bad selector in `:is()` and `:where()`, which Chromium leaves out; and what ends before its bracket.

use std::fmt;

use cssparser::{Parser, ToCss};
use precomputed_hash::PrecomputedHash;
use selectors::parser::{
    NonTSPseudoClass, ParseRelative, PseudoElement, SelectorImpl, SelectorList, SelectorParseErrorKind,
};

type ParseError = cssparser::ParseError<SelectorParseErrorKind>;

/// The pseudo-classes without an argument.
pub(super) const PLAIN: &[&str] = &[
    "active",
    "active-view-transition",
    "any-link",
    "autofill",
    "checked",
    "current",
    "default",
    "defined",
    "disabled",
    "empty",
    "enabled",
    "first-child",
    "first-of-type",
    "focus",
    "focus-visible",
    "focus-within",
    "fullscreen",
    "future",
    "host",
    "hover",
    "in-range",
    "indeterminate",
    "interest-source",
    "interest-target",
    "invalid",
    "last-child",
    "last-of-type",
    "link",
    "modal",
    "only-child",
    "only-of-type",
    "open",
    "optional",
    "out-of-range",
    "past",
    "picture-in-picture",
    "placeholder-shown",
    "popover-open",
    "read-only",
    "read-write",
    "required",
    "root",
    "scope",
    "target",
    "target-after",
    "target-before",
    "target-current",
    "user-invalid",
    "user-valid",
    "valid",
    "visited",
    "xr-overlay",
    "-webkit-any-link",
    "-webkit-autofill",
    "-webkit-drag",
    "-webkit-full-page-media",
    "-webkit-full-screen",
    "-webkit-full-screen-ancestor",
];

/// The pseudo-classes with an argument.
pub(super) const WITH: &[&str] = &[
    "active-view-transition-type",
    "dir",
    "has",
    "host",
    "host-context",
    "is",
    "lang",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "state",
    "where",
    "-webkit-any",
];

/// Whether a list of selectors can be read; `has` tells that it stands in `:has()`.
pub(super) fn reads(list: &str, has: bool) -> bool {
    let relative = if has { ParseRelative::ForHas } else { ParseRelative::No };
    SelectorList::parse_disallow_pseudo(&Rules, &mut Parser::new(list), relative).is_ok()
}

/// What may stand in a selector.
struct Rules;

impl<'i> selectors::parser::Parser<'i> for Rules {
    type Impl = Checked;
    type Error = SelectorParseErrorKind;

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_parent_selector(&self) -> bool {
        true
    }

    fn parse_host(&self) -> bool {
        true
    }

    fn allow_forgiving_selectors(&self) -> bool {
        false
    }

    fn parse_non_ts_pseudo_class(&self, name: &str) -> Result<Class, ParseError> {
        match PLAIN.contains(&name.to_ascii_lowercase().as_str()) {
            true => Ok(Class),
            false => Err(unknown()),
        }
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: &str,
        parser: &mut Parser<'i>,
        _after_part: bool,
    ) -> Result<Class, ParseError> {
        match name.to_ascii_lowercase().as_str() {
            "lang" | "dir" | "state" => drop(parser.expect_ident()?),
            "active-view-transition-type" => {
                drop(parser.parse_comma_separated(|one| {
                    one.expect_ident()
                        .map(drop)
                        .map_err(cssparser::ParseError::<SelectorParseErrorKind>::from)
                })?);
            }
            "host-context" => {
                let list = compounds(self, parser)?;
                if list.len() != 1 {
                    return Err(unknown());
                }
            }
            "-webkit-any" => drop(compounds(self, parser)?),
            _ => return Err(unknown()),
        }
        Ok(Class)
    }
}

/// A list of selectors without combinators.
fn compounds(rules: &Rules, parser: &mut Parser<'_>) -> Result<SelectorList<Checked>, ParseError> {
    let list = SelectorList::parse_disallow_pseudo(rules, parser, ParseRelative::No)?;
    let mut all = list.slice().iter().flat_map(|selector| selector.iter_raw_match_order());
    match all.any(selectors::parser::Component::is_combinator) {
        true => Err(unknown()),
        false => Ok(list),
    }
}

fn unknown() -> ParseError {
    ParseError::custom(SelectorParseErrorKind::UnsupportedPseudoClassOrElement)
}

/// A selector of which nothing is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Checked;

impl SelectorImpl for Checked {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Name;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = Name;
    type BorrowedLocalName = Name;
    type NonTSPseudoClass = Class;
    type PseudoElement = Class;
}

/// Any name, of which nothing is kept.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Name;

impl From<&str> for Name {
    fn from(_: &str) -> Self {
        Self
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        0
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, _: &mut W) -> fmt::Result {
        Ok(())
    }
}

/// A pseudo-class that is known.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Class;

impl NonTSPseudoClass for Class {
    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

impl PseudoElement for Class {}

impl ToCss for Class {
    fn to_css<W: fmt::Write>(&self, _: &mut W) -> fmt::Result {
        Ok(())
    }
}
