//! What is asked of the vendors on the way to a code, for a sign-in and for a change of a number
//! alike: the SIM check, the code, and whether the one that was typed is right.

use std::time::Duration;

use simgate_domain::attempts::{CheckLimit, SendLimit};
use simgate_domain::seat::{CLEARANCE_LIFE, Person};
use simgate_domain::{
    Channel, Locale, OneTimeCode, PhoneNumber, Role, SignInId, SimPolicy, Timestamp, UserId,
    VerificationSid,
};
use simgate_store::{
    CheckReservation, Closed, CodeAttempt, Entry, Live, SendReservation, StoreError,
};
use simgate_vendors::http::TOTAL;
use simgate_vendors::{CodeAnswer, CodeSender, RequestError, SimReport, TransportError};

use super::background::Sending;
use crate::app::App;
use crate::contract::words::{CodeProblem, SendProblem};
use crate::refusals::{self, Problem, ours};
use crate::stage::Tools;

/// How long it may take to cancel what another sign-in left: the send after it must still fit into
/// the time that a person waits for a vendor.
const CANCELING: Duration = Duration::from_secs(4);

/// Whom it is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Addressee<'a> {
    pub user: UserId,
    /// Their sign-in, or the change of their number.
    pub id: SignInId,
    pub number: &'a PhoneNumber,
    /// The language of the code's message.
    pub locale: Locale,
    /// By the rules of which role.
    pub role: Role,
}

impl<'a> From<&'a Person> for Addressee<'a> {
    fn from(person: &'a Person) -> Self {
        Self {
            user: person.user,
            id: person.sign_in,
            number: &person.number,
            locale: person.locale,
            role: person.role,
        }
    }
}

/// Why it goes no further.
pub(crate) enum Blocked {
    /// For a reason in the store.
    Closed(Closed),
    /// Our own limits let the operator not be asked.
    NoCheckLeft { until: Timestamp },
    /// Our own limits let no code be sent; the next one may be at this moment.
    NotYet {
        limit: SendLimit,
        next: Option<Timestamp>,
    },
    /// No code was sent.
    NotSent(Problem<SendProblem>),
    /// The code that was typed is good for nothing.
    NotTaken(Problem<CodeProblem>),
    /// It was not foreseen.
    Unforeseen(StoreError),
}

impl From<StoreError> for Blocked {
    fn from(error: StoreError) -> Self {
        Self::Unforeseen(error)
    }
}

impl From<Closed> for Blocked {
    fn from(closed: Closed) -> Self {
        Self::Closed(closed)
    }
}

/// What the operator said.
pub(crate) struct Checked {
    /// By which rules it was asked.
    pub policy: SimPolicy,
    pub report: SimReport,
    /// When it was asked, by the uptime.
    pub asked_at: Duration,
    /// What the store knew when the answer came.
    pub live: Live,
}

/// A send that was counted.
pub(crate) struct Counted {
    /// When, by the uptime.
    at: Duration,
    /// What another sign-in left pending at the vendor.
    stale: Option<VerificationSid>,
    /// When the one after it may be.
    pub next: Option<Timestamp>,
}

impl App {
    /// Has the SIM checked, if the limits allow a check and the code after it.
    pub(crate) async fn check_sim(
        &self,
        tools: &Tools,
        to: Addressee<'_>,
    ) -> Result<Checked, Blocked> {
        self.may_send(tools, to).await?;
        self.count_check(tools, to).await?;
        let asked_at = self.inner.clock.uptime();
        // What was asked is judged by the rules it was asked under: an answer about a shorter window
        // than one that is set meanwhile says nothing of the longer one.
        let policy = self.rules().sim(to.role);
        let report = tools.sim.check(to.number, policy.window).await;
        tracing::info!(id = %to.id.value(), number = ?to.number,
            outcome = ?report.outcome, check_id = report.check_id, "the SIM was checked");
        // Asked anew: a lock that fell meanwhile holds.
        let live = self.live(tools, to).await?;
        Ok(Checked {
            policy,
            report,
            asked_at,
            live,
        })
    }

    /// Whether a code may be sent after a check: the country and the limits are looked at before the
    /// check is paid for.
    pub(crate) async fn may_send(&self, tools: &Tools, to: Addressee<'_>) -> Result<(), Blocked> {
        let live = self.live(tools, to).await?;
        self.allowed_to(to)?;
        live.may_send.map_err(|limit| {
            let next = limit.ends();
            Blocked::NotYet { limit, next }
        })
    }

    /// Counts one SIM check, before the operator is asked.
    pub(crate) async fn count_check(
        &self,
        tools: &Tools,
        to: Addressee<'_>,
    ) -> Result<(), Blocked> {
        let now = self.inner.clock.now();
        let reserved = tools
            .store
            .reserve_check(to.user, to.id, self.limits(), now)
            .await?;
        match reserved {
            CheckReservation::Reserved => Ok(()),
            CheckReservation::Limited(CheckLimit::Number { until }) => {
                Err(Blocked::NoCheckLeft { until })
            }
            CheckReservation::Limited(CheckLimit::Budget { until }) => {
                Err(Blocked::NotSent(refusals::check_budget(until)))
            }
            CheckReservation::Closed(closed) => Err(closed.into()),
        }
    }

