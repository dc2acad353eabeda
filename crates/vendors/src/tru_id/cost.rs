//! What a SIM check cost, and what was left after it.

use serde::Deserialize;
use simgate_domain::{Currency, Money};

use crate::http::Answer;

/// What an answer says of money. Read apart from the outcome, which it must not touch.
#[derive(Default)]
pub(super) struct Costs {
    pub(super) cost: Option<Money>,
    pub(super) balance: Option<Money>,
}

/// The fields of a created check that are about money. The balance is told when a check is made and
/// never again; in which currency it is not said, so that it is taken to be that of the charge.
#[derive(Deserialize)]
struct Charged {
    #[serde(default)]
    charge_amount: Option<serde_json::Number>,
    charge_currency: String,
    #[serde(default)]
    snapshot_balance: Option<serde_json::Number>,
}

impl Costs {
    /// The costs in an answer; none where anything about them is in doubt.
    pub(super) fn read(answer: &Answer) -> Self {
        let Some(charged) = answer.json::<Charged>() else {
            return Self::default();
        };
        let Some(currency) = Currency::of_word(&charged.charge_currency) else {
            return Self::default();
        };
        let money = |number: serde_json::Number| Money::parse(&number.to_string(), currency);
        Self {
            cost: charged
                .charge_amount
                .and_then(money)
                .filter(|cost| cost.micros() >= 0),
            balance: charged.snapshot_balance.and_then(money),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &str) -> (Option<String>, Option<String>) {
        let costs = Costs::read(&Answer::of(201, &format!("{{{fields}}}")));
        let shown = |money: Option<Money>| money.map(|money| money.to_string());
        (shown(costs.cost), shown(costs.balance))
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is what was read")]
    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn what_is_said_plainly_is_read() {
        assert_eq!(
            read(r#""charge_amount":1,"charge_currency":"API","snapshot_balance":999"#),
            (some("1 API"), some("999 API"))
        );
        assert_eq!(
            read(r#""charge_amount":0.05,"charge_currency":"GBP","snapshot_balance":-2.5"#),
            (some("0.05 GBP"), some("-2.5 GBP")),
            "an account may be overdrawn"
        );
        assert_eq!(
            read(r#""charge_amount":0.0,"charge_currency":"USD""#),
            (some("0 USD"), None)
        );
        assert_eq!(
            read(r#""charge_currency":"EUR","snapshot_balance":7"#),
            (None, some("7 EUR"))
        );
    }

    #[test]
    fn what_is_in_doubt_is_not() {
        for fields in [
            "",
            r#""charge_amount":1"#,
            r#""charge_amount":1,"charge_currency":"CHF""#,
            r#""charge_amount":1,"charge_currency":null"#,
            r#""charge_amount":"1","charge_currency":"API""#,
            r#""charge_amount":1,"charge_amount":2,"charge_currency":"API""#,
            r#""charge_amount":-1,"charge_currency":"API""#,
            r#""charge_amount":1e12,"charge_currency":"API""#,
            r#""charge_amount":1e999,"charge_currency":"API""#,
            r#""charge_amount":1000000000,"charge_currency":"API""#,
            r#""charge_amount":true,"charge_currency":"API""#,
        ] {
            assert_eq!(read(fields), (None, None), "{fields}");
        }
    }
}
