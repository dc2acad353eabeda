//! Looking for entries: each thing looked for leads along an index, and the leads are gone along
//! together, newest first.

use std::collections::VecDeque;

use rusqlite::Connection;
use simgate_domain::{Timestamp, UserId, Username};
use simgate_record::Head;

use super::super::fault::Fault;
use super::super::table::record_search::{self, Found, Lead};
use super::super::table::{meta, record, record_anchor, record_names};
use crate::entry::{Act, Outcome};
use crate::record::{EntryInFull, Page, Party, Person, Place, Search};
use crate::store::NameTried;

/// Entries on a page at the most.
const LONGEST_PAGE: u16 = 200;
/// Entries looked at for one page at the most, of which perhaps none fits.
const LOOKED_AT: usize = 5_000;

/// Whom a search is for.
struct Sought {
    users: Vec<UserId>,
    hash: Option<meta::Blinded>,
}

pub fn page(
    connection: &Connection,
    search: &Search,
    after: Option<Place>,
    most: u16,
) -> Result<Page, Fault> {
    let most = usize::from(most.clamp(1, LONGEST_PAGE));
    let sought = match &search.person {
        None => None,
        Some(Person::Is(user)) => Some(Sought {
            users: vec![*user],
            hash: None,
        }),
        Some(Person::Named(typed)) => Some(named(connection, typed)?),
    };
    // Below everything that a clock can show, and above it.
    let from = search.from.map_or(i64::MIN, Timestamp::as_micros);
    let until = search.until.map(|at| Place { at, seq: 0 });
    let end = Place {
        at: Timestamp::from_micros(i64::MAX),
        seq: i64::MAX.unsigned_abs(),
    };
    let before = after.unwrap_or(end).min(until.unwrap_or(end));
    let mut ways: Vec<_> = leads(search, sought.as_ref())
        .into_iter()
        .map(|lead| Way::along(lead, before))
        .collect();
    let dropped = record_anchor::read(connection)?.map_or(Head::NONE, |anchor| anchor.last);
    let mut found = Page {
        entries: Vec::new(),
        next: None,
    };
    let mut last = None;
    for _ in 0..LOOKED_AT {
        let Some(next) = newest(connection, &mut ways, from, most)? else {
            return Ok(found);
        };
        if found.entries.len() == most {
            found.next = last;
            return Ok(found);
        }
        last = Some(next.place());
        if next.entry.seq > dropped.seq && fits(&next, search, sought.as_ref()) {
            found.entries.push(next.entry);
        }
    }
    found.next = last;
    Ok(found)
}

/// Everybody who ever had the name, and its keyed hash, by which tries against it are kept while
/// nobody has it.
fn named(connection: &Connection, typed: &str) -> Result<Sought, Fault> {
    let name = Username::parse(typed);
    let users = match &name {
        Ok(name) => record_names::of(connection, name)?,
        Err(_) => Vec::new(),
    };
    let tried = name.map_or_else(|_| NameTried::Unreadable(typed.to_owned()), NameTried::Name);
    Ok(Sought {
        users,
        hash: Some(meta::blind_name(connection, &tried)?),
    })
}

/// The narrowest ways that together pass every entry looked for.
fn leads(search: &Search, sought: Option<&Sought>) -> Vec<Lead> {
    if let Some(reference) = search.reference {
        return vec![Lead::Reference(reference)];
    }
    let acts = acts(search);
    match (sought, acts) {
        (None, None) if search.refused => vec![Lead::Refused],
        (None, None) => vec![Lead::All],
        (None, Some(acts)) => acts.into_iter().map(Lead::Act).collect(),
        (Some(sought), acts) => {
            let mut leads = Vec::new();
            for user in &sought.users {
                match &acts {
                    None => leads.push(Lead::About(*user)),
                    Some(acts) => {
                        leads.extend(acts.iter().map(|act| Lead::AboutAct(*user, *act)));
                    }
                }
                leads.push(Lead::By(*user));
            }
            leads.extend(sought.hash.map(Lead::Name));
            leads
        }
    }
}

/// The acts that may fit; `None` where any may.
fn acts(search: &Search) -> Option<Vec<Act>> {
    let refused = |act: &Act| act.outcome() == Outcome::Refused;
    let mut acts = match (search.acts.is_empty(), search.refused, &search.person) {
        (true, true, Some(_)) => Act::ALL.iter().copied().filter(refused).collect(),
        (true, ..) => return None,
        (false, true, _) => search.acts.iter().copied().filter(refused).collect(),
        (false, false, _) => search.acts.clone(),
    };
    acts.sort_unstable_by_key(|act| act.word());
    acts.dedup();
    Some(acts)
}

/// Whether an entry that one of the leads passed is looked for in every other way too.
fn fits(found: &Found, search: &Search, sought: Option<&Sought>) -> bool {
    let entry = &found.entry;
    let acts = &search.acts;
    let act_fits = acts.is_empty() || acts.iter().any(|act| act.word() == entry.act);
    if !act_fits || search.refused && !entry.refused {
        return false;
    }
    let Some(sought) = sought else {
        return true;
    };
    let known = [&entry.who, &entry.by]
        .into_iter()
        .any(|party| match party {
            Party::Person { user, .. } => sought.users.contains(user),
            Party::UnknownName | Party::Nobody | Party::Program | Party::Console => false,
        });
    known || entry.who == Party::UnknownName && found.name_hash == sought.hash
}

/// One lead, and how far along it is.
struct Way {
    lead: Lead,
    before: Place,
    ahead: VecDeque<Found>,
    ended: bool,
}

impl Way {
    fn along(lead: Lead, before: Place) -> Self {
        Self {
            lead,
            before,
            ahead: VecDeque::new(),
            ended: false,
        }
    }

    fn next(
        &mut self,
        connection: &Connection,
        from: i64,
        most: usize,
    ) -> Result<Option<Place>, Fault> {
        if self.ahead.is_empty() && !self.ended {
            let ahead = record_search::along(connection, &self.lead, self.before, from, most)?;
            self.ended = ahead.len() < most;
            self.before = ahead.last().map_or(self.before, Found::place);
            self.ahead = ahead.into();
        }
        Ok(self.ahead.front().map(Found::place))
    }
}

/// The newest entry that is next on any way.
fn newest(
    connection: &Connection,
    ways: &mut [Way],
    from: i64,
    most: usize,
) -> Result<Option<Found>, Fault> {
    let mut newest = None;
    for way in &mut *ways {
        newest = newest.max(way.next(connection, from, most + 1)?);
    }
    let mut found = None;
    for way in ways {
        if newest.is_some() && way.ahead.front().map(Found::place) == newest {
            found = way.ahead.pop_front();
        }
    }
    Ok(found)
}

pub fn entry(connection: &Connection, seq: u64) -> Result<Option<EntryInFull>, Fault> {
    let dropped = record_anchor::read(connection)?.map_or(Head::NONE, |anchor| anchor.last);
    let found = record_search::entry(connection, seq)?.filter(|entry| entry.seq > dropped.seq);
    let Some(entry) = found else {
        return Ok(None);
    };
    let seal = |seq| record::hash_at(connection, seq);
    let before = seq.saturating_sub(1);
    let first = before == dropped.seq;
    let unsealed = Fault::Row("an entry has no seal");
    Ok(Some(EntryInFull {
        entry,
        hash: seal(seq)?.ok_or(unsealed)?,
        before: if first {
            dropped.hash
        } else {
            seal(before)?.unwrap_or_default()
        },
        older: !first && seal(before)?.is_some(),
        newer: seal(seq.saturating_add(1))?.is_some(),
    }))
}
