//! Opening fails: it is said which way, and no command does anything but those that look or try again.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use simgate_app::commands::{Rule, State, TABLE};
use simgate_app::config::Ground;
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ErrorCode, FaultKind};
use simgate_domain::{Clock, Timestamp};

use crate::branch::{Branch, firm};
use crate::commands::call;

/// Every command in this state does what the table says; none asks a vendor. What may lead elsewhere
/// is tried last.
pub async fn every_command(branch: &Branch, state: State) {
    let leads_on = |rule: &&'static Rule| rule.name == "try_again";
    let (last, first): (Vec<&Rule>, Vec<&Rule>) = TABLE.iter().partition(leads_on);
    for rule in first.into_iter().chain(last) {
        let command = rule.name;
        let before = branch.app.view().await.expect("a view");
        let answer = call(branch, command).await;
        let not_now = matches!(&answer, Err(refusal) if refusal.code == ErrorCode::NotNow);
        // Outside a rehearsal there is no phone, in no state.
        let nowhere = command == "rehearsal_phone" && !before.rehearsal;
        let allowed = rule.states.contains(&state) && !nowhere;
        assert_eq!(!not_now, allowed, "{command} in {state:?}: {answer:?}");
        let after = branch.app.view().await.expect("a view");
        let unchanged = after.revision == before.revision;
        assert!(
            allowed || unchanged,
            "{command} in {state:?} changed something"
        );
    }
    assert!(branch.vendors.ledger().is_empty(), "{state:?}");
}

pub fn fault(view: &View) -> FaultKind {
    let View::Fault { kind, reference } = view else {
        panic!("a fault, not {view:?}");
    };
    assert!(!reference.is_empty(), "the log has it under this");
    *kind
}

/// A program on this folder that has opened nothing yet.
async fn unopened(folder: &Path) -> Branch {
    let mut branch = Branch::open().await;
    branch.start_unopened(folder, Arc::clone(&branch.clock) as Arc<dyn Clock>, firm());
    branch.vendors.clear_ledger();
    branch
}

#[tokio::test]
async fn nothing_runs_before_it_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let branch = unopened(folder.path()).await;
    assert!(matches!(branch.view().await, View::Starting));
    every_command(&branch, State::Starting).await;
    assert!(matches!(branch.view().await, View::Starting));
}

#[tokio::test]
async fn nothing_runs_where_the_data_folder_cannot_be_used() {
    let no_folder = tempfile::NamedTempFile::new().expect("a file");
    let branch = unopened(no_folder.path()).await;
    branch.app.open().await;
    assert_eq!(fault(&branch.view().await), FaultKind::DataFolder);
    every_command(&branch, State::Fault).await;
    assert_eq!(fault(&branch.view().await), FaultKind::DataFolder);
}

/// Without the log, what is said of a fault leads nowhere: nothing is opened before it is there.
#[tokio::test]
async fn nothing_is_opened_where_there_is_no_log_until_there_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let writable = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&writable);
    let ground: Ground = Arc::new(move || {
        let there = asked.load(Ordering::SeqCst).then_some(());
        there.ok_or_else(|| "the log cannot be written".into())
    });
    let mut branch = Branch::open().await;
    let clock = Arc::clone(&branch.clock) as Arc<dyn Clock>;
    branch.start_unopened(&data, clock, ground);
    branch.app.open().await;
    assert_eq!(fault(&branch.view().await), FaultKind::DataFolder);
    assert!(!data.exists(), "nothing was begun");
    writable.store(true, Ordering::SeqCst);
    let again = branch.app.try_again().await.expect("tried again");
    assert!(
        !matches!(
            again.view,
            View::Fault {
                kind: FaultKind::DataFolder,
                ..
            }
        ),
        "{again:?}"
    );
    assert!(data.exists());
}

#[tokio::test]
async fn a_data_folder_that_another_program_holds_is_called_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let lock = File::create(folder.path().join("simgate.lock")).expect("a file");
    lock.lock().expect("held");
    let branch = unopened(folder.path()).await;
    branch.app.open().await;
    assert_eq!(fault(&branch.view().await), FaultKind::DatabaseLocked);
}

/// A clock that panics once.
struct Broken(AtomicBool);

impl Clock for Broken {
    fn now(&self) -> Timestamp {
        assert!(self.0.swap(true, Ordering::SeqCst), "the clock is broken");
        Timestamp::from_micros(1_795_424_400_000_000)
    }

    fn uptime(&self) -> Duration {
        Duration::from_secs(1)
    }
}

#[tokio::test]
async fn a_panic_while_opening_is_said_and_can_be_tried_again() {
    let no_folder = tempfile::NamedTempFile::new().expect("a file");
    let mut branch = Branch::open().await;
    let clock = Arc::new(Broken(AtomicBool::new(false)));
    branch.start_unopened(no_folder.path(), clock, firm());
    branch.app.open().await;
    assert_eq!(fault(&branch.view().await), FaultKind::Unforeseen);
    let again = branch.app.try_again().await.expect("tried again");
    assert_eq!(fault(&again.view), FaultKind::DataFolder);
}
