//! The words of the command line: what each fault and each refusal is, and what to do.
//!
//! Codes come from the program, as the window's do. What has no words of its own here is told by its
//! code.

mod refusals;

use serde::Serialize;
use simgate_app::contract::words::FaultKind;

pub use refusals::{NOT_SET_UP, refusal};

/// What is said of what was not foreseen.
pub const UNFORESEEN: &str = "Something went wrong that was not foreseen.";

/// The word that a code is written as.
pub fn code(code: &impl Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => "unforeseen".to_owned(),
    }
}

/// What keeps the program from working, and what to do.
pub const fn fault(kind: FaultKind) -> (&'static str, &'static str) {
    match kind {
        FaultKind::KeyringMissing => (
            "This session has no keyring.",
            "Run this in the desktop session of the account that SIMgate runs under; on Linux it needs \
             a Secret Service such as gnome-keyring.",
        ),
        FaultKind::KeyringLocked => (
            "The keyring is locked.",
            "Unlock it: sign in to the desktop, or open its password manager.",
        ),
        FaultKind::KeyringSilent => (
            "The keyring did not answer within five seconds.",
            "Look whether it waits for a password on the desktop, then try again.",
        ),
        FaultKind::KeyringDenied => (
            "The keyring refused.",
            "Allow SIMgate to use it, and run this under the account that SIMgate runs under.",
        ),
        FaultKind::KeyringDamaged => (
            "The keyring holds something else under SIMgate's names.",
            "Put the keyring back from a backup.",
        ),
        FaultKind::DatabaseMissing => (
            "The keyring knows a database that is not in this folder.",
            "Put it back, or name its folder with --data-dir.",
        ),
        FaultKind::DatabaseLocked => (
            "SIMgate is open on this folder.",
            "Close it, then try again.",
        ),
        FaultKind::DatabaseNewer => (
            "The database was written by a later version of SIMgate.",
            "Use that version.",
        ),
        FaultKind::DatabaseOlder => (
            "The database is an older copy, or its record was shortened or rewritten.",
            "Put the newest one back. Do not go on with this one before it is known who changed it.",
        ),
        FaultKind::SealLost => (
            "The keyring does not hold the key that the record is sealed with.",
            "Put the keyring back from a backup.",
        ),
        FaultKind::DatabaseDamaged => (
            "The database is damaged, or is no database at all.",
            "Put it back from a backup.",
        ),
        FaultKind::DatabaseOtherKey => (
            "There is a database, and the keyring has no key for it or another one.",
            "Run this under the account that SIMgate runs under, or put the keyring back.",
        ),
        FaultKind::DataFolder => (
            "The data folder cannot be read or written.",
            "Look at its owner, its rights and the space on its disk.",
        ),
        FaultKind::VendorSettings => (
            "The vendors' settings in the keyring are not of their form.",
            "Set them anew: simgate-admin vendors set.",
        ),
        FaultKind::Unforeseen => (UNFORESEEN, "Look into the log."),
    }
}

/// Whether the log tells an admin anything that these words do not.
pub const fn log_says_more(kind: FaultKind) -> bool {
    match kind {
        FaultKind::KeyringMissing
        | FaultKind::KeyringLocked
        | FaultKind::KeyringSilent
        | FaultKind::DatabaseMissing
        | FaultKind::DatabaseLocked
        | FaultKind::DatabaseNewer => false,
        FaultKind::KeyringDenied
        | FaultKind::KeyringDamaged
        | FaultKind::DatabaseOlder
        | FaultKind::SealLost
        | FaultKind::DatabaseDamaged
        | FaultKind::DatabaseOtherKey
        | FaultKind::DataFolder
        | FaultKind::VendorSettings
        | FaultKind::Unforeseen => true,
    }
}

/// What is wrong with a row of a file of people.
pub fn problem(code: &str) -> String {
    let words = match code {
        "username_empty" => "no name",
        "username_too_short" => "fewer than 3 characters",
        "username_too_long" => "more than 32 characters",
        "username_characters" => "a character that names do not have",
        "username_look_alike" => "a letter that passes for another",
        "username_taken" => "somebody has that name",
        "username_resembles" => "somebody has a name that looks the same",
        "username_twice" => "a row before it has that name, or one that looks the same",
        "role_unknown" => "none of staff, supervisor, admin",
        "phone_empty" => "no number",
        "phone_invalid" => "not a number that exists",
        "phone_not_mobile" => "not a number that a mobile phone can have",
        "phone_country_not_allowed" => "a number of a country that is not allowed here",
        "phone_taken" => "somebody has that number",
        "phone_twice" => "a row before it has that number",
        "channel_unknown" => "neither sms nor voice",
        "columns" => "too few columns, or too many",
        "too_long" => "a field of more than 256 bytes",
        other => other,
    };
    words.to_owned()
}

/// A step of a vendor's test.
pub fn test_step(code: &str) -> String {
    let words = match code {
        "host_reached" => "the host is reached",
        "token_granted" => "a token is granted",
        "scope_held" => "it may check SIMs",
        "service_found" => "the Verify service is found",
        "code_length" => "codes have six digits or more",
        "channels" => "texts and calls",
        other => other,
    };
    words.to_owned()
}

/// Why a step of a vendor's test failed.
pub fn test_cause(code: &str) -> String {
    let words = match code {
        "network" => "no answer: is this machine online?",
        "not_secure" => "the connection is not secure: something stands between",
        "refused" => "the id or the secret is wrong, or was taken back",
        "scope_missing" => "the project lacks the scope sim_check",
        "no_balance" => "there is no credit left",
        "service_missing" => "no Verify service has this SID in this account",
        "code_too_short" => "they have fewer than six: set six or more in the Twilio console",
        "code_length_not_told" => "the service does not tell how long its codes are",
        "suspended" => "the account is suspended or closed, or its trial has ended",
        "rate_limit" => "asked too often just now",
        "vendor_failed" => "the service has a problem of its own: try later",
        "malformed_answer" => "the answer could not be read",
        other => other,
    };
    words.to_owned()
}

/// What is wrong with a field of a vendor's settings.
pub fn field_problem(code: &str) -> String {
    let words = match code {
        "missing" => "is missing",
        "too_long" => "is longer than 256 characters",
        "host_not_allowed" => "is no host of tru.ID or IDlayr, such as https://eu.api.tru.id",
        "client_id_form" => "has a space or a colon",
        "client_secret_form" | "secret_form" => "has a space",
        "sid_form" => "is not AC or SK and 32 hexadecimal digits",
        "service_sid_form" => "is not VA and 32 hexadecimal digits",
        other => return format!("will not do ({other})"),
    };
    words.to_owned()
}

/// A count with its noun.
pub fn count(of: u64, one: &str, more: &str) -> String {
    if of == 1 {
        format!("1 {one}")
    } else {
        format!("{of} {more}")
    }
}