    /// Whether the rules let a number of its country be asked about and written to.
    fn allowed_to(&self, to: Addressee<'_>) -> Result<(), Blocked> {
        if self.rules().allows(to.number) {
            Ok(())
        } else {
            Err(Blocked::NotSent(refusals::COUNTRY))
        }
    }

    /// What the store knows of what may go on.
    async fn live(&self, tools: &Tools, to: Addressee<'_>) -> Result<Live, Blocked> {
        let now = self.inner.clock.now();
        let live = tools.store.live(to.user, to.id, self.limits(), now).await?;
        Ok(live?)
    }

    /// Counts one send, before anything is sent.
    pub(crate) async fn count_send(
        &self,
        tools: &Tools,
        to: Addressee<'_>,
    ) -> Result<Counted, Blocked> {
        self.allowed_to(to)?;
        let now = self.inner.clock.now();
        let reserved = tools
            .store
            .reserve_send(to.user, to.id, self.limits(), now)
            .await?;
        match reserved {
            SendReservation::Reserved { stale, next } => {
                let at = self.inner.clock.uptime();
                Ok(Counted { at, stale, next })
            }
            SendReservation::Limited { limit, next } => Err(Blocked::NotYet { limit, next }),
            SendReservation::Closed(closed) => Err(closed.into()),
        }
    }

    /// Cancels what another sign-in left pending, without which nothing new is sent.
    pub(crate) async fn cancel_stale(
        &self,
        tools: &Tools,
        counted: &Counted,
    ) -> Result<(), Blocked> {
        let Some(stale) = counted.stale.clone() else {
            return Ok(());
        };
        let canceling = tools.codes.cancel(&stale);
        let canceled = tokio::time::timeout(CANCELING, canceling).await;
        canceled
            .unwrap_or(Err(TransportError::TimedOut.into()))
            .map_err(|error| Blocked::NotSent(refusals::not_canceled(error)))?;
        tools.store.forget_pending(stale).await?;
        Ok(())
    }

    /// A code follows a SIM check of this very moment, or is not sent.
    pub(crate) fn still_counts(&self, asked_at: Duration) -> Result<(), Blocked> {
        let age = self.inner.clock.uptime().saturating_sub(asked_at);
        if age > CLEARANCE_LIFE {
            return Err(Blocked::NotSent(ours::CHECK_TOO_OLD));
        }
        Ok(())
    }

    /// Has the vendor send the code. From here until it is on record and somebody answers for it,
    /// `sending` does.
    pub(crate) async fn start_code(
        &self,
        codes: &dyn CodeSender,
        to: Addressee<'_>,
        channel: Channel,
        counted: &Counted,
        sending: &Sending,
    ) -> Result<VerificationSid, Blocked> {
        let spent = self.inner.clock.uptime().saturating_sub(counted.at);
        let starting = codes.start(to.number, channel, to.locale);
        let started = tokio::time::timeout(TOTAL.saturating_sub(spent), starting).await;
        let sid = started
            .unwrap_or(Err(TransportError::TimedOut.into()))
            .map_err(|error| Blocked::NotSent(refusals::not_sent(error)))?;
        sending.taken(&sid);
        if Some(&sid) == counted.stale.as_ref() {
            // The vendor canceled it and yet sends it again: this code may be known elsewhere.
            let error = RequestError::Transport(TransportError::Malformed);
            return Err(Blocked::NotSent(refusals::not_sent(error)));
        }
        Ok(sid)
    }

    /// Has a code checked that was typed; false where it is wrong, and others may be typed. That is
    /// put on record as `wrong` says.
    pub(crate) async fn code_is_right(
        &self,
        tools: &Tools,
        to: Addressee<'_>,
        sid: &VerificationSid,
        code: &OneTimeCode,
        wrong: Entry,
    ) -> Result<bool, Blocked> {
        let now = self.inner.clock.now();
        // Counted and committed before the vendor is asked.
        let reserved = tools
            .store
            .reserve_code_attempt(to.user, to.id, self.limits(), now)
            .await?;
        match reserved {
            CodeAttempt::Reserved => {}
            CodeAttempt::Closed(closed) => return Err(closed.into()),
        }
        match tools.codes.check(sid, to.number, code).await {
            Ok(CodeAnswer::Approved) => return Ok(true),
            Ok(CodeAnswer::Wrong) => {}
            Ok(CodeAnswer::Ended(end)) => return Err(Blocked::NotTaken(refusals::code_end(end))),
            // Whether the vendor took the code is not known, so that it is good for nothing now.
            Err(error) => {
                if !refusals::may_have_looked(error) {
                    self.give_back(tools, to.user, to.id).await;
                }
                return Err(Blocked::NotTaken(refusals::not_checked(error)));
            }
        }
        let at = self.inner.clock.now();
        tools.store.record(Entry { at, ..wrong }).await?;
        // The tenth in a row, over however many sign-ins, locks here and now, and that is what the
        // person must know; the fifth of this one merely ends it.
        self.live(tools, to).await?;
        Ok(false)
    }

    /// A vendor that is out of order locks nobody out.
    pub(crate) async fn give_back(&self, tools: &Tools, user: UserId, id: SignInId) {
        let given = tools.store.give_back_code_attempt(user, id).await;
        if let Err(error) = given {
            tracing::warn!(%error, "a code that was not looked at stays counted");
        }
    }
}
