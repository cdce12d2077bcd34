//! Bearer tokens: who has one may call. It reads one header.

use http::header::{AUTHORIZATION, HeaderMap};
use subtle::ConstantTimeEq as _;

use super::reject::Refusal;
use crate::header::only;
use crate::{Error, ErrorKind};

/// The tokens that open the server; without any, nobody is asked.
#[derive(Clone, Default)]
pub(super) struct Tokens(Vec<String>);

impl Tokens {
    pub(super) fn new(tokens: &[String]) -> Result<Self, Error> {
        // What RFC 6750 lets a token be made of, so that a header can carry it.
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
        if tokens.iter().any(|token| token.is_empty() || !token.chars().all(plain)) {
            let message = "a `token` is empty, or has other characters than `A-Za-z0-9-._~+/=`";
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(Self(tokens.to_vec()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a request may come in.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        if self.0.is_empty() {
            return Ok(());
        }
        let line = match only(headers, AUTHORIZATION) {
            Ok(Some(line)) => line,
            Ok(None) => return Err(Refusal::Token { given: false }),
            Err(_) => return Err(Refusal::Token { given: true }),
        };
        let given = line.as_bytes();
        let Some((scheme, token)) = given.split_at_checked("Bearer ".len()) else {
            return Err(Refusal::Token { given: true });
        };
        // Each is compared, so that the time tells nothing of which one it nearly was.
        let known = self.0.iter().fold(false, |known, own| known | bool::from(own.as_bytes().ct_eq(token)));
        let good = scheme.eq_ignore_ascii_case(b"Bearer ") & known;
        if good { Ok(()) } else { Err(Refusal::Token { given: true }) }
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str]) -> Result<(), &'static str> {
        let tokens = Tokens::new(&["s3cret".into(), "older".into()]).expect("good tokens");
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(AUTHORIZATION, line.parse().expect("a value"));
        }
        tokens.check(&headers).map_err(|refusal| match refusal {
            Refusal::Token { given: false } => "none",
            Refusal::Token { given: true } => "wrong",
            _ => "other",
        })
    }

    #[test]
    fn only_a_known_token_opens() {
        for line in ["Bearer s3cret", "bearer s3cret", "BEARER older"] {
            assert_eq!(check(&[line]), Ok(()), "{line}");
        }
        for line in [
            "",
            "s3cret",
            "Bearer",
            "Bearer ",
            "Bearer s3cre",
            "Bearer s3cret ",
            "Bearer  s3cret",
            "Basic s3cret",
            "BearerXs3cret",
        ] {
            assert_eq!(check(&[line]), Err("wrong"), "{line}");
        }
        assert_eq!(check(&[]), Err("none"));
        assert_eq!(check(&["Bearer s3cret", "Bearer s3cret"]), Err("wrong"));
    }

    #[test]
    fn without_tokens_everybody_may_come() {
        assert!(Tokens::default().check(&HeaderMap::new()).is_ok());
    }

    #[test]
    fn a_token_must_fit_into_its_header() {
        for token in ["", "two words", "line\nbreak", "größe"] {
            assert!(Tokens::new(&[token.into()]).is_err(), "{token}");
        }
    }
}
