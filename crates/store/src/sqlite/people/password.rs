//! The password that a person chooses themself.

use rusqlite::Transaction;
use simgate_domain::{SignInId, UserId};

use super::super::fault::Fault;
use super::super::sign_in::{current_member, forget_passwords};
use super::super::table::{record, sessions, users};
use crate::entry::Entry;
use crate::store::Closed;

pub(super) fn choose(
    tx: &Transaction,
    user: UserId,
    sign_in: SignInId,
    hash: &str,
    entry: Entry,
) -> Result<Result<(), Closed>, Fault> {
    let member = match current_member(tx, user, sign_in)? {
        Ok(member) => member,
        Err(closed) => return Ok(Err(closed)),
    };
    // The password alone, with no SIM check and no code, changes nothing.
    if !sessions::was_granted(tx, user, sign_in)? {
        return Ok(Err(Closed::AccountChanged));
    }
    forget_passwords(tx, user, member.name)?;
    users::set_own_password(tx, user, hash)?;
    record::add(tx, entry)?;
    Ok(Ok(()))
}
