//! The key that signs, and the head that says where the record ends.

use std::fmt;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// This machine's key. Its 32 bytes come from the keyring of the operating system and are kept nowhere
/// else; the database holds only what they signed.
pub struct SealKey(Ed25519KeyPair);

impl SealKey {
    /// The key with this seed (RFC 8032, 5.1.5), which must be random.
    ///
    /// # Panics
    /// Never: each 32 bytes are a seed.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are a seed"))
    }

    /// The half of it that verifies.
    ///
    /// # Panics
    /// Never: a public key has 32 bytes.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        let bytes = self.0.public_key().as_ref().try_into();
        PublicKey(bytes.expect("a public key has 32 bytes"))
    }

    /// The signature of `message`.
    ///
    /// # Panics
    /// Never: a signature has 64 bytes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature = self.0.sign(message);
        let bytes = signature.as_ref().try_into();
        bytes.expect("a signature has 64 bytes")
    }
}

impl SealKey {
    /// The signature that `last` is the last entry that was dropped.
    #[must_use]
    pub fn sign_dropped(&self, last: Head) -> [u8; 64] {
        self.sign(&last.dropped())
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealKey of {}", self.public())
    }
}

/// Whom signatures are of. Shows as 64 lower-case hexadecimal digits, for people to compare.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The key with these bytes, as RFC 8032 encodes it.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether `signature` is this key's, of `message`. Of no message, where these bytes are no key.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0)
            .verify(message, signature)
            .is_ok()
    }
}

impl PublicKey {
    /// Whether `signature` is that of [`SealKey::sign_dropped`].
    #[must_use]
    pub fn verifies_dropped(&self, last: Head, signature: &[u8; 64]) -> bool {
        self.verifies(&last.dropped(), signature)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where the record ends: its newest entry. Kept outside of the database, it tells whether the newest
/// entries were cut off, or the whole replaced by an older copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The place of the newest entry; 0 where there is none.
    pub seq: u64,
    /// Its hash; zeros where there is none.
    pub hash: [u8; 32],
}

impl Head {
    /// The head of a record without entries.
    pub const NONE: Self = Self {
        seq: 0,
        hash: [0; 32],
    };

    /// The length of [`Head::to_bytes`].
    pub const LENGTH: usize = 41;

    /// For keeping it: a 1, the place in 8 bytes, big-endian, and the hash.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::LENGTH] {
        let mut bytes = [1; Self::LENGTH];
        bytes[1..9].copy_from_slice(&self.seq.to_be_bytes());
        bytes[9..].copy_from_slice(&self.hash);
        bytes
    }

    /// What is signed of the last entry that was dropped. No hash is that long.
    fn dropped(self) -> Vec<u8> {
        let mut message = b"simgate record dropped 1".to_vec();
        message.extend(self.to_bytes());
        message
    }

    /// What was kept; `None` where it is something else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [1, rest @ ..] = bytes else {
            return None;
        };
        let (seq, hash) = rest.split_first_chunk()?;
        Some(Self {
            seq: u64::from_be_bytes(*seq),
            hash: hash.try_into().ok()?,
        })
    }
}
