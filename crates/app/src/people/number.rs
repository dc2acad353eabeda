//! A change of somebody's number. The new one proves itself as any number does: an unchanged SIM,
//! then a code, which is typed at the counter of whoever changes it.

mod code;
mod end;
mod prove;

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::seat::{CODE_LIFE, CODE_TRIES};
use simgate_domain::{Channel, PhoneNumber, Role, SignInId, UserId, VerificationSid};
use simgate_store::{Act, Closed, Entry, NumberAnswer, Seen};

use super::{Caretaker, user_of};
use crate::app::{Answer, App};
use crate::contract::args::Typed;
use crate::contract::people::{NumberForm, NumberStep};
use crate::contract::words::{CodeProblem, ErrorCode, Field, Refusal, StopReason};
use crate::refusals::{self, Problem, Wait, ours};
use crate::shown::seconds;
use crate::stage::Tools;

/// A code on its way to a new number. It is kept in memory only, like the seat.
#[derive(Debug, Clone)]
pub(crate) struct Proving {
    /// In whose session.
    by: SignInId,
    /// Whose number.
    user: UserId,
    /// The change, as the store knows it.
    change: SignInId,
    number: PhoneNumber,
    channel: Channel,
    sid: VerificationSid,
    /// When the code was made, by the uptime.
    made_at: Duration,
    /// Wrong codes typed.
    wrong: u32,
}

impl Proving {
    fn life_left(&self, now: Duration) -> Duration {
        CODE_LIFE.saturating_sub(now.saturating_sub(self.made_at))
    }
}

/// Why a number is not changed.
struct Halt {
    reason: StopReason,
    cause: &'static str,
    wait: Wait,
}

impl Halt {
    fn of<P>(problem: Problem<P>, reason: impl FnOnce(P) -> StopReason) -> Self {
        Self {
            reason: reason(problem.shown),
            cause: problem.cause,
            wait: problem.wait,
        }
    }

    fn code(problem: Problem<CodeProblem>) -> Self {
        Self::of(problem, |problem| StopReason::CodeRefused { problem })
    }

    fn closed(closed: Closed) -> Self {
        match closed {
            Closed::Codes(closed) => Self::code(refusals::codes_closed(closed)),
            Closed::AccountChanged | Closed::NotApproved => Self::code(ours::ACCOUNT_CHANGED),
        }
    }
}

/// What a step ends with before its end.
enum Cut {
    /// It is shown.
    Halt(Halt),
    /// It was not foreseen.
    Unforeseen(Refusal),
}

impl From<Halt> for Cut {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

/// What is changed, and by whom.
struct Change<'a> {
    tools: &'a Arc<Tools>,
    by: &'a Caretaker,
    user: UserId,
    id: SignInId,
    number: PhoneNumber,
    channel: Channel,
}

impl App {
    /// Begins a change of somebody's number: has its SIM checked and a code sent to it. The answer
    /// comes when both are done, or why they were not.
    ///
    /// # Errors
    /// What is wrong with the number, at its field; [`ErrorCode::PhoneSame`] and
    /// [`ErrorCode::PhoneTaken`]; [`ErrorCode::NotAllowed`]; and as `App::at_the_counter`.
    pub async fn change_number(&self, form: NumberForm) -> Answer<NumberStep> {
        self.at_the_counter(Role::Admin, |app, by| async move {
            app.begin_change(&form, &by).await
        })
        .await
    }

    /// Takes the code that came to the new number. Right, the number is changed.
    ///
    /// # Errors
    /// [`ErrorCode::CodeEmpty`] and [`ErrorCode::CodeMalformed`] at the field, which count as no
    /// try; [`ErrorCode::NotNow`] where no code is waited for; and as `App::at_the_counter`.
    pub async fn check_number_code(&self, code: Typed) -> Answer<NumberStep> {
        self.at_the_counter(Role::Admin, |app, by| async move {
            app.take_number_code(&code, &by).await
        })
        .await
    }

    /// Gives the change up. Nothing happens where there is none.
    ///
    /// # Errors
    /// As `App::at_the_counter`.
    pub async fn give_up_number(&self) -> Answer<()> {
        self.at_the_counter(Role::Admin, |app, by| async move {
            let tools = app.tools()?;
            if let Some(proving) = app.take_proving(|proving| proving.by == by.person.sign_in) {
                app.drop_proving(&tools, proving, &by, "given_up").await;
            }
            Ok(())
        })
        .await
    }

