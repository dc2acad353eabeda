//! How long lists take that grow for years, as a ratio to what they cannot do without: the same rows
//! by a query written by hand over an index of the same file, and the same call while the list is
//! short. `cargo xtask bench` runs it; a ratio above its bound is a failure.
//!
//! The bounds are of the branch that SIMgate is made for: 100 000 people, 1 000 000 entries of the record.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints what it measured, and ends where it cannot measure"
)]

mod by_hand;
mod file;
mod measure;
mod people;
mod record;

use std::process::ExitCode;

use measure::Table;

/// A list that is short.
const SHORT: u64 = 1_000;

fn main() -> ExitCode {
    // `cargo xtask bench -- 50000` measures shorter long lists, for whoever waits.
    let long = std::env::args().find_map(|argument| argument.parse().ok());
    let mut table = Table::default();
    people::measure(SHORT, long.unwrap_or(100_000), &mut table);
    record::measure(SHORT, long.unwrap_or(1_000_000), &mut table);
    table.print()
}
