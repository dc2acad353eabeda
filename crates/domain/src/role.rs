//! What a person is here for.

use std::fmt;
use std::str::FromStr;

/// What somebody may do once they are signed in. A greater role may all that a lesser one may.
///
/// It says nothing before that: every role passes the same gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Works at the counter.
    Staff,
    /// Also helps staff who were stopped.
    Supervisor,
    /// Also sets SIMgate up and looks after its people.
    Admin,
}

/// The word names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is staff, supervisor or admin")]
pub struct NotARole;

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 3] = [Self::Staff, Self::Supervisor, Self::Admin];

    /// The word for it, in the database, in files and in the contract with the page. Words are
    /// never changed, only added.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Reads the very word that [`Role::word`] gives.
impl FromStr for Role {
    type Err = NotARole;

    fn from_str(word: &str) -> Result<Self, NotARole> {
        let role = Self::ALL.into_iter().find(|role| role.word() == word);
        role.ok_or(NotARole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greater_role_may_more() {
        assert!(Role::Staff < Role::Supervisor && Role::Supervisor < Role::Admin);
        assert!(Role::ALL.is_sorted());
    }

    #[test]
    fn a_word_reads_back_and_no_other_does() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        for word in ["", "Admin", " admin", "root", "staff\0"] {
            assert_eq!(word.parse::<Role>(), Err(NotARole), "{word:?}");
        }
    }
}
