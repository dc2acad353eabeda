//! A change of somebody's number. The new one proves itself as any number does: an unchanged SIM,
//! then a code, which is typed at the counter of whoever changes it.

mod code;
mod end;
mod prove;

use std::sync::Arc;

use simgate_domain::seat::Sent;
use simgate_domain::{PhoneNumber, Role, SignInId, UserId};
use simgate_store::{Act, Closed, Entry, NumberAnswer, PersonAnswer as Not, Seen};

use self::end::BEGUN_ANEW;
use super::{Caretaker, user_of};
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::people::{NumberForm, NumberStep};
use crate::contract::words::{CodeProblem, ErrorCode, Field, Refusal, SendProblem, StopReason};
use crate::flow::{Addressee, Blocked, Told};
use crate::refusals::{self, Problem, Wait, ours};
use crate::shown::seconds;
use crate::stage::Tools;
use crate::tasks::Session;

/// A change of a number that is under way. It is kept in memory only, like the seat.
#[derive(Debug, Clone)]
pub(crate) struct Proving {
    /// In whose session.
    of: Session,
    /// Whose number.
    user: UserId,
    /// The change, as the store knows it.
    change: SignInId,
    number: PhoneNumber,
    /// Of whoever gets the number.
    role: Role,
    /// The code, once it is on its way.
    sent: Option<Sent>,
}

/// Why a number is not changed.
struct Halt {
    reason: StopReason,
    cause: &'static str,
    wait: Wait,
    /// What the vendor told of the SIM check that halted it.
    told: Told,
}

impl Halt {
    fn of<P>(problem: Problem<P>, reason: impl FnOnce(P) -> StopReason) -> Self {
        Self {
            reason: reason(problem.shown),
            cause: problem.cause,
            wait: problem.wait,
            told: Told::default(),
        }
    }

    fn send(problem: Problem<SendProblem>) -> Self {
        Self::of(problem, |problem| StopReason::NotSent { problem })
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
    /// The session that began it is over.
    Gone,
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
    of: Session,
    user: UserId,
    id: SignInId,
    number: PhoneNumber,
    /// Of whoever gets the number.
    role: Role,
}

impl Change<'_> {
    /// The code goes to the new number, in the language of whoever types it.
    fn addressee(&self) -> Addressee<'_> {
        Addressee {
            user: self.user,
            id: self.id,
            number: &self.number,
            locale: self.by.person.locale,
            role: self.role,
        }
    }
}

impl App {
    /// Begins a change of somebody's number: has its SIM checked and a code sent to it. The answer
    /// comes when both are done, or why they were not.
    ///
    /// # Errors
    /// What is wrong with the number, at its field; [`ErrorCode::PhoneSame`] and
    /// [`ErrorCode::PhoneTaken`]; [`ErrorCode::NotAllowed`]; and as the door.
    pub async fn change_number(&self, form: NumberForm) -> Answer<NumberStep> {
        self.looking_after(Command::CHANGE_NUMBER, |app, by| async move {
            app.begin_change(&form, &by).await
        })
        .await
    }

    /// Takes the code that came to the new number. Right, the number is changed.
    ///
    /// # Errors
    /// [`ErrorCode::CodeEmpty`] and [`ErrorCode::CodeMalformed`] at the field, which count as no
    /// try; [`ErrorCode::NotNow`] where no code is waited for; and as the door.
    pub async fn check_number_code(&self, code: Typed) -> Answer<NumberStep> {
        self.looking_after(Command::CHECK_NUMBER_CODE, |app, by| async move {
            app.take_number_code(&code, &by).await
        })
        .await
    }

    /// Gives the change up. Nothing happens where there is none.
    ///
    /// # Errors
    /// As the door.
    pub async fn give_up_number(&self) -> Answer<()> {
        self.looking_after(Command::GIVE_UP_NUMBER, |app, by| async move {
            let (tools, of) = (app.tools()?, app.session()?);
            if let Some(proving) = app.take_proving(|proving| proving.of == of) {
                app.drop_proving(&tools, proving, Some(&by), "given_up")
                    .await;
            }
            Ok(())
        })
        .await
    }

