//! `audit verify`: the record in the database.

use std::sync::Arc;

use serde_json::json;
use simgate_app::contract::record::{BadKind, VerificationView};
use simgate_record::Progress;

use crate::ending::{Ending, Exit, Failure};
use crate::installation::{Here, at};
use crate::progress::watched;
use crate::words;

/// Goes through the record.
pub async fn run(here: &Here) -> Result<Ending, Failure> {
    let progress = Arc::new(Progress::default());
    let found = at(here.open().await?, async |console| {
        let going = console.verify_record(Arc::clone(&progress));
        watched("entries", || progress.seen(), || progress.cancel(), going).await
    });
    match found.await? {
        VerificationView::Good {
            entries,
            from,
            to,
            dropped_until,
        } => {
            let count = words::count(entries, "entry", "entries");
            let mut lines = vec![format!(
                "Sound: {count}, each as it was written, and none missing."
            )];
            if let (Some(from), Some(to)) = (&from, &to) {
                lines.push(format!("From {from} to {to}."));
            }
            if let Some(until) = &dropped_until {
                lines.push(format!("Older ones than {until} were dropped, signed."));
            }
            let json = json!({
                "sound": true,
                "entries": entries,
                "from": from,
                "to": to,
                "droppedUntil": dropped_until,
            });
            Ok(Ending::done(lines.join("\n"), json))
        }
        VerificationView::Bad { first } => {
            let why = kind(first.kind);
            let text = format!(
                "NOT SOUND: the first bad entry is {}: {why}.\nKeep a copy of the data folder as it \
                 is, and find out who could change it.",
                first.seq
            );
            let json = json!({
                "sound": false,
                "entry": first.seq,
                "kind": words::code(&first.kind),
                "why": why,
            });
            Ok(Ending::told(Exit::NotDone, text, json))
        }
        VerificationView::Idle
        | VerificationView::Running(_)
        | VerificationView::Stopped
        | VerificationView::Failed { .. } => Ok(stopped()),
    }
}

/// It was stopped before its end.
pub fn stopped() -> Ending {
    let message = "It was stopped before its end: nothing is known of the rest.".to_owned();
    Ending::failed(Exit::NotDone, "canceled", message)
}

fn kind(kind: BadKind) -> &'static str {
    match kind {
        BadKind::Hash => "its content was changed",
        BadKind::Link => "it is missing",
        BadKind::Signature => "it was not signed by this machine",
        BadKind::Sequence => "another stands in its place",
        BadKind::Shortened => "the record was cut off there",
        BadKind::Unreadable => "it is not of the form that SIMgate writes",
    }
}
