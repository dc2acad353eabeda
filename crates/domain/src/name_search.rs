//! Finding a name by the beginning of any of its parts.

use unicode_normalization::UnicodeNormalization;

use crate::username::{Username, base};

/// What separates the parts, whichever of `.`, `-` and `_` the name has.
const JOINT: char = '-';

/// The beginning of a part of a name: `lop` finds `maria.lopez`, and so does `López` `maria_lopez`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameBeginning(String);

/// No name has a part that begins so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no name begins so")]
pub struct NoName;

impl NameBeginning {
    /// What was typed, as names are looked up: without accents, in lower case, blanks read as joints.
    /// `None` where nothing was typed.
    ///
    /// # Errors
    /// [`NoName`] where it has a sign that no name has, or is longer than any name.
    pub fn parse(typed: &str) -> Result<Option<Self>, NoName> {
        const LONGEST: usize = 32;
        let typed = typed.trim();
        if typed.len() > LONGEST * 8 {
            return Err(NoName);
        }
        let lower = typed.nfc().flat_map(char::to_lowercase).nfc();
        let letters = lower.map(|c| {
            if c == ' ' {
                Ok(JOINT)
            } else {
                base(c).map(joined)
            }
        });
        let text: String = letters.collect::<Result<_, _>>().map_err(|_| NoName)?;
        let text = text.trim_start_matches(JOINT);
        match text.len() {
            0 => Ok(None),
            1..=LONGEST => Ok(Some(Self(text.to_owned()))),
            _ => Err(NoName),
        }
    }

    /// The first text, in the order of [`parts`], that may begin so.
    #[must_use]
    pub fn first(&self) -> &str {
        &self.0
    }

    /// The first text after all those that begin so.
    #[must_use]
    pub fn end(&self) -> String {
        let mut end = self.0.clone();
        // The sign after `z`, the greatest that a name has, is `{`: every sign here has a next one.
        let next = end
            .pop()
            .and_then(|last| char::from_u32(u32::from(last) + 1));
        end.extend(next);
        end
    }

    /// Whether the name has a part that begins so.
    #[must_use]
    pub fn finds(&self, name: &Username) -> bool {
        self.first_in(&whole(name)).is_some()
    }

    /// Whether this is the first part of the name that begins so.
    #[must_use]
    pub fn finds_first(&self, part: &str, name: &Username) -> bool {
        self.first_in(&whole(name)) == Some(part)
    }

    fn first_in<'a>(&self, whole: &'a str) -> Option<&'a str> {
        let parts = rests(whole).filter(|part| part.starts_with(&self.0));
        parts.min()
    }
}

/// What a name can be found by: itself, and the rest of it after each joint.
#[must_use]
pub fn parts(name: &Username) -> Vec<String> {
    rests(&whole(name)).map(str::to_owned).collect()
}

/// The name with one joint for all three.
fn whole(name: &Username) -> String {
    let name = name.canonical();
    let mut whole = String::with_capacity(name.len());
    whole.extend(name.chars().map(joined));
    whole
}

/// The whole, and the rest of it after each joint, but for what is between two.
fn rests(whole: &str) -> impl Iterator<Item = &str> {
    let starts = whole.match_indices(JOINT).map(|(at, _)| at + 1);
    let rests = std::iter::once(0).chain(starts).map(|at| &whole[at..]);
    rests.filter(|rest| !rest.starts_with(JOINT))
}

fn joined(c: char) -> char {
    match c {
        '.' | '_' => JOINT,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(typed: &str) -> Username {
        Username::parse(typed).expect("a name")
    }

    fn finds(typed: &str, whose: &str) -> bool {
        let beginning = NameBeginning::parse(typed).expect("a beginning");
        beginning.expect("something typed").finds(&name(whose))
    }

    #[test]
    fn a_name_is_found_by_the_beginning_of_each_part() {
        assert_eq!(
            parts(&name("Maria.López-garcía")),
            ["maria-lopez-garcia", "lopez-garcia", "garcia"]
        );
        assert_eq!(parts(&name("a..b")), ["a--b", "b"]);
        for typed in [
            "m",
            "MARIA",
            "lop",
            "López",
            "maria lop",
            "maria_lopez",
            " garcia ",
        ] {
            assert!(finds(typed, "maria.lopez-garcia"), "{typed}");
        }
        for typed in ["aria", "opez", "maria.garcia", "lopezz"] {
            assert!(!finds(typed, "maria.lopez-garcia"), "{typed}");
        }
    }

    #[test]
    fn what_no_name_has_finds_nothing() {
        for typed in [
            "%",
            "ma*",
            "о",
            "a\0",
            &"a".repeat(33),
            &"x".repeat(1_000_000),
        ] {
            assert_eq!(NameBeginning::parse(typed), Err(NoName));
        }
        for typed in ["", "  ", "-", ". "] {
            assert_eq!(NameBeginning::parse(typed), Ok(None));
        }
    }

    proptest! {
        /// The bounds hold exactly what begins so, for the database goes by them.
        #[test]
        fn the_bounds_are_the_matches(typed in "[a-z0-9-]{1,4}", other in "[a-z0-9-]{0,6}") {
            if let Ok(Some(beginning)) = NameBeginning::parse(&typed) {
                let within = other.as_str() >= beginning.first() && other < beginning.end();
                prop_assert_eq!(within, other.starts_with(beginning.first()));
            }
        }
    }
}
