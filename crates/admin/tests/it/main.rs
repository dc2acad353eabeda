//! The program as built, in a desktop session of its own with a real keyring.
#![cfg(target_os = "linux")]

mod audit;
mod doctor;
mod people;
mod recover;
mod recovery;
mod session;
mod vendors;
