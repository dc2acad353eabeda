//! The key of the file.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The length of SQLCipher's salt, which is also the beginning of the file.
pub(super) const SALT: usize = 16;

/// The 256 bits that every page is encrypted and authenticated with. They come from the keyring of
/// the operating system; this crate keeps them no longer than it takes to open the file.
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// The key with these bytes, which must be random: no key is derived from them.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The salt of every database with this key. SQLCipher writes it in clear as the first bytes
    /// of the file; being a function of the key, it tells whose file that is before it is opened.
    pub(super) fn salt(&self) -> [u8; SALT] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.0).expect("HMAC takes any key");
        mac.update(b"simgate database salt");
        let mut salt = [0; SALT];
        salt.copy_from_slice(&mac.finalize().into_bytes()[..SALT]);
        salt
    }

    /// The statement that unlocks the file. SQLite has no parameters in a `PRAGMA`.
    pub(super) fn pragma(&self) -> Zeroizing<String> {
        let mut sql = Zeroizing::new(String::with_capacity(128));
        sql.push_str("PRAGMA key = \"x'");
        for byte in self.0.iter().chain(&self.salt()) {
            write!(*sql, "{byte:02x}").expect("a String takes any text");
        }
        sql.push_str("'\"");
        sql
    }
}
