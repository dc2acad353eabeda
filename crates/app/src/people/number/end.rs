//! Every way in which a change of a number comes to nothing.

use std::sync::Arc;

use simgate_domain::seat::Seat;
use simgate_store::Act;

use super::{Change, Halt, Proving};
use crate::app::App;
use crate::contract::people::NumberStep;
use crate::people::Caretaker;
use crate::random;
use crate::stage::Tools;

impl App {
    /// Ends a change without success: on record, and in the store.
    pub(super) async fn halt(&self, change: &Change<'_>, halt: Halt) -> NumberStep {
        let reference = random::reference(self.inner.clock.now());
        let mut entry = self.change_entry(change.user, change.by, change.id, Act::NumberNotChanged);
        entry.cause = Some(halt.cause);
        entry.reference = Some(reference);
        tracing::info!(%reference, change = %change.id.value(), cause = halt.cause,
            "a number was not changed");
        let store = &change.tools.store;
        // The stop stands whether or not it could be recorded.
        if let Err(error) = store.record(entry).await {
            tracing::error!(%reference, %error, "a stop is not on record");
        }
        if let Err(error) = store.drop_number_change(change.user, change.id).await {
            tracing::warn!(%error, "a change of a number is still noted");
        }
        let (until, retry_in) = halt.wait.shown();
        NumberStep::Stopped {
            reason: halt.reason,
            reference: reference.to_string(),
            until,
            retry_in,
        }
    }

    /// Ends what the session that began it can go on with no more. Called once a second.
    pub(crate) async fn end_orphaned_change(&self, tools: &Arc<Tools>) {
        let now = self.inner.clock.uptime();
        let session = self.inner.stage.read(|scene| match &scene.seat {
            Seat::Occupied(at) => Some(at.person.clone()),
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Stopped(_) => None,
        });
        let orphaned = self.take_proving(|proving| {
            let ours = session.as_ref().is_some_and(|on| on.sign_in == proving.by);
            !ours || proving.life_left(now).is_zero()
        });
        if let Some(proving) = orphaned {
            self.cancel_later(tools, proving.sid);
            let dropped = tools.store.drop_number_change(proving.user, proving.change);
            if let Err(error) = dropped.await {
                tracing::warn!(%error, "a change of a number is still noted");
            }
        }
    }

    pub(super) async fn drop_proving(
        &self,
        tools: &Arc<Tools>,
        proving: Proving,
        by: &Caretaker,
        cause: &'static str,
    ) {
        self.cancel_later(tools, proving.sid);
        let act = Act::NumberNotChanged;
        let mut entry = self.change_entry(proving.user, by, proving.change, act);
        entry.cause = Some(cause);
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%error, cause, "an end is not on record");
        }
        let dropped = tools.store.drop_number_change(proving.user, proving.change);
        if let Err(error) = dropped.await {
            tracing::warn!(%error, "a change of a number is still noted");
        }
    }
}
