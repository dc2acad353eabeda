//! Several calls, and how long is waited for all of them together.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::{ANSWER, Secret, Vault, VaultError};

/// The keyring for somebody who waits until all of their calls are answered: they are waited for no
/// longer together than one call alone would be. What else is done between them is not counted.
#[derive(Debug)]
pub struct Patience<'a> {
    vault: &'a Vault,
    left: Mutex<Duration>,
}

impl<'a> Patience<'a> {
    pub(crate) fn with(vault: &'a Vault) -> Self {
        let left = Mutex::new(ANSWER);
        Self { vault, left }
    }

    /// As [`Vault::get`].
    ///
    /// # Errors
    /// Any of [`VaultError`], within [`DEADLINE`](crate::DEADLINE) for all calls together.
    pub async fn get(&self, secret: &Secret) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let (began, left) = (self.vault.timer.now(), *self.left());
        let answer = self.vault.get_within(left, secret).await;
        self.spend(began);
        answer
    }

    /// As [`Vault::put`].
    ///
    /// # Errors
    /// Any of [`VaultError`], within [`DEADLINE`](crate::DEADLINE) for all calls together.
    pub async fn put(&self, secret: &Secret, value: &[u8]) -> Result<(), VaultError> {
        let (began, left) = (self.vault.timer.now(), *self.left());
        let answer = self.vault.put_within(left, secret, value).await;
        self.spend(began);
        answer
    }

    /// As [`Vault::delete`].
    ///
    /// # Errors
    /// Any of [`VaultError`], within [`DEADLINE`](crate::DEADLINE) for all calls together.
    pub async fn delete(&self, secret: &Secret) -> Result<(), VaultError> {
        let (began, left) = (self.vault.timer.now(), *self.left());
        let answer = self.vault.delete_within(left, secret).await;
        self.spend(began);
        answer
    }

    fn spend(&self, began: Duration) {
        let took = self.vault.timer.now().saturating_sub(began);
        let mut left = self.left();
        *left = left.saturating_sub(took);
    }

    fn left(&self) -> MutexGuard<'_, Duration> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
