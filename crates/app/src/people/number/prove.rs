//! The SIM check of a new number, and its code.

use std::time::Duration;

use simgate_domain::attempts::CheckLimit;
use simgate_domain::seat::CLEARANCE_LIFE;
use simgate_domain::{CannotTell, Channel, Role, SimOutcome};
use simgate_store::{Act, CheckReservation, SendReservation};
use simgate_vendors::http::TOTAL;
use simgate_vendors::{RequestError, TransportError};

use super::{Change, Cut, Halt, Proving};
use crate::app::App;
use crate::contract::words::{SendProblem, StopReason};
use crate::refusals::{self, Problem, Wait};

impl App {
    /// The SIM check, by the rules for whoever gets the number, and the code.
    pub(super) async fn prove_number(
        &self,
        change: &Change<'_>,
        role: Role,
    ) -> Result<Proving, Cut> {
        let (store, limits) = (&change.tools.store, self.limits());
        let now = self.inner.clock.now();
        // The limits are looked at before a check is paid for.
        let live = store.live(change.user, change.id, limits, now).await;
        let live = self.foreseen(live)?.map_err(Halt::closed)?;
        live.may_send
            .map_err(|limit| not_sent(refusals::limited(limit, now)))?;
        let reserved = store
            .reserve_check(change.user, change.id, limits, now)
            .await;
        match self.foreseen(reserved)? {
            CheckReservation::Reserved => {}
            CheckReservation::Limited(CheckLimit::Number { until }) => {
                let problem = refusals::no_check_left(until);
                return Err(Halt::of(problem, StopReason::from).into());
            }
            CheckReservation::Limited(CheckLimit::Budget { until }) => {
                return Err(not_sent(refusals::check_budget(until)).into());
            }
            CheckReservation::Closed(closed) => return Err(Halt::closed(closed).into()),
        }
        let asked_at = self.inner.clock.uptime();
        let window = self.rules_in_force().sim(role).window;
        let report = change.tools.sim.check(&change.number, window).await;
        tracing::info!(change = %change.id.value(), number = ?change.number,
            outcome = ?report.outcome, check_id = report.check_id, "the SIM of a new number was checked");
        match report.outcome {
            SimOutcome::Unchanged => {}
            // A new number has no grace: it would be anybody's.
            SimOutcome::Changed { .. } => {
                let halt = Halt {
                    reason: StopReason::SimChanged,
                    cause: "changed",
                    wait: Wait::Unknown,
                };
                return Err(halt.into());
            }
            SimOutcome::Unknown { cause } => {
                return Err(Halt::of(refusals::unknown(cause), StopReason::from).into());
            }
        }
        let mut entry = self.change_entry(change.user, change.by, change.id, Act::SimPassed);
        entry.cause = Some("new_number");
        entry.check_id = report.check_id;
        self.foreseen(store.record(entry).await)?;
        self.send_to_number(change, asked_at).await
    }

    async fn send_to_number(
        &self,
        change: &Change<'_>,
        asked_at: Duration,
    ) -> Result<Proving, Cut> {
        let tools = change.tools;
        let now = self.inner.clock.now();
        let reserved = tools
            .store
            .reserve_send(change.user, change.id, self.limits(), now)
            .await;
        let stale = match self.foreseen(reserved)? {
            SendReservation::Reserved { stale, next: _ } => stale,
            SendReservation::Limited { limit, next: _ } => {
                return Err(not_sent(refusals::limited(limit, now)).into());
            }
            SendReservation::Closed(closed) => return Err(Halt::closed(closed).into()),
        };
        if let Some(stale) = stale {
            let canceled = tools.codes.cancel(&stale).await;
            canceled.map_err(|error| not_sent(refusals::not_canceled(error)))?;
            self.foreseen(tools.store.forget_pending(stale).await)?;
        }
        // Asked at the last moment before the vendor is.
        let aged = self.inner.clock.uptime().saturating_sub(asked_at);
        if aged > CLEARANCE_LIFE {
            let problem = refusals::unknown(CannotTell::OperatorTimeout);
            return Err(Halt::of(problem, StopReason::from).into());
        }
        let locale = change.by.person.locale;
        let starting = tools.codes.start(&change.number, change.channel, locale);
        let started = tokio::time::timeout(TOTAL, starting).await;
        let timed_out = Err(RequestError::Transport(TransportError::TimedOut));
        let sid = started
            .unwrap_or(timed_out)
            .map_err(|error| not_sent(refusals::not_sent(error)))?;
        let mut entry = self.change_entry(change.user, change.by, change.id, Act::CodeSent);
        entry.cause = Some(match change.channel {
            Channel::Sms => "sms",
            Channel::Voice => "voice",
        });
        entry.check_id = Some(sid.as_str().to_owned());
        let noted = tools
            .store
            .note_sent(change.user, change.id, sid.clone(), entry)
            .await;
        if noted.is_err() {
            self.cancel_later(tools, sid.clone());
        }
        self.foreseen(noted)?;
        Ok(Proving {
            by: change.by.person.sign_in,
            user: change.user,
            change: change.id,
            number: change.number.clone(),
            channel: change.channel,
            sid,
            made_at: self.inner.clock.uptime(),
            wrong: 0,
        })
    }
}

fn not_sent(problem: Problem<SendProblem>) -> Halt {
    Halt::of(problem, |problem| StopReason::NotSent { problem })
}
