//! The transactions of names, passwords and sign-ins.

use rusqlite::{Connection, Transaction};
use simgate_domain::attempts::{self, Limits, PasswordTries};
use simgate_domain::{AccountState, NumberStanding, Role, SignInId, Timestamp, UserId, Username};

use super::fault::Fault;
use super::people::addressed_member;
use super::rules::{Budget, warn};
use super::table::numbers::Number;
use super::table::sends::Addressee;
use super::table::users::Member;
use super::table::{checks, meta, name_tries, numbers, record, sends, sessions, users};
use crate::entry::{Act, Entry, Who};
use crate::store::{
    CheckReservation, Closed, Live, NameTried, NewUser, PasswordAttempt, Registration,
};

pub(super) fn reserve_password_attempt(
    tx: &Transaction,
    name: &NameTried,
    limits: Limits,
    now: Timestamp,
) -> Result<PasswordAttempt, Fault> {
    let account = match name {
        NameTried::Name(name) => users::account(tx, name, meta::latest_now(tx)?)?,
        NameTried::Unreadable(_) => None,
    };
    let blinded = meta::blind_name(tx, name)?;
    let tries: PasswordTries = name_tries::read(tx, &blinded)?;
    let locked = match tries.reserve(limits, now) {
        Ok(reserved) => {
            name_tries::write(tx, &blinded, account.is_some(), reserved)?;
            // Nobody's are noted too, so that the time it takes tells nothing.
            users::note_passwords(tx, account.as_ref().map(|account| account.user), reserved)?;
            None
        }
        Err(locked) => Some(locked),
    };
    Ok(PasswordAttempt { account, locked })
}

pub(super) fn begin(
    tx: &Transaction,
    (user, seen): (UserId, u32),
    sign_in: SignInId,
    rehashed: Option<&str>,
    limits: Limits,
    entry: Entry,
) -> Result<Result<(), Closed>, Fault> {
    let member = users::member(tx, user)?.filter(|member| member.version == seen);
    let Some(member) = member.filter(|member| member.state != AccountState::Disabled) else {
        return Ok(Err(Closed::AccountChanged));
    };
    // It was right, whatever else keeps the person out: they do not lock their own name.
    forget_passwords(tx, user, member.name.clone())?;
    let member = match approved(member) {
        Ok(member) => member,
        Err(closed) => return Ok(Err(closed)),
    };
    if let Err(closed) = member.tries.open(limits, entry.at) {
        return Ok(Err(Closed::Codes(closed)));
    }
    users::set_current(tx, user, sign_in)?;
    if let Some(hash) = rehashed {
        users::set_password_hash(tx, user, hash)?;
    }
    record::add(tx, entry)?;
    Ok(Ok(()))
}

pub(super) fn register(
    tx: &Transaction,
    new: &NewUser,
    limits: Limits,
    entry: Entry,
) -> Result<Registration, Fault> {
    let now = entry.at;
    let done = users::recent_registrations(tx, limits, now)?;
    let refused = record::recent_refused_registrations(tx, now)?;
    if let Err(locked) = attempts::may_register(&done, &refused, limits, now) {
        return Ok(Registration::TooMany(locked));
    }
    if users::is_taken(tx, &new.name)? {
        let refusal = Entry {
            who: Who::Program,
            sign_in: None,
            act: Act::RegistrationRefused,
            cause: Some("name_taken"),
            ..entry
        };
        record::add(tx, refusal)?;
        return Ok(Registration::NameTaken);
    }
    add_registered(tx, new, Role::Staff, now)?;
    record::add(tx, entry)?;
    Ok(Registration::Done)
}

pub(super) fn add_registered(
    tx: &Transaction,
    new: &NewUser,
    role: Role,
    now: Timestamp,
) -> Result<(), Fault> {
    let number = meta::blind_number(tx, &new.number)?;
    numbers::see(tx, &number, now)?;
    users::add(tx, new, role, &number, now)?;
    // Tries against a name that was nobody's say nothing of the person who has it now.
    let name = NameTried::Name(new.name.clone());
    name_tries::forget(tx, &meta::blind_name(tx, &name)?)
}

