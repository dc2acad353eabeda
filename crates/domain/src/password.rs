//! Passwords: what may be typed, and what may be chosen.
//!
//! The rules are those of NIST SP 800-63B-4, 3.1.1.2: length and a check against what is easily
//! guessed, no rules of composition, every character counted once, nothing cut off.

use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::one_time::OneTimePassword;

/// Characters (Unicode code points after NFC) that a chosen password has at least.
pub const SHORTEST: usize = 15;
/// Bytes that a typed password has at most; longer ones are refused before any hashing.
pub const LONGEST_BYTES: usize = 1024;
/// The zxcvbn score (0 to 4) from which a password is not easily guessed.
const LOWEST_SCORE: u8 = 3;
/// Characters that are looked at for how easily they are guessed. What zxcvbn has to try grows with
/// the square of them, and a beginning that is hard to guess makes the whole no easier.
const RATED: usize = 40;

/// A password as typed, in NFC, so that two keyboards type the same one. Wiped when dropped; it
/// has neither `Debug` nor `Display`, so it cannot be printed.
pub struct Password(Zeroizing<String>);

/// A password that was found good enough to be someone's new one.
pub struct NewPassword(Password);

/// Why a password cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Nothing was typed.
    #[error("no password was typed")]
    Empty,
    /// Fewer than [`SHORTEST`] characters.
    #[error("a password has at least {SHORTEST} characters")]
    TooShort,
    /// More than [`LONGEST_BYTES`] bytes.
    #[error("a password has at most {LONGEST_BYTES} bytes")]
    TooLong,
    /// Easily guessed.
    #[error("the password is easily guessed")]
    Guessable,
}

/// What can be said of a password while it is being chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// Characters, as the rule counts them.
    pub length: usize,
    /// zxcvbn's score, 0 (guessed at once) to 4 (not in years).
    pub score: u8,
    /// Why it would be refused, if it would.
    pub problem: Option<PasswordError>,
}

impl Password {
    /// The password that was typed.
    ///
    /// # Errors
    /// [`PasswordError::Empty`] or [`PasswordError::TooLong`].
    pub fn typed(text: &str) -> Result<Self, PasswordError> {
        if text.is_empty() {
            return Err(PasswordError::Empty);
        }
        if text.len() > LONGEST_BYTES {
            return Err(PasswordError::TooLong);
        }
        // NFC can lengthen a text by a factor of 3 at most (UAX #15); no reallocation leaves a copy.
        let mut nfc = Zeroizing::new(String::with_capacity(text.len() * 3));
        nfc.extend(text.nfc());
        Ok(Self(nfc))
    }

    /// The bytes to be hashed, all of them.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// How good it would be as a new password of the person whose words these are. May take some
    /// tenths of a second, where letters are written as signs.
    #[must_use]
    pub fn rate(&self, own_words: &[&str]) -> Rating {
        let length = self.0.chars().count();
        let words: Vec<&str> = own_words.iter().copied().chain(HOUSE_WORDS).collect();
        let end = self.0.char_indices().nth(RATED).map(|(end, _)| end);
        let beginning = &self.0[..end.unwrap_or(self.0.len())];
        let score = u8::from(zxcvbn::zxcvbn(beginning, &words).score());
        let problem = if length < SHORTEST {
            Some(PasswordError::TooShort)
        } else if score < LOWEST_SCORE || is_made_of(&self.0, &words) {
            Some(PasswordError::Guessable)
        } else {
            None
        };
        Rating {
            length,
            score,
            problem,
        }
    }

    /// The same as a new password, if it is good enough.
    ///
    /// # Errors
    /// [`PasswordError::TooShort`] or [`PasswordError::Guessable`].
    pub fn choose(self, own_words: &[&str]) -> Result<NewPassword, PasswordError> {
        match self.rate(own_words).problem {
            Some(problem) => Err(problem),
            None => Ok(NewPassword(self)),
        }
    }
}

/// A one-time password is as good as randomness makes it, and chosen by nobody.
impl From<&OneTimePassword> for NewPassword {
    fn from(one_time: &OneTimePassword) -> Self {
        Self(one_time.into())
    }
}

impl From<&OneTimePassword> for Password {
    fn from(one_time: &OneTimePassword) -> Self {
        Self(Zeroizing::new(one_time.shown().to_owned()))
    }
}

impl NewPassword {
    /// The password itself, to be hashed.
    #[must_use]
    pub fn password(&self) -> &Password {
        &self.0
    }
}

/// Words that a guesser would try first here.
const HOUSE_WORDS: [&str; 5] = [
    "simgate",
    "simcheck",
    "verify",
    "password",
    // Known to every guesser, and to zxcvbn four words that nobody would put together.
    "correcthorsebatterystaple",
];

