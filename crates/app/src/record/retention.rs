//! For how long entries are kept, and letting go of those that are older.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use simgate_store::{Act, Changed, Entry, Retention, StoreError, Who};
use tokio::sync::Mutex as AsyncMutex;

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::record::{RetentionForm, RetentionView};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::stage::Tools;

/// The setting under which it is kept: a number of days, or `null`.
const SETTING: &str = "record_retention";
/// How often it is looked whether entries have grown too old.
const EVERY: Duration = Duration::from_secs(6 * 3_600);

/// When that was last looked at.
#[derive(Default)]
pub struct Pruning {
    last: Mutex<Option<Duration>>,
    /// Held by whoever lets go of entries: one at a time.
    turn: AsyncMutex<()>,
}

impl Pruning {
    /// Whether it is time, which it then is no more for a while.
    fn take(&self, now: Duration) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|last| now.saturating_sub(last) >= EVERY);
        if due {
            *last = Some(now);
        }
        due
    }

    /// It is time again.
    fn wish(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl App {
    /// For how long entries are kept.
    ///
    /// # Errors
    /// As the door.
    pub async fn record_retention(&self) -> Answer<RetentionView> {
        let app = self.clone();
        self.run(Command::RECORD_RETENTION, async move {
            let kept = kept(&*app.tools()?).await;
            let (version, keep) =
                kept.map_err(|error| app.unforeseen("reading the retention", &error))?;
            Ok(view(version, keep))
        })
        .await
    }

    /// Keeps entries for so long from now on. What is older goes within a moment, in the background.
    ///
    /// # Errors
    /// [`ErrorCode::RetentionOutOfBounds`]; [`ErrorCode::Outdated`] where another admin was first; and
    /// as the door.
    pub async fn set_record_retention(&self, form: RetentionForm) -> Answer<RetentionView> {
        let app = self.clone();
        self.run(Command::SET_RECORD_RETENTION, async move {
            let tools = app.tools()?;
            let keep = form.days.map(|days| {
                Retention::days(days).ok_or(Refusal {
                    field: Some(Field::Retention),
                    ..Refusal::plain(ErrorCode::RetentionOutOfBounds)
                })
            });
            let keep = keep.transpose()?;
            let failed = |error: StoreError| app.unforeseen("keeping the retention", &error);
            let (_, before) = kept(&tools).await.map_err(failed)?;
            let value = keep.map_or_else(|| "null".to_owned(), |keep| keep.count().to_string());
            let entry = Entry {
                detail: Some(format!("days {} before {}", word(keep), word(before))),
                ..app.entry_by_whoever_acts(Act::RetentionChanged)
            };
            let changed = tools
                .store
                .change_setting(SETTING, form.version, value, entry)
                .await
                .map_err(failed)?;
            match changed {
                Changed::Done => {}
                Changed::Outdated => return Err(Refusal::plain(ErrorCode::Outdated)),
            }
            app.inner.pruning.wish();
            Ok(view(form.version.saturating_add(1), keep))
        })
        .await
    }

    /// Lets go of what has grown too old, a few times a day, while nobody waits for it.
    pub(crate) fn prune_if_due(&self, tools: &Arc<Tools>) {
        if !self.inner.pruning.take(self.inner.clock.uptime()) {
            return;
        }
        let (app, tools) = (self.clone(), Arc::clone(tools));
        self.in_background(async move {
            let _turn = app.inner.pruning.turn.lock().await;
            match app.prune(&tools).await {
                Ok(0) => {}
                Ok(entries) => tracing::info!(entries, "old entries of the record were dropped"),
                Err(error) => tracing::error!(%error, "the record was not pruned"),
            }
        });
    }

    async fn prune(&self, tools: &Tools) -> Result<u64, StoreError> {
        let (_, Some(keep)) = kept(tools).await? else {
            return Ok(0);
        };
        let now = self.inner.clock.now();
        let entry = Entry::new(now, Who::Program, Act::RecordPruned);
        let pruned = tools.store.prune_record(keep, now, entry).await?;
        Ok(pruned.entries)
    }
}

/// As it is kept, with its version. What cannot be read any more drops nothing.
async fn kept(tools: &Tools) -> Result<(u32, Option<Retention>), StoreError> {
    let Some((version, value)) = tools.store.versioned_setting(SETTING).await? else {
        return Ok((0, None));
    };
    let keep = value.parse().ok().and_then(Retention::days);
    Ok((version, keep))
}

fn word(keep: Option<Retention>) -> String {
    keep.map_or_else(|| "all".to_owned(), |keep| keep.count().to_string())
}

fn view(version: u32, keep: Option<Retention>) -> RetentionView {
    RetentionView {
        version,
        days: keep.map(Retention::count),
        least: Retention::SHORTEST,
        most: Retention::LONGEST,
    }
}
