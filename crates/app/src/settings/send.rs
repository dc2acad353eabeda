//! One real code to whoever works on the settings: sending it, and having the typed one checked.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::seat::Person;
use simgate_domain::{Channel, OneTimeCode};
use simgate_store::{Act, Entry};
use simgate_vendors::CodeAnswer;

use super::at::At;
use super::real::With;
use super::unsaved::Tried;
use crate::app::{Answer, App};
use crate::contract::args::Typed;
use crate::contract::settings::{TriedCode, TryAnswer};
use crate::flow::{Blocked, Sending, channel_word};
use crate::refusals;

/// What the record calls a code that was tried.
const CODE: &str = "twilio trial_code";

impl App {
    /// Has the typed code of a try checked.
    ///
    /// # Errors
    /// As [`App::at_settings`]; what is no code, at its field.
    pub(super) async fn check_own_code(&self, typed: &Typed) -> Answer<TriedCode> {
        let at = self.at_settings()?;
        let code = OneTimeCode::parse(typed.as_str())?;
        let tried = self.unsaved(&at).tried.clone();
        let Some(tried) = tried else {
            return Ok(TriedCode::NothingSent);
        };
        let answer = tried.codes.check(&tried.sid, &tried.number, &code).await;
        let refused = match answer {
            Ok(CodeAnswer::Wrong) => return Ok(TriedCode::Wrong),
            Ok(CodeAnswer::Approved) => {
                self.unsaved(&at).tried = None;
                let entry = self.tried(&at, Act::VendorTested, None, CODE);
                self.note(&at, entry).await;
                if let Err(error) = at.store.forget_pending(tried.sid).await {
                    tracing::warn!(%error, "an approved verification is not forgotten");
                }
                return Ok(TriedCode::Approved);
            }
            Ok(CodeAnswer::Ended(end)) => Some(refusals::code_end(end)),
            Err(error) => Some(refusals::not_checked(error)),
        };
        self.drop_tried(self.unsaved(&at).tried.take());
        let cause = refused.map(|problem| problem.cause);
        let entry = self.tried(&at, Act::VendorTestFailed, cause, CODE);
        self.note(&at, entry).await;
        Ok(
            refused.map_or(TriedCode::Wrong, |problem| TriedCode::Refused {
                problem: problem.shown,
            }),
        )
    }

    /// One code, counted and recorded.
    pub(super) async fn send_to_try(
        &self,
        at: &At,
        with: &With,
        channel: Channel,
        asked_at: Duration,
    ) -> Answer<TryAnswer> {
        let person = at.person()?;
        let sending = Sending::default();
        // Closing the program waits for it.
        sending.begin(self.inner.underway.begin());
        // What another sign-in left pending was sent by the clients that work, whatever is tried now.
        let tools = self.tools()?;
        let to = at.person()?.into();
        let counted = match self.count_send(&tools, to).await {
            Ok(counted) => counted,
            Err(blocked) => return self.why_blocked(blocked),
        };
        if let Err(blocked) = self.cancel_stale(&tools, &counted).await {
            return self.why_blocked(blocked);
        }
        self.still(at)?;
        let started = match self.still_counts(asked_at) {
            Ok(()) => {
                let codes = &*with.codes;
                self.start_code(codes, to, channel, &counted, &sending)
                    .await
            }
            Err(blocked) => Err(blocked),
        };
        let tried = |sid| Tried {
            sid,
            number: person.number.clone(),
            codes: Arc::clone(&with.codes),
        };
        let sid = match started {
            Ok(sid) => sid,
            Err(blocked) => {
                // The vendor took it, and it is good for nothing.
                if let Some((_errand, sid)) = sending.left() {
                    self.unsaved(at).tried.take_if(|before| before.sid == sid);
                    self.drop_tried(Some(tried(sid)));
                }
                if let Blocked::NotSent(problem) = &blocked {
                    let cause = Some(problem.cause);
                    let entry = self.tried(at, Act::VendorTestFailed, cause, CODE);
                    self.note(at, entry).await;
                }
                return self.why_blocked(blocked);
            }
        };
        let tried = tried(sid.clone());
        // From here on it ends with the session, whatever happens.
        let before = self.unsaved(at).tried.replace(tried.clone());
        self.drop_tried(before.filter(|before| before.sid != sid));
        if let Err(error) = self.note_sent(at, person, channel, &tried).await {
            self.drop_tried(self.unsaved(at).tried.take());
            return Err(self.unforeseen("recording a code", &error));
        }
        sending.done();
        Ok(TryAnswer::Sent {
            number_ending: person.number.ending().to_owned(),
            channel: channel.into(),
        })
    }

    async fn note_sent(
        &self,
        at: &At,
        person: &Person,
        channel: Channel,
        tried: &Tried,
    ) -> Result<(), simgate_store::StoreError> {
        let entry = Entry {
            check_id: Some(tried.sid.as_str().to_owned()),
            ..self.tried(at, Act::CodeSent, Some(channel_word(channel)), CODE)
        };
        let sid = tried.sid.clone();
        at.store
            .note_sent(person.user, person.sign_in, sid, entry)
            .await
    }
}
