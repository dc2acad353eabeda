//! The transactions of codes: sending one, trying one, and the session that a right one opens.

use rusqlite::Transaction;
use simgate_domain::attempts::{CodeTries, Limits};
use simgate_domain::{SignInId, Timestamp, UserId, VerificationSid};

use super::fault::Fault;
use super::people::addressed_member;
use super::rules::{Budget, warn};
use super::sign_in::{current_member, open_member};
use super::table::sends::Addressee;
use super::table::{numbers, record, sends, sessions, users};
use crate::entry::Entry;
use crate::store::{Closed, CodeAttempt, Grant, GrantAnswer, SendReservation, Session};

pub(super) fn reserve_send(
    tx: &Transaction,
    user: UserId,
    sign_in: SignInId,
    limits: Limits,
    now: Timestamp,
) -> Result<SendReservation, Fault> {
    let member = match open_member(tx, user, sign_in, limits, now)? {
        Ok(member) => member,
        Err(closed) => return Ok(SendReservation::Closed(closed)),
    };
    let number = numbers::read(tx, &member.number)?;
    let to = Addressee {
        number: &member.number,
        user,
        sign_in,
    };
    let before = sends::history(tx, to, number.approved, limits, now)?;
    if let Err(limit) = before.may_send(limits, now) {
        let next = before.next_send(limits, now);
        return Ok(SendReservation::Limited { limit, next });
    }
    sends::add(tx, to, now)?;
    warn(tx, Budget::Codes, limits, now)?;
    let after = sends::history(tx, to, number.approved, limits, now)?;
    let of_another = number.pending.filter(|&(_, of)| of != sign_in);
    Ok(SendReservation::Reserved {
        stale: of_another.map(|(sid, _)| sid),
        next: after.next_send(limits, now),
    })
}

/// A code was sent, whether or not the sign-in has been closed meanwhile: it is noted either way.
pub(super) fn note_sent(
    tx: &Transaction,
    user: UserId,
    sign_in: SignInId,
    sid: &VerificationSid,
    entry: Entry,
) -> Result<(), Fault> {
    let number = match addressed_member(tx, user, sign_in)? {
        Ok(member) => member.number,
        Err(_closed) => {
            let member = users::member(tx, user)?;
            member
                .ok_or(Fault::Call("a code was sent to nobody"))?
                .number
        }
    };
    numbers::note_pending(tx, &number, sid, sign_in, entry.at)?;
    record::add(tx, entry)?;
    Ok(())
}

pub(super) fn reserve_attempt(
    tx: &Transaction,
    user: UserId,
    sign_in: SignInId,
    limits: Limits,
    now: Timestamp,
) -> Result<CodeAttempt, Fault> {
    let member = match addressed_member(tx, user, sign_in)? {
        Ok(member) => member,
        Err(closed) => return Ok(CodeAttempt::Closed(closed)),
    };
    match member.tries.reserve(limits, now) {
        Ok(reserved) => {
            users::set_tries(tx, user, reserved)?;
            Ok(CodeAttempt::Reserved)
        }
        Err(closed) => Ok(CodeAttempt::Closed(Closed::Codes(closed))),
    }
}

pub(super) fn give_back_attempt(
    tx: &Transaction,
    user: UserId,
    sign_in: SignInId,
) -> Result<(), Fault> {
    match addressed_member(tx, user, sign_in)? {
        Ok(member) => users::set_tries(tx, user, member.tries.give_back()),
        Err(_closed) => Ok(()),
    }
}

/// Whether codes are open is not asked again: this code's own try was reserved while they were,
/// and may be the one that closed them. Nobody else's can have, for only the person's one current
/// sign-in reserves any.
pub(super) fn grant_session(
    tx: &Transaction,
    grant: &Grant,
    entry: Entry,
) -> Result<GrantAnswer, Fault> {
    let now = entry.at;
    let member = match current_member(tx, grant.user, grant.sign_in)? {
        Ok(member) => member,
        Err(closed) => return Ok(GrantAnswer::Closed(closed)),
    };
    if sessions::is_spent(tx, grant)? {
        users::set_tries(tx, grant.user, member.tries.give_back())?;
        return Ok(GrantAnswer::Spent);
    }
    let owner = numbers::read(tx, &member.number)?.owner;
    if owner.is_some_and(|owner| owner != grant.user) {
        users::set_tries(tx, grant.user, member.tries.give_back())?;
        return Ok(GrantAnswer::NumberTaken);
    }
    if member.tries.in_a_row == 0 {
        return Err(Fault::Call("a code was approved that was never counted"));
    }

    let session = session(tx, grant.user, member.one_time)?;
    users::note_sign_in(tx, grant.user, now)?;
    users::set_tries(tx, grant.user, CodeTries::default())?;
    // Whoever holds a SIM that was just changed, or of which nobody could tell, may be a thief: the
    // number is not yet theirs.
    if grant.clearance.verifies() {
        numbers::set_verified(tx, &member.number, grant.user, now)?;
    }
    numbers::note_approved(tx, &member.number, now)?;
    numbers::forget_pending(tx, &grant.sid)?;
    let seq = record::add(tx, entry)?;
    sessions::add(tx, seq, grant, now)?;
    Ok(GrantAnswer::Granted(session))
}

/// What the counter shows of the time before.
pub(super) fn session(tx: &Transaction, user: UserId, one_time: bool) -> Result<Session, Fault> {
    let before = sessions::last(tx, user)?;
    let since = before.as_ref().map_or(0, |(seq, _)| *seq);
    let passwords = record::failed_passwords(tx, user, since)?;
    let codes = record::failed_codes(tx, user, since)?;
    Ok(Session {
        last: before.map(|(_, last)| last),
        failed_passwords: passwords.count,
        failed_codes: codes.count,
        last_failure: passwords.last.max(codes.last),
        must_choose_password: one_time,
    })
}
