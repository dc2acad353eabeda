//! Lists of people.

use simgate_domain::attempts::Limits;
use simgate_domain::{AccountState, NameBeginning, PhoneNumber, Role, UserId};

use super::PersonRow;

/// Which people, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Among whom.
    pub find: Find,
    /// Only those in this state.
    pub state: Option<AccountState>,
    /// Only those of this role.
    pub role: Option<Role>,
    /// Only those whom wrong passwords or wrong codes have locked. Of all who have tries against
    /// them, a thousand are looked at.
    pub locked: bool,
    /// By what they are ordered.
    pub sort: Sort,
    /// Whether the last comes first.
    pub descending: bool,
    /// Only those after this one: [`PeoplePage::next`] of the page before.
    pub after: Option<Mark>,
    /// How many at the most; 500 are the most.
    pub limit: usize,
    /// What counts as locked.
    pub limits: Limits,
}

/// Among whom is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Find {
    /// Everyone.
    Everyone,
    /// Whoever has a part of their name that begins so.
    Name(NameBeginning),
    /// Whoever has this number.
    Number(PhoneNumber),
}

/// By what people are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By name; in a search, by the part of it that was found.
    Name,
    /// By the last sign-in. Who never signed in comes before everyone who did.
    LastSignIn,
    /// By when they registered or were added.
    Registered,
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What the person there is ordered by.
    pub key: MarkKey,
    /// The person there.
    pub user: UserId,
}

/// What a person is ordered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKey {
    /// A time, in microseconds since the Unix epoch.
    Time(i64),
    /// A name or a part of one.
    Text(String),
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeoplePage {
    /// The people.
    pub people: Vec<PersonRow>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Mark>,
    /// By what they are ordered in truth: a search that finds more than a thousand is ordered by
    /// name, whatever was wanted.
    pub sort: Sort,
}
