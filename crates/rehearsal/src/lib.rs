#![doc = include_str!("../README.md")]

mod auth;
mod clock;
mod control;
mod credentials;
pub mod faults;
mod http;
mod ledger;
mod number;
mod phones;
mod random;
mod rehearsal;
mod rules;
mod tru_id;
mod twilio_verify;
mod wire;
mod world;

pub use credentials::{
    Credentials, WELL_KNOWN_ACCOUNT_SID, WELL_KNOWN_AUTH_TOKEN, WELL_KNOWN_CLIENT_ID,
    WELL_KNOWN_CLIENT_SECRET, WELL_KNOWN_SERVICE_SID,
};
pub use faults::Fault;
pub use ledger::{Call, Request, Vendor};
pub use number::{MnoError, NotE164, NumberRule};
pub use phones::{Channel, Message};
pub use rehearsal::{Options, Rehearsal, StartError};
pub use rules::{BadRule, ProjectRule, ServiceRule};