/// Whether the password is nothing but one of the words, repeated or with digits and signs around,
/// or nothing but a number of the person's, repeated. zxcvbn cuts long passwords off, and does not
/// know a number by its digits, and so would let some of these pass.
fn is_made_of(password: &str, words: &[&str]) -> bool {
    let repeats = |of: fn(char) -> bool, shortest: usize| {
        let mut own: String = password.to_lowercase().chars().filter(|c| of(*c)).collect();
        let made = words.iter().any(|word| {
            let word: String = word.to_lowercase().chars().filter(|c| of(*c)).collect();
            word.len() >= shortest && !own.is_empty() && own.replace(&word, "").is_empty()
        });
        own.zeroize();
        made
    };
    let no_letters = !password.chars().any(char::is_alphabetic);
    repeats(char::is_alphabetic, 3) || (no_letters && repeats(|c| c.is_ascii_digit(), 6))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem(text: &str) -> Option<PasswordError> {
        let own = ["maria.lopez", "07700 900123", "+447700900123"];
        match Password::typed(text) {
            Ok(password) => password.rate(&own).problem,
            Err(error) => Some(error),
        }
    }

    /// What comes after the fortieth character makes a guessable beginning no better: looking at all of
    /// a long one would take seconds where letters are written as signs.
    #[test]
    fn the_beginning_is_what_is_rated() {
        let beginning = "password".repeat(5);
        assert_eq!(problem(&beginning), Some(PasswordError::Guessable));
        let longer = format!("{beginning}kelp-violin-749");
        assert_eq!(problem(&longer), Some(PasswordError::Guessable));
        assert_eq!(problem(&format!("kelp-violin-749{beginning}")), None);
        let signs = "4@8({[<3691!|1l0$57+%2".repeat(40);
        assert_eq!(problem(&signs), None);
    }

    #[test]
    fn length_is_counted_in_characters() {
        use PasswordError::{Empty, TooLong, TooShort};
        let emoji = "🦀🚪📱🏦🧾🌂🎈🧊🪁🧲🥝🪶🎻🧭🛶";
        assert_eq!(emoji.chars().count(), 15);
        let long: String = (0..128u8)
            .map(|i| char::from(b'a' + (i.wrapping_mul(37) % 26)))
            .collect();
        let table = [
            ("", Some(Empty)),
            ("a", Some(TooShort)),
            ("kelp-violin-7", Some(TooShort)),
            ("kelp-violin-74", Some(TooShort)),
            ("kelp-violin-749", None),
            (emoji, None),
            (&long, None),
            (&"é".repeat(513), Some(TooLong)),
            (&"x".repeat(10_000_000), Some(TooLong)),
        ];
        for (text, expected) in table {
            assert_eq!(
                problem(text),
                expected,
                "{} characters",
                text.chars().count()
            );
        }
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for text in [
            "passwordpassword",
            "maria.lopezmaria.lopez",
            "Maria.Lopez123456",
            "SIMgateSIMgateSIMgate",
            "123456789012345",
            "qwertyuiopasdfgh",
            "aaaaaaaaaaaaaaaaaaaa",
            "simgate!!!simgate!!!",
            "               ",
        ] {
            assert_eq!(problem(text), Some(PasswordError::Guessable), "{text}");
        }
    }

    #[test]
    fn a_word_of_ones_own_inside_a_longer_phrase_is_no_reason() {
        assert_eq!(problem("maria keeps nine purple anvils"), None);
    }

    #[test]
    fn composed_and_decomposed_are_one_password_and_nothing_more() {
        let bytes = |text| Password::typed(text).map(|p| p.bytes().to_vec());
        assert_eq!(
            bytes("caf\u{e9} con leche y pan"),
            bytes("cafe\u{301} con leche y pan")
        );
        assert_ne!(bytes("\u{fb01}n de la jornada"), bytes("fin de la jornada"));
        assert_ne!(bytes("ａbc"), bytes("abc"));
    }

    #[test]
    fn nothing_is_cut_off() {
        for length in [72, 73, 80, 128, 1000] {
            let one = "x".repeat(length) + "1";
            let other = "x".repeat(length) + "2";
            let bytes = |text: &str| Password::typed(text).map(|p| p.bytes().to_vec());
            assert_ne!(bytes(&one), bytes(&other), "{length}");
        }
        let with_nul = Password::typed("before\0after").map(|p| p.bytes().len());
        assert_eq!(with_nul, Ok(12));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        /// No rules of composition: one class of characters is enough, if it is long.
        #[test]
        fn one_class_is_enough(text in prop_oneof!["[0-9]{18,30}", "[a-z]{15,30}", "[\u{4e00}-\u{9fff}]{15,30}"]) {
            let distinct = text.chars().collect::<std::collections::HashSet<_>>().len();
            prop_assume!(distinct > 7);
            prop_assert_eq!(problem(&text), None);
        }
    }
}
