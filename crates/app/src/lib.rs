//! One method per command; joins the rules, the store, the keyring and the vendors.
//!
//! [`App`] is the whole program without a window. Every command passes one door ([`commands`]): the
//! table there says in which states it may run, and it is asked before anything else. What a page
//! sends is never trusted; what it gets is a [`contract::view::Snapshot`] or a
//! [`contract::words::Refusal`].

mod acting;
mod app;
mod branch;
pub mod commands;
pub mod config;
pub mod console;
pub mod contract;
mod exports;
mod flow;
mod hashing;
mod head;
mod opening;
mod overview;
pub mod people;
mod random;
mod record;
mod recovery;
mod refusals;
pub mod rehearsal;
mod rules;
mod settings;
mod shown;
mod stage;
mod tasks;

pub use app::App;
pub use config::{Config, VendorSource};
pub use console::Console;
pub use hashing::{HashWork, HashingCost};
