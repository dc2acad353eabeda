//! Usernames: one canonical form, used by every lookup and index.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name somebody signs in with.
///
/// The letters a to z with or without accents, digits, and `.`, `-`, `_` between them; 3 to 32
/// characters. Shown in lower case, so that no capital `I` passes for an `l`; looked up without
/// accents, so that `José` and `jose` are one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username {
    shown: String,
    canonical: String,
}

/// Why what was typed is no username.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsernameError {
    /// Nothing was typed.
    #[error("no name was typed")]
    Empty,
    /// Fewer than 3 characters.
    #[error("a name has at least 3 characters")]
    TooShort,
    /// More than 32 characters.
    #[error("a name has at most 32 characters")]
    TooLong,
    /// A sign that names do not have, or one at the beginning or end that belongs between letters.
    #[error("a name has letters, digits, and dots, hyphens and underscores between them")]
    Characters,
    /// A letter or sign that passes for another: other scripts, full-width forms, invisible signs.
    #[error("a name has Latin letters only")]
    LookAlike,
}

impl Username {
    /// The name in `typed`; white space around it is passed over.
    ///
    /// # Errors
    /// [`UsernameError`], which does not repeat what was typed: it may be a password.
    pub fn parse(typed: &str) -> Result<Self, UsernameError> {
        // Each of 32 characters may be typed as a letter and a few accents of 2 bytes each.
        const LONGEST: usize = 32 * 8;
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(UsernameError::Empty);
        }
        if typed.len() > LONGEST {
            return Err(UsernameError::TooLong);
        }
        let (shown, canonical) = if typed.is_ascii() {
            plain(typed)?
        } else {
            accented(typed)?
        };
        match canonical.len() {
            0..3 => return Err(UsernameError::TooShort),
            3..=32 => {}
            33.. => return Err(UsernameError::TooLong),
        }
        let joint = |c: char| matches!(c, '.' | '-' | '_');
        if canonical.starts_with(joint) || canonical.ends_with(joint) {
            return Err(UsernameError::Characters);
        }
        Ok(Self { shown, canonical })
    }

    /// The name as it is shown.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The name as it is looked up: lower-case ASCII letters, digits and joints.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// What the name looks like at a glance. No two people may share it: `a1ice` and `alice`,
    /// `rn` and `m`, `b_c` and `b-c` are told apart by nobody.
    #[must_use]
    pub fn skeleton(&self) -> String {
        let glance: String = self
            .canonical
            .chars()
            .map(|c| match c {
                '1' => 'l',
                '0' => 'o',
                '.' | '_' => '-',
                other => other,
            })
            .collect();
        glance.replace("rn", "m").replace("vv", "w")
    }
}

/// The shown and the canonical form of what may have accents.
fn accented(typed: &str) -> Result<(String, String), UsernameError> {
    let shown: String = typed.nfc().flat_map(char::to_lowercase).nfc().collect();
    let canonical = shown.chars().map(base).collect::<Result<_, _>>()?;
    Ok((shown, canonical))
}

/// What [`accented`] comes to in ASCII. Most names are, and lists read them by the hundred.
fn plain(typed: &str) -> Result<(String, String), UsernameError> {
    let shown = typed.to_ascii_lowercase();
    if shown.bytes().all(|byte| base(char::from(byte)).is_ok()) {
        Ok((shown.clone(), shown))
    } else {
        Err(UsernameError::Characters)
    }
}

/// The ASCII letter, digit or joint under a character's accents.
pub(crate) fn base(c: char) -> Result<char, UsernameError> {
    if c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_') {
        return Ok(c);
    }
    if c.is_ascii() {
        return Err(UsernameError::Characters);
    }
    let mut parts = std::iter::once(c).nfd();
    match parts.next() {
        Some(letter) if letter.is_ascii_lowercase() && parts.all(is_combining_mark) => Ok(letter),
        Some(_) | None => Err(UsernameError::LookAlike),
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(typed: &str) -> Result<String, UsernameError> {
        Username::parse(typed).map(|name| name.canonical)
    }

    #[test]
    fn one_person_has_one_canonical_form() {
        for typed in [
            "jose.ruiz",
            "José.Ruiz",
            "JOSE\u{301}.RUIZ",
            "  jose.ruiz\t",
        ] {
            assert_eq!(canonical(typed).as_deref(), Ok("jose.ruiz"), "{typed:?}");
        }
    }

    #[test]
    fn the_short_way_for_ascii_comes_to_the_same() {
        for c in '\0'..='\x7f' {
            let typed = format!("a{c}B{c}");
            assert_eq!(plain(&typed), accented(&typed), "{typed:?}");
        }
    }

    #[test]
    fn look_alikes_are_refused() {
        let table = [
            ("jоse", "Cyrillic о"),
            ("ｊｏｓｅ", "full width"),
            ("ᴮᴵᴳbird", "superscript"),
            ("dotless\u{131}", "dotless i"),
            ("zero\u{200b}width", "zero width space"),
            ("right\u{202e}left", "direction override"),
            ("ﬁnance", "ligature"),
            ("Σίσυφος", "Greek"),
            ("kelvin\u{212a}\u{200d}", "joiner"),
        ];
        for (typed, why) in table {
            assert_eq!(canonical(typed), Err(UsernameError::LookAlike), "{why}");
        }
    }

    #[test]
    fn names_have_bounds() {
        use UsernameError::{Characters, Empty, TooLong, TooShort};
        let table = [
            ("", Empty),
            ("  ", Empty),
            ("ab", TooShort),
            (&"a".repeat(33), TooLong),
            (&"a".repeat(1_000_000), TooLong),
            ("two words", Characters),
            ("<script>", Characters),
            ("a\0b", Characters),
            (".abc", Characters),
            ("abc-", Characters),
            ("=cmd", Characters),
        ];
        for (typed, error) in table {
            assert_eq!(
                canonical(typed),
                Err(error),
                "{:?}",
                typed.get(..9).unwrap_or(typed)
            );
        }
        assert!(canonical(&"a".repeat(32)).is_ok());
    }

    #[test]
    fn what_looks_the_same_has_one_skeleton() {
        let skeleton = |typed| Username::parse(typed).map(|name| name.skeleton());
        for (one, other) in [
            ("alice", "a1ice"),
            ("morn.k", "mom-k"),
            ("bob0", "bobo"),
            ("wim", "vvim"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} and {other}");
        }
        assert_ne!(skeleton("anna"), skeleton("hanna"));
    }

    #[test]
    fn canonical_form_is_stable_over_every_character() {
        for c in '\0'..=char::MAX {
            if let Ok(name) = Username::parse(&format!("ab{c}ba")) {
                assert_eq!(
                    canonical(&name.canonical).as_ref(),
                    Ok(&name.canonical),
                    "{c:?}"
                );
                assert_eq!(
                    canonical(&name.shown).as_ref(),
                    Ok(&name.canonical),
                    "{c:?}"
                );
                assert!(name.canonical.is_ascii(), "{c:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn parsing_anything_ends(typed in "\\PC{0,40}") {
            if let Ok(name) = Username::parse(&typed) {
                prop_assert_eq!(Username::parse(name.shown()), Ok(name.clone()));
                prop_assert_eq!(Username::parse(name.canonical()).map(|n| n.canonical), Ok(name.canonical));
            }
        }
    }
}
