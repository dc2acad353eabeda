//! What a code costs.

use std::fmt;

/// The most that a code may be said to cost, in millionths: a hundred of any currency.
pub(super) const DEAREST_MICROS: u32 = 100_000_000;

/// What one code costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// In millionths of the currency.
    pub micros: u32,
    /// In what.
    pub currency: Currency,
}

/// A currency by its three letters (ISO 4217). Whether it is one of those in use is not looked at:
/// they come and go, and nothing here is paid in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency in these letters, capital or not; `None` unless there are three.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let letters: [u8; 3] = typed.trim().as_bytes().try_into().ok()?;
        let upper = letters.map(|letter| letter.to_ascii_uppercase());
        let all = upper.iter().all(u8::is_ascii_uppercase);
        all.then_some(Self(upper))
    }

    /// Its three letters.
    ///
    /// # Panics
    /// Never: they are letters.
    #[must_use]
    pub fn iso(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three letters")
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.iso())
    }
}
