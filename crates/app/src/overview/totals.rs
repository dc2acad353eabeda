//! What happened in a span of time.

use simgate_domain::Timestamp;
use simgate_store::{Act, Asked, Record, StoreError};

use super::{all_of, count};
use crate::contract::overview::{StopCount, StopKind, TotalsView};
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

pub async fn totals<R: Record + ?Sized>(store: &R, span: Span) -> Result<TotalsView, StoreError> {
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
    Ok(TotalsView {
        sign_ins,
        stops,
        codes,
        cost: charged.into_iter().map(record::cost_shown).collect(),
    })
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
