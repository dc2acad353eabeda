//! The overview: what the record tells of it, and how the vendors' last calls went.

use simgate_app::contract::overview::{
    HealthState, HealthThing, HealthView, OverviewForm, OverviewView, StopKind,
};
use simgate_app::contract::record::CostView;
use simgate_app::contract::rules::{CodePrices, Whole};
use simgate_app::contract::settings::TryForm;
use simgate_app::contract::words::{ChannelName, ErrorCode, StopReason};
use simgate_rehearsal::faults::Fault;
use simgate_rehearsal::{Call, NumberRule, ProjectRule};

use crate::branch::{
    Branch, PASSWORD, STEADY, days, expect_reason, minutes, register_form, sign_in_form,
};
use crate::people::ADMINS;
use crate::rules::set;
use crate::vendor_settings::try_form;

const UTC: OverviewForm = OverviewForm { ahead: 0 };

async fn seen(branch: &Branch) -> OverviewView {
    branch.app.overview(UTC).await.expect("an overview")
}

fn stops(view: &OverviewView) -> Vec<(StopKind, u32)> {
    view.today
        .stops
        .iter()
        .map(|stop| (stop.kind, stop.count))
        .collect()
}

fn in_currency(amount: &str, currency: &str) -> CostView {
    CostView {
        amount: amount.to_owned(),
        currency: currency.to_owned(),
    }
}

fn of(view: &OverviewView, thing: HealthThing) -> HealthView {
    let found = view.health.iter().find(|health| health.thing == thing);
    found.expect("it is looked at").clone()
}

#[tokio::test]
async fn what_happened_is_counted_by_day_and_by_cause() {
    let branch = Branch::with_admin().await;
    branch.leave().await;
    branch.wait(days(1)).await;

    let wrong = sign_in_form("admin.one", "not the password at all");
    branch.app.sign_in(wrong).await.expect_err("wrong");
    let unknown = sign_in_form("nobody.here", PASSWORD);
    branch.app.sign_in(unknown).await.expect_err("nobody");
    let swapped = NumberRule::Changed {
        within_minutes: None,
    };
    branch.vendors.set_number(ADMINS, swapped).expect("a rule");
    let view = branch.sign_in("admin.one").await.expect("a password");
    expect_reason(view, StopReason::SimChanged);
    branch.app.start_over().await.expect("left");
    let unsupported = NumberRule::NotSupported;
    branch
        .vendors
        .set_number(ADMINS, unsupported)
        .expect("a rule");
    branch.sign_in("admin.one").await.expect("a password");
    branch.app.start_over().await.expect("left");
    let steady = NumberRule::Unchanged;
    branch.vendors.set_number(ADMINS, steady).expect("a rule");
    branch.admin_back().await;

    let view = seen(&branch).await;
    assert_eq!((view.today.sign_ins, view.today.codes), (1, 1));
    assert_eq!(
        stops(&view),
        [
            (StopKind::SimChanged, 1),
            (StopKind::PasswordRefused, 2),
            (StopKind::CannotTell, 1),
        ]
    );
    assert_eq!((view.week.sign_ins, view.month.sign_ins), (2, 2));
    let of_days: Vec<_> = view
        .days
        .iter()
        .map(|day| (day.sign_ins, day.stopped))
        .collect();
    assert_eq!(of_days[5..], [(1, 0), (1, 4)]);
    assert_eq!(of_days.len(), 7);
    assert_eq!(view.budget.spent, 1, "of the last 24 hours");
    assert_eq!(view.waiting, 0);

    let far = branch.app.overview(OverviewForm { ahead: 841 }).await;
    assert_eq!(far.expect_err("nowhere").code, ErrorCode::BadRequest);
}

#[tokio::test]
async fn who_waits_for_approval_is_counted() {
    let branch = Branch::with_first_admin().await;
    branch.finish_set_up().await;
    branch.leave().await;
    let waits = branch.app.register(register_form("joseph", STEADY)).await;
    expect_reason(waits.expect("held").view, StopReason::NotApproved);
    branch.app.start_over().await.expect("left");
    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    let view = seen(&branch).await;
    assert_eq!(view.waiting, 1);
    assert_eq!(stops(&view), [(StopKind::NotApproved, 1)]);
}

