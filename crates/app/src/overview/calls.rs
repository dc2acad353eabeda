//! How the vendors' last calls went: measured where the program calls them, and kept nowhere else.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use simgate_domain::{
    CannotTell, Channel, Clock, Locale, Money, OneTimeCode, PhoneNumber, SimOutcome, SimWindow,
    Timestamp, VerificationSid,
};
use simgate_vendors::{
    CancelRefused, CheckRefused, CodeAnswer, CodeSender, RequestError, SendRefused, SimCheck,
    SimReport,
};

use crate::app::App;
use crate::contract::overview::{CallsView, HealthState};
use crate::flow::as_cost;
use crate::record;

/// Calls of a vendor that are looked at.
const KEPT: usize = 20;

struct Call {
    took: Duration,
    failed: bool,
    ended: Timestamp,
}

/// A vendor's last calls, newest last.
#[derive(Default)]
pub(crate) struct Calls(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    calls: VecDeque<Call>,
    /// What is left on the account.
    balance: Option<Money>,
}

impl Calls {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, call: Call) {
        let mut kept = self.lock();
        if kept.calls.len() == KEPT {
            kept.calls.pop_front();
        }
        kept.calls.push_back(call);
    }

    fn note_balance(&self, balance: Money) {
        self.lock().balance = Some(balance);
    }

    /// How the vendor is: bad where its last call failed, to be watched where one of the others did.
    pub(super) fn seen(&self) -> (HealthState, Option<CallsView>) {
        let kept = self.lock();
        let calls = &kept.calls;
        let Some(last) = calls.back() else {
            return (HealthState::Unknown, None);
        };
        let failed = calls.iter().filter(|call| call.failed).count();
        let state = match failed {
            _ if last.failed => HealthState::Bad,
            0 => HealthState::Good,
            _ => HealthState::Watch,
        };
        let mut took: Vec<Duration> = calls.iter().map(|call| call.took).collect();
        took.sort_unstable();
        let median = took.get(took.len() / 2).copied().unwrap_or_default();
        let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
        let view = CallsView {
            ms: u32::try_from(median.as_millis()).unwrap_or(u32::MAX),
            failed: count(failed),
            of: count(calls.len()),
            last_at: last.ended.to_string(),
            balance: kept.balance.and_then(as_cost).map(record::cost_shown),
        };
        (state, Some(view))
    }
}

/// A vendor whose calls are measured.
struct Measured<V: ?Sized> {
    calls: Arc<Calls>,
    clock: Arc<dyn Clock>,
    vendor: Arc<V>,
}

impl<V: ?Sized> Measured<V> {
    fn new(vendor: Arc<V>, calls: &Arc<Calls>, clock: &Arc<dyn Clock>) -> Self {
        Self {
            calls: Arc::clone(calls),
            clock: Arc::clone(clock),
            vendor,
        }
    }

    async fn measured<T>(
        &self,
        call: impl Future<Output = T>,
        failed: impl FnOnce(&T) -> bool,
    ) -> T {
        let began = self.clock.uptime();
        let answer = call.await;
        self.calls.note(Call {
            took: self.clock.uptime().saturating_sub(began),
            failed: failed(&answer),
            ended: self.clock.now(),
        });
        answer
    }
}

#[async_trait]
impl SimCheck for Measured<dyn SimCheck> {
    async fn check(&self, number: &PhoneNumber, window: SimWindow) -> SimReport {
        let call = self.vendor.check(number, window);
        let report = self.measured(call, |report| match &report.outcome {
            SimOutcome::Unknown { cause } => is_the_vendors_fault(*cause),
            SimOutcome::Unchanged | SimOutcome::Changed { .. } => false,
        });
        let report = report.await;
        if let Some(balance) = report.balance {
            self.calls.note_balance(balance);
        }
        report
    }

    async fn warm_up(&self) {
        self.vendor.warm_up().await;
    }
}

#[async_trait]
impl CodeSender for Measured<dyn CodeSender> {
    async fn start(
        &self,
        number: &PhoneNumber,
        channel: Channel,
        locale: Locale,
    ) -> Result<VerificationSid, RequestError<SendRefused>> {
        let call = self.vendor.start(number, channel, locale);
        self.measured(call, |answer| {
            use SendRefused::{ChannelOff, OurAccount, OurCredentials};
            matches!(
                answer,
                Err(RequestError::Transport(_)
                    | RequestError::Refused(ChannelOff | OurAccount | OurCredentials))
            )
        })
        .await
    }

    async fn check(
        &self,
        sid: &VerificationSid,
        number: &PhoneNumber,
        code: &OneTimeCode,
    ) -> Result<CodeAnswer, RequestError<CheckRefused>> {
        let call = self.vendor.check(sid, number, code);
        self.measured(call, |answer| {
            use CheckRefused::{OurAccount, OurCredentials};
            matches!(
                answer,
                Err(RequestError::Transport(_) | RequestError::Refused(OurAccount | OurCredentials))
            )
        })
        .await
    }

    async fn cancel(&self, sid: &VerificationSid) -> Result<(), RequestError<CancelRefused>> {
        self.vendor.cancel(sid).await
    }

    async fn warm_up(&self) {
        self.vendor.warm_up().await;
    }
}

impl App {
    /// The vendor, whose calls the overview tells of.
    pub(crate) fn measured_sim(&self, vendor: Arc<dyn SimCheck>) -> Arc<dyn SimCheck> {
        let inner = &self.inner;
        Arc::new(Measured::new(vendor, &inner.calls.tru_id, &inner.clock))
    }

    /// As [`App::measured_sim`].
    pub(crate) fn measured_codes(&self, vendor: Arc<dyn CodeSender>) -> Arc<dyn CodeSender> {
        let inner = &self.inner;
        Arc::new(Measured::new(vendor, &inner.calls.twilio, &inner.clock))
    }
}

/// What an operator does not tell is no failure of the vendor, nor of ours with it.
fn is_the_vendors_fault(cause: CannotTell) -> bool {
    match cause {
        CannotTell::OperatorNotSupported
        | CannotTell::NumberNotKnown
        | CannotTell::NoData
        | CannotTell::OperatorTimeout
        | CannotTell::OperatorFailed => false,
        CannotTell::OurCredentials
        | CannotTell::OurBalance
        | CannotTell::RateLimit { .. }
        | CannotTell::Network
        | CannotTell::VendorFailed
        | CannotTell::MalformedAnswer => true,
    }
}
