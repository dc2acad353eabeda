//! A change of somebody's number: the new one has to prove itself as any number does.

use rusqlite::{Connection, Transaction};
use simgate_domain::attempts::{CodeTries, Limits};
use simgate_domain::{AccountAct, PhoneNumber, SignInId, UserId};

use super::super::fault::Fault;
use super::super::sign_in::{approved, current_member};
use super::super::table::number_changes::Change;
use super::super::table::users::Member;
use super::super::table::{meta, number_changes, numbers, record, users};
use super::act::actable;
use super::row;
use crate::entry::Entry;
use crate::people::{Actor, NumberAnswer, NumberProof, PersonAnswer, Seen};
use crate::store::Closed;

pub(super) fn begin(
    tx: &Transaction,
    on: Seen,
    (id, number): (SignInId, PhoneNumber),
    by: Actor,
    limits: Limits,
    entry: Entry,
) -> Result<NumberAnswer, Fault> {
    let (user, now) = (on.user, entry.at);
    let act = AccountAct::ChangeNumber;
    let one = match actable(tx, on, act, by, limits, now)? {
        Ok(one) => one,
        Err(answer) => return Ok(NumberAnswer::Not(answer)),
    };
    if act.after(one.row.state).is_none() {
        return Ok(NumberAnswer::Not(PersonAnswer::Unfitting));
    }
    let blinded = meta::blind_number(tx, &number)?;
    if blinded == one.number {
        return Ok(NumberAnswer::Same);
    }
    if users::has_number(tx, &blinded, Some(user))? {
        return Ok(NumberAnswer::Taken);
    }
    numbers::see(tx, &blinded, now)?;
    let entry = with_detail(entry, &one.row.number, &number);
    let change = Change {
        id,
        seen: on.version,
        number,
        blinded,
    };
    number_changes::begin(tx, user, &change, now)?;
    record::add(tx, entry)?;
    Ok(NumberAnswer::Done(row(tx, user, limits, now)?))
}

pub(super) fn finish(
    tx: &Transaction,
    proof: &NumberProof,
    by: Actor,
    limits: Limits,
    entry: Entry,
) -> Result<NumberAnswer, Fault> {
    let (user, now) = (proof.user, entry.at);
    let under_way = number_changes::of(tx, user)?.filter(|change| change.id == proof.change);
    let Some(change) = under_way else {
        return Ok(NumberAnswer::Superseded);
    };
    let act = AccountAct::ChangeNumber;
    let seen = Seen {
        user,
        version: change.seen,
    };
    let one = match actable(tx, seen, act, by, limits, now)? {
        Ok(one) => one,
        Err(answer) => return Ok(NumberAnswer::Not(answer)),
    };
    if !proof.clearance.verifies() {
        return Err(Fault::Call("a number was proved on another clearance"));
    }
    if one.tries.in_a_row == 0 {
        return Err(Fault::Call("a code was approved that was never counted"));
    }
    let owner = numbers::read(tx, &change.blinded)?.owner;
    let elsewhere = owner.is_some_and(|owner| owner != user);
    if elsewhere || users::has_number(tx, &change.blinded, Some(user))? {
        return Ok(NumberAnswer::Taken);
    }
    numbers::disown(tx, &one.number, user)?;
    users::set_number(tx, user, &change.number, &change.blinded)?;
    users::set_tries(tx, user, CodeTries::default())?;
    numbers::set_verified(tx, &change.blinded, user, now)?;
    numbers::note_approved(tx, &change.blinded, now)?;
    numbers::forget_pending(tx, &proof.sid)?;
    number_changes::remove(tx, user)?;
    record::add(tx, with_detail(entry, &one.row.number, &change.number))?;
    Ok(NumberAnswer::Done(row(tx, user, limits, now)?))
}

/// The entry, with the last digits of the number that was and of the one to come.
fn with_detail(entry: Entry, from: &PhoneNumber, to: &PhoneNumber) -> Entry {
    let detail = format!("number ..{} ..{}", from.ending(), to.ending());
    Entry {
        detail: entry.detail.or(Some(detail)),
        ..entry
    }
}

pub(super) fn give_up(tx: &Transaction, user: UserId, id: SignInId) -> Result<(), Fault> {
    if number_changes::of(tx, user)?.is_some_and(|change| change.id == id) {
        number_changes::remove(tx, user)?;
    }
    Ok(())
}

/// The person whom a check is made for or a code is sent to, with the number it is about: in their
/// one sign-in their own, in a change of their number the new one.
pub(in super::super) fn addressed_member(
    connection: &Connection,
    user: UserId,
    id: SignInId,
) -> Result<Result<Member, Closed>, Fault> {
    let change = number_changes::of(connection, user)?.filter(|change| change.id == id);
    let Some(change) = change else {
        return current_member(connection, user, id);
    };
    let member = users::member(connection, user)?;
    let changing = member.filter(|member| member.version == change.seen);
    Ok(changing
        .ok_or(Closed::AccountChanged)
        .and_then(approved)
        .map(|member| Member {
            number: change.blinded,
            ..member
        }))
}
