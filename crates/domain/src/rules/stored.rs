//! The form in which rules are kept.

use serde::{Deserialize, Serialize};

use super::Rules;
use super::draft::Draft;

/// The one form there is. What is added or meant otherwise gets the next number, and a reader of
/// its own for each older one.
const FORMAT: u32 = 1;

/// What is kept are not rules that this program understands. It must not work by others in their
/// place: those could be looser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored rules are not understood")]
pub struct Unreadable;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored<D> {
    format: u32,
    rules: D,
}

impl Rules {
    /// The rules as text. The version is kept beside it.
    ///
    /// # Panics
    /// Never: there is nothing in them that JSON does not know.
    #[must_use]
    pub fn to_json(&self) -> String {
        let stored = Stored {
            format: FORMAT,
            rules: self.draft(),
        };
        serde_json::to_string(&stored).expect("numbers and words")
    }

    /// The rules that [`Rules::to_json`] wrote, as the version they had.
    ///
    /// # Errors
    /// [`Unreadable`] unless it is, letter by letter, what would be written now, and within the
    /// bounds.
    pub fn from_json(text: &str, version: u32) -> Result<Self, Unreadable> {
        let stored: Stored<Draft> = serde_json::from_str(text).map_err(|_| Unreadable)?;
        if stored.format != FORMAT {
            return Err(Unreadable);
        }
        let rules = stored.rules.check(version).map_err(|_| Unreadable)?;
        if rules.to_json() == text {
            Ok(rules)
        } else {
            Err(Unreadable)
        }
    }
}
