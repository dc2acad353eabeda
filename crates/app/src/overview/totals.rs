//! What happened in a span of time.

use std::collections::BTreeMap;

use simgate_domain::{Channel, Rules, Timestamp};
use simgate_store::{Act, Asked, Cost, Record, StoreError};

use super::{all_of, count};
use crate::contract::overview::{StopCount, StopKind, TotalsView};
use crate::flow::channel_word;
use crate::record;

/// From, and before.
type Span = (Timestamp, Timestamp);

/// Each way in which somebody does not get in, and which entries tell of it. A code that was wrong
/// and may be typed again is none yet.
const STOPS: [(StopKind, Act, Option<&str>); 6] = [
    (StopKind::NotApproved, Act::SignInHeld, None),
    (StopKind::SimChanged, Act::SimStopped, Some("changed")),
    (StopKind::Locked, Act::SignInRefused, Some("locked")),
    (StopKind::NotSent, Act::CodeNotSent, None),
    (StopKind::CodeRefused, Act::CodeRefused, None),
    (StopKind::Other, Act::Failed, None),
];

/// How a code may be sent.
const CHANNELS: [Channel; 2] = [Channel::Sms, Channel::Voice];

/// What codes cost by the prices of the rules.
struct Priced {
    /// `None` where the rules say no price.
    cost: Option<Cost>,
    /// Codes that have one.
    codes: u32,
}

pub async fn totals<R: Record + ?Sized>(
    store: &R,
    rules: &Rules,
    span: Span,
) -> Result<TotalsView, StoreError> {
    let mut asked = vec![
        all_of(Act::SignedIn, span),
        all_of(Act::CodeSent, span),
        all_of(Act::SignInRefused, span),
        all_of(Act::SimStopped, span),
    ];
    asked.extend(STOPS.map(|(_, act, cause)| Asked {
        cause,
        ..all_of(act, span)
    }));
    let counts = count(store, asked).await?;
    let (all, named) = counts.split_at(4);
    let of = |kind| {
        let found = STOPS.iter().position(|(named, _, _)| *named == kind);
        found.and_then(|at| named.get(at)).copied().unwrap_or(0)
    };
    let [sign_ins, codes, refused, sim_stopped] =
        [0, 1, 2, 3].map(|at| all.get(at).copied().unwrap_or(0));
    let mut stops: Vec<StopCount> = STOPS
        .iter()
        .map(|(kind, _, _)| StopCount {
            kind: *kind,
            count: of(*kind),
        })
        .collect();
    stops.push(StopCount {
        kind: StopKind::PasswordRefused,
        count: refused.saturating_sub(of(StopKind::Locked)),
    });
    stops.push(StopCount {
        kind: StopKind::CannotTell,
        count: sim_stopped.saturating_sub(of(StopKind::SimChanged)),
    });
    stops.retain(|stop| stop.count > 0);
    let charged = store.charged(span.0, span.1).await?;
    let priced = priced(store, rules, span).await?;
    let known = sums(charged.iter().copied().chain(priced.cost));
    Ok(TotalsView {
        sign_ins,
        stops,
        codes,
        cost: known.into_iter().map(record::cost_shown).collect(),
        checks_cost: charged.into_iter().map(record::cost_shown).collect(),
        codes_cost: priced.cost.map(record::cost_shown),
        unpriced: codes.saturating_sub(priced.codes),
    })
}

/// Each code costs what the rules in force say of its channel: a provider does not tell.
async fn priced<R: Record + ?Sized>(
    store: &R,
    rules: &Rules,
    span: Span,
) -> Result<Priced, StoreError> {
    let sent = CHANNELS.map(|channel| Asked {
        cause: Some(channel_word(channel)),
        ..all_of(Act::CodeSent, span)
    });
    let counts = count(store, sent.to_vec()).await?;
    let mut priced = Priced {
        cost: None,
        codes: 0,
    };
    for (channel, codes) in CHANNELS.into_iter().zip(counts) {
        let Some(price) = rules.price(channel) else {
            continue;
        };
        // Both of a rule's prices are in its one currency.
        let before = priced.cost.map_or(0, Cost::millionths);
        let micros = i64::from(price.micros).saturating_mul(i64::from(codes));
        priced.cost = Cost::new(before.saturating_add(micros), price.currency.iso());
        priced.codes = priced.codes.saturating_add(codes);
    }
    Ok(priced)
}

/// One amount for each currency or unit.
fn sums(costs: impl Iterator<Item = Cost>) -> Vec<Cost> {
    let mut sums: BTreeMap<String, Cost> = BTreeMap::new();
    for cost in costs {
        let before = sums.get(cost.currency()).map_or(0, |sum| sum.millionths());
        let sum = before.saturating_add(cost.millionths());
        if let Some(sum) = Cost::new(sum, cost.currency()) {
            sums.insert(cost.currency().to_owned(), sum);
        }
    }
    sums.into_values().collect()
}

/// Sessions that began, and refusals.
pub async fn in_and_out<R: Record + ?Sized>(
    store: &R,
    span: Span,
) -> Result<(u32, u32), StoreError> {
    let asked = [
        Act::SignedIn,
        Act::SignInRefused,
        Act::SignInHeld,
        Act::SimStopped,
        Act::CodeNotSent,
        Act::CodeRefused,
        Act::Failed,
    ];
    let counts = count(store, asked.map(|act| all_of(act, span)).to_vec()).await?;
    let (sign_ins, stopped) = counts.split_first().unwrap_or((&0, &[]));
    Ok((
        *sign_ins,
        stopped.iter().copied().fold(0, u32::saturating_add),
    ))
}
