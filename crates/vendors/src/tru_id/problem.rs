//! tru.ID's refusals: RFC 7807 problem details, or OAuth errors where a token is asked for.

use serde::Deserialize;
use simgate_domain::CannotTell;

use super::token::NotAToken;
use crate::error::TransportError;
use crate::http::Answer;
use crate::trial::TokenRefused;

/// The parts of a refusal that say what kind it is. Every one may be missing.
#[derive(Default, Deserialize)]
struct Refusal {
    /// An address whose fragment names the problem. The rest of it has changed over the years.
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    title: Option<String>,
    /// RFC 6749, section 5.2.
    #[serde(default)]
    error: Option<String>,
}

impl Refusal {
    fn read(answer: &Answer) -> Self {
        answer.json().unwrap_or_default()
    }

    fn fragment(&self) -> &str {
        let kind = self.kind.as_deref().unwrap_or_default();
        kind.rsplit_once('#').map_or("", |(_, fragment)| fragment)
    }

    /// Whether it is about money. Neither a status nor a name for it is documented.
    fn is_about_balance(&self) -> bool {
        let title = self
            .title
            .as_deref()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let fragment = self.fragment().to_ascii_lowercase();
        [title, fragment]
            .iter()
            .any(|text| text.contains("balance") || text.contains("credit"))
    }
}

/// Why a SIM check was refused with this answer, whose status is not 201.
pub(super) fn of_check(answer: &Answer) -> CannotTell {
    let refusal = Refusal::read(answer);
    match (answer.status, refusal.fragment()) {
        (200..=299, _) => CannotTell::MalformedAnswer,
        (400, "mno_not_supported") => CannotTell::OperatorNotSupported,
        // Our own reading of the number let it pass, so that what is wrong is what was typed.
        (400, "phone_format_invalid") => CannotTell::NumberNotKnown,
        _ => match shared(&refusal, answer) {
            Some(refused) => NotAToken::Refused(refused).into(),
            None => CannotTell::VendorFailed,
        },
    }
}

/// Why a token was refused with this answer, whose status is not 200.
pub(super) fn of_token(answer: &Answer) -> NotAToken {
    let refusal = Refusal::read(answer);
    match (answer.status, refusal.error.as_deref()) {
        (200..=299, _) => TransportError::Malformed.into(),
        (400 | 401 | 403, Some("invalid_scope")) => NotAToken::Refused(TokenRefused::Scope),
        (400, Some("invalid_client" | "unauthorized_client")) => {
            NotAToken::Refused(TokenRefused::OurCredentials)
        }
        (status, _) => shared(&refusal, answer).map_or_else(
            || TransportError::VendorFailed { status }.into(),
            NotAToken::Refused,
        ),
    }
}

/// What the status says, wherever it is met.
fn shared(refusal: &Refusal, answer: &Answer) -> Option<TokenRefused> {
    match answer.status {
        402 => Some(TokenRefused::OurBalance),
        400..=499 if refusal.is_about_balance() => Some(TokenRefused::OurBalance),
        401 | 403 => Some(TokenRefused::OurCredentials),
        429 => Some(TokenRefused::RateLimited {
            retry_after: answer.retry_after,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(status: u16, base: &str, fragment: &str, title: &str) -> Answer {
        let body = format!(r#"{{"type":"{base}#{fragment}","title":"{title}","detail":"x"}}"#);
        Answer::of(status, &body)
    }

    #[test]
    fn a_check_refused_by_the_fragment_of_its_type_alone() {
        let bases = [
            "https://tru.id/docs/api-errors",
            "https://developer.tru.id/docs/reference/api-errors",
            "https://developer.idlayr.com/docs/reference/api-errors",
            "",
        ];
        for base in bases {
            let answer = problem(400, base, "mno_not_supported", "Bad Request");
            assert_eq!(
                of_check(&answer),
                CannotTell::OperatorNotSupported,
                "{base}"
            );
            let answer = problem(400, base, "phone_format_invalid", "Bad Request");
            assert_eq!(of_check(&answer), CannotTell::NumberNotKnown, "{base}");
        }
        let answer = problem(500, bases[0], "mno_not_supported", "Bad Request");
        assert_eq!(
            of_check(&answer),
            CannotTell::VendorFailed,
            "it is documented for 400 only"
        );
    }

    #[test]
    fn money_is_recognised_by_status_or_word() {
        let table = [
            (Answer::of(402, ""), CannotTell::OurBalance),
            (
                problem(402, "x", "whatever", "Payment Required"),
                CannotTell::OurBalance,
            ),
            (
                problem(400, "x", "insufficient_balance", "Bad Request"),
                CannotTell::OurBalance,
            ),
            (
                problem(403, "x", "forbidden", "Out of Credit"),
                CannotTell::OurBalance,
            ),
            (
                problem(401, "x", "unauthorized", "Bad credentials"),
                CannotTell::OurCredentials,
            ),
            (
                problem(503, "x", "balance", "Balance down"),
                CannotTell::VendorFailed,
            ),
        ];
        for (answer, expected) in table {
            assert_eq!(of_check(&answer), expected, "{}", answer.status);
            let of_token = CannotTell::from(of_token(&answer));
            assert_eq!(of_token, expected, "{}", answer.status);
        }
    }

    #[test]
    fn a_status_alone_is_enough() {
        let table = [
            (200, CannotTell::MalformedAnswer),
            (202, CannotTell::MalformedAnswer),
            (204, CannotTell::MalformedAnswer),
            (400, CannotTell::VendorFailed),
            (401, CannotTell::OurCredentials),
            (403, CannotTell::OurCredentials),
            (404, CannotTell::VendorFailed),
            (409, CannotTell::VendorFailed),
            (412, CannotTell::VendorFailed),
            (418, CannotTell::VendorFailed),
            (429, CannotTell::RateLimit { retry_after: None }),
            (500, CannotTell::VendorFailed),
            (503, CannotTell::VendorFailed),
            (599, CannotTell::VendorFailed),
        ];
        for (status, expected) in table {
            for body in ["", "{}", "[]", "null", "<h1>no</h1>", r#"{"type":1}"#] {
                assert_eq!(
                    of_check(&Answer::of(status, body)),
                    expected,
                    "{status} {body}"
                );
            }
        }
    }

    #[test]
    fn a_token_refused_as_oauth_says() {
        let refused = |status, error: &str| {
            let body = format!(r#"{{"error":"{error}"}}"#);
            CannotTell::from(of_token(&Answer::of(status, &body)))
        };
        assert_eq!(refused(400, "invalid_client"), CannotTell::OurCredentials);
        assert_eq!(refused(401, "invalid_client"), CannotTell::OurCredentials);
        assert_eq!(
            refused(400, "unauthorized_client"),
            CannotTell::OurCredentials
        );
        assert_eq!(refused(400, "invalid_scope"), CannotTell::OurCredentials);
        assert_eq!(refused(400, "invalid_request"), CannotTell::VendorFailed);
        assert_eq!(refused(500, "invalid_client"), CannotTell::VendorFailed);
        for status in [400, 401, 403] {
            let answer = Answer::of(status, r#"{"error":"invalid_scope"}"#);
            let scope = NotAToken::Refused(TokenRefused::Scope);
            assert_eq!(of_token(&answer), scope, "{status}");
        }
    }
}
