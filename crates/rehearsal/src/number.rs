//! Telephone numbers, and what the operator says about each.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

/// The digits of an E.164 number without its `+`: the form the stand-ins know a number by, since
/// tru.ID takes it with or without.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Digits(String);

impl Digits {
    /// Reads `+447700900000` or `447700900000`: 7 to 15 ASCII digits that do not begin with 0.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let fits = (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        fits.then(|| Self(digits.to_owned()))
    }

    /// The number in E.164, with its `+`.
    pub(crate) fn e164(&self) -> String {
        format!("+{}", self.0)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is not a telephone number in E.164.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a telephone number in E.164")]
pub struct NotE164;

/// What the operator says when it is asked about a number.
///
/// As JSON: `{"sim":"unchanged"}`, `{"sim":"changed","within_minutes":2880}`,
/// `{"sim":"error","error_code":"mno_timeout"}`, `{"sim":"not_supported"}`,
/// `{"sim":"no_credit"}`, `{"sim":"rate_limited","retry_after":30}`, `{"sim":"stall"}`,
/// `{"sim":"unchanged_once"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RuleFields")]
pub enum NumberRule {
    /// The SIM was never changed.
    Unchanged,
    /// The SIM was changed.
    Changed {
        /// How many minutes before each check the change was; `None` if the operator does not
        /// say, and then the answer is "changed" whatever the period asked about.
        within_minutes: Option<u32>,
    },
    /// 201 with `status: ERROR`: the check was made and the operator could not answer.
    Error(MnoError),
    /// 400 `mno_not_supported`: no check was made.
    NotSupported,
    /// 402: the project's balance is used up.
    NoCredit,
    /// 429.
    RateLimited {
        /// Seconds in the `Retry-After` header; `None` leaves the header out.
        retry_after: Option<u32>,
    },
    /// No answer, for as long as the client waits.
    Stall,
    /// Unchanged the first time it is asked about, changed half an hour before from then on: a
    /// number that somebody verifies and that is stolen afterwards.
    UnchangedOnce,
}

/// Half an hour is inside every period that can be asked about, so that such a number is a changed
/// one whatever the client asks, as in tru.ID's sandbox.
const JUST_CHANGED: NumberRule = NumberRule::Changed {
    within_minutes: Some(30),
};

/// `error_code` of a check that ended in `ERROR`, from tru.ID's `SimCheckErrorCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MnoError {
    /// The operator is not supported.
    #[serde(rename = "mno_not_supported")]
    NotSupported,
    /// The request to the operator timed out.
    #[serde(rename = "mno_timeout")]
    Timeout,
    /// The operator does not know the number; it may belong to an unsupported MVNO.
    #[serde(rename = "mno_user_not_found")]
    UserNotFound,
    /// The operator's answer was invalid.
    #[serde(rename = "mno_response_error")]
    ResponseError,
    /// The operator failed.
    #[serde(rename = "mno_server_error")]
    ServerError,
    /// The operator may not share this.
    #[serde(rename = "mno_no_data_available")]
    NoDataAvailable,
}

