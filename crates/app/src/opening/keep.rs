//! What the keyring knows of a database's record: the key that it is signed with, and its newest entry.
//!
//! Both are made together, the head first: where there is a key, there is a head. So a key without a
//! head, and a head of some entry without a key, mean that one of them was lost.

use simgate_store::{Head, Seal, SealKey};
use simgate_vault::{Patience, Secret};
use zeroize::Zeroizing;

use super::{NotReady, fault, keyring};
use crate::contract::words::FaultKind;
use crate::random;

/// What the keyring has under a database's name.
pub(crate) struct Keep {
    name: String,
    key: Option<Zeroizing<[u8; 32]>>,
    head: Option<Head>,
}

impl Keep {
    pub(crate) async fn read(vault: &Patience<'_>, name: &str) -> Result<Self, NotReady> {
        let key = get(vault, &Secret::RecordKey(name.to_owned())).await?;
        let key = match key {
            Some(key) => Some(Zeroizing::new(thirty_two(&key, "the record's key")?)),
            None => None,
        };
        let head = get(vault, &Secret::RecordHead(name.to_owned())).await?;
        let head = match head {
            Some(head) => Some(Head::from_bytes(&head).ok_or_else(|| {
                let what = "what the keyring has of the record's end is something else";
                fault(FaultKind::KeyringDamaged, what)
            })?),
            None => None,
        };
        let name = name.to_owned();
        Ok(Self { name, key, head })
    }

    /// A new key, and a record of which nothing is known yet.
    pub(super) async fn make(vault: &Patience<'_>, name: &str) -> Result<Self, NotReady> {
        let key = random::bytes::<32>().map_err(|error| fault(FaultKind::Unforeseen, error))?;
        let head = Secret::RecordHead(name.to_owned());
        put(vault, &head, &Head::NONE.to_bytes()).await?;
        put(vault, &Secret::RecordKey(name.to_owned()), &*key).await?;
        Ok(Self {
            name: name.to_owned(),
            key: Some(key),
            head: Some(Head::NONE),
        })
    }

    /// Whether the keyring was never told of a seal: none was made, or not to its end.
    pub(super) fn is_empty(&self) -> bool {
        self.key.is_none() && !self.knows_entries()
    }

    pub(super) fn knows_entries(&self) -> bool {
        self.head.is_some_and(|head| head != Head::NONE)
    }

    pub(super) fn seal(&self) -> Result<Seal, NotReady> {
        let (Some(key), Some(head)) = (&self.key, self.head) else {
            let what = "the keyring has only half of what it knew of the record";
            return Err(fault(FaultKind::SealLost, what));
        };
        let key = SealKey::new(key);
        Ok(Seal { key, head })
    }

    /// Under which name the head is kept, and the head that is kept there.
    pub(super) fn head(self) -> (Secret, Head) {
        let head = self.head.unwrap_or(Head::NONE);
        (Secret::RecordHead(self.name), head)
    }
}

/// A secret, if the keyring has it.
pub(crate) async fn get(
    vault: &Patience<'_>,
    secret: &Secret,
) -> Result<Option<Zeroizing<Vec<u8>>>, NotReady> {
    vault.get(secret).await.map_err(|error| keyring(&error))
}

/// Keeps a secret.
pub(crate) async fn put(
    vault: &Patience<'_>,
    secret: &Secret,
    value: &[u8],
) -> Result<(), NotReady> {
    vault
        .put(secret, value)
        .await
        .map_err(|error| keyring(&error))
}

pub(super) fn thirty_two(bytes: &[u8], what: &str) -> Result<[u8; 32], NotReady> {
    bytes.try_into().map_err(|_| {
        let what = format!("{what} has another length");
        fault(FaultKind::KeyringDamaged, what)
    })
}
