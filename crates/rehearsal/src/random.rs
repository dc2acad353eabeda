//! Randomness from the operating system, shaped as the vendors shape it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Random bytes of the operating system.
///
/// A machine that could give none would have failed long before, when it drew its own keys.
fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A Twilio SID: the two letters of its kind and 32 lower-case hexadecimal digits.
pub(crate) fn sid(kind: &str) -> String {
    bytes::<16>().iter().fold(kind.to_owned(), |mut sid, byte| {
        // Writing to a String cannot fail.
        let _ = write!(sid, "{byte:02x}");
        sid
    })
}

/// A token of 256 bits that may stand in a header and in a form.
pub(crate) fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// A code of so many digits, each code as likely as any other.
pub(crate) fn code(digits: usize) -> String {
    std::iter::repeat_with(digit).take(digits).collect()
}

fn digit() -> char {
    loop {
        let [drawn] = bytes();
        // Above the last whole ten the low digits would come up more often.
        if drawn < 250 {
            return char::from(b'0' + drawn % 10);
        }
    }
}

/// A version 4 UUID, as tru.ID names its checks.
pub(crate) fn uuid() -> String {
    uuid::Builder::from_random_bytes(bytes())
        .into_uuid()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_is_its_kind_and_32_hexadecimal_digits() {
        let sid = sid("VE");
        assert_eq!(sid.len(), 34);
        assert!(sid.starts_with("VE"));
        assert!(sid[2..].bytes().all(|b| b.is_ascii_hexdigit()));
    }

    #[test]
    fn a_code_has_its_digits_and_is_not_always_the_same() {
        let codes: Vec<String> = (0..20).map(|_| code(6)).collect();
        for code in &codes {
            assert!(
                code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()),
                "{code}"
            );
        }
        assert!(codes.iter().any(|code| code != &codes[0]));
        assert_eq!(code(10).len(), 10);
    }
}
