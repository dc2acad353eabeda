//! A change of somebody's number.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PersonRow;
use crate::contract::words::{ChannelName, StopReason};

/// A new number for somebody.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct NumberForm {
    /// Who.
    pub id: String,
    /// The version of them that was seen.
    pub version: u32,
    /// The number as typed.
    pub phone: String,
    /// The country for a number typed without `+` (ISO 3166-1 alpha-2).
    pub country: String,
}

/// How far a change of somebody's number is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "step",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum NumberStep {
    /// A code was sent to the new number and is waited for.
    Code {
        /// The last two digits of the new number.
        number_ending: String,
        /// How it was sent.
        channel: ChannelName,
        /// Wrong codes that may still be typed.
        tries_left: u32,
        /// Whether the last one was wrong.
        wrong: bool,
        /// Seconds until it is no longer taken.
        expires_in: u32,
    },
    /// The number was not changed.
    Stopped {
        /// Why.
        reason: StopReason,
        /// The last two digits of the new number.
        number_ending: String,
        /// How far back its SIM check looked.
        window_days: u32,
        /// What to look for in the record.
        reference: String,
        /// The moment from which it may work again, if that is known (RFC 3339, UTC).
        until: Option<String>,
        /// Seconds after which trying again makes sense, if that is known.
        retry_in: Option<u32>,
    },
    /// The number was changed.
    Done {
        /// The person now.
        person: PersonRow,
    },
    /// The number was not changed: somebody else has changed the person meanwhile.
    Outdated {
        /// The person now.
        person: PersonRow,
    },
    /// There is no such person any more.
    Gone,
    /// The person may not sign in, so that no code goes to them.
    Unfitting,
}
