//! Getting back in, and getting the data back.
//!
//! An admin has a *kit* on paper: ten recovery codes, each of which stands in once for the SIM check
//! and the code (never for the password), and the recovery key, which opens backups. [`kit`] makes it,
//! [`code`] takes a code, [`backup`] makes a backup while the program works, [`restore`] puts one in the
//! place of the database, and [`swap`] is the part of that which may be killed at any moment.

mod backup;
mod code;
mod console;
mod found;
mod kit;
mod restore;
pub(crate) mod swap;
mod there;
mod work;

use std::sync::{MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use simgate_domain::RecoveryKey;
use simgate_domain::recovery::RecoveryError;
use simgate_vault::VaultError;
use subtle::ConstantTimeEq;

use crate::app::{App, Inner};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::opening::{Hold, hex};

pub use console::{NotRestored, RecoveryWatch};
pub(crate) use kit::PendingKit;
pub(crate) use work::Slot;

/// What tells which recovery key was printed, and tells nothing of it.
fn tag_of(key: &RecoveryKey) -> String {
    let digest = Sha256::new()
        .chain_update(b"simgate recovery key tag")
        .chain_update(key.bytes())
        .finalize();
    hex(&digest[..16])
}

fn is_tag_of(tag: &str, key: &RecoveryKey) -> bool {
    tag.as_bytes().ct_eq(tag_of(key).as_bytes()).into()
}

fn code_refused(error: RecoveryError) -> Refusal {
    let code = match error {
        RecoveryError::Empty => ErrorCode::RecoveryCodeEmpty,
        RecoveryError::Malformed => ErrorCode::RecoveryCodeMalformed,
        RecoveryError::Mistyped => ErrorCode::RecoveryCodeMistyped,
    };
    Refusal {
        field: Some(Field::RecoveryCode),
        ..Refusal::plain(code)
    }
}

fn key_refused(error: RecoveryError) -> Refusal {
    let code = match error {
        RecoveryError::Empty => ErrorCode::RecoveryKeyEmpty,
        RecoveryError::Malformed => ErrorCode::RecoveryKeyMalformed,
        RecoveryError::Mistyped => ErrorCode::RecoveryKeyMistyped,
    };
    Refusal {
        field: Some(Field::RecoveryKey),
        ..Refusal::plain(code)
    }
}

impl Inner {
    fn kit(&self) -> MutexGuard<'_, Option<PendingKit>> {
        self.kit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hold(&self) -> MutexGuard<'_, Option<Hold>> {
        self.hold.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// The keyring gave no answer.
    fn keyring_refused(&self, error: &VaultError) -> Refusal {
        self.unforeseen("asking the keyring", error)
    }
}
