//! What keeps the secrets: the keyring of the operating system.

use keyring::v1::Entry;
use zeroize::Zeroizing;

use crate::error::VaultError;
#[cfg(target_os = "linux")]
use crate::lock_state;

/// Something that keeps secrets under a service and a user name. Each call may take as long as it
/// likes: it is made on a thread of its own, and waited for no longer than is said.
pub trait Keyring: Send + Sync + 'static {
    /// What is kept there, if anything is.
    ///
    /// # Errors
    /// Any of [`VaultError`].
    fn get(&self, service: &str, username: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;

    /// Keeps this there, in place of what was kept.
    ///
    /// # Errors
    /// Any of [`VaultError`].
    fn put(&self, service: &str, username: &str, value: &[u8]) -> Result<(), VaultError>;

    /// Keeps nothing there any more. That nothing was kept is no error.
    ///
    /// # Errors
    /// Any of [`VaultError`].
    fn delete(&self, service: &str, username: &str) -> Result<(), VaultError>;

    /// Whether it says that it is locked; it is asked while another call waits. `None` where it does
    /// not say.
    fn is_locked(&self) -> Option<bool>;
}

/// The keyring of the operating system.
#[derive(Debug)]
pub struct SystemKeyring;

/// The library looks for a keyring once in the life of a program. One that comes up later, or comes
/// back, is found by looking again.
fn entry(service: &str, username: &str) -> Result<keyring_core::Entry, keyring::Error> {
    match Entry::new(service, username) {
        Ok(entry) => Ok(entry.inner),
        #[cfg(target_os = "linux")]
        Err(keyring::Error::NoDefaultStore) => {
            let store = zbus_secret_service_keyring_store::Store::new()
                .map_err(|_| keyring::Error::NoDefaultStore)?;
            keyring_core::set_default_store(store);
            keyring_core::Entry::new(service, username)
        }
        Err(error) => Err(error),
    }
}

impl Keyring for SystemKeyring {
    fn get(&self, service: &str, username: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        match entry(service, username)?.get_secret() {
            Ok(value) => Ok(Some(Zeroizing::new(value))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn put(&self, service: &str, username: &str, value: &[u8]) -> Result<(), VaultError> {
        entry(service, username)?.set_secret(value)?;
        Ok(())
    }

    fn delete(&self, service: &str, username: &str) -> Result<(), VaultError> {
        match entry(service, username)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(target_os = "linux")]
    fn is_locked(&self) -> Option<bool> {
        lock_state::is_locked()
    }

    /// The other systems' keyrings say it themselves.
    #[cfg(not(target_os = "linux"))]
    fn is_locked(&self) -> Option<bool> {
        None
    }
}