pub(super) fn live(
    tx: &Transaction,
    user: UserId,
    sign_in: SignInId,
    limits: Limits,
    now: Timestamp,
) -> Result<Result<Live, Closed>, Fault> {
    let member = match open_member(tx, user, sign_in, limits, now)? {
        Ok(member) => member,
        Err(closed) => return Ok(Err(closed)),
    };
    let number = numbers::read(tx, &member.number)?;
    let to = Addressee {
        number: &member.number,
        user,
        sign_in,
    };
    for budget in [Budget::Codes, Budget::Checks] {
        warn(tx, budget, limits, now)?;
    }
    Ok(Ok(Live {
        standing: standing(&number),
        latest_now: meta::latest_now(tx)?,
        may_send: sends::history(tx, to, number.approved, limits, now)?.may_send(limits, now),
        may_check: checks::history(tx, &member.number, user, limits, now)?.may_check(limits, now),
    }))
}

/// What the SIM policy is told of a number.
pub(super) fn standing(number: &Number) -> NumberStanding {
    if number.verified_at.is_some() {
        NumberStanding::Verified
    } else {
        NumberStanding::NeverVerified {
            first_seen: number.first_seen,
        }
    }
}

pub(super) fn reserve_check(
    tx: &Transaction,
    user: UserId,
    sign_in: SignInId,
    limits: Limits,
    now: Timestamp,
) -> Result<CheckReservation, Fault> {
    let member = match open_member(tx, user, sign_in, limits, now)? {
        Ok(member) => member,
        Err(closed) => return Ok(CheckReservation::Closed(closed)),
    };
    let before = checks::history(tx, &member.number, user, limits, now)?;
    if let Err(limit) = before.may_check(limits, now) {
        return Ok(CheckReservation::Limited(limit));
    }
    checks::add(tx, &member.number, user, now)?;
    warn(tx, Budget::Checks, limits, now)?;
    Ok(CheckReservation::Reserved)
}

pub(super) fn resume(
    tx: &Transaction,
    user: UserId,
    given_up: SignInId,
    session: SignInId,
    entry: Entry,
) -> Result<bool, Fault> {
    let current = current_member(tx, user, given_up)?.is_ok();
    if !current || !sessions::was_granted(tx, user, session)? {
        return Ok(false);
    }
    users::set_current(tx, user, session)?;
    record::add(tx, entry)?;
    Ok(true)
}

pub(super) fn is_current(
    connection: &Connection,
    user: UserId,
    sign_in: SignInId,
) -> Result<bool, Fault> {
    Ok(current_member(connection, user, sign_in)?.is_ok())
}

/// Forgets the passwords tried against a person's name.
pub(super) fn forget_passwords(
    tx: &Transaction,
    user: UserId,
    name: Username,
) -> Result<(), Fault> {
    name_tries::forget(tx, &meta::blind_name(tx, &NameTried::Name(name))?)?;
    users::note_passwords(tx, Some(user), PasswordTries::default())
}

/// The person, if they may sign in.
pub(super) fn approved(member: Member) -> Result<Member, Closed> {
    match member.state {
        AccountState::Active => Ok(member),
        AccountState::Pending => Err(Closed::NotApproved),
        AccountState::Disabled => Err(Closed::AccountChanged),
    }
}

/// The person, if this is still their one sign-in, or the change of their number, and codes are
/// open to them.
pub(super) fn open_member(
    connection: &Connection,
    user: UserId,
    sign_in: SignInId,
    limits: Limits,
    now: Timestamp,
) -> Result<Result<Member, Closed>, Fault> {
    let member = addressed_member(connection, user, sign_in)?;
    Ok(
        member.and_then(|member| match member.tries.open(limits, now) {
            Ok(()) => Ok(member),
            Err(closed) => Err(Closed::Codes(closed)),
        }),
    )
}

/// The person, if this is still their one sign-in.
pub(super) fn current_member(
    connection: &Connection,
    user: UserId,
    sign_in: SignInId,
) -> Result<Result<Member, Closed>, Fault> {
    let Some(member) = users::member(connection, user)? else {
        return Ok(Err(Closed::AccountChanged));
    };
    Ok(approved(member).and_then(|member| {
        let current = member.current == Some(sign_in);
        current.then_some(member).ok_or(Closed::AccountChanged)
    }))
}
