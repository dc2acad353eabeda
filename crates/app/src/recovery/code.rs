//! A recovery code, in place of the SIM check and the code.

use std::sync::Arc;

use simgate_domain::RecoveryCode;
use simgate_domain::seat::{Clearance, Person, Refused};
use simgate_store::{Act, CodeAttempt, RecoveryAnswer, Session, Who};
use tokio::sync::oneshot;

use super::code_refused;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::view::Snapshot;
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::flow::carry_over;
use crate::stage::{CounterFacts, Tools};

impl App {
    /// Takes a recovery code from an admin who waits for a code, or whose sign-in has stopped after
    /// the password, not five minutes ago. Right and unused, it opens the counter, verifies nothing,
    /// and cancels what is pending at the vendor. It is counted like any code: ten wrong ones in a
    /// row lock, whichever kind they are.
    ///
    /// # Errors
    /// As the door. What is wrong with its form, at its field, which counts as no try.
    /// [`ErrorCode::RecoveryCodeRefused`], one answer for a code that is wrong or used, an admin who
    /// has none left, and everybody who is no admin. [`ErrorCode::NotNow`] where the stop is too long ago.
    pub async fn use_recovery_code(&self, typed: Typed) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::USE_RECOVERY_CODE, async move {
            app.take_recovery_code(&typed).await
        })
        .await
    }

    async fn take_recovery_code(&self, typed: &Typed) -> Answer<Snapshot> {
        let tools = self.tools()?;
        let code = RecoveryCode::parse(typed.as_str()).map_err(code_refused)?;
        let uptime = self.inner.clock.uptime();
        let recovering = self.inner.stage.change(|scene| {
            scene.advance(|seat| seat.recover(uptime))?;
            scene.notes.wrong = false;
            scene.notes.problem = None;
            scene.seat.person().cloned().ok_or(Refused::OtherSignIn)
        });
        let person = recovering.map_err(|_refused| Refusal::plain(ErrorCode::NotNow))?;
        let (refused, refusal) = oneshot::channel();
        let work = {
            let (app, tools, person) = (self.clone(), Arc::clone(&tools), person.clone());
            async move {
                if let Err(refusal) = app.try_recovery_code(&tools, &person, &code).await {
                    let _nobody_waits = refused.send(refusal);
                }
            }
        };
        let doing = "a panic while a recovery code was looked at";
        self.supervise(&tools, &person, doing, work).await;
        // Where nothing was sent nothing was refused.
        refusal.await.map_or_else(|_| Ok(self.snapshot()), Err)
    }

    async fn try_recovery_code(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        code: &RecoveryCode,
    ) -> Answer<()> {
        let now = self.inner.clock.now();
        // Counted and committed before anything is compared.
        match tools
            .store
            .reserve_code_attempt(person.user, person.sign_in, self.limits(), now)
            .await
        {
            Ok(CodeAttempt::Reserved) => {}
            Ok(CodeAttempt::Closed(closed)) => {
                self.stop_closed(tools, person, closed).await;
                return Ok(());
            }
            Err(error) => {
                self.stop_unforeseen(tools, person, &error).await;
                return Ok(());
            }
        }
        let entry = self.entry(
            Who::User(person.user),
            Some(person.sign_in),
            Act::RecoveryCodeUsed,
            None,
        );
        let signed_in_at = entry.at;
        match tools
            .store
            .use_recovery_code(person.user, person.sign_in, (*code.bytes()).into(), entry)
            .await
        {
            Ok(RecoveryAnswer::Granted(before)) => {
                self.open_counter_recovered(tools, person, signed_in_at, before)
                    .await;
                Ok(())
            }
            Ok(RecoveryAnswer::Refused) => self.wrong_recovery_code(tools, person).await,
            Ok(RecoveryAnswer::Closed(closed)) => {
                self.stop_closed(tools, person, closed).await;
                Ok(())
            }
            Err(error) => {
                self.stop_unforeseen(tools, person, &error).await;
                Ok(())
            }
        }
    }

    async fn open_counter_recovered(
        &self,
        tools: &Arc<Tools>,
        person: &Person,
        signed_in_at: simgate_domain::Timestamp,
        before: Session,
    ) {
        let facts = CounterFacts {
            signed_in_at,
            channel: None,
            clearance: Clearance::Recovered,
            password_due: before.must_choose_password,
            before,
        };
        let uptime = self.inner.clock.uptime();
        let (moved, pending) = self.inner.stage.change(|scene| {
            let pending = scene.seat.pending().cloned();
            let moved = scene.advance(|seat| seat.occupy(person.sign_in, facts, uptime));
            if moved.is_ok() {
                scene.signing_in_with = None;
                if let Some(session) = scene.put_by.take() {
                    carry_over(scene, session);
                }
            }
            (moved, pending)
        });
        match (moved, pending) {
            // The code that was sent is good for nobody now.
            (Ok(()), Some(sid)) => self.cancel_later(tools, sid),
            (Ok(()), None) => {}
            // They started over while it was looked at: granted, and ended at once.
            (Err(_), _) => {
                self.record_end(tools, person, Act::SessionEnded, "started_over")
                    .await;
            }
        }
    }

    async fn wrong_recovery_code(&self, tools: &Arc<Tools>, person: &Person) -> Answer<()> {
        // The tenth in a row locks here and now, and that is what the person must know.
        let now = self.inner.clock.now();
        match tools
            .store
            .live(person.user, person.sign_in, self.limits(), now)
            .await
        {
            Ok(Ok(_)) => {}
            Ok(Err(closed)) => {
                self.stop_closed(tools, person, closed).await;
                return Ok(());
            }
            Err(error) => {
                self.stop_unforeseen(tools, person, &error).await;
                return Ok(());
            }
        }
        // That somebody started over meanwhile leaves nothing to do.
        let _moved = self
            .inner
            .stage
            .change(|scene| scene.advance(|seat| seat.not_recovered(person.sign_in)));
        Err(Refusal {
            field: Some(Field::RecoveryCode),
            ..Refusal::plain(ErrorCode::RecoveryCodeRefused)
        })
    }
}
