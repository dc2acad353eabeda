//! What the one screen shows, and the only place where it changes.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use simgate_domain::seat::Clearance;
use simgate_domain::seat::{Back, Occupied, Person, Refused, SeatName};
use simgate_domain::{Channel, Rules, Timestamp};
use simgate_store::{Session, SetupState, Store};
use simgate_vendors::{CodeSender, SimCheck};
use tokio::sync::watch;

use crate::branch::Branch;
use crate::commands::{Command, Standing, State};
use crate::contract::view::{SessionEnd, StoppedView};
use crate::contract::words::{FaultKind, SendProblem, VendorName};
use crate::hashing::Hashing;

/// The seat, with what this program shows of a stop and of a session.
pub type Seat = simgate_domain::seat::Seat<StoppedView, CounterFacts>;

/// What the counter shows of a session, besides whose it is.
#[derive(Debug)]
pub struct CounterFacts {
    /// When it began, by the wall clock.
    pub signed_in_at: Timestamp,
    /// How its code was sent; `None` where a recovery code stood in for it.
    pub channel: Option<Channel>,
    /// What its SIM check said.
    pub clearance: Clearance,
    /// What was before it.
    pub before: Session,
    /// Whether the password was given to them by an admin: they must choose their own first.
    pub password_due: bool,
}

/// What a program that can work works with.
#[derive(Clone)]
pub struct Tools {
    /// The database.
    pub store: Arc<dyn Store>,
    /// The operator's answer.
    pub sim: Arc<dyn SimCheck>,
    /// The code's sender.
    pub codes: Arc<dyn CodeSender>,
    /// The passwords.
    pub hashing: Arc<Hashing>,
}

/// Whether the program can work.
#[derive(Default)]
pub enum Readiness {
    /// It is being found out.
    #[default]
    Starting,
    /// There are no credentials for these.
    NotSetUp(Vec<VendorName>),
    /// It cannot.
    Fault(FaultKind, String),
    /// It can.
    Ready(Arc<Tools>),
}

/// What goes with the seat of somebody who signs in.
#[derive(Debug, Default)]
pub struct CodeNotes {
    /// When the gate last began to ask the operator, by the uptime.
    pub gate_since: Option<Duration>,
    /// When the code may be sent again, by the uptime; `None` where no send is left.
    pub next_send: Option<Duration>,
    /// Why the last wish to send again was not met.
    pub problem: Option<SendProblem>,
    /// Whether the last code typed was wrong.
    pub wrong: bool,
}

/// How far the first set-up of this installation is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SetUp {
    /// There is nobody.
    Nobody,
    /// The first admin was added, and has not said that it is finished.
    Begun,
    /// It is finished, once and for all.
    #[default]
    Finished,
}

impl From<SetupState> for SetUp {
    fn from(state: SetupState) -> Self {
        match state {
            SetupState::Nobody => Self::Nobody,
            SetupState::Begun => Self::Begun,
            SetupState::Finished { .. } => Self::Finished,
        }
    }
}

/// All that a snapshot is made from.
#[derive(Default)]
pub struct Scene {
    /// Whether the program can work.
    pub readiness: Readiness,
    /// The database that was opened last, also where there are no vendors to work with yet.
    pub store: Option<Arc<dyn Store>>,
    /// Whoever acts is at the command line of this machine: there is no seat.
    pub at_the_console: bool,
    /// Who is where.
    pub seat: Seat,
    /// What the sign-in on the seat began with, until the counter opens.
    pub signing_in_with: Option<Arc<Tools>>,
    /// What goes with the seat of somebody who signs in.
    pub notes: CodeNotes,
    /// Why the last session ended, until somebody else begins.
    pub ended: Option<SessionEnd>,
    /// The session that is put by while its person proves themself anew.
    pub put_by: Option<Occupied<CounterFacts>>,
    /// The commands that this session was refused for its role: each is put on record once.
    pub overreached: HashSet<Command>,
    /// Grows each time the seat is vacated: what belongs to one session knows by it that it is over.
    pub sessions: u32,
    /// What the branch is called, and whom to call.
    pub branch: Arc<Branch>,
    /// How far the first set-up is.
    pub set_up: SetUp,
    /// The rules under which whoever is on the seat began to sign in: none looser hold for them.
    pub under: Option<Arc<Rules>>,
}

impl Scene {
    /// The state that the table of commands knows.
    pub fn state(&self) -> State {
        match self.readiness {
            Readiness::Starting => State::Starting,
            Readiness::NotSetUp(_) if self.set_up == SetUp::Nobody => State::FirstRun,
            Readiness::NotSetUp(_) => State::NotSetUp,
            Readiness::Fault(..) => State::Fault,
            Readiness::Ready(_) => match self.seat.name() {
                SeatName::Vacant if self.set_up == SetUp::Nobody => State::FirstRun,
                SeatName::Vacant => State::Vacant,
                SeatName::Identified => State::Identified,
                SeatName::Cleared => State::Cleared,
                SeatName::CodeSent => State::CodeSent,
                // A recovery code is with the database, which is not the page's to tell apart.
                SeatName::Answering | SeatName::Recovering => State::Answering,
                SeatName::Occupied if self.password_due() => State::PasswordDue,
                SeatName::Occupied => State::Occupied,
                SeatName::Stopped => State::Stopped,
            },
        }
    }

