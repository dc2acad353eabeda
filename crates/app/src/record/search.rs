//! Looking for entries, and at one.

use std::str::FromStr;

use simgate_domain::{Reference, Timestamp};
use simgate_store::{Act, Person, Place, Search, StoreError, Topic};

use super::shown;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::record::{EntryView, RecordForm, RecordGroup, RecordPageView};
use crate::contract::words::{ErrorCode, Refusal};
use crate::stage::Tools;

/// Entries on a page.
const PAGE: u16 = 50;

impl App {
    /// A page of the entries that are looked for, newest first.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] where `after` is none of ours; and as the door.
    pub async fn record_page(&self, form: RecordForm) -> Answer<RecordPageView> {
        let app = self.clone();
        self.run(Command::RECORD_PAGE, async move {
            let tools = app.tools()?;
            let after = form
                .after
                .as_deref()
                .map(|text| place_from(text).ok_or_else(|| Refusal::plain(ErrorCode::BadRequest)));
            let after = after.transpose()?;
            let failed = |error: StoreError| app.unforeseen("looking into the record", &error);
            let search = search_for(&tools, &form).await.map_err(failed)?;
            let page = tools.store.search(search, after, PAGE).await;
            let page = page.map_err(failed)?;
            Ok(RecordPageView {
                entries: page.entries.into_iter().map(shown::row).collect(),
                next: page.next.map(place_to),
            })
        })
        .await
    }

    /// One entry in full; none where there is none at that place.
    ///
    /// # Errors
    /// As the door.
    pub async fn record_entry(&self, seq: u64) -> Answer<Option<EntryView>> {
        let app = self.clone();
        self.run(Command::RECORD_ENTRY, async move {
            let found = app.tools()?.store.entry(seq).await;
            let found = found.map_err(|error| app.unforeseen("reading an entry", &error))?;
            Ok(found.map(shown::in_full))
        })
        .await
    }
}

async fn search_for(tools: &Tools, form: &RecordForm) -> Result<Search, StoreError> {
    let mut search = Search {
        from: form.from.map(seconds),
        until: form.until.map(seconds),
        ..in_group(form.group)
    };
    let text = form.text.trim();
    if text.is_empty() {
        return Ok(search);
    }
    // Four letters may be a reference or somebody's name: it is a reference where that finds anything.
    let reference = Reference::from_str(text).ok();
    let known = match reference {
        Some(reference) => !tools.store.find(reference).await?.is_empty(),
        None => false,
    };
    if known {
        search.reference = reference;
    } else {
        search.person = Some(Person::Named(text.to_owned()));
    }
    Ok(search)
}

fn in_group(group: RecordGroup) -> Search {
    let topic = match group {
        RecordGroup::All => return Search::default(),
        RecordGroup::Stops => {
            return Search {
                refused: true,
                ..Search::default()
            };
        }
        RecordGroup::SignIns => Topic::SignIns,
        RecordGroup::People => Topic::People,
        RecordGroup::Settings => Topic::Settings,
        RecordGroup::Record => Topic::Record,
    };
    let acts = Act::ALL.iter().copied();
    Search {
        acts: acts.filter(|act| act.topic() == topic).collect(),
        ..Search::default()
    }
}

fn seconds(since: u32) -> Timestamp {
    Timestamp::from_micros(i64::from(since) * 1_000_000)
}

/// The page gives it back as it was given, and need not know what it says.
fn place_to(place: Place) -> String {
    format!("{}.{}", place.at.as_micros(), place.seq)
}

fn place_from(text: &str) -> Option<Place> {
    let (at, seq) = text.split_once('.')?;
    let seq: u64 = seq.parse().ok()?;
    // No table has a place beyond that.
    i64::try_from(seq).ok()?;
    Some(Place {
        at: Timestamp::from_micros(at.parse().ok()?),
        seq,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_the_next_page_comes_back_as_it_was() {
        for (at, seq) in [(0, 1), (-5, 7), (1_795_424_400_000_001, 1 << 40)] {
            let at = Timestamp::from_micros(at);
            let place = Place { at, seq };
            assert_eq!(place_from(&place_to(place)), Some(place));
        }
        for text in ["", "1", "1.", ".1", "1.x", "1.-1", "1.9223372036854775808"] {
            assert_eq!(place_from(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_act_is_in_one_group_of_the_page() {
        let of = |group| in_group(group).acts;
        let mut all: Vec<Act> = [
            RecordGroup::SignIns,
            RecordGroup::People,
            RecordGroup::Settings,
            RecordGroup::Record,
        ]
        .map(of)
        .concat();
        all.sort_by_key(|act| Act::ALL.iter().position(|known| known == act));
        assert_eq!(all, Act::ALL);
        assert!(in_group(RecordGroup::Stops).refused);
    }
}