#[tokio::test]
async fn a_vendor_is_as_its_last_calls_went() {
    let branch = Branch::with_admin().await;
    let view = seen(&branch).await;
    for thing in [HealthThing::TruId, HealthThing::Twilio] {
        let vendor = of(&view, thing);
        assert_eq!(vendor.state, HealthState::Good, "{thing:?}");
        let calls = vendor.calls.expect("there were some");
        assert_eq!(calls.failed, 0, "{thing:?}");
    }
    for thing in [
        HealthThing::Database,
        HealthThing::Record,
        HealthThing::Clock,
    ] {
        assert_eq!(of(&view, thing).state, HealthState::Good, "{thing:?}");
    }

    branch.leave().await;
    branch.wait(minutes(5)).await;
    let fault = Fault::on(Call::Verifications).times(1);
    let fault = fault.answering(503, &[], "");
    branch.vendors.set_fault(fault).await.expect("a fault");
    branch.sign_in("admin.one").await.expect("a password");
    branch.app.start_over().await.expect("left");
    branch.wait(minutes(11)).await;
    branch.admin_back().await;
    let twilio = of(&seen(&branch).await, HealthThing::Twilio);
    assert_eq!(twilio.state, HealthState::Watch, "one of its calls failed");
    assert_eq!(twilio.calls.expect("calls").failed, 1);
}

/// What every check cost is on record with it, whoever asked for it, and the last one says what is left.
#[tokio::test]
async fn what_the_vendors_charged_is_summed_and_what_is_left_is_told() {
    let branch = Branch::with_admin().await;
    branch.leave().await;
    branch.wait(days(1)).await;
    let rule = ProjectRule {
        balance_micros: 20_000_000,
        charge_micros: 50_000,
        currency: "EUR".to_owned(),
        ..ProjectRule::default()
    };
    branch.vendors.set_project(rule).expect("a project");
    let swapped = NumberRule::Changed {
        within_minutes: None,
    };
    branch.vendors.set_number(ADMINS, swapped).expect("a rule");
    let view = branch.sign_in("admin.one").await.expect("a password");
    expect_reason(view, StopReason::SimChanged);
    branch.app.start_over().await.expect("left");
    let steady = NumberRule::Unchanged;
    branch.vendors.set_number(ADMINS, steady).expect("a rule");
    branch.admin_back().await;
    let tried = branch.app.try_sim_check(try_form(None)).await;
    tried.expect("an answer");

    let view = seen(&branch).await;
    assert_eq!(view.today.cost, [in_currency("0.15", "EUR")]);
    assert_eq!(view.today.checks_cost, view.today.cost);
    assert_eq!(view.today.codes_cost, None, "the rules say no price");
    assert_eq!(view.today.unpriced, 1);
    let calls = of(&view, HealthThing::TruId)
        .calls
        .expect("there were some");
    assert_eq!(calls.balance, Some(in_currency("19.85", "EUR")));
    let twilio = of(&view, HealthThing::Twilio).calls;
    assert_eq!(twilio.expect("there were some").balance, None);
}

/// Nobody but the rules says what a code costs: what is sent by a channel without a price is counted
/// apart, and what is in one currency is one sum.
#[tokio::test]
async fn codes_cost_what_the_rules_say_beside_what_the_checks_did() {
    let branch = Branch::with_admin().await;
    let prices = |currency: &str, sms: Option<u32>, voice: Option<u32>| {
        Some(CodePrices {
            currency: currency.to_owned(),
            sms_micros: sms.map(Whole),
            voice_micros: voice.map(Whole),
        })
    };
    set(&branch, |rules| {
        rules.branch.prices = prices("USD", Some(10_000), None);
    })
    .await;
    branch.leave().await;
    branch.wait(days(1)).await;
    let charging = |currency: &str| ProjectRule {
        charge_micros: 50_000,
        currency: currency.to_owned(),
        ..ProjectRule::default()
    };
    branch
        .vendors
        .set_project(charging("USD"))
        .expect("a project");
    branch.admin_back().await;
    branch
        .vendors
        .set_project(charging("API"))
        .expect("a project");
    for channel in [ChannelName::Sms, ChannelName::Voice] {
        branch.wait(minutes(2)).await;
        let form = TryForm {
            form: None,
            channel,
        };
        let sent = branch.app.try_code(form).await;
        sent.expect("an answer");
    }

    let today = seen(&branch).await.today;
    assert_eq!(today.codes, 3, "one to sign in, and two tried");
    assert_eq!(today.codes_cost, Some(in_currency("0.02", "USD")));
    assert_eq!(today.unpriced, 1, "the call");
    let charged = [in_currency("0.1", "API"), in_currency("0.05", "USD")];
    assert_eq!(today.checks_cost, charged);
    let known = [in_currency("0.1", "API"), in_currency("0.07", "USD")];
    assert_eq!(today.cost, known, "each unit for itself");

    set(&branch, |rules| {
        rules.branch.prices = prices("EUR", Some(10_000), Some(200_000));
    })
    .await;
    let today = seen(&branch).await.today;
    assert_eq!(today.codes_cost, Some(in_currency("0.22", "EUR")));
    assert_eq!((today.unpriced, today.cost.len()), (0, 3));
}
