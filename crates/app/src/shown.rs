//! From what is true to what is shown.

use std::time::Duration;

use simgate_domain::seat::{
    Clearance, CodeSent, Occupied, Recovering, Seat, SessionLimits, Stopped,
};
use simgate_domain::{Channel, Locale};

use crate::contract::view::{
    ChoosePasswordView, CodeView, CounterView, FirstRunView, LastSignIn, SimWord, Snapshot,
    StoppedView, View,
};
use crate::contract::words::{ChannelName, Language, VendorName};
use crate::stage::{CodeNotes, CounterFacts, Readiness, Scene, SetUp};

/// The scene as a page may see it at this moment of the uptime.
pub fn snapshot(
    scene: &Scene,
    revision: u32,
    rehearsal: bool,
    limits: SessionLimits,
    now: Duration,
) -> Snapshot {
    Snapshot {
        revision,
        rehearsal,
        branch: scene.branch.name_shown(),
        languages: scene.branch.languages().to_vec(),
        proving: scene.put_by.is_some(),
        set_up_begun: scene.set_up == SetUp::Begun,
        view: view(scene, limits, now),
    }
}

fn view(scene: &Scene, limits: SessionLimits, now: Duration) -> View {
    match &scene.readiness {
        Readiness::Starting => View::Starting,
        Readiness::NotSetUp(missing) if scene.set_up == SetUp::Nobody => {
            View::FirstRun(first_run(scene, missing.clone()))
        }
        Readiness::NotSetUp(missing) => View::NotSetUp {
            missing: missing.clone(),
        },
        Readiness::Fault(kind, reference) => View::Fault {
            kind: *kind,
            reference: reference.clone(),
        },
        Readiness::Ready(_) => match &scene.seat {
            Seat::Vacant if scene.set_up == SetUp::Nobody => {
                View::FirstRun(first_run(scene, Vec::new()))
            }
            Seat::Vacant => View::SignIn { ended: scene.ended },
            Seat::Identified(at) => View::CheckingSim {
                number_ending: at.person.number.ending().to_owned(),
                sending: false,
                channel: at.channel.into(),
            },
            Seat::Cleared(at) => View::CheckingSim {
                number_ending: at.person.number.ending().to_owned(),
                sending: true,
                channel: at.channel.into(),
            },
            Seat::CodeSent(at)
            | Seat::Answering(at)
            | Seat::Recovering(Recovering::CodeSent(at)) => View::Code(code(at, &scene.notes, now)),
            Seat::Occupied(at) if at.facts.password_due => {
                View::ChoosePassword(ChoosePasswordView {
                    username: at.person.name.shown().to_owned(),
                    idle_in: idle_in(at, limits, now),
                })
            }
            Seat::Occupied(at) => View::Counter(counter(at, limits, now)),
            Seat::Stopped(at) | Seat::Recovering(Recovering::Stopped(at)) => {
                View::Stopped(stopped(at, now))
            }
        },
    }
}

fn first_run(scene: &Scene, missing: Vec<VendorName>) -> FirstRunView {
    FirstRunView {
        missing,
        branch_named: scene.branch.name_shown().is_some(),
    }
}

/// The wait was counted from the stop, and goes on however often the page asks.
fn stopped(at: &Stopped<StoppedView>, now: Duration) -> StoppedView {
    let passed = now.saturating_sub(at.at).as_secs();
    let passed = u32::try_from(passed).unwrap_or(u32::MAX);
    let retry_in = at.shown.retry_in;
    StoppedView {
        retry_in: retry_in.map(|seconds| seconds.saturating_sub(passed)),
        leaves_in: seconds(at.shown_for(now)),
        ..at.shown.clone()
    }
}

fn code(at: &CodeSent, notes: &CodeNotes, now: Duration) -> CodeView {
    CodeView {
        number_ending: at.person.number.ending().to_owned(),
        channel: at.sent.channel.into(),
        sim: at.sent.clearance.into(),
        expires_in: seconds(at.sent.life_left(now)),
        tries_left: at.sent.tries_left(),
        wrong: notes.wrong,
        send_again_in: notes
            .next_send
            .map(|next| seconds(next.saturating_sub(now))),
        send_problem: notes.problem,
    }
}

fn counter(at: &Occupied<CounterFacts>, limits: SessionLimits, now: Duration) -> CounterView {
    let before = &at.facts.before;
    CounterView {
        username: at.person.name.shown().to_owned(),
        role: at.person.role.into(),
        fresh_for: seconds(at.fresh_for(now)),
        number_ending: at.person.number.ending().to_owned(),
        signed_in_at: at.facts.signed_in_at.to_string(),
        channel: at.facts.channel.map(Into::into),
        sim: at.facts.clearance.into(),
        last: before.last.map(|last| LastSignIn {
            at: last.at.to_string(),
            channel: last.channel.map(Into::into),
            sim: last.clearance.into(),
        }),
        failed_passwords: before.failed_passwords,
        failed_codes: before.failed_codes,
        last_failure_at: before.last_failure.map(|at| at.to_string()),
        idle_in: idle_in(at, limits, now),
        ends_at: at.facts.signed_in_at.plus(limits.longest).to_string(),
    }
}

fn idle_in(at: &Occupied<CounterFacts>, limits: SessionLimits, now: Duration) -> u32 {
    seconds(limits.idle.saturating_sub(now.saturating_sub(at.touched)))
}

/// Whole seconds, rounded up: a wait that is shown as over is over.
pub fn seconds(span: Duration) -> u32 {
    let whole = span.as_secs() + u64::from(span.subsec_nanos() > 0);
    u32::try_from(whole).unwrap_or(u32::MAX)
}

impl From<Channel> for ChannelName {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Sms => Self::Sms,
            Channel::Voice => Self::Voice,
        }
    }
}

impl From<ChannelName> for Channel {
    fn from(name: ChannelName) -> Self {
        match name {
            ChannelName::Sms => Self::Sms,
            ChannelName::Voice => Self::Voice,
        }
    }
}

impl From<Language> for Locale {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::English,
            Language::Es => Self::Spanish,
        }
    }
}

impl From<Clearance> for SimWord {
    fn from(clearance: Clearance) -> Self {
        match clearance {
            Clearance::Unchanged => Self::Unchanged,
            Clearance::Unchecked => Self::Unchecked,
            Clearance::InGrace => Self::ChangedInGrace,
            Clearance::Recovered => Self::Recovered,
        }
    }
}
