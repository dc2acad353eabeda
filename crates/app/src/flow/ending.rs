//! What ends by itself: a session, a code, a stop that nobody leaves, and the program.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::seat::{Cleared, Ended, Identified, Person, Seat};
use simgate_store::Act;

use super::leave::vacate;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::view::{SessionEnd, Snapshot};
use crate::contract::words::{ErrorCode, FaultKind, Refusal};
use crate::random;
use crate::stage::{Readiness, Tools};

/// How long closing waits for what is under way: longer than vendors take who are there.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the gate may take: what it waits for ends within half of this, each wait for itself.
const GATE: Duration = Duration::from_secs(60);

/// What the passing of a second may have made due.
enum Due {
    Nothing,
    GateStuck(Person),
    CodeExpired(Person),
    StopShown,
    AskAccount(Person),
}

impl App {
    /// The person at the counter, or before a stop, is there: the idle time, or the time that the
    /// stop stays on the screen, begins anew.
    ///
    /// # Errors
    /// As the door.
    pub async fn stay(&self) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::STAY, async move {
            let now = app.inner.clock.uptime();
            app.inner.stage.change(|scene| match &mut scene.seat {
                Seat::Occupied(at) => {
                    at.touched = now;
                    Ok(())
                }
                Seat::Stopped(at) => {
                    at.kept = now;
                    Ok(())
                }
                Seat::Vacant
                | Seat::Identified(_)
                | Seat::Cleared(_)
                | Seat::CodeSent(_)
                | Seat::Answering(_)
                | Seat::Recovering(_) => Err(Refusal::plain(ErrorCode::NotNow)),
            })?;
            Ok(app.snapshot())
        })
        .await
    }

    /// Ends what is over by itself. The composition root calls this once a second; that nothing
    /// happens on the page, or that its scripts stand still, changes nothing.
    pub async fn tick(&self) {
        self.end_session_if_over().await;
        self.forget_unsaved();
        self.end_orphaned_people_work();
        self.forget_late_kit();
        let Ok(tools) = self.tools() else {
            return;
        };
        self.end_orphaned_change(&tools).await;
        self.prune_if_due(&tools);
        let now = self.inner.clock.uptime();
        let due = self.inner.stage.read(|scene| match &scene.seat {
            Seat::Identified(Identified { person, .. }) | Seat::Cleared(Cleared { person, .. })
                if scene
                    .notes
                    .gate_since
                    .is_some_and(|since| now.saturating_sub(since) > GATE) =>
            {
                Due::GateStuck(person.clone())
            }
            Seat::CodeSent(at) if at.sent.life_left(now).is_zero() => {
                Due::CodeExpired(at.person.clone())
            }
            Seat::Stopped(at) if at.shown_for(now).is_zero() => Due::StopShown,
            Seat::Occupied(at) => Due::AskAccount(at.person.clone()),
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Recovering(_)
            | Seat::Stopped(_) => Due::Nothing,
        });
        match due {
            Due::Nothing => {}
            Due::GateStuck(person) => {
                let error = "the gate did not come to an end";
                self.stop_unforeseen(&tools, &person, &error).await;
            }
            Due::CodeExpired(person) => self.stop_expired(&tools, &person).await,
            Due::StopShown => self.inner.stage.change(|scene| {
                if matches!(scene.seat, Seat::Stopped(_)) {
                    vacate(scene, None);
                }
            }),
            Due::AskAccount(person) => {
                match tools.store.is_current(person.user, person.sign_in).await {
                    Ok(true) => {}
                    Ok(false) => {
                        self.end_session(&tools, &person, SessionEnd::AccountChanged)
                            .await;
                    }
                    // A database that fails now fails the next act as well, which says so.
                    Err(error) => tracing::warn!(%error, "the account could not be looked at"),
                }
            }
        }
    }

    /// Asked before every command: the first one after the machine slept finds the session over.
    pub(crate) async fn end_session_if_over(&self) {
        let now = self.inner.clock.uptime();
        let over = self.inner.stage.read(|scene| match &scene.seat {
            Seat::Occupied(at) => {
                let ended = at.ended(self.session_limits_on(scene), now);
                ended.map(|ended| (at.person.clone(), ended))
            }
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Recovering(_)
            | Seat::Stopped(_) => None,
        });
        let (Some((person, ended)), Ok(tools)) = (over, self.tools()) else {
            return;
        };
        let ended = match ended {
            Ended::Idle => SessionEnd::Idle,
            Ended::TooLong => SessionEnd::TooLong,
        };
        self.end_session(&tools, &person, ended).await;
    }

    pub(crate) async fn end_session(&self, tools: &Tools, person: &Person, ended: SessionEnd) {
        let ours = self.inner.stage.change(|scene| {
            let ours =
                matches!(&scene.seat, Seat::Occupied(at) if at.person.sign_in == person.sign_in);
            if ours {
                vacate(scene, Some(ended));
            }
            ours
        });
        if ours {
            let cause = match ended {
                SessionEnd::Idle => "idle",
                SessionEnd::TooLong => "too_long",
                SessionEnd::AccountChanged => "account_changed",
                SessionEnd::Locked => "locked",
            };
            self.record_end(tools, person, Act::SessionEnded, cause)
                .await;
        }
    }

    /// Gives up whatever is going on: the program is being closed. Waits a little for what is under
    /// way, so that a code that the vendor is just now taking is called back, and lets go of the
    /// database, which closes it.
    pub async fn close(&self) {
        self.inner.recovery.cancel();
        if let Ok(tools) = self.tools() {
            self.close_the_seat(&tools, "closed").await;
        }
        if let Some(keeper) = self.head_keeper() {
            keeper.finish().await;
        }
    }

    /// Lets go of the database, so that its file can be moved: nobody is on the seat, and nothing that
    /// this program was about to do with the file or its record's head is done later.
    pub(crate) async fn release_database(&self, cause: &'static str) {
        match self.tools() {
            Ok(tools) => self.close_the_seat(&tools, cause).await,
            Err(_) => self
                .inner
                .stage
                .change(|scene| scene.readiness = Readiness::Starting),
        }
        if let Some(keeper) = self.take_head_keeper() {
            keeper.finish().await;
            keeper.stop().await;
        }
        if let Some(store) = self.inner.stage.change(|scene| scene.store.take()) {
            store.close().await;
        }
    }

    async fn close_the_seat(&self, tools: &Arc<Tools>, cause: &'static str) {
        self.inner.record_work.cancel();
        self.inner.people_work.cancel();
        // Whoever is still on the way to the seat finds it closed.
        self.inner
            .stage
            .change(|scene| scene.readiness = Readiness::Starting);
        let over = async {
            self.empty_the_seat(tools, cause).await;
            self.end_orphaned_change(tools).await;
            self.at_rest().await;
        };
        if tokio::time::timeout(PATIENCE, over).await.is_err() {
            tracing::warn!("closed before everything under way had ended");
        }
    }

    /// Waits until nothing is under way that nobody waits for: no code on its way to the vendor, and
    /// none being called back.
    pub async fn at_rest(&self) {
        self.inner.underway.over().await;
    }

    /// The page is gone: its process ended. What it showed may still be on the screen, and nobody can
    /// sign out on it.
    pub async fn page_lost(&self) {
        if let Ok(tools) = self.tools() {
            self.empty_the_seat(&tools, "page_lost").await;
        }
    }

    /// Something panicked: nobody is left signed in, nothing pending, and the program not stuck.
    pub(crate) async fn clear_up_after_panic(&self) {
        let Ok(tools) = self.tools() else {
            let reference = random::reference(self.inner.clock.now()).to_string();
            self.inner.stage.change(|scene| {
                vacate(scene, None);
                scene.readiness = Readiness::Fault(FaultKind::Unforeseen, reference);
            });
            return;
        };
        let app = self.clone();
        let cleared = tokio::spawn(async move { app.empty_the_seat(&tools, "panic").await });
        if cleared.await.is_err() {
            // The seat is empty before anything of that can panic.
            tracing::error!("a panic while clearing up after one");
        }
    }
}
