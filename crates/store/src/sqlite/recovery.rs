//! The transactions of the kit.

use rusqlite::Transaction;
use simgate_domain::attempts::CodeTries;
use simgate_domain::{Role, SignInId, UserId};
use zeroize::Zeroizing;

use super::codes::session;
use super::fault::Fault;
use super::sign_in::current_member;
use super::table::{meta, record, recovery_codes, sessions, settings, users};
use crate::entry::{Act, Entry};
use crate::store::{KEY_TAG, NewKit, RecoveryAnswer};

pub(super) fn keep_kit(tx: &Transaction, kit: &NewKit, entry: Entry) -> Result<(), Fault> {
    let hashes = kit
        .codes
        .iter()
        .map(|code| meta::blind_recovery_code(tx, kit.user, code))
        .collect::<Result<Vec<_>, _>>()?;
    recovery_codes::replace(tx, kit.user, &hashes, entry.at)?;
    settings::write(tx, KEY_TAG, &kit.key_tag)?;
    record::add(tx, entry)?;
    Ok(())
}

/// As with a code, whether codes are open is not asked again: this one's own try was reserved while
/// they were.
pub(super) fn use_code(
    tx: &Transaction,
    user: UserId,
    sign_in: SignInId,
    code: &Zeroizing<[u8; 8]>,
    entry: Entry,
) -> Result<RecoveryAnswer, Fault> {
    let member = match current_member(tx, user, sign_in)? {
        Ok(member) => member,
        Err(closed) => return Ok(RecoveryAnswer::Closed(closed)),
    };
    if member.tries.in_a_row == 0 {
        return Err(Fault::Call(
            "a recovery code was typed that was never counted",
        ));
    }
    let hash = meta::blind_recovery_code(tx, user, code)?;
    // Nobody else has any: a role that was taken away takes them along.
    let is_admin = member.role == Role::Admin;
    if !(is_admin && recovery_codes::take(tx, user, &hash, entry.at)?) {
        let refused = Entry {
            act: Act::CodeWrong,
            cause: Some("recovery_code"),
            ..entry
        };
        record::add(tx, refused)?;
        return Ok(RecoveryAnswer::Refused);
    }
    let session = session(tx, user, member.one_time)?;
    users::set_tries(tx, user, CodeTries::default())?;
    users::note_sign_in(tx, user, entry.at)?;
    let left = recovery_codes::state(tx, user)?.codes_left;
    let (at, began) = (
        entry.at,
        Entry {
            act: Act::SignedIn,
            cause: Some("recovery_code"),
            ..entry.clone()
        },
    );
    record::add(
        tx,
        Entry {
            detail: Some(format!("left {left}")),
            ..entry
        },
    )?;
    let seq = record::add(tx, began)?;
    sessions::add_recovered(tx, seq, user, sign_in, at)?;
    Ok(RecoveryAnswer::Granted(session))
}
