//! Waiting for the thing itself, and never for a time that is hoped to be enough.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{MissedTickBehavior, interval, timeout};

/// What happens without a vendor or a password hash happens within this time.
pub const SOON: Duration = Duration::from_secs(10);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// Looks until there is something, and fails with `what` was waited for if the time is over. A look
/// that fails is taken for nothing yet, since a page may change while it is looked at; the last such
/// failure is told.
pub async fn until<T>(
    what: &str,
    limit: Duration,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let mut last = None;
    let looking = async {
        let mut pause = interval(PAUSE);
        pause.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            pause.tick().await;
            match look().await {
                Ok(Some(found)) => return found,
                Ok(None) => last = None,
                Err(error) => last = Some(error),
            }
        }
    };
    if let Ok(found) = timeout(limit, looking).await {
        return Ok(found);
    }
    match last {
        None => bail!("waited {limit:?} for {what}"),
        Some(error) => bail!("waited {limit:?} for {what}: {error:#}"),
    }
}
