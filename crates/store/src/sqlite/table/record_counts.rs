//! `record`, counted: how often something was done or refused in a span of time, and what was charged.

use std::collections::BTreeMap;

use rusqlite::Connection;
use simgate_domain::Timestamp;

use super::super::fault::Fault;
use crate::entry::{Act, Cost};
use crate::record::Asked;

/// The acts that a vendor charges for.
const CHARGED: [Act; 6] = [
    Act::SimPassed,
    Act::SimStopped,
    Act::CodeSent,
    Act::CodeNotSent,
    Act::VendorTested,
    Act::VendorTestFailed,
];

pub fn count(connection: &Connection, asked: Asked) -> Result<u64, Fault> {
    let Asked {
        act,
        cause,
        from,
        until,
    } = asked;
    let span = (act.word(), from.as_micros(), until.as_micros());
    let count: i64 = match cause {
        None => {
            let sql = "SELECT count(*) FROM record WHERE act = ?1 AND at >= ?2 AND at < ?3";
            let mut statement = connection.prepare_cached(sql)?;
            statement.query_row(span, |row| row.get(0))?
        }
        Some(cause) => {
            let sql = "SELECT count(*) FROM record WHERE act = ?1 AND at >= ?2 AND at < ?3 \
                       AND cause = ?4";
            let mut statement = connection.prepare_cached(sql)?;
            statement.query_row((span.0, span.1, span.2, cause), |row| row.get(0))?
        }
    };
    u64::try_from(count).map_err(|_| Fault::Row("less than nothing was counted"))
}

/// What was charged, one amount for each currency. One that does not fit is the largest that does.
pub fn charged(
    connection: &Connection,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Cost>, Fault> {
    let sql = "SELECT cost, currency FROM record WHERE act = ?1 AND at >= ?2 AND at < ?3 \
               AND cost IS NOT NULL";
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for act in CHARGED {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query((act.word(), from.as_micros(), until.as_micros()))?;
        while let Some(row) = rows.next()? {
            let (cost, currency): (i64, String) = (row.get(0)?, row.get(1)?);
            let sum = sums.entry(currency).or_default();
            *sum = sum.saturating_add(cost);
        }
    }
    let costs = sums.into_iter().map(|(currency, sum)| {
        Cost::new(sum, &currency).ok_or(Fault::Row("a currency of three capital letters"))
    });
    costs.collect()
}
