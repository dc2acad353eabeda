//! The transactions of the rules, of the budgets they set, and of what they would do to somebody.

use rusqlite::{Connection, Transaction};
use simgate_domain::attempts::Limits;
use simgate_domain::{Role, Rules, SignInId, Timestamp, Username};
use uuid::Uuid;

use super::fault::Fault;
use super::people::may;
use super::sign_in;
use super::table::sends::Addressee;
use super::table::{checks, meta, name_tries, numbers, record, rules, sends, users};
use crate::entry::{Act, Entry, Who};
use crate::people::Actor;
use crate::rules::{Outlook, PasswordOutlook, RulesChange, Spent};
use crate::store::{NameTried, StoredPassword};

pub(super) fn set(
    tx: &Transaction,
    expected: u32,
    new: &Rules,
    by: Actor,
    entry: Entry,
) -> Result<RulesChange, Fault> {
    if !may(tx, by, Role::Admin)? {
        return Ok(RulesChange::NotAllowed);
    }
    let current = rules::newest(tx)?.map_or(0, |newest| newest.rules.version());
    if current != expected {
        return Ok(RulesChange::Outdated);
    }
    if new.version() != current + 1 {
        return Err(Fault::Call("rules are not the version after the last"));
    }
    rules::add(tx, new, entry.at, by.user())?;
    record::add(tx, entry)?;
    Ok(RulesChange::Done)
}

/// What is counted against a daily budget.
#[derive(Debug, Clone, Copy)]
pub(super) enum Budget {
    Codes,
    Checks,
}

/// Puts on record, once in 24 hours, that four fifths of a budget are spent.
pub(super) fn warn(
    tx: &Transaction,
    budget: Budget,
    limits: Limits,
    now: Timestamp,
) -> Result<(), Fault> {
    let (spent_since, cause) = match budget {
        Budget::Codes => {
            let at = Limits::warning_at(limits.code_budget);
            (sends::nth_last(tx, at, now)?, "codes")
        }
        Budget::Checks => {
            let at = Limits::warning_at(limits.check_budget);
            (checks::nth_last(tx, at, now)?, "sim_checks")
        }
    };
    if spent_since.is_some() && !record::warned_of(tx, cause, now)? {
        let entry = Entry {
            cause: Some(cause),
            ..Entry::new(now, Who::Program, Act::BudgetWarning)
        };
        record::add(tx, entry)?;
    }
    Ok(())
}

pub(super) fn spent(connection: &Connection, now: Timestamp) -> Result<Spent, Fault> {
    Ok(Spent {
        codes: sends::in_a_day(connection, now)?,
        checks: checks::in_a_day(connection, now)?,
    })
}

pub(super) fn outlook(
    connection: &Connection,
    name: Username,
    limits: Limits,
    now: Timestamp,
) -> Result<Option<Outlook>, Fault> {
    let latest_now = meta::latest_now(connection)?.max(now);
    let Some(account) = users::account(connection, &name, latest_now)? else {
        return Ok(None);
    };
    let user = account.user;
    let Some(member) = users::member(connection, user)? else {
        return Err(Fault::Row("a person is not found by their id"));
    };
    let blinded = meta::blind_name(connection, &NameTried::Name(name))?;
    let number = numbers::read(connection, &member.number)?;
    let to = Addressee {
        number: &member.number,
        user,
        // A sign-in that is yet to begin: nothing was sent in it.
        sign_in: SignInId::new(Uuid::nil()),
    };
    let sends = sends::history(connection, to, number.approved, limits, now)?;
    let checks = checks::history(connection, &member.number, user, limits, now)?;
    let tries = name_tries::read(connection, &blinded)?;
    Ok(Some(Outlook {
        name: account.name,
        role: account.role,
        state: account.state,
        password: match account.password {
            StoredPassword::Absent => PasswordOutlook::Absent,
            StoredPassword::OneTime { over: true, .. } => PasswordOutlook::Over,
            StoredPassword::Own(_) | StoredPassword::OneTime { over: false, .. } => {
                PasswordOutlook::Taken
            }
        },
        number: account.number,
        channel: account.channel,
        standing: sign_in::standing(&number),
        latest_now,
        locked: tries.reserve(limits, now).err(),
        codes: member.tries.open(limits, now),
        may_check: checks.may_check(limits, now),
        may_send: sends.may_send(limits, now),
    }))
}
