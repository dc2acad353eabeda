//! The form of the record, against another program's reading of it.

#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod file;
mod form;
