//! What went wrong inside, and what the callers are told of it: never a value of a row, never a
//! statement. (rusqlite's own messages repeat the SQL, and one of ours holds the key.)

use std::io;

use rusqlite::ffi;

use crate::error::{OpenError, StoreError};

/// Why a transaction was given up.
#[derive(Debug)]
pub(super) enum Fault {
    /// SQLite said so, or a value has another type than its column.
    Sqlite(rusqlite::Error),
    /// A row holds what SIMgate never writes.
    Row(&'static str),
    /// The program asked for what cannot be.
    Call(&'static str),
}

/// What SQLite's result codes come down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Full,
    Busy,
    Unwritable,
    Damaged,
    Other,
}

impl Fault {
    /// What it comes down to.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(error) => match error.sqlite_error() {
                Some(error) => kind(error.extended_code),
                None => Kind::Damaged,
            },
            Self::Row(_) => Kind::Damaged,
            Self::Call(_) => Kind::Other,
        }
    }

    /// Fixed words for it, without a value of any row.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Sqlite(error) => error.sqlite_error().map_or_else(
                || "a row has another shape than its table".to_owned(),
                |error| code_text(error.extended_code),
            ),
            Self::Row(what) | Self::Call(what) => (*what).to_owned(),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

fn kind(extended_code: i32) -> Kind {
    match extended_code {
        ffi::SQLITE_IOERR_DATA | ffi::SQLITE_IOERR_CORRUPTFS | ffi::SQLITE_IOERR_SHORT_READ => {
            return Kind::Damaged;
        }
        ffi::SQLITE_IOERR_NOMEM | ffi::SQLITE_IOERR_READ => return Kind::Other,
        _ => {}
    }
    match extended_code & 0xff {
        ffi::SQLITE_FULL => Kind::Full,
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED | ffi::SQLITE_PROTOCOL => Kind::Busy,
        ffi::SQLITE_READONLY | ffi::SQLITE_CANTOPEN | ffi::SQLITE_IOERR | ffi::SQLITE_PERM => {
            Kind::Unwritable
        }
        ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => Kind::Damaged,
        _ => Kind::Other,
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        let error = match fault {
            Fault::Sqlite(error) => error,
            Fault::Row(what) => return Self::Damaged(what.to_owned()),
            Fault::Call(what) => return Self::Failed(what.to_owned()),
        };
        let Some(&ffi::Error { extended_code, .. }) = error.sqlite_error() else {
            return Self::Damaged("a row has another shape than its table".to_owned());
        };
        match kind(extended_code) {
            Kind::Full => Self::Full,
            Kind::Busy => Self::Busy,
            Kind::Unwritable => Self::ReadOnly,
            Kind::Damaged => Self::Damaged(code_text(extended_code)),
            Kind::Other => Self::Failed(code_text(extended_code)),
        }
    }
}

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> Self {
        let error = match fault {
            Fault::Sqlite(error) => error,
            Fault::Row(what) | Fault::Call(what) => return Self::Damaged(what.to_owned()),
        };
        let Some(&ffi::Error { extended_code, .. }) = error.sqlite_error() else {
            return Self::Damaged("a row has another shape than its table".to_owned());
        };
        match kind(extended_code) {
            Kind::Full => Self::Folder(io::ErrorKind::StorageFull.into()),
            Kind::Busy => Self::Locked,
            Kind::Unwritable => Self::Folder(io::Error::other(code_text(extended_code))),
            // No memory, or a disk that does not read: nothing is known against the file.
            Kind::Other if extended_code & 0xff == ffi::SQLITE_IOERR => {
                Self::Folder(io::Error::other(code_text(extended_code)))
            }
            Kind::Other if extended_code == ffi::SQLITE_NOMEM => {
                Self::Folder(io::ErrorKind::OutOfMemory.into())
            }
            Kind::Damaged | Kind::Other => Self::Damaged(code_text(extended_code)),
        }
    }
}

/// Such as "SQLite 11: database disk image is malformed": fixed words for a fixed number.
fn code_text(extended_code: i32) -> String {
    format!(
        "SQLite {extended_code}: {}",
        ffi::code_to_str(extended_code)
    )
}
