//! All that the stand-ins know, and what they make of a request. No socket, no waiting.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Clock;
use crate::credentials::Credentials;
use crate::faults::{Door, Met, Standing, Wire};
use crate::http::{Answer, Incoming, Response};
use crate::ledger::{Call, Ledger, Vendor};
use crate::number::Numbers;
use crate::phones::Phones;
use crate::tru_id::Project;
use crate::twilio_verify::Account;
use crate::wire::script::{Script, script};

/// The two vendors, the phones, and what was set about them.
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) numbers: Numbers,
    pub(crate) phones: Phones,
    pub(crate) ledger: Ledger,
    pub(crate) faults: Standing,
    pub(crate) project: Project,
    pub(crate) account: Account,
}

/// What is to be done about a request, in this order.
pub(crate) struct Turn {
    /// Doors to be moved; `None` opens one.
    pub(crate) doors: Vec<(Vendor, Option<Door>)>,
    pub(crate) act: Act,
}

pub(crate) enum Act {
    /// Wait, and then write.
    Write(Duration, Script),
    /// Keep the connection and say nothing.
    Stall,
    /// Reset the connection.
    HangUp,
}

impl World {
    pub(crate) fn new(credentials: &Credentials, tru_id_url: String, twilio_url: String) -> Self {
        let clock = Clock::start();
        let account = Account::new(credentials, twilio_url, clock.now());
        Self {
            numbers: Numbers::default(),
            phones: Phones::default(),
            ledger: Ledger::default(),
            faults: Standing::default(),
            project: Project::new(credentials, tru_id_url),
            account,
            clock,
        }
    }

    /// A vendor receives a request.
    pub(crate) fn receive(&mut self, vendor: Vendor, request: &Incoming) -> Turn {
        let now = self.clock.now();
        let call = Call::of(vendor, request);
        self.ledger
            .record(now, self.clock.monotonic_us(), vendor, call, request);
        let met = self.faults.meet(vendor, call, request);
        let (fault, doors) = match met {
            Met::Shut(door) => {
                return Turn {
                    doors: vec![(vendor, Some(door))],
                    act: Act::HangUp,
                };
            }
            Met::AnswerThenShut(door) => (None, vec![(vendor, Some(door))]),
            Met::Fault(fault) => (Some(fault), Vec::new()),
            Met::Nothing => (None, Vec::new()),
        };
        let fault = fault.unwrap_or_default();
        if fault.wire == Wire::Stall {
            return Turn {
                doors,
                act: Act::Stall,
            };
        }
        let answer = match fault.answer {
            Some(canned) => Answer::Reply(Response::from(canned)),
            None => self.answer(vendor, request),
        };
        let act = match answer {
            Answer::Silence => Act::Stall,
            Answer::Reply(mut response) => {
                for edit in &fault.edit {
                    edit.apply(&mut response);
                }
                let delay = Duration::from_millis(fault.delay_ms);
                Act::Write(delay, script(&response, &fault.wire, now))
            }
        };
        Turn { doors, act }
    }

    /// What the vendor does about a request when nothing is wrong with it.
    fn answer(&mut self, vendor: Vendor, request: &Incoming) -> Answer {
        let now = self.clock.now();
        match vendor {
            Vendor::TruId => self.project.answer(&mut self.numbers, request, now),
            Vendor::TwilioVerify => self.account.answer(&mut self.phones, request, now),
        }
    }
}

/// The world, shared by all connections.
pub(crate) struct Shared(Mutex<World>);

impl Shared {
    pub(crate) fn new(world: World) -> Self {
        Self(Mutex::new(world))
    }

    /// Nothing that is done under this lock waits for anything. What a panic may have left is
    /// still the best account there is of what happened, so poisoning is ignored.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
