//! The clients of both vendors against their stand-ins, which keep a ledger of every request.
#![expect(
    clippy::unwrap_used,
    reason = "the verbs of the harness fail as tests do"
)]

mod code_answers;
mod code_requests;
mod faults;
mod harness;
mod limits;
mod redirects;
mod secrets;
mod sim_answers;
mod sim_requests;
mod tokens;
mod trials;
mod twilio_errors;
