//! The record: its first page, what is searched and filtered in it, and one more entry.

use simgate_domain::{Reference, SignInId, Timestamp, UserId};
use simgate_store::{Act, Entry, Record as _, Search, SqliteStore, Store as _, Who, record};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::by_hand::ByHand;
use crate::file::File;
use crate::measure::{Table, median};

/// Entries on a page.
const PAGE: u16 = 50;
/// People who take part in it.
const PEOPLE: u64 = 100;
const START: i64 = 1_795_392_000_000_000;

/// What is done in a branch, over and over: four of five entries are of sign-ins that go well.
const ACTS: [Act; 5] = [
    Act::PasswordPassed,
    Act::SimPassed,
    Act::CodeSent,
    Act::SignedIn,
    Act::SimStopped,
];

/// One way to look.
struct Look {
    what: &'static str,
    search: Search,
    by_hand: &'static str,
}

pub fn measure(short: u64, long: u64, table: &mut Table) {
    let runtime = Runtime::new().unwrap();
    let file = File::new();
    let store = file.store();
    fill(&runtime, &store, 0..short);
    let looks = looks();
    let brief: Vec<_> = looks
        .iter()
        .map(|look| median(|| drop(page(&runtime, &store, look))))
        .collect();
    let mut serial = long;
    let mut append = || {
        serial += 1;
        runtime.block_on(store.record(entry(serial))).unwrap();
    };
    let brief_append = median(&mut append);

    fill(&runtime, &store, short..long);
    let hand = ByHand::new(&file);
    for (look, brief) in looks.iter().zip(brief) {
        let found = page(&runtime, &store, look).entries.len();
        let sql = same_rows(look.by_hand);
        let expected = hand.ask(&sql);
        assert_eq!(found, expected, "{}: both find the same", look.what);
        let took = median(|| drop(page(&runtime, &store, look)));
        let by_hand = median(|| assert_eq!(hand.ask(&sql), expected));
        let what = format!("record, {long}: {}", look.what);
        table.add(what.clone(), took, (by_hand, "written by hand", 1.5));
        table.add(what, took, (brief, "the same at 1000", 1.5));
    }
    let took = median(append);
    let what = format!("record, {long}: one more entry");
    table.add(what, took, (brief_append, "the same at 1000", 1.2));
}

fn looks() -> Vec<Look> {
    let of = |what, search, by_hand| Look {
        what,
        search,
        by_hand,
    };
    vec![
        of("first page", Search::default(), "1 = 1"),
        of(
            "one act",
            Search {
                acts: vec![Act::SimStopped],
                ..Search::default()
            },
            "act = 'sim_stopped'",
        ),
        of(
            "what was refused",
            Search {
                refused: true,
                ..Search::default()
            },
            "result = 'refused'",
        ),
        of(
            "one person",
            Search {
                person: Some(record::Person::Is(user(7))),
                ..Search::default()
            },
            "who = x'00000000000000000000000000000007'",
        ),
        of(
            "one reference",
            Search {
                reference: Some("7F3K".parse().unwrap()),
                ..Search::default()
            },
            "reference = '7F3K'",
        ),
    ]
}

fn user(number: u64) -> UserId {
    UserId::new(Uuid::from_u128(u128::from(number)))
}

fn entry(serial: u64) -> Entry {
    let micros = START + i64::try_from(serial).unwrap() * 1_000_000;
    let act = ACTS[usize::try_from(serial % 5).unwrap()];
    let who = Who::User(user(serial / 5 % PEOPLE));
    Entry {
        sign_in: Some(SignInId::new(Uuid::from_u128(u128::from(serial / 5)))),
        reference: (act == Act::SimStopped).then(|| reference(serial)),
        cause: Some("unchanged"),
        ..Entry::new(Timestamp::from_micros(micros), who, act)
    }
}

/// One of many, as four characters are.
fn reference(serial: u64) -> Reference {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut left = serial / 5;
    let letters = (0..4).map(|_| {
        let letter = LETTERS[usize::try_from(left % 32).unwrap()];
        left /= 32;
        char::from(letter)
    });
    letters.collect::<String>().parse().unwrap()
}

fn fill(runtime: &Runtime, store: &SqliteStore, serials: std::ops::Range<u64>) {
    runtime.block_on(async {
        for serial in serials {
            store.record(entry(serial)).await.unwrap();
        }
    });
}

fn page(runtime: &Runtime, store: &SqliteStore, look: &Look) -> simgate_store::Page {
    let search = look.search.clone();
    runtime.block_on(store.search(search, None, PAGE)).unwrap()
}

/// The same rows with the same columns.
fn same_rows(condition: &str) -> String {
    format!(
        "SELECT seq, at, reference, who_is, who, who_name, by_is, by_who, by_name, sign_in, act, \
         result, cause, detail, policy, check_id, cost, currency, \
         NOT EXISTS (SELECT 1 FROM users WHERE id = who) AS who_gone, \
         NOT EXISTS (SELECT 1 FROM users WHERE id = by_who) AS by_gone \
         FROM record WHERE {condition} ORDER BY at DESC, seq DESC LIMIT {PAGE}"
    )
}
