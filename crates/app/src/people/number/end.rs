//! Every way in which a change of a number comes to nothing.

use std::sync::Arc;

use simgate_domain::seat::Sent;
use simgate_domain::{SignInId, UserId};
use simgate_store::{Act, By, Entry, NumberAnswer, Who};

use super::{Change, Cut, Halt, Proving};
use crate::app::{Answer, App};
use crate::contract::people::NumberStep;
use crate::contract::words::{ErrorCode, Refusal};
use crate::people::Caretaker;
use crate::random;
use crate::refusals::ours;
use crate::stage::Tools;

/// Why a change ended that whoever began it can go on with no more.
const SESSION_OVER: &str = "session_over";
/// Why a change ended in whose place another was begun.
pub(super) const BEGUN_ANEW: &str = "begun_anew";

impl App {
    /// What is shown of a change that does not go on, which nobody else has ended.
    pub(super) async fn cut_short(&self, change: &Change<'_>, cut: Cut) -> Answer<NumberStep> {
        match cut {
            Cut::Halt(halt) => Ok(self.halt(change, halt).await),
            Cut::Unforeseen(refusal) => {
                let act = Act::NumberNotChanged;
                let mut entry = self.change_entry(change.user, change.by, change.id, act);
                entry.reference = refusal.reference.as_ref().and_then(|it| it.parse().ok());
                self.end_change(change.tools, entry, change.user, change.id, "unforeseen")
                    .await;
                Err(refusal)
            }
            Cut::Gone => {
                let entry = self.ended_by_itself(change.user, change.id);
                self.end_change(change.tools, entry, change.user, change.id, SESSION_OVER)
                    .await;
                Err(Refusal::plain(ErrorCode::NotNow))
            }
        }
    }

    /// Ends a change whose code was right, and which the store did not make all the same.
    pub(super) async fn end_late(&self, change: &Change<'_>, answer: &NumberAnswer) {
        use simgate_store::PersonAnswer as Not;
        let cause = match answer {
            NumberAnswer::Done(_) => return,
            NumberAnswer::Taken => ours::NUMBER_TAKEN.cause,
            NumberAnswer::Superseded => BEGUN_ANEW,
            NumberAnswer::Not(Not::NotAllowed | Not::LastAdmin | Not::Yourself) => "not_allowed",
            NumberAnswer::Same
            | NumberAnswer::Not(Not::Done(_) | Not::Outdated(_) | Not::Gone | Not::Unfitting) => {
                ours::ACCOUNT_CHANGED.cause
            }
        };
        let entry = self.change_entry(change.user, change.by, change.id, Act::NumberNotChanged);
        self.end_change(change.tools, entry, change.user, change.id, cause)
            .await;
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
                SESSION_OVER
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
        let (user, id) = (proving.user, proving.change);
        let entry = match by {
            Some(by) => self.change_entry(user, by, id, Act::NumberNotChanged),
            None => self.ended_by_itself(user, id),
        };
        self.end_change(tools, entry, user, id, cause).await;
    }

    fn ended_by_itself(&self, user: UserId, change: SignInId) -> Entry {
        Entry {
            by: By::Program,
            ..self.entry(Who::User(user), Some(change), Act::NumberNotChanged, None)
        }
    }

    /// Puts the end on record, and has the store forget what was under way.
    async fn end_change(
        &self,
        tools: &Tools,
        entry: Entry,
        user: UserId,
        change: SignInId,
        cause: &'static str,
    ) {
        let entry = Entry {
            cause: Some(cause),
            ..entry
        };
        // The end stands whether or not it could be recorded.
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%error, cause, "an end is not on record");
        }
        self.forget_change(tools, user, change).await;
    }

    async fn forget_change(&self, tools: &Tools, user: UserId, change: SignInId) {
        let dropped = tools.store.drop_number_change(user, change).await;
        if let Err(error) = dropped {
            tracing::warn!(%error, "a change of a number is still noted");
        }
    }
}
