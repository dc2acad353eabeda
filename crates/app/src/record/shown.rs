//! What the store tells of the record, as the page is told it.

use std::fmt::Write as _;

use simgate_store::{Cost, EntryInFull, Flaw, FoundEntry, Party, Verification};

use crate::contract::record::{
    BadEntry, BadKind, CostView, EntryResult, EntryRow, EntryView, PartyView, VerificationView,
};

pub fn row(entry: FoundEntry) -> EntryRow {
    EntryRow {
        seq: entry.seq,
        at: entry.at.to_string(),
        act: entry.act,
        result: if entry.refused {
            EntryResult::Refused
        } else {
            EntryResult::Done
        },
        about: party(entry.who),
        by: party(entry.by),
        cause: entry.cause,
        reference: entry.reference,
    }
}

pub fn in_full(found: EntryInFull) -> EntryView {
    let entry = found.entry;
    EntryView {
        detail: entry.detail.clone(),
        policy: entry.policy,
        check_id: entry.check_id.clone(),
        cost: entry.cost.map(cost),
        hash: hex(&found.hash),
        previous: hex(&found.before),
        older: found.older,
        newer: found.newer,
        row: row(entry),
    }
}

fn party(party: Party) -> PartyView {
    match party {
        Party::Person { user, name, gone } => {
            let id = user.value().to_string();
            PartyView::Person {
                name: name.unwrap_or_else(|| id.clone()),
                id,
                deleted: gone,
            }
        }
        Party::UnknownName => PartyView::UnknownName,
        Party::Nobody => PartyView::Nobody,
        Party::Program => PartyView::Program,
        Party::Console => PartyView::Console,
    }
}

/// An amount as the page shows it.
pub fn cost(cost: Cost) -> CostView {
    let millionths = cost.millionths();
    let sign = if millionths < 0 { "-" } else { "" };
    let (whole, part) = (
        millionths.unsigned_abs() / 1_000_000,
        millionths.unsigned_abs() % 1_000_000,
    );
    let amount = format!("{sign}{whole}.{part:06}");
    let amount = amount.trim_end_matches('0').trim_end_matches('.');
    CostView {
        amount: amount.to_owned(),
        currency: cost.currency().to_owned(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // A String takes any text.
        let _written = write!(hex, "{byte:02x}");
        hex
    })
}

pub fn verification(found: Verification) -> VerificationView {
    match found {
        Verification::Sound {
            entries,
            times,
            dropped,
            ..
        } => {
            let (from, to) = times.unzip();
            let from = from.map(|at| at.to_string());
            VerificationView::Good {
                entries,
                dropped_until: from.clone().filter(|_| dropped),
                from,
                to: to.map(|at| at.to_string()),
            }
        }
        Verification::Flawed { seq, flaw } => VerificationView::Bad {
            first: BadEntry {
                seq,
                kind: kind(flaw),
            },
        },
        Verification::Canceled => VerificationView::Stopped,
    }
}

fn kind(flaw: Flaw) -> BadKind {
    match flaw {
        Flaw::Gap => BadKind::Link,
        Flaw::Order => BadKind::Sequence,
        Flaw::Format | Flaw::Shape => BadKind::Unreadable,
        Flaw::Hash => BadKind::Hash,
        Flaw::Signature => BadKind::Signature,
        Flaw::Head => BadKind::Shortened,
    }
}

/// The record's own word for a flaw.
pub const fn word(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Gap => "entry_missing",
        Flaw::Order => "entry_out_of_order",
        Flaw::Format | Flaw::Shape => "entry_unreadable",
        Flaw::Hash => "entry_changed",
        Flaw::Signature => "entry_not_signed",
        Flaw::Head => "record_shortened",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_a_decimal_number() {
        let table = [
            (0, "0"),
            (12_500, "0.0125"),
            (-12_500, "-0.0125"),
            (3_000_000, "3"),
            (10_000_001, "10.000001"),
            (i64::MIN, "-9223372036854.775808"),
        ];
        for (millionths, expected) in table {
            let said = cost(Cost::new(millionths, "GBP").expect("a currency"));
            assert_eq!(said.amount, expected);
            assert_eq!(said.currency, "GBP");
        }
    }
}