    async fn begin_change(&self, form: &NumberForm, by: &Caretaker) -> Answer<NumberStep> {
        let tools = self.tools()?;
        let user = user_of(&form.id)?;
        let number = PhoneNumber::parse(&form.phone, &form.country)?;
        self.allowed(&number)?;
        if let Some(before) = self.take_proving(|_any| true) {
            self.drop_proving(&tools, before, by, "begun_anew").await;
        }
        let id = self.new_id().map(SignInId::new)?;
        let entry = self.change_entry(user, by, id, Act::NumberChangeBegun);
        let on = Seen {
            user,
            version: form.version,
        };
        let limits = self.limits();
        let begun = tools
            .store
            .begin_number_change(on, id, number.clone(), by.actor(), limits, entry)
            .await
            .map_err(|error| self.unforeseen("beginning a change of a number", &error))?;
        let row = match begun {
            NumberAnswer::Done(row) => row,
            other @ (NumberAnswer::Not(_)
            | NumberAnswer::Same
            | NumberAnswer::Taken
            | NumberAnswer::Superseded) => return self.not_changed(&tools, user, by, other).await,
        };
        let change = Change {
            tools: &tools,
            by,
            user,
            id,
            number,
            channel: row.channel,
        };
        match self.prove_number(&change, row.role).await {
            Ok(proving) => {
                let step = self.waiting(&proving, false);
                *self.proving() = Some(proving);
                Ok(step)
            }
            Err(Cut::Halt(halt)) => Ok(self.halt(&change, halt).await),
            Err(Cut::Unforeseen(refusal)) => Err(refusal),
        }
    }

    /// What is shown of a change that the store did not make.
    async fn not_changed(
        &self,
        tools: &Arc<Tools>,
        user: UserId,
        by: &Caretaker,
        answer: NumberAnswer,
    ) -> Answer<NumberStep> {
        use simgate_store::PersonAnswer as Not;
        let at_phone = |code| Refusal {
            field: Some(Field::Phone),
            ..Refusal::plain(code)
        };
        match answer {
            NumberAnswer::Done(row) => Ok(NumberStep::Done {
                person: (&*row).into(),
            }),
            NumberAnswer::Same => Err(at_phone(ErrorCode::PhoneSame)),
            NumberAnswer::Taken => {
                self.record_refused_act(tools, user, by, "number_taken")
                    .await;
                Err(at_phone(ErrorCode::PhoneTaken))
            }
            NumberAnswer::Superseded => Err(Refusal::plain(ErrorCode::NotNow)),
            NumberAnswer::Not(Not::Outdated(row) | Not::Done(row)) => Ok(NumberStep::Outdated {
                person: (&*row).into(),
            }),
            NumberAnswer::Not(Not::Gone) => Ok(NumberStep::Gone),
            NumberAnswer::Not(Not::Unfitting) => Ok(NumberStep::Unfitting),
            NumberAnswer::Not(Not::NotAllowed | Not::LastAdmin | Not::Yourself) => {
                self.record_refused_act(tools, user, by, "not_allowed")
                    .await;
                Err(Refusal::plain(ErrorCode::NotAllowed))
            }
        }
    }

    fn waiting(&self, proving: &Proving, wrong: bool) -> NumberStep {
        NumberStep::Code {
            number_ending: proving.number.ending().to_owned(),
            channel: proving.channel.into(),
            tries_left: CODE_TRIES.saturating_sub(proving.wrong),
            wrong,
            expires_in: seconds(proving.life_left(self.inner.clock.uptime())),
        }
    }

    fn change_entry(&self, user: UserId, by: &Caretaker, change: SignInId, act: Act) -> Entry {
        Entry {
            sign_in: Some(change),
            ..self.entry_about(user, by, act)
        }
    }

    fn foreseen<T>(&self, done: Result<T, simgate_store::StoreError>) -> Result<T, Cut> {
        done.map_err(|error| Cut::Unforeseen(self.unforeseen("changing a number", &error)))
    }

    fn proving(&self) -> std::sync::MutexGuard<'_, Option<Proving>> {
        let proving = self.inner.proving.lock();
        proving.unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn take_proving(&self, which: impl FnOnce(&mut Proving) -> bool) -> Option<Proving> {
        self.proving().take_if(which)
    }
}
