//! The code that a person types.

use std::sync::Arc;

use simgate_domain::OneTimeCode;
use simgate_domain::seat::{CodeSent, Person, Refused, Seat};
use simgate_store::{Act, Grant, GrantAnswer, Session, Who};

use super::leave::{Halt, Told};
use super::step_up::carry_over;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::view::{Snapshot, Station};
use crate::contract::words::{CodeProblem, ErrorCode, Refusal, StopReason};
use crate::refusals::{Problem, ours};
use crate::stage::{CounterFacts, Tools};

impl App {
    /// Takes a code. Approved for this sign-in's verification and number, it opens the counter;
    /// wrong, it may be typed again a few times; anything else ends the sign-in.
    ///
    /// # Errors
    /// [`ErrorCode::CodeEmpty`] and [`ErrorCode::CodeMalformed`] at the field, which count as no
    /// try; [`ErrorCode::NotNow`] while another code is being looked at; and as the door.
    pub async fn check_code(&self, code: Typed) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(
            Command::CHECK_CODE,
            async move { app.take_code(&code).await },
        )
        .await
    }

    async fn take_code(&self, typed: &Typed) -> Answer<Snapshot> {
        let tools = self.tools()?;
        let code = OneTimeCode::parse(typed.as_str())?;
        let uptime = self.inner.clock.uptime();
        let (at, answering) = self.inner.stage.change(|scene| {
            scene.notes.wrong = false;
            scene.notes.problem = None;
            let at = match &scene.seat {
                Seat::CodeSent(at) => Some(at.clone()),
                Seat::Vacant
                | Seat::Identified(_)
                | Seat::Cleared(_)
                | Seat::Answering(_)
                | Seat::Recovering(_)
                | Seat::Occupied(_)
                | Seat::Stopped(_) => None,
            };
            (at, scene.advance(|seat| seat.answer(uptime)))
        });
        let at = at.ok_or(Refusal::plain(ErrorCode::NotNow))?;
        match answering {
            Ok(()) => {
                let work = {
                    let (app, tools, at) = (self.clone(), Arc::clone(&tools), at.clone());
                    async move { app.answer(&tools, &at, &code).await }
                };
                let doing = "a panic while a code was checked";
                self.supervise(&tools, &at.person, doing, work).await;
            }
            Err(Refused::CodeExpired) => self.stop_expired(&tools, &at.person).await,
            Err(
                Refused::WrongState(_)
                | Refused::OtherSignIn
                | Refused::StaleClearance
                | Refused::StopOver,
            ) => {
                return Err(Refusal::plain(ErrorCode::NotNow));
            }
        }
        Ok(self.snapshot())
    }

    async fn answer(&self, tools: &Arc<Tools>, at: &CodeSent, code: &OneTimeCode) {
        let person = &at.person;
        let wrong = self.entry(
            Who::User(person.user),
            Some(person.sign_in),
            Act::CodeWrong,
            None,
        );
        let tried = self
            .code_is_right(tools, person.into(), &at.sent.sid, code, wrong)
            .await;
        match tried {
            Ok(true) => self.grant(tools, at).await,
            Ok(false) => self.wrong_code(tools, at).await,
            Err(blocked) => self.blocked(tools, person, blocked).await,
        }
    }

    async fn grant(&self, tools: &Arc<Tools>, at: &CodeSent) {
        let person = &at.person;
        let uptime = self.inner.clock.uptime();
        if at.sent.life_left(uptime).is_zero() {
            // Right, but too late.
            self.give_back(tools, person.user, person.sign_in).await;
            return self.stop_code(tools, person, ours::EXPIRED).await;
        }
        let grant = Grant {
            user: person.user,
            sign_in: person.sign_in,
            sid: at.sent.sid.clone(),
            clearance: at.sent.clearance,
            channel: at.sent.channel,
        };
        let who = Who::User(person.user);
        let entry = self.entry(who, Some(person.sign_in), Act::SignedIn, None);
        let signed_in_at = entry.at;
        match tools.store.grant_session(grant, entry).await {
            Ok(GrantAnswer::Granted(before)) => {
                if let Some(keeper) = self.head_keeper() {
                    keeper.at_once();
                }
                self.open_counter(tools, at, signed_in_at, before).await;
            }
            Ok(GrantAnswer::NumberTaken) => {
                self.stop_code(tools, person, ours::NUMBER_TAKEN).await;
            }
            Ok(GrantAnswer::Spent) => self.stop_code(tools, person, ours::SPENT).await,
            Ok(GrantAnswer::Closed(closed)) => self.stop_closed(tools, person, closed).await,
            Err(error) => {
                self.stop_unforeseen(tools, person, &error).await;
            }
        }
    }

    async fn open_counter(
        &self,
        tools: &Tools,
        at: &CodeSent,
        signed_in_at: simgate_domain::Timestamp,
        before: Session,
    ) {
        let facts = CounterFacts {
            signed_in_at,
            channel: Some(at.sent.channel),
            clearance: at.sent.clearance,
            password_due: before.must_choose_password,
            before,
        };
        let uptime = self.inner.clock.uptime();
        let person = &at.person;
        let moved = self.inner.stage.change(|scene| {
            scene.advance(|seat| seat.occupy(person.sign_in, facts, uptime))?;
            scene.signing_in_with = None;
            if let Some(session) = scene.put_by.take() {
                carry_over(scene, session);
            }
            Ok::<_, Refused>(())
        });
        if moved.is_err() {
            // They started over while the vendor looked at the code: granted, and ended at once.
            self.record_end(tools, person, Act::SessionEnded, "started_over")
                .await;
        }
    }

    async fn wrong_code(&self, tools: &Arc<Tools>, at: &CodeSent) {
        let person = &at.person;
        if at.sent.tries_left() <= 1 {
            return self.stop_code(tools, person, ours::TRIES_USED_UP).await;
        }
        // That somebody started over meanwhile leaves nothing to do.
        let _moved = self.inner.stage.change(|scene| {
            scene.advance(|seat| seat.wrong(person.sign_in))?;
            scene.notes.wrong = true;
            Ok::<_, Refused>(())
        });
    }

    /// The code that is waited for has grown too old.
    pub(super) async fn stop_expired(&self, tools: &Arc<Tools>, person: &Person) {
        self.stop_code(tools, person, ours::EXPIRED).await;
    }

    pub(super) async fn stop_code(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        problem: Problem<CodeProblem>,
    ) {
        self.stop(
            tools,
            person,
            Halt {
                station: Station::Code,
                reason: StopReason::CodeRefused {
                    problem: problem.shown,
                },
                act: Act::CodeRefused,
                cause: problem.cause,
                wait: problem.wait,
                told: Told::default(),
            },
        )
        .await;
    }
}
