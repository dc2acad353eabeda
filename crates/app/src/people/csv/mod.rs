//! People in a file of comma-separated values, in and out.
//!
//! A file that comes in is read as a whole before anything is done: it is bounded, and every bad row
//! is named. The page hands it over in parts ([`incoming`]), for its messages are short. A file that
//! goes out is written in batches, of people as they are at that moment. Both take long ([`work`]).

mod export;
mod import;
mod incoming;
mod neutral;
mod read;
mod work;

pub use export::ExportNumbers;
pub use import::CsvBytes;
pub(crate) use work::PeopleWork;
