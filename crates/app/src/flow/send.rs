//! The send, which follows a SIM check that let it.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::attempts::SendLimit;
use simgate_domain::seat::{Person, Refused};
use simgate_domain::{Channel, Timestamp, VerificationSid};
use simgate_store::{Act, SendReservation, Who};
use simgate_vendors::http::TOTAL;
use simgate_vendors::{RequestError, TransportError};

use super::background::Sending;
use super::gate::Gone;
use super::leave::Halt;
use crate::app::App;
use crate::contract::view::Station;
use crate::contract::words::{SendProblem, StopReason};
use crate::refusals::{self, Problem, Wait, ours};
use crate::stage::Tools;

/// How long it may take to cancel what another sign-in left: the send after it must still fit into
/// the time that a person waits for a vendor.
const CANCELING: Duration = Duration::from_secs(4);

impl App {
    /// Has the code sent, on the clearance that the seat holds. Until the code is on record and on the
    /// seat, `sending` answers for it.
    pub(super) async fn send(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        sending: &Sending,
    ) -> Result<(), Gone> {
        sending.begin(self.inner.underway.begin());
        if !self.rules().allows(&person.number) {
            self.not_sent(tools, person, refusals::COUNTRY).await;
            return Ok(());
        }
        let now = self.inner.clock.now();
        let reserved = tools
            .store
            .reserve_send(person.user, person.sign_in, self.limits(), now)
            .await;
        let (stale, next) = match reserved {
            Ok(SendReservation::Reserved { stale, next }) => (stale, next),
            Ok(SendReservation::Limited { limit, next }) => {
                self.note_next_send(person, next);
                self.not_sent_yet(tools, person, limit).await;
                return Ok(());
            }
            Ok(SendReservation::Closed(closed)) => {
                self.stop_closed(tools, person, closed).await;
                return Ok(());
            }
            Err(error) => {
                self.stop_unforeseen(tools, person, &error).await;
                return Ok(());
            }
        };
        self.note_next_send(person, next);
        let began = self.inner.clock.uptime();
        if let Some(stale) = &stale
            && !self.is_rid_of(tools, person, stale).await
        {
            return Ok(());
        }
        // Asked at the last moment before the vendor is.
        let uptime = self.inner.clock.uptime();
        let cleared = self.inner.stage.read(|scene| {
            let cleared = scene.seat.may_send(person.sign_in, uptime)?;
            Ok(cleared.channel)
        });
        let channel = match cleared {
            Ok(channel) => channel,
            Err(Refused::StaleClearance) => {
                self.not_sent(tools, person, ours::CHECK_TOO_OLD).await;
                return Ok(());
            }
            Err(
                refused @ (Refused::WrongState(_) | Refused::OtherSignIn | Refused::CodeExpired),
            ) => {
                return Err(refused.into());
            }
        };
        let spent = self.inner.clock.uptime().saturating_sub(began);
        let starting = tools.codes.start(&person.number, channel, person.locale);
        let started = tokio::time::timeout(TOTAL.saturating_sub(spent), starting).await;
        let sid = match started.unwrap_or(Err(TransportError::TimedOut.into())) {
            Ok(sid) if Some(&sid) == stale.as_ref() => {
                // The vendor canceled it and yet sends it again: this code may be known elsewhere.
                sending.taken(&sid);
                let error = RequestError::Transport(TransportError::Malformed);
                self.not_sent(tools, person, refusals::not_sent(error))
                    .await;
                return Ok(());
            }
            Ok(sid) => sid,
            Err(error) => {
                self.not_sent(tools, person, refusals::not_sent(error))
                    .await;
                return Ok(());
            }
        };
        sending.taken(&sid);
        let cause = match channel {
            Channel::Sms => "sms",
            Channel::Voice => "voice",
        };
        let who = Who::User(person.user);
        let mut entry = self.entry(who, Some(person.sign_in), Act::CodeSent, Some(cause));
        entry.check_id = Some(sid.as_str().to_owned());
        let noted = tools
            .store
            .note_sent(person.user, person.sign_in, sid.clone(), entry)
            .await;
        if let Err(error) = noted {
            self.stop_unforeseen(tools, person, &error).await;
            return Ok(());
        }
        let uptime = self.inner.clock.uptime();
        // Whoever started over while the code was on its way leaves it in `sending`.
        self.inner
            .stage
            .change(|scene| scene.advance(|seat| seat.sent(person.sign_in, sid, uptime)))?;
        sending.done();
        Ok(())
    }

    /// Our own limits let no code be sent.
    pub(super) async fn not_sent_yet(&self, tools: &Arc<Tools>, person: &Person, limit: SendLimit) {
        let problem = refusals::limited(limit, self.inner.clock.now());
        self.not_sent(tools, person, problem).await;
    }

    /// No code was sent. After an earlier send that one still counts; else the sign-in stops.
    pub(super) async fn not_sent(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        problem: Problem<SendProblem>,
    ) {
        let (shown, uptime) = (problem.shown, self.inner.clock.uptime());
        let back = self.inner.stage.change(|scene| {
            scene.advance(|seat| seat.not_sent_again(person.sign_in))?;
            scene.notes.problem = Some(shown);
            // Who asks us to wait is not asked again before.
            if let (Wait::For(wait), Some(next)) = (problem.wait, &mut scene.notes.next_send) {
                *next = (*next).max(uptime + wait);
            }
            Ok::<_, Refused>(())
        });
        if back.is_ok() {
            let who = Who::User(person.user);
            let cause = Some(problem.cause);
            let entry = self.entry(who, Some(person.sign_in), Act::CodeNotSent, cause);
            if let Err(error) = tools.store.record(entry).await {
                tracing::error!(%error, cause = problem.cause, "a refusal is not on record");
            }
            return;
        }
        self.stop(
            tools,
            person,
            Halt {
                station: Station::Code,
                reason: StopReason::NotSent { problem: shown },
                act: Act::CodeNotSent,
                cause: problem.cause,
                wait: problem.wait,
                check_id: None,
            },
        )
        .await;
    }

    /// Notes when the next send may come, from the wall clock's moment to the uptime's. Another
    /// sign-in that has taken the seat meanwhile keeps its own.
    pub(super) fn note_next_send(&self, person: &Person, next: Option<Timestamp>) {
        let (now, uptime) = (self.inner.clock.now(), self.inner.clock.uptime());
        let next = next.map(|next| uptime + next.since(now).unwrap_or(Duration::ZERO));
        self.inner.stage.change(|scene| {
            let on_seat = scene.seat.person();
            if on_seat.is_some_and(|on| on.sign_in == person.sign_in) {
                scene.notes.next_send = next;
            }
        });
    }

    /// Cancels what another sign-in left pending for the number. Where that fails, the sign-in is
    /// told so, and nothing is sent.
    async fn is_rid_of(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        stale: &VerificationSid,
    ) -> bool {
        let canceling = tools.codes.cancel(stale);
        let canceled = tokio::time::timeout(CANCELING, canceling).await;
        let canceled = canceled.unwrap_or(Err(TransportError::TimedOut.into()));
        if let Err(error) = canceled {
            self.not_sent(tools, person, refusals::not_canceled(error))
                .await;
            return false;
        }
        if let Err(error) = tools.store.forget_pending(stale.clone()).await {
            self.stop_unforeseen(tools, person, &error).await;
            return false;
        }
        true
    }
}
