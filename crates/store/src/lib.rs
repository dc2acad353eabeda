//! Users, attempts, sends and the record, in one encrypted SQLite file.
//!
//! [`Store`] names what the program needs done, each call one atomic transaction; [`sqlite`] is its
//! only form today, and every form passes the same contract suite. No row, statement or connection
//! leaves this crate.
//!
//! **Reserve, then verify.** A try or a send is counted and committed before the password is hashed
//! or the vendor is asked, so that neither a crash nor a second window nor a second program buys
//! one more. **Acting and recording are one transaction.** What cannot be recorded does not happen.

pub mod backup;
pub mod entry;
pub mod error;
mod new_file;
pub mod people;
mod plain;
pub mod record;
pub mod rules;
pub mod sqlite;
pub mod store;
#[cfg(feature = "watch")]
pub mod watch;

pub use entry::{Act, By, Cost, Entry, Outcome, Topic, Who};
pub use error::{OpenError, StoreError};
pub use new_file::NewFile;
pub use people::{
    Actor, Added, Came, Find, FirstAdmin, Imported, Mark, MarkKey, NewPerson, NumberAnswer,
    NumberProof, OneTimeHash, PasswordKind, People, PeoplePage, PeopleQuery, PersonAnswer,
    PersonChange, PersonDetails, PersonRow, Seen, SetupState, Sort, Taken,
};
pub use record::{
    Asked, EntryInFull, ExportError, Exported, FoundEntry, Page, Party, Person, Place, Pruned,
    Record, Retention, Search, Verification,
};
pub use rules::{Outlook, PasswordOutlook, RulesChange, RulesSet, Spent};
pub use simgate_record::{Flaw, Head, Progress, PublicKey, SealKey};
pub use sqlite::{DatabaseKey, Seal, SqliteStore};
pub use store::{
    Account, Changed, CheckReservation, Closed, CodeAttempt, Grant, GrantAnswer, KEY_TAG, Kit,
    LastSignIn, Live, NameTried, NewKit, NewUser, PasswordAttempt, RecoveryAnswer, Registration,
    SendReservation, Session, Store, StoredPassword,
};
