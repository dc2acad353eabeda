//! `audit verify FILE`: an exported file, from itself alone.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;
use simgate_record::{Flaw, Progress, PublicKey, Verdict, verify_file};

use super::audit_verify::stopped;
use crate::ending::{Ending, Exit, Failure};
use crate::progress::watched;
use crate::table::plain;
use crate::words;

/// Verifies the file, with neither keyring nor database.
pub async fn run(path: PathBuf, key: Option<[u8; 32]>) -> Result<Ending, Failure> {
    let progress = Arc::new(Progress::default());
    let going = {
        let (path, progress) = (path.clone(), Arc::clone(&progress));
        let expected = key.map(PublicKey::new);
        tokio::task::spawn_blocking(move || verify_file(&path, expected, &progress))
    };
    let verdict = watched("bytes", || progress.seen(), || progress.cancel(), going).await;
    let verdict = verdict.map_err(io::Error::other).and_then(|read| read);
    let verdict = verdict.map_err(|error| {
        let message = format!(
            "{} cannot be read: {error}.",
            plain(&path.to_string_lossy())
        );
        Failure::new(Exit::NotDone, "file_not_read", message)
    })?;
    Ok(told(verdict, key.is_some()))
}

fn told(verdict: Verdict, expected: bool) -> Ending {
    match verdict {
        Verdict::Sound { key, from, to } => {
            let entries = to.saturating_add(1).saturating_sub(from);
            let count = words::count(entries, "entry", "entries");
            let whose = if expected {
                "It was exported under the key that you named."
            } else {
                "Compare the key with the one that the branch tells you on another way."
            };
            let text = format!(
                "Sound: {count}, from {from} to {to}, each as it was written, and none missing.\nIts \
                 key is {key}. {whose}"
            );
            let json = json!({
                "sound": true,
                "entries": entries,
                "first": from,
                "last": to,
                "key": key.to_string(),
            });
            Ending::done(text, json)
        }
        Verdict::Flawed { line, seq, flaw } => {
            let which = match seq {
                Some(seq) => format!("entry {seq}, on line {line}"),
                None => format!("line {line}, which every exported record begins with"),
            };
            let why = why(flaw);
            let text = format!("NOT SOUND: the first bad one is {which}: {why}.");
            let json = json!({
                "sound": false,
                "entry": seq,
                "line": line,
                "why": why,
            });
            Ending::told(Exit::NotDone, text, json)
        }
        Verdict::OtherKey { key } => {
            let text = format!("NOT THIS BRANCH'S: the file names the key {key}.");
            let json = json!({ "sound": false, "key": key.to_string(), "why": "another key" });
            Ending::told(Exit::NotDone, text, json)
        }
        Verdict::Canceled => stopped(),
    }
}

fn why(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Gap => "it is missing",
        Flaw::Order => "another stands in its place",
        Flaw::Hash => "its content was changed",
        Flaw::Signature => "it was not signed with the key",
        Flaw::Head => "the record was cut off there",
        Flaw::Format | Flaw::Shape => "it is not of the form that SIMgate writes",
    }
}
