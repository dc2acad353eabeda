//! The chain of entries, verified one after the other.

use crate::line::{FORMAT, Sealed};
use crate::seal::{Head, PublicKey};

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is not there.
    #[error("it is not there")]
    Gap,
    /// It stands where another belongs.
    #[error("it stands where another belongs")]
    Order,
    /// It says that it is in a form that does not exist.
    #[error("it is in a form that does not exist")]
    Format,
    /// Its hash is not that of its content after the entry before.
    #[error("its content is not what was hashed")]
    Hash,
    /// Its hash was not signed with the key.
    #[error("it was not signed with the key")]
    Signature,
    /// The record ends, or was dropped up to, elsewhere than its seal says.
    #[error("the record ends or begins elsewhere than it was signed to")]
    Head,
    /// It is not of the shape that SIMgate writes.
    #[error("it is not of the shape that is written")]
    Shape,
}

/// The keys that a record was signed with, each from some place on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys(Vec<(u64, PublicKey)>);

impl Keys {
    /// The keys with the places from which they hold; `None` where the places do not rise or there is
    /// no key.
    #[must_use]
    pub fn new(keys: Vec<(u64, PublicKey)>) -> Option<Self> {
        let rising = keys.is_sorted_by(|(one, _), (next, _)| one < next);
        (rising && !keys.is_empty()).then_some(Self(keys))
    }

    /// The newest: whoever trusts it can trust those before it.
    ///
    /// # Panics
    /// Never: there is one.
    #[must_use]
    pub fn newest(&self) -> PublicKey {
        self.0.last().expect("there is a key").1
    }

    /// Each key, with the place from which it holds.
    pub fn iter(&self) -> impl Iterator<Item = (u64, PublicKey)> {
        self.0.iter().copied()
    }

    /// The key at `seq`, and the key before it where it changed with that entry.
    fn at(&self, seq: u64) -> Option<(PublicKey, Option<PublicKey>)> {
        let place = self.0.iter().rposition(|(first, _)| *first <= seq)?;
        let (first, key) = self.0[place];
        let before = (place > 0 && first == seq).then(|| self.0[place - 1].1);
        Some((key, before))
    }
}

/// A record that is verified from some place on.
#[derive(Debug)]
pub struct Chain {
    keys: Keys,
    end: Head,
}

impl Chain {
    /// The act of the first entry under a new key.
    pub const ADOPTED: &str = "record_adopted";

    /// What follows the entry `after`, of which nothing but this is known.
    #[must_use]
    pub fn after(after: Head, keys: Keys) -> Self {
        Self { keys, end: after }
    }

    /// The last entry that was found good.
    #[must_use]
    pub fn end(&self) -> Head {
        self.end
    }

    /// The keys that it goes by.
    #[must_use]
    pub fn into_keys(self) -> Keys {
        self.keys
    }

    /// The place of the entry that is to come next.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.end.seq.saturating_add(1)
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// What is wrong with the entry at [`Chain::next`]; the chain stays where it was.
    pub fn take(&mut self, sealed: &Sealed) -> Result<(), Flaw> {
        let line = &sealed.line;
        if line.seq < self.next() {
            return Err(Flaw::Order);
        }
        if line.seq > self.next() {
            return Err(Flaw::Gap);
        }
        if sealed.format != FORMAT {
            return Err(Flaw::Format);
        }
        if line.hash(&self.end.hash) != sealed.hash {
            return Err(Flaw::Hash);
        }
        let (key, before) = self.keys.at(line.seq).ok_or(Flaw::Signature)?;
        if !key.verifies(&sealed.hash, &sealed.signature) {
            return Err(Flaw::Signature);
        }
        if let Some(before) = before {
            let names_it = line.detail.as_deref() == Some(&Self::handed_over(before));
            if line.act != Self::ADOPTED || !names_it {
                return Err(Flaw::Signature);
            }
        }
        self.end = Head {
            seq: line.seq,
            hash: sealed.hash,
        };
        Ok(())
    }

    /// The detail of the first entry under a new key: the key before.
    #[must_use]
    pub fn handed_over(before: PublicKey) -> String {
        format!("key {before}")
    }
}
