//! What an admin sets up, below the window: the vendors' settings.
//!
//! All of one vendor's settings are one entry of the keyring, so that they change together or not at
//! all. [`values`] are fields on their way into an entry or out of one; [`unsaved`] are those that
//! were imported and wait for being saved. The verbs are [`status`], [`import`], [`test`], [`save`],
//! [`real`] and [`send`]; all of them are done for whoever is on the seat, or for whoever sets the
//! installation up for the first time. [`door`] has the commands.

mod at;
pub(crate) mod clients;
mod console;
mod door;
pub(crate) mod entries;
mod import;
pub(crate) mod marks;
mod real;
mod save;
mod send;
mod shown;
mod status;
mod test;
mod unsaved;
pub(crate) mod values;

pub(crate) use unsaved::Unsaved;
