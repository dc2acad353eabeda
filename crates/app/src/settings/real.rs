//! One real SIM check, and one real code, to the phone of whoever works on the settings.
//!
//! They cost what they cost, and count against the same limits as those of a sign-in. No code is sent
//! but after a SIM check of its own that found the SIM unchanged: a thief who sits at the admin's
//! place gets no code by way of the settings either.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::SimOutcome;
use simgate_store::{Act, Closed, Entry, Who};
use simgate_vendors::{CodeSender, SimCheck, SimReport};

use super::at::At;
use super::clients::Client;
use super::test::Merged;
use super::values::Values;
use crate::app::{Answer, App};
use crate::contract::settings::{TriedSim, TryAnswer, TryForm, VendorForm};
use crate::contract::words::{ErrorCode, Refusal, SendProblem, VendorName};
use crate::flow::{Blocked, as_cost};
use crate::opening::keyring_fault;
use crate::refusals::{self, Problem, Wait};
use crate::shown::seconds;

/// With whom something is tried.
pub(super) struct With {
    sim: Arc<dyn SimCheck>,
    pub(super) codes: Arc<dyn CodeSender>,
}

impl App {
    /// Asks the operator about the SIM of whoever is signed in.
    ///
    /// # Errors
    /// As [`App::at_settings`].
    pub(super) async fn check_own_sim(&self, form: TryForm) -> Answer<TryAnswer> {
        let at = self.at_settings()?;
        match self.clients_to_try(&at, form.form.as_ref()).await? {
            Ok(with) => {
                let (_, answer) = self.check_to_try(&at, &with).await?;
                Ok(answer)
            }
            Err(not_tried) => Ok(not_tried),
        }
    }

    /// Asks the operator, and where the SIM is unchanged has a code sent to whoever is signed in.
    ///
    /// # Errors
    /// As [`App::at_settings`].
    pub(super) async fn send_own_code(&self, form: TryForm) -> Answer<TryAnswer> {
        let at = self.at_settings()?;
        let with = match self.clients_to_try(&at, form.form.as_ref()).await? {
            Ok(with) => with,
            Err(not_tried) => return Ok(not_tried),
        };
        let tools = self.tools()?;
        if let Err(blocked) = self.may_send(&tools, at.person()?.into()).await {
            return self.why_blocked(blocked);
        }
        match self.check_to_try(&at, &with).await? {
            (Some((SimOutcome::Unchanged, asked_at)), _) => {
                let channel = form.channel.into();
                self.send_to_try(&at, &with, channel, asked_at).await
            }
            (_, answer) => Ok(answer),
        }
    }

    /// The clients to try with: a new one for what was typed, and else the one that works.
    async fn clients_to_try(
        &self,
        at: &At,
        form: Option<&VendorForm>,
    ) -> Answer<Result<With, TryAnswer>> {
        let tools = self.tools()?;
        let mut with = With {
            sim: Arc::clone(&tools.sim),
            codes: Arc::clone(&tools.codes),
        };
        for vendor in VendorName::ALL {
            let typed = form.map(Values::typed);
            let typed = typed
                .filter(|(of, _)| *of == vendor)
                .map(|(_, values)| values);
            let imported = !self.unsaved(at).of(vendor).imported.is_empty();
            if typed.is_none() && !imported {
                continue;
            }
            let settings = match self.merged(at, vendor, typed.unwrap_or_default()).await {
                Ok(Merged::Whole(settings)) => settings,
                Ok(Merged::Problems(problems)) => {
                    return Ok(Err(TryAnswer::Invalid { problems }));
                }
                Err(error) => {
                    let fault = keyring_fault(&error);
                    return Ok(Err(TryAnswer::Keyring { fault }));
                }
            };
            match self.client(&settings)? {
                Client::TruId(tru_id) => with.sim = tru_id,
                Client::Twilio(twilio) => with.codes = twilio,
            }
        }
        Ok(Ok(with))
    }

