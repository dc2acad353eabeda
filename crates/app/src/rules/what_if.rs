//! What would happen to somebody now: the same rules, the same facts, and nobody is asked.

use simgate_domain::attempts::{CheckLimit, CodesClosed};
use simgate_domain::{
    AccountState, Cause, Decision, NumberStanding, Rules, SimOutcome, Timestamp, Username,
};
use simgate_store::{Outlook, PasswordOutlook};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::rules::{SimAnswer, Then, WhatIf, WhatThen, WouldStop};
use crate::contract::view::SimWord;
use crate::contract::words::StopReason;
use crate::refusals::{self, Problem};

impl App {
    /// What would happen to a person if they signed in now, by the rules in force: for each answer
    /// that the SIM check could give. `None` where nobody has this name.
    ///
    /// # Errors
    /// As the door.
    pub async fn what_if(&self, username: String) -> Answer<Option<WhatIf>> {
        let app = self.clone();
        self.run(Command::WHAT_IF, async move {
            let tools = app.tools()?;
            let Ok(name) = Username::parse(&username) else {
                return Ok(None);
            };
            let (now, rules) = (app.inner.clock.now(), app.rules_in_force());
            let outlook = tools.store.outlook(name, rules.limits(), now).await;
            let outlook =
                outlook.map_err(|error| app.unforeseen("telling what would happen", &error))?;
            Ok(outlook.map(|outlook| what_if(&outlook, &rules, now)))
        })
        .await
    }
}

fn what_if(outlook: &Outlook, rules: &Rules, now: Timestamp) -> WhatIf {
    let policy = rules.sim(outlook.role);
    let decide = |outcome| policy.decide(outcome, outlook.standing, now, outlook.latest_now);
    let (verified, grace_ends) = match outlook.standing {
        NumberStanding::Verified => (true, None),
        NumberStanding::NeverVerified { first_seen } => {
            (false, Some(first_seen.plus(policy.grace)))
        }
    };
    let in_grace = decide(CHANGED) == Decision::ProceedInGrace;
    WhatIf {
        username: outlook.name.shown().to_owned(),
        role: outlook.role.into(),
        version: rules.version(),
        window_minutes: policy.window.minutes(),
        number_ending: outlook.number.ending().to_owned(),
        channel: outlook.channel.into(),
        verified,
        grace_until: grace_ends.filter(|_| in_grace).map(|ends| ends.to_string()),
        stops: stops(outlook, rules, now),
        answers: every_answer()
            .map(|(answer, outcome)| WhatThen {
                answer,
                then: then(decide(outcome)),
            })
            .collect(),
    }
}

const CHANGED: SimOutcome = SimOutcome::Changed { within: None };

fn every_answer() -> impl Iterator<Item = (SimAnswer, SimOutcome)> {
    let told = [
        (SimAnswer::Unchanged, SimOutcome::Unchanged),
        (SimAnswer::Changed, CHANGED),
    ];
    let untold = Cause::ALL.into_iter().map(|cause| {
        let answer = SimAnswer::CannotTell {
            cause: cause.into(),
        };
        let cause = cause.into();
        (answer, SimOutcome::Unknown { cause })
    });
    told.into_iter().chain(untold)
}

fn then(decision: Decision) -> Then {
    match decision {
        Decision::Proceed => Then::Send {
            sim: SimWord::Unchanged,
        },
        Decision::ProceedInGrace => Then::Send {
            sim: SimWord::ChangedInGrace,
        },
        Decision::ProceedUnchecked { .. } => Then::Send {
            sim: SimWord::Unchecked,
        },
        Decision::StopChanged { clears_by } => Then::Stop {
            until: Some(clears_by.to_string()),
        },
        Decision::StopUnknown { .. } => Then::Stop { until: None },
    }
}

/// What would stop them, in the order in which the gate asks.
fn stops(outlook: &Outlook, rules: &Rules, now: Timestamp) -> Vec<WouldStop> {
    let name_locked = outlook.locked.map(|locked| WouldStop::NameLocked {
        until: locked.until.to_string(),
    });
    let disabled = (outlook.state == AccountState::Disabled).then_some(WouldStop::Disabled);
    let password = match outlook.password {
        PasswordOutlook::Taken => None,
        PasswordOutlook::Absent => Some(WouldStop::NoPassword),
        PasswordOutlook::Over => Some(WouldStop::PasswordOver),
    };
    let pending = (outlook.state == AccountState::Pending).then_some(WouldStop::Stopped {
        reason: StopReason::NotApproved,
        until: None,
    });
    let codes = outlook.codes.err().map(|closed: CodesClosed| {
        let problem = refusals::codes_closed(closed);
        stopped(problem, |problem| StopReason::CodeRefused { problem })
    });
    let not_sent = |problem| stopped(problem, |problem| StopReason::NotSent { problem });
    let country = (!rules.allows(&outlook.number)).then(|| not_sent(refusals::COUNTRY));
    let send = outlook.may_send.err();
    let send = send.map(|limit| WouldStop::Stopped {
        reason: StopReason::NotSent {
            problem: refusals::limited(limit, now).shown,
        },
        until: limit.ends().map(|ends| ends.to_string()),
    });
    let check = outlook.may_check.err().map(|limit| match limit {
        CheckLimit::Number { until } => stopped(refusals::no_check_left(until), StopReason::from),
        CheckLimit::Budget { until } => not_sent(refusals::check_budget(until)),
    });
    let in_order = [
        name_locked,
        disabled,
        password,
        pending,
        codes,
        country,
        send,
        check,
    ];
    in_order.into_iter().flatten().collect()
}

fn stopped<P>(problem: Problem<P>, reason: impl FnOnce(P) -> StopReason) -> WouldStop {
    let (until, _) = problem.wait.shown();
    WouldStop::Stopped {
        reason: reason(problem.shown),
        until,
    }
}
