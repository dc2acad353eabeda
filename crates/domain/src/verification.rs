//! The vendor's name for one code on its way.

use std::fmt;

/// The SID of a Twilio verification: `VE` and 32 hexadecimal digits. Bound to one number until it
/// is approved, canceled or ten minutes old.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct VerificationSid(String);

/// The text is no verification's SID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a verification SID")]
pub struct NotAVerificationSid;

impl VerificationSid {
    /// The SID in a vendor's answer or in the database.
    ///
    /// # Errors
    /// [`NotAVerificationSid`] if it has another shape.
    pub fn parse(text: &str) -> Result<Self, NotAVerificationSid> {
        match text.strip_prefix("VE") {
            Some(hex) if hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit()) => {
                Ok(Self(text.to_owned()))
            }
            Some(_) | None => Err(NotAVerificationSid),
        }
    }

    /// The whole SID, for the vendor and the database.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for VerificationSid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerificationSid(VE..{})", &self.0[30..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documented_form_passes() {
        let digits = "0123456789abcdefABCDEF0123456789";
        assert!(VerificationSid::parse(&format!("VE{digits}")).is_ok());
        for wrong in [
            String::new(),
            digits.to_owned(),
            format!("VA{digits}"),
            format!("ve{digits}"),
            format!("VE{digits}0"),
            format!("VE{}", &digits[1..]),
            format!("VE{}g", &digits[1..]),
            format!("VE{}/", &digits[1..]),
            format!("VE{}\u{e9}", &digits[2..]),
        ] {
            assert!(VerificationSid::parse(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn debug_shows_its_end_only() {
        let sid = VerificationSid::parse("VE0123456789abcdef0123456789abcdef");
        assert_eq!(
            sid.map(|sid| format!("{sid:?}")),
            Ok("VerificationSid(VE..cdef)".to_owned())
        );
    }
}
