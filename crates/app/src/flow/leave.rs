//! Every way out by hand or by a stop.

use std::sync::Arc;

use simgate_domain::seat::{Person, Recovering, Refused, Seat};
use simgate_domain::{Money, Reference, VerificationSid};
use simgate_store::{Act, Closed, Cost, Entry, Who};
use simgate_vendors::SimReport;

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::view::{SessionEnd, Snapshot, Station, StoppedView};
use crate::contract::words::StopReason;
use crate::random;
use crate::refusals::{self, Wait, ours};
use crate::stage::{Scene, Tools};

/// What a stop is shown and recorded as.
pub struct Halt {
    /// Which station stopped.
    pub station: Station,
    /// For the page.
    pub reason: StopReason,
    /// For the record.
    pub act: Act,
    /// For the record.
    pub cause: &'static str,
    /// When trying again makes sense.
    pub wait: Wait,
    /// What the vendor told of the SIM check that stopped it.
    pub told: Told,
}

/// What a vendor tells of a SIM check besides what the operator says, for the record.
#[derive(Default)]
pub struct Told {
    /// What the vendor calls it.
    pub check_id: Option<String>,
    /// What was charged for it.
    pub cost: Option<Cost>,
}

impl Told {
    /// What stands in the report.
    pub fn of(report: &SimReport) -> Self {
        Self {
            check_id: report.check_id.clone(),
            cost: report.cost.and_then(as_cost),
        }
    }

    /// Puts it on record.
    pub fn write_into(self, entry: &mut Entry) {
        entry.check_id = self.check_id;
        entry.cost = self.cost;
    }
}

/// An amount of money, as the record has it.
pub(crate) fn as_cost(money: Money) -> Option<Cost> {
    Cost::new(money.micros(), money.currency().word())
}

impl App {
    /// Ends a sign-in without success: on record, on the screen, and at the vendor.
    pub(super) async fn stop(&self, tools: &Arc<Tools>, person: &Person, halt: Halt) {
        let reference = random::reference(self.inner.clock.now());
        self.stop_under(reference, tools, person, halt).await;
    }

