//! Bytes on the wire: what is written, to whom, and behind which door.
//!
//! A server library would not write what a broken vendor writes, and would not keep headers as
//! they came, so the stand-ins speak HTTP/1.1 themselves.

pub(crate) mod connection;
pub(crate) mod door;
pub(crate) mod script;
