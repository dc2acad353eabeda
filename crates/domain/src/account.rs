//! What is true of somebody's account, and what may be done to it.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::role::Role;

/// How long a one-time password is taken.
pub const ONE_TIME_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// Whether somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountState {
    /// They registered, and wait for approval: no SIM check is made for them and no code is sent.
    Pending,
    /// They may.
    Active,
    /// They may not, until an admin enables them.
    Disabled,
}

/// Who may register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RegistrationMode {
    /// Whoever registers may sign in at once.
    Open,
    /// Whoever registers waits for approval.
    #[default]
    ByApproval,
    /// Nobody: people are added by an admin.
    Closed,
}

/// What is done to somebody's account by somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountAct {
    /// Lets a person sign in who registered.
    Approve,
    /// Keeps a person out.
    Disable,
    /// Lets a person in again.
    Enable,
    /// Forgets the tries that locked a person.
    Unlock,
    /// Gives a person a one-time password in place of theirs.
    ResetPassword,
    /// Changes how codes are sent.
    ChangeChannel,
    /// Changes what a person may do.
    ChangeRole,
    /// Changes where codes are sent.
    ChangeNumber,
    /// Takes the account away.
    Delete,
}

impl AccountAct {
    /// Every act.
    pub const ALL: [Self; 9] = [
        Self::Approve,
        Self::Disable,
        Self::Enable,
        Self::Unlock,
        Self::ResetPassword,
        Self::ChangeChannel,
        Self::ChangeRole,
        Self::ChangeNumber,
        Self::Delete,
    ];

    /// The least role that may do it.
    #[must_use]
    pub const fn least_role(self) -> Role {
        match self {
            // Who helps people that were stopped; a lock that only an admin opens is another matter.
            Self::Approve | Self::Unlock => Role::Supervisor,
            Self::Disable
            | Self::Enable
            | Self::ResetPassword
            | Self::ChangeChannel
            | Self::ChangeRole
            | Self::ChangeNumber
            | Self::Delete => Role::Admin,
        }
    }

    /// The state after it, from this one; `None` where it does not follow from it.
    #[must_use]
    pub const fn after(self, state: AccountState) -> Option<AccountState> {
        use AccountState::{Active, Disabled, Pending};
        match (self, state) {
            (Self::Approve, Pending) | (Self::Enable, Disabled) => Some(Active),
            (Self::Disable, Pending | Active) => Some(Disabled),
            // A code goes to the new number, and none goes to anybody who may not sign in.
            (Self::Approve, Active | Disabled)
            | (Self::Enable, Pending | Active)
            | (Self::Disable, Disabled)
            | (Self::ChangeNumber, Pending | Disabled) => None,
            (
                Self::Unlock
                | Self::ResetPassword
                | Self::ChangeChannel
                | Self::ChangeRole
                | Self::ChangeNumber
                | Self::Delete,
                state,
            ) => Some(state),
        }
    }

    /// Whether whatever the person is in the middle of ends by it, a live session included.
    #[must_use]
    pub const fn ends_session(self) -> bool {
        match self {
            Self::Disable
            | Self::ResetPassword
            | Self::ChangeRole
            | Self::ChangeNumber
            | Self::Delete => true,
            Self::Approve | Self::Enable | Self::Unlock | Self::ChangeChannel => false,
        }
    }

    /// Whether, done to an admin, it may leave nobody who can sign in and look after the rest. It is
    /// not done to the last admin, and nobody does it to themself.
    #[must_use]
    pub const fn may_shut_out(self) -> bool {
        match self {
            Self::Disable | Self::ResetPassword | Self::ChangeRole | Self::Delete => true,
            Self::Approve
            | Self::Enable
            | Self::Unlock
            | Self::ChangeChannel
            | Self::ChangeNumber => false,
        }
    }
}

/// The word is none of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not such a word")]
pub struct NotAWord;

macro_rules! words {
    ($name:ident: $($variant:ident = $word:literal),+) => {
        impl $name {
            /// Every one of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word for it, in the database, in files and in the contract with the page. Words
            /// are never changed, only added.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl FromStr for $name {
            type Err = NotAWord;

            fn from_str(word: &str) -> Result<Self, NotAWord> {
                let found = Self::ALL.iter().find(|known| known.word() == word);
                found.copied().ok_or(NotAWord)
            }
        }
    };
}

words!(AccountState: Pending = "pending", Active = "active", Disabled = "disabled");
words!(RegistrationMode: Open = "open", ByApproval = "by_approval", Closed = "closed");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for state in AccountState::ALL {
            assert_eq!(state.to_string().parse(), Ok(*state));
        }
        for mode in RegistrationMode::ALL {
            assert_eq!(mode.to_string().parse(), Ok(*mode));
        }
        assert_eq!("Active".parse::<AccountState>(), Err(NotAWord));
        assert_eq!("".parse::<RegistrationMode>(), Err(NotAWord));
    }

    #[test]
    fn which_state_follows_from_which() {
        use AccountState::{Active, Disabled, Pending};
        let table = [
            (AccountAct::Approve, [Some(Active), None, None]),
            (AccountAct::Disable, [Some(Disabled), Some(Disabled), None]),
            (AccountAct::Enable, [None, None, Some(Active)]),
            (AccountAct::ChangeNumber, [None, Some(Active), None]),
        ];
        for (act, after) in table {
            let found = [Pending, Active, Disabled].map(|state| act.after(state));
            assert_eq!(found, after, "{act:?}");
        }
        for act in AccountAct::ALL {
            let listed = table.iter().any(|(known, _)| *known == act);
            if !listed {
                for state in AccountState::ALL {
                    assert_eq!(act.after(*state), Some(*state), "{act:?} leaves the state");
                }
            }
        }
    }

    #[test]
    fn nothing_that_shuts_out_is_a_supervisors() {
        for act in AccountAct::ALL {
            assert!(act.least_role() >= Role::Supervisor, "{act:?}");
            if act.may_shut_out() || act.ends_session() {
                assert_eq!(act.least_role(), Role::Admin, "{act:?}");
            }
        }
    }
}
