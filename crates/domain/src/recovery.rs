//! What an admin keeps on paper: ten recovery codes, and the recovery key of the database.
//!
//! Both are written in groups of four signs that cannot be taken for one another, and both carry a
//! checksum, so that a slip of the pen is told from a code that is wrong. The checksum is no secret
//! and guards against nobody.

use zeroize::Zeroizing;

mod signs;
#[cfg(test)]
mod tests;

use signs::{CODE, KEY};

/// How many codes are in a kit.
pub const CODES: usize = 10;

/// One use of one sign-in: stands in for the SIM check and the code, never for the password. 64
/// bits (NIST SP 800-63B-4, 4.2.1.1: at least that many), written as `7F3K-9QXM-2T0V-HB5C`. Wiped
/// when dropped; it has neither `Debug` nor `Display`, so it cannot be printed by accident.
pub struct RecoveryCode(Zeroizing<[u8; 8]>);

/// What a backup is encrypted with: 256 bits, written as fourteen groups of four signs. Wiped when
/// dropped; it has neither `Debug` nor `Display`, so it cannot be printed by accident.
pub struct RecoveryKey(Zeroizing<[u8; 32]>);

/// Why what was typed is no recovery code, or no recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    /// Nothing but spaces and hyphens.
    #[error("nothing was typed")]
    Empty,
    /// Too many signs, too few, or one that is never used.
    #[error("it has another number of signs, or a sign that is never used")]
    Malformed,
    /// The form is right and the checksum is not: a sign was misread or mistyped.
    #[error("a sign was mistyped")]
    Mistyped,
}

impl RecoveryCode {
    /// The code of this randomness, all of it.
    #[must_use]
    pub fn from_random(random: Zeroizing<[u8; 8]>) -> Self {
        Self(random)
    }

    /// Reads a code as people write it: lower case, `o` for `0`, `i` and `l` for `1`, spaces and
    /// hyphens anywhere.
    ///
    /// # Errors
    /// [`RecoveryError`], which does not repeat what was typed.
    pub fn parse(typed: &str) -> Result<Self, RecoveryError> {
        let mut bytes = Zeroizing::new([0; 8]);
        CODE.read(typed, &mut *bytes)?;
        Ok(Self(bytes))
    }

    /// The code as it is printed: four groups of four.
    #[must_use]
    pub fn written(&self) -> Zeroizing<String> {
        CODE.write(&*self.0)
    }

    /// The bytes, to be hashed or compared without telling where they differ.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 8] {
        &self.0
    }
}

impl RecoveryKey {
    /// The key of this randomness, all of it.
    #[must_use]
    pub fn from_random(random: Zeroizing<[u8; 32]>) -> Self {
        Self(random)
    }

    /// Reads a key as people write it: see [`RecoveryCode::parse`].
    ///
    /// # Errors
    /// [`RecoveryError`], which does not repeat what was typed.
    pub fn parse(typed: &str) -> Result<Self, RecoveryError> {
        let mut bytes = Zeroizing::new([0; 32]);
        KEY.read(typed, &mut *bytes)?;
        Ok(Self(bytes))
    }

    /// The key as it is printed: fourteen groups of four.
    #[must_use]
    pub fn written(&self) -> Zeroizing<String> {
        KEY.write(&*self.0)
    }

    /// The bytes, to derive keys from.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}