    async fn begin_change(&self, form: &NumberForm, by: &Caretaker) -> Answer<NumberStep> {
        let (tools, of) = (self.tools()?, self.session()?);
        let user = user_of(&form.id)?;
        let number = PhoneNumber::parse(&form.phone, &form.country)?;
        self.allowed(&number)?;
        if let Some(before) = self.take_proving(|_any| true) {
            self.drop_proving(&tools, before, Some(by), BEGUN_ANEW)
                .await;
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
            | NumberAnswer::Superseded) => {
                if let Some(cause) = refused_begin(&other) {
                    self.record_refused_act(&tools, user, by, cause).await;
                }
                return not_changed(other);
            }
        };
        let proving = Proving {
            of,
            user,
            change: id,
            number: number.clone(),
            role: row.role,
            sent: None,
        };
        let meanwhile = self.proving().replace(proving);
        if let Some(meanwhile) = meanwhile {
            // Begun by another call while the store looked at this one.
            self.drop_proving(&tools, meanwhile, Some(by), BEGUN_ANEW)
                .await;
        }
        let change = Change {
            tools: &tools,
            by,
            of,
            user,
            id,
            number,
            role: row.role,
        };
        match self.prove_number(&change, row.channel).await {
            Ok(step) => Ok(step),
            Err(cut) => match self.take_proving(|proving| proving.change == id) {
                Some(_ours) => self.cut_short(&change, cut).await,
                // Whoever took it, to give it up or to begin another, puts its end on record.
                None => Err(Refusal::plain(ErrorCode::NotNow)),
            },
        }
    }

    fn waiting(&self, number: &PhoneNumber, sent: &Sent) -> NumberStep {
        NumberStep::Code {
            number_ending: number.ending().to_owned(),
            channel: sent.channel.into(),
            tries_left: sent.tries_left(),
            wrong: sent.wrong > 0,
            expires_in: seconds(sent.life_left(self.inner.clock.uptime())),
        }
    }

    /// What keeps a change from going on.
    fn cut(&self, blocked: Blocked) -> Cut {
        let halt = match blocked {
            Blocked::Closed(closed) => Halt::closed(closed),
            Blocked::NoCheckLeft { until } => {
                Halt::of(refusals::no_check_left(until), StopReason::from)
            }
            Blocked::NotYet { limit, next: _ } => {
                Halt::send(refusals::limited(limit, self.inner.clock.now()))
            }
            Blocked::NotSent(problem) => Halt::send(problem),
            Blocked::NotTaken(problem) => Halt::code(problem),
            Blocked::Unforeseen(error) => {
                return Cut::Unforeseen(self.unforeseen("changing a number", &error));
            }
        };
        Cut::Halt(halt)
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

/// What a beginning that the store refuses is put on record as; `None` where it harms nobody.
const fn refused_begin(answer: &NumberAnswer) -> Option<&'static str> {
    match answer {
        NumberAnswer::Taken => Some("number_taken"),
        NumberAnswer::Not(Not::NotAllowed | Not::LastAdmin | Not::Yourself) => Some("not_allowed"),
        NumberAnswer::Done(_)
        | NumberAnswer::Same
        | NumberAnswer::Superseded
        | NumberAnswer::Not(Not::Done(_) | Not::Outdated(_) | Not::Gone | Not::Unfitting) => None,
    }
}

/// What is shown of a change that the store did not make.
fn not_changed(answer: NumberAnswer) -> Answer<NumberStep> {
    let at_phone = |code| Err(Refusal::at(Field::Phone, code));
    match answer {
        NumberAnswer::Done(row) => Ok(NumberStep::Done {
            person: (&*row).into(),
        }),
        NumberAnswer::Same => at_phone(ErrorCode::PhoneSame),
        NumberAnswer::Taken => at_phone(ErrorCode::PhoneTaken),
        NumberAnswer::Superseded => Err(Refusal::plain(ErrorCode::NotNow)),
        NumberAnswer::Not(Not::Outdated(row) | Not::Done(row)) => Ok(NumberStep::Outdated {
            person: (&*row).into(),
        }),
        NumberAnswer::Not(Not::Gone) => Ok(NumberStep::Gone),
        NumberAnswer::Not(Not::Unfitting) => Ok(NumberStep::Unfitting),
        NumberAnswer::Not(Not::NotAllowed | Not::LastAdmin | Not::Yourself) => {
            Err(Refusal::plain(ErrorCode::NotAllowed))
        }
    }
}