    fn password_due(&self) -> bool {
        matches!(&self.seat, Seat::Occupied(at) if at.facts.password_due)
    }

    /// What the table of commands asks of whoever is signed in.
    pub fn standing(&self, now: Duration) -> Option<Standing> {
        let Seat::Occupied(at) = &self.seat else {
            return None;
        };
        Some(Standing {
            role: at.person.role,
            fresh: !at.fresh_for(now).is_zero(),
        })
    }

    /// The database, from the moment that it is open: the first set-up begins with no vendor, and the
    /// command line works with none.
    pub fn open_store(&self) -> Option<Arc<dyn Store>> {
        if self.at_the_console {
            return self.store.clone();
        }
        match &self.readiness {
            Readiness::Ready(tools) => Some(Arc::clone(&tools.store)),
            Readiness::NotSetUp(_) if self.set_up == SetUp::Nobody => self.store.clone(),
            Readiness::Starting | Readiness::NotSetUp(_) | Readiness::Fault(..) => None,
        }
    }

    /// What whoever is on the seat works with, where the program can work.
    pub fn tools(&self) -> Option<Arc<Tools>> {
        match &self.readiness {
            Readiness::Ready(tools) => {
                let tools = self.signing_in_with.as_ref().unwrap_or(tools);
                Some(Arc::clone(tools))
            }
            Readiness::Starting | Readiness::NotSetUp(_) | Readiness::Fault(..) => None,
        }
    }

    /// Puts a person on the seat, who goes on with these tools.
    pub fn identify(
        &mut self,
        tools: Arc<Tools>,
        person: Person,
        channel: Channel,
    ) -> Result<(), Refused> {
        self.notes = CodeNotes::default();
        self.advance(|seat| seat.identify(person, channel))?;
        self.signing_in_with = Some(tools);
        Ok(())
    }

    /// Leaves nobody on the seat, and nothing of theirs.
    pub fn vacate(&mut self, ended: Option<SessionEnd>) {
        self.seat = Seat::Vacant;
        self.signing_in_with = None;
        self.notes = CodeNotes::default();
        self.ended = ended;
        self.put_by = None;
        self.overreached.clear();
        self.under = None;
        self.sessions = self.sessions.wrapping_add(1);
    }

    /// The session that goes on: the one on the seat, or the one that is put by.
    pub fn session(&self) -> Option<&Occupied<CounterFacts>> {
        if let Seat::Occupied(at) = &self.seat {
            Some(at)
        } else {
            self.put_by.as_ref()
        }
    }

    /// Makes a move of the seat; a refused one leaves it as it was.
    pub fn advance(
        &mut self,
        step: impl FnOnce(Seat) -> Result<Seat, Back<StoppedView, CounterFacts>>,
    ) -> Result<(), Refused> {
        match step(std::mem::take(&mut self.seat)) {
            Ok(next) => {
                self.seat = next;
                Ok(())
            }
            Err(back) => {
                let (seat, why) = *back;
                self.seat = seat;
                Err(why)
            }
        }
    }
}

/// The scene behind its lock, and the count of its changes.
pub struct Stage {
    scene: Mutex<Scene>,
    revision: watch::Sender<u32>,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            scene: Mutex::default(),
            revision: watch::Sender::new(1),
        }
    }
}

impl Stage {
    /// Looks at the scene.
    pub fn read<T>(&self, look: impl FnOnce(&Scene) -> T) -> T {
        look(&self.lock())
    }

    /// Looks at the scene, together with the number of its last change.
    pub fn read_numbered<T>(&self, look: impl FnOnce(u32, &Scene) -> T) -> T {
        let scene = self.lock();
        look(*self.revision.borrow(), &scene)
    }

    /// Changes the scene, and tells whoever waits for that.
    pub fn change<T>(&self, change: impl FnOnce(&mut Scene) -> T) -> T {
        let mut scene = self.lock();
        let result = change(&mut scene);
        self.revision
            .send_modify(|revision| *revision = revision.wrapping_add(1));
        result
    }

    /// The count of changes, to wait for the next.
    pub fn revisions(&self) -> watch::Receiver<u32> {
        self.revision.subscribe()
    }

    /// A panic while the scene was locked is caught at the door, which vacates the seat.
    fn lock(&self) -> MutexGuard<'_, Scene> {
        self.scene.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
