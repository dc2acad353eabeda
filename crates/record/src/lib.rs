//! How an entry of the record is sealed, and how the record is verified with no database.
//!
//! An entry's hash takes in all of its fields and the hash of the entry before, and is signed. So an
//! entry that is changed, lost, added or moved is found, and nobody without the key can make a record
//! that passes. That the newest entries were cut off is found by the [`Head`], which is kept elsewhere.
//!
//! The encoding that is hashed is in this crate's `README.md`, in full.

mod chain;
mod line;
mod seal;

pub use chain::{Chain, Flaw, Keys};
pub use line::{FORMAT, Line, Sealed};
pub use seal::{Head, PublicKey, SealKey};
