//! Proving oneself anew before something sensitive: password, SIM check and code, like any sign-in.

use std::sync::Arc;

use simgate_domain::attempts::{CheckLimit, SendLimit};
use simgate_domain::seat::{Occupied, Person, Refused, Seat};
use simgate_domain::{AccountState, Password, SignInId};
use simgate_store::{Act, NameTried, Who};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::view::{SessionEnd, Snapshot};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::hashing::Checked;
use crate::shown::seconds;
use crate::stage::{CodeNotes, CounterFacts, Scene, Tools};

impl App {
    /// Takes the password of whoever is signed in. Right, it puts their session by and leads on to
    /// a SIM check and a code, which bring it back with a fresh proof.
    ///
    /// # Errors
    /// [`ErrorCode::PasswordWrong`] at the field; the empty field; [`ErrorCode::ProofTooSoon`] with the
    /// wait; [`ErrorCode::NotNow`]; and as
    /// the door. A try while the name is locked ends the session.
    pub async fn step_up(&self, password: Typed) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(
            Command::STEP_UP,
            async move { app.prove_anew(&password).await },
        )
        .await
    }

    async fn prove_anew(&self, typed: &Typed) -> Answer<Snapshot> {
        let _turn = self.take_turn(Command::STEP_UP)?;
        let tools = self.tools()?;
        let password = Password::typed(typed.as_str())?;
        let person = self
            .signed_in()
            .ok_or_else(|| Refusal::plain(ErrorCode::NotNow))?;
        self.open_connections(&tools);
        self.may_be_sent_a_code(&tools, &person).await?;
        // Counted and committed before anything is hashed, like any other try of the name.
        let attempt = tools
            .store
            .reserve_password_attempt(
                NameTried::Name(person.name.clone()),
                self.limits(),
                self.inner.clock.now(),
            )
            .await
            .map_err(|error| self.unforeseen("counting a password", &error))?;
        let account = attempt
            .account
            .filter(|account| account.user == person.user)
            .filter(|account| account.state == AccountState::Active);
        let account = match (account, attempt.locked) {
            (Some(account), None) => account,
            (Some(_), Some(_)) => {
                self.end_session(&tools, &person, SessionEnd::Locked).await;
                return Ok(self.snapshot());
            }
            (None, _) => {
                self.end_session(&tools, &person, SessionEnd::AccountChanged)
                    .await;
                return Ok(self.snapshot());
            }
        };
        let checked = tools
            .hashing
            .check(password, account.password.hash(), true)
            .await
            .map_err(|error| self.unforeseen("hashing a password", &error))?;
        let rehashed = match checked {
            Checked::Right { rehashed } => rehashed,
            Checked::Wrong => return Err(self.refuse_proof(&tools, &person).await),
        };

        let person = Person {
            sign_in: self.new_id().map(SignInId::new)?,
            number: account.number,
            ..person
        };
        let entry = self.entry(
            Who::User(person.user),
            Some(person.sign_in),
            Act::PasswordPassed,
            Some("step_up"),
        );
        let begun = tools
            .store
            .begin_sign_in(
                person.user,
                account.version,
                person.sign_in,
                rehashed,
                self.limits(),
                entry,
            )
            .await
            .map_err(|error| self.unforeseen("beginning a sign-in", &error))?;
        self.inner
            .stage
            .change(|scene| put_by(scene, &tools, person.clone(), account.channel))
            .map_err(|_refused| Refusal::plain(ErrorCode::NotNow))?;
        match begun {
            Ok(()) => self.ask_operator(&tools, person),
            Err(closed) => self.stop_closed(&tools, &person, closed).await,
        }
        Ok(self.snapshot())
    }

    /// A proof whose code could not be sent yet would end in a stop, and the session with it: it is not
    /// begun.
    async fn may_be_sent_a_code(&self, tools: &Tools, person: &Person) -> Answer<()> {
        let now = self.inner.clock.now();
        let live = tools
            .store
            .live(person.user, person.sign_in, self.limits(), now)
            .await
            .map_err(|error| self.unforeseen("looking at what may be sent", &error))?;
        // That the account was changed, or is locked, is said by what follows.
        let until = live.ok().and_then(|live| {
            let send = live.may_send.err().and_then(SendLimit::ends);
            send.max(live.may_check.err().map(CheckLimit::ends))
        });
        match until {
            None => Ok(()),
            Some(until) => Err(Refusal {
                retry_after: Some(seconds(until.since(now).unwrap_or_default())),
                ..Refusal::plain(ErrorCode::ProofTooSoon)
            }),
        }
    }

    async fn refuse_proof(&self, tools: &Tools, person: &Person) -> Refusal {
        let entry = self.entry(
            Who::User(person.user),
            Some(person.sign_in),
            Act::SignInRefused,
            Some("wrong_password"),
        );
        // The refusal stands whether or not it could be recorded.
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%error, "a refusal is not on record");
        }
        Refusal {
            field: Some(Field::Password),
            ..Refusal::plain(ErrorCode::PasswordWrong)
        }
    }

    /// Whoever is signed in.
    pub(crate) fn signed_in(&self) -> Option<Person> {
        self.inner.stage.read(|scene| match &scene.seat {
            Seat::Occupied(at) => Some(at.person.clone()),
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Recovering(_)
            | Seat::Stopped(_) => None,
        })
    }

    /// Gives the new proof up: the session that was put by goes on, if the store still takes it.
    /// `None` where none was put by, or it is over.
    pub(super) async fn go_back_to_session(&self, tools: &Arc<Tools>) -> Option<Person> {
        let (session, proving) = self.inner.stage.read(|scene| {
            let session = scene.put_by.as_ref()?.person.clone();
            Some((session, scene.seat.person()?.clone()))
        })?;
        let entry = self.entry(
            Who::User(session.user),
            Some(proving.sign_in),
            Act::StartedOver,
            Some("step_up_given_up"),
        );
        let resumed = tools
            .store
            .resume_session(session.user, proving.sign_in, session.sign_in, entry)
            .await;
        match resumed {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                tracing::error!(%error, "a session could not be resumed");
                return None;
            }
        }
        let pending = self.inner.stage.change(|scene| {
            let pending = scene.seat.pending().cloned();
            bring_back(scene).map(|()| pending)
        });
        match pending {
            Ok(pending) => {
                if let Some(sid) = pending {
                    self.cancel_later(tools, sid);
                }
                Some(session)
            }
            Err(_refused) => None,
        }
    }
}

