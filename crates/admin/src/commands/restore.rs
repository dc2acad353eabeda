//! `restore FILE`

use serde_json::json;
use simgate_app::console::NotRestored;
use simgate_app::contract::args::Typed;
use simgate_app::contract::recovery::{
    BackupFileForm, DatabaseFacts, Present, RestoreDone, RestoreForm, RestoreOffer,
};

use super::backup::absolute;
use crate::arguments::Restore;
use crate::ending::{Ending, Failure};
use crate::input;
use crate::installation::{Here, at, not_opened};
use crate::progress::watched;
use crate::table::{Table, plain};
use crate::words;

/// Tells what a backup is and what it would take the place of, or puts it there.
pub async fn run(here: &Here, arguments: Restore) -> Result<Ending, Failure> {
    let path = absolute(&arguments.file)?;
    let recovery_key = input::recovery_key()?;
    let console = here.unopened()?;
    let Some(confirm) = arguments.confirm else {
        let offer = at(console, async |console| {
            console.inspect_backup(file(path, recovery_key)).await
        });
        return match offer.await {
            Ok(offer) => Ok(offered(&offer)),
            Err(why) => Err(not_restored(here, why)),
        };
    };
    let form = RestoreForm {
        path,
        recovery_key,
        confirm,
    };
    let done = at(console, async |console| {
        let watch = console.recovery_watch();
        let restoring = console.restore(form);
        watched("pages", || watch.seen(), || watch.cancel(), restoring).await
    });
    match done.await {
        Ok(done) => Ok(restored(&done)),
        Err(why) => Err(not_restored(here, why)),
    }
}

fn not_restored(here: &Here, why: NotRestored) -> Failure {
    match why {
        NotRestored::Refused(refusal) => refusal.into(),
        NotRestored::NotOpened(why) => not_opened(here, why),
    }
}

fn file(path: String, recovery_key: Typed) -> BackupFileForm {
    BackupFileForm { path, recovery_key }
}

fn offered(offer: &RestoreOffer) -> Ending {
    let mut table = Table::new(["", "people", "entries", "newest entry"]);
    table.row(row("the backup", &offer.backup));
    let here = match &offer.present {
        Present::Nothing => "There is nothing here that it would take the place of.".to_owned(),
        Present::Database { facts } => {
            table.row(row("what is here", facts));
            "What is here would be kept under another name, and the keyring would keep its key."
                .to_owned()
        }
        Present::Unreadable { fault } => format!(
            "What is here does not open: {} It would be kept under another name.",
            words::fault(*fault).0
        ),
    };
    let RestoreOffer {
        made_at,
        made_by,
        bytes,
        confirm,
        ..
    } = offer;
    let text = format!(
        "A backup of {made_at}, made by SIMgate {}, {} kB.\n\n{}\n{here}\nNothing was changed. To \
         restore it, type the same once more with\n  --confirm {confirm}",
        plain(made_by),
        bytes.div_ceil(1_000),
        table.text()
    );
    Ending::done(text, json!({ "restored": false, "offer": offer }))
}

fn row(what: &str, facts: &DatabaseFacts) -> [String; 4] {
    [
        what.to_owned(),
        facts.people.to_string(),
        facts.entries.to_string(),
        facts.last_entry_at.clone().unwrap_or_default(),
    ]
}

fn restored(done: &RestoreDone) -> Ending {
    let kept = done.kept_as.as_ref().map_or_else(
        || "There was nothing here before.".to_owned(),
        |kept| {
            let kept = plain(kept);
            format!("What was here before is kept in the data folder as {kept}.")
        },
    );
    let text = format!(
        "Restored. {kept}\nWhoever is in the backup signs in with the password of then. The vendors' \
         settings are not in it."
    );
    Ending::done(text, json!({ "restored": true, "keptAs": done.kept_as }))
}
