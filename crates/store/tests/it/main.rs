//! The contract of the store, and what its SQLite file withstands.

#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod adopted;
mod backup;
mod contract;
mod damage;
mod dropped;
mod export;
mod file;
mod killed;
mod kit;
mod restore;
mod seal;
mod two_programs;
