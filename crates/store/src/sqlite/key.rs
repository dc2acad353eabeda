//! The key of the file.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use simgate_domain::RecoveryKey;
use zeroize::Zeroizing;

/// The length of SQLCipher's salt, which is also the beginning of the file.
pub(super) const SALT: usize = 16;

/// What every backup begins with. It tells a backup from other files, and nothing else.
pub(super) const BACKUP: &[u8; SALT / 2] = b"SIMgateB";

/// The 256 bits that every page is encrypted and authenticated with. They come from the keyring of
/// the operating system; this crate keeps them no longer than it takes to open the file.
pub struct DatabaseKey {
    bytes: Zeroizing<[u8; 32]>,
    salt: [u8; SALT],
}

impl DatabaseKey {
    /// The key with these bytes, which must be random: no key is derived from them.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        let bytes = Zeroizing::new(bytes);
        let mut salt = [0; SALT];
        salt.copy_from_slice(&derived(&bytes, b"simgate database salt", SALT));
        Self { bytes, salt }
    }

    /// The key of the backups that this recovery key opens. Half of their salt says that they are
    /// backups, the other half tells the key.
    pub(super) fn of_backups(recovery: &RecoveryKey) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(&derived(recovery.bytes(), b"simgate backup key", 32));
        let mut salt = [0; SALT];
        let (says, tells) = salt.split_at_mut(BACKUP.len());
        says.copy_from_slice(BACKUP);
        tells.copy_from_slice(&derived(&bytes, b"simgate backup salt", SALT / 2));
        Self { bytes, salt }
    }

    /// The salt of every database with this key. SQLCipher writes it in clear as the first bytes
    /// of the file; being a function of the key, it tells whose file that is before it is opened.
    pub(super) fn salt(&self) -> [u8; SALT] {
        self.salt
    }

    /// The statement that unlocks the file. SQLite has no parameters in a `PRAGMA`.
    pub(super) fn pragma(&self) -> Zeroizing<String> {
        let mut sql = Zeroizing::new(String::with_capacity(128));
        sql.push_str("PRAGMA key = \"x'");
        for byte in self.bytes.iter().chain(&self.salt) {
            write!(*sql, "{byte:02x}").expect("a String takes any text");
        }
        sql.push_str("'\"");
        sql
    }
}

/// The first `length` bytes, at most 32, of what this key makes of `purpose`.
fn derived(key: &[u8; 32], purpose: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes any key");
    mac.update(purpose);
    Zeroizing::new(mac.finalize().into_bytes()[..length].to_vec())
}
