//! `record`, looked through: newest first by the time that entries bear, each way by an index.

use rusqlite::{Connection, OptionalExtension, Row};
use simgate_domain::{Reference, Timestamp, UserId};

use super::super::fault::Fault;
use super::in_order::InOrder;
use super::meta::Blinded;
use super::{place, seq_of, sign_in_of, user_bytes, user_of};
use crate::entry::{Act, Cost, Outcome};
use crate::record::{FoundEntry, Party, Place};

/// Entries that one reference finds.
const FOUND: i64 = 20;

/// What an index finds entries by.
#[derive(Debug, Clone)]
pub enum Lead {
    /// Nothing: all of them.
    All,
    /// What was done.
    Act(Act),
    /// That something was refused.
    Refused,
    /// A reference.
    Reference(Reference),
    /// Whom they are about.
    About(UserId),
    /// Whom they are about, and what was done.
    AboutAct(UserId, Act),
    /// Who did something that is about somebody else.
    By(UserId),
    /// The keyed hash of a name that nobody had.
    Name(Blinded),
}

/// An entry, and the keyed hash of the name that it is about, if nobody had it.
#[derive(Debug)]
pub struct Found {
    pub entry: FoundEntry,
    pub name_hash: Option<Blinded>,
}

impl Found {
    pub fn place(&self) -> Place {
        Place {
            at: self.entry.at,
            seq: self.entry.seq,
        }
    }
}

/// A query for whole entries: what they must be and in which order, and the index, where SQLite would
/// take a wider one.
macro_rules! select {
    ($where:literal) => {
        select!("", $where)
    };
    ($index:literal, $where:literal) => {
        concat!(
            "SELECT seq, at, reference, who_is, who, who_name, by_is, by_who, by_name, sign_in, act, \
             result, cause, detail, policy, check_id, cost, currency, name_hash, \
             NOT EXISTS (SELECT 1 FROM users WHERE id = who) AS who_gone, \
             NOT EXISTS (SELECT 1 FROM users WHERE id = by_who) AS by_gone \
             FROM record",
            $index,
            " WHERE ",
            $where
        )
    };
}

/// The same along an index, newest first: those before a place, from a time on.
macro_rules! along {
    ($where:literal) => {
        along!("", $where)
    };
    ($index:literal, $where:literal) => {
        concat!(
            select!($index, $where),
            " (at, seq) < (?1, ?2) AND at >= ?3 ORDER BY at DESC, seq DESC LIMIT ?4"
        )
    };
}

/// The query along a lead: before (?1, ?2), from ?3 on, at most ?4.
pub fn sql(lead: &Lead) -> &'static str {
    match lead {
        Lead::All => along!(""),
        Lead::Act(_) => along!("act = ?5 AND"),
        Lead::Refused => along!("result = 'refused' AND"),
        Lead::Reference(_) => along!("reference = ?5 AND"),
        Lead::About(_) => along!("who = ?5 AND"),
        Lead::AboutAct(..) => along!(" INDEXED BY record_who_act_at", "who = ?5 AND act = ?6 AND"),
        Lead::By(_) => along!("by_who = ?5 AND by_who IS NOT who AND"),
        Lead::Name(_) => along!("name_hash = ?5 AND"),
    }
}

/// One entry, and those with a reference.
pub const ENTRY: &str = select!("seq = ?1");
pub const WITH_REFERENCE: &str = select!("reference = ?1 ORDER BY at DESC, seq DESC LIMIT ?2");

/// The entries that a lead finds before `before`, from `from` on, newest first.
pub fn along(
    connection: &Connection,
    lead: &Lead,
    before: Place,
    from: i64,
    most: usize,
) -> Result<Vec<Found>, Fault> {
    // Times below and above all that a clock can show bound nothing.
    let (at, seq) = (before.at.as_micros(), place(before.seq)?);
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(sql(lead))?;
    for (number, bound) in (1..).zip([at, seq, from, limit]) {
        statement.raw_bind_parameter(number, bound)?;
    }
    match lead {
        Lead::All | Lead::Refused => {}
        Lead::Act(act) => statement.raw_bind_parameter(5, act.word())?,
        Lead::Reference(reference) => statement.raw_bind_parameter(5, reference.to_string())?,
        Lead::About(user) | Lead::By(user) => {
            statement.raw_bind_parameter(5, user_bytes(*user))?;
        }
        Lead::AboutAct(user, act) => {
            statement.raw_bind_parameter(5, user_bytes(*user))?;
            statement.raw_bind_parameter(6, act.word())?;
        }
        Lead::Name(hash) => statement.raw_bind_parameter(5, hash)?,
    }
    let mut rows = statement.raw_query();
    let mut found = Vec::with_capacity(most);
    while let Some(row) = rows.next()? {
        found.push(from_row(row)?);
    }
    Ok(found)
}

/// The entry at this place.
pub fn entry(connection: &Connection, seq: u64) -> Result<Option<FoundEntry>, Fault> {
    let found = connection
        .prepare_cached(ENTRY)?
        .query_row([place(seq)?], |row| Ok(from_row(row)))
        .optional()?
        .transpose()?;
    Ok(found.map(|found| found.entry))
}

/// The newest entries with this reference, newest first.
pub fn find(connection: &Connection, reference: Reference) -> Result<Vec<FoundEntry>, Fault> {
    let mut statement = connection.prepare_cached(WITH_REFERENCE)?;
    let mut rows = statement.query((reference.to_string(), FOUND))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(from_row(row)?.entry);
    }
    Ok(found)
}

fn from_row(row: &Row) -> Result<Found, Fault> {
    let mut row = InOrder::of(row);
    let seq = seq_of(row.take()?)?;
    let at = Timestamp::from_micros(row.take()?);
    let reference = row.take()?;
    let (who_is, who, who_name) = (row.word()?, row.take()?, row.take()?);
    let (by_is, by_who, by_name) = (row.word()?, row.take()?, row.take()?);
    let sign_in = row.take::<Option<_>>()?.map(sign_in_of);
    let (act, result) = (row.take()?, row.word()?);
    let (cause, detail) = (row.take()?, row.take()?);
    let (policy, check_id) = (row.take()?, row.take()?);
    let (cost, currency) = (row.take::<Option<i64>>()?, row.take::<Option<String>>()?);
    let name_hash = row.take()?;
    let entry = FoundEntry {
        seq,
        at,
        reference,
        who: party(who_is, who, who_name, row.take()?)?,
        by: party(by_is, by_who, by_name, row.take()?)?,
        sign_in,
        act,
        refused: result == Outcome::Refused.word(),
        cause,
        detail,
        policy,
        check_id,
        cost: cost
            .zip(currency)
            .and_then(|(amount, currency)| Cost::new(amount, &currency)),
    };
    Ok(Found { entry, name_hash })
}

fn party(
    word: &str,
    user: Option<[u8; 16]>,
    name: Option<String>,
    gone: bool,
) -> Result<Party, Fault> {
    match (word, user) {
        ("person", Some(user)) => Ok(Party::Person {
            user: user_of(user),
            name,
            gone,
        }),
        ("unknown_name", None) => Ok(Party::UnknownName),
        ("nobody", None) => Ok(Party::Nobody),
        ("program", None) => Ok(Party::Program),
        ("console", None) => Ok(Party::Console),
        _ => Err(Fault::Row("an entry is about or by nobody that there is")),
    }
}
