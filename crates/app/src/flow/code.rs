//! The code that a person types.

use std::sync::Arc;

use simgate_domain::seat::{CodeSent, Person, Refused, Seat};
use simgate_domain::{OneTimeCode, SignInId, UserId};
use simgate_store::{Act, CodeAttempt, Grant, GrantAnswer, Session, Who};
use simgate_vendors::CodeAnswer;

use super::leave::Halt;
use super::step_up::carry_over;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::view::{Snapshot, Station};
use crate::contract::words::{CodeProblem, ErrorCode, Refusal, StopReason};
use crate::refusals::{self, Problem, ours};
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
            Err(Refused::WrongState(_) | Refused::OtherSignIn | Refused::StaleClearance) => {
                return Err(Refusal::plain(ErrorCode::NotNow));
            }
        }
        Ok(self.snapshot())
    }

    async fn answer(&self, tools: &Arc<Tools>, at: &CodeSent, code: &OneTimeCode) {
        let person = &at.person;
        let now = self.inner.clock.now();
        // Counted and committed before the vendor is asked.
        match tools
            .store
            .reserve_code_attempt(person.user, person.sign_in, self.limits(), now)
            .await
        {
            Ok(CodeAttempt::Reserved) => {}
            Ok(CodeAttempt::Closed(closed)) => {
                return self.stop_closed(tools, person, closed).await;
            }
            Err(error) => {
                return self.stop_unforeseen(tools, person, &error).await;
            }
        }
        match tools.codes.check(&at.sent.sid, &person.number, code).await {
            Ok(CodeAnswer::Approved) => self.grant(tools, at).await,
            Ok(CodeAnswer::Wrong) => self.wrong_code(tools, at).await,
            Ok(CodeAnswer::Ended(end)) => {
                self.stop_code(tools, person, refusals::code_end(end)).await;
            }
            // Whether the vendor took the code is not known, so that it is good for nothing now.
            Err(error) => {
                if !refusals::may_have_looked(error) {
                    self.give_back(tools, person.user, person.sign_in).await;
                }
                self.stop_code(tools, person, refusals::not_checked(error))
                    .await;
            }
        }
    }

    /// A vendor that is out of order locks nobody out.
    pub(crate) async fn give_back(&self, tools: &Tools, user: UserId, sign_in: SignInId) {
        let given = tools.store.give_back_code_attempt(user, sign_in).await;
        if let Err(error) = given {
            tracing::warn!(%error, "a code that was not looked at stays counted");
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
            channel: at.sent.channel,
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
        let who = Who::User(person.user);
        let entry = self.entry(who, Some(person.sign_in), Act::CodeWrong, None);
        if let Err(error) = tools.store.record(entry).await {
            return self.stop_unforeseen(tools, person, &error).await;
        }
        // The tenth in a row, over however many sign-ins, locks here and now, and that is what the
        // person must know; the fifth of this sign-in merely ends it.
        let now = self.inner.clock.now();
        match tools
            .store
            .live(person.user, person.sign_in, self.limits(), now)
            .await
        {
            Ok(Ok(_)) => {}
            Ok(Err(closed)) => return self.stop_closed(tools, person, closed).await,
            Err(error) => return self.stop_unforeseen(tools, person, &error).await,
        }
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
                check_id: None,
            },
        )
        .await;
    }
}
