//! The name of one verification at Twilio, which the seat and the store know too.

pub use simgate_domain::verification::{NotAVerificationSid, VerificationSid};
