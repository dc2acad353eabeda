//! The code that came to a new number.

use simgate_domain::OneTimeCode;
use simgate_domain::seat::{CODE_TRIES, Clearance};
use simgate_store::{Act, CodeAttempt, NumberAnswer, NumberProof};
use simgate_vendors::CodeAnswer;

use super::{Change, Cut, Halt, Proving};
use crate::app::{Answer, App};
use crate::contract::args::Typed;
use crate::contract::people::NumberStep;
use crate::contract::words::{ErrorCode, Refusal};
use crate::people::Caretaker;
use crate::refusals::{self, ours};

impl App {
    pub(super) async fn take_number_code(
        &self,
        typed: &Typed,
        by: &Caretaker,
    ) -> Answer<NumberStep> {
        let tools = self.tools()?;
        let code = OneTimeCode::parse(typed.as_str())?;
        // Taken away while the vendor looks at it: one code at a time.
        let proving = self.take_proving(|proving| proving.by == by.person.sign_in);
        let mut proving = proving.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))?;
        let change = Change {
            tools: &tools,
            by,
            user: proving.user,
            id: proving.change,
            number: proving.number.clone(),
            channel: proving.channel,
        };
        match self.try_number_code(&change, &proving, &code).await {
            Ok(Some(answer)) => match answer {
                NumberAnswer::Done(row) => Ok(NumberStep::Done {
                    person: (&*row).into(),
                }),
                other @ (NumberAnswer::Not(_)
                | NumberAnswer::Same
                | NumberAnswer::Taken
                | NumberAnswer::Superseded) => {
                    self.cancel_later(&tools, proving.sid);
                    self.not_changed(&tools, change.user, by, other).await
                }
            },
            Ok(None) => {
                proving.wrong += 1;
                let step = self.waiting(&proving, true);
                *self.proving() = Some(proving);
                Ok(step)
            }
            Err(Cut::Halt(halt)) => {
                self.cancel_later(&tools, proving.sid);
                Ok(self.halt(&change, halt).await)
            }
            Err(Cut::Unforeseen(refusal)) => {
                self.cancel_later(&tools, proving.sid);
                Err(refusal)
            }
        }
    }

    /// What came of a right code; `None` after a wrong one, where another may be typed.
    async fn try_number_code(
        &self,
        change: &Change<'_>,
        proving: &Proving,
        code: &OneTimeCode,
    ) -> Result<Option<NumberAnswer>, Cut> {
        let tools = change.tools;
        if proving.life_left(self.inner.clock.uptime()).is_zero() {
            return Err(Halt::code(ours::EXPIRED).into());
        }
        // Counted and committed before the vendor is asked.
        let now = self.inner.clock.now();
        let reserved = tools
            .store
            .reserve_code_attempt(change.user, change.id, self.limits(), now)
            .await;
        match self.foreseen(reserved)? {
            CodeAttempt::Reserved => {}
            CodeAttempt::Closed(closed) => return Err(Halt::closed(closed).into()),
        }
        match tools.codes.check(&proving.sid, &proving.number, code).await {
            Ok(CodeAnswer::Approved) => {}
            Ok(CodeAnswer::Wrong) => {
                let act = Act::NumberCodeWrong;
                let entry = self.change_entry(change.user, change.by, change.id, act);
                self.foreseen(tools.store.record(entry).await)?;
                if proving.wrong + 1 >= CODE_TRIES {
                    return Err(Halt::code(ours::TRIES_USED_UP).into());
                }
                return Ok(None);
            }
            Ok(CodeAnswer::Ended(end)) => {
                return Err(Halt::code(refusals::code_end(end)).into());
            }
            // Whether the vendor took the code is not known, so that it is good for nothing now.
            Err(error) => {
                if !refusals::may_have_looked(error) {
                    self.give_back(tools, change.user, change.id).await;
                }
                return Err(Halt::code(refusals::not_checked(error)).into());
            }
        }
        if proving.life_left(self.inner.clock.uptime()).is_zero() {
            return Err(Halt::code(ours::EXPIRED).into());
        }
        let proof = NumberProof {
            user: change.user,
            change: change.id,
            sid: proving.sid.clone(),
            clearance: Clearance::Unchanged,
        };
        let entry = self.change_entry(change.user, change.by, change.id, Act::NumberChanged);
        let finished = tools
            .store
            .finish_number_change(proof, change.by.actor(), self.limits(), entry)
            .await;
        self.foreseen(finished).map(Some)
    }
}
