//! The stand-ins as a client meets them: over HTTP, on loopback, with their own clock.

#![expect(
    clippy::unwrap_used,
    reason = "a test that panics has failed, as it should"
)]

mod connections;
mod control;
mod faults;
mod program;
mod set_up;
mod sim_check;
mod token;
mod verify;
mod verify_limits;
mod visitor;
