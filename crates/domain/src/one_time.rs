//! The password that an admin hands over: random, for one sign-in, and soon over.

use zeroize::{Zeroize, Zeroizing};

use crate::password::Password;

/// Digits and letters that cannot be taken for one another when read aloud (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs in a block.
const BLOCK: usize = 4;
/// Signs in all.
const SIGNS: usize = 20;

/// A one-time password: 100 random bits as five blocks such as `7F3K-Q90X-...`, so that it can be
/// read aloud. Wiped when dropped; it has neither `Debug` nor `Display`, so it cannot be printed by
/// accident.
pub struct OneTimePassword(Zeroizing<String>);

impl OneTimePassword {
    /// The password made of `random`, of which each byte gives five bits.
    #[must_use]
    pub fn from_random(random: &[u8; SIGNS]) -> Self {
        Self::of(random.iter().map(|byte| ALPHABET[usize::from(byte & 31)]))
    }

    /// The one that was typed, if what was typed has its form: lower case, `o` for `0`, `i` and `l`
    /// for `1`, and blanks and hyphens anywhere.
    #[must_use]
    pub fn read(typed: &Password) -> Option<Self> {
        let blank = |sign: &u8| matches!(sign, b' ' | b'-');
        let mut signs = Zeroizing::new([0; SIGNS]);
        let mut count = 0;
        for sign in typed.bytes().iter().filter(|sign| !blank(sign)) {
            let sign = match sign.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                sign => sign,
            };
            if !ALPHABET.contains(&sign) {
                return None;
            }
            *signs.get_mut(count)? = sign;
            count += 1;
        }
        (count == SIGNS).then(|| Self::of(signs.iter().copied()))
    }

    fn of(signs: impl Iterator<Item = u8>) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(SIGNS + SIGNS / BLOCK));
        for (place, mut sign) in signs.enumerate() {
            if place > 0 && place % BLOCK == 0 {
                text.push('-');
            }
            text.push(char::from(sign));
            sign.zeroize();
        }
        Self(text)
    }

    /// The password as it is shown, once, to whoever hands it over.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(text: &str) -> Password {
        Password::typed(text).expect("a password")
    }

    #[test]
    fn it_is_five_blocks_of_a_hundred_bits() {
        let one = OneTimePassword::from_random(&[0; SIGNS]);
        assert_eq!(one.shown(), "0000-0000-0000-0000-0000");
        let mut random = [31; SIGNS];
        random[0] = 1;
        random[19] = 0b1110_0010;
        let other = OneTimePassword::from_random(&random);
        assert_eq!(other.shown(), "1ZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZ2");
    }

    #[test]
    fn what_has_another_form_is_none() {
        for text in [
            "nine purple anvils hum",
            "7F3K-Q90X-0000-0000",
            "7F3K-Q90X-0000-0000-00000",
            "7F3K-Q90X-0000-0000-000U",
            "7F3K\u{2011}Q90X-0000-0000-0000",
        ] {
            assert!(OneTimePassword::read(&typed(text)).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_is_read_as_people_type_it(random: [u8; SIGNS]) {
            let one = OneTimePassword::from_random(&random);
            let said = one.shown().to_lowercase().replace('0', "o").replace('1', "l");
            for said in [one.shown(), &said, &said.replace('-', ""), &said.replace('-', " ")] {
                let read = OneTimePassword::read(&typed(said));
                prop_assert_eq!(read.as_ref().map(OneTimePassword::shown), Some(one.shown()));
            }
        }
    }
}