/// The session leaves the seat to a sign-in of its own person.
fn put_by(
    scene: &mut Scene,
    tools: &Arc<Tools>,
    person: Person,
    channel: simgate_domain::Channel,
) -> Result<(), Refused> {
    scene.notes = CodeNotes::default();
    let mut session = None;
    scene.advance(|seat| {
        let (seat, put_by) = seat.prove_anew(person, channel)?;
        session = Some(put_by);
        Ok(seat)
    })?;
    scene.put_by = session;
    scene.signing_in_with = Some(Arc::clone(tools));
    Ok(())
}

fn bring_back(scene: &mut Scene) -> Result<(), Refused> {
    let Some(session) = scene.put_by.take() else {
        return Err(Refused::OtherSignIn);
    };
    scene.notes = CodeNotes::default();
    scene.signing_in_with = None;
    scene.advance(|seat| seat.resume(session))
}

/// What a session that was put by hands on to the one that a new proof opened: its beginning, and
/// what its counter shows.
pub(crate) fn carry_over(scene: &mut Scene, from: Occupied<CounterFacts>) {
    if let Seat::Occupied(at) = &mut scene.seat {
        at.since = from.since;
        at.facts = CounterFacts {
            channel: at.facts.channel,
            clearance: at.facts.clearance,
            ..from.facts
        };
    }
}
