//! The code that came to a new number.

use simgate_domain::OneTimeCode;
use simgate_domain::seat::Sent;
use simgate_store::{Act, NumberAnswer, NumberProof};

use super::end::BEGUN_ANEW;
use super::{Change, Cut, Halt, Proving, not_changed};
use crate::app::{Answer, App};
use crate::contract::args::Typed;
use crate::contract::people::NumberStep;
use crate::contract::words::{ErrorCode, Refusal};
use crate::people::Caretaker;
use crate::refusals::ours;

impl App {
    pub(super) async fn take_number_code(
        &self,
        typed: &Typed,
        by: &Caretaker,
    ) -> Answer<NumberStep> {
        let (tools, of) = (self.tools()?, self.session()?);
        let code = OneTimeCode::parse(typed.as_str())?;
        // Taken away while the vendor looks at it: one code at a time.
        let proving = self.take_proving(|proving| proving.of == of && proving.sent.is_some());
        let Some(Proving {
            user,
            change: id,
            number,
            role,
            sent: Some(sent),
            of: _,
        }) = proving
        else {
            return Err(Refusal::plain(ErrorCode::NotNow));
        };
        let change = Change {
            tools: &tools,
            by,
            of,
            user,
            id,
            number,
            role,
        };
        match self.try_number_code(&change, &sent, &code).await {
            Ok(Some(NumberAnswer::Done(row))) => {
                if let Some(keeper) = self.head_keeper() {
                    keeper.at_once();
                }
                Ok(NumberStep::Done {
                    person: (&*row).into(),
                })
            }
            Ok(Some(other)) => {
                self.cancel_later(&tools, sent.sid);
                self.end_late(&change, &other).await;
                not_changed(other)
            }
            Ok(None) => self.wait_for_another(&change, sent).await,
            Err(cut) => {
                self.cancel_later(&tools, sent.sid);
                self.cut_short(&change, cut).await
            }
        }
    }

    /// A wrong code was typed, and another may be.
    async fn wait_for_another(&self, change: &Change<'_>, sent: Sent) -> Answer<NumberStep> {
        let sent = Sent {
            wrong: sent.wrong + 1,
            ..sent
        };
        let step = self.waiting(&change.number, &sent);
        let waiting = Proving {
            of: change.of,
            user: change.user,
            change: change.id,
            number: change.number.clone(),
            role: change.role,
            sent: Some(sent),
        };
        let too_late = {
            let mut proving = self.proving();
            match &*proving {
                None => {
                    *proving = Some(waiting);
                    None
                }
                // Another was begun while the vendor looked at the code.
                Some(_) => Some(waiting),
            }
        };
        match too_late {
            None => Ok(step),
            Some(waiting) => {
                self.drop_proving(change.tools, waiting, Some(change.by), BEGUN_ANEW)
                    .await;
                Err(Refusal::plain(ErrorCode::NotNow))
            }
        }
    }

    /// What came of a right code; `None` after a wrong one, where another may be typed.
    async fn try_number_code(
        &self,
        change: &Change<'_>,
        sent: &Sent,
        code: &OneTimeCode,
    ) -> Result<Option<NumberAnswer>, Cut> {
        let tools = change.tools;
        if sent.life_left(self.inner.clock.uptime()).is_zero() {
            return Err(Halt::code(ours::EXPIRED).into());
        }
        let act = Act::NumberCodeWrong;
        let wrong = self.change_entry(change.user, change.by, change.id, act);
        let right = self
            .code_is_right(tools, change.addressee(), &sent.sid, code, wrong)
            .await
            .map_err(|blocked| self.cut(blocked))?;
        if !right {
            return if sent.tries_left() <= 1 {
                Err(Halt::code(ours::TRIES_USED_UP).into())
            } else {
                Ok(None)
            };
        }
        if sent.life_left(self.inner.clock.uptime()).is_zero() {
            // Right, but too late.
            self.give_back(tools, change.user, change.id).await;
            return Err(Halt::code(ours::EXPIRED).into());
        }
        let proof = NumberProof {
            user: change.user,
            change: change.id,
            sid: sent.sid.clone(),
            clearance: sent.clearance,
        };
        let entry = self.change_entry(change.user, change.by, change.id, Act::NumberChanged);
        let finished = tools
            .store
            .finish_number_change(proof, change.by.actor(), self.limits(), entry)
            .await;
        self.foreseen(finished).map(Some)
    }
}
