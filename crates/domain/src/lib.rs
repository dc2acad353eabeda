//! The rules of SIMgate, pure: no I/O, no clock of its own, no randomness of its own.
//!
//! Start with [`policy`] (may a code be sent?), [`attempts`] (may another try be made?), [`seat`] (who
//! is where in the sign-in?) and [`rules`] (what may an admin set?). The other modules hold the values these speak of, each
//! parsed once at the edge and trusted from there on.

pub mod account;
pub mod attempts;
pub mod channel;
pub mod clock;
pub mod code;
pub mod ids;
pub mod money;
pub mod name_search;
pub mod one_time;
pub mod password;
pub mod phone;
pub mod policy;
pub mod recovery;
pub mod reference;
pub mod role;
pub mod rules;
pub mod seat;
pub mod signs;
pub mod sim;
pub mod username;
pub mod verification;

pub use account::{AccountAct, AccountState, RegistrationMode};
pub use channel::{Channel, Locale};
pub use clock::{Clock, Timestamp};
pub use code::OneTimeCode;
pub use ids::{SignInId, UserId};
pub use money::{Currency, Money};
pub use name_search::NameBeginning;
pub use one_time::OneTimePassword;
pub use password::{NewPassword, Password};
pub use phone::{Country, PhoneNumber};
pub use policy::{Decision, NumberStanding, SimPolicy};
pub use recovery::{RecoveryCode, RecoveryKey};
pub use reference::Reference;
pub use role::Role;
pub use rules::Rules;
pub use sim::{CannotTell, Cause, SimOutcome, SimWindow};
pub use username::Username;
pub use verification::VerificationSid;
