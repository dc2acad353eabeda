//! The contract between Rust and the page: the views, the words and the arguments. The TypeScript
//! types in `ui/src/contract` are generated from here.

pub mod args;
pub mod branch;
pub mod overview;
pub mod people;
pub mod record;
pub mod recovery;
pub mod rules;
pub mod settings;
pub mod view;
pub mod words;
