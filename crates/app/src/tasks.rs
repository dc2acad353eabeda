//! What takes long: a session begins it, asks how far it is, and may stop it.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use simgate_domain::{Timestamp, UserId};
use simgate_store::Progress;

use crate::app::{Answer, App};
use crate::contract::record::RunningView;
use crate::contract::words::{ErrorCode, Refusal};

/// Whose session, and since when: a proof made anew goes on with the same one.
pub type Session = (UserId, Timestamp);

struct Task<Came> {
    of: Session,
    progress: Arc<Progress>,
    came: Option<Came>,
}

/// The place of one task, and of what came of it. It is shown to the session that began it; another
/// one's is stopped when a session begins its own.
pub struct Slot<Came>(Arc<Mutex<Option<Task<Came>>>>);

impl<Came> Default for Slot<Came> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<Came> Clone for Slot<Came> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// What a session sees of its task.
pub enum Seen<Came> {
    /// It began none.
    Nothing,
    /// It goes on.
    Running(RunningView),
    /// It came to this.
    Came(Came),
}

impl<Came: Clone> Slot<Came> {
    /// Begins a task in place of the one before; `None` where this session has one under way.
    pub fn begin(&self, of: Session) -> Option<Arc<Progress>> {
        let mut slot = self.lock();
        if let Some(before) = &*slot {
            if before.of == of && before.came.is_none() {
                return None;
            }
            before.progress.cancel();
        }
        let progress = Arc::new(Progress::default());
        *slot = Some(Task {
            of,
            progress: Arc::clone(&progress),
            came: None,
        });
        Some(progress)
    }

    /// Notes what came of a task, unless another has taken its place.
    pub fn end(&self, progress: &Arc<Progress>, came: Came) {
        let mut slot = self.lock();
        let ours = slot
            .as_mut()
            .filter(|task| Arc::ptr_eq(&task.progress, progress));
        if let Some(task) = ours {
            task.came = Some(came);
        }
    }

    /// What this session sees of it.
    pub fn seen(&self, by: Session) -> Seen<Came> {
        let slot = self.lock();
        let Some(task) = slot.as_ref().filter(|task| task.of == by) else {
            return Seen::Nothing;
        };
        if let Some(came) = &task.came {
            return Seen::Came(came.clone());
        }
        let (done, all) = task.progress.seen();
        Seen::Running(RunningView {
            done,
            all,
            canceling: task.progress.is_canceled(),
        })
    }

    /// Stops whatever is under way.
    pub fn cancel(&self) {
        if let Some(task) = &*self.lock() {
            task.progress.cancel();
        }
    }

    /// Stops whatever is under way, and forgets what came of it, unless it is of this session.
    pub fn keep_only(&self, of: Option<Session>) {
        let gone = self.lock().take_if(|task| Some(task.of) != of);
        if let Some(task) = gone {
            task.progress.cancel();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Task<Came>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Does the work of a task that was begun, which closing the program waits for, and notes what
    /// came of it. After a panic that is what `failed` makes of it.
    pub(crate) fn carry_out<Came: Clone + Send + 'static>(
        &self,
        slot: &Slot<Came>,
        progress: Arc<Progress>,
        doing: &'static str,
        failed: fn(Refusal) -> Came,
        work: impl Future<Output = Came> + Send + 'static,
    ) {
        let (app, slot) = (self.clone(), slot.clone());
        self.in_background(async move {
            let came = tokio::spawn(work).await;
            let came = came.unwrap_or_else(|panicked| failed(app.unforeseen(doing, &panicked)));
            slot.end(&progress, came);
        });
    }

    /// The session of whoever acts. The table lets nobody act here who has none.
    pub(crate) fn session(&self) -> Answer<Session> {
        self.session_now()
            .ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
    }

    /// The session that goes on, also while its person proves themself anew.
    pub(crate) fn session_now(&self) -> Option<Session> {
        self.inner.stage.read(|scene| {
            let at = scene.session()?;
            Some((at.person.user, at.facts.signed_in_at))
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn session(n: u128) -> Session {
        (UserId::new(Uuid::from_u128(n)), Timestamp::from_micros(1))
    }

    #[test]
    fn one_session_has_one_task_at_a_time_and_sees_no_other_ones() {
        let (ours, theirs) = (session(1), session(2));
        let slot = Slot::default();
        let first = slot.begin(ours).expect("begun");
        assert!(slot.begin(ours).is_none(), "it has one");
        assert!(matches!(slot.seen(ours), Seen::Running(_)));
        assert!(matches!(slot.seen(theirs), Seen::Nothing));

        let second = slot.begin(theirs).expect("begun");
        assert!(first.is_canceled() && !second.is_canceled());
        slot.end(&first, "too late");
        assert!(matches!(slot.seen(theirs), Seen::Running(_)));
        slot.end(&second, "done");
        assert!(matches!(slot.seen(theirs), Seen::Came("done")));
        assert!(slot.begin(theirs).is_some(), "the next");
    }

    #[test]
    fn a_task_whose_session_is_over_is_stopped_and_forgotten() {
        let slot = Slot::default();
        let progress = slot.begin(session(1)).expect("begun");
        slot.keep_only(Some(session(1)));
        assert!(!progress.is_canceled());
        slot.keep_only(None);
        assert!(progress.is_canceled());
        slot.end(&progress, "too late");
        assert!(matches!(slot.seen(session(1)), Seen::Nothing));
    }
}
