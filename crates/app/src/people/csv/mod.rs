//! People in a file of comma-separated values, in and out.
//!
//! A file that comes in is read as a whole before anything is done: it is bounded, and every bad row
//! is named. A file that goes out is written in batches, of people as they are at that moment.

mod export;
mod import;
mod neutral;
mod read;

pub use export::{ExportNumbers, ExportWatch};
pub use import::CsvBytes;
