//! The record: its first page, what is searched and filtered in it, one more entry, and its verification.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::{Reference, SignInId, Timestamp, UserId};
use simgate_record::{Chain, Head, Keys, Line};
use simgate_store::{
    Act, Entry, Progress, Record as _, Search, SqliteStore, Store as _, Verification, Who, record,
};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::by_hand::ByHand;
use crate::file::{File, seal_key};
use crate::measure::{Table, medians, once};

/// Entries on a page.
const PAGE: u16 = 50;
/// People who take part in it: each has a full page of entries in the short record too.
const PEOPLE: u64 = 20;
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
    let (file, short_file) = (File::new(), File::new());
    let (store, short_store) = (file.store(), short_file.store());
    fill(&runtime, &short_store, 0..short);
    fill(&runtime, &store, 0..long);
    let hand = ByHand::new(&file);
    for look in &looks() {
        let found = page(&runtime, &store, look).entries.len();
        let sql = same_rows(look.by_hand);
        let expected = hand.ask(&sql);
        assert_eq!(found, expected, "{}: both find the same", look.what);
        let [took, by_hand, brief] = medians([
            &mut || drop(page(&runtime, &store, look)),
            &mut || assert_eq!(hand.ask(&sql), expected),
            &mut || drop(page(&runtime, &short_store, look)),
        ]);
        let what = format!("record, {long}: {}", look.what);
        table.add(what.clone(), took, (by_hand, "written by hand", 1.5));
        table.add(what, took, (brief, "the same at 1000", 1.5));
    }
    let append = |store: &SqliteStore, serial: &mut u64| {
        *serial += 1;
        runtime.block_on(store.record(entry(*serial))).unwrap();
    };
    let (mut serial, mut short_serial) = (long, short);
    let mut one_more = || append(&store, &mut serial);
    let mut one_more_in_short = || append(&short_store, &mut short_serial);
    let [took, brief] = medians([&mut one_more, &mut one_more_in_short]);
    let what = format!("record, {long}: one more entry");
    table.add(what, took, (brief, "the same at 1000", 1.2));

    let verified = store.verify(Arc::new(Progress::default()));
    let (took, verified) = once(|| runtime.block_on(verified).unwrap());
    let Verification::Sound { entries, .. } = verified else {
        panic!("what was just written is found sound: {verified:?}");
    };
    let took = took / u32::try_from(entries).unwrap();
    let what = format!("record, {long}: verifying, an entry");
    table.add(what, took, (bare_pass(), "hash and signature", 1.5));
}

/// What an entry takes to be verified that is in memory already.
fn bare_pass() -> Duration {
    const ENTRIES: u32 = 5_000;
    let mut before = Head::NONE.hash;
    let sealed: Vec<_> = (1..=u64::from(ENTRIES))
        .map(|seq| {
            let sealed = line(seq).sealed(&seal_key(), &before);
            before = sealed.hash;
            sealed
        })
        .collect();
    let keys = Keys::new(vec![(1, seal_key().public())]).unwrap();
    let mut chain = Chain::after(Head::NONE, keys);
    let (took, ()) = once(|| sealed.iter().for_each(|one| chain.take(one).unwrap()));
    took / ENTRIES
}

/// An entry as the record has it.
fn line(seq: u64) -> Line {
    let entry = entry(seq);
    let who = Some(user(seq / 5 % PEOPLE).value().into_bytes());
    Line {
        seq,
        at: entry.at.as_micros(),
        run: Some([1; 8]),
        reference: entry.reference.map(|reference| reference.to_string()),
        who_is: "person".to_owned(),
        who,
        who_name: None,
        name_hash: None,
        by_is: "person".to_owned(),
        by: who,
        by_name: None,
        sign_in: entry.sign_in.map(|sign_in| sign_in.value().into_bytes()),
        act: entry.act.word().to_owned(),
        result: entry.act.outcome().word().to_owned(),
        cause: entry.cause.map(str::to_owned),
        detail: None,
        policy: None,
        check_id: None,
        cost: None,
        currency: None,
    }
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
                // Of the entry 519, in the short record and in the long.
                reference: Some("7300".parse().unwrap()),
                ..Search::default()
            },
            "reference = '7300'",
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
