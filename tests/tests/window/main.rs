//! The real window, end to end: the program as built, in WebKit, with a real Secret Service, driven
//! as a person drives it. `cargo xtask test window` runs it.

mod administration;
mod database;
mod journeys;
mod keyboard;
mod limits;
mod program;
mod reach;
mod recovery;
mod refusals;
mod stops;
mod trouble;
