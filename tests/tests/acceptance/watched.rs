//! A database that fails, panics or waits at named calls, once each and in the order in which a
//! scenario says so.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use simgate_store::StoreError;
use simgate_store::watch::{Watch, When};
use tokio::sync::Semaphore;

/// Longer than anything may take to get to a call, so that only a mistake runs into it.
const PATIENCE: Duration = Duration::from_secs(30);

/// What happens at the call.
#[derive(Debug, Clone)]
enum Then {
    Fail,
    Panic,
    Wait(Held),
}

/// A call that waits until it is let go.
#[derive(Debug, Clone)]
pub struct Held {
    came: Arc<Semaphore>,
    go: Arc<Semaphore>,
}

impl Held {
    fn new() -> Self {
        Self {
            came: Arc::new(Semaphore::new(0)),
            go: Arc::new(Semaphore::new(0)),
        }
    }

    /// Waits until the call is there.
    pub async fn reached(&self) {
        let came = tokio::time::timeout(PATIENCE, self.came.acquire()).await;
        came.expect("the call is made").expect("open").forget();
    }

    /// Lets the call go on.
    pub fn go_on(&self) {
        self.go.add_permits(1);
    }
}

/// The one who looks on.
#[derive(Default)]
pub struct Watcher {
    happens: Mutex<VecDeque<(When, &'static str, Then)>>,
    full: AtomicBool,
}

impl Watcher {
    /// The next such call fails, before its transaction or with the answer lost after it.
    pub fn fail(&self, when: When, call: &'static str) {
        self.set(when, call, Then::Fail);
    }

    /// From now on, every call finds no room on the disk.
    pub fn fill_disk(&self) {
        self.full.store(true, Ordering::Relaxed);
    }

    /// The next such call panics.
    pub fn panic(&self, when: When, call: &'static str) {
        self.set(when, call, Then::Panic);
    }

    /// The next such call waits.
    pub fn hold(&self, when: When, call: &'static str) -> Held {
        let held = Held::new();
        self.set(when, call, Then::Wait(held.clone()));
        held
    }

    /// Everything that was asked for has happened.
    pub fn all_happened(&self) -> bool {
        self.happens.lock().expect("the watch").is_empty()
    }

    fn set(&self, when: When, call: &'static str, then: Then) {
        self.happens
            .lock()
            .expect("the watch")
            .push_back((when, call, then));
    }

    fn meet(&self, when: When, call: &str) -> Option<Then> {
        let mut all = self.happens.lock().expect("the watch");
        let (at, name, _) = all.front()?;
        let met = *at == when && *name == call;
        met.then(|| all.pop_front())
            .flatten()
            .map(|(_, _, then)| then)
    }
}

#[async_trait]
impl Watch for Watcher {
    async fn at(&self, when: When, call: &str) -> Result<(), StoreError> {
        if self.full.load(Ordering::Relaxed) {
            return Err(StoreError::Full);
        }
        match self.meet(when, call) {
            None => Ok(()),
            Some(Then::Fail) => Err(StoreError::Busy),
            Some(Then::Panic) => panic!("the scenario has {call} panic"),
            Some(Then::Wait(held)) => {
                held.came.add_permits(1);
                held.go.acquire().await.expect("open").forget();
                Ok(())
            }
        }
    }
}
