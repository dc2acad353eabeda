//! The overview of the administration: counted from the record when it is asked for.

mod calls;
mod health;
mod totals;

use jiff::civil::Date;
use simgate_domain::Timestamp;
use simgate_store::{Asked, Record};

pub(crate) use calls::Calls;

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::overview::{DayView, OverviewForm, OverviewView};
use crate::contract::words::{ErrorCode, Refusal};
use crate::stage::Tools;

/// Minutes by which a clock is ahead of UTC, or behind it, at the most: 14 hours.
const FURTHEST: i16 = 840;
const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// The days of a page's clock, in which it is today.
#[derive(Debug, Clone, Copy)]
struct Days {
    /// Microseconds by which that clock is ahead of UTC.
    ahead: i64,
    /// The day, counted from 1970-01-01.
    today: i64,
    now: Timestamp,
}

impl Days {
    fn new(form: OverviewForm, now: Timestamp) -> Answer<Self> {
        if !(-FURTHEST..=FURTHEST).contains(&form.ahead) {
            return Err(Refusal::plain(ErrorCode::BadRequest));
        }
        let ahead = i64::from(form.ahead) * MINUTE;
        let today = (now.as_micros() + ahead).div_euclid(DAY);
        Ok(Self { ahead, today, now })
    }

    /// When the day began that many days ago.
    fn began(self, days_ago: i64) -> Timestamp {
        Timestamp::from_micros((self.today - days_ago) * DAY - self.ahead)
    }

    /// Today and the days before it, that many in all.
    fn last(self, days: i64) -> (Timestamp, Timestamp) {
        (self.began(days - 1), self.after_now())
    }

    /// What bears this very moment is among what was.
    fn after_now(self) -> Timestamp {
        Timestamp::from_micros(self.now.as_micros() + 1)
    }

    fn name(self, days_ago: i64) -> String {
        let epoch = Date::constant(1970, 1, 1);
        let day = jiff::Span::new().try_days(self.today - days_ago);
        let date = day.and_then(|days| epoch.checked_add(days));
        date.map_or_else(|_| String::new(), |date| date.to_string())
    }
}

impl App {
    /// What happened of late, what it cost, and what needs a look.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] for a clock that there is nowhere; and as the door.
    pub async fn overview(&self, form: OverviewForm) -> Answer<OverviewView> {
        let app = self.clone();
        self.run(Command::OVERVIEW, async move {
            let tools = app.tools()?;
            let days = Days::new(form, app.inner.clock.now())?;
            let counted = app.counted(&tools, days).await;
            counted.map_err(|error| app.unforeseen("counting what happened", &error))?
        })
        .await
    }

    async fn counted(
        &self,
        tools: &Tools,
        days: Days,
    ) -> Result<Answer<OverviewView>, simgate_store::StoreError> {
        let store = &*tools.store;
        let mut last_days = Vec::new();
        for ago in (0..7).rev() {
            let until = if ago == 0 {
                days.after_now()
            } else {
                days.began(ago - 1)
            };
            let span = (days.began(ago), until);
            let (sign_ins, stopped) = totals::in_and_out(store, span).await?;
            last_days.push(DayView {
                day: days.name(ago),
                sign_ins,
                stopped,
            });
        }
        let rules = self.rules_in_force();
        let today = totals::totals(store, &rules, days.last(1)).await?;
        let week = totals::totals(store, &rules, days.last(7)).await?;
        let month = totals::totals(store, &rules, days.last(30)).await?;
        let waiting = store.waiting().await?;
        let health = self.health(tools, days.now).await?;
        Ok(self.budgets().await.map(|budgets| OverviewView {
            at: days.now.to_string(),
            today,
            week,
            month,
            days: last_days,
            budget: budgets.codes,
            health,
            waiting,
            loosened: self.loosened(),
        }))
    }
}

/// The entries of an act in a span, whatever their cause.
fn all_of(act: simgate_store::Act, (from, until): (Timestamp, Timestamp)) -> Asked {
    Asked {
        act,
        cause: None,
        from,
        until,
    }
}

async fn count<R: Record + ?Sized>(
    store: &R,
    asked: Vec<Asked>,
) -> Result<Vec<u32>, simgate_store::StoreError> {
    let counts = store.count(asked).await?;
    Ok(counts
        .into_iter()
        .map(|count| u32::try_from(count).unwrap_or(u32::MAX))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(ahead: i16, now: &str) -> Days {
        let now: jiff::Timestamp = now.parse().unwrap();
        let now = Timestamp::from_micros(now.as_microsecond());
        Days::new(OverviewForm { ahead }, now).unwrap()
    }

    #[test]
    fn a_day_is_the_pages_own() {
        for (ahead, now, today, began) in [
            (
                0,
                "2026-11-26T23:59:59Z",
                "2026-11-26",
                "2026-11-26T00:00:00Z",
            ),
            (
                60,
                "2026-11-26T23:30:00Z",
                "2026-11-27",
                "2026-11-26T23:00:00Z",
            ),
            (
                -300,
                "2026-11-26T04:59:59Z",
                "2026-11-25",
                "2026-11-25T05:00:00Z",
            ),
            (
                840,
                "2026-11-26T10:00:00Z",
                "2026-11-27",
                "2026-11-26T10:00:00Z",
            ),
        ] {
            let days = days(ahead, now);
            assert_eq!(days.name(0), today, "{ahead} {now}");
            assert_eq!(days.began(0).to_string(), began, "{ahead} {now}");
        }
    }

    #[test]
    fn a_clock_that_there_is_nowhere_is_refused() {
        for ahead in [-841, 841, i16::MIN, i16::MAX] {
            let refused = Days::new(OverviewForm { ahead }, Timestamp::from_micros(0));
            assert!(refused.is_err(), "{ahead}");
        }
    }
}
