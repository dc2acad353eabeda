//! The keyring as the program meets it when it opens: one that keeps things in memory, and answers
//! when a scenario lets it.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use simgate_app::commands::State;
use simgate_app::contract::args::Typed;
use simgate_app::contract::rules::{RulesAnswer, RulesForm};
use simgate_app::contract::settings::{SaveAnswer, TruIdForm, VendorForm};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ErrorCode, FaultKind, VendorName};
use simgate_store::Store;
use simgate_vault::{Keyring, Secret, Space, Timer, Vault, VaultError};
use tokio::sync::watch;
use zeroize::Zeroizing;

use crate::branch::{Branch, STEADY, branch_form, register_form, seconds};
use crate::opening::{every_command, fault};
use crate::vendor_settings::save;

/// What a person waits at the most until they are told.
const TOLD: Duration = seconds(5);

/// Longer than the machine may take for what needs no waiting, so that only a mistake runs into it.
const PATIENCE: Duration = seconds(30);

/// A timer that moves when a scenario moves it.
#[derive(Clone, Default)]
struct HandTimer(watch::Sender<Duration>);

impl HandTimer {
    fn forward(&self, span: Duration) {
        self.0.send_modify(|now| *now += span);
    }
}

impl Timer for HandTimer {
    fn now(&self) -> Duration {
        *self.0.borrow()
    }

    fn sleep(&self, span: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let (mut time, until) = (self.0.subscribe(), self.now() + span);
        Box::pin(async move {
            time.wait_for(|now| *now >= until).await.expect("a timer");
        })
    }
}

type Kept = HashMap<(String, String), Vec<u8>>;

/// A keyring that answers at once, or each call when it is let.
struct InMemory {
    kept: Arc<Mutex<Kept>>,
    locked: bool,
    door: Option<Door>,
}

struct Door {
    comes: Sender<()>,
    goes: Mutex<Receiver<()>>,
}

impl InMemory {
    fn open() -> Self {
        Self {
            kept: Arc::default(),
            locked: false,
            door: None,
        }
    }

    /// The same keyring for two programs.
    fn twice() -> (Self, Self) {
        let (one, mut other) = (Self::open(), Self::open());
        other.kept = Arc::clone(&one.kept);
        (one, other)
    }

    /// One whose calls wait for the porter.
    fn behind_a_door(locked: bool) -> (Self, Porter) {
        let (comes, came) = channel();
        let (go, goes) = channel();
        let goes = Mutex::new(goes);
        let keyring = Self {
            kept: Arc::default(),
            locked,
            door: Some(Door { comes, goes }),
        };
        let came = Arc::new(Mutex::new(came));
        (keyring, Porter { came, go })
    }

    /// Waits, for ever where nobody lets it go on. The end of the scenario does.
    fn wait(&self) -> Result<(), VaultError> {
        let Some(door) = &self.door else {
            return Ok(());
        };
        let gone = |()| VaultError::Failed("the scenario is over".to_owned());
        door.comes.send(()).map_err(|_| gone(()))?;
        let goes = door.goes.lock().expect("the door");
        goes.recv().map_err(|_| gone(()))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().expect("what is kept")
    }
}

fn place(service: &str, username: &str) -> (String, String) {
    (service.to_owned(), username.to_owned())
}

impl Keyring for InMemory {
    fn get(&self, service: &str, username: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.wait()?;
        let kept = self.kept().get(&place(service, username)).cloned();
        Ok(kept.map(Zeroizing::new))
    }

    fn put(&self, service: &str, username: &str, value: &[u8]) -> Result<(), VaultError> {
        self.wait()?;
        self.kept().insert(place(service, username), value.to_vec());
        Ok(())
    }

    fn delete(&self, service: &str, username: &str) -> Result<(), VaultError> {
        self.wait()?;
        self.kept().remove(&place(service, username));
        Ok(())
    }

    fn is_locked(&self) -> Option<bool> {
        Some(self.locked)
    }
}

/// Who lets calls go on.
struct Porter {
    came: Arc<Mutex<Receiver<()>>>,
    go: Sender<()>,
}

impl Porter {
    /// Waits until the keyring is asked.
    async fn asked(&self) {
        let came = Arc::clone(&self.came);
        let asked = move || came.lock().expect("the porter").recv_timeout(PATIENCE);
        let asked = tokio::task::spawn_blocking(asked).await;
        asked.expect("no panic").expect("a call");
    }

    /// Lets the call go on that is waiting, or the next that comes.
    fn answer(&self) {
        self.go.send(()).expect("the keyring");
    }
}

/// Who is missing in the first run.
fn missing(view: &View) -> Vec<VendorName> {
    let View::FirstRun(first) = view else {
        panic!("the first run, not {view:?}");
    };
    first.missing.clone()
}

