//! What a vendor charges, and what is left on an account there.

use std::fmt;

/// What a vendor counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Currency {
    /// The vendor's own credits: tru.ID's `API`.
    Credits,
    /// US dollars.
    Usd,
    /// Pounds sterling.
    Gbp,
    /// Euros.
    Eur,
}

impl Currency {
    /// Every one there is.
    pub const ALL: [Self; 4] = [Self::Credits, Self::Usd, Self::Gbp, Self::Eur];

    /// The vendor's word for it, which is also what is stored: `API`, `USD`, `GBP`, `EUR`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Credits => "API",
            Self::Usd => "USD",
            Self::Gbp => "GBP",
            Self::Eur => "EUR",
        }
    }

    /// The currency of that word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.word() == word)
    }
}

/// An amount, to a millionth, and less than a billion either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    micros: i64,
    currency: Currency,
}

/// A whole one.
const WHOLE: i64 = 1_000_000;
/// Digits before the point.
const LONGEST_WHOLE: usize = 9;
/// Digits after it that are read: a number that was computed in binary has some too many.
const LONGEST_FRACTION: usize = 20;

impl Money {
    /// So many millionths; `None` for a billion or more.
    #[must_use]
    pub const fn from_micros(micros: i64, currency: Currency) -> Option<Self> {
        const END: i64 = 1_000_000_000 * WHOLE;
        if micros > -END && micros < END {
            Some(Self { micros, currency })
        } else {
            None
        }
    }

    /// An amount in plain decimal digits, such as `0.05` or `-12`. What is smaller than a millionth
    /// is left out. `None` for anything else, an exponent among it.
    #[must_use]
    pub fn parse(decimal: &str, currency: Currency) -> Option<Self> {
        let (negative, digits) = match decimal.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, decimal),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let fits = |text: &str, longest: usize| {
            (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        if !fits(whole, LONGEST_WHOLE) || !fits(fraction, LONGEST_FRACTION) {
            return None;
        }
        let fraction: String = fraction.chars().chain("000000".chars()).take(6).collect();
        let micros = whole.parse::<i64>().ok()? * WHOLE + fraction.parse::<i64>().ok()?;
        Self::from_micros(if negative { -micros } else { micros }, currency)
    }

    /// The amount in millionths.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.micros
    }

    /// What it is counted in.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }
}

/// `0.05 GBP`: as many digits as it takes.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.micros < 0 { "-" } else { "" };
        let micros = self.micros.unsigned_abs();
        let whole = WHOLE.unsigned_abs();
        let written = format!("{}.{:06}", micros / whole, micros % whole);
        let written = written.trim_end_matches('0').trim_end_matches('.');
        write!(f, "{sign}{written} {}", self.currency.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(decimal: &str) -> Option<i64> {
        Money::parse(decimal, Currency::Usd).map(Money::micros)
    }

    #[test]
    fn an_amount_is_read_to_a_millionth() {
        let table = [
            ("0", Some(0)),
            ("1", Some(1_000_000)),
            ("0.05", Some(50_000)),
            ("12.345678", Some(12_345_678)),
            ("12.3456789", Some(12_345_678)),
            ("0.30000000000000004", Some(300_000)),
            ("-3.5", Some(-3_500_000)),
            ("-0.000001", Some(-1)),
            ("999999999.999999", Some(999_999_999_999_999)),
            ("1000000000", None),
            ("1e3", None),
            ("1e-7", None),
            ("", None),
            ("-", None),
            (".5", None),
            ("5.", None),
            ("--1", None),
            ("+1", None),
            ("1 000", None),
            ("1,5", None),
            ("٣", None),
            ("NaN", None),
            ("0x10", None),
            ("0.000000000000000000001", None),
        ];
        for (decimal, expected) in table {
            assert_eq!(micros(decimal), expected, "{decimal:?}");
        }
    }

    #[test]
    fn a_billion_is_too_much() {
        let end = 1_000_000_000_000_000;
        for (micros, fits) in [(end - 1, true), (end, false), (i64::MIN, false)] {
            let money = Money::from_micros(micros, Currency::Eur);
            assert_eq!(money.is_some(), fits, "{micros}");
        }
    }

    #[test]
    fn it_is_written_as_it_is_read() {
        for (decimal, currency) in [
            ("0", Currency::Credits),
            ("1", Currency::Credits),
            ("0.05", Currency::Gbp),
            ("-12.5", Currency::Eur),
            ("20", Currency::Usd),
        ] {
            let money = Money::parse(decimal, currency).unwrap();
            assert_eq!(money.to_string(), format!("{decimal} {}", currency.word()));
        }
    }

    #[test]
    fn every_currency_is_found_by_its_word() {
        for currency in Currency::ALL {
            assert_eq!(Currency::of_word(currency.word()), Some(currency));
        }
        for word in ["", "usd", "CHF", "API "] {
            assert_eq!(Currency::of_word(word), None, "{word:?}");
        }
    }
}