    async fn stop_under(
        &self,
        reference: Reference,
        tools: &Arc<Tools>,
        person: &Person,
        halt: Halt,
    ) {
        let here = |scene: &Scene| {
            let on_seat = scene
                .seat
                .person()
                .is_some_and(|on| on.sign_in == person.sign_in);
            on_seat.then(|| sim_passed(&scene.seat))
        };
        // Whoever has started over meanwhile is shown nothing, and no reference is made for them.
        let Some(sim_passed) = self.inner.stage.read(here) else {
            return;
        };
        let who = Who::User(person.user);
        let mut entry = self.entry(who, Some(person.sign_in), halt.act, Some(halt.cause));
        entry.reference = Some(reference);
        halt.told.write_into(&mut entry);
        tracing::info!(%reference, sign_in = %person.sign_in.value(), act = halt.act.word(),
            cause = halt.cause, "sign-in stopped");
        // The stop stands whether or not it could be recorded.
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%reference, %error, "a stop is not on record");
        }
        let (until, retry_in) = halt.wait.shown();
        let shown = StoppedView {
            station: halt.station,
            sim_passed,
            reason: halt.reason,
            reference: reference.to_string(),
            number_ending: Some(person.number.ending().to_owned()),
            until,
            retry_in,
            leaves_in: 0,
            window_days: self.rules().sim(person.role).window.days(),
            call: self.inner.stage.read(|scene| scene.branch.call_shown()),
        };
        let uptime = self.inner.clock.uptime();
        let pending = self.inner.stage.change(|scene| {
            let pending = scene.seat.pending().cloned();
            scene.advance(|seat| seat.stop(person.sign_in, shown, uptime))?;
            // Who could not prove themself anew is not left signed in.
            Ok::<_, Refused>((pending, scene.put_by.take()))
        });
        let Ok((pending, session)) = pending else {
            return;
        };
        if let Some(sid) = pending {
            self.cancel_later(tools, sid);
        }
        if let Some(session) = session {
            self.record_end(tools, &session.person, Act::SessionEnded, "step_up_stopped")
                .await;
        }
    }

    /// The sign-in can go no further, for a reason in the store.
    pub(crate) async fn stop_closed(&self, tools: &Arc<Tools>, person: &Person, closed: Closed) {
        match closed {
            Closed::Codes(closed) => {
                self.stop_code(tools, person, refusals::codes_closed(closed))
                    .await;
            }
            Closed::AccountChanged => self.stop_code(tools, person, ours::ACCOUNT_CHANGED).await,
            Closed::NotApproved => self.stop_not_approved(tools, person).await,
        }
    }

    /// The person waits for approval: nothing is asked about their SIM and no code is sent.
    pub(super) async fn stop_not_approved(&self, tools: &Arc<Tools>, person: &Person) {
        let halt = Halt {
            station: Station::Password,
            reason: StopReason::NotApproved,
            act: Act::SignInHeld,
            cause: "not_approved",
            wait: Wait::Unknown,
            told: Told::default(),
        };
        self.stop(tools, person, halt).await;
    }

    /// Something was not foreseen: its detail goes to the log under the reference.
    pub(crate) async fn stop_unforeseen(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        error: &(dyn std::fmt::Display + Sync),
    ) {
        let reference = random::reference(self.inner.clock.now());
        tracing::error!(%reference, sign_in = %person.sign_in.value(), %error, "not foreseen");
        let before_the_sim = self.inner.stage.read(|scene| !sim_passed(&scene.seat));
        let halt = Halt {
            station: if before_the_sim {
                Station::Sim
            } else {
                Station::Code
            },
            reason: StopReason::Unforeseen,
            act: Act::Failed,
            cause: "unforeseen",
            wait: Wait::Unknown,
            told: Told::default(),
        };
        self.stop_under(reference, tools, person, halt).await;
    }

    /// Gives the sign-in up, or leaves the screen of a stop.
    ///
    /// # Errors
    /// As the door.
    pub async fn start_over(&self) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::START_OVER, async move {
            let tools = app.tools()?;
            if app.go_back_to_session(&tools).await.is_none() {
                app.give_up(&tools).await;
            }
            Ok(app.snapshot())
        })
        .await
    }

    /// Signs out.
    ///
    /// # Errors
    /// As the door.
    pub async fn sign_out(&self) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::SIGN_OUT, async move {
            let tools = app.tools()?;
            let (person, pending) = app.inner.stage.change(|scene| {
                let left = (scene.seat.person().cloned(), scene.seat.pending().cloned());
                vacate(scene, None);
                left
            });
            // Whoever began to prove themself anew in the same moment is signed out all the same.
            if let Some(sid) = pending {
                app.cancel_later(&tools, sid);
            }
            if let Some(person) = person {
                app.record_end(&tools, &person, Act::SignedOut, "by_hand")
                    .await;
            }
            Ok(app.snapshot())
        })
        .await
    }

    /// Ends are recorded after they happened: nothing may keep a person signed in.
    pub(crate) async fn record_end(
        &self,
        tools: &Tools,
        person: &Person,
        act: Act,
        cause: &'static str,
    ) {
        let who = Who::User(person.user);
        let entry = self.entry(who, Some(person.sign_in), act, Some(cause));
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%error, act = act.word(), cause, "an end is not on record");
        }
    }

    pub(crate) fn cancel_later(&self, tools: &Arc<Tools>, sid: VerificationSid) {
        let (app, tools) = (self.clone(), Arc::clone(tools));
        self.in_background(async move { app.cancel(&tools, sid).await });
    }

    /// Cancels a verification at the vendor. One that stays pending is canceled before the next
    /// send to its number, or at the next start.
    pub(crate) async fn cancel(&self, tools: &Tools, sid: VerificationSid) {
        if let Err(error) = tools.codes.cancel(&sid).await {
            tracing::warn!(?sid, %error, "a verification is still pending");
            return;
        }
        if let Err(error) = tools.store.forget_pending(sid).await {
            tracing::warn!(%error, "a canceled verification is not forgotten");
        }
    }

    /// Ends a sign-in, or leaves a stop. A session is not a sign-in: a second press, which comes when
    /// the first has brought the session back, ends nothing.
    async fn give_up(&self, tools: &Arc<Tools>) {
        let signing_in = self.inner.stage.read(|scene| match scene.seat {
            Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Recovering(_)
            | Seat::Stopped(_) => true,
            Seat::Vacant | Seat::Occupied(_) => false,
        });
        if signing_in {
            self.empty_the_seat(tools, "by_hand").await;
        }
    }

    /// Ends whatever is on the seat: on the screen, at the vendor, and on record, in this order, for
    /// none of it may depend on what comes after.
    pub(crate) async fn empty_the_seat(&self, tools: &Arc<Tools>, cause: &'static str) {
        let (person, pending, act) = self.inner.stage.change(|scene| {
            let act = match scene.seat {
                Seat::Occupied(_) => Act::SessionEnded,
                Seat::Vacant
                | Seat::Identified(_)
                | Seat::Cleared(_)
                | Seat::CodeSent(_)
                | Seat::Answering(_)
                | Seat::Recovering(_)
                | Seat::Stopped(_) => Act::StartedOver,
            };
            let left = (
                scene.seat.person().cloned(),
                scene.seat.pending().cloned(),
                act,
            );
            vacate(scene, None);
            left
        });
        if let Some(sid) = pending {
            self.cancel_later(tools, sid);
        }
        if let Some(person) = person {
            self.record_end(tools, &person, act, cause).await;
        }
    }
}

/// Whether the SIM has let a code through in this sign-in.
fn sim_passed(seat: &crate::stage::Seat) -> bool {
    match seat {
        Seat::Vacant | Seat::Stopped(_) => false,
        Seat::Identified(at) => at.before.is_some(),
        Seat::Cleared(_)
        | Seat::CodeSent(_)
        | Seat::Answering(_)
        | Seat::Recovering(Recovering::CodeSent(_))
        | Seat::Occupied(_) => true,
        Seat::Recovering(Recovering::Stopped(at)) => at.shown.sim_passed,
    }
}

pub(super) fn vacate(scene: &mut Scene, ended: Option<SessionEnd>) {
    scene.vacate(ended);
}
