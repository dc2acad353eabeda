//! The send, which follows a SIM check that let it.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::seat::{Person, Refused};
use simgate_domain::{Channel, Timestamp};
use simgate_store::{Act, Who};

use super::background::Sending;
use super::gate::Gone;
use super::leave::{Halt, Told};
use crate::app::App;
use crate::contract::view::Station;
use crate::contract::words::{SendProblem, StopReason};
use crate::refusals::{Problem, Wait, ours};
use crate::stage::Tools;

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
        let to = person.into();
        let counted = match self.count_send(tools, to).await {
            Ok(counted) => counted,
            Err(blocked) => {
                self.blocked(tools, person, blocked).await;
                return Ok(());
            }
        };
        self.note_next_send(person, counted.next);
        if let Err(blocked) = self.cancel_stale(tools, &counted).await {
            self.blocked(tools, person, blocked).await;
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
                refused @ (Refused::WrongState(_)
                | Refused::OtherSignIn
                | Refused::CodeExpired
                | Refused::StopOver),
            ) => {
                return Err(refused.into());
            }
        };
        let started = self
            .start_code(&*tools.codes, to, channel, &counted, sending)
            .await;
        let sid = match started {
            Ok(sid) => sid,
            Err(blocked) => {
                self.blocked(tools, person, blocked).await;
                return Ok(());
            }
        };
        let cause = channel_word(channel);
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
                told: Told::default(),
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
}

/// The record's word for a channel.
pub(crate) const fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "sms",
        Channel::Voice => "voice",
    }
}
