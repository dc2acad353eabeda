#![doc = include_str!("../README.md")]

mod code_sender;
mod credential;
mod error;
pub mod host;
pub mod http;
pub mod import;
mod sim_check;
pub mod trial;
pub mod tru_id;
pub mod twilio;

pub use code_sender::{CancelRefused, CheckRefused, CodeAnswer, CodeEnd, CodeSender, SendRefused};
pub use credential::CredentialError;
pub use error::{RequestError, TransportError};
pub use host::{TruIdHost, TwilioHost};
pub use sim_check::{SimCheck, SimReport};
pub use tru_id::{TruId, TruIdCredentials};
pub use twilio::{TwilioCredentials, TwilioVerify};
