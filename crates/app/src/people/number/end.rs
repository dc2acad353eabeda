//! Every way in which a change of a number comes to nothing.

use std::sync::Arc;

use simgate_domain::seat::Sent;
use simgate_domain::{SignInId, UserId};
use simgate_store::{Act, By, Entry, Who};

use super::{Change, Cut, Halt, Proving};
use crate::app::{Answer, App};
use crate::contract::people::NumberStep;
use crate::contract::words::{ErrorCode, Refusal};
use crate::people::Caretaker;
use crate::random;
use crate::refusals::ours;
use crate::stage::Tools;

impl App {
    /// What is shown of a change that does not go on.
    pub(super) async fn cut_short(&self, change: &Change<'_>, cut: Cut) -> Answer<NumberStep> {
        match cut {
            Cut::Halt(halt) => Ok(self.halt(change, halt).await),
            Cut::Unforeseen(refusal) => {
                self.forget_change(change.tools, change.user, change.id)
                    .await;
                Err(refusal)
            }
            // Whoever gave it up has put it on record.
            Cut::Gone => Err(Refusal::plain(ErrorCode::NotNow)),
        }
    }

    /// Ends a change without success: on record, and in the store.
    async fn halt(&self, change: &Change<'_>, halt: Halt) -> NumberStep {
        let reference = random::reference(self.inner.clock.now());
        let mut entry = self.change_entry(change.user, change.by, change.id, Act::NumberNotChanged);
        entry.cause = Some(halt.cause);
        halt.told.write_into(&mut entry);
        entry.reference = Some(reference);
        tracing::info!(%reference, change = %change.id.value(), cause = halt.cause,
            "a number was not changed");
        // The stop stands whether or not it could be recorded.
        if let Err(error) = change.tools.store.record(entry).await {
            tracing::error!(%reference, %error, "a stop is not on record");
        }
        self.forget_change(change.tools, change.user, change.id)
            .await;
        let (until, retry_in) = halt.wait.shown();
        NumberStep::Stopped {
            reason: halt.reason,
            number_ending: change.number.ending().to_owned(),
            window_days: self.rules().sim(change.role).window.days(),
            reference: reference.to_string(),
            until,
            retry_in,
        }
    }

    /// Ends what the session that began it can go on with no more. Called once a second.
    pub(crate) async fn end_orphaned_change(&self, tools: &Arc<Tools>) {
        let (now, session) = (self.inner.clock.uptime(), self.session_now());
        let orphaned = self.take_proving(|proving| {
            let late = |sent: &Sent| sent.life_left(now).is_zero();
            session != Some(proving.of) || proving.sent.as_ref().is_some_and(late)
        });
        if let Some(proving) = orphaned {
            let cause = if session == Some(proving.of) {
                ours::EXPIRED.cause
            } else {
                "session_over"
            };
            self.drop_proving(tools, proving, None, cause).await;
        }
    }

    /// Ends a change that was begun and waits for nobody any more.
    pub(super) async fn drop_proving(
        &self,
        tools: &Arc<Tools>,
        proving: Proving,
        by: Option<&Caretaker>,
        cause: &'static str,
    ) {
        if let Some(sent) = proving.sent {
            self.cancel_later(tools, sent.sid);
        }
        let act = Act::NumberNotChanged;
        let mut entry = match by {
            Some(by) => self.change_entry(proving.user, by, proving.change, act),
            None => Entry {
                by: By::Program,
                ..self.entry(Who::User(proving.user), Some(proving.change), act, None)
            },
        };
        entry.cause = Some(cause);
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%error, cause, "an end is not on record");
        }
        self.forget_change(tools, proving.user, proving.change)
            .await;
    }

    async fn forget_change(&self, tools: &Tools, user: UserId, change: SignInId) {
        let dropped = tools.store.drop_number_change(user, change).await;
        if let Err(error) = dropped {
            tracing::warn!(%error, "a change of a number is still noted");
        }
    }
}
