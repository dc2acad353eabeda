//! What a rehearsal has and a real profile has not.

use crate::contract::view::PhoneMessage;

/// The phone that every code of a rehearsal arrives on.
pub trait RehearsalPhone: Send + Sync {
    /// Every message so far, newest last.
    fn messages(&self) -> Vec<PhoneMessage>;
}
