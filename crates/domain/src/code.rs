//! The one-time code that a person types.

use zeroize::Zeroizing;

/// Six to ten ASCII digits: Twilio Verify allows four to ten, and fewer than six are too few (NIST SP
/// 800-63B-4, 3.1.3.2). Wiped when dropped; it has neither
/// `Debug` nor `Display`, so it cannot be printed.
pub struct OneTimeCode(Zeroizing<String>);

/// Why what was typed is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing but spaces.
    #[error("no code was typed")]
    Empty,
    /// Not six to ten ASCII digits.
    #[error("a code is 6 to 10 digits")]
    Malformed,
}

impl OneTimeCode {
    /// The code in `typed`. Spaces and hyphens are passed over, as people copy them from messages.
    ///
    /// # Errors
    /// [`CodeError`], which does not repeat what was typed.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        // Ten digits with a separator after each is the longest that could be meant.
        const LONGEST: usize = 64;
        if typed.len() > LONGEST {
            return Err(CodeError::Malformed);
        }
        let digits: Zeroizing<String> = Zeroizing::new(
            typed
                .chars()
                .filter(|c| !matches!(c, ' ' | '-' | '\u{a0}' | '\t' | '\n' | '\r'))
                .collect(),
        );
        if digits.is_empty() {
            return Err(CodeError::Empty);
        }
        if !(6..=10).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeError::Malformed);
        }
        Ok(Self(digits))
    }

    /// The digits, for the vendor that checks them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_people_paste() {
        for typed in ["123456", " 123 456 ", "123-456", "123\u{a0}456\n"] {
            let code = OneTimeCode::parse(typed).ok();
            assert_eq!(
                code.as_ref().map(OneTimeCode::reveal),
                Some("123456"),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn refuses_what_no_vendor_should_see() {
        let long = "1".repeat(1_000_000);
        let table = [
            ("", CodeError::Empty),
            (" - ", CodeError::Empty),
            ("12345", CodeError::Malformed),
            ("12345678901", CodeError::Malformed),
            ("١٢٣٤٥٦", CodeError::Malformed),
            ("１２３４５６", CodeError::Malformed),
            ("1 OR 1", CodeError::Malformed),
            ("12345&To=x", CodeError::Malformed),
            (long.as_str(), CodeError::Malformed),
        ];
        for (typed, error) in table {
            assert_eq!(OneTimeCode::parse(typed).err(), Some(error));
        }
    }
}
