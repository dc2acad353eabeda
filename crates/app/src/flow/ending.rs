//! What ends by itself: a session, a code, a stop that nobody leaves, and the program.

use std::time::Duration;

use simgate_domain::seat::{Ended, Person, STOP_SHOWN, Seat};
use simgate_store::Act;

use super::leave::vacate;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::view::{SessionEnd, Snapshot};
use crate::contract::words::{ErrorCode, FaultKind, Refusal};
use crate::random;
use crate::stage::{Readiness, Tools};

/// What the passing of a second may have made due.
enum Due {
    Nothing,
    CodeExpired,
    StopShown,
    AskAccount(Person),
}

impl App {
    /// The person at the counter is there: the idle time begins anew.
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
                Seat::Vacant
                | Seat::Identified(_)
                | Seat::Cleared(_)
                | Seat::CodeSent(_)
                | Seat::Answering(_)
                | Seat::Stopped(_) => Err(Refusal::plain(ErrorCode::NotNow)),
            })?;
            Ok(app.snapshot())
        })
        .await
    }

    /// Ends what is over by itself. The composition root calls this once a second; that nothing
    /// happens on the page, or that its scripts stand still, changes nothing.
    pub async fn tick(&self) {
        self.end_session_if_over().await;
        let Ok(tools) = self.tools() else {
            return;
        };
        let now = self.inner.clock.uptime();
        let due = self.inner.stage.read(|scene| match &scene.seat {
            Seat::CodeSent(at) if at.sent.life_left(now).is_zero() => Due::CodeExpired,
            Seat::Stopped(at) if now.saturating_sub(at.at) >= STOP_SHOWN => Due::StopShown,
            Seat::Occupied(at) => Due::AskAccount(at.person.clone()),
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Stopped(_) => Due::Nothing,
        });
        match due {
            Due::Nothing => {}
            Due::CodeExpired => self.stop_expired(&tools).await,
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
        let (now, limits) = (self.inner.clock.uptime(), self.session_limits());
        let over = self.inner.stage.read(|scene| match &scene.seat {
            Seat::Occupied(at) => at
                .ended(limits, now)
                .map(|ended| (at.person.clone(), ended)),
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
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

    async fn end_session(&self, tools: &Tools, person: &Person, ended: SessionEnd) {
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
            };
            self.record_end(tools, person, Act::SessionEnded, cause)
                .await;
        }
    }

    /// Gives up whatever is going on: the program is being closed. Waits for the vendor a little,
    /// and lets go of the database, which closes it.
    pub async fn close(&self) {
        const PATIENCE: Duration = Duration::from_secs(2);
        let Ok(tools) = self.tools() else {
            return;
        };
        let pending = self.empty_the_seat(&tools, "closed").await;
        self.inner
            .stage
            .change(|scene| scene.readiness = Readiness::Starting);
        if let Some(sid) = pending {
            let canceled = tokio::time::timeout(PATIENCE, self.cancel(&tools, sid)).await;
            if canceled.is_err() {
                tracing::warn!("closed before a verification was canceled");
            }
        }
    }

    /// The page is gone: its process ended. What it showed may still be on the screen, and nobody can
    /// sign out on it.
    pub async fn page_lost(&self) {
        let Ok(tools) = self.tools() else {
            return;
        };
        if let Some(sid) = self.empty_the_seat(&tools, "page_lost").await {
            self.cancel_later(&tools, sid);
        }
    }

    /// A command panicked: nobody is left signed in, nothing pending, and the program not stuck.
    pub(crate) async fn clear_up_after_panic(&self) {
        let Ok(tools) = self.tools() else {
            let reference = random::reference(self.inner.clock.now()).to_string();
            self.inner.stage.change(|scene| {
                vacate(scene, None);
                scene.readiness = Readiness::Fault(FaultKind::Unforeseen, reference);
            });
            return;
        };
        if let Some(sid) = self.empty_the_seat(&tools, "panic").await {
            self.cancel_later(&tools, sid);
        }
    }
}
