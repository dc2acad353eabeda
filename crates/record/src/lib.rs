//! How an entry of the record is sealed, and how the record is verified with no database.
//!
//! An entry's hash takes in all of its fields and the hash of the entry before, and is signed. So an
//! entry that is changed, lost, added or moved is found, and nobody without the key can make a record
//! that passes. That the newest entries were cut off is found by the [`Head`], which is kept elsewhere.
//!
//! The encoding that is hashed is in this crate's `README.md`, in full.

mod chain;
mod export;
mod line;
mod offline;
mod progress;
mod seal;
mod text;

pub use chain::{Chain, Flaw, Keys};
pub use export::{Header, LONGEST_LINE};
pub use line::{FORMAT, Line, Sealed};
pub use offline::{Verdict, verify, verify_file};
pub use progress::Progress;
pub use seal::{Head, PublicKey, SealKey};
