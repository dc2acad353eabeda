//! The harness that drives the real program: its window, its keyboard, the phone its codes go to and
//! the vendors it talks to.
//!
//! A scenario reads as what a person does and sees. [`Window`] is the program as built, started
//! through WebKit's own driver on a screen of its own; [`Home`] is the machine it runs on, which
//! outlives it; [`Vendors`] is the control of the stand-ins, with the ledger that proves what was
//! asked of them and what was not.
#![expect(
    clippy::missing_errors_doc,
    reason = "every verb fails for one reason: the program did not do what the scenario says"
)]

mod desktop;
mod display;
mod driver;
mod environment;
mod home;
mod person;
mod screen;
mod set_up;
pub mod stand_ins;
mod until;
mod vendors;
pub mod walk;
mod window;

pub use desktop::Desktop;
pub use home::Home;
pub use person::Person;
pub use screen::Key;
pub use until::{SOON, until};
pub use vendors::{Message, Request, Vendors};
pub use window::{Keyring, Kit, Look, Window, scenario};
