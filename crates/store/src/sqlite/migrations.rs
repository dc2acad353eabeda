//! The versions of the tables.
//!
//! Three dozen lines instead of refinery, because refinery 0.10 needs Rust 1.92 and SIMgate builds
//! with 1.90. The rules are the same: what was shipped is never edited, not even its white space
//! (the schema of an opened file is compared with it letter by letter), and each step is done
//! altogether or not at all.

use rusqlite::{Connection, TransactionBehavior};
use simgate_record::SealKey;

use super::fault::Fault;
use super::record::seal;
use super::table::{
    checks, meta, name_parts, name_tries, number_changes, numbers, record, record_anchor,
    record_names, record_seals, recovery_codes, rules, sends, sessions, settings, users,
};
use crate::error::OpenError;

/// The steps from each version to the next, as `PRAGMA user_version` counts them.
const MIGRATIONS: [&[&str]; 11] = [
    &[
        meta::CREATE,
        numbers::CREATE,
        users::CREATE,
        name_tries::CREATE,
        sends::CREATE,
        record::CREATE,
        sessions::CREATE,
        settings::CREATE,
    ],
    &[numbers::VERIFIED, users::UNVERIFIED, checks::CREATE],
    &[users::ROLE],
    &[sessions::OTHER_CLEARANCES],
    &[
        sessions::OUTLIVES_ITS_ENTRY,
        record_names::CREATE,
        record_seals::CREATE,
        record_anchor::CREATE,
        record::SEALED,
        record::MOVED,
    ],
    &[settings::VERSION],
    &[users::ACCOUNTS, name_parts::CREATE],
    &[number_changes::CREATE, meta::SET_UP],
    &[rules::CREATE],
    &[recovery_codes::CREATE],
    &[users::TRIED],
];

/// The version from which the record is sealed.
pub(super) const SEALED: u32 = 5;

/// Brings the tables from whatever version they have to the newest. The key may be left out where the
/// record is sealed already.
pub(super) fn migrate(connection: &mut Connection, key: Option<&SealKey>) -> Result<(), OpenError> {
    while steps_from(version(connection)?)?.is_some() {
        step(connection, key)?;
    }
    Ok(())
}

/// Refuses a file whose tables, indexes, triggers and views are not, to the letter, those that
/// SIMgate made at that version, and those that are `besides` them.
pub(super) fn check_schema(connection: &Connection, besides: &[&str]) -> Result<(), OpenError> {
    let found = version(connection)?;
    steps_from(found)?;
    let mut made = Connection::open_in_memory().map_err(Fault::from)?;
    while version(&made)? < found {
        step(&mut made, None)?;
    }
    for sql in besides {
        made.execute_batch(sql).map_err(Fault::from)?;
    }
    if schema(connection)? == schema(&made)? {
        Ok(())
    } else {
        let what = "its tables are not those that SIMgate made";
        Err(OpenError::Damaged(what.to_owned()))
    }
}

pub(super) fn version(connection: &Connection) -> Result<u32, Fault> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version)
}

fn steps_from(version: u32) -> Result<Option<&'static [&'static str]>, OpenError> {
    let known = MIGRATIONS.len();
    match usize::try_from(version) {
        Ok(version) if version < known => Ok(Some(MIGRATIONS[version])),
        Ok(version) if version == known => Ok(None),
        Ok(_) | Err(_) => Err(OpenError::Newer {
            found: version,
            known: u32::try_from(known).unwrap_or(u32::MAX),
        }),
    }
}

/// One version further, unless another program has just done it. Without a key the record is not
/// sealed, which does for tables that are only looked at.
pub(super) fn step(connection: &mut Connection, key: Option<&SealKey>) -> Result<(), OpenError> {
    let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
    let transaction = begun.map_err(Fault::from)?;
    let from = version(&transaction)?;
    let Some(steps) = steps_from(from)? else {
        return Ok(());
    };
    for sql in steps {
        transaction.execute_batch(sql).map_err(Fault::from)?;
    }
    if from == 0 {
        meta::fill(&transaction)?;
    }
    if let (SEALED, Some(key)) = (from + 1, key) {
        seal::begin(&transaction, key)?;
    }
    transaction
        .pragma_update(None, "user_version", from + 1)
        .and_then(|()| transaction.commit())
        .map_err(Fault::from)?;
    Ok(())
}

type Object = (String, String, String, Option<String>);

fn schema(connection: &Connection) -> Result<Vec<Object>, Fault> {
    let mut statement = connection
        .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")?;
    let objects = statement.query_map((), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    Ok(objects.collect::<Result<_, _>>()?)
}