    /// One SIM check, counted and recorded; the outcome and when the operator was asked, if it was.
    async fn check_to_try(
        &self,
        at: &At,
        with: &With,
    ) -> Answer<(Option<(SimOutcome, Duration)>, TryAnswer)> {
        let person = at.person()?;
        let tools = self.tools()?;
        if let Err(blocked) = self.count_check(&tools, at.person()?.into()).await {
            return Ok((None, self.why_blocked(blocked)?));
        }
        let window = self.rules().sim(person.role).window;
        let asked_at = self.inner.clock.uptime();
        let SimReport {
            outcome,
            check_id,
            cost,
            balance,
        } = with.sim.check(&person.number, window).await;
        tracing::info!(number = ?person.number, ?outcome, check_id, "a SIM check was tried");
        let (answer, act, cause, wait) = match outcome {
            SimOutcome::Unchanged => (
                TriedSim::Unchanged,
                Act::VendorTested,
                "unchanged",
                Wait::Unknown,
            ),
            SimOutcome::Changed { .. } => (
                TriedSim::Changed,
                Act::VendorTested,
                "changed",
                Wait::Unknown,
            ),
            SimOutcome::Unknown { cause } => {
                let problem = refusals::unknown(cause);
                let answer = TriedSim::CannotTell {
                    cause: problem.shown,
                };
                (answer, Act::VendorTestFailed, problem.cause, problem.wait)
            }
        };
        let entry = Entry {
            check_id,
            cost: cost.and_then(as_cost),
            ..self.tried(at, act, Some(cause), "tru_id sim_check")
        };
        // What cannot be recorded does not happen: no code follows.
        at.store
            .record(entry)
            .await
            .map_err(|error| self.unforeseen("recording a SIM check", &error))?;
        let answer = TryAnswer::Checked {
            answer,
            cost: cost.map(|cost| cost.to_string()),
            balance: balance.map(|balance| balance.to_string()),
            retry_in: self.seconds_of(wait),
        };
        Ok((Some((outcome, asked_at)), answer))
    }

    /// What the record says of something that was tried for real.
    pub(super) fn tried(
        &self,
        at: &At,
        act: Act,
        cause: Option<&'static str>,
        detail: &'static str,
    ) -> Entry {
        let entry = self.settings_entry(at, act);
        Entry {
            who: at
                .person
                .as_ref()
                .map_or(Who::Program, |it| Who::User(it.user)),
            cause,
            detail: Some(detail.to_owned()),
            ..entry
        }
    }

    pub(super) fn why_not_sent(&self, problem: Problem<SendProblem>) -> TryAnswer {
        TryAnswer::NotSent {
            problem: problem.shown,
            retry_in: self.seconds_of(problem.wait),
        }
    }

    /// Why nothing was tried. Whoever is not who they were gets nothing here.
    pub(super) fn why_blocked(&self, blocked: Blocked) -> Answer<TryAnswer> {
        let until = |wait| TryAnswer::TooMany {
            retry_in: self.seconds_of(wait),
        };
        match blocked {
            Blocked::Closed(Closed::Codes(closed)) => {
                Ok(until(refusals::codes_closed(closed).wait))
            }
            Blocked::NoCheckLeft { until: moment } => Ok(until(Wait::Until(moment))),
            Blocked::NotYet { limit, next: _ } => {
                let now = self.inner.clock.now();
                Ok(self.why_not_sent(refusals::limited(limit, now)))
            }
            Blocked::NotSent(problem) => Ok(self.why_not_sent(problem)),
            Blocked::Closed(Closed::AccountChanged | Closed::NotApproved)
            | Blocked::NotTaken(_) => Err(Refusal::plain(ErrorCode::NotNow)),
            Blocked::Unforeseen(error) => Err(self.unforeseen("trying the vendors", &error)),
        }
    }

    fn seconds_of(&self, wait: Wait) -> Option<u32> {
        match wait {
            Wait::Unknown => None,
            Wait::For(span) => Some(seconds(span)),
            Wait::Until(moment) => {
                let span = moment.since(self.inner.clock.now());
                Some(seconds(span.unwrap_or_default()))
            }
        }
    }
}
