//! What is done to somebody's account.

use rusqlite::Transaction;
use simgate_domain::attempts::{CodeTries, CodesClosed, Limits};
use simgate_domain::{AccountAct, Role, Timestamp};

use super::super::fault::Fault;
use super::super::sign_in::forget_passwords;
use super::super::table::channel_word;
use super::super::table::users::One;
use super::super::table::{number_changes, numbers, record, recovery_codes, users};
use super::list::is_last_admin;
use super::{role_of, row};
use crate::entry::Entry;
use crate::people::{Actor, PersonAnswer, PersonChange, Seen};

impl PersonChange {
    fn act(&self) -> AccountAct {
        match self {
            Self::Approve => AccountAct::Approve,
            Self::Disable => AccountAct::Disable,
            Self::Enable => AccountAct::Enable,
            Self::Unlock => AccountAct::Unlock,
            Self::ResetPassword(_) => AccountAct::ResetPassword,
            Self::Channel(_) => AccountAct::ChangeChannel,
            Self::Role(_) => AccountAct::ChangeRole,
            Self::Delete => AccountAct::Delete,
        }
    }

    /// Whether it takes the person's recovery codes away: it is how another admin makes a kit worthless
    /// that is in other hands.
    fn takes_kit(&self) -> bool {
        match self {
            Self::Disable | Self::ResetPassword(_) | Self::Role(_) | Self::Delete => true,
            Self::Approve | Self::Enable | Self::Unlock | Self::Channel(_) => false,
        }
    }

    /// Whether it would leave everything as it is.
    fn is_idle(&self, one: &One) -> bool {
        match self {
            Self::Channel(channel) => *channel == one.row.channel,
            Self::Role(role) => *role == one.row.role,
            Self::Approve
            | Self::Disable
            | Self::Enable
            | Self::Unlock
            | Self::ResetPassword(_)
            | Self::Delete => false,
        }
    }
}

pub(super) fn change(
    tx: &Transaction,
    on: Seen,
    change: &PersonChange,
    by: Actor,
    limits: Limits,
    entry: Entry,
) -> Result<PersonAnswer, Fault> {
    let (user, now) = (on.user, entry.at);
    let act = change.act();
    let one = match actable(tx, on, act, by, limits, now)? {
        Ok(one) => one,
        Err(answer) => return Ok(answer),
    };
    let Some(after) = act.after(one.row.state).filter(|_| !change.is_idle(&one)) else {
        return Ok(PersonAnswer::Unfitting);
    };
    let mut last = row(tx, user, limits, now)?;
    let of = (user, &one.row.name);
    // Before somebody goes, so that the record knows the name of who is gone.
    record::add(tx, with_detail(entry, change, &one))?;
    if change.takes_kit() {
        recovery_codes::remove(tx, user)?;
    }
    match change {
        PersonChange::Approve | PersonChange::Disable | PersonChange::Enable => {
            users::set_standing(tx, of, after, one.row.role, act.ends_session())?;
        }
        PersonChange::Role(role) => {
            users::set_standing(tx, of, after, *role, act.ends_session())?;
        }
        PersonChange::Unlock => {
            forget_passwords(tx, user, one.row.name.clone())?;
            users::set_tries(tx, user, CodeTries::default())?;
            users::touch(tx, user)?;
        }
        PersonChange::ResetPassword(password) => {
            forget_passwords(tx, user, one.row.name.clone())?;
            users::set_one_time(tx, user, password)?;
        }
        PersonChange::Channel(channel) => users::set_channel(tx, user, *channel)?,
        PersonChange::Delete => {
            forget_passwords(tx, user, one.row.name.clone())?;
            number_changes::remove(tx, user)?;
            numbers::disown(tx, &one.number, user)?;
            users::remove(tx, user, &one.row.name)?;
        }
    }
    if *change != PersonChange::Delete {
        last = row(tx, user, limits, now)?;
    }
    Ok(PersonAnswer::Done(last))
}

/// The entry, with what it was and what it is now.
fn with_detail(entry: Entry, change: &PersonChange, one: &One) -> Entry {
    let detail = match change {
        PersonChange::Role(role) => Some(format!("role {} {role}", one.row.role)),
        PersonChange::Channel(channel) => {
            let (from, to) = (channel_word(one.row.channel), channel_word(*channel));
            Some(format!("channel {from} {to}"))
        }
        PersonChange::Approve
        | PersonChange::Disable
        | PersonChange::Enable
        | PersonChange::Unlock
        | PersonChange::ResetPassword(_)
        | PersonChange::Delete => None,
    };
    Entry {
        detail: entry.detail.or(detail),
        ..entry
    }
}

/// The person, if whoever acts may do this to them, having seen what they saw.
pub(super) fn actable(
    tx: &Transaction,
    on: Seen,
    act: AccountAct,
    by: Actor,
    limits: Limits,
    now: Timestamp,
) -> Result<Result<One, PersonAnswer>, Fault> {
    let Some(role) = role_of(tx, by)?.filter(|role| *role >= act.least_role()) else {
        return Ok(Err(PersonAnswer::NotAllowed));
    };
    let Some(one) = users::one(tx, on.user)? else {
        return Ok(Err(PersonAnswer::Gone));
    };
    if one.row.version != on.version {
        return Ok(Err(PersonAnswer::Outdated(row(tx, on.user, limits, now)?)));
    }
    // A supervisor looks after staff, not after those who are their own equals or above.
    let beneath = role == Role::Admin || one.row.role < role;
    let for_admins = one.tries.open(limits, now) == Err(CodesClosed::NeedsAdmin);
    if !beneath || (for_admins && role < Role::Admin) {
        return Ok(Err(PersonAnswer::NotAllowed));
    }
    if act.may_shut_out() {
        if is_last_admin(tx, &one.row)? {
            return Ok(Err(PersonAnswer::LastAdmin));
        }
        if by.user() == Some(on.user) {
            return Ok(Err(PersonAnswer::Yourself));
        }
    }
    Ok(Ok(one))
}
