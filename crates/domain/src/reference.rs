//! The short code a person reads out to an admin.

use std::fmt;
use std::str::FromStr;

/// Digits and letters that cannot be taken for one another when read aloud (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Four signs such as `7F3K`. Short enough to say, not unique for ever: an admin finds the newest
/// entries that carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference([u8; 4]);

/// The text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reference is four letters or digits")]
pub struct NotAReference;

impl Reference {
    /// The reference made of the low 20 bits of `random`.
    #[must_use]
    pub fn from_random(random: u32) -> Self {
        Self([15, 10, 5, 0].map(|shift| ALPHABET[(random >> shift) as usize & 31]))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|&sign| write!(f, "{}", sign as char))
    }
}

/// Reads a reference as people write it: lower case, `o` for `0`, `i` and `l` for `1`.
impl FromStr for Reference {
    type Err = NotAReference;

    fn from_str(written: &str) -> Result<Self, NotAReference> {
        let signs: Vec<u8> = written
            .trim()
            .bytes()
            .map(|b| match b.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                sign => sign,
            })
            .collect();
        let signs: [u8; 4] = signs.try_into().map_err(|_| NotAReference)?;
        if signs.iter().all(|sign| ALPHABET.contains(sign)) {
            Ok(Self(signs))
        } else {
            Err(NotAReference)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_reads_back(random: u32) {
            let reference = Reference::from_random(random);
            let said = reference.to_string().to_lowercase().replace('0', "o").replace('1', "l");
            prop_assert_eq!(said.parse(), Ok(reference));
        }
    }
}
