//! The SIM check, which comes before every send.

use std::sync::Arc;

use simgate_domain::seat::{Clearance, Person, Refused};
use simgate_domain::{Decision, Timestamp};
use simgate_store::{Act, Entry, Who};

use super::asking::{Blocked, Checked};
use super::background::Sending;
use super::leave::{Halt, Told};
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::view::{Snapshot, Station};
use crate::contract::words::{CannotTell, ChannelName, ErrorCode, Refusal, StopReason};
use crate::refusals::{self, Problem, Wait};
use crate::stage::Tools;

/// The sign-in has left the gate: it was stopped, or somebody started over. Nothing more is to be
/// done for it.
pub(super) struct Gone;

impl From<Refused> for Gone {
    fn from(_: Refused) -> Self {
        Self
    }
}

impl App {
    /// The code again, or by another channel. A fresh SIM check comes first.
    ///
    /// # Errors
    /// As the door. That no code may or could be sent is shown on the screen of the code.
    pub async fn send_again(&self, channel: ChannelName) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::SEND_AGAIN, async move {
            let tools = app.tools()?;
            let person = app
                .inner
                .stage
                .change(|scene| {
                    scene.notes.problem = None;
                    scene.notes.wrong = false;
                    scene.advance(|seat| seat.send_again(channel.into()))?;
                    scene.seat.person().cloned().ok_or(Refused::OtherSignIn)
                })
                .map_err(|_refused| Refusal::plain(ErrorCode::NotNow))?;
            app.ask_operator(&tools, person);
            Ok(app.snapshot())
        })
        .await
    }

    /// Begins the SIM check in the background. The page sees what comes of it; whether a page is
    /// there at all changes nothing.
    pub(crate) fn ask_operator(&self, tools: &Arc<Tools>, person: Person) {
        let began = self.inner.clock.uptime();
        self.inner
            .stage
            .change(|scene| scene.notes.gate_since = Some(began));
        let (app, tools) = (self.clone(), Arc::clone(tools));
        tokio::spawn(async move {
            let sending = Sending::default();
            let work = {
                let (app, tools, person) = (app.clone(), Arc::clone(&tools), person.clone());
                let sending = sending.clone();
                async move {
                    // That the person started over is no failure.
                    let _gone = app.check_and_send(&tools, &person, &sending).await;
                }
            };
            app.supervise(&tools, &person, "a panic at the gate", work)
                .await;
            if let Some((_underway, sid)) = sending.left() {
                app.cancel(&tools, sid).await;
            }
        });
    }

    async fn check_and_send(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        sending: &Sending,
    ) -> Result<(), Gone> {
        let checked = self.check_sim(tools, person.into()).await;
        let Checked {
            policy,
            report,
            asked_at,
            live,
        } = match checked {
            Ok(checked) => checked,
            Err(blocked) => {
                self.blocked(tools, person, blocked).await;
                return Ok(());
            }
        };
        let told = Told::of(&report);
        let now = self.inner.clock.now();
        let decision = policy.decide(report.outcome, live.standing, now, live.latest_now);
        let (clearance, unchecked) = match decision {
            Decision::Proceed => (Clearance::Unchanged, None),
            Decision::ProceedInGrace => (Clearance::InGrace, None),
            Decision::ProceedUnchecked { cause } => (Clearance::Unchecked, Some(cause.kind())),
            Decision::StopChanged { clears_by } => {
                self.stop_changed(tools, person, clears_by, told).await;
                return Ok(());
            }
            Decision::StopUnknown { cause } => {
                self.stop_unknown(tools, person, refusals::unknown(cause), told)
                    .await;
                return Ok(());
            }
        };
        let cause = passed_word(clearance);
        let who = Who::User(person.user);
        let mut entry = Entry {
            detail: unchecked.map(|cause| cause.word().to_owned()),
            ..self.entry(who, Some(person.sign_in), Act::SimPassed, Some(cause))
        };
        told.write_into(&mut entry);
        // What cannot be recorded does not happen.
        if let Err(error) = tools.store.record(entry).await {
            self.stop_unforeseen(tools, person, &error).await;
            return Ok(());
        }
        self.inner.stage.change(|scene| {
            scene.advance(|seat| seat.clear(person.sign_in, clearance, asked_at))
        })?;
        self.send(tools, person, sending).await
    }

    /// The sign-in goes no further, or waits for the person.
    pub(super) async fn blocked(&self, tools: &Arc<Tools>, person: &Person, blocked: Blocked) {
        match blocked {
            Blocked::Closed(closed) => self.stop_closed(tools, person, closed).await,
            Blocked::NoCheckLeft { until } => {
                self.stop_unknown(
                    tools,
                    person,
                    refusals::no_check_left(until),
                    Told::default(),
                )
                .await;
            }
            Blocked::NotYet { limit, next } => {
                self.note_next_send(person, next);
                let problem = refusals::limited(limit, self.inner.clock.now());
                self.not_sent(tools, person, problem).await;
            }
            Blocked::NotSent(problem) => self.not_sent(tools, person, problem).await,
            Blocked::NotTaken(problem) => self.stop_code(tools, person, problem).await,
            Blocked::Unforeseen(error) => self.stop_unforeseen(tools, person, &error).await,
        }
    }

    async fn stop_changed(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        clears_by: Timestamp,
        told: Told,
    ) {
        self.stop(
            tools,
            person,
            Halt {
                station: Station::Sim,
                reason: StopReason::SimChanged,
                act: Act::SimStopped,
                cause: "changed",
                wait: Wait::Until(clears_by),
                told,
            },
        )
        .await;
    }

    async fn stop_unknown(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        problem: Problem<CannotTell>,
        told: Told,
    ) {
        self.stop(
            tools,
            person,
            Halt {
                station: Station::Sim,
                reason: problem.shown.into(),
                act: Act::SimStopped,
                cause: problem.cause,
                wait: problem.wait,
                told,
            },
        )
        .await;
    }
}

/// The record's word for a SIM that let a code be sent.
fn passed_word(clearance: Clearance) -> &'static str {
    match clearance {
        Clearance::Unchanged => "unchanged",
        Clearance::Unchecked => "unchecked",
        Clearance::InGrace => "changed_in_grace",
        Clearance::Recovered => "recovered",
    }
}