impl NumberRule {
    /// What a number means by its last two digits, unless it was given a rule of its own. The
    /// table stands in the crate's documentation.
    #[must_use]
    pub fn by_ending(number: &str) -> Self {
        match number
            .get(number.len().saturating_sub(2)..)
            .unwrap_or_default()
        {
            "90" => Self::NotSupported,
            "91" => Self::Error(MnoError::Timeout),
            "92" => Self::Error(MnoError::UserNotFound),
            "93" => Self::Error(MnoError::NotSupported),
            "94" => Self::Error(MnoError::NoDataAvailable),
            "95" => Self::UnchangedOnce,
            "96" => Self::NoCredit,
            "97" => Self::RateLimited {
                retry_after: Some(30),
            },
            "98" => Self::Stall,
            "99" => Self::Error(MnoError::ServerError),
            ending if ending.ends_with(['1', '3', '5', '7', '9']) => JUST_CHANGED,
            _ => Self::Unchanged,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFields {
    sim: Sim,
    within_minutes: Option<u32>,
    error_code: Option<MnoError>,
    retry_after: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sim {
    Unchanged,
    Changed,
    Error,
    NotSupported,
    NoCredit,
    RateLimited,
    Stall,
    UnchangedOnce,
}

impl TryFrom<RuleFields> for NumberRule {
    type Error = &'static str;

    fn try_from(fields: RuleFields) -> Result<Self, &'static str> {
        let RuleFields {
            sim,
            within_minutes,
            error_code,
            retry_after,
        } = fields;
        if within_minutes.is_some() && sim != Sim::Changed {
            return Err("`within_minutes` goes with `\"sim\":\"changed\"` only");
        }
        if error_code.is_some() && sim != Sim::Error {
            return Err("`error_code` goes with `\"sim\":\"error\"` only");
        }
        if retry_after.is_some() && sim != Sim::RateLimited {
            return Err("`retry_after` goes with `\"sim\":\"rate_limited\"` only");
        }
        Ok(match sim {
            Sim::Unchanged => Self::Unchanged,
            Sim::Changed => Self::Changed { within_minutes },
            Sim::Error => Self::Error(error_code.ok_or("`error_code` is missing")?),
            Sim::NotSupported => Self::NotSupported,
            Sim::NoCredit => Self::NoCredit,
            Sim::RateLimited => Self::RateLimited { retry_after },
            Sim::Stall => Self::Stall,
            Sim::UnchangedOnce => Self::UnchangedOnce,
        })
    }
}

/// Of more numbers than this it is not remembered that they were asked about.
const REMEMBERED: usize = 50_000;

/// The numbers that were given a rule of their own, and those whose rule is used up by asking.
#[derive(Default)]
pub(crate) struct Numbers {
    given: HashMap<Digits, NumberRule>,
    asked: HashSet<Digits>,
}

impl Numbers {
    pub(crate) fn set(&mut self, number: Digits, rule: NumberRule) {
        self.asked.remove(&number);
        self.given.insert(number, rule);
    }

    /// Returns a number to the rule of its ending; whether it had one of its own.
    pub(crate) fn reset(&mut self, number: &Digits) -> bool {
        self.asked.remove(number);
        self.given.remove(number).is_some()
    }

    /// What the operator says now that it is asked about the number.
    pub(crate) fn ask(&mut self, number: &Digits) -> NumberRule {
        let rule = self.rule(number);
        if rule != NumberRule::UnchangedOnce {
            return rule;
        }
        if self.asked.len() == REMEMBERED {
            self.asked.clear();
        }
        if self.asked.insert(number.clone()) {
            NumberRule::Unchanged
        } else {
            JUST_CHANGED
        }
    }

    fn rule(&self, number: &Digits) -> NumberRule {
        self.given
            .get(number)
            .copied()
            .unwrap_or_else(|| NumberRule::by_ending(number.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endings_follow_tru_ids_sandbox_and_then_the_table() {
        for even in ["00", "02", "14", "46", "88"] {
            assert_eq!(
                NumberRule::by_ending(&format!("4477009000{even}")),
                NumberRule::Unchanged
            );
        }
        for odd in ["01", "13", "89", "09", "79"] {
            assert_eq!(
                NumberRule::by_ending(&format!("4477009000{odd}")),
                NumberRule::Changed {
                    within_minutes: Some(30)
                }
            );
        }
        let table = [
            ("90", NumberRule::NotSupported),
            ("91", NumberRule::Error(MnoError::Timeout)),
            ("92", NumberRule::Error(MnoError::UserNotFound)),
            ("93", NumberRule::Error(MnoError::NotSupported)),
            ("94", NumberRule::Error(MnoError::NoDataAvailable)),
            ("95", NumberRule::UnchangedOnce),
            ("96", NumberRule::NoCredit),
            (
                "97",
                NumberRule::RateLimited {
                    retry_after: Some(30),
                },
            ),
            ("98", NumberRule::Stall),
            ("99", NumberRule::Error(MnoError::ServerError)),
        ];
        for (ending, rule) in table {
            assert_eq!(NumberRule::by_ending(&format!("4477009000{ending}")), rule);
        }
    }

    #[test]
    fn a_rule_of_its_own_wins_over_the_ending_and_can_be_dropped() {
        let number = Digits::parse("+447700900099").unwrap();
        let mut numbers = Numbers::default();
        numbers.set(number.clone(), NumberRule::Unchanged);
        assert_eq!(numbers.rule(&number), NumberRule::Unchanged);
        assert!(numbers.reset(&number));
        assert_eq!(
            numbers.rule(&number),
            NumberRule::Error(MnoError::ServerError)
        );
        assert!(!numbers.reset(&number));
    }

    #[test]
    fn a_number_that_changes_later_is_unchanged_once() {
        let number = Digits::parse("+447700900095").unwrap();
        let mut numbers = Numbers::default();
        assert_eq!(numbers.ask(&number), NumberRule::Unchanged);
        assert_eq!(numbers.ask(&number), JUST_CHANGED);
        assert_eq!(numbers.ask(&number), JUST_CHANGED);
        numbers.set(number.clone(), NumberRule::UnchangedOnce);
        assert_eq!(
            numbers.ask(&number),
            NumberRule::Unchanged,
            "it begins anew"
        );
    }

    #[test]
    fn only_e164_is_a_number() {
        assert_eq!(
            Digits::parse("+447700900000"),
            Digits::parse("447700900000")
        );
        for not in [
            "",
            "+",
            "07700900000",
            "+44 7700",
            "44770x900000",
            "123456",
            "1234567890123456",
            "++447700900000",
            "٤٤٧٧٠٠٩٠",
        ] {
            assert_eq!(Digits::parse(not), None, "{not}");
        }
    }

    #[test]
    fn a_rule_is_read_from_json_and_nothing_unknown_passes() {
        let read = |text| serde_json::from_str::<NumberRule>(text);
        assert_eq!(
            read(r#"{"sim":"unchanged"}"#).unwrap(),
            NumberRule::Unchanged
        );
        assert_eq!(
            read(r#"{"sim":"unchanged_once"}"#).unwrap(),
            NumberRule::UnchangedOnce
        );
        assert_eq!(
            read(r#"{"sim":"changed","within_minutes":2880}"#).unwrap(),
            NumberRule::Changed {
                within_minutes: Some(2880)
            }
        );
        assert_eq!(
            read(r#"{"sim":"error","error_code":"mno_timeout"}"#).unwrap(),
            NumberRule::Error(MnoError::Timeout)
        );
        for wrong in [
            r#"{"sim":"unchanged","within_minutes":1}"#,
            r#"{"sim":"error"}"#,
            r#"{"sim":"changed","retry_after":1}"#,
            r#"{"sim":"new"}"#,
            r#"{"sim":"unchanged","x":1}"#,
            "{}",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