/// A branch that was set up, whose keyring has lost what it knew of the vendors.
#[tokio::test]
async fn nothing_runs_without_the_vendors() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut branch = Branch::open().await;
    branch.start_for_real(folder.path(), InMemory::open(), HandTimer::default());
    branch.vendors.clear_ledger();
    let store = Arc::clone(&branch.store) as Arc<dyn Store>;
    branch.app.open_on(store).await;
    let missing = vec![VendorName::TruId, VendorName::Twilio];
    assert_eq!(branch.view().await, View::NotSetUp { missing });
    every_command(&branch, State::NotSetUp).await;
}

/// The first run of a real profile: the branch can be said before the vendors are set, an admin can
/// be made after, and the last one that is saved lets the program go on by itself.
#[tokio::test]
async fn the_first_run_begins_with_no_vendor_and_goes_on_with_the_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let (keyring, beside) = InMemory::twice();
    let mut branch = Branch::open().await;
    branch.start_for_real(folder.path(), keyring, HandTimer::default());
    branch.app.open().await;
    let both = [VendorName::TruId, VendorName::Twilio];
    assert_eq!(missing(&branch.view().await), both);
    let named = branch.app.set_branch(branch_form("High Street")).await;
    named.expect("the branch has no need of a vendor");
    let mut rules = branch.app.rules_page().await.expect("the first").rules;
    rules.branch.countries = Some(vec!["GB".to_owned()]);
    let set = branch.app.set_rules(RulesForm { rules, version: 1 }).await;
    assert!(
        matches!(set, Ok(RulesAnswer::Done { .. })),
        "nor have rules: {set:?}"
    );
    let form = register_form("admin.one", STEADY);
    let admin = branch.app.register_first_admin(form).await;
    let refused = admin.expect_err("nobody can prove a phone yet");
    assert_eq!(refused.code, ErrorCode::NotNow);
    branch.app.close().await;

    let beside = Vault::on(Space::Real, beside, HandTimer::default()).expect("a thread");
    let id = "0123456789abcdef".repeat(2);
    let twilio = format!(r#"{{"sid":"AC{id}","secret":"{id}","service_sid":"VA{id}"}}"#);
    let put = beside.put(&Secret::Twilio, twilio.as_bytes()).await;
    put.expect("kept");
    branch.app.open().await;
    assert_eq!(missing(&branch.view().await), [VendorName::TruId]);
    let form = VendorForm::TruId(TruIdForm {
        host: Some("eu".to_owned()),
        client_id: Some("an-id".to_owned()),
        client_secret: Some(Typed::from("a-secret".to_owned())),
    });
    let saved = save(&branch, form, true).await;
    assert!(matches!(saved, SaveAnswer::Saved { .. }), "{saved:?}");
    assert_eq!(missing(&branch.view().await), [], "it goes on by itself");
}

/// The program opens on a keyring each of whose calls takes this long, and that is silent from one on:
/// what is said of it in time.
async fn silent_from(call: u32, pace: Duration, locked: bool) -> FaultKind {
    let folder = tempfile::tempdir().expect("a folder");
    let (keyring, porter) = InMemory::behind_a_door(locked);
    let timer = HandTimer::default();
    let mut branch = Branch::open().await;
    branch.start_for_real(folder.path(), keyring, timer.clone());
    let app = branch.app.clone();
    let opening = tokio::spawn(async move { app.open().await });
    for _ in 1..call {
        porter.asked().await;
        timer.forward(pace);
        porter.answer();
    }
    porter.asked().await;
    timer.forward(TOLD.saturating_sub(timer.now()));
    let told = tokio::time::timeout(PATIENCE, opening).await;
    told.expect("it is said within five seconds")
        .expect("no panic");
    let said = fault(&branch.view().await);

    // As soon as it answers, trying again leads on.
    for _ in 0..64 {
        porter.answer();
    }
    let again = branch.app.try_again().await.expect("tried again");
    assert_eq!(missing(&again.view).len(), 2, "from call {call} on");
    said
}

/// KR2: however many calls it answered before, and however slowly.
#[tokio::test]
async fn a_keyring_that_falls_silent_at_any_call_is_said_within_five_seconds() {
    for (locked, kind) in [
        (false, FaultKind::KeyringSilent),
        (true, FaultKind::KeyringLocked),
    ] {
        for (call, pace) in [(1, 0), (2, 3_000), (3, 1_500), (8, 400)] {
            let pace = Duration::from_millis(pace);
            let said = silent_from(call, pace, locked).await;
            assert_eq!(said, kind, "silent from call {call} on");
        }
    }
}
