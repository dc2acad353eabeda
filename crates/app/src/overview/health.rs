//! How each part is that the program leans on.

use std::time::Duration;

use simgate_domain::Timestamp;
use simgate_store::{Act, Search, StoreError};
use simgate_vault::Secret;

use super::{all_of, count};
use crate::app::App;
use crate::contract::overview::{HealthState, HealthThing, HealthView};
use crate::stage::Tools;

/// A clock this far behind the newest entry was set back.
const SET_BACK: Duration = Duration::from_secs(60);
/// A record that was found flawed needs a look for this long.
const FLAWED_FOR: Duration = Duration::from_secs(30 * 86_400);

impl App {
    pub(super) async fn health(
        &self,
        tools: &Tools,
        now: Timestamp,
    ) -> Result<Vec<HealthView>, StoreError> {
        let plain = |thing, state| HealthView {
            thing,
            state,
            calls: None,
        };
        let vendors = [
            (HealthThing::TruId, &self.inner.calls.tru_id),
            (HealthThing::Twilio, &self.inner.calls.twilio),
        ];
        let mut health: Vec<HealthView> = vendors
            .into_iter()
            .map(|(thing, calls)| {
                let (state, calls) = calls.seen();
                HealthView {
                    thing,
                    state,
                    calls,
                }
            })
            .collect();
        // Whatever it answers, it answered.
        let keyring = match self.inner.vault.get(&Secret::TruId).await {
            Ok(_) => HealthState::Good,
            Err(_) => HealthState::Bad,
        };
        let newest = tools.store.search(Search::default(), None, 1).await?;
        let newest = newest.entries.first().map(|entry| entry.at);
        let set_back = newest.is_some_and(|newest| newest > now.plus(SET_BACK));
        let since = (now.minus(FLAWED_FOR), now.plus(SET_BACK));
        let flawed = count(&*tools.store, vec![all_of(Act::RecordFlawed, since)]).await?;
        health.extend([
            plain(HealthThing::Keyring, keyring),
            // It has just answered.
            plain(HealthThing::Database, HealthState::Good),
            plain(
                HealthThing::Record,
                bad_if(flawed.iter().any(|count| *count > 0)),
            ),
            plain(HealthThing::Clock, bad_if(set_back)),
        ]);
        Ok(health)
    }
}

fn bad_if(bad: bool) -> HealthState {
    if bad {
        HealthState::Bad
    } else {
        HealthState::Good
    }
}
