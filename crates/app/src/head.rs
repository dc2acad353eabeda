//! Telling the keyring of the record's newest entry.
//!
//! The keyring takes its time and may not answer at all, so nobody waits for it: entries are gathered,
//! one write is under way at the most, and the next one writes whatever is newest then. What came after
//! the last write is what somebody could cut off the record unseen.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use simgate_store::Head;
use simgate_vault::VaultError;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// How long entries are gathered before the keyring is told.
const GATHERED: Duration = Duration::from_secs(2);
/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(30);

/// How long closing the program waits for it.
const AT_THE_END: Duration = Duration::from_secs(2);

/// Tells the keyring for as long as the database is open.
#[derive(Debug)]
pub(crate) struct HeadKeeper {
    now: Arc<Notify>,
    newest: watch::Receiver<Head>,
    kept: watch::Receiver<Head>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl HeadKeeper {
    /// Begins with a keyring that knows `known`, and writes by `put`.
    pub(crate) fn start<P>(
        newest: watch::Receiver<Head>,
        known: Head,
        put: impl Fn(Head) -> P + Send + 'static,
    ) -> Self
    where
        P: Future<Output = Result<(), VaultError>> + Send,
    {
        let (told, kept) = watch::channel(known);
        let now = Arc::new(Notify::new());
        let (wish, heads) = (Arc::clone(&now), newest.clone());
        let task = tokio::spawn(async move { keep(newest, &told, &now, put).await });
        Self {
            now: wish,
            newest: heads,
            kept,
            task: Mutex::new(Some(task)),
        }
    }

    /// Does not gather: what is newest now is written as soon as the keyring takes it. Waits for
    /// nothing.
    pub(crate) fn at_once(&self) {
        self.now.notify_one();
    }

    /// Has the newest written, and waits for that a little.
    pub(crate) async fn finish(&self) {
        self.at_once();
        let newest = *self.newest.borrow();
        let mut kept = self.kept.clone();
        let written = kept.wait_for(|head| head.seq >= newest.seq);
        if !matches!(timeout(AT_THE_END, written).await, Ok(Ok(_))) {
            tracing::warn!("closed before the keyring knew the newest entry");
        }
    }

    /// Tells the keyring nothing from now on: another database takes the place of this one.
    pub(crate) async fn stop(&self) {
        let task = self
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(task) = task {
            task.abort();
            // That it was aborted, or had ended, is what was wanted.
            let _ended = task.await;
        }
    }
}

/// Ends when the database is closed.
async fn keep<P>(
    mut newest: watch::Receiver<Head>,
    told: &watch::Sender<Head>,
    now: &Notify,
    put: impl Fn(Head) -> P,
) where
    P: Future<Output = Result<(), VaultError>>,
{
    loop {
        let head = *newest.borrow_and_update();
        if head == *told.borrow() {
            // A wish to be told at once, where all is told, is met.
            tokio::select! {
                changed = newest.changed() => if changed.is_err() { return },
                () = now.notified() => continue,
            }
            tokio::select! {
                () = sleep(GATHERED) => {}
                () = now.notified() => {}
            }
            continue;
        }
        match put(head).await {
            Ok(()) => {
                told.send_replace(head);
            }
            Err(error) => {
                tracing::warn!(%error, seq = head.seq, "the keyring does not know the newest entry");
                tokio::select! {
                    () = sleep(AGAIN) => {}
                    () = now.notified() => {}
                }
                if newest.has_changed().is_err() {
                    return;
                }
            }
        }
    }
}
