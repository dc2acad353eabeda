//! What can go wrong with a keyring, and what to do about it.

/// Why the keyring gave no answer. None of these is the same as "the secret is not there".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// This system offers none. On Linux: install one (gnome-keyring, for one) and start
    /// the program from a desktop session.
    #[error("there is no keyring")]
    Missing,
    /// It is there and locked: unlock it, which signing in to the desktop usually does.
    #[error("the keyring is locked")]
    Locked,
    /// It did not answer within [`crate::DEADLINE`].
    #[error("the keyring did not answer in time")]
    TimedOut,
    /// It refused: somebody dismissed its question, or a rule of the system forbids it.
    #[error("the keyring refused")]
    Denied,
    /// What it holds under our name is not what SIMgate puts there, or there are two of it.
    #[error("the keyring holds something else under this name")]
    Damaged,
    /// Anything else. The text is the keyring's own and holds no secret.
    #[error("the keyring failed: {0}")]
    Failed(String),
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's enum is open: what it adds later is a failure we have no word for"
)]
impl From<keyring::Error> for VaultError {
    fn from(error: keyring::Error) -> Self {
        use keyring::Error;
        match error {
            Error::NoDefaultStore => Self::Missing,
            Error::NoStorageAccess(_) => Self::Denied,
            Error::BadEncoding(_)
            | Error::BadDataFormat(..)
            | Error::BadStoreFormat(_)
            | Error::Ambiguous(_) => Self::Damaged,
            // `Display` of these holds names and the platform's words, never a value.
            other => Self::Failed(other.to_string()),
        }
    }
}
