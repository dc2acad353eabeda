//! The keyring as the program meets it when it opens: one that keeps things in memory, and answers
//! when a scenario lets it.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use simgate_app::commands::State;
use simgate_app::contract::view::View;
use simgate_app::contract::words::{FaultKind, VendorName};
use simgate_vault::{Keyring, Timer, VaultError};
use tokio::sync::watch;
use zeroize::Zeroizing;

use crate::branch::{Branch, seconds};
use crate::opening::{every_command, fault};

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
    kept: Mutex<Kept>,
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
            kept: Mutex::default(),
            locked: false,
            door: None,
        }
    }

    /// One whose calls wait for the porter.
    fn behind_a_door(locked: bool) -> (Self, Porter) {
        let (comes, came) = channel();
        let (go, goes) = channel();
        let goes = Mutex::new(goes);
        let keyring = Self {
            kept: Mutex::default(),
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

fn missing(view: &View) -> Vec<VendorName> {
    let View::NotSetUp { missing } = view else {
        panic!("not set up yet, not {view:?}");
    };
    missing.clone()
}

#[tokio::test]
async fn nothing_runs_before_the_vendors_are_set_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut branch = Branch::open().await;
    branch.start_for_real(folder.path(), InMemory::open(), HandTimer::default());
    branch.vendors.clear_ledger();
    branch.app.open().await;
    let both = [VendorName::TruId, VendorName::Twilio];
    assert_eq!(missing(&branch.view().await), both);
    every_command(&branch, State::NotSetUp).await;
    assert_eq!(missing(&branch.view().await), both);
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
