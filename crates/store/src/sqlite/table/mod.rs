//! One file per table: how it is made, what is read, what is written.
//!
//! Times are microseconds since the Unix epoch, ids are the 16 bytes of a UUID, and words such as
//! a channel are text that never changes. Every statement finds its rows by an index; a test asks
//! SQLite so.

use rusqlite::{Connection, OptionalExtension, Params, ToSql};
use simgate_domain::seat::Clearance;
use simgate_domain::{AccountState, Channel, Role, SignInId, Timestamp, UserId};
use uuid::Uuid;

use super::fault::Fault;

pub mod carried;
pub mod checks;
pub mod in_order;
pub mod meta;
pub mod name_parts;
pub mod name_tries;
pub mod number_changes;
pub mod numbers;
pub mod record;
pub mod record_anchor;
pub mod record_counts;
pub mod record_names;
pub mod record_seals;
pub mod record_search;
pub mod recovery_codes;
pub mod rules;
pub mod sends;
pub mod sessions;
pub mod settings;
pub mod users;

fn user_bytes(user: UserId) -> [u8; 16] {
    user.value().into_bytes()
}

fn user_of(bytes: [u8; 16]) -> UserId {
    UserId::new(Uuid::from_bytes(bytes))
}

fn sign_in_bytes(sign_in: SignInId) -> [u8; 16] {
    sign_in.value().into_bytes()
}

fn sign_in_of(bytes: [u8; 16]) -> SignInId {
    SignInId::new(Uuid::from_bytes(bytes))
}

pub fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "sms",
        Channel::Voice => "voice",
    }
}

fn channel_of(word: &str) -> Result<Channel, Fault> {
    match word {
        "sms" => Ok(Channel::Sms),
        "voice" => Ok(Channel::Voice),
        _ => Err(Fault::Row("a channel is neither a message nor a call")),
    }
}

fn role_of(word: &str) -> Result<Role, Fault> {
    word.parse().map_err(|_| Fault::Row("a role is none"))
}

fn state_of(word: &str) -> Result<AccountState, Fault> {
    let state = word.parse();
    state.map_err(|_| Fault::Row("the state of an account is none"))
}

fn clearance_word(clearance: Clearance) -> &'static str {
    match clearance {
        Clearance::Unchanged => "unchanged",
        Clearance::Unchecked => "unchecked",
        Clearance::InGrace => "in_grace",
        Clearance::Recovered => "recovered",
    }
}

fn clearance_of(word: &str) -> Result<Clearance, Fault> {
    match word {
        "unchanged" => Ok(Clearance::Unchanged),
        "unchecked" => Ok(Clearance::Unchecked),
        "in_grace" => Ok(Clearance::InGrace),
        "recovered" => Ok(Clearance::Recovered),
        _ => Err(Fault::Row("a clearance is none")),
    }
}

/// The times that a statement finds of one thing.
fn times(connection: &Connection, sql: &str, of: &dyn ToSql) -> Result<Vec<Timestamp>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let times = statement.query_map([of], |row| row.get(0).map(Timestamp::from_micros))?;
    Ok(times.collect::<Result<_, _>>()?)
}

/// An entry's place, as SQLite counts.
fn place(seq: u64) -> Result<i64, Fault> {
    i64::try_from(seq).map_err(|_| Fault::Call("no entry has a place so high"))
}

/// An entry's place, as a row has it.
fn seq_of(place: i64) -> Result<u64, Fault> {
    u64::try_from(place).map_err(|_| Fault::Row("an entry's place is negative"))
}

/// The one time that a statement finds, if it does.
fn moment_of(
    connection: &Connection,
    sql: &str,
    by: impl Params,
) -> Result<Option<Timestamp>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row(by, |row| row.get(0)).optional()?;
    Ok(found.map(Timestamp::from_micros))
}

fn moment(micros: Option<i64>) -> Option<Timestamp> {
    micros.map(Timestamp::from_micros)
}
