//! The flow as people live it, through the whole program but for its window: real rules, a real
//! database on file, real HTTP to stand-ins of both vendors, and a clock that moves.
//!
//! A scenario reads in the verbs of [`branch::Branch`]. That no code was sent is proved by the
//! ledger of the stand-in that would have sent it.

mod between;
mod branch;
mod canceling;
mod closing;
mod codes;
mod commands;
mod console;
mod faults;
mod gate;
mod keyring;
mod memory_keyring;
mod one_answer;
mod opening;
mod outage;
mod overview;
mod passwords;
mod people;
mod record;
mod recovery;
mod rules;
#[cfg(target_os = "linux")]
mod searched;
mod sends;
mod sessions;
mod step_up;
mod steps;
mod vendor_settings;
mod watched;
mod words;
