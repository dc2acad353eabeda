//! `doctor`

use serde::Serialize;
use serde_json::json;
use simgate_app::console::{self, DatabaseFound, Installation, SetUpFound, VendorsFound};
use simgate_app::contract::words::FaultKind;
use simgate_host::disk;

use super::vendors_test::name;
use crate::ending::{Ending, Exit, Failure};
use crate::installation::Here;
use crate::table::{Table, plain};
use crate::words;

/// Bytes that a data folder should have left: some hundred thousand entries of the record.
const ROOM: u64 = 200_000_000;
/// How far the clock may be behind before it is named: a clock that is set by the network moves less.
const BEHIND: u64 = 60;

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Good,
    Missing,
    Bad,
    Closed,
    NotSeen,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Missing => "missing",
            Self::Bad => "BAD",
            Self::Closed => "CLOSED",
            Self::NotSeen => "not seen",
        }
    }

    const fn exit(self) -> Exit {
        match self {
            Self::Good | Self::NotSeen => Exit::Done,
            Self::Missing | Self::Bad => Exit::NotDone,
            Self::Closed => Exit::Closed,
        }
    }
}

/// One thing that was looked at.
#[derive(Serialize)]
struct Check {
    name: &'static str,
    state: State,
    found: String,
    /// What to do, where there is something to do.
    #[serde(rename = "do")]
    act: Option<String>,
}

/// Looks at all of it.
pub async fn run(here: &Here) -> Result<Ending, Failure> {
    let look = console::look(here.config(), here.clock(), here.vault()?).await;
    let mut checks = vec![folder(here, look.folder)];
    match &look.keyring {
        Ok(vendors) => {
            checks.push(good("keyring", "it answers"));
            checks.push(vendors_check(here, vendors));
        }
        Err(kind) => checks.push(closed("keyring", *kind, None)),
    }
    match look.database {
        DatabaseFound::Open(found) => checks.extend(installation(&found)),
        DatabaseFound::Closed { kind, reference } => {
            checks.push(closed("database", kind, Some(reference)));
        }
        DatabaseFound::NotSeen => {
            checks.push(check(
                "database",
                State::NotSeen,
                "its key is in the keyring",
            ));
        }
        DatabaseFound::Nothing => checks.push(Check {
            act: Some("Start SIMgate and set it up in its window.".to_owned()),
            ..check("database", State::Missing, "nobody has set SIMgate up here")
        }),
    }
    checks.extend(room(here));
    Ok(told(here, &checks))
}

fn told(here: &Here, checks: &[Check]) -> Ending {
    let folder = here.data.to_string_lossy();
    let mut table = Table::new(["what", "", "found"]);
    for check in checks {
        let found = check.found.clone();
        table.row([check.name.to_owned(), check.state.word().to_owned(), found]);
    }
    let mut lines = vec![format!("{}\n\n{}", plain(&folder), table.text())];
    for check in checks {
        if let Some(act) = &check.act {
            lines.push(format!("{}: {}", check.name, plain(act)));
        }
    }
    let ends = checks.iter().map(|check| check.state.exit());
    let exit = ends.max_by_key(|exit| rank(*exit)).unwrap_or(Exit::Done);
    let json = json!({
        "folder": folder,
        "rehearsal": here.rehearsal,
        "works": exit == Exit::Done,
        "checks": checks,
    });
    Ending::told(exit, lines.join("\n"), json)
}

/// Which of two ends is the worse.
const fn rank(exit: Exit) -> u8 {
    match exit {
        Exit::Done => 0,
        Exit::NotDone | Exit::NotUnderstood | Exit::Refused => 1,
        Exit::Closed => 2,
    }
}

fn check(name: &'static str, state: State, found: impl Into<String>) -> Check {
    Check {
        name,
        state,
        found: found.into(),
        act: None,
    }
}

fn good(name: &'static str, found: impl Into<String>) -> Check {
    check(name, State::Good, found)
}

fn closed(name: &'static str, kind: FaultKind, reference: Option<String>) -> Check {
    let (what, act) = words::fault(kind);
    let more = reference
        .filter(|_| words::log_says_more(kind))
        .map(|reference| format!(" The log says more under {reference}."));
    Check {
        act: Some(format!("{act}{}", more.unwrap_or_default())),
        ..check(name, State::Closed, what)
    }
}

fn folder(here: &Here, there: bool) -> Check {
    if there {
        return good("data folder", "it is there");
    }
    let path = here.data.to_string_lossy();
    Check {
        act: Some(format!(
            "SIMgate makes {path} when it first starts. If there is one elsewhere, name it with \
             --data-dir."
        )),
        ..check("data folder", State::Missing, "it is not there")
    }
}

fn vendors_check(here: &Here, found: &VendorsFound) -> Check {
    const NAME: &str = "vendors";
    if here.rehearsal {
        return good(NAME, "a rehearsal's stand-ins answer");
    }
    let set = "Set them in the window, or with simgate-admin vendors set.".to_owned();
    match found {
        VendorsFound::Set => good(NAME, "the settings of both are there"),
        VendorsFound::Missing(vendors) => {
            let names = vendors.iter().copied().map(name);
            let names = names.collect::<Vec<_>>().join(" and ");
            Check {
                act: Some(set),
                ..check(NAME, State::Missing, format!("no settings of {names}"))
            }
        }
        VendorsFound::Damaged => Check {
            act: Some(set),
            ..check(NAME, State::Bad, words::fault(FaultKind::VendorSettings).0)
        },
    }
}

fn installation(found: &Installation) -> [Check; 4] {
    let entries = words::count(found.newest, "entry was", "entries were");
    let record = format!("it ends where the keyring says; {entries} written");
    let set_up = match found.set_up {
        SetUpFound::Finished => good("set-up", "it is finished"),
        SetUpFound::Begun => Check {
            act: Some("Let the first admin sign in and finish it, or take them back.".to_owned()),
            ..check("set-up", State::Missing, "it was begun and not finished")
        },
        SetUpFound::NotBegun => Check {
            act: Some("Start SIMgate and set it up in its window.".to_owned()),
            ..check("set-up", State::Missing, "there is nobody yet")
        },
    };
    let behind = found.clock_behind.map_or(0, |span| span.as_secs());
    let clock = if behind > BEHIND {
        Check {
            act: Some(
                "Set the clock of the machine, and let the network keep it. Locks and limits last \
                 until what they were dated with."
                    .to_owned(),
            ),
            ..check(
                "clock",
                State::Bad,
                format!("it is {behind} s behind the newest entry of the record"),
            )
        }
    } else {
        good("clock", "it is not behind the record")
    };
    [
        good("database", "it opens"),
        good("record", record),
        set_up,
        clock,
    ]
}

/// The space on the disk, where the system tells.
fn room(here: &Here) -> Option<Check> {
    const NAME: &str = "disk";
    let left = disk::left(&here.data)?;
    let found = format!("{} MB are left", left / 1_000_000);
    Some(if left >= ROOM {
        good(NAME, found)
    } else {
        Check {
            act: Some("Make room: what cannot be recorded does not happen.".to_owned()),
            ..check(NAME, State::Bad, found)
        }
    })
}
