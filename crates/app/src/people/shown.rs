//! From what the store knows of a person to what is shown.

use simgate_domain::attempts::CodesClosed;
use simgate_domain::{AccountState, Role, SimPolicy, Timestamp, UserId};
use simgate_store::{Came, PasswordKind, PersonDetails};

use crate::contract::people::{CameView, PasswordState, PersonRow, PersonState, PersonView};
use crate::contract::words::RoleName;

impl From<&simgate_store::PersonRow> for PersonRow {
    fn from(row: &simgate_store::PersonRow) -> Self {
        Self {
            id: row.user.value().to_string(),
            username: row.name.shown().to_owned(),
            role: row.role.into(),
            state: row.state.into(),
            locked: row.locked,
            number_ending: row.number.ending().to_owned(),
            channel: row.channel.into(),
            password: row.password.into(),
            last_sign_in_at: row.last_sign_in.map(|at| at.to_string()),
            registered_at: row.registered_at.to_string(),
            version: row.version,
        }
    }
}

/// A person with all that is shown of them, to `looker`.
pub fn person(details: &PersonDetails, policy: &SimPolicy, looker: UserId) -> PersonView {
    let (codes_locked_until, needs_admin) = match details.codes_closed {
        Some(CodesClosed::Locked(locked)) => (Some(locked.until.to_string()), false),
        Some(CodesClosed::NeedsAdmin) => (None, true),
        None => (None, false),
    };
    PersonView {
        password_locked_until: details.password_lock.map(|lock| lock.until.to_string()),
        codes_locked_until,
        needs_admin,
        number_seen_at: details.number_seen.to_string(),
        verified_at: details.number_verified.map(|at| at.to_string()),
        grace_until: grace_until(details, policy).map(|until| until.to_string()),
        came: (&details.came).into(),
        failed_passwords: details.failed_passwords,
        failed_codes: details.failed_codes,
        yourself: details.row.user == looker,
        last_admin: details.last_admin,
        row: (&details.row).into(),
    }
}

/// The end of the grace of a number that is in it.
fn grace_until(details: &PersonDetails, policy: &SimPolicy) -> Option<Timestamp> {
    let until = details.number_seen.plus(policy.grace);
    let seen = details.latest_now.since(details.number_seen).is_some();
    let in_grace = details.number_verified.is_none() && seen && details.latest_now < until;
    in_grace.then_some(until)
}

impl From<&Came> for CameView {
    fn from(came: &Came) -> Self {
        let name =
            |by: &Option<simgate_domain::Username>| by.as_ref().map(|name| name.shown().to_owned());
        match came {
            Came::Registered => Self::Registered,
            Came::Added { by } => Self::Added { by: name(by) },
            Came::Imported { by } => Self::Imported { by: name(by) },
        }
    }
}

impl From<PasswordKind> for PasswordState {
    fn from(kind: PasswordKind) -> Self {
        match kind {
            PasswordKind::Absent => Self::Absent,
            PasswordKind::Own => Self::Own,
            PasswordKind::OneTime { until } => Self::OneTime {
                until: until.to_string(),
            },
        }
    }
}

impl From<AccountState> for PersonState {
    fn from(state: AccountState) -> Self {
        match state {
            AccountState::Pending => Self::Pending,
            AccountState::Active => Self::Active,
            AccountState::Disabled => Self::Disabled,
        }
    }
}

impl From<PersonState> for AccountState {
    fn from(state: PersonState) -> Self {
        match state {
            PersonState::Pending => Self::Pending,
            PersonState::Active => Self::Active,
            PersonState::Disabled => Self::Disabled,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Staff => Self::Staff,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Admin => Self::Admin,
        }
    }
}
